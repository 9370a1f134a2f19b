//! wrong: reads each number while the callback still has the one before it, to know whether there is one more
//! caught-by: looks_at_the_memory_itself
//! says: did not see a number that was changed while it ran

use pyo3::buffer::PyUntypedBuffer;
use pyo3::exceptions::{PyBufferError, PyTypeError};
use pyo3::prelude::*;

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
        let numbers = Floats::of(numbers)?;
        // SAFETY: a float lies there, as long as the view is held.
        let read = |place: *mut f64| unsafe { place.read_unaligned() };
        let mut coming = numbers.places().map(read).peekable();
        while let Some(number) = coming.next() {
            let _last = coming.peek().is_none();
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
