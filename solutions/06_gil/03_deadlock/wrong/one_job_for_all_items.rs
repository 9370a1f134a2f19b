//! wrong: hands in one job that makes all the calls, attached from the first to the last
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
        let job = pool::submit(move || {
            Python::attach(|py| {
                let call = |item| callable.call1(py, (item,));
                items.into_iter().map(call).collect::<Vec<_>>()
            })
        });
        let results = py.detach(|| job.wait());
        results.into_iter().collect()
    }
}
