// ink::Image, with marks that say who is using it. It knows nothing of Boost.Python.
//
// There is no lock: every mark is read and set by a thread that holds the GIL, so no two do it at
// once. That is all that keeps them right.
#ifndef INK_BOOST_PICTURE_HPP
#define INK_BOOST_PICTURE_HPP

// Python.h first, as it asks for.
#include <Python.h>

#include <ink.hpp>

namespace ink_boost {

// by hand: busy
// What the binding refuses by itself, and the Python exception for it: borrowed, and immortal.
class Refusal : public std::runtime_error {
public:
    Refusal(PyObject *kind, const char *message) : std::runtime_error(message), kind_(kind) {}
    PyObject *kind() const { return kind_; }

private:
    PyObject *kind_;
};

// Sets a mark for as long as it lives.
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

class Image : public ink::Image {
public:
    using ink::Image::Image;
    explicit Image(ink::Image &&image) : ink::Image(std::move(image)) {}

    std::string title() const { return reading().title(); }
    void set_title(const std::string &title) { titling().set_title(title); }

    // by hand: closed
    // A closed image is one whose picture has been moved away, for all who share it.
    bool closed() const { return c_ptr() == nullptr; }

    void close() {
        if (!closed()) {
            const ink::Image gone(std::move(changing()));
        }
    }
    // by hand: end

    // by hand: busy
    // The image, for who only looks.
    const ink::Image &reading() const {
        // by hand: end
        // by hand: closed
        if (closed()) {
            throw Refusal(PyExc_ValueError, "the image is closed");
        }
        // by hand: end
        // by hand: busy
        if (blurred) {
            throw Refusal(PyExc_RuntimeError, "another thread is at work on the image");
        }
        return *this;
    }

    // The image, for who changes its title.
    ink::Image &titling() {
        reading();
        if (mapped) {
            throw Refusal(PyExc_RuntimeError, "the image is being mapped");
        }
        return *this;
    }
    // by hand: end

    // by hand: exported
    // The image, for who changes its pixels.
    ink::Image &changing() {
        titling();
        if (exports > 0) {
            throw Refusal(PyExc_BufferError, "somebody looks at the pixels: release the memoryview");
        }
        return *this;
    }

    // For who is about to take a view.
    void exporting() const {
        reading();
        if (mapped) {
            throw Refusal(PyExc_BufferError, "the image is being mapped");
        }
    }

    int exports = 0;
    // by hand: end
    // by hand: busy
    bool mapped = false;
    bool blurred = false;
    // by hand: end
};

} // namespace ink_boost

#endif
