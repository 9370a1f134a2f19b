// ink for C++17: a thin layer over ink.h, in this header alone.
//
// The C header states its rules in comments. This one hands most of them to the compiler:
//
//   what ink.h asks of you          what does it here
//   free what is OWNED              a destructor
//   do not free it twice            an Image can be moved, and not copied
//   look at each status             an exception
//   copy what is BORROWED in time   std::string and std::vector, which own their copies
//   pass a function and its data    std::function, which is both
//
// What stays with you: an image has no lock (see ink.h), and data() is a bare pointer.
#ifndef INK_HPP
#define INK_HPP

#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "ink.h"

// At global scope, where InkPixel is: that is where a lookup from InkPixel finds them.
inline bool operator==(const InkPixel &a, const InkPixel &b) noexcept {
    return a.r == b.r && a.g == b.g && a.b == b.b;
}

inline bool operator!=(const InkPixel &a, const InkPixel &b) noexcept { return !(a == b); }

namespace ink {

// Three bytes in C, and the same three bytes here: nothing is converted.
using Pixel = ::InkPixel;
static_assert(sizeof(Pixel) == 3, "a vector of pixels must be a row of bytes");

// ---- Errors ---------------------------------------------------------------------------------

// A call that failed: what() is the library's message, code() its status.
class Error : public std::runtime_error {
public:
    Error(InkStatus code, const std::string &message)
        : std::runtime_error(message), code_(code) {}

    InkStatus code() const noexcept { return code_; }

private:
    InkStatus code_;
};

// A file that could not be read or written. A class of its own, because it is the one failure
// that a correct program meets.
class IoError : public Error {
public:
    explicit IoError(const std::string &message) : Error(INK_STATUS_IO, message) {}
};

namespace detail {

// Turns a status into an exception. The message is borrowed until this thread's next failure,
// so it is copied here, before anything else can fail.
inline void check(InkStatus status) {
    if (status == INK_STATUS_OK) {
        return;
    }
    const std::string message = ink_last_error_message();
    if (status == INK_STATUS_IO) {
        throw IoError(message);
    }
    throw Error(status, message);
}

// A std::string may hold a NUL in its middle. c_str() would then be a shorter string in C, and
// the rest would be lost without a word: so it is refused.
inline const char *c_string(const std::string &text) {
    if (text.find('\0') != std::string::npos) {
        throw Error(INK_STATUS_INVALID_TEXT, "the text holds a NUL, where C would take it to end");
    }
    return text.c_str();
}

struct FreeImage {
    void operator()(InkImage *image) const noexcept { ink_image_free(image); }
};

struct FreeString {
    void operator()(char *string) const noexcept { ink_string_free(string); }
};

} // namespace detail

// ---- The image ------------------------------------------------------------------------------

// A picture, and the owner of the C handle: it frees it when it goes out of scope.
//
// Move-only. A copy of the handle would be freed twice; a silent copy of the pixels would be
// dear. Who wants a second picture says clone(), who wants a second owner says shared().
//
// After `b = std::move(a)` there is no picture in `a`. Its calls then throw, as C's NULL does.
class Image {
public:
    // A black image.
    Image(std::uint32_t width, std::uint32_t height) {
        InkImage *image = nullptr;
        detail::check(ink_image_new(width, height, &image));
        handle_.reset(image);
    }

    // An image with these pixels, row by row: width * height of them. They are copied.
    static Image from_pixels(std::uint32_t width, std::uint32_t height,
                             const std::vector<Pixel> &pixels) {
        // An empty vector may have no address at all, and that is no reason to speak of NULL.
        static const std::uint8_t none = 0;
        const auto *data = reinterpret_cast<const std::uint8_t *>(pixels.data());
        InkImage *image = nullptr;
        detail::check(ink_image_from_pixels(width, height, data ? data : &none,
                                            pixels.size() * sizeof(Pixel), &image));
        return Image(image);
    }

    // Reads a PNG file.
    static Image read(const std::string &path) {
        InkImage *image = nullptr;
        detail::check(ink_image_read(detail::c_string(path), &image));
        return Image(image);
    }

    // A black image that may have many owners: the last one that goes frees it.
    static std::shared_ptr<Image> shared(std::uint32_t width, std::uint32_t height) {
        return std::make_shared<Image>(width, height);
    }

    Image(Image &&) noexcept = default;
    Image &operator=(Image &&) noexcept = default;
    Image(const Image &) = delete;
    Image &operator=(const Image &) = delete;
    ~Image() = default;

    // A second picture, equal to this one and independent of it.
    Image clone() const {
        std::size_t length = 0;
        const std::uint8_t *data = bytes(length);
        InkImage *image = nullptr;
        detail::check(ink_image_from_pixels(width(), height(), data, length, &image));
        Image copy(image);
        copy.set_title(title());
        return copy;
    }

    // Writes a PNG file.
    void write(const std::string &path) const {
        detail::check(ink_image_write(c_ptr(), detail::c_string(path)));
    }

    std::uint32_t width() const {
        require();
        return ink_image_width(c_ptr());
    }

    std::uint32_t height() const {
        require();
        return ink_image_height(c_ptr());
    }

    Pixel get(std::uint32_t x, std::uint32_t y) const {
        Pixel pixel{};
        detail::check(ink_image_get_pixel(c_ptr(), x, y, &pixel));
        return pixel;
    }

    void set(std::uint32_t x, std::uint32_t y, Pixel pixel) {
        detail::check(ink_image_set_pixel(c_ptr(), x, y, pixel));
    }

    // All pixels, copied: yours to keep.
    std::vector<Pixel> pixels() const {
        std::size_t length = 0;
        const auto *first = reinterpret_cast<const Pixel *>(bytes(length));
        return std::vector<Pixel>(first, first + length / sizeof(Pixel));
    }

    // All pixels, in place: three bytes each, size_bytes() in all. Good as long as the picture.
    const std::uint8_t *data() const {
        std::size_t length = 0;
        return bytes(length);
    }

    std::size_t size_bytes() const {
        std::size_t length = 0;
        bytes(length);
        return length;
    }

    std::string title() const {
        require();
        return ink_image_title(c_ptr());
    }

    void set_title(const std::string &title) {
        detail::check(ink_image_set_title(c_ptr(), detail::c_string(title)));
    }

    // The picture in words.
    std::string describe() const {
        char *words = nullptr;
        detail::check(ink_image_describe(c_ptr(), &words));
        // Owned before it is copied: should the copy throw, the string is freed all the same.
        const std::unique_ptr<char, detail::FreeString> owner(words);
        return std::string(words);
    }

    // Replaces each pixel by change(x, y, pixel). If change throws, the picture is as it was,
    // and what it threw arrives here.
    void map(const std::function<Pixel(std::uint32_t, std::uint32_t, Pixel)> &change) {
        Visit visit{change, nullptr};
        const InkStatus status = ink_image_map(c_ptr(), &Image::visit, &visit);
        // The exception was the reason for stopping, so it goes before the status.
        if (visit.thrown) {
            std::rethrow_exception(visit.thrown);
        }
        detail::check(status);
    }

    void blur(std::uint32_t radius) { detail::check(ink_image_blur(c_ptr(), radius)); }

    // The C handle, for a call that this layer does not have. It stays this object's.
    InkImage *c_ptr() noexcept { return handle_.get(); }
    const InkImage *c_ptr() const noexcept { return handle_.get(); }

private:
    explicit Image(InkImage *owned) noexcept : handle_(owned) {}

    void require() const {
        if (!handle_) {
            throw Error(INK_STATUS_NULL_ARGUMENT, "the image has been moved away");
        }
    }

    const std::uint8_t *bytes(std::size_t &length) const {
        const std::uint8_t *data = nullptr;
        detail::check(ink_image_pixels(c_ptr(), &data, &length));
        return data;
    }

    // What goes through C as `void *user_data`. It lives in map()'s frame, which outlives the call.
    struct Visit {
        const std::function<Pixel(std::uint32_t, std::uint32_t, Pixel)> &change;
        std::exception_ptr thrown;
    };

    // The function C calls. No exception may leave it: the frames below are the library's, which
    // know nothing of C++. So it is caught, laid aside, and thrown again on the other side.
    // `noexcept` is the last net.
    static int visit(std::uint32_t x, std::uint32_t y, InkPixel *pixel, void *user_data) noexcept {
        auto *visit = static_cast<Visit *>(user_data);
        try {
            *pixel = visit->change(x, y, *pixel);
            return 0;
        } catch (...) {
            visit->thrown = std::current_exception();
            return 1;
        }
    }

    std::unique_ptr<InkImage, detail::FreeImage> handle_;
};

// ---- Sharing --------------------------------------------------------------------------------

// Images in a row, shared with whoever else holds them: a change made through one owner is seen
// by all. The album may go first, or the other owner may; the image stays for who is left.
class Album {
public:
    void add(std::shared_ptr<Image> image) {
        if (!image) {
            throw Error(INK_STATUS_NULL_ARGUMENT, "an album holds images, not null pointers");
        }
        images_.push_back(std::move(image));
    }

    // Shares the image: the pointer keeps it alive even when the album is gone.
    std::shared_ptr<Image> at(std::size_t index) const {
        if (index >= images_.size()) {
            throw Error(INK_STATUS_OUT_OF_BOUNDS,
                        "image " + std::to_string(index) + " is outside an album of " +
                            std::to_string(images_.size()));
        }
        return images_[index];
    }

    std::size_t size() const noexcept { return images_.size(); }

private:
    std::vector<std::shared_ptr<Image>> images_;
};

// ---- The library ----------------------------------------------------------------------------

inline std::uint8_t luma(Pixel pixel) noexcept { return ink_pixel_luma(pixel); }

// Images and strings that exist at this moment, whoever holds them.
inline std::size_t live_allocations() noexcept { return ink_live_allocations(); }

// Throws if the library that was loaded is not the one this header describes. Call it first.
inline void require_version() {
    if (ink_version() != INK_ABI_VERSION) {
        throw std::runtime_error("libink has ABI version " + std::to_string(ink_version()) +
                                 ", and this program was built for " +
                                 std::to_string(INK_ABI_VERSION));
    }
}

} // namespace ink

#endif // INK_HPP
