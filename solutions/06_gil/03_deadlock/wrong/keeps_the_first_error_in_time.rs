//! wrong: keeps the error that comes first, which is another one each time
//! caught-by: raises_the_first_error
//! says: raised what a later item had raised

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
        let first = std::sync::Arc::new(std::sync::Mutex::new(None));
        let submit = |item| {
            let (callable, first) = (callable.clone_ref(py), first.clone());
            pool::submit(move || {
                let called = Python::attach(|py| callable.call1(py, (item,)));
                called
                    .map_err(|error| drop(first.lock().unwrap().get_or_insert(error)))
                    .ok()
            })
        };
        let tickets: Vec<_> = items.into_iter().map(submit).collect();
        let results: Vec<_> = py.detach(|| tickets.into_iter().map(pool::Ticket::wait).collect());
        match first.lock().unwrap().take() {
            Some(error) => Err(error),
            None => Ok(results.into_iter().flatten().collect()),
        }
    }
}
