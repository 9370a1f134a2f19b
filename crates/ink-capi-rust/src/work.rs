//! Work on the whole image: `map`, which calls Python all the time, and `blur`, which lets it go.

use std::ops::ControlFlow;

use pyo3_ffi::*;

use crate::callbacks;
use crate::gil::without_the_gil;
use crate::methods::{method, none};
use crate::usage::{Mark, raised};

pub unsafe extern "C" fn map(
    op: *mut PyObject,
    cls: *mut PyTypeObject,
    args: *const *mut PyObject,
    nargs: Py_ssize_t,
    kwnames: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: CPython's own arguments.
    unsafe {
        method(op, cls, (args, nargs, kwnames), |this, call| {
            let [callback] = call.arguments([c"callback"])?;
            // by hand: exported
            this.may_change()?;
            let copy = |image: &ink::Image| {
                ink::Image::from_bytes(image.width(), image.height(), image.bytes())
            };
            let mut draft = raised(call.state, this.read(copy)?)?;
            // The callback may do what it likes, and this image will refuse it.
            let mapped = Mark::set(&this.mapped);
            callbacks::visit(call.state, &mut draft, callback)?;
            drop(mapped);
            // by hand: end
            // by hand: callback
            let take = |image: &mut ink::Image| {
                image.map(|x, y, pixel| {
                    *pixel = draft.pixel(x, y).expect("a draft is as large as its image");
                    ControlFlow::Continue(())
                })
            };
            raised(call.state, this.change(take)?)?;
            // by hand: end
            none()
        })
    }
}

pub unsafe extern "C" fn blur(
    op: *mut PyObject,
    cls: *mut PyTypeObject,
    args: *const *mut PyObject,
    nargs: Py_ssize_t,
    kwnames: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: CPython's own arguments.
    unsafe {
        method(op, cls, (args, nargs, kwnames), |this, call| {
            let [radius] = call.arguments([c"radius"])?;
            let radius = radius.u32("radius")?;
            let done = this.change(|image| {
                // by hand: busy
                // Before the GIL goes: then whoever else comes is refused.
                let _blurred = Mark::set(&this.blurred);
                // by hand: end
                // by hand: callback_outlives
                callbacks::blurring(call.state, || {
                    // by hand: end
                    // by hand: gil
                    without_the_gil(|| image.blur(radius))
                    // by hand: end
                })
            })?;
            raised(call.state, done)?;
            none()
        })
    }
}
