//! PyO3 under its own name, as a shared library.
pub use ::pyo3::*;
