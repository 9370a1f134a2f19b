//! Counts what is alive, so that a test of a binding can prove that it frees what it took.
//!
//! It counts what a caller can hold and must give back: images, and strings handed out over the
//! C ABI. Memory the library uses for itself is not counted.

use std::sync::atomic::{AtomicUsize, Ordering};

// One for each copy of the library: a binding that links `ink` into itself has its own.
static LIVE: AtomicUsize = AtomicUsize::new(0);

/// How many images, and strings handed out over the C ABI, exist at this moment.
pub fn live_allocations() -> usize {
    LIVE.load(Ordering::SeqCst)
}

/// One thing that is counted as long as it exists. It holds nothing: being created and being
/// dropped is all it does, so whatever contains one is counted and cannot forget to say so.
#[derive(Debug)]
pub(crate) struct Live(());

impl Live {
    pub(crate) fn new() -> Self {
        LIVE.fetch_add(1, Ordering::SeqCst);
        Self(())
    }

    /// Leaves the count as it is: the thing has been handed out as a bare pointer, which cannot
    /// carry a `Live` along. [`Live::taken_back`] is its other half.
    pub(crate) fn handed_out(self) {
        std::mem::forget(self);
    }

    /// The count of something that was handed out and has now come back.
    pub(crate) fn taken_back() -> Self {
        Self(())
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        LIVE.fetch_sub(1, Ordering::SeqCst);
    }
}
