//! A module that smooths signals, and leaves the GIL to others while it does.

use pyo3::prelude::*;

mod kernel;

#[pymodule]
mod detach {
    use super::*;

    /// Smooths `signal` by a moving average, `passes` times over.
    ///
    /// PyO3 has copied the list into a `Vec<f64>` before this line, so the
    /// kernel works on memory that no Python code can reach, and the thread may
    /// let go of the interpreter for as long as it takes. Borrowing the list's
    /// own items instead would save the copy, and would need the GIL throughout.
    #[pyfunction]
    fn smooth(py: Python<'_>, signal: Vec<f64>, passes: usize) -> Vec<f64> {
        py.detach(|| kernel::smooth(&signal, passes))
    }
}
