//! wrong: adds two, which is right for two alone
//! caught-by: doubles
//! says: returned the wrong value

// FILL IN: an answer that people really give; one file for each

use pyo3::prelude::*;

#[pymodule]
mod {{slug}} {
    use super::*;

    #[pyfunction]
    fn twice(n: i64) -> i64 {
        n + 2
    }
}
