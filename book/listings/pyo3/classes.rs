//! Classes: what is borrowed, and what is not.

use std::rc::Rc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

// ANCHOR: borrowed_while_it_calls
/// Counts visitors, and tells somebody of each.
#[pyclass]
struct Door {
    #[pyo3(get, set)]
    visitors: u64,
}

#[pymethods]
impl Door {
    #[new]
    fn new() -> Self {
        Door { visitors: 0 }
    }

    fn enter(&mut self, tell: &Bound<'_, PyAny>) -> PyResult<()> {
        self.visitors += 1;
        tell.call0()?;
        Ok(())
    }

    fn look(&self, tell: &Bound<'_, PyAny>) -> PyResult<()> {
        tell.call0()?;
        Ok(())
    }
}
// ANCHOR_END: borrowed_while_it_calls

/// The same, and nothing is borrowed while it tells.
#[pyclass]
struct Gate {
    #[pyo3(get)]
    visitors: u64,
}

#[pymethods]
impl Gate {
    #[new]
    fn new() -> Self {
        Gate { visitors: 0 }
    }

    // ANCHOR: borrowed_for_a_line
    fn enter(slf: &Bound<'_, Self>, tell: &Bound<'_, PyAny>) -> PyResult<()> {
        slf.borrow_mut().visitors += 1;
        tell.call0()?;
        Ok(())
    }
    // ANCHOR_END: borrowed_for_a_line
}

// ANCHOR: frozen_and_counting
/// The same again. Nothing is ever borrowed for writing.
#[pyclass(frozen)]
struct Arch {
    visitors: AtomicU64,
    names: Mutex<Vec<String>>,
}

#[pymethods]
impl Arch {
    #[new]
    fn new() -> Self {
        let (visitors, names) = (AtomicU64::new(0), Mutex::default());
        Arch { visitors, names }
    }

    fn enter(&self, name: String, tell: &Bound<'_, PyAny>) -> PyResult<()> {
        self.visitors.fetch_add(1, Ordering::Relaxed);
        self.names.lock().expect("nobody panics with it").push(name);
        // The lock is free again: whoever is told may ask for the names.
        tell.call0()?;
        Ok(())
    }

    #[getter]
    fn visitors(&self) -> u64 {
        self.visitors.load(Ordering::Relaxed)
    }

    #[getter]
    fn names(&self) -> Vec<String> {
        self.names.lock().expect("nobody panics with it").clone()
    }
}
// ANCHOR_END: frozen_and_counting

// ANCHOR: one_thread_only
/// Holds what no other thread may touch.
#[pyclass(unsendable)]
struct OneThread {
    text: Rc<str>,
}

#[pymethods]
impl OneThread {
    #[new]
    fn new(text: &str) -> Self {
        OneThread { text: text.into() }
    }

    #[getter]
    fn text(&self) -> &str {
        &self.text
    }
}
// ANCHOR_END: one_thread_only

// ANCHOR: what_len_and_for_find
/// A shelf with room for so many.
#[pyclass(subclass, weakref, frozen)]
struct Shelf {
    titles: Vec<String>,
}

#[pymethods]
impl Shelf {
    #[new]
    fn new(titles: Vec<String>) -> PyResult<Self> {
        match titles.is_empty() {
            true => Err(PyValueError::new_err("a shelf without books")),
            false => Ok(Shelf { titles }),
        }
    }

    fn __len__(&self) -> usize {
        self.titles.len()
    }

    fn __iter__(slf: Py<Self>) -> Titles {
        Titles { of: slf, at: 0 }
    }

    fn __enter__(slf: Py<Self>) -> Py<Self> {
        slf
    }

    #[pyo3(signature = (*_raised))]
    fn __exit__(&self, _raised: &Bound<'_, pyo3::types::PyTuple>) -> bool {
        false
    }
}

/// Where somebody has got to.
#[pyclass]
struct Titles {
    of: Py<Shelf>,
    at: usize,
}

#[pymethods]
impl Titles {
    fn __iter__(slf: Py<Self>) -> Py<Self> {
        slf
    }

    fn __next__(&mut self) -> Option<String> {
        let title = self.of.get().titles.get(self.at).cloned();
        self.at += 1;
        title
    }
}
// ANCHOR_END: what_len_and_for_find

// ANCHOR: a_class_that_extends
/// A shelf behind glass.
#[pyclass(extends = Shelf, subclass, frozen)]
struct Cabinet {
    #[pyo3(get)]
    key: u32,
}

#[pymethods]
impl Cabinet {
    #[new]
    fn new(titles: Vec<String>, key: u32) -> PyResult<PyClassInitializer<Self>> {
        let shelf = PyClassInitializer::from(Shelf::new(titles)?);
        Ok(shelf.add_subclass(Cabinet { key }))
    }

    fn first(slf: &Bound<'_, Self>) -> String {
        slf.as_super().get().titles[0].clone()
    }
}
// ANCHOR_END: a_class_that_extends

#[pymodule]
mod classes {
    #[pymodule_export]
    use super::{Arch, Cabinet, Door, Gate, OneThread, Shelf};
}
