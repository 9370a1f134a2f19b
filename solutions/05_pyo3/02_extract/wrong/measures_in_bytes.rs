//! wrong: compares the lengths in UTF-8, where one character may be two bytes
//! caught-by: answers
//! says: `extract.longest

use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;
use pyo3::types::{PyDict, PySequence, PyString};

#[pymodule]
mod extract {
    use super::*;

    #[pyfunction]
    fn look_up(index: &Bound<'_, PyDict>, word: &Bound<'_, PyString>) -> PyResult<Option<u32>> {
        index.get_item(word)?.map(|page| page.extract()).transpose()
    }

    #[pyfunction]
    fn page_at(pages: &Bound<'_, PySequence>, at: usize) -> PyResult<u32> {
        pages.get_item(at)?.extract()
    }

    #[pyfunction]
    #[pyo3(signature = (numbers, limit, default=None))]
    fn first_above<'py>(
        numbers: &Bound<'py, PyAny>,
        limit: i64,
        default: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Option<Bound<'py, PyAny>>> {
        for number in numbers.try_iter()? {
            let number = number?;
            if number.extract::<i64>()? > limit {
                return Ok(Some(number));
            }
        }
        Ok(default)
    }

    #[pyfunction]
    fn longest(titles: Vec<PyBackedStr>) -> Option<PyBackedStr> {
        titles.into_iter().rev().max_by_key(|title| title.len())
    }

    #[pyfunction]
    fn newlines(data: &[u8], found: &Bound<'_, PyAny>) -> PyResult<()> {
        for (at, byte) in data.iter().enumerate() {
            if *byte == b'\n' {
                found.call1((at,))?;
            }
        }
        Ok(())
    }
}
