//! wrong: waits for the pool on a thread of the pool; lets go of the GIL, which does not help
//! caught-by: a_worker_may_call_map
//! says: no worker is left to fetch them

use pyo3::prelude::*;

mod pool;

#[pymodule]
mod deadlock {
    use super::*;

    #[pyfunction]
    fn map(py: Python<'_>, callable: Py<PyAny>, items: Vec<Py<PyAny>>) -> PyResult<Vec<Py<PyAny>>> {
        let submit = |item| {
            let callable = callable.clone_ref(py);
            pool::submit(move || Python::attach(|py| callable.call1(py, (item,))))
        };
        let tickets: Vec<_> = items.into_iter().map(submit).collect();
        let results: Vec<PyResult<Py<PyAny>>> =
            py.detach(|| tickets.into_iter().map(pool::Ticket::wait).collect());
        results.into_iter().collect()
    }
}
