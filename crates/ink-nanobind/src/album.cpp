// An album: images that C++ and Python own together.
#include "parts.hpp"

#include <nanobind/stl/shared_ptr.h>

// Whatever is in an album came in through Python's `add`, so it is of the class that Python knows.
static std::shared_ptr<Image> ours(const ink::Album &album, std::size_t n) {
    return std::static_pointer_cast<Image>(album.at(n));
}

// A shared pointer made from a Python object holds a reference to it, as the image lies inside the
// object. So an album keeps Python objects, and the garbage collector must be told which.
// ANCHOR: shown_to_the_collector
static int traverse(PyObject *self, visitproc visit, void *arg) {
    Py_VISIT(Py_TYPE(self));
    if (nb::inst_ready(self)) { // its constructor has run
        const auto &album = *nb::inst_ptr<ink::Album>(self);
        for (std::size_t n = 0; n < album.size(); ++n) {
            const nb::object image = nb::find(*ours(album, n));
            Py_VISIT(image.ptr());
        }
    }
    return 0;
}
// ANCHOR_END: shown_to_the_collector

static int clear(PyObject *self) {
    if (nb::inst_ready(self)) {
        // The images go when nobody can find them here any more.
        const ink::Album gone = std::exchange(*nb::inst_ptr<ink::Album>(self), ink::Album());
    }
    return 0;
}

static PyType_Slot slots[] = {
    {Py_tp_traverse, reinterpret_cast<void *>(traverse)},
    {Py_tp_clear, reinterpret_cast<void *>(clear)},
    {0, nullptr},
};

void add_album(nb::module_ &m) {
    nb::class_<ink::Album> type(m, "Album", "Images in a row, shared with Python.",
                                nb::type_slots(slots));
    type.def(nb::init<>());
    type.def("add", [](ink::Album &album, std::shared_ptr<Image> image) { album.add(image); },
             nb::arg("image"), "Adds an image, which is shared and not copied.");
    type.def("__len__", &ink::Album::size);
    type.def("__getitem__", [](const ink::Album &album, std::size_t index) {
        if (index >= album.size()) {
            throw nb::index_error("there is no such image in the album");
        }
        return ours(album, index);
    });
}
