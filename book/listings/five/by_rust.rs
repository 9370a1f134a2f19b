//! quire, bound by hand in Rust.

use std::ffi::{CStr, c_char, c_int, c_void};
use std::mem;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr::{self, NonNull};

use pyo3_ffi::*;

// ANCHOR: rust_declares_quire
/// What `quire.h` declares.
mod sys {
    use super::*;

    #[repr(C)]
    pub struct Block {
        _private: [u8; 0],
    }

    unsafe extern "C" {
        pub safe fn quire_sheets(pages: i32) -> i32;
        pub fn quire_spine(title: *const c_char) -> *mut c_char;
        pub fn quire_text_free(text: *mut c_char);
        pub safe fn quire_block_new(at_most: i32) -> *mut Block;
        pub fn quire_block_sheets(block: *const Block) -> i32;
        pub fn quire_block_sew(block: *mut Block, sheets: i32) -> i32;
        pub fn quire_block_free(block: *mut Block);
        pub safe fn quire_blocks_alive() -> i32;
        pub safe fn quire_error(code: i32) -> *const c_char;
        pub safe fn quire_foldings(leaves: i32) -> u64;
    }
}
// ANCHOR_END: rust_declares_quire

// ANCHOR: rust_an_owner
/// A reference of ours. It is released when this is dropped.
struct Owned(NonNull<PyObject>);

/// An exception is set. Whoever sees this passes it on and touches nothing.
struct Raised;

impl Owned {
    /// # Safety
    /// The thread is attached. `new` is a new reference, which nobody else releases,
    /// or null beside an exception.
    unsafe fn take(new: *mut PyObject) -> Result<Self, Raised> {
        NonNull::new(new).map(Owned).ok_or(Raised)
    }

    /// Gives the reference to somebody else.
    fn into_ptr(self) -> *mut PyObject {
        let object = self.0.as_ptr();
        mem::forget(self);
        object
    }
}

impl Drop for Owned {
    fn drop(&mut self) {
        // SAFETY: one reference was ours, and the thread is still attached: no
        // `Owned` goes where there is no GIL.
        unsafe { Py_DECREF(self.0.as_ptr()) }
    }
}
// ANCHOR_END: rust_an_owner

// ANCHOR: rust_the_border
/// What Python gets of what a function came to. No panic passes here.
fn answer(work: impl FnOnce() -> Result<Owned, Raised>) -> *mut PyObject {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(Ok(object)) => object.into_ptr(),
        Ok(Err(Raised)) => ptr::null_mut(),
        Err(_panic) => {
            // SAFETY: a static of Python's, which is set before any module is.
            let kind = unsafe { PyExc_RuntimeError };
            raise(kind, c"a bug in the binding");
            ptr::null_mut()
        }
    }
}
// ANCHOR_END: rust_the_border

// ANCHOR: rust_an_error
fn raise(kind: *mut PyObject, words: &CStr) -> Raised {
    // SAFETY: the thread is attached, `kind` is one of Python's own exceptions.
    unsafe { PyErr_SetString(kind, words.as_ptr()) };
    Raised
}

unsafe extern "C" fn block_sew(this: *mut PyObject, given: *mut PyObject) -> *mut PyObject {
    // SAFETY: Python calls this attached, with a `Block` and something else.
    answer(|| unsafe {
        let sheets = as_i32(given)?;
        let code = sys::quire_block_sew((*this.cast::<Block>()).block, sheets);
        if code < 0 {
            let words = CStr::from_ptr(sys::quire_error(code));
            return Err(raise(PyExc_ValueError, words));
        }
        Owned::take(Py_NewRef(Py_None()))
    })
}
// ANCHOR_END: rust_an_error

// ANCHOR: rust_a_call
/// # Safety
/// The thread is attached, and somebody keeps `number` during the call.
unsafe fn as_i32(number: *mut PyObject) -> Result<i32, Raised> {
    // SAFETY: as promised.
    unsafe {
        let wide = PyLong_AsLong(number);
        if wide == -1 && !PyErr_Occurred().is_null() {
            return Err(Raised);
        }
        let words = c"the number does not fit 32 bits";
        i32::try_from(wide).map_err(|_| raise(PyExc_OverflowError, words))
    }
}

unsafe extern "C" fn sheets(_: *mut PyObject, given: *mut PyObject) -> *mut PyObject {
    // SAFETY: Python calls this attached, and keeps what is given.
    answer(|| unsafe {
        let pages = as_i32(given)?;
        Owned::take(PyLong_FromLong(sys::quire_sheets(pages).into()))
    })
}
// ANCHOR_END: rust_a_call

// ANCHOR: rust_a_string
/// A text that C made.
struct Text(NonNull<c_char>);

impl Drop for Text {
    fn drop(&mut self) {
        // SAFETY: it came from `quire_spine`, and nobody else has it.
        unsafe { sys::quire_text_free(self.0.as_ptr()) }
    }
}

unsafe extern "C" fn spine(_: *mut PyObject, given: *mut PyObject) -> *mut PyObject {
    // SAFETY: Python calls this attached, and keeps what is given, and with it the
    // bytes of its text, which end with a NUL.
    answer(|| unsafe {
        let mut size = 0;
        let title = PyUnicode_AsUTF8AndSize(given, &raw mut size);
        if title.is_null() {
            return Err(Raised);
        }
        if CStr::from_ptr(title).count_bytes() != size as usize {
            return Err(raise(PyExc_ValueError, c"a title holds no NUL character"));
        }
        let text = NonNull::new(sys::quire_spine(title)).map(Text);
        let text = text.ok_or_else(no_memory)?;
        Owned::take(PyUnicode_FromString(text.0.as_ptr()))
    })
}

fn no_memory() -> Raised {
    // SAFETY: the thread is attached.
    unsafe { PyErr_NoMemory() };
    Raised
}
// ANCHOR_END: rust_a_string

// ANCHOR: rust_a_struct_with_an_owner
#[repr(C)]
struct Block {
    head: PyObject,
    /// Null, or one that nobody else frees.
    block: *mut sys::Block,
}

unsafe extern "C" fn block_new(
    kind: *mut PyTypeObject,
    args: *mut PyObject,
    kwargs: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: Python calls this attached, with the type that is made below, whose
    // `basicsize` has room for a `Block`. `i` writes a C int.
    answer(|| unsafe {
        let mut names = [c"at_most".as_ptr(), ptr::null()];
        let names = names.as_mut_ptr() as _; // `char **` before Python 3.13, now with a const
        let mut at_most: c_int = 0;
        let format = c"i:Block".as_ptr();
        if PyArg_ParseTupleAndKeywords(args, kwargs, format, names, &raw mut at_most) == 0 {
            return Err(Raised);
        }
        let alloc = (*kind).tp_alloc.expect("every type can be allocated");
        let this = Owned::take(alloc(kind, 0))?; // zeros behind the head
        let block = sys::quire_block_new(at_most);
        (*this.0.as_ptr().cast::<Block>()).block = block;
        if block.is_null() {
            return Err(no_memory());
        }
        Ok(this)
    })
}

unsafe extern "C" fn block_dealloc(this: *mut PyObject) {
    // SAFETY: the last reference is gone, so nobody else has the object, or its
    // block. The object holds a reference to its type.
    unsafe {
        let kind = Py_TYPE(this);
        sys::quire_block_free((*this.cast::<Block>()).block);
        let free = (*kind).tp_free.expect("every type can be freed");
        free(this.cast());
        Py_DECREF(kind.cast());
    }
}

unsafe extern "C" fn block_sheets(this: *mut PyObject, _: *mut c_void) -> *mut PyObject {
    // SAFETY: Python calls this attached, with a `Block`, which has its block.
    answer(|| unsafe {
        let count = sys::quire_block_sheets((*this.cast::<Block>()).block);
        Owned::take(PyLong_FromLong(count.into()))
    })
}

unsafe extern "C" fn blocks_alive(_: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: Python calls this attached.
    answer(|| unsafe { Owned::take(PyLong_FromLong(sys::quire_blocks_alive().into())) })
}
// ANCHOR_END: rust_a_struct_with_an_owner

// ANCHOR: rust_a_long_computation
/// While this is there, the thread does without Python, and without its objects.
struct Detached(*mut PyThreadState);

impl Drop for Detached {
    fn drop(&mut self) {
        // SAFETY: it was saved on this thread, and is restored once.
        unsafe { PyEval_RestoreThread(self.0) }
    }
}

unsafe extern "C" fn foldings(_: *mut PyObject, given: *mut PyObject) -> *mut PyObject {
    // SAFETY: Python calls this attached. Nothing of Python's is used while
    // `_detached` is there, which nobody checks.
    answer(|| unsafe {
        let leaves = as_i32(given)?;
        let ways = {
            let _detached = Detached(PyEval_SaveThread());
            sys::quire_foldings(leaves)
        };
        Owned::take(PyLong_FromUnsignedLongLong(ways))
    })
}
// ANCHOR_END: rust_a_long_computation

// ANCHOR: rust_the_type
static mut BLOCK_METHODS: [PyMethodDef; 2] = [
    method(c"sew", block_sew, METH_O, c"Sews more sheets to it."),
    PyMethodDef::zeroed(),
];

static mut BLOCK_PROPERTIES: [PyGetSetDef; 2] = [
    PyGetSetDef {
        name: c"sheets".as_ptr(),
        get: Some(block_sheets),
        set: None,
        doc: c"How many it has.".as_ptr(),
        closure: ptr::null_mut(),
    },
    // SAFETY: nulls all over are the end of the table.
    unsafe { mem::zeroed() },
];

unsafe extern "C" fn fill(module: *mut PyObject) -> c_int {
    let slot = |slot, pfunc| PyType_Slot { slot, pfunc };
    let mut slots = [
        slot(Py_tp_doc, c"The block of a book.".as_ptr() as *mut c_void),
        slot(Py_tp_new, block_new as *mut c_void),
        slot(Py_tp_dealloc, block_dealloc as *mut c_void),
        slot(Py_tp_methods, (&raw mut BLOCK_METHODS).cast()),
        slot(Py_tp_getset, (&raw mut BLOCK_PROPERTIES).cast()),
        slot(0, ptr::null_mut()),
    ];
    let mut spec = PyType_Spec {
        name: c"by_rust.Block".as_ptr(),
        basicsize: size_of::<Block>() as c_int,
        itemsize: 0,
        flags: Py_TPFLAGS_DEFAULT as _,
        slots: slots.as_mut_ptr(),
    };
    // SAFETY: Python calls this attached, once for each module. What it copies of
    // the spec it copies now, and the tables live for ever.
    unsafe {
        match Owned::take(PyType_FromSpec(&raw mut spec)) {
            Ok(kind) => PyModule_AddObjectRef(module, c"Block".as_ptr(), kind.0.as_ptr()),
            Err(Raised) => -1,
        }
    }
}
// ANCHOR_END: rust_the_type

const fn method(
    name: &'static CStr,
    function: PyCFunction,
    flags: c_int,
    doc: &'static CStr,
) -> PyMethodDef {
    PyMethodDef {
        ml_name: name.as_ptr(),
        ml_meth: PyMethodDefPointer {
            PyCFunction: function,
        },
        ml_flags: flags,
        ml_doc: doc.as_ptr(),
    }
}

static mut FUNCTIONS: [PyMethodDef; 5] = [
    method(
        c"sheets",
        sheets,
        METH_O,
        c"How many sheets so many pages need.",
    ),
    method(c"spine", spine, METH_O, c"What goes on the spine."),
    method(
        c"blocks_alive",
        blocks_alive,
        METH_NOARGS,
        c"How many blocks were made and not freed.",
    ),
    method(
        c"foldings",
        foldings,
        METH_O,
        c"In how many ways so many leaves can be folded.",
    ),
    PyMethodDef::zeroed(),
];

static mut STEPS: [PyModuleDef_Slot; 2] = [
    PyModuleDef_Slot {
        slot: Py_mod_exec,
        value: fill as *mut c_void,
    },
    PyModuleDef_Slot {
        slot: 0,
        value: ptr::null_mut(),
    },
];

static mut BY_RUST: PyModuleDef = PyModuleDef {
    m_base: PyModuleDef_HEAD_INIT,
    m_name: c"by_rust".as_ptr(),
    m_doc: c"quire, bound by hand in Rust.".as_ptr(),
    m_size: 0,
    m_methods: &raw mut FUNCTIONS as *mut PyMethodDef,
    m_slots: &raw mut STEPS as *mut PyModuleDef_Slot,
    m_traverse: None,
    m_clear: None,
    m_free: None,
};

/// # Safety
/// For the import system alone, which calls it attached.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyInit_by_rust() -> *mut PyObject {
    // SAFETY: nothing of ours ever writes to the tables.
    unsafe { PyModuleDef_Init(&raw mut BY_RUST) }
}
