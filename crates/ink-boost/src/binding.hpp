// What the files of this binding know of each other.
#ifndef INK_BOOST_BINDING_HPP
#define INK_BOOST_BINDING_HPP

#include <boost/python.hpp>

#include "picture.hpp"

namespace ink_boost {

namespace py = boost::python;

// Each file adds its part to the module that is being made.
void add_errors();
void add_pixel();
void add_image();
void add_callbacks();
void add_album();

// Gives a class what Boost.Python leaves out.
void add_buffer(PyTypeObject *type);
void add_garbage_collection(PyTypeObject *type);

// Raises InkError from the exception that is set.
[[noreturn]] void raise_not_utf8();

// Image.map, which lives beside the other callback.
void map(Image &image, const py::object &callback);

// Image.from_pixels.
std::shared_ptr<Image> from_pixels(std::uint32_t width, std::uint32_t height,
                                   const py::object &data);

} // namespace ink_boost

#endif
