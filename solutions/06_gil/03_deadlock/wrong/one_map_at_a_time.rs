//! wrong: lets one `map` in at a time, and blocks at its mutex with the GIL
//! caught-by: two_callers_share_the_pool
//! says: stands still: every thread waits for another one

use pyo3::prelude::*;

mod pool;

static ONE_AT_A_TIME: std::sync::Mutex<()> = std::sync::Mutex::new(());

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
        let _alone = ONE_AT_A_TIME.lock().unwrap();
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
