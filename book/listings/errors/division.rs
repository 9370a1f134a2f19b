//! The same division twice: for callers of C, and for Python by way of PyO3.
//! Both panic when they divide by zero.

use pyo3::prelude::*;

// ANCHOR: for_c
/// A quotient, for whoever can call C.
#[unsafe(no_mangle)]
pub extern "C" fn divide(a: i64, b: i64) -> i64 {
    a / b
}
// ANCHOR_END: for_c

// ANCHOR: for_python
#[pymodule]
mod division {
    use super::*;

    /// A quotient, for Python.
    #[pyfunction]
    fn divide(a: i64, b: i64) -> i64 {
        a / b
    }
}
// ANCHOR_END: for_python
