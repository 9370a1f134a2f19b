//! Who owns the library's image, and when it may be changed: not when it is closed, and not while
//! somebody looks at its pixels. That nobody else is at it is PyO3's part.

use std::ops::ControlFlow;
use std::sync::Arc;

use pyo3::exceptions::{PyBufferError, PyValueError};
use pyo3::prelude::*;

use crate::errors::refused;

const CLOSED: &str = "the image is closed";

/// The image until it is closed. Dropping this frees it.
#[derive(Default)]
pub struct Owner {
    image: Option<ink::Image>,
    /// Each view holds a clone of it: that is the count.
    exports: Arc<()>,
}

impl From<ink::Image> for Owner {
    fn from(image: ink::Image) -> Self {
        Self {
            image: Some(image),
            exports: Arc::default(),
        }
    }
}

impl Owner {
    // by hand: closed
    /// The image, to read.
    pub fn open(&self) -> PyResult<&ink::Image> {
        self.image
            .as_ref()
            .ok_or_else(|| PyValueError::new_err(CLOSED))
    }

    /// The image, to change what no view shows.
    pub fn open_mut(&mut self) -> PyResult<&mut ink::Image> {
        self.image
            .as_mut()
            .ok_or_else(|| PyValueError::new_err(CLOSED))
    }

    pub fn is_closed(&self) -> bool {
        self.image.is_none()
    }

    pub fn close(&mut self) -> PyResult<()> {
        self.unseen()?;
        self.image = None;
        Ok(())
    }
    // by hand: end

    // by hand: exported
    /// The image, to change its pixels.
    pub fn changing(&mut self) -> PyResult<&mut ink::Image> {
        self.unseen()?;
        self.open_mut()
    }

    /// What each view takes a clone of.
    pub fn exports(&self) -> &Arc<()> {
        &self.exports
    }

    fn unseen(&self) -> PyResult<()> {
        if Arc::strong_count(&self.exports) > 1 {
            return Err(PyBufferError::new_err(
                "somebody looks at the pixels: release the memoryview first",
            ));
        }
        Ok(())
    }
    // by hand: end

    // by hand: subclass
    /// Another image in the place of this one: Python may call `__init__` twice.
    pub fn replace(&mut self, image: ink::Image) -> PyResult<()> {
        self.unseen()?;
        self.image = Some(image);
        Ok(())
    }
    // by hand: end

    // by hand: callback
    /// Makes the pixels those of a draft of this same image, where they are: they never move.
    pub fn take(&mut self, draft: &ink::Image) -> PyResult<()> {
        let copy = |x, y, pixel: &mut ink::Pixel| {
            *pixel = draft.pixel(x, y).expect("a draft is as large as its image");
            ControlFlow::Continue(())
        };
        self.changing()?.map(copy).map_err(refused)
    }
    // by hand: end
}
