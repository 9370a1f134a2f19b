// An ink::Image with the marks of who is using it. They stand beside the image and not in the
// Python object, because two Python objects can share one image: an album hands out a second.
//
// The marks are read and set with the GIL held, and so need no lock of their own.
#ifndef INK_CYTHON_SHARED_HPP
#define INK_CYTHON_SHARED_HPP

#include <ink.hpp>

namespace ink_cython {

// by hand: busy
struct Shared : ink::Image {
    explicit Shared(ink::Image &&image) : ink::Image(std::move(image)) {}

    int exports = 0;
    bool mapped = false;
    bool blurred = false;
};
// by hand: end

// by hand: ownership
// Cython keeps what a call returns in a variable that begins empty. An ink::Image is never
// empty, but a shared_ptr may be.
inline std::shared_ptr<Shared> make(std::uint32_t width, std::uint32_t height) {
    return std::make_shared<Shared>(ink::Image(width, height));
}

inline std::shared_ptr<Shared> read(const std::string &path) {
    return std::make_shared<Shared>(ink::Image::read(path));
}

inline std::shared_ptr<Shared> from_pixels(std::uint32_t width, std::uint32_t height,
                                           const std::vector<ink::Pixel> &pixels) {
    return std::make_shared<Shared>(ink::Image::from_pixels(width, height, pixels));
}
// by hand: end

} // namespace ink_cython

#endif
