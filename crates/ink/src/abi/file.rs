//! Files, by path.

use std::ffi::{CStr, c_char};
use std::path::Path;

use super::{Failure, Status, give_image, guard, image_ref, not_null};
use crate::Image;

/// Reads a PNG file of any kind; what is transparent in it is laid on white. `path` is as the
/// operating system writes paths; where it has no opinion, UTF-8.
///
/// LENT: `path` stays yours.
/// OWNED: `*out` is yours; give it back with ink_image_free().
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ink_image_read(path: *const c_char, out: *mut *mut Image) -> Status {
    // SAFETY: the caller vouches for `out`, and for `path` until we return.
    guard(|| unsafe { give_image(out, || Ok(Image::read(borrow_path(path)?)?)) })
}

/// Writes a PNG file, with the title in it. An existing file is replaced.
///
/// LENT: `path` stays yours.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ink_image_write(image: *const Image, path: *const c_char) -> Status {
    // SAFETY: the caller vouches for both until we return.
    guard(|| Ok(unsafe { image_ref(image)?.write(borrow_path(path)?) }?))
}

/// The path in a C string, which on Unix is any bytes at all and need not be UTF-8.
///
/// # Safety
/// `path` is NULL, or ends in a NUL and stays as it is for `'a`.
unsafe fn borrow_path<'a>(path: *const c_char) -> Result<&'a Path, Failure> {
    let path = not_null(path, "path")?;
    // SAFETY: not NULL, and the rest is this function's own condition.
    let path = unsafe { CStr::from_ptr(path.as_ptr()) };
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStrExt;
        Ok(Path::new(std::ffi::OsStr::from_bytes(path.to_bytes())))
    }
    #[cfg(not(unix))]
    {
        let text = path.to_str();
        let text = text.map_err(|e| Failure::NotUtf8 {
            name: "path",
            at: e.valid_up_to(),
        })?;
        Ok(Path::new(text))
    }
}
