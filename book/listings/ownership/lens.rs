//! Says what a view says of itself.

use pyo3::buffer::{PyBuffer, PyUntypedBuffer};
use pyo3::prelude::*;

#[pymodule]
mod lens {
    use super::*;

    // ANCHOR: what_a_view_says
    #[pyfunction]
    fn describe(object: &Bound<'_, PyAny>) -> PyResult<String> {
        let view = PyUntypedBuffer::get(object)?;
        Ok(format!(
            "{} of {} bytes, format {:?}, shape {:?}, strides {:?}",
            view.item_count(),
            view.item_size(),
            view.format(),
            view.shape(),
            view.strides(),
        ))
    } // the view is dropped here, and with that given back
    // ANCHOR_END: what_a_view_says

    // ANCHOR: how_far_apart
    /// How many bytes further the last item lies than the first, in one dimension.
    #[pyfunction]
    fn from_first_to_last(object: &Bound<'_, PyAny>) -> PyResult<Option<isize>> {
        let view = PyUntypedBuffer::get(object)?;
        let &[length] = view.shape() else {
            return Ok(None);
        };
        let Some(last) = length.checked_sub(1) else {
            return Ok(None);
        };
        let (first, last) = (view.get_ptr(&[0]), view.get_ptr(&[last]));
        Ok(Some(last.addr() as isize - first.addr() as isize))
    }
    // ANCHOR_END: how_far_apart

    // ANCHOR: asks_for_floats
    #[pyfunction]
    fn takes_as_f64(object: &Bound<'_, PyAny>) -> String {
        match PyBuffer::<f64>::get(object) {
            Ok(_) => "taken".to_owned(),
            Err(error) => error.to_string(),
        }
    }
    // ANCHOR_END: asks_for_floats
}
