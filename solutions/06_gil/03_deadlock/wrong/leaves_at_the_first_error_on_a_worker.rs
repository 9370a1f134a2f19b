//! wrong: on a worker, makes the calls up to the first that fails, and no more
//! caught-by: a_worker_keeps_the_contract
//! says: returned the wrong value

use pyo3::prelude::*;

mod pool;

#[pymodule]
mod deadlock {
    use super::*;

    #[pyfunction]
    fn map(py: Python<'_>, callable: Py<PyAny>, items: Vec<Py<PyAny>>) -> PyResult<Vec<Py<PyAny>>> {
        if pool::on_worker() {
            return items
                .into_iter()
                .map(|item| callable.call1(py, (item,)))
                .collect();
        }
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
