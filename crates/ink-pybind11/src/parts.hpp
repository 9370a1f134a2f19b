// What the parts of the module tell one another: each file adds its own to the module.
#pragma once

#include <string>

#include <ink.hpp>
#include <pybind11/pybind11.h>

#include "image.hpp"

namespace py = pybind11;

using ImageClass = py::classh<Image>;

void add_errors(py::module_ &m);
void add_pixel(py::module_ &m);
ImageClass add_image(py::module_ &m);
void add_methods(ImageClass &type);
void add_views(ImageClass &type);
void add_album(py::module_ &m);
void add_work(py::module_ &m);

// The type's slots for buffers that count who looks; pybind11's own do the rest.
py::custom_type_setup count_views();

// A `str` in UTF-8, and a path as the operating system writes it (errors.cpp).
std::string utf8(const py::str &text);
std::string path_bytes(const py::object &path);
