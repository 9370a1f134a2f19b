//! wrong: every unreadable file is called missing; what the system said is thrown away
//! caught-by: an_unreadable_file_is_an_os_error
//! says: raised the wrong exception

use std::path::PathBuf;

use pyo3::create_exception;
use pyo3::exceptions::{PyFileNotFoundError, PyLookupError, PyValueError};
use pyo3::prelude::*;

mod palette;

use palette::{Colour, PaletteError};

create_exception!(map, UnknownColour, PyLookupError);

impl From<PaletteError> for PyErr {
    fn from(error: PaletteError) -> PyErr {
        match error {
            PaletteError::Unreadable { path, .. } => {
                let text = "No such file or directory";
                PyFileNotFoundError::new_err((2, text, path.into_os_string()))
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
