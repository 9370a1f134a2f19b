//! The same questions, asked with different types of arguments.

use std::collections::HashMap;

use pyo3::exceptions::{PyIndexError, PyValueError};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;
use pyo3::types::{PyBytes, PyDict, PyList, PySequence, PyString};

// ANCHOR: one_length_four_types
/// How long the first title is. It makes a string of every title.
#[pyfunction]
fn of_strings(titles: Vec<String>) -> PyResult<usize> {
    let first = titles.first().ok_or_else(no_title)?;
    Ok(first.chars().count())
}

/// It looks at every title.
#[pyfunction]
fn of_objects(titles: Vec<Bound<'_, PyString>>) -> PyResult<usize> {
    titles.first().ok_or_else(no_title)?.len()
}

/// It looks at the first title.
#[pyfunction]
fn of_a_list(titles: &Bound<'_, PyList>) -> PyResult<usize> {
    let first = titles.get_item(0)?;
    first.cast::<PyString>()?.len()
}

/// The same, for more than lists.
#[pyfunction]
fn of_a_sequence(titles: &Bound<'_, PySequence>) -> PyResult<usize> {
    let first = titles.get_item(0)?;
    first.cast::<PyString>()?.len()
}
// ANCHOR_END: one_length_four_types

fn no_title() -> PyErr {
    PyIndexError::new_err("there is no title")
}

// ANCHOR: whose_text
/// Whether the text lies in the object that it came from.
#[pyfunction]
fn a_str(text: &str, object: &Bound<'_, PyString>) -> PyResult<bool> {
    Ok(text.as_ptr() == object.to_str()?.as_ptr())
}

#[pyfunction]
fn a_string(text: String, object: &Bound<'_, PyString>) -> PyResult<bool> {
    Ok(text.as_ptr() == object.to_str()?.as_ptr())
}

#[pyfunction]
fn a_backed_str(text: PyBackedStr, object: &Bound<'_, PyString>) -> PyResult<bool> {
    Ok(text.as_ptr() == object.to_str()?.as_ptr())
}

#[pyfunction]
fn a_slice(data: &[u8], object: &Bound<'_, PyBytes>) -> bool {
    data.as_ptr() == object.as_bytes().as_ptr()
}

#[pyfunction]
fn a_vec(data: Vec<u8>, object: &Bound<'_, PyBytes>) -> bool {
    data.as_ptr() == object.as_bytes().as_ptr()
}
// ANCHOR_END: whose_text

// ANCHOR: a_map_or_a_dict
#[pyfunction]
fn in_a_map(prices: HashMap<String, u32>, title: &str) -> Option<u32> {
    prices.get(title).copied()
}

#[pyfunction]
fn in_a_dict(prices: &Bound<'_, PyDict>, title: &Bound<'_, PyAny>) -> PyResult<Option<u32>> {
    match prices.get_item(title)? {
        Some(price) => Ok(Some(price.extract()?)),
        None => Ok(None),
    }
}
// ANCHOR_END: a_map_or_a_dict

// ANCHOR: as_long_as_needed
/// Adds up what an iterable gives, until it is enough.
#[pyfunction]
fn enough(payments: &Bound<'_, PyAny>, price: u32) -> PyResult<u32> {
    let mut paid = 0;
    for payment in payments.try_iter()? {
        paid += payment?.extract::<u32>()?;
        if paid >= price {
            break;
        }
    }
    Ok(paid)
}
// ANCHOR_END: as_long_as_needed

// ANCHOR: what_can_be_left_out
#[pyfunction]
fn stamp(title: &str, shelf: Option<u32>) -> String {
    shelf.map_or(title.to_owned(), |shelf| format!("{title}, shelf {shelf}"))
}

#[pyfunction]
#[pyo3(signature = (title, shelf=None, *, loud=false))]
fn label(title: &str, shelf: Option<u32>, loud: bool) -> String {
    let title = if loud {
        title.to_uppercase()
    } else {
        title.to_owned()
    };
    stamp(&title, shelf)
}
// ANCHOR_END: what_can_be_left_out

// ANCHOR: a_type_of_your_own
/// A number between one and five.
struct Stars(u8);

impl<'a, 'py> FromPyObject<'a, 'py> for Stars {
    type Error = PyErr;

    fn extract(object: Borrowed<'a, 'py, PyAny>) -> PyResult<Self> {
        match object.extract()? {
            stars @ 1..=5 => Ok(Stars(stars)),
            other => Err(PyValueError::new_err((other, "between one and five"))),
        }
    }
}

#[pyfunction]
fn rate(stars: Stars) -> String {
    "*".repeat(stars.0.into())
}

#[pyfunction]
fn rate_all(stars: Vec<Stars>) -> usize {
    stars.iter().map(|each| usize::from(each.0)).sum()
}
// ANCHOR_END: a_type_of_your_own

#[pymodule]
mod costs {
    #[pymodule_export]
    use super::{
        a_backed_str, a_slice, a_str, a_string, a_vec, enough, in_a_dict, in_a_map, label,
        of_a_list, of_a_sequence, of_objects, of_strings, rate, rate_all, stamp,
    };
}
