//! wrong: unwraps in the job, so that an exception becomes a panic
//! caught-by: raises_the_first_error
//! says: PanicException

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
            pool::submit(move || Python::attach(|py| callable.call1(py, (item,)).unwrap()))
        };
        let tickets: Vec<_> = items.into_iter().map(submit).collect();
        Ok(py.detach(|| tickets.into_iter().map(pool::Ticket::wait).collect()))
    }
}
