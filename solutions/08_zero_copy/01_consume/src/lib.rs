//! A module that goes through numbers where they lie.

use pyo3::buffer::PyUntypedBuffer;
use pyo3::exceptions::{PyBufferError, PyTypeError};
use pyo3::prelude::*;

pub mod walk;

/// A view of 64-bit floats. Whoever drops it gives it back to the exporter, so
/// no path can forget to: not a `?`, and not a panic.
struct Floats(PyUntypedBuffer);

impl Floats {
    /// Asks for the view, and looks at the format itself. `PyBuffer<f64>` would do
    /// both, and is not taken: it refuses an odd address, and on a little-endian
    /// machine it refuses `<d` and takes `>d` for its own.
    fn of(numbers: &Bound<'_, PyAny>) -> PyResult<Floats> {
        let view = PyUntypedBuffer::get(numbers)?;
        let native = if cfg!(target_endian = "little") {
            b"<d"
        } else {
            b">d"
        };
        let format = view.format();
        match format.to_bytes() {
            b"d" | b"@d" | b"=d" => Ok(Floats(view)),
            other if other == native => Ok(Floats(view)),
            _ => {
                let format = format.to_string_lossy();
                Err(PyTypeError::new_err(format!(
                    "expected 64-bit floats, not '{format}'"
                )))
            }
        }
    }

    /// Where each number lies. `get_ptr` knows of strides, of those that are negative
    /// and of rows behind pointers. A slice, where one can be had, would be faster
    /// and would promise what nobody keeps: that nothing changes meanwhile.
    fn places(&self) -> impl Iterator<Item = *mut f64> {
        walk::indices(self.0.shape()).map(|position| self.0.get_ptr(&position).cast())
    }
}

#[pymodule]
mod consume {
    use super::*;

    /// Calls `callback` with each of `numbers`, in order.
    #[pyfunction]
    fn each(numbers: &Bound<'_, PyAny>, callback: &Bound<'_, PyAny>) -> PyResult<()> {
        let numbers = Floats::of(numbers)?;
        for place in numbers.places() {
            // SAFETY: the view is held, so the place is in memory that neither moves nor goes;
            // the format says that a float lies there. It is read once, with the thread
            // attached, and no reference to it is left when the callback runs.
            let number = unsafe { place.read_unaligned() };
            callback.call1((number,))?;
        }
        Ok(())
    }

    /// Multiplies each of `numbers` by `factor`, in place.
    #[pyfunction]
    fn scale(numbers: &Bound<'_, PyAny>, factor: f64) -> PyResult<()> {
        let numbers = Floats::of(numbers)?;
        if numbers.0.readonly() {
            return Err(PyBufferError::new_err("these numbers may only be read"));
        }
        for place in numbers.places() {
            // SAFETY: as above, and the exporter said that it may be written.
            unsafe { place.write_unaligned(place.read_unaligned() * factor) };
        }
        Ok(())
    }
}
