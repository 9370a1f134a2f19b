//! PyO3 under its own name, as a shared library, with what most extension modules make of its
//! generics made already: a function that takes a string, a list that is extracted, an
//! exception that is raised. At `opt-level = 0` rustc links to what a library has instantiated
//! and does not generate it again.
//!
//! What stands here is neutral. It is in everybody's reach, so nothing of an exercise's answer
//! may ever be added to it.

pub use ::pyo3::*;

#[doc(hidden)]
pub mod neutral {
    use std::collections::HashMap;

    use ::pyo3::exceptions::{
        PyIndexError, PyKeyError, PyOSError, PyRuntimeError, PyTypeError, PyValueError,
    };
    use ::pyo3::prelude::*;
    use ::pyo3::types::{
        PyBool, PyBytes, PyDict, PyFloat, PyInt, PyIterator, PyList, PyString, PyTuple, PyType,
    };

    #[pyfunction]
    fn numbers(a: i32, b: i64, c: u32, d: u64, e: usize, f: f64, g: bool, h: u8) -> PyResult<f64> {
        match g {
            true => Ok(a as f64 + b as f64 + c as f64 + d as f64 + e as f64 + f + h as f64),
            false => Err(PyValueError::new_err("not a number")),
        }
    }

    #[pyfunction]
    fn texts(a: &str, b: String, c: Option<String>, d: Option<&str>) -> PyResult<String> {
        let text = format!("{a} {b} {c:?} {d:?}");
        match text.is_empty() {
            true => Err(PyValueError::new_err(text)),
            false => Ok(text),
        }
    }

    #[pyfunction]
    fn bytes<'py>(py: Python<'py>, a: &[u8], b: Vec<u8>) -> Bound<'py, PyBytes> {
        let sum: Vec<u8> = a.iter().chain(&b).copied().collect();
        PyBytes::new(py, &sum)
    }

    #[pyfunction]
    #[pyo3(signature = (a, b, c, d, e = None))]
    fn vectors(
        a: Vec<f64>,
        b: Vec<i64>,
        c: Vec<String>,
        d: HashMap<String, i64>,
        e: Option<i64>,
    ) -> PyResult<(
        Vec<f64>,
        Vec<i64>,
        Vec<String>,
        HashMap<String, i64>,
        Option<i64>,
    )> {
        Ok((a, b, c, d, e))
    }

    #[pyfunction]
    fn nothing() {}

    #[pyfunction]
    fn nothing_or_error() -> PyResult<()> {
        Err(PyRuntimeError::new_err(String::new()))
    }

    #[pyfunction]
    fn one(a: i64) -> i64 {
        a
    }

    #[pyfunction]
    fn whole(a: usize, b: u64) -> PyResult<u64> {
        Ok(a as u64 + b)
    }

    #[pyfunction]
    fn truth(a: &Bound<'_, PyAny>) -> PyResult<bool> {
        a.is_truthy()
    }

    #[pyfunction]
    fn objects<'py>(
        py: Python<'py>,
        any: &Bound<'py, PyAny>,
        list: &Bound<'py, PyList>,
        dict: &Bound<'py, PyDict>,
        tuple: Bound<'py, PyTuple>,
        text: &Bound<'py, PyString>,
        kept: Py<PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        for item in list.iter() {
            list.append(item)?;
        }
        for item in tuple.iter() {
            list.append(item.str()?)?;
        }
        for (key, value) in dict.iter() {
            dict.set_item(key, value)?;
        }
        for item in any.try_iter()? {
            let item = item?;
            if let Ok(number) = item.extract::<f64>() {
                list.append(number)?;
            } else if let Ok(number) = item.extract::<i64>() {
                list.append(number)?;
            } else if let Ok(text) = item.extract::<String>() {
                dict.set_item(text, 1)?;
            } else if item.is_instance_of::<PyInt>() || item.is_none() {
                list.append(item.repr()?)?;
            }
        }
        let called = any.call0()?;
        let called = called.call1((1_i64,))?;
        let called = called.call1((called.clone(), "text"))?;
        let called = called.call_method0("method")?;
        let called = called.call_method1("method", (1_i64,))?;
        called.setattr("name", text)?;
        let got = called.getattr("name")?;
        let got = got.get_item(0)?;
        let found = dict
            .get_item("key")?
            .unwrap_or_else(|| PyDict::new(py).into_any());
        let module = py.import("sys")?;
        list.append(module.getattr("path")?)?;
        list.append(kept.bind(py).len()?)?;
        list.append(kept.clone_ref(py))?;
        list.append((1_i64, "text", 1.0))?;
        list.append(found.cast::<PyString>()?.to_str()?)?;
        list.append(found.cast::<PyBool>()?)?;
        list.append(found.cast::<PyFloat>()?)?;
        list.append(found.cast::<PyBytes>()?.as_bytes())?;
        list.append(found.cast::<PyType>()?.name()?)?;
        list.append(found.cast::<PyIterator>()?)?;
        list.append(PyList::new(py, [1_i64, 2])?)?;
        list.append(PyList::new(py, vec![1.0_f64])?)?;
        list.append(PyList::new(py, vec![String::new()])?)?;
        list.append(PyTuple::new(py, [got.clone()])?)?;
        list.append(PyList::empty(py))?;
        list.append(PyString::new(py, "text"))?;
        Ok(got)
    }

    #[pyfunction]
    fn errors(py: Python<'_>, any: Py<PyAny>) -> PyResult<Py<PyAny>> {
        let error = match any.call0(py) {
            Ok(value) => return Ok(value.into_any()),
            Err(error) => error,
        };
        if error.is_instance_of::<PyTypeError>(py) {
            error.set_cause(py, Some(PyKeyError::new_err("key")));
            return Err(error);
        }
        let said = error.value(py).to_string();
        match said.len() {
            0 => Err(PyIndexError::new_err(said)),
            1 => Err(PyOSError::new_err((1_i32, said))),
            2 => Err(PyTypeError::new_err(format!("{error}"))),
            3 => Err(PyErr::new::<PyRuntimeError, _>("text")),
            _ => Ok(py.None()),
        }
    }

    #[pyfunction]
    fn without_the_gil(py: Python<'_>, numbers: Vec<f64>) -> PyResult<f64> {
        py.detach(|| numbers.iter().copied().reduce(f64::max))
            .ok_or_else(|| PyValueError::new_err("empty"))
    }

    #[pyclass]
    struct Neutral {
        #[pyo3(get, set)]
        number: i64,
        #[pyo3(get)]
        text: String,
        kept: Option<Py<PyAny>>,
    }

    #[pymethods]
    impl Neutral {
        #[new]
        #[pyo3(signature = (number, text = "text", kept = None))]
        fn new(number: i64, text: &str, kept: Option<Py<PyAny>>) -> PyResult<Neutral> {
            let text = text.to_owned();
            Ok(Neutral { number, text, kept })
        }

        fn add(&mut self, number: i64) -> PyResult<()> {
            self.number += number;
            Ok(())
        }

        fn put(&mut self, text: &str, by: f64) -> PyResult<f64> {
            self.text.push_str(text);
            Ok(by)
        }

        #[getter]
        fn kept(&self, py: Python<'_>) -> Option<Py<PyAny>> {
            self.kept.as_ref().map(|kept| kept.clone_ref(py))
        }

        #[staticmethod]
        fn made() -> Neutral {
            Neutral {
                number: 0,
                text: String::new(),
                kept: None,
            }
        }

        fn same(slf: PyRef<'_, Self>, other: &Bound<'_, PyAny>) -> PyResult<bool> {
            Ok(other.extract::<PyRef<'_, Neutral>>()?.number == slf.number)
        }

        fn __len__(&self) -> usize {
            self.text.len()
        }

        fn __repr__(&self) -> String {
            format!("Neutral({})", self.number)
        }
    }

    #[pymodule]
    #[pyo3(name = "neutral")]
    pub mod module {
        #[pymodule_export]
        use super::{
            Neutral, bytes, errors, nothing, nothing_or_error, numbers, objects, one, texts, truth,
            vectors, whole, without_the_gil,
        };
    }

    #[pymodule]
    #[pyo3(name = "neutral_by_function")]
    pub fn by_function(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("name", "text")?;
        module.add_function(wrap_pyfunction!(one, module)?)?;
        module.add_class::<Neutral>()?;
        module.add("error", module.py().get_type::<PyValueError>())
    }
}
