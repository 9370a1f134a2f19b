//! The module: what an interpreter gets when it imports this, and what it loses at its end.
//!
//! `PyInit__ink` only describes. The work is done in a slot that runs for each interpreter which
//! imports the module, and fills a state that is that interpreter's own.

use std::cell::Cell;
use std::ffi::{c_int, c_void};
use std::ptr;

use pyo3_ffi::*;

use crate::reference::{Given, Outcome, Owned, Raised, object, raise, status};
use crate::{errors, tables};

/// What others keep in statics. An object of one interpreter must not be touched by another, so
/// each has its own. CPython sets the memory to zero, and five NULLs are a valid state.
#[repr(C)]
pub struct State {
    pub pixel_type: Cell<*mut PyObject>,
    pub image_type: Cell<*mut PyObject>,
    pub ink_error: Cell<*mut PyObject>,
    pub ink_io_error: Cell<*mut PyObject>,
    /// What `on_work` was given; NULL if nothing.
    pub bell: Cell<*mut PyObject>,
}

impl State {
    // by hand: second_interpreter
    /// # Safety
    /// `module` is this module, and is kept for `'a`.
    pub unsafe fn of_module<'a>(module: *mut PyObject) -> &'a Self {
        // SAFETY: then it has a state, of the size that `MODULE` says.
        unsafe { &*PyModule_GetState(module).cast() }
    }

    /// # Safety
    /// `op` is an image, and is kept for `'a`: its type holds the module.
    pub unsafe fn of_image<'a>(op: *mut PyObject) -> Outcome<&'a Self> {
        // SAFETY: looks through the type and its bases, for `op` may be of a subclass.
        let module = unsafe { module_by_def(Py_TYPE(op), &raw mut tables::MODULE) };
        match module.is_null() {
            true => Err(Raised),
            // SAFETY: this module, held by the type.
            false => Ok(unsafe { Self::of_module(module) }),
        }
    }

    /// What is in one of the places. It is NULL when Python is about to end.
    pub fn get(place: &Cell<*mut PyObject>) -> Outcome<Given<'_>> {
        // SAFETY: the state holds a reference, and lets go of it at the module's end alone.
        unsafe {
            let gone = || raise(PyExc_RuntimeError, "the module is gone");
            Given::new(place.get()).ok_or_else(gone)
        }
    }

    fn places(&self) -> [&Cell<*mut PyObject>; 5] {
        let errors = [&self.ink_error, &self.ink_io_error];
        [
            &self.pixel_type,
            &self.image_type,
            errors[0],
            errors[1],
            &self.bell,
        ]
    }
    // by hand: end
}

// by hand: second_interpreter
#[cfg(Py_3_11)]
use PyType_GetModuleByDef as module_by_def;
#[cfg(not(Py_3_11))]
unsafe extern "C" {
    // 3.10 has it already, under a name that begins with an underscore; pyo3-ffi has not.
    #[link_name = "_PyType_GetModuleByDef"]
    fn module_by_def(kind: *mut PyTypeObject, module: *mut PyModuleDef) -> *mut PyObject;
}
// by hand: end

pub unsafe extern "C" fn exec(module: *mut PyObject) -> c_int {
    // SAFETY: the module that is being made.
    let state = unsafe { State::of_module(module) };
    status(|| {
        let add = |name: &std::ffi::CStr, place: &Cell<*mut PyObject>, made: Owned| {
            // SAFETY: the module takes a reference of its own; the state keeps ours.
            let done = unsafe { PyModule_AddObjectRef(module, name.as_ptr(), made.as_ptr()) };
            place.set(made.into_ptr());
            if done < 0 { Err(Raised) } else { Ok(()) }
        };
        let make = |spec: *mut PyType_Spec| {
            // SAFETY: a new type, which remembers its module. The specs are for this alone.
            unsafe { Owned::new(PyType_FromModuleAndSpec(module, spec, ptr::null_mut())) }
        };
        let (error, io) = errors::make_types()?;
        add(c"InkError", &state.ink_error, error)?;
        add(c"InkIOError", &state.ink_io_error, io)?;
        add(c"Pixel", &state.pixel_type, make(&raw mut tables::PIXEL)?)?;
        add(c"Image", &state.image_type, make(&raw mut tables::IMAGE)?)
    })
}

// by hand: second_interpreter
// The module holds its types and its types hold the module: a cycle, which only the garbage
// collector sees as one, if it is shown every reference.
pub unsafe extern "C" fn traverse(
    module: *mut PyObject,
    visit: visitproc,
    arg: *mut c_void,
) -> c_int {
    // SAFETY: this module; each place holds NULL or an object. A collection runs no Python code
    // here, so nothing changes meanwhile.
    let places = unsafe { State::of_module(module) }.places();
    let held = places
        .map(Cell::get)
        .into_iter()
        .filter(|object| !object.is_null());
    for object in held {
        // SAFETY: as above.
        match unsafe { visit(object, arg) } {
            0 => {}
            stop => return stop,
        }
    }
    0
}

pub unsafe extern "C" fn clear(module: *mut PyObject) -> c_int {
    // SAFETY: this module. Each place is emptied before its reference is given back, for that may
    // run anybody's code.
    unsafe {
        for place in State::of_module(module).places() {
            Py_XDECREF(place.replace(ptr::null_mut()));
        }
    }
    0
}

pub unsafe extern "C" fn free(module: *mut c_void) {
    // SAFETY: this module, for the last time.
    unsafe { clear(module.cast()) };
}
// by hand: end

pub unsafe extern "C" fn live_allocations(_: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: a new `int`, or NULL with an exception.
    object(|| unsafe { Owned::new(PyLong_FromSize_t(ink::live_allocations())) })
}
