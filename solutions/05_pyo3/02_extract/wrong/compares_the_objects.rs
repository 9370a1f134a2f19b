//! wrong: asks Python whether the item is above the limit, and not every number has a `>`
//! caught-by: first_above_stops_where_it_can
//! says: '>' not supported between instances of 'Page'

use pyo3::prelude::*;
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
            if number.gt(limit)? {
                return Ok(Some(number));
            }
        }
        Ok(default)
    }

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
