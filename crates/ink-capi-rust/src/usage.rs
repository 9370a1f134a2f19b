//! Who may do what with an image while somebody else uses it. The library has no lock.
//!
//! A method gets at the image through these functions, for as long as a closure runs. What is
//! asked here holds until then: nobody else gets the GIL in between, or a mark is left first.

use std::cell::Cell;

use pyo3_ffi::*;

use crate::errors::refused;
use crate::image::ImageObject;
use crate::module::State;
use crate::reference::{Outcome, Raised, raise};

impl ImageObject {
    // by hand: closed
    pub fn is_closed(&self) -> bool {
        // SAFETY: while it is blurred it is not even looked at, and is there. Otherwise only who
        // holds the GIL changes it.
        !self.blurred.get() && unsafe { (*self.image.get()).is_none() }
    }

    /// Frees the image. Closing twice is fine.
    pub fn close(&self) -> Outcome<()> {
        if !self.is_closed() {
            self.may_change()?;
            // SAFETY: open, and nobody else has it in use.
            drop(unsafe { (*self.image.get()).take() });
        }
        Ok(())
    }
    // by hand: end

    // by hand: busy
    /// For what looks at the image and calls nothing of Python.
    pub fn read<T>(&self, look: impl FnOnce(&ink::Image) -> T) -> Outcome<T> {
        self.may_read()?;
        // SAFETY: nobody changes it: not blurred, and the GIL is held.
        unsafe { (*self.image.get()).as_deref() }
            .map(look)
            .ok_or(Raised)
    }

    /// For what changes the title, and no pixel.
    pub fn retitle<T>(&self, change: impl FnOnce(&mut ink::Image) -> T) -> Outcome<T> {
        self.may_retitle()?;
        // SAFETY: nobody else uses it: not blurred, not mapped, and the GIL is held. The views
        // that may be out read the pixels, by a pointer that stays good.
        unsafe { (*self.image.get()).as_deref_mut() }
            .map(change)
            .ok_or(Raised)
    }

    /// For what changes pixels. If it lets go of the GIL, `mark` keeps the others away.
    pub fn change<T>(&self, change: impl FnOnce(&mut ink::Image) -> T) -> Outcome<T> {
        self.may_change()?;
        // SAFETY: as above, and no view is out.
        unsafe { (*self.image.get()).as_deref_mut() }
            .map(change)
            .ok_or(Raised)
    }

    fn may_read(&self) -> Outcome<()> {
        // by hand: end
        // by hand: closed
        if self.is_closed() {
            // SAFETY: here and below, a static of CPython's, read with the GIL held.
            return Err(raise(unsafe { PyExc_ValueError }, "the image is closed"));
        }
        // by hand: end
        // by hand: busy
        if self.blurred.get() {
            // SAFETY: as above.
            return Err(raise(
                unsafe { PyExc_RuntimeError },
                "another thread blurs the image",
            ));
        }
        Ok(())
    }
    // by hand: end

    // by hand: exported
    fn may_retitle(&self) -> Outcome<()> {
        self.may_read()?;
        if self.mapped.get() {
            // SAFETY: as above.
            return Err(raise(
                unsafe { PyExc_RuntimeError },
                "the image is being mapped",
            ));
        }
        Ok(())
    }

    /// Whether the pixels may be changed.
    pub fn may_change(&self) -> Outcome<()> {
        self.may_retitle()?;
        if self.exports.get() > 0 {
            let message = "somebody looks at the pixels: release the memoryview first";
            // SAFETY: as above.
            return Err(raise(unsafe { PyExc_BufferError }, message));
        }
        Ok(())
    }

    /// Whether a view may be given out: for looking, but not at what is being changed.
    pub fn may_export(&self) -> Outcome<()> {
        self.may_retitle()
    }
    // by hand: end
}

// by hand: busy
/// Sets a mark, and takes it away when it is dropped.
pub struct Mark<'a>(&'a Cell<bool>);

impl<'a> Mark<'a> {
    pub fn set(mark: &'a Cell<bool>) -> Self {
        mark.set(true);
        Self(mark)
    }
}

impl Drop for Mark<'_> {
    fn drop(&mut self) {
        self.0.set(false);
    }
}
// by hand: end

// by hand: errors
/// What the library has answered, with a refusal raised.
pub fn raised<T>(state: &State, answer: Result<T, ink::Error>) -> Outcome<T> {
    answer.map_err(|error| refused(state, error))
}
// by hand: end
