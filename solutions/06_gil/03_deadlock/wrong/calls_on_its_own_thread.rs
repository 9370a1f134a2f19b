//! wrong: makes every call itself, as if it were on a worker; nothing can stand still then
//! caught-by: others_run_meanwhile
//! says: without entering the supplied kernel
//! caught-by: calls_on_the_pool
//! says: stands still

use pyo3::prelude::*;

mod pool;

#[pymodule]
mod deadlock {
    use super::*;

    #[pyfunction]
    fn map(py: Python<'_>, callable: Py<PyAny>, items: Vec<Py<PyAny>>) -> PyResult<Vec<Py<PyAny>>> {
        let call = |item| callable.call1(py, (item,));
        let results: Vec<_> = items.into_iter().map(call).collect();
        results.into_iter().collect()
    }
}
