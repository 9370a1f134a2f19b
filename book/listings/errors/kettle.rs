//! One kettle, and four ways to say that it failed.

use std::fs;
use std::io;
use std::path::PathBuf;

use pyo3::create_exception;
use pyo3::exceptions::{PyArithmeticError, PyOverflowError, PyRuntimeError};
use pyo3::prelude::*;

// ANCHOR: the_library
/// What the library reports.
#[derive(Debug)]
enum KettleError {
    TooHot { asked: u32, limit: u32 },
    Dry,
}

fn heat(to: u32, litres: u32) -> Result<u32, KettleError> {
    match (to, litres) {
        (_, 0) => Err(KettleError::Dry),
        (101.., _) => Err(KettleError::TooHot {
            asked: to,
            limit: 100,
        }),
        _ => Ok(to * litres),
    }
}
// ANCHOR_END: the_library

// ANCHOR: own_class
create_exception!(
    kettle,
    BoiledDry,
    PyArithmeticError,
    "There was no water in it."
);
// ANCHOR_END: own_class

// ANCHOR: say_it_once
impl From<KettleError> for PyErr {
    fn from(error: KettleError) -> PyErr {
        match error {
            KettleError::TooHot { asked, limit } => PyOverflowError::new_err((asked, limit)),
            KettleError::Dry => BoiledDry::new_err(()),
        }
    }
}
// ANCHOR_END: say_it_once

#[pymodule]
mod kettle {
    use super::*;

    // ANCHOR: export_it
    #[pymodule_export]
    use super::BoiledDry;
    // ANCHOR_END: export_it

    // ANCHOR: unwrapped
    #[pyfunction]
    fn heat_and_hope(to: u32, litres: u32) -> u32 {
        heat(to, litres).unwrap()
    }
    // ANCHOR_END: unwrapped

    // ANCHOR: a_sentence
    #[pyfunction]
    fn heat_and_talk(to: u32, litres: u32) -> PyResult<u32> {
        heat(to, litres).map_err(|error| PyRuntimeError::new_err(format!("{error:?}")))
    }
    // ANCHOR_END: a_sentence

    // ANCHOR: question_mark
    #[pyfunction]
    fn heat_twice(to: u32, litres: u32) -> PyResult<u32> {
        Ok(heat(to / 2, litres)? + heat(to, litres)?)
    }
    // ANCHOR_END: question_mark

    // ANCHOR: result_as_it_is
    #[pyfunction]
    #[pyo3(name = "heat")]
    fn heat_once(to: u32, litres: u32) -> Result<u32, KettleError> {
        heat(to, litres)
    }
    // ANCHOR_END: result_as_it_is

    // ANCHOR: the_manual
    #[pyfunction]
    fn manual(path: PathBuf) -> Result<String, io::Error> {
        fs::read_to_string(path)
    }
    // ANCHOR_END: the_manual
}
