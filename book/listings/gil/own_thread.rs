//! A class whose objects stay on the thread that made them.

use std::cell::Cell;

use pyo3::prelude::*;

#[pymodule]
mod own_thread {
    use super::*;

    // ANCHOR: for_one_thread
    /// A `Cell` must not be shared between threads, and `unsendable` says so.
    #[pyclass(unsendable)]
    #[derive(Default)]
    struct Tally(Cell<u32>);

    #[pymethods]
    impl Tally {
        #[new]
        fn new() -> Tally {
            Tally::default()
        }

        fn count(&self) -> u32 {
            self.0.set(self.0.get() + 1);
            self.0.get()
        }
    }
    // ANCHOR_END: for_one_thread
}
