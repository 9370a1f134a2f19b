// An album: images that C++ and Python own together.
#include "parts.hpp"

#include "number.hpp"

void add_album(py::module_ &m) {
    py::classh<ink::Album> type(m, "Album", "Images in a row, shared with Python.");
    type.def(py::init<>());
    // The pointer shares the C++ image. It does not keep the Python object: see the README.
    // ANCHOR: shared_with_cpp
    type.def("add", [](ink::Album &album, std::shared_ptr<Image> image) { album.add(image); },
             py::arg("image").none(false), "Adds an image, which is shared and not copied.");
    // ANCHOR_END: shared_with_cpp
    type.def("__len__", &ink::Album::size);
    type.def("__getitem__", [](const ink::Album &album, std::size_t index) {
        if (index >= album.size()) {
            throw py::index_error("there is no such image in the album");
        }
        // Whatever is in an album came in through `add`, so it is one of ours.
        return std::static_pointer_cast<Image>(album.at(index));
    });
}
