// ink::Album, whose images have many owners.
//
// Boost.Python makes a shared_ptr out of a Python object by keeping that object alive: what the
// album shares is the Python object itself. The same object comes out again.
#include "binding.hpp"

namespace ink_boost {

namespace {

// ANCHOR: the_same_object_again
void add(ink::Album &album, const std::shared_ptr<Image> &image) { album.add(image); }

std::shared_ptr<Image> at(const ink::Album &album, std::size_t index) {
    // Whatever is in it came through `add` above. A cast that checked would need a virtual method
    // in ink::Image.
    return std::static_pointer_cast<Image>(album.at(index));
}
// ANCHOR_END: the_same_object_again

} // namespace

void add_album() {
    py::class_<ink::Album, boost::noncopyable>(
        "Album", "Images in a row, shared with whoever else holds them.")
        .def("add", add, py::args("self", "image"),
             "Shares the image: it stays as long as the album or you hold it.")
        .def("at", at, py::args("self", "index"), "The image at `index`: the one that was added.")
        .def("__len__", &ink::Album::size);
}

} // namespace ink_boost
