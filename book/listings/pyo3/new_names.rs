//! The names of PyO3 0.30, each used once.

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::sync::critical_section::with_critical_section;
use pyo3::types::{PyDict, PyInt, PyList, PyString};

// ANCHOR: attached_and_detached
/// Was `with_gil`, `allow_threads`, `prepare_freethreaded_python`.
#[pyfunction]
fn attached_and_detached(py: Python<'_>) -> usize {
    py.detach(|| {
        Python::initialize();
        let words = Python::attach(|py| PyString::new(py, "a title").len());
        words.unwrap_or(0)
    })
}
// ANCHOR_END: attached_and_detached

// ANCHOR: objects_and_casts
/// Was `&PyAny`, `PyObject`, `downcast`, `PyLong`, `iter`, `new_bound`.
#[pyfunction]
fn objects_and_casts(things: &Bound<'_, PyAny>) -> PyResult<Vec<Py<PyAny>>> {
    let mut numbers = Vec::new();
    for thing in things.try_iter()? {
        let thing = thing?;
        if thing.cast::<PyInt>().is_ok() {
            numbers.push(thing.unbind());
        }
    }
    PyList::new(things.py(), &numbers)?.extract()
}
// ANCHOR_END: objects_and_casts

// ANCHOR: to_and_from
/// Degrees, of a number. `into_pyobject` was `into_py` and `to_object`.
struct Celsius(f64);

impl<'py> IntoPyObject<'py> for Celsius {
    type Target = PyString;
    type Output = Bound<'py, PyString>;
    type Error = PyErr;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        Ok(PyString::new(py, &format!("{} degrees", self.0)))
    }
}

/// `extract` takes a `Borrowed`, where `extract_bound` took a `&Bound`.
impl<'a, 'py> FromPyObject<'a, 'py> for Celsius {
    type Error = PyErr;

    fn extract(object: Borrowed<'a, 'py, PyAny>) -> PyResult<Self> {
        object.extract().map(Celsius)
    }
}

#[pyfunction]
fn to_and_from(degrees: Celsius) -> Celsius {
    Celsius(degrees.0 + 1.0)
}
// ANCHOR_END: to_and_from

// ANCHOR: once_for_all_threads
static EMPTY: PyOnceLock<Py<PyDict>> = PyOnceLock::new();

/// Was `GILOnceCell`, and `GILProtected` for what changes.
#[pyfunction]
fn once_for_all_threads(py: Python<'_>) -> PyResult<usize> {
    let dict = EMPTY.get_or_init(py, || PyDict::new(py).unbind()).bind(py);
    with_critical_section(dict, || dict.set_item("times", dict.len() + 1))?;
    Ok(dict.len())
}
// ANCHOR_END: once_for_all_threads

// ANCHOR: a_class_by_value
/// Without `from_py_object` a class is no argument by value.
#[pyclass(from_py_object, subclass)]
#[derive(Clone)]
struct Point {
    x: i64,
}

#[pyclass(extends = Point)]
struct Named;

#[pymethods]
impl Named {
    /// Was the tuple `(Named, Point { x })`.
    #[new]
    fn new(x: i64) -> PyClassInitializer<Self> {
        PyClassInitializer::from(Point { x }).add_subclass(Named)
    }
}

#[pyfunction]
fn a_class_by_value(point: Point) -> i64 {
    point.x
}
// ANCHOR_END: a_class_by_value

/// The functions stand in the module, each exported by name. Was `#[pyfn]`.
#[pymodule]
mod new_names {
    #[pymodule_export]
    use super::{
        Named, Point, a_class_by_value, attached_and_detached, objects_and_casts,
        once_for_all_threads, to_and_from,
    };
}
