//! One image: the handle, who frees it, and what may be borrowed from it.

use std::ffi::{CStr, CString, c_void};
use std::ops::ControlFlow;
use std::panic::resume_unwind;
use std::path::Path;
use std::ptr::{NonNull, null, null_mut};

use crate::callback::{Call, on_pixel};
use crate::functions::{Pixel, RawImage};
use crate::{Error, Library};

/// An image that the library made and this value owns. Dropping it frees it, once, through the
/// library it came from, which `'lib` keeps loaded until then.
#[derive(Debug)]
pub struct Image<'lib> {
    raw: NonNull<RawImage>,
    library: &'lib Library,
}

// SAFETY: ink says that any thread may call any function, and an image belongs to none.
unsafe impl Send for Image<'_> {}
// SAFETY: ink has no lock, but `&Image` can only read, and reading from many threads is allowed.
unsafe impl Sync for Image<'_> {}

impl Drop for Image<'_> {
    fn drop(&mut self) {
        // SAFETY: the handle is ours, nobody borrows from it, and this happens once.
        unsafe { (self.library.functions.ink_image_free)(self.raw.as_ptr()) }
    }
}

// In each call below: the handle is live because `self` owns it, and `&self` or `&mut self` is
// the rule of `ink.h` that many may read an image or one may change it.
impl<'lib> Image<'lib> {
    pub(crate) fn new(library: &'lib Library, width: u32, height: u32) -> Result<Self, Error> {
        let mut raw = null_mut();
        // SAFETY: a place of our own for the handle, which is OWNED: ours from here on.
        let status = unsafe { (library.functions.ink_image_new)(width, height, &mut raw) };
        library.check(status)?;
        let raw = NonNull::new(raw).expect("a call that worked hands out a handle");
        Ok(Self { raw, library })
    }

    /// How many pixels a row has.
    pub fn width(&self) -> u32 {
        // SAFETY: see above.
        unsafe { (self.library.functions.ink_image_width)(self.raw.as_ptr()) }
    }

    /// How many rows there are.
    pub fn height(&self) -> u32 {
        // SAFETY: see above.
        unsafe { (self.library.functions.ink_image_height)(self.raw.as_ptr()) }
    }

    /// Sets the title. C's text ends at its first NUL, so one with a NUL inside is refused.
    pub fn set_title(&mut self, title: &str) -> Result<(), Error> {
        let title = CString::new(title)?;
        // SAFETY: see above. The text is LENT for the call, and copied there.
        let status = unsafe {
            (self.library.functions.ink_image_set_title)(self.raw.as_ptr(), title.as_ptr())
        };
        self.library.check(status)
    }

    /// The title, BORROWED: it stays where it is, and `&self` keeps it from being set meanwhile.
    pub fn title(&self) -> &CStr {
        // SAFETY: see above. Not NULL for an image, and good until the title is set again or the
        // image freed: both need what the returned borrow forbids.
        unsafe { CStr::from_ptr((self.library.functions.ink_image_title)(self.raw.as_ptr())) }
    }

    /// The image in words. The library hands out an OWNED string: copied here, and given back.
    pub fn describe(&self) -> Result<String, Error> {
        let functions = &self.library.functions;
        let mut text = null_mut();
        // SAFETY: see above; and a place of our own for the string.
        let status = unsafe { (functions.ink_image_describe)(self.raw.as_ptr(), &mut text) };
        self.library.check(status)?;
        // SAFETY: the call worked, so it is a text that ends with a NUL, and ours.
        let words = unsafe { CStr::from_ptr(text) }
            .to_string_lossy()
            .into_owned();
        // SAFETY: ours, once, and to the library: Rust's allocator never saw this memory.
        unsafe { (functions.ink_string_free)(text) };
        Ok(words)
    }

    /// All pixels, three bytes each, BORROWED from the library's own memory: nothing is copied.
    pub fn pixels(&self) -> Result<&[u8], Error> {
        let (mut data, mut length) = (null(), 0);
        // SAFETY: see above; and two places of our own.
        let status = unsafe {
            (self.library.functions.ink_image_pixels)(self.raw.as_ptr(), &mut data, &mut length)
        };
        self.library.check(status)?;
        // SAFETY: that many bytes from there on, which nobody changes or frees while `self` is
        // borrowed.
        Ok(unsafe { std::slice::from_raw_parts(data, length) })
    }

    /// Calls `change` for each pixel; `Break` stops. All or nothing: then no pixel has changed.
    ///
    /// A panic in `change` must not unwind through the library, whose frames are not Rust's to
    /// unwind. It is caught at the border, the map is stopped, and it goes on from here.
    pub fn map<F>(&mut self, change: F) -> Result<(), Error>
    where
        F: FnMut(u32, u32, &mut Pixel) -> ControlFlow<()>,
    {
        let mut call = Call {
            change,
            panic: None,
        };
        // SAFETY: see above. `call` is LENT for this one call, as `user_data`, and the function
        // that reads it back is the one made for this very `F`.
        let status = unsafe {
            let user_data = (&raw mut call).cast::<c_void>();
            (self.library.functions.ink_image_map)(self.raw.as_ptr(), on_pixel::<F>, user_data)
        };
        if let Some(panic) = call.panic {
            resume_unwind(panic);
        }
        self.library.check(status)
    }

    /// Blurs with this radius.
    pub fn blur(&mut self, radius: u32) -> Result<(), Error> {
        // SAFETY: see above.
        let status = unsafe { (self.library.functions.ink_image_blur)(self.raw.as_ptr(), radius) };
        self.library.check(status)
    }

    /// Writes a PNG file.
    pub fn write(&self, path: &Path) -> Result<(), Error> {
        let path = CString::new(path.as_os_str().as_encoded_bytes())?;
        // SAFETY: see above. The path is LENT for the call.
        let status =
            unsafe { (self.library.functions.ink_image_write)(self.raw.as_ptr(), path.as_ptr()) };
        self.library.check(status)
    }
}
