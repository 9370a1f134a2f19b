//! The border: the library as C functions. `include/ink.h` is written from this module, and the
//! comments on its functions are the ones a C programmer reads.
//!
//! Every function here does three things and no more:
//!
//! 1. it runs inside `guard` (or `guard_value`), so that neither an error nor a panic leaves
//!    as anything but a status;
//! 2. it turns what C has (pointers, NUL-terminated bytes) into what Rust has (references,
//!    `&str`), refusing NULL on the way;
//! 3. it calls the safe core, and hands the result over.
//!
//! What no check can find out is left to the caller, and the header says so: that a pointer which
//! is not NULL points to what it should, and that nobody else changes it meanwhile. Every
//! `SAFETY` comment below rests on that.

// A C programmer reads these comments, and finds this contract once, at the head of the header,
// instead of under a `# Safety` heading forty times.
#![allow(clippy::missing_safety_doc)]

mod file;
mod image;
mod last_error;
mod library;
mod pixel;
mod status;
mod text;
mod work;

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr::NonNull;

use crate::Image;

pub use file::{ink_image_read, ink_image_write};
pub use image::{
    ink_image_free, ink_image_from_pixels, ink_image_get_pixel, ink_image_height, ink_image_new,
    ink_image_pixels, ink_image_set_pixel, ink_image_width,
};
pub use last_error::ink_last_error_message;
pub use library::{INK_ABI_VERSION, ink_live_allocations, ink_version};
pub use pixel::{ink_pixel_luma, ink_pixel_luma_at};
pub use status::{Failure, Status};
pub use text::{
    ink_image_copy_title, ink_image_describe, ink_image_set_title, ink_image_title, ink_string_free,
};
pub use work::{InkMapCallback, InkWorkHook, ink_image_blur, ink_image_map, ink_set_work_hook};

/// Runs the body of a function that returns a status. Nothing but a status comes out.
fn guard(body: impl FnOnce() -> Result<(), Failure>) -> Status {
    match run(body) {
        Ok(()) => Status::Ok,
        Err(status) => status,
    }
}

/// Runs the body of a function that returns a value: `fallback` stands for every failure.
fn guard_value<T>(fallback: T, body: impl FnOnce() -> Result<T, Failure>) -> T {
    run(body).unwrap_or(fallback)
}

/// Where panics end. A panic unwinds the stack frame by frame, by rules that are Rust's own; the
/// frames beyond this one are C's, and know no such rules.
///
/// `extern "C"` functions have a last net of their own: they end the process if a panic does
/// reach them. That is defined, but no library should end its host's process.
fn run<T>(body: impl FnOnce() -> Result<T, Failure>) -> Result<T, Status> {
    // `AssertUnwindSafe`: after a panic the caller may still hold the image. Nothing in the core
    // breaks an image's invariants half way, so what it holds is a sound image.
    let failure = match catch_unwind(AssertUnwindSafe(body)) {
        Ok(Ok(value)) => return Ok(value),
        Ok(Err(failure)) => failure,
        Err(payload) => Failure::Panic(panic_message(&*payload)),
    };
    last_error::set(&failure.to_string());
    Err(failure.status())
}

/// `panic!` carries a `&str` or a `String`; anything else says nothing.
fn panic_message(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().copied();
    let text = text.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("no message").to_owned()
}

/// Refuses NULL. What is left is a pointer that the caller vouches for.
fn not_null<T>(pointer: *const T, name: &'static str) -> Result<NonNull<T>, Failure> {
    NonNull::new(pointer.cast_mut()).ok_or(Failure::Null(name))
}

/// Borrows the image behind a handle, to read.
///
/// # Safety
/// `image` is NULL or came from this library and is not freed, and nobody changes it for `'a`.
unsafe fn image_ref<'a>(image: *const Image) -> Result<&'a Image, Failure> {
    let image = not_null(image, "image")?;
    // SAFETY: not NULL, and the rest is this function's own condition.
    Ok(unsafe { image.as_ref() })
}

/// Borrows the image behind a handle, to change.
///
/// # Safety
/// As [`image_ref`], and nobody reads it for `'a` either.
unsafe fn image_mut<'a>(image: *mut Image) -> Result<&'a mut Image, Failure> {
    let mut image = not_null(image, "image")?;
    // SAFETY: not NULL, and the rest is this function's own condition.
    Ok(unsafe { image.as_mut() })
}

/// Makes an image and gives it to the caller, through `out`.
///
/// # Safety
/// `out` is NULL or points to a place for a pointer.
unsafe fn give_image(
    out: *mut *mut Image,
    make: impl FnOnce() -> Result<Image, Failure>,
) -> Result<(), Failure> {
    let out = not_null(out, "out")?;
    // First NULL: should the making fail, the caller holds nothing that it could free by mistake.
    // SAFETY: `out` is not NULL, and the caller's place for a pointer.
    unsafe { out.write(std::ptr::null_mut()) };
    // `into_raw` is the moment ownership crosses: from here on Rust will not free the image.
    let image = Box::into_raw(Box::new(make()?));
    // SAFETY: as above.
    unsafe { out.write(image) };
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::ffi::CStr;

    use super::*;

    fn last_message() -> String {
        // SAFETY: never NULL, and copied before the next call of this thread.
        unsafe { CStr::from_ptr(ink_last_error_message()) }
            .to_str()
            .unwrap()
            .to_owned()
    }

    #[test]
    fn a_panic_becomes_a_status_and_its_message() {
        let check = |body: fn(), expect: &str| {
            let status = guard(|| {
                body();
                Ok(())
            });
            assert_eq!(status, Status::Panic);
            assert_eq!(last_message(), expect);
        };
        check(|| panic!("spilt"), "the library panicked: spilt");
        check(|| panic!("spilt {}", 3), "the library panicked: spilt 3");
        check(
            || std::panic::panic_any(7),
            "the library panicked: no message",
        );
    }

    #[test]
    fn a_panic_becomes_the_fallback_of_a_function_that_returns_a_value() {
        let value: u32 = guard_value(0, || panic!("spilt"));
        assert_eq!(value, 0);
    }

    #[test]
    fn a_nul_in_a_message_does_not_lose_the_message() {
        guard(|| panic!("one\0two"));
        assert_eq!(last_message(), "the library panicked: one two");
    }
}
