//! A module that calls a Python function for each item, on a pool of threads.

use pyo3::prelude::*;

mod pool;

#[pymodule]
mod deadlock {
    use super::*;

    /// What `callable` returns for each of `items`, in their order.
    ///
    /// Each item is a job of its own for the pool.
    #[pyfunction]
    fn map(py: Python<'_>, callable: Py<PyAny>, items: Vec<Py<PyAny>>) -> PyResult<Vec<Py<PyAny>>> {
        let tickets: Vec<pool::Ticket<PyResult<Py<PyAny>>>> = items
            .into_iter()
            .map(|item| {
                let callable = callable.clone_ref(py);
                pool::submit(move || Python::attach(|py| callable.call1(py, (item,))))
            })
            .collect();
        // TODO: wait in a way that lets the jobs run, all of them, to their end;
        // and think of a `callable` that calls `map` itself.
        let _ = pool::on_worker();
        tickets.into_iter().map(|ticket| ticket.wait()).collect()
    }
}
