//! wrong: takes contiguous memory only, as most code that is found does
//! caught-by: reads_every_layout
//! says: refused every second number of an array

use pyo3::buffer::PyUntypedBuffer;
use pyo3::exceptions::{PyBufferError, PyTypeError};
use pyo3::prelude::*;

struct Floats(PyUntypedBuffer);

impl Floats {
    fn of(numbers: &Bound<'_, PyAny>) -> PyResult<Floats> {
        let view = PyUntypedBuffer::get(numbers)?;
        let native = if cfg!(target_endian = "little") {
            "<d"
        } else {
            ">d"
        };
        let format = view.format().to_string_lossy().into_owned();
        if !["d", "@d", "=d", native].contains(&format.as_str()) {
            let message = format!("expected 64-bit floats, not '{format}'");
            return Err(PyTypeError::new_err(message));
        }
        if !view.is_c_contiguous() {
            return Err(PyBufferError::new_err("the numbers are not contiguous"));
        }
        Ok(Floats(view))
    }

    fn places(&self) -> impl Iterator<Item = *mut f64> {
        let first = self.0.buf_ptr().cast::<f64>();
        (0..self.0.item_count()).map(move |at| first.wrapping_add(at))
    }
}

#[pymodule]
mod consume {
    use super::*;

    #[pyfunction]
    fn each(numbers: &Bound<'_, PyAny>, callback: &Bound<'_, PyAny>) -> PyResult<()> {
        let numbers = Floats::of(numbers)?;
        for place in numbers.places() {
            // SAFETY: a float lies there, as long as the view is held.
            let number = unsafe { place.read_unaligned() };
            callback.call1((number,))?;
        }
        Ok(())
    }

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
