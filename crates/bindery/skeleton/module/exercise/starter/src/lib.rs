//! FILL IN: what a learner starts from: it builds without a warning, and fails for the reason it teaches
//! A module that is to double numbers.

use pyo3::prelude::*;

#[pymodule]
mod {{slug}} {
    use super::*;

    /// Twice the number.
    #[pyfunction]
    fn twice(n: i64) -> i64 {
        // TODO: double it.
        n
    }
}
