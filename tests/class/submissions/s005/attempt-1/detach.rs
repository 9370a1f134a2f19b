//! A module that smooths signals, and stops every other thread while it does.

use pyo3::prelude::*;

mod kernel;

#[pymodule]
mod detach {
    use super::*;

    /// Smooths `signal` by a moving average, `passes` times over.
    #[pyfunction]
    fn smooth(py: Python<'_>, signal: Vec<f64>, passes: usize) -> Vec<f64> {
        // TODO: let the other Python threads run while the kernel works.
        let _ = py;
        kernel::smooth(&signal, passes)
    }
}
