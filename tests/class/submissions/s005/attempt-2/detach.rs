//! A module that smooths signals while other threads run.

use pyo3::prelude::*;

mod kernel;

#[pymodule]
mod detach {
    use super::*;

    /// Smooths `signal` by a moving average, `passes` times over.
    #[pyfunction]
    fn smooth(py: Python<'_>, signal: Vec<f64>, passes: usize) -> Vec<f64> {
        py.detach(move || kernel::smooth(&signal, passes))
    }
}
