//! What `#[pyfunction]` writes around a function, written by hand.

use std::any::Any;
use std::ffi::c_char;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr::null_mut;

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::ffi;
use pyo3::panic::PanicException;
use pyo3::prelude::*;
use pyo3::types::PyTuple;

fn sheets(pages: i32, spare: i32) -> PyResult<i32> {
    if pages < 0 {
        return Err(PyValueError::new_err("fewer than no pages"));
    }
    let sheets = (pages / 4).checked_add(spare);
    Ok(sheets.expect("nobody has so many sheets"))
}

// ANCHOR: the_trampoline
/// What Python calls. Neither a panic nor an `Err` may get past it.
///
/// # Safety
///
/// The thread is attached, and the arguments are as `METH_FASTCALL` has them.
unsafe extern "C" fn sheets_trampoline(
    _module: *mut ffi::PyObject,
    args: *const *mut ffi::PyObject,
    count: ffi::Py_ssize_t,
    names: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: Python calls it, so this thread is attached.
    let py = unsafe { Python::assume_attached() };
    // SAFETY: the arguments are handed on as they came.
    let wrapped = || unsafe { sheets_wrapped(py, args, count, names) };
    let error = match catch_unwind(AssertUnwindSafe(wrapped)) {
        Ok(Ok(result)) => return result.into_ptr(),
        Ok(Err(error)) => error,
        Err(panic) => PanicException::new_err(words(&*panic)),
    };
    error.restore(py);
    null_mut()
}
// ANCHOR_END: the_trampoline

fn words(panic: &(dyn Any + Send)) -> String {
    let owned = panic.downcast_ref::<String>().cloned();
    let given = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    owned.or(given).unwrap_or_else(|| "a panic".to_owned())
}

// ANCHOR: in_and_out
/// Python's objects in, your function, Python's object out.
///
/// # Safety
///
/// As for `sheets_trampoline`.
unsafe fn sheets_wrapped<'py>(
    py: Python<'py>,
    args: *const *mut ffi::PyObject,
    count: ffi::Py_ssize_t,
    names: *mut ffi::PyObject,
) -> PyResult<Bound<'py, PyAny>> {
    let mut found = [None, None];
    // SAFETY: as the caller promises.
    unsafe { sort_out(py, args, count, names, ["pages", "spare"], &mut found)? };
    let [pages, spare] = found;
    let pages = pages.ok_or_else(|| PyTypeError::new_err("`pages` is missing"))?;
    let pages: i32 = pages.extract().map_err(|error| named(py, error, "pages"))?;
    let spare: i32 = match spare {
        Some(spare) => spare.extract().map_err(|error| named(py, error, "spare"))?,
        None => 0,
    };
    let result = sheets(pages, spare)?;
    Ok(result.into_pyobject(py)?.into_any())
}

fn named(py: Python<'_>, error: PyErr, name: &str) -> PyErr {
    // Python 3.10 has no notes, and nothing is lost but the name.
    let note = format!("while processing '{name}'");
    let _ = error.value(py).call_method1("add_note", (note,));
    error
}
// ANCHOR_END: in_and_out

/// Finds each argument's place: first those without a name, then those with one.
///
/// # Safety
///
/// `args` holds `count` objects, and behind them one for each name.
unsafe fn sort_out<'py, const N: usize>(
    py: Python<'py>,
    args: *const *mut ffi::PyObject,
    count: ffi::Py_ssize_t,
    names: *mut ffi::PyObject,
    parameters: [&str; N],
    found: &mut [Option<Bound<'py, PyAny>>; N],
) -> PyResult<()> {
    let count = count as usize;
    if count > N {
        return Err(PyTypeError::new_err("too many arguments"));
    }
    // SAFETY: the caller owns the objects for as long as the call lasts.
    let argument = |at| unsafe { Bound::from_borrowed_ptr(py, *args.add(at)) };
    for (at, place) in found.iter_mut().enumerate().take(count) {
        *place = Some(argument(at));
    }
    // SAFETY: a tuple, or NULL if no argument has a name.
    let Some(names) = (unsafe { Bound::from_borrowed_ptr_or_opt(py, names) }) else {
        return Ok(());
    };
    for (at, name) in names.cast::<PyTuple>()?.iter().enumerate() {
        let name: &str = name.extract()?;
        let place = parameters.iter().position(|known| *known == name);
        let place = place.ok_or_else(|| PyTypeError::new_err("unknown argument"))?;
        if found[place].replace(argument(count + at)).is_some() {
            return Err(PyTypeError::new_err("an argument came twice"));
        }
    }
    Ok(())
}

// ANCHOR: a_row_in_the_table
const DOC: &std::ffi::CStr = c"sheets(pages, spare=0)\n--\n\nHow many sheets so many pages need.";

/// What Python is told about the function.
#[repr(transparent)]
struct Row(ffi::PyMethodDef);

// SAFETY: nobody writes to it, and what it points to is static.
unsafe impl Sync for Row {}

static SHEETS: Row = Row(ffi::PyMethodDef {
    ml_name: c"sheets".as_ptr(),
    ml_meth: ffi::PyMethodDefPointer {
        PyCFunctionFastWithKeywords: sheets_trampoline,
    },
    ml_flags: ffi::METH_FASTCALL | ffi::METH_KEYWORDS,
    ml_doc: DOC.as_ptr() as *const c_char,
});
// ANCHOR_END: a_row_in_the_table

#[pymodule]
mod by_hand {
    use super::*;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        let row = (&raw const SHEETS.0).cast_mut();
        let name = module.name()?;
        // SAFETY: the row is static, Python only reads it, and it gives a new reference.
        let function = unsafe {
            let made = ffi::PyCFunction_NewEx(row, module.as_ptr(), name.as_ptr());
            Bound::from_owned_ptr_or_err(module.py(), made)?
        };
        module.add("sheets", function)
    }
}
