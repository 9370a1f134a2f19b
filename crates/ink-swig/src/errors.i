// C++ exceptions become Python's. SWIG catches nothing by itself: without `%exception` whatever is
// thrown ends the process.

// by hand: errors
%pythoncode %{
class InkError(Exception):
    """A call that the library refused. `code` is its status."""

    code = 0


class InkIOError(InkError, OSError):
    """A file that could not be read or written."""


%}

%{
#include <memory>
#include <new>

namespace {

struct Drop {
    void operator()(PyObject *object) const { Py_DECREF(object); }
};

// A reference that is ours, given back at the end of its block.
using Ref = std::unique_ptr<PyObject, Drop>;

// Raises InkError. The class is looked up each time: kept in a static it would be one for all
// interpreters of the process.
void raise_ink(InkStatus code, const char *message) {
    const Ref module(PyImport_ImportModule("ink_swig.core"));
    const char *name = code == INK_STATUS_IO ? "InkIOError" : "InkError";
    const Ref kind(module ? PyObject_GetAttrString(module.get(), name) : nullptr);
    const Ref error(kind ? PyObject_CallFunction(kind.get(), "s", message) : nullptr);
    const Ref number(error ? PyLong_FromLong(code) : nullptr);
    if (number && PyObject_SetAttrString(error.get(), "code", number.get()) == 0) {
        PyErr_SetObject(kind.get(), error.get());
    }
}

// Turns the C++ exception that has been caught into a Python one.
void raise_caught() {
    try {
        throw;
    } catch (const Swig::DirectorException &) {
        // A callback raised. Python's exception is still set, the very object, so there is nothing
        // to do: this one only carried the news through C++.
    } catch (const ink_swig::Refusal &refusal) {
        PyErr_SetString(refusal.kind(), refusal.what());
    } catch (const ink::Error &error) {
        raise_ink(error.code(), error.what());
    } catch (const std::bad_alloc &) {
        PyErr_NoMemory();
    } catch (const std::exception &error) {
        PyErr_SetString(PyExc_RuntimeError, error.what());
    }
}

} // namespace
%}

// Around each call from here on. `$action` is the call.
// ANCHOR: around_each_call
%exception {
    try {
        $action
    } catch (...) {
        raise_caught();
        SWIG_fail;
    }
}
// ANCHOR_END: around_each_call

// `Image.blur(None, 1)`: None goes for a null pointer, and that for a `this`.
%typemap(check) SWIGTYPE *self {
    if (!$1) {
        PyErr_SetString(PyExc_TypeError, "the object is None");
        SWIG_fail;
    }
}
// by hand: end
