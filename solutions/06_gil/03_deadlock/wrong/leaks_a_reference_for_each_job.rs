//! wrong: hands the callable to the workers as a raw pointer, and nobody gives it back
//! caught-by: gives_references_back
//! says: leaked

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
            // An address can be sent anywhere. Nobody owns what it points to.
            let callable = callable.clone_ref(py).into_ptr() as usize;
            pool::submit(move || {
                Python::attach(|py| {
                    // SAFETY: the reference above is never given back, so the object lives.
                    let callable = unsafe { Bound::from_borrowed_ptr(py, callable as *mut _) };
                    callable.call1((item,)).map(Bound::unbind)
                })
            })
        };
        let tickets: Vec<_> = items.into_iter().map(submit).collect();
        let results: Vec<PyResult<Py<PyAny>>> =
            py.detach(|| tickets.into_iter().map(pool::Ticket::wait).collect());
        results.into_iter().collect()
    }
}
