//! What the tests that call the C functions share.

use std::ffi::CStr;
use std::ptr::null_mut;

use ink::Image;
use ink::abi::*;

/// A black image with the title `Ink`.
pub fn image(width: u32, height: u32) -> *mut Image {
    let mut image = null_mut();
    // SAFETY: a place of our own for the handle, then the handle we were given.
    unsafe {
        assert_eq!(ink_image_new(width, height, &mut image), Status::Ok);
        assert_eq!(ink_image_set_title(image, c"Ink".as_ptr()), Status::Ok);
    }
    image
}

/// Why the last call of this thread that failed did so.
pub fn message() -> String {
    // SAFETY: never NULL, and copied before the next call of this thread.
    unsafe { CStr::from_ptr(ink_last_error_message()) }
        .to_str()
        .unwrap()
        .to_owned()
}

/// The status is the expected one, and the message says at least this.
#[track_caller]
pub fn check(found: Status, expect: Status, words: &str) {
    assert_eq!(found, expect, "{}", message());
    assert!(
        message().contains(words),
        "`{}` does not say `{words}`",
        message()
    );
}
