//! Five questions to a library's catalogue. Each answer is right, and costs too much.

use std::collections::HashMap;

use pyo3::exceptions::PyIndexError;
use pyo3::prelude::*;

#[pymodule]
mod extract {
    use super::*;

    // TODO: choose the types of the arguments, so that only what is needed is converted.

    /// The page that `index`, a dict, has for `word`, or None.
    #[pyfunction]
    fn look_up(index: HashMap<String, u32>, word: String) -> Option<u32> {
        index.get(&word).copied()
    }

    /// The page at place `at` of `pages`, any sequence.
    #[pyfunction]
    fn page_at(pages: Vec<u32>, at: usize) -> PyResult<u32> {
        let page = pages.get(at).copied();
        page.ok_or_else(|| PyIndexError::new_err("there is no such place"))
    }

    /// The first of `numbers`, any iterable, that is above `limit`, or else `default`.
    #[pyfunction]
    #[pyo3(signature = (numbers, limit, default=None))]
    fn first_above(numbers: Vec<i64>, limit: i64, default: Option<i64>) -> Option<i64> {
        let first = numbers.into_iter().find(|&number| number > limit);
        first.or(default)
    }

    /// The title with the most characters, the first of them if there are several.
    #[pyfunction]
    fn longest(titles: Vec<String>) -> Option<String> {
        // Of equals `max_by_key` takes the last one, so it gets them from the end.
        let backwards = titles.into_iter().rev();
        backwards.max_by_key(|title| title.chars().count())
    }

    /// Calls `found` with the place of each newline in `data`, a bytes object.
    #[pyfunction]
    fn newlines(data: Vec<u8>, found: &Bound<'_, PyAny>) -> PyResult<()> {
        for (at, byte) in data.iter().enumerate() {
            if *byte == b'\n' {
                found.call1((at,))?;
            }
        }
        Ok(())
    }
}
