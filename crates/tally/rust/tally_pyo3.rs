//! Bound with PyO3.

use pyo3::buffer::PyBuffer;
use pyo3::exceptions::PyValueError;
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
    fn total_buffer(py: Python<'_>, numbers: PyBuffer<f64>) -> Option<f64> {
        let cells = numbers.as_slice(py)?;
        Some(cells.iter().map(|cell| cell.get()).sum())
    }
}
