//! The C functions, called as a host calls them: with bare pointers. What they return is here,
//! what they refuse in `tests/refusals.rs`, panics in `tests/panic.rs`, the counter in
//! `tests/live.rs`.

mod support;

use std::ffi::{CStr, CString, c_char, c_int, c_void};
use std::ptr::{null, null_mut};

use ink::Pixel;
use ink::abi::*;
use support::{check, image, message};

#[test]
fn version_is_the_one_in_the_header() {
    assert_eq!(ink_version(), INK_ABI_VERSION);
}

#[test]
fn luma_is_the_same_by_value_and_by_pointer() {
    let pixel = Pixel::new(10, 20, 30);
    let mut luma = 0;
    // SAFETY: both pointers are to locals.
    assert_eq!(unsafe { ink_pixel_luma_at(&pixel, &mut luma) }, Status::Ok);
    assert_eq!((luma, ink_pixel_luma(pixel)), (18, 18));
}

#[test]
fn pixels_are_shown_where_they_are_and_stay_there() {
    let image = image(3, 2);
    let (mut data, mut length) = (null(), 0);
    let (mut later, mut pixel) = (null(), Pixel::default());
    // SAFETY: a live handle, and places of our own. What is borrowed is read before it is freed.
    unsafe {
        assert_eq!(ink_image_pixels(image, &mut data, &mut length), Status::Ok);
        assert_eq!(length, 18);
        assert_eq!(
            ink_image_set_pixel(image, 2, 1, Pixel::new(1, 2, 3)),
            Status::Ok
        );
        assert_eq!(std::slice::from_raw_parts(data, length)[15..], [1, 2, 3]);
        assert_eq!(ink_image_get_pixel(image, 2, 1, &mut pixel), Status::Ok);
        assert_eq!(pixel, Pixel::new(1, 2, 3));

        // Neither a blur nor a map moves them: a zero-copy view elsewhere depends on it.
        assert_eq!(ink_image_blur(image, 1), Status::Ok);
        assert_eq!(ink_image_map(image, Some(redden), null_mut()), Status::Ok);
        assert_eq!(ink_image_pixels(image, &mut later, &mut length), Status::Ok);
        assert_eq!(data, later);
        assert_eq!(data.read(), 200);
        ink_image_free(image);
    }
}

unsafe extern "C-unwind" fn redden(_: u32, _: u32, pixel: *mut Pixel, _: *mut c_void) -> c_int {
    // SAFETY: the library lends a pixel for the call.
    unsafe { (*pixel).r = 200 };
    0
}

#[test]
fn pixels_given_are_copied() {
    let mut bytes = [1, 2, 3, 4, 5, 6];
    let (mut image, mut pixel) = (null_mut(), Pixel::default());
    // SAFETY: the buffer is as long as we say, and the rest are places of our own.
    unsafe {
        let status = ink_image_from_pixels(1, 2, bytes.as_ptr(), bytes.len(), &mut image);
        assert_eq!(status, Status::Ok);
        bytes.fill(0);
        assert_eq!(ink_image_get_pixel(image, 0, 1, &mut pixel), Status::Ok);
        assert_eq!((ink_image_width(image), ink_image_height(image)), (1, 2));
        ink_image_free(image);
    }
    assert_eq!(pixel, Pixel::new(4, 5, 6));
}

#[test]
fn titles_in_any_script_come_back_as_they_went() {
    for title in [
        "",
        "Ink",
        "Tinte für Käthe",
        "墨",
        "Mürekkep 🖋 чернила",
        "a\u{301}",
    ] {
        let image = image(1, 1);
        let text = CString::new(title).unwrap();
        let mut copy = [0x7f_u8; 64];
        let mut needed = 0;
        let mut words = null_mut();
        // SAFETY: a live handle, a NUL-terminated text, a buffer as long as we say.
        unsafe {
            assert_eq!(ink_image_set_title(image, text.as_ptr()), Status::Ok);
            assert_eq!(CStr::from_ptr(ink_image_title(image)).to_str(), Ok(title));

            let buffer = copy.as_mut_ptr().cast::<c_char>();
            assert_eq!(
                ink_image_copy_title(image, buffer, 64, &mut needed),
                Status::Ok
            );
            assert_eq!(needed, title.len() + 1);
            assert_eq!(&copy[..needed], text.as_bytes_with_nul());
            assert_eq!(copy[needed], 0x7f); // and not a byte more was written

            assert_eq!(ink_image_describe(image, &mut words), Status::Ok);
            let expect = if title.is_empty() { "Untitled" } else { title };
            let found = CStr::from_ptr(words).to_str().unwrap();
            assert_eq!(found, format!("{expect}, 1 × 1 pixel"));
            ink_string_free(words);
            ink_image_free(image);
        }
    }
}

#[test]
fn an_image_can_be_given_its_own_title() {
    let image = image(1, 1);
    // SAFETY: a live handle; the borrowed title is read before it is replaced.
    unsafe {
        assert_eq!(
            ink_image_set_title(image, ink_image_title(image)),
            Status::Ok
        );
        assert_eq!(CStr::from_ptr(ink_image_title(image)), c"Ink");
        ink_image_free(image);
    }
}

#[test]
fn a_callback_can_look_at_the_image_and_stop() {
    unsafe extern "C-unwind" fn visit(
        x: u32,
        y: u32,
        pixel: *mut Pixel,
        user_data: *mut c_void,
    ) -> c_int {
        let mut before = Pixel::new(1, 1, 1);
        // SAFETY: `user_data` is the handle, which may be read; the pixel is lent for the call.
        unsafe {
            (*pixel).g = 7;
            assert_eq!(
                ink_image_get_pixel(user_data.cast(), x, y, &mut before),
                Status::Ok
            );
        }
        assert_eq!(before, Pixel::default());
        if (x, y) == (1, 1) { -3 } else { 0 }
    }
    let image = image(2, 3);
    let mut pixel = Pixel::new(9, 9, 9);
    // SAFETY: a live handle, also as the callback's data.
    unsafe {
        let status = ink_image_map(image, Some(visit), image.cast());
        check(
            status,
            Status::Stopped,
            "stopped the work at pixel (1, 1) with code -3",
        );
        assert_eq!(ink_image_get_pixel(image, 0, 0, &mut pixel), Status::Ok);
        ink_image_free(image);
    }
    assert_eq!(pixel, Pixel::default(), "all or nothing");
}

#[test]
fn each_thread_has_its_own_last_error() {
    check(failing_new(0, 7), Status::BadSize, "0 × 7");
    std::thread::spawn(|| {
        assert_eq!(message(), "", "nothing has failed on this thread yet");
        check(failing_new(7, 0), Status::BadSize, "7 × 0");
    })
    .join()
    .unwrap();
    assert!(
        message().contains("0 × 7"),
        "another thread's failure must not replace it"
    );

    // SAFETY: the handle we are given.
    unsafe { ink_image_free(image(1, 1)) };
    assert!(message().contains("0 × 7"), "success leaves it as it is");
}

#[test]
fn a_thread_may_use_the_library_while_it_ends() {
    struct AtTheEnd;
    impl Drop for AtTheEnd {
        fn drop(&mut self) {
            // The message of this thread may be gone by now. What comes must still be a string.
            assert_eq!(failing_new(0, 0), Status::BadSize);
            let _ = message();
        }
    }
    thread_local!(static LAST_WORD: AtTheEnd = const { AtTheEnd });
    let thread = std::thread::spawn(|| {
        LAST_WORD.with(|_| ());
        assert_eq!(failing_new(0, 0), Status::BadSize);
    });
    thread.join().unwrap();
}

fn failing_new(width: u32, height: u32) -> Status {
    let mut out = null_mut();
    // SAFETY: a place of our own for a handle that will not come.
    unsafe { ink_image_new(width, height, &mut out) }
}
