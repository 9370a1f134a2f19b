//! A module that calls a Python function for each item, on a pool of threads.

use pyo3::prelude::*;

mod pool;

#[pymodule]
mod deadlock {
    use super::*;

    /// What `callable` returns for each of `items`, in their order.
    ///
    /// The GIL is given back for the whole wait and not for each ticket, which
    /// would be right too, and would ask for it as often as there are items,
    /// against three workers that want it.
    ///
    /// A worker must not wait for the pool, with or without the GIL: once all
    /// three do, nobody is left to do what they wait for. So it makes the calls
    /// itself. A pool that starts another thread whenever all of them wait would
    /// keep the calls parallel, and would have no upper limit any more.
    #[pyfunction]
    fn map(py: Python<'_>, callable: Py<PyAny>, items: Vec<Py<PyAny>>) -> PyResult<Vec<Py<PyAny>>> {
        let results: Vec<PyResult<Py<PyAny>>> = if pool::on_worker() {
            let call = |item| callable.call1(py, (item,));
            items.into_iter().map(call).collect()
        } else {
            let submit = |item| {
                let callable = callable.clone_ref(py);
                pool::submit(move || Python::attach(|py| callable.call1(py, (item,))))
            };
            let tickets: Vec<_> = items.into_iter().map(submit).collect();
            py.detach(|| tickets.into_iter().map(pool::Ticket::wait).collect())
        };
        // Every call is over. Collecting into a `PyResult` one line earlier would
        // stop waiting at the first error, and leave the other jobs running.
        results.into_iter().collect()
    }
}
