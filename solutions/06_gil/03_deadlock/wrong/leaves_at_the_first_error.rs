//! wrong: stops waiting at the first error, and leaves the other jobs running behind it
//! caught-by: waits_for_every_call
//! says: raised before every call was made and over
//! caught-by: waits_for_a_long_queue
//! says: returned the wrong value

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
            pool::submit(move || Python::attach(|py| callable.call1(py, (item,))))
        };
        let tickets: Vec<_> = items.into_iter().map(submit).collect();
        py.detach(|| tickets.into_iter().map(pool::Ticket::wait).collect())
    }
}
