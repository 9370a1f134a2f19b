//! wrong: asks through the C API and gives back at the end, which a `?` in the middle never reaches
//! caught-by: lets_go_on_every_path
//! says: never given back after the callback raised

use pyo3::buffer::PyUntypedBuffer;
use pyo3::exceptions::{PyBufferError, PyTypeError};
use pyo3::prelude::*;
use std::mem::ManuallyDrop;

pub mod walk;

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
        Ok(Floats(view))
    }

    fn places(&self) -> impl Iterator<Item = *mut f64> {
        walk::indices(self.0.shape()).map(|position| self.0.get_ptr(&position).cast())
    }
}

#[pymodule]
mod consume {
    use super::*;

    #[pyfunction]
    fn each(numbers: &Bound<'_, PyAny>, callback: &Bound<'_, PyAny>) -> PyResult<()> {
        let mut numbers = ManuallyDrop::new(Floats::of(numbers)?);
        for place in numbers.places() {
            // SAFETY: a float lies there, as long as the view is held.
            let number = unsafe { place.read_unaligned() };
            callback.call1((number,))?;
        }
        // SAFETY: it is not used after this. But who has left above never comes by.
        unsafe { ManuallyDrop::drop(&mut numbers) };
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
