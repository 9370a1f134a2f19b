//! FILL IN: the answer, with the choice explained and the one that was rejected
//! A module that doubles numbers.

use pyo3::prelude::*;

#[pymodule]
mod {{slug}} {
    use super::*;

    /// Twice the number.
    #[pyfunction]
    fn twice(n: i64) -> i64 {
        2 * n
    }
}
