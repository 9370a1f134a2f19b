//! The wrapper with the real library: ownership, the callback, and errors of calls.

mod support;

use std::ffi::CStr;
use std::ops::ControlFlow::{Break, Continue};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;

use ink_libloading::functions::{ABI_VERSION, IO, Pixel, STOPPED};
use ink_libloading::{Error, Library};
use support::libink;

/// The library counts for the whole process, and these tests run in threads of one.
static COUNTER: Mutex<()> = Mutex::new(());

/// Runs with the library, and expects that everything has come back afterwards.
#[track_caller]
fn balanced(test: impl FnOnce(&Library)) {
    let _alone = COUNTER.lock().unwrap_or_else(|broken| broken.into_inner());
    let library = Library::open(&libink()).unwrap();
    let before = library.live_allocations();
    test(&library);
    assert_eq!(library.live_allocations(), before);
}

const RED: Pixel = Pixel { r: 255, g: 0, b: 0 };

#[test]
fn the_constants_are_those_of_the_library() {
    assert_eq!(ABI_VERSION, ink::abi::INK_ABI_VERSION);
    assert_eq!(STOPPED, ink::abi::Status::Stopped as i32);
    assert_eq!(IO, ink::abi::Status::Io as i32);
}

#[test]
fn an_image_is_counted_until_it_is_dropped() {
    balanced(|library| {
        let before = library.live_allocations();
        let first = library.image(3, 2).unwrap();
        let second = library.image(3, 2).unwrap();
        assert_eq!(library.live_allocations(), before + 2);
        assert_eq!((first.width(), second.height()), (3, 2));
        drop(first);
        assert_eq!(library.live_allocations(), before + 1);
    });
}

#[test]
fn a_string_of_the_librarys_goes_back_to_it() {
    balanced(|library| {
        let mut image = library.image(640, 400).unwrap();
        image.set_title("Über den Wolken").unwrap();
        assert_eq!(image.title().to_str(), Ok("Über den Wolken"));
        for _ in 0..3 {
            assert_eq!(
                image.describe().unwrap(),
                "Über den Wolken, 640 × 400 pixels"
            );
        }
    });
}

#[test]
fn the_pixels_are_the_librarys_own_memory() {
    balanced(|library| {
        let mut image = library.image(4, 4).unwrap();
        let address = image.pixels().unwrap().as_ptr();
        image
            .map(|_, _, pixel| {
                *pixel = RED;
                Continue(())
            })
            .unwrap();
        assert_eq!(image.pixels().unwrap().as_ptr(), address);
        assert_eq!(image.pixels().unwrap(), [255, 0, 0].repeat(16));
        assert_eq!(library.luma(RED), ink::Pixel::new(255, 0, 0).luma());
    });
}

#[test]
fn a_closure_sees_each_pixel_once_and_keeps_what_it_learns() {
    balanced(|library| {
        let mut image = library.image(3, 2).unwrap();
        let mut seen = Vec::new();
        image
            .map(|x, y, _| {
                seen.push((x, y));
                Continue(())
            })
            .unwrap();
        assert_eq!(seen, [(0, 0), (1, 0), (2, 0), (0, 1), (1, 1), (2, 1)]);
    });
}

#[test]
fn a_map_that_is_stopped_changes_nothing() {
    balanced(|library| {
        let mut image = library.image(3, 3).unwrap();
        let stopped = image.map(|_, y, pixel| {
            *pixel = RED;
            if y == 1 { Break(()) } else { Continue(()) }
        });
        assert!(
            matches!(
                stopped,
                Err(Error::Refused {
                    status: STOPPED,
                    ..
                })
            ),
            "{stopped:?}"
        );
        assert_eq!(image.pixels().unwrap(), [0; 27]);
    });
}

#[test]
fn a_panic_in_a_closure_goes_round_the_library() {
    balanced(|library| {
        let mut image = library.image(3, 3).unwrap();
        let mut calls = 0;
        let caught = catch_unwind(AssertUnwindSafe(|| {
            image.map(|_, y, pixel| {
                calls += 1;
                *pixel = RED;
                if y == 1 {
                    panic!("spilt")
                } else {
                    Continue(())
                }
            })
        }));
        let payload = caught.unwrap_err();
        assert_eq!(payload.downcast_ref::<&str>(), Some(&"spilt"));
        assert_eq!(
            calls, 4,
            "the library was stopped at the pixel that panicked"
        );
        assert_eq!(
            image.pixels().unwrap(),
            [0; 27],
            "and the image is as it was"
        );
    });
}

#[test]
fn an_image_may_be_used_by_another_thread() {
    balanced(|library| {
        let image = library.image(8, 8).unwrap();
        let words = std::thread::scope(|scope| {
            let other = scope.spawn(move || {
                let mut image = image;
                image.blur(2).unwrap();
                // The message is the thread's own, and it is this thread's that is read.
                image
                    .write(std::path::Path::new("/no/such/folder/x.png"))
                    .unwrap_err()
            });
            other.join().unwrap()
        });
        assert!(
            matches!(&words, Error::Refused { status: IO, message } if message.contains("/no/such/folder/x.png")),
            "{words}"
        );
    });
}

#[test]
fn a_refused_call_has_its_status_and_the_librarys_words() {
    balanced(|library| {
        let error = library.image(0, 7).unwrap_err();
        let words = error.to_string();
        assert!(words.starts_with("no image can be 0 × 7: ") && words.ends_with(" (status 3)"));
        let mut image = library.image(1, 1).unwrap();
        let error = image.set_title("ink\0blot").unwrap_err();
        assert!(error.to_string().contains("at byte 3"), "{error}");
        assert_eq!(image.title(), <&CStr>::default());
    });
}
