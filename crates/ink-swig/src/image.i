// The image. SWIG sees a class with these methods; `%extend` says in C++ what each does.
// ANCHOR: held_by_shared_ptr
%shared_ptr(ink_swig::Image)
// ANCHOR_END: held_by_shared_ptr
%include <attribute.i>

%feature("docstring") ink_swig::Image "A picture with a title, freed when it is closed or forgotten.";
%feature("docstring") ink_swig::Image::from_pixels "An image with a copy of these pixels: three bytes each, row by row.";
%feature("docstring") ink_swig::Image::read "Reads a PNG file.";
%feature("docstring") ink_swig::Image::write "Writes a PNG file.";
%feature("docstring") ink_swig::Image::describe "The image in words.";
%feature("docstring") ink_swig::Image::get "The pixel in column `x` of row `y`.";
%feature("docstring") ink_swig::Image::set "Replaces the pixel in column `x` of row `y`.";
%feature("docstring") ink_swig::Image::map "Replaces each pixel by `callback(x, y, pixel)`, all of them or none.";
%feature("docstring") ink_swig::Image::blur "Each pixel becomes the mean of the square around it. Without the GIL.";
%feature("docstring") ink_swig::Image::close "Frees the image now. Closing twice is fine.";

%attribute_readonly(ink_swig::Image, uint32_t, width, width, self_->reading().width())
%attribute_readonly(ink_swig::Image, uint32_t, height, height, self_->reading().height())
%attribute_readonly(ink_swig::Image, bool, closed, closed, self_->closed())
%attributestring(ink_swig::Image, std::string, title, title, set_title)

// ANCHOR: blur_alone_lets_go
%threadallow ink_swig::Image::blur;
// ANCHOR_END: blur_alone_lets_go

// by hand: ownership
%pythonprepend ink_swig::Image::Image %{
    # SWIG would hang the second picture behind the first.
    if "this" in self.__dict__:
        raise RuntimeError("the image is made already")
%}
// by hand: end

// by hand: callback
%pythonprepend ink_swig::Image::map %{
    callback = _Change(callback)
%}
// by hand: end

// by hand: busy
// The mark is set before SWIG releases the GIL inside `$action`, and cleared after it is back.
// ANCHOR: marked_before_it_lets_go
%exception ink_swig::Image::blur {
    try {
        arg1->changing();
        const ink_swig::Mark mark(arg1->blurred);
        $action
    } catch (...) {
        raise_caught();
        SWIG_fail;
    }
}
// ANCHOR_END: marked_before_it_lets_go
// by hand: end

namespace ink_swig {

class Image {
public:
    Image(uint32_t width, uint32_t height);
    void blur(uint32_t radius);
    void close();
};

} // namespace ink_swig

%extend ink_swig::Image {
    static std::shared_ptr<ink_swig::Image> from_pixels(uint32_t width, uint32_t height,
                                                        const uint8_t *data, size_t length) {
        // by hand: buffer
        // ink.hpp takes whole pixels, so it could not see a byte too many.
        if (length % sizeof(ink::Pixel) != 0) {
            throw ink::Error(INK_STATUS_BAD_SIZE, "the pixels are no multiple of three bytes");
        }
        const auto *first = reinterpret_cast<const ink::Pixel *>(data);
        const std::vector<ink::Pixel> pixels(first, first + length / sizeof(ink::Pixel));
        // by hand: end
        return std::make_shared<ink_swig::Image>(ink::Image::from_pixels(width, height, pixels));
    }

    static std::shared_ptr<ink_swig::Image> read(const std::string &path) {
        return std::make_shared<ink_swig::Image>(ink::Image::read(path));
    }

    void write(const std::string &path) const { $self->reading().write(path); }
    std::string describe() const { return $self->reading().describe(); }
    InkPixel get(uint32_t x, uint32_t y) const { return $self->reading().get(x, y); }
    void set(uint32_t x, uint32_t y, InkPixel pixel) { $self->changing().set(x, y, pixel); }

    void map(ink_swig::Change &callback) {
        ink::Image &image = $self->changing();
        // by hand: busy
        const ink_swig::Mark mark($self->mapped);
        // by hand: end
        // by hand: callback
        image.map([&](std::uint32_t x, std::uint32_t y, ink::Pixel pixel) {
            return callback.call(x, y, pixel);
        });
        // by hand: end
    }
}

%extend ink_swig::Image { %pythoncode "image.py" }

// by hand: pickling
%pythoncode %{
def _restore(width, height, pixels, title):
    image = Image.from_pixels(width, height, pixels)
    image.title = title
    return image
%}
// by hand: end
