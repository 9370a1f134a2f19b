//! wrong: lets go of the GIL while it hands in the jobs, and waits for them with it
//! caught-by: maps
//! says: the workers have jobs and wait for the GIL in order to do them

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
        let callables: Vec<_> = items.iter().map(|_| callable.clone_ref(py)).collect();
        let tickets: Vec<_> = py.detach(|| {
            let submit = |(item, callable): (Py<PyAny>, Py<PyAny>)| {
                pool::submit(move || Python::attach(|py| callable.call1(py, (item,))))
            };
            items.into_iter().zip(callables).map(submit).collect()
        });
        let results: Vec<_> = tickets.into_iter().map(pool::Ticket::wait).collect();
        results.into_iter().collect()
    }
}
