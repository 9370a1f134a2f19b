//! Objects that hold each other, and count how many of them there are.

use std::sync::atomic::{AtomicIsize, Ordering};

use pyo3::prelude::*;
use pyo3::types::{PyWeakrefMethods, PyWeakrefReference};
use pyo3::{PyTraverseError, PyVisit};

static ALIVE: AtomicIsize = AtomicIsize::new(0);

/// Is counted as long as it lives.
struct Counted;

impl Counted {
    fn new() -> Counted {
        ALIVE.fetch_add(1, Ordering::Relaxed);
        Counted
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        ALIVE.fetch_sub(1, Ordering::Relaxed);
    }
}

#[pymodule]
mod knots {
    use super::*;

    #[pyfunction]
    fn alive() -> isize {
        ALIVE.load(Ordering::Relaxed)
    }

    // ANCHOR: unseen_by_the_collector
    #[pyclass]
    struct Unseen {
        #[pyo3(get, set)]
        other: Option<Py<PyAny>>,
        _counted: Counted,
    }
    // ANCHOR_END: unseen_by_the_collector

    #[pymethods]
    impl Unseen {
        #[new]
        fn new() -> Unseen {
            Unseen {
                other: None,
                _counted: Counted::new(),
            }
        }
    }

    #[pyclass]
    struct Seen {
        #[pyo3(get, set)]
        other: Option<Py<PyAny>>,
        _counted: Counted,
    }

    // ANCHOR: seen_by_the_collector
    #[pymethods]
    impl Seen {
        #[new]
        fn new() -> Seen {
            Seen {
                other: None,
                _counted: Counted::new(),
            }
        }

        /// "Which objects do you hold?" Asked at any time: it may look, and do nothing else.
        fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
            visit.call(&self.other)
        }

        /// "You are garbage: let go of them."
        fn __clear__(&mut self) {
            self.other = None;
        }
    }
    // ANCHOR_END: seen_by_the_collector

    // ANCHOR: looks_up_weakly
    /// A tree, in which only the way down is owned.
    #[pyclass(weakref)]
    struct Branch {
        above: Option<Py<PyWeakrefReference>>,
        #[pyo3(get)]
        below: Vec<Py<Branch>>,
        _counted: Counted,
    }

    #[pymethods]
    impl Branch {
        #[new]
        fn new() -> Branch {
            Branch {
                above: None,
                below: Vec::new(),
                _counted: Counted::new(),
            }
        }

        fn grow(slf: &Bound<'_, Self>) -> PyResult<Py<Branch>> {
            let mut child = Branch::new();
            child.above = Some(PyWeakrefReference::new(slf)?.unbind());
            let child = Py::new(slf.py(), child)?;
            slf.borrow_mut().below.push(child.clone_ref(slf.py()));
            Ok(child)
        }

        /// The branch above, or `None` if there is none any more.
        #[getter]
        fn above<'py>(&self, py: Python<'py>) -> Option<Bound<'py, PyAny>> {
            self.above.as_ref()?.bind(py).upgrade()
        }
    }
    // ANCHOR_END: looks_up_weakly
}
