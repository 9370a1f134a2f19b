//! What an image can do, method by method: convert the arguments, ask for the image, hand over
//! the result. What Python calls stands in `tables`.

use pyo3_ffi::*;

use crate::arguments::Call;
use crate::gil::without_the_gil;
use crate::image::{ImageObject, owner};
use crate::pixel;
use crate::reference::{Given, Outcome, Owned, object};
use crate::usage::raised;

/// A method of `Image`: the image, and what it was called with.
///
/// # Safety
/// These are the arguments of a METH_METHOD function, and `op` is an image. CPython keeps all of
/// them for the length of the call: that is why nothing here holds on to its own image.
pub unsafe fn method(
    op: *mut PyObject,
    cls: *mut PyTypeObject,
    (args, nargs, kwnames): (*const *mut PyObject, Py_ssize_t, *mut PyObject),
    body: impl FnOnce(&ImageObject, &Call<'_>) -> Outcome<Owned>,
) -> *mut PyObject {
    // SAFETY: as above; the class that a method is defined in knows its module.
    let (this, call) = unsafe {
        let state = PyType_GetModuleState(cls).cast();
        (ImageObject::new(op), Call::new(state, args, nargs, kwnames))
    };
    object(|| body(this, &call))
}

pub fn none() -> Outcome<Owned> {
    Ok(Given::none().to_owned())
}

pub unsafe extern "C" fn from_pixels(
    kind: *mut PyObject,
    cls: *mut PyTypeObject,
    args: *const *mut PyObject,
    nargs: Py_ssize_t,
    kwnames: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: CPython's own arguments; a METH_CLASS function gets the type in the place of `self`.
    let call = unsafe { Call::new(PyType_GetModuleState(cls).cast(), args, nargs, kwnames) };
    object(|| {
        let [width, height, data] = call.arguments([c"width", c"height", c"data"])?;
        let (width, height) = (width.u32("width")?, height.u32("height")?);
        let image = ink::Image::from_bytes(width, height, data.buffer()?.bytes());
        owner(kind.cast(), raised(call.state, image)?)
    })
}

pub unsafe extern "C" fn read(
    kind: *mut PyObject,
    cls: *mut PyTypeObject,
    args: *const *mut PyObject,
    nargs: Py_ssize_t,
    kwnames: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: CPython's own arguments; a METH_CLASS function gets the type in the place of `self`.
    let call = unsafe { Call::new(PyType_GetModuleState(cls).cast(), args, nargs, kwnames) };
    object(|| {
        let [path] = call.arguments([c"path"])?;
        let path = path.path(call.state)?;
        let image = without_the_gil(|| ink::Image::read(path));
        owner(kind.cast(), raised(call.state, image)?)
    })
}

pub unsafe extern "C" fn write(
    op: *mut PyObject,
    cls: *mut PyTypeObject,
    args: *const *mut PyObject,
    nargs: Py_ssize_t,
    kwnames: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: CPython's own arguments.
    unsafe {
        method(op, cls, (args, nargs, kwnames), |this, call| {
            let [path] = call.arguments([c"path"])?;
            let path = path.path(call.state)?;
            raised(call.state, this.read(|image| image.write(path))?)?;
            none()
        })
    }
}

pub unsafe extern "C" fn get(
    op: *mut PyObject,
    cls: *mut PyTypeObject,
    args: *const *mut PyObject,
    nargs: Py_ssize_t,
    kwnames: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: CPython's own arguments.
    unsafe {
        method(op, cls, (args, nargs, kwnames), |this, call| {
            let [x, y] = call.arguments([c"x", c"y"])?;
            let (x, y) = (x.u32("x")?, y.u32("y")?);
            let pixel = raised(call.state, this.read(|image| image.pixel(x, y))?)?;
            pixel::from_ink(call.state, pixel)
        })
    }
}

pub unsafe extern "C" fn set(
    op: *mut PyObject,
    cls: *mut PyTypeObject,
    args: *const *mut PyObject,
    nargs: Py_ssize_t,
    kwnames: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: CPython's own arguments.
    unsafe {
        method(op, cls, (args, nargs, kwnames), |this, call| {
            let [x, y, pixel] = call.arguments([c"x", c"y", c"pixel"])?;
            let (x, y) = (x.u32("x")?, y.u32("y")?);
            let pixel = pixel::to_ink(call.state, pixel)?;
            raised(
                call.state,
                this.change(|image| image.set_pixel(x, y, pixel))?,
            )?;
            none()
        })
    }
}
