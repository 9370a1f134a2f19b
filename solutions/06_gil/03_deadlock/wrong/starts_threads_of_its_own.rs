//! wrong: starts a thread for each item, as many as there are items
//! caught-by: calls_on_the_pool
//! says: jobs for the pool

use pyo3::prelude::*;

mod pool;

#[pymodule]
mod deadlock {
    use super::*;

    #[pyfunction]
    fn map(py: Python<'_>, callable: Py<PyAny>, items: Vec<Py<PyAny>>) -> PyResult<Vec<Py<PyAny>>> {
        let start = |item| {
            let callable = callable.clone_ref(py);
            std::thread::spawn(move || Python::attach(|py| callable.call1(py, (item,))))
        };
        let threads: Vec<_> = items.into_iter().map(start).collect();
        let end =
            |thread: std::thread::JoinHandle<_>| thread.join().expect("a call does not panic");
        let results: Vec<PyResult<Py<PyAny>>> =
            py.detach(|| threads.into_iter().map(end).collect());
        results.into_iter().collect()
    }
}
