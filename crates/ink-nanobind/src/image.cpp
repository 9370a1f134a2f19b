// Who may use an image while another does.
#include "image.hpp"

#include <nanobind/nanobind.h>

namespace nb = nanobind;

const ink::Image &Image::reading() const {
    // by hand: closed
    if (closed()) {
        throw nb::value_error("the image is closed");
    }
    // by hand: end
    // by hand: busy
    if (blurred) {
        throw std::runtime_error("another thread is at work on the image");
    }
    // by hand: end
    return *this;
}

ink::Image &Image::naming() {
    reading();
    // by hand: exported
    if (mapped) {
        throw std::runtime_error("the image is being changed by `map`");
    }
    // by hand: end
    return *this;
}

ink::Image &Image::changing() {
    naming();
    // by hand: exported
    if (views > 0) {
        throw nb::buffer_error("somebody looks at the pixels: release the memoryview first");
    }
    // by hand: end
    return *this;
}

// by hand: closed
void Image::close() {
    if (!closed()) {
        // What is moved here is freed at the end of the line, and leaves no picture behind.
        const ink::Image gone(std::move(changing()));
    }
}
// by hand: end
