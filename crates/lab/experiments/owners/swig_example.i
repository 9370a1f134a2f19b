// A widely copied example of SWIG and destructors, as it is found: the interface. It says
// otherwise than the header how the text is passed and what is `const`.
%module swig_example
%{
#include "swig_example.hpp"
%}

%include "std_string.i"
%include "std_vector.i"
class MyClass {
public:
  MyClass(std::string data);
  ~MyClass();
  std::string getData();
};
