// Views: the library's memory as a Python buffer. SWIG's proxy classes are written in Python, and
// have no buffer slots. `python:abc` makes a proxy inherit from an abstract base class; nothing
// says that it must be abstract, so here it is a type in C that has the slots and no fields.

// by hand: buffer_protocol
%{
namespace {

// What a view holds: its own share of the image. The Python object is no help when a cycle is
// collected, for then it has lost `this` before the view is released.
struct Exported {
    std::shared_ptr<ink_swig::Image> image;
    Py_ssize_t shape[3];
    Py_ssize_t strides[3];
};

int get_buffer(PyObject *self, Py_buffer *view, int flags) {
    view->obj = nullptr;
    void *pointer = nullptr;
    const int found =
        SWIG_ConvertPtr(self, &pointer, SWIGTYPE_p_std__shared_ptrT_ink_swig__Image_t, 0);
    if (!SWIG_IsOK(found) || !pointer) {
        PyErr_SetString(PyExc_ValueError, "the image was never made");
        return -1;
    }
    const auto &image = *static_cast<std::shared_ptr<ink_swig::Image> *>(pointer);
    try {
        image->exporting();
        const Py_ssize_t width = image->width();
        auto exported = std::make_unique<Exported>(
            Exported{image, {image->height(), width, 3}, {width * 3, 3, 1}});
        auto *data = const_cast<std::uint8_t *>(image->data());
        if (PyBuffer_FillInfo(view, self, data, image->size_bytes(), 1, flags) < 0) {
            return -1;
        }
        // It knows one row of bytes. Who asks for a shape is given three dimensions.
        if (flags & PyBUF_ND) {
            view->ndim = 3;
            view->shape = exported->shape;
        }
        if ((flags & PyBUF_STRIDES) == PyBUF_STRIDES) {
            view->strides = exported->strides;
        }
        view->internal = exported.release();
    } catch (...) {
        raise_caught();
        return -1;
    }
    // by hand: end
    // by hand: exported
    ++image->exports;
    // by hand: end
    // by hand: buffer_protocol
    return 0;
}

void release_buffer(PyObject *, Py_buffer *view) {
    const std::unique_ptr<Exported> exported(static_cast<Exported *>(view->internal));
    // by hand: end
    // by hand: exported
    --exported->image->exports;
    // by hand: end
    // by hand: buffer_protocol
}

PyType_Slot viewable_slots[] = {
    {Py_bf_getbuffer, reinterpret_cast<void *>(get_buffer)},
    {Py_bf_releasebuffer, reinterpret_cast<void *>(release_buffer)},
    {0, nullptr},
};

PyType_Spec viewable = {"ink_swig._core.Viewable", 0, 0,
                        Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE, viewable_slots};

} // namespace
%}

%init %{
if (PyModule_AddObject(m, "Viewable", PyType_FromSpec(&viewable)) < 0) {
    return -1;
}
%}

%feature("python:abc", "_core.Viewable") ink_swig::Image;
// by hand: end

// by hand: buffer
// Pixels that come in. pybuffer.i has a typemap for this, which gives the buffer back *before* the
// call and goes on using its address. This one holds it until `freearg`.
%typemap(in) (const uint8_t *data, size_t length) (Py_buffer view) {
    view.obj = nullptr;
    if (PyObject_GetBuffer($input, &view, PyBUF_SIMPLE) < 0) {
        SWIG_fail;
    }
    $1 = static_cast<uint8_t *>(view.buf);
    $2 = view.len;
}

%typemap(freearg) (const uint8_t *data, size_t length) {
    PyBuffer_Release(&view$argnum);
}
// by hand: end
