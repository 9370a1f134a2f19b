//! Strings, in four ways: lent to us, borrowed from us, owned by the caller, and copied into the
//! caller's own buffer.

use std::ffi::{CStr, CString, c_char};
use std::ptr;

use super::{Failure, Status, guard, guard_value, image_mut, image_ref, not_null};
use crate::live::Live;
use crate::{Error, Image};

/// Sets the title: UTF-8, ended by a NUL.
///
/// LENT: `title` stays yours. It is copied, and not needed after the call.
/// What ink_image_title() gave out before is gone when this succeeds.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ink_image_set_title(image: *mut Image, title: *const c_char) -> Status {
    guard(|| {
        let title = not_null(title, "title")?;
        // SAFETY: not NULL; the caller vouches that a NUL ends it, and keeps it until we return.
        let title = unsafe { CStr::from_ptr(title.as_ptr()) }.to_str();
        let title = title.map_err(|e| Failure::NotUtf8 {
            name: "title",
            at: e.valid_up_to(),
        })?;
        // The new title may be the borrowed old one. It is read before it is replaced, but a
        // `&str` into an image and a `&mut` to it must not meet: so it is copied first.
        let title = title.to_owned();
        // SAFETY: the caller vouches for `image`.
        Ok(unsafe { image_mut(image)? }.set_title(&title)?)
    })
}

/// The title in UTF-8, empty if there is none; NULL only if `image` is NULL.
///
/// BORROWED: the memory is the image's. It holds until the title is set again or the image is
/// freed. Do not free it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ink_image_title(image: *const Image) -> *const c_char {
    guard_value(ptr::null(), || {
        // SAFETY: the caller vouches for `image`.
        let image = unsafe { image_ref(image)? };
        Ok(image.title_and_nul().as_ptr().cast())
    })
}

/// Copies the title, with the NUL that ends it, into the caller's buffer of `capacity` bytes.
///
/// `*out_needed` is always set to the bytes it takes, the NUL included. If `capacity` is less,
/// nothing is copied and the status is INK_STATUS_BUFFER_TOO_SMALL. With NULL for `buffer`
/// nothing is copied and the call succeeds: that is how to ask for the size.
///
/// LENT: `buffer` is yours before and after, and written to during the call.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ink_image_copy_title(
    image: *const Image,
    buffer: *mut c_char,
    capacity: usize,
    out_needed: *mut usize,
) -> Status {
    guard(|| {
        let out_needed = not_null(out_needed, "out_needed")?;
        // SAFETY: the caller vouches for `image`.
        let title = unsafe { image_ref(image)? }.title_and_nul();
        let needed = title.len();
        // SAFETY: not NULL; the caller vouches that it is a place for a size.
        unsafe { out_needed.write(needed) };
        if buffer.is_null() {
            return Ok(());
        }
        if capacity < needed {
            return Err(Failure::BufferTooSmall { needed, capacity });
        }
        // SAFETY: not NULL, and the caller vouches for `capacity` bytes of its own memory there,
        // which is enough and cannot overlap ours.
        unsafe { ptr::copy_nonoverlapping(title.as_ptr(), buffer.cast(), needed) };
        Ok(())
    })
}

/// The image in words, such as "Sunset, 640 x 400 pixels" (with a proper multiplication sign):
/// a new string in UTF-8, made for you.
///
/// OWNED: `*out` is yours; give it back with ink_string_free(). Not with free(): the memory came
/// from the library's allocator, and C's knows nothing of it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ink_image_describe(image: *const Image, out: *mut *mut c_char) -> Status {
    guard(|| {
        let out = not_null(out, "out")?;
        // SAFETY: not NULL; the caller vouches that it is a place for a pointer.
        unsafe { out.write(ptr::null_mut()) };
        // SAFETY: the caller vouches for `image`.
        let words = unsafe { image_ref(image)? }.describe();
        let words = CString::new(words).map_err(|e| Error::InteriorNul {
            at: e.nul_position(),
        })?;
        Live::new().handed_out();
        // SAFETY: as above. `into_raw` is where the string stops being Rust's to free.
        unsafe { out.write(words.into_raw()) };
        Ok(())
    })
}

/// Frees a string that the library handed out as OWNED. NULL is fine, and does nothing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ink_string_free(string: *mut c_char) {
    guard_value((), || {
        if !string.is_null() {
            // SAFETY: the caller vouches that it came from us, is as long as it was, and was not
            // freed before.
            drop(unsafe { CString::from_raw(string) });
            drop(Live::taken_back());
        }
        Ok(())
    })
}
