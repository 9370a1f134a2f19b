//! What the C functions refuse: every status a caller can bring about, and the words with it.
//! (Files are in `tests/png.rs`, no memory is in `tests/native/memory.c`.)

mod support;

use std::ffi::{CStr, c_char, c_int, c_void};
use std::ptr::{null, null_mut};

use ink::abi::*;
use ink::{Image, MAX_PIXELS, Pixel};
use support::{check, image};

unsafe extern "C-unwind" fn never(_: u32, _: u32, _: *mut Pixel, _: *mut c_void) -> c_int {
    panic!("a callback must not be called for an image that is not there");
}

#[test]
fn null_is_an_error_wherever_it_is_not_allowed() {
    let image = image(1, 1);
    let text = c"text".as_ptr();
    let (mut byte, mut size, mut pixel) = (0_u8, 0_usize, Pixel::default());
    let (mut data, mut words, mut other) = (null(), null_mut(), null_mut());
    // SAFETY: each pointer is NULL, or to a local, or the handle.
    unsafe {
        let check = |found, name: &str| check(found, Status::NullArgument, name);
        check(ink_pixel_luma_at(null(), &mut byte), "`pixel`");
        check(ink_pixel_luma_at(&pixel, null_mut()), "`out`");
        check(ink_image_new(1, 1, null_mut()), "`out`");
        check(ink_image_from_pixels(1, 1, null(), 3, &mut other), "`data`");
        check(
            ink_image_from_pixels(1, 1, [1, 2, 3].as_ptr(), 3, null_mut()),
            "`out`",
        );
        check(ink_image_get_pixel(null(), 0, 0, &mut pixel), "`image`");
        check(ink_image_get_pixel(image, 0, 0, null_mut()), "`out`");
        check(ink_image_set_pixel(null_mut(), 0, 0, pixel), "`image`");
        check(ink_image_pixels(null(), &mut data, &mut size), "`image`");
        check(ink_image_pixels(image, null_mut(), &mut size), "`out_data`");
        check(
            ink_image_pixels(image, &mut data, null_mut()),
            "`out_length`",
        );
        check(ink_image_set_title(null_mut(), text), "`image`");
        check(ink_image_set_title(image, null()), "`title`");
        check(
            ink_image_copy_title(null(), null_mut(), 0, &mut size),
            "`image`",
        );
        check(
            ink_image_copy_title(image, null_mut(), 0, null_mut()),
            "`out_needed`",
        );
        check(ink_image_describe(null(), &mut words), "`image`");
        check(ink_image_describe(image, null_mut()), "`out`");
        check(
            ink_image_map(null_mut(), Some(never), null_mut()),
            "`image`",
        );
        check(ink_image_map(image, None, null_mut()), "`callback`");
        check(ink_image_blur(null_mut(), 1), "`image`");
        check(ink_image_read(null(), &mut other), "`path`");
        check(ink_image_read(text, null_mut()), "`out`");
        check(ink_image_write(null(), text), "`image`");
        check(ink_image_write(image, null()), "`path`");
        ink_image_free(image);

        // These return a value, and have one to spare for failure.
        assert_eq!((ink_image_width(null()), ink_image_height(null())), (0, 0));
        assert!(ink_image_title(null()).is_null());

        // And to free NULL is fine.
        ink_image_free(null_mut());
        ink_string_free(null_mut());
    }
}

#[test]
fn sizes_that_no_image_can_have_are_refused() {
    let mut out = null_mut();
    let mut check = |width, height| {
        out = std::ptr::dangling_mut();
        // SAFETY: a place of our own for the handle.
        let status = unsafe { ink_image_new(width, height, &mut out) };
        check(status, Status::BadSize, &format!("{width} × {height}"));
        assert!(out.is_null(), "after a failure there is nothing to free");
    };
    check(0, 1);
    check(1, 0);
    check(MAX_PIXELS, 2);
    check(4096, 4097);
    check(u32::MAX, u32::MAX); // the product must not wrap around to something small
    check(1 << 31, 2);
}

#[test]
fn a_buffer_of_the_wrong_length_is_refused_and_not_read() {
    let byte = 0_u8;
    let mut out = null_mut();
    for length in [0, 11, 13, usize::MAX] {
        // SAFETY: the length is wrong, and the claim is that nothing is read then.
        let status = unsafe { ink_image_from_pixels(2, 2, &byte, length, &mut out) };
        check(
            status,
            Status::BadSize,
            &format!("needs 12 bytes, not {length}"),
        );
    }
}

#[test]
fn places_outside_the_image_are_refused() {
    let image = image(3, 2);
    let mut pixel = Pixel::new(9, 9, 9);
    for (x, y) in [(3, 0), (0, 2), (3, 2), (u32::MAX, 0), (0, u32::MAX)] {
        let words = format!("pixel ({x}, {y}) is outside an image of 3 × 2");
        // SAFETY: a live handle and a local.
        unsafe {
            check(
                ink_image_get_pixel(image, x, y, &mut pixel),
                Status::OutOfBounds,
                &words,
            );
            check(
                ink_image_set_pixel(image, x, y, pixel),
                Status::OutOfBounds,
                &words,
            );
        }
    }
    assert_eq!(
        pixel,
        Pixel::new(9, 9, 9),
        "a failing call leaves the caller's pixel alone"
    );
    // SAFETY: the handle, for the last time.
    unsafe { ink_image_free(image) };
}

#[test]
fn a_title_that_is_not_utf8_is_refused_and_the_old_one_stays() {
    let image = image(1, 1);
    // SAFETY: a live handle and NUL-terminated texts.
    unsafe {
        for (bytes, at) in [(c"\xff", 0), (c"caf\xe9", 3), (c"\xed\xa0\x80", 0)] {
            let status = ink_image_set_title(image, bytes.as_ptr());
            check(
                status,
                Status::InvalidText,
                &format!("`title` is not UTF-8: byte {at}"),
            );
        }
        assert_eq!(CStr::from_ptr(ink_image_title(image)), c"Ink");
        ink_image_free(image);
    }
}

#[test]
fn a_title_with_a_nul_inside_is_refused() {
    // Rust strings know their length and may hold a NUL; C has no way to say such a title.
    let mut image = Image::new(1, 1).unwrap();
    let error = Failure::from(image.set_title("a\0b").unwrap_err());
    assert_eq!(error.status(), Status::InvalidText);
    assert_eq!(
        error.to_string(),
        "the title holds a NUL at byte 1, where C would take it to end"
    );
    assert_eq!(image.title(), "");
}

#[test]
fn a_buffer_too_small_says_how_large_it_must_be() {
    let image = image(1, 1);
    let mut buffer = [0x7f_u8; 8];
    let mut needed = 0;
    // SAFETY: a live handle, and a buffer at least as long as we say.
    unsafe {
        let place = buffer.as_mut_ptr().cast::<c_char>();
        for capacity in [0, 1, 3] {
            let status = ink_image_copy_title(image, place, capacity, &mut needed);
            check(status, Status::BufferTooSmall, "the text needs 4");
            assert_eq!((needed, buffer), (4, [0x7f; 8]));
        }
        assert_eq!(
            ink_image_copy_title(image, place, 4, &mut needed),
            Status::Ok
        );
        needed = 0;
        assert_eq!(
            ink_image_copy_title(image, null_mut(), 0, &mut needed),
            Status::Ok
        );
        ink_image_free(image);
    }
    assert_eq!((needed, &buffer[..5]), (4, &b"Ink\0\x7f"[..]));
}
