//! Two ways back into Python: for the length of a call, and for as long as it is set.

use std::ops::ControlFlow;
use std::sync::Arc;

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;

use crate::errors::refused;
use crate::pixel::Pixel;

/// What the image would be if each pixel were `callback(x, y, pixel)`.
///
/// The library's `map` wants the image for itself until it is done, and the callback may look at
/// it. So a draft is mapped, and the image is only read.
pub fn mapped(image: &ink::Image, callback: &Bound<'_, PyAny>) -> PyResult<ink::Image> {
    // by hand: callback
    let (width, height) = (image.width(), image.height());
    let mut draft = ink::Image::from_bytes(width, height, image.bytes()).map_err(refused)?;
    let ask = |x: u32, y: u32, old: ink::Pixel| -> PyResult<Pixel> {
        Ok(callback.call1((x, y, Pixel::from(old)))?.extract()?)
    };
    // by hand: end
    // by hand: callback_raises
    // The library knows no `PyErr`: the closure keeps it, and asks the library to stop.
    let mut raised = None;
    let done = draft.map(|x, y, pixel| match ask(x, y, *pixel) {
        Ok(new) => {
            *pixel = new.into();
            ControlFlow::Continue(())
        }
        Err(error) => {
            raised = Some(error);
            ControlFlow::Break(1)
        }
    });
    match raised {
        Some(error) => Err(error),
        None => done.map(|()| draft).map_err(refused),
    }
    // by hand: end
}

// by hand: callback_outlives
/// Calls `callback()` whenever a blur has begun, until `on_work(None)`.
#[pyfunction]
pub fn on_work(callback: Option<Bound<'_, PyAny>>) -> PyResult<()> {
    let hook = callback.map(|callback| {
        if !callback.is_callable() {
            return Err(PyTypeError::new_err("the callback must be callable"));
        }
        let callback = callback.unbind();
        Ok(Arc::new(move || ring(&callback)) as ink::WorkHook)
    });
    // The closure owns the callback, and the library the closure. Whoever lets go of it last
    // releases the callback; without the GIL, PyO3 does that when somebody next takes it.
    ink::set_work_hook(hook.transpose()?);
    Ok(())
}

/// Runs on the thread that blurs, which has let go of the GIL.
fn ring(callback: &Py<PyAny>) {
    // `try_attach`, because an interpreter that is going away can no longer be attached to.
    Python::try_attach(|py| {
        let callback = callback.bind(py);
        if let Err(error) = callback.call0() {
            error.write_unraisable(py, Some(callback));
        }
    });
}
// by hand: end
