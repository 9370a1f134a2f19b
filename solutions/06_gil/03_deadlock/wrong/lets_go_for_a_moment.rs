//! wrong: lets go for as long as the jobs usually take, and then waits with the GIL
//! caught-by: others_run_meanwhile
//! says: held the GIL while it worked
//! caught-by: others_run_while_calls_fail
//! says: held the GIL while it worked

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
        py.detach(|| std::thread::sleep(std::time::Duration::from_millis(50)));
        let results: Vec<_> = tickets.into_iter().map(pool::Ticket::wait).collect();
        results.into_iter().collect()
    }
}
