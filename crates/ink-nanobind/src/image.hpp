// The class behind Python's Image: ink's own, and marks that say who is using it.
//
// The marks are plain variables. They are read and written with the GIL held, and no thread lets
// go of it between looking at a mark and setting one: that is all the locking there is, and why
// the module is not declared fit for a Python without one (`FREE_THREADED`, in CMakeLists.txt).
#pragma once

#include <ink.hpp>

class Image : public ink::Image {
public:
    using ink::Image::Image;
    explicit Image(ink::Image &&image) : ink::Image(std::move(image)) {}

    bool closed() const { return c_ptr() == nullptr; }

    // The image, for those who look at it, who change its title, who change its pixels. Each of
    // them throws what Python shall see if somebody else is using it.
    const ink::Image &reading() const;
    ink::Image &naming();
    ink::Image &changing();

    void close();

    int views = 0;
    bool mapped = false;
    bool blurred = false;
};

// by hand: busy
// Sets a mark for as long as a long call takes.
class Mark {
public:
    explicit Mark(bool &mark) : mark_(mark) { mark_ = true; }
    ~Mark() { mark_ = false; }
    Mark(const Mark &) = delete;
    Mark &operator=(const Mark &) = delete;

private:
    bool &mark_;
};
// by hand: end
