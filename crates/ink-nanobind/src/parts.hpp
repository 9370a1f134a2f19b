// What the parts of the module tell one another: each file adds its own to the module.
#pragma once

#include <string>

#include <ink.hpp>
#include <nanobind/nanobind.h>

#include "image.hpp"

namespace nb = nanobind;

using ImageClass = nb::class_<Image>;

void add_errors(nb::module_ &m);
void add_pixel(nb::module_ &m);
ImageClass add_image(nb::module_ &m);
void add_methods(ImageClass &type);
void add_views(ImageClass &type);
void add_album(nb::module_ &m);
void add_work(nb::module_ &m);

// The type's slots for buffers (views.cpp), which count who looks.
extern PyType_Slot buffer_slots[];

// A `str` in UTF-8, and a path as the operating system writes it (errors.cpp).
std::string utf8(const nb::str &text);
std::string path_bytes(const nb::object &path);
