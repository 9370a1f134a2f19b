//! quire, bound with PyO3.

use std::ffi::{CStr, CString, c_char};
use std::ptr::NonNull;
use std::sync::{Mutex, PoisonError};

use pyo3::exceptions::{PyMemoryError, PyValueError};
use pyo3::prelude::*;

// ANCHOR: pyo3_declares_it
/// What `quire.h` declares. Nobody checks that the two agree.
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
// ANCHOR_END: pyo3_declares_it

// ANCHOR: pyo3_a_call
/// How many sheets so many pages need.
#[pyfunction]
fn sheets(pages: i32) -> i32 {
    sys::quire_sheets(pages)
}
// ANCHOR_END: pyo3_a_call

// ANCHOR: pyo3_a_string
/// What goes on the spine.
#[pyfunction]
fn spine(title: CString) -> PyResult<String> {
    // SAFETY: the title ends with a NUL, and C only reads it.
    let text = unsafe { sys::quire_spine(title.as_ptr()) };
    if text.is_null() {
        return Err(PyMemoryError::new_err(()));
    }
    // SAFETY: it is a text that C made, and it is not freed before the copy is done.
    let spine = unsafe { CStr::from_ptr(text) }.to_owned();
    // SAFETY: it came from `quire_spine`, and nobody else has it.
    unsafe { sys::quire_text_free(text) };
    Ok(spine.into_string()?)
}
// ANCHOR_END: pyo3_a_string

// ANCHOR: pyo3_an_error
/// What C says of an error, as an exception.
fn checked(code: i32) -> PyResult<()> {
    if code >= 0 {
        return Ok(());
    }
    // SAFETY: it is a static text.
    let words = unsafe { CStr::from_ptr(sys::quire_error(code)) };
    Err(PyValueError::new_err(words.to_string_lossy().into_owned()))
}
// ANCHOR_END: pyo3_an_error

// ANCHOR: pyo3_a_struct_with_an_owner
/// The one owner of a block in C.
struct Owned(NonNull<sys::Block>);

// SAFETY: a block has no ties to the thread that made it. It is not `Sync`: two
// threads in C at once would be two writers of one number.
unsafe impl Send for Owned {}

impl Drop for Owned {
    fn drop(&mut self) {
        // SAFETY: `quire_block_new` made it, and this is its one owner.
        unsafe { sys::quire_block_free(self.0.as_ptr()) }
    }
}

/// The block of a book.
#[pyclass]
struct Block(Mutex<Owned>);

#[pymethods]
impl Block {
    #[new]
    fn new(at_most: i32) -> PyResult<Self> {
        let block = NonNull::new(sys::quire_block_new(at_most));
        let block = block.ok_or_else(|| PyMemoryError::new_err(()))?;
        Ok(Block(Mutex::new(Owned(block))))
    }

    /// Sews more sheets to it.
    fn sew(&mut self, sheets: i32) -> PyResult<()> {
        let block = self.0.get_mut().unwrap_or_else(PoisonError::into_inner);
        // SAFETY: the block lives as long as its owner, and `&mut` says that nobody
        // else uses it now.
        checked(unsafe { sys::quire_block_sew(block.0.as_ptr(), sheets) })
    }

    /// How many it has.
    #[getter]
    fn sheets(&mut self) -> i32 {
        let block = self.0.get_mut().unwrap_or_else(PoisonError::into_inner);
        // SAFETY: as in `sew`.
        unsafe { sys::quire_block_sheets(block.0.as_ptr()) }
    }
}

/// How many blocks were made and not freed.
#[pyfunction]
fn blocks_alive() -> i32 {
    sys::quire_blocks_alive()
}
// ANCHOR_END: pyo3_a_struct_with_an_owner

// ANCHOR: pyo3_a_long_computation
/// In how many ways so many leaves can be folded. Other threads run meanwhile.
#[pyfunction]
fn foldings(py: Python<'_>, leaves: i32) -> u64 {
    py.detach(|| sys::quire_foldings(leaves))
}
// ANCHOR_END: pyo3_a_long_computation

// ANCHOR: pyo3_the_module
#[pymodule]
mod by_pyo3 {
    #[pymodule_export]
    use super::{Block, blocks_alive, foldings, sheets, spine};
}
// ANCHOR_END: pyo3_the_module
