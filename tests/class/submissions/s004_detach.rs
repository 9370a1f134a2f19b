//! A module that smooths signals, and leaves the GIL to others.

use pyo3::prelude::*;

mod kernel;

#[pymodule]
mod detach {
    use super::*;

    #[pyfunction]
    fn smooth(py: Python<'_>, signal: &Bound<'_, PyList>, passes: usize) -> Vec<f64> {
        py.detach(|| kernel::smooth(signal, passes))
    }
}
