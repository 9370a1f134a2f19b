// Parcels with SWIG, which has to be told who owns a pointer that comes back.
%module parcel_swig
%{
#include "parcel.hpp"
%}

int alive();
int destroyed_twice();

// No destructor is declared here: SWIG makes one, as C++ does.
class Parcel {
public:
    explicit Parcel(int content);
    int content() const;
};

class Shelf {
public:
    Shelf();
    void add(int content);
    void put(Parcel *parcel);
    Parcel *first();
};

// A pointer that a function returns is taken for a loan. Here it is a gift.
Parcel *make_parcel(int content);

// ANCHOR: swig_says_who
// The same function, and SWIG is told: what it returns is new, and the caller's.
%newobject given_parcel;
%inline %{
Parcel *given_parcel(int content) { return make_parcel(content); }
%}

// The same method, and SWIG is told: what it is given is not Python's any more.
%apply SWIGTYPE *DISOWN { Parcel *handed_over };
%inline %{
void put_over(Shelf &shelf, Parcel *handed_over) { shelf.put(handed_over); }
%}
// ANCHOR_END: swig_says_who
