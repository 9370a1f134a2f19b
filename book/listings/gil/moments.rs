//! When a thread is attached, and when it is not.

use pyo3::prelude::*;

/// Whether the thread that asks may touch Python.
fn attached() -> bool {
    // SAFETY: this function of the C API may be called by any thread.
    unsafe { pyo3::ffi::PyGILState_Check() == 1 }
}

#[pymodule]
mod moments {
    use super::*;

    // ANCHOR: attached_or_not
    #[pyfunction]
    fn moments(py: Python<'_>) -> Vec<(&'static str, bool)> {
        let mut seen = vec![("called from Python", attached())];
        py.detach(|| {
            seen.push(("in detach", attached()));
            let worker = || {
                let before = attached();
                let inside = Python::attach(|_py| attached());
                [before, inside, attached()]
            };
            let thread = std::thread::spawn(worker);
            let [before, inside, after] = thread.join().expect("it does not panic");
            seen.push(("on a thread of Rust's", before));
            seen.push(("in attach there", inside));
            seen.push(("after that", after));
        });
        seen.push(("detach is over", attached()));
        seen
    }
    // ANCHOR_END: attached_or_not
}
