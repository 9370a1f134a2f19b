// ink::Album, whose images have many owners: Python objects and C++ vectors alike.
%feature("docstring") ink::Album "Images in a row, shared with whoever else holds them.";
%feature("docstring") ink::Album::add "Shares the image: it stays as long as the album or you hold it.";
%feature("docstring") ink::Album::at "The image at `index`: another Python object for the same picture.";

namespace ink {

class Album {
public:
    Album();
};

} // namespace ink

%extend ink::Album {
    void add(std::shared_ptr<ink_swig::Image> image) { $self->add(std::move(image)); }

    std::shared_ptr<ink_swig::Image> at(uint32_t index) const {
        // Whatever is in it came through `add` above. A cast that checked would need a virtual
        // method in ink::Image.
        return std::static_pointer_cast<ink_swig::Image>($self->at(index));
    }

    size_t __len__() const { return $self->size(); }
}
