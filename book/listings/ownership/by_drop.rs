//! Keeping an object in Rust, where a drop releases it.

use std::sync::Mutex;
use std::thread;

use pyo3::prelude::*;

#[pymodule]
mod by_drop {
    use super::*;

    // ANCHOR: keeps_in_rust
    static KEPT: Mutex<Option<Py<PyAny>>> = Mutex::new(None);

    fn keep_instead(object: Option<Py<PyAny>>) -> Option<Py<PyAny>> {
        let mut kept = KEPT.lock().expect("nobody panics with it");
        std::mem::replace(&mut *kept, object)
    }

    #[pyfunction]
    fn keep(object: Bound<'_, PyAny>) {
        // What comes back is dropped here, when the lock is free again.
        let _before = keep_instead(Some(object.unbind()));
    }

    #[pyfunction]
    fn let_go() {
        drop(keep_instead(None));
    }
    // ANCHOR_END: keeps_in_rust

    // ANCHOR: three_pointers
    #[pyfunction]
    fn look(object: &Bound<'_, PyAny>) {
        let again: Bound<'_, PyAny> = object.clone(); // counts one more
        let kept: Py<PyAny> = again.unbind(); // the same one, without the proof
        drop(kept); // released
    }
    // ANCHOR_END: three_pointers

    // ANCHOR: dropped_elsewhere
    /// Lets a thread that Python has never heard of drop what was kept.
    #[pyfunction]
    fn let_go_elsewhere() {
        let kept = keep_instead(None);
        let elsewhere = thread::spawn(move || drop(kept));
        elsewhere.join().expect("a drop does not panic");
    }
    // ANCHOR_END: dropped_elsewhere
}
