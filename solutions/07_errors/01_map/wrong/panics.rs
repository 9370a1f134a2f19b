//! wrong: unwraps; the panic arrives as a BaseException that `except Exception` lets through
//! caught-by: a_bad_colour_is_a_value_error
//! says: pyo3_runtime.PanicException
//! caught-by: an_unreadable_file_is_an_os_error
//! says: pyo3_runtime.PanicException
//! caught-by: an_unknown_name_is_an_unknown_colour
//! says: pyo3_runtime.PanicException

use std::path::PathBuf;

use pyo3::prelude::*;

mod palette;

#[pymodule]
mod map {
    use super::*;

    #[pyfunction]
    fn look_up(path: PathBuf, name: &str) -> palette::Colour {
        palette::look_up(&path, name).unwrap()
    }

    #[pyfunction]
    fn names(path: PathBuf) -> Vec<String> {
        palette::names(&path).unwrap()
    }
}
