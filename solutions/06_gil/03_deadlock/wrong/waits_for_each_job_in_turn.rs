//! wrong: chains two lazy steps, so that it submits a job, waits for it, and submits the next
//! caught-by: calls_on_the_pool
//! says: each of the first three calls waits

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
        let wait = |ticket: pool::Ticket<PyResult<Py<PyAny>>>| py.detach(|| ticket.wait());
        let results: Vec<_> = items.into_iter().map(submit).map(wait).collect();
        results.into_iter().collect()
    }
}
