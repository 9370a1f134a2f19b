//! wrong: a class of its own that derives from nothing; `except LookupError` does not see it
//! caught-by: an_unknown_name_is_an_unknown_colour
//! says: raised the wrong exception

use std::path::PathBuf;

use pyo3::create_exception;
use pyo3::exceptions::{PyException, PyOSError, PyValueError};
use pyo3::prelude::*;

mod palette;

use palette::{Colour, PaletteError};

create_exception!(map, UnknownColour, PyException);

impl From<PaletteError> for PyErr {
    fn from(error: PaletteError) -> PyErr {
        match error {
            PaletteError::Unreadable { path, cause } => match cause.raw_os_error() {
                Some(errno) => {
                    PyOSError::new_err((errno, cause.to_string(), path.into_os_string()))
                }
                None => cause.into(),
            },
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
