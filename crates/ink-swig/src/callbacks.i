// Python functions that C++ calls, through directors: a C++ class with a virtual method, whose
// overriding method may be written in Python. SWIG generates the class in between, takes the GIL
// there, and turns what Python raises into a C++ exception.

%feature("director") ink_swig::Change;
%feature("director") ink_swig::Bell;

// by hand: callback_raises
%feature("director:except") {
    if ($error) {
        throw Swig::DirectorMethodException();
    }
}
// by hand: end
// by hand: callback_outlives
// Here nobody could catch it: the library called.
%feature("director:except") ink_swig::Bell::ring {
    if ($error) {
        PyErr_WriteUnraisable(swig_get_self());
    }
}
// by hand: end

// by hand: callback_raises
// SWIG's own typemap takes None for a null pointer, and then copies the pixel that it points to.
%typemap(directorout) InkPixel {
    void *pointer = nullptr;
    if (!SWIG_IsOK(SWIG_ConvertPtr($input, &pointer, $&descriptor, SWIG_POINTER_NO_NULL))) {
        Swig::DirectorTypeMismatchException::raise(PyExc_TypeError, "the callback must return a Pixel");
    }
    $result = *static_cast<InkPixel *>(pointer);
}
// by hand: end

%inline %{
namespace ink_swig {

// by hand: callback
struct Change {
    virtual ~Change() = default;
    virtual InkPixel call(uint32_t x, uint32_t y, InkPixel pixel) = 0;
};
// by hand: end

// by hand: callback_outlives
struct Bell {
    virtual ~Bell() = default;
    virtual void ring() = 0;
};
// by hand: end

} // namespace ink_swig
%}

// by hand: callback
%pythoncode %{
def _callable(callback):
    if not callable(callback):
        raise TypeError(f"the callback must be callable, not {type(callback).__name__}")
    return callback


class _Change(Change):
    def __init__(self, callback):
        super().__init__()
        # The director looks its method up by name, and finds the function itself.
        self.call = _callable(callback)


# by hand: end
# by hand: callback_outlives
class _Bell(Bell):
    def __init__(self, callback):
        super().__init__()
        self.ring = _callable(callback)


# by hand: end
%}

// by hand: callback_outlives
%{
namespace {

// The hook of this copy of the library, and so one for all interpreters of the process. On purpose
// it is never destroyed: when the process ends, Python is gone before a static would be.
std::shared_ptr<ink_swig::Bell> &bell = *new std::shared_ptr<ink_swig::Bell>;

// Called on the thread that blurs, without the GIL. Its own share keeps the bell while it rings,
// whoever takes it away meanwhile.
void ring(void *) {
    if (const auto mine = std::atomic_load(&bell)) {
        mine->ring();
    }
}

// C++ owns the director from here on (DISOWN, below), and the director its Python half. The method
// `__disown__` of the proxy would do both; but with `threads` SWIG counts that reference without
// the GIL.
void on_work(ink_swig::Bell *callback) {
    if (auto *director = dynamic_cast<Swig::Director *>(callback)) {
        director->swig_disown();
    }
    std::atomic_store(&bell, std::shared_ptr<ink_swig::Bell>(callback));
    ink_set_work_hook(callback ? ring : nullptr, nullptr);
}

} // namespace
%}

%pythonprepend on_work %{
    callback = callback if callback is None else _Bell(callback)
%}
// by hand: end
%apply SWIGTYPE *DISOWN { ink_swig::Bell *callback };
%feature("docstring") on_work "Calls `callback()` whenever a blur has begun, until `on_work(None)`.";
void on_work(ink_swig::Bell *callback);
