//! wrong: a job that returns text on failure; what is raised is a new exception
//! caught-by: raises_the_first_error
//! says: did not raise what the callable raised

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
            pool::submit(move || {
                Python::attach(|py| callable.call1(py, (item,)).map_err(|e| e.to_string()))
            })
        };
        let tickets: Vec<_> = items.into_iter().map(submit).collect();
        let results: Vec<Result<Py<PyAny>, String>> =
            py.detach(|| tickets.into_iter().map(pool::Ticket::wait).collect());
        let results: Result<Vec<_>, String> = results.into_iter().collect();
        results.map_err(pyo3::exceptions::PyRuntimeError::new_err)
    }
}
