//! Sums a ledger, for Python.

use pyo3::prelude::*;

#[pymodule]
mod ledger {
    use super::*;

    /// The sums of a ledger: a line for each name, the largest sum first.
    #[pyfunction]
    fn sums(text: &str, width: usize) -> PyResult<String> {
        let _ = (text, width);
        todo!("read the lines, add them up, write the table")
    }
}
