// A pixel: a C struct, by value. SWIG copies it to the heap, and Python owns the copy.

%rename(Pixel) InkPixel;
%feature("docstring") InkPixel "One pixel: red, green and blue, from 0 to 255. It cannot be changed.";
%feature("docstring") InkPixel::luma "How bright it looks, 0 to 255.";

// ANCHOR: a_second_header
%immutable;
struct InkPixel {
    uint8_t r, g, b;
};
%mutable;
// ANCHOR_END: a_second_header

%extend InkPixel {
    InkPixel(uint8_t r, uint8_t g, uint8_t b) { return new InkPixel{r, g, b}; }

    uint8_t luma() const { return ink::luma(*$self); }

    // SWIG makes `__eq__` of it, which says NotImplemented to a stranger.
    bool operator==(const InkPixel &other) const { return *$self == other; }

    // by hand: values
    size_t __hash__() const { return $self->r << 16 | $self->g << 8 | $self->b; }
    // by hand: end

    %pythoncode %{
    # by hand: repr
    def __repr__(self):
        return f"Pixel(r={self.r}, g={self.g}, b={self.b})"
    # by hand: end

    # by hand: pickling
    def __reduce__(self):
        return Pixel, (self.r, self.g, self.b)
    # by hand: end
    %}
}
