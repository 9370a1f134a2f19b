// A widely copied example of SWIG and destructors, as it is found: the header.
#include <string>

class MyClass {
public:
    MyClass(const std::string& data) : data_(data) {}
    ~MyClass() { /*Deallocation logic if needed*/ }
    std::string getData() const { return data_; }

private:
    std::string data_;
};
