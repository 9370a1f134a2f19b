//! wrong: expects a number in every `io::Error`; one that Rust itself made has none
//! caught-by: a_path_that_was_never_asked_for_is_an_os_error
//! says: pyo3_runtime.PanicException

use std::path::PathBuf;

use pyo3::create_exception;
use pyo3::exceptions::{PyLookupError, PyOSError, PyValueError};
use pyo3::prelude::*;

mod palette;

use palette::{Colour, PaletteError};

create_exception!(map, UnknownColour, PyLookupError);

impl From<PaletteError> for PyErr {
    fn from(error: PaletteError) -> PyErr {
        match error {
            PaletteError::Unreadable { path, cause } => {
                let errno = cause.raw_os_error().expect("the system gave a number");
                PyOSError::new_err((errno, cause.to_string(), path.into_os_string()))
            }
            PaletteError::NotAColour { line, text } => PyValueError::new_err((line, text)),
            PaletteError::Unknown { name, nearest } => UnknownColour::new_err((name, nearest)),
        }
    }
}

#[pymodule]
mod map {
    use super::*;

    #[pymodule_export]
    use super::UnknownColour;

    #[pyfunction]
    fn look_up(path: PathBuf, name: &str) -> PyResult<Colour> {
        Ok(palette::look_up(&path, name)?)
    }

    #[pyfunction]
    fn names(path: PathBuf) -> PyResult<Vec<String>> {
        Ok(palette::names(&path)?)
    }
}
