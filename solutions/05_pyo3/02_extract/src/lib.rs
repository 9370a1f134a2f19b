//! Five questions to a library's catalogue, asked of the objects themselves.

use pyo3::prelude::*;
use pyo3::types::{PyDict, PySequence, PyString};

#[pymodule]
mod extract {
    use super::*;

    /// The page that `index`, a dict, has for `word`, or None.
    ///
    /// A `HashMap` would convert every key and every value before this line. The
    /// dict has a hash table already. `word: &str` would do no harm to the answer;
    /// the dict would then be asked for a new string that is made of it, and hashed.
    #[pyfunction]
    fn look_up(index: &Bound<'_, PyDict>, word: &Bound<'_, PyString>) -> PyResult<Option<u32>> {
        index.get_item(word)?.map(|page| page.extract()).transpose()
    }

    /// The page at place `at` of `pages`, any sequence.
    ///
    /// `&Bound<PyList>` is a little faster and refuses a range. `&Bound<PyAny>`, the
    /// choice for `numbers` below, would take a dict for a sequence.
    #[pyfunction]
    fn page_at(pages: &Bound<'_, PySequence>, at: usize) -> PyResult<u32> {
        pages.get_item(at)?.extract()
    }

    /// The first of `numbers`, any iterable, that is above `limit`, or else `default`.
    ///
    /// There is no type for *iterable*: whether something is one is known when it is
    /// asked for its iterator. (`PyIterator` is what that gives, and no list is one.)
    /// The item is converted for the comparison, and handed back unconverted.
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

    /// The title with the most characters, the first of them if there are several.
    ///
    /// The vector holds references, a word each, and no text. It has looked at the
    /// type of every item by the time this line runs, so the loop can go wrong nowhere
    /// but in `len`. A `Vec<PyBackedStr>` would do as well, and make UTF-8 of each title.
    #[pyfunction]
    fn longest<'py>(titles: Vec<Bound<'py, PyString>>) -> PyResult<Option<Bound<'py, PyString>>> {
        let mut longest = None;
        let mut most = 0;
        for title in titles {
            let length = title.len()?;
            if longest.is_none() || length > most {
                (longest, most) = (Some(title), length);
            }
        }
        Ok(longest)
    }

    /// Calls `found` with the place of each newline in `data`, a bytes object.
    ///
    /// The slice lies in the object, which the caller keeps alive. That is sound
    /// because a bytes object never changes; a bytearray is refused for that reason.
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
