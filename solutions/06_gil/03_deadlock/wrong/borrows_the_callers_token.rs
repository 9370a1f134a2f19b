//! wrong: the workers use the caller's `py` instead of attaching
//! caught-by: calls_on_the_pool
//! says: ended the process
//! caught-by: maps
//! says: ended the process

use pyo3::prelude::*;

mod pool;

#[pymodule]
mod deadlock {
    use super::*;

    #[pyfunction]
    fn map(py: Python<'_>, callable: Py<PyAny>, items: Vec<Py<PyAny>>) -> PyResult<Vec<Py<PyAny>>> {
        if pool::on_worker() {
            let call = |item| callable.call1(py, (item,));
            let results: Vec<_> = items.into_iter().map(call).collect();
            return results.into_iter().collect();
        }
        let submit = |item| {
            let callable = callable.clone_ref(py);
            // SAFETY: there is none. This claims that the worker is attached, and it is not.
            pool::submit(move || callable.call1(unsafe { Python::assume_attached() }, (item,)))
        };
        let tickets: Vec<_> = items.into_iter().map(submit).collect();
        let results: Vec<PyResult<Py<PyAny>>> =
            py.detach(|| tickets.into_iter().map(pool::Ticket::wait).collect());
        results.into_iter().collect()
    }
}
