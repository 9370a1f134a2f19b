//! wrong: holds the object for ever, lest it be freed while the slice is read
//! caught-by: references_stay_balanced
//! says: leaked 1 reference per call to argument 1

use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PySequence, PyString};

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
    fn newlines(data: &Bound<'_, PyBytes>, found: &Bound<'_, PyAny>) -> PyResult<()> {
        std::mem::forget(data.clone());
        for (at, byte) in data.as_bytes().iter().enumerate() {
            if *byte == b'\n' {
                found.call1((at,))?;
            }
        }
        Ok(())
    }
}
