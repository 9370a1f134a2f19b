//! Bound with PyO3.

use pyo3::buffer::PyBuffer;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;

#[pymodule]
mod tally_pyo3 {
    use super::*;

    #[pyfunction]
    fn add(a: i64, b: i64) -> i64 {
        tally::add(a, b)
    }

    #[pyfunction]
    fn noop() {
        tally::noop();
    }

    #[pyfunction]
    fn fail() -> PyResult<()> {
        Err(PyValueError::new_err("no"))
    }

    #[pyfunction]
    fn call(callback: &Bound<'_, PyAny>, times: i64) -> PyResult<()> {
        for i in 0..times {
            callback.call1((i,))?;
        }
        Ok(())
    }

    #[pyfunction]
    fn total(numbers: Vec<f64>) -> f64 {
        tally::total(&numbers)
    }

    #[pyfunction]
    fn total_buffer(numbers: PyBuffer<f64>) -> PyResult<f64> {
        let memory = numbers
            .as_slice_ptr()
            .ok_or_else(|| PyTypeError::new_err("contiguous doubles are needed"))?;
        // SAFETY: the buffer keeps the memory until it is dropped. Another thread could write
        // to it only with the GIL, which is ours until we return.
        Ok(tally::total(unsafe { memory.as_ref() }))
    }
}
