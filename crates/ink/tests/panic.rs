//! No panic crosses the border. The panic here is in a callback: Rust code that the library runs
//! in the middle of its own, as it does for a binding written in Rust. (One in the progress hook
//! is in `tests/hook.rs`.) Were it let through, it would not fail a test but end the process.

use std::ffi::{CStr, c_int, c_void};
use std::fs;
use std::path::Path;
use std::ptr::null_mut;

use ink::abi::*;
use ink::{Image, Pixel};

unsafe extern "C-unwind" fn panicking_callback(
    x: u32,
    y: u32,
    pixel: *mut Pixel,
    _: *mut c_void,
) -> c_int {
    // SAFETY: the library lends a pixel for the call.
    unsafe { (*pixel).r = 255 };
    if (x, y) == (1, 1) {
        panic!("spilt at ({x}, {y})");
    }
    0
}

fn message() -> String {
    // SAFETY: never NULL, and copied before the next call of this thread.
    unsafe { CStr::from_ptr(ink_last_error_message()) }
        .to_str()
        .unwrap()
        .to_owned()
}

#[test]
fn a_panic_in_a_callback_is_a_status_and_the_image_is_as_it_was() {
    let mut image: *mut Image = null_mut();
    let mut pixel = Pixel::new(9, 9, 9);
    // SAFETY: places of our own, the handle we were given, a callback that needs no data.
    unsafe {
        assert_eq!(ink_image_new(3, 3, &mut image), Status::Ok);
        let status = ink_image_map(image, Some(panicking_callback), null_mut());
        assert_eq!(status, Status::Panic);
        assert_eq!(message(), "the library panicked: spilt at (1, 1)");

        // The image is sound, and the library goes on working.
        assert_eq!(ink_image_get_pixel(image, 0, 0, &mut pixel), Status::Ok);
        assert_eq!(pixel, Pixel::default());
        assert_eq!(ink_image_blur(image, 1), Status::Ok);
        ink_image_free(image);
    }
}

/// The test above proves it for one function. This proves that the others are built alike.
#[test]
fn every_exported_function_runs_inside_the_guard() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = 0;
    for file in fs::read_dir(root.join("src/abi")).unwrap() {
        let source = fs::read_to_string(file.unwrap().path()).unwrap();
        for function in source.split("#[unsafe(no_mangle)]").skip(1) {
            let (signature, body) = function.split_once("{\n").unwrap();
            let body = body.split("\n}\n").next().unwrap();
            let begins = body
                .lines()
                .find(|line| !line.trim_start().starts_with("//"))
                .unwrap();
            let guarded = ["guard(||", "guard_value("]
                .iter()
                .any(|g| begins.trim().starts_with(g));
            assert!(
                guarded,
                "this function has code outside the guard:{signature}"
            );
            assert!(
                body.ends_with(')'),
                "this function has code after the guard:{signature}"
            );
            found += 1;
        }
    }
    let header = fs::read_to_string(root.join("include/ink.h")).unwrap();
    let declares = |line: &&str| !line.starts_with(" *") && line.contains("ink_");
    assert_eq!(found, header.lines().filter(declares).count());
}
