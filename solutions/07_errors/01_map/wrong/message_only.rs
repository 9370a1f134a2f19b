//! wrong: the right types with a sentence in each; the data is gone, and so is the subclass
//! caught-by: a_bad_colour_is_a_value_error
//! says: with the wrong args
//! caught-by: an_unreadable_file_is_an_os_error
//! says: raised the wrong exception
//! caught-by: an_unknown_name_is_an_unknown_colour
//! says: with the wrong args

use std::path::PathBuf;

use pyo3::create_exception;
use pyo3::exceptions::{PyLookupError, PyOSError, PyValueError};
use pyo3::prelude::*;

mod palette;

use palette::{Colour, PaletteError};

create_exception!(map, UnknownColour, PyLookupError);

impl From<PaletteError> for PyErr {
    fn from(error: PaletteError) -> PyErr {
        let text = error.to_string();
        match error {
            PaletteError::Unreadable { .. } => PyOSError::new_err(text),
            PaletteError::NotAColour { .. } => PyValueError::new_err(text),
            PaletteError::Unknown { .. } => UnknownColour::new_err(text),
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
