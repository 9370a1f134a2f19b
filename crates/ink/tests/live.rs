//! The counter that proves a binding frees what it took. One test: the count is the whole
//! process's, and tests run side by side.

use std::ffi::c_char;
use std::ptr::null_mut;

use ink::Image;
use ink::abi::*;

#[test]
fn the_count_returns_to_zero_and_a_leak_moves_it() {
    assert_eq!(ink_live_allocations(), 0);

    // Through C: an image, and a string of it.
    let mut image = null_mut();
    let mut words: *mut c_char = null_mut();
    // SAFETY: places of our own, and what we were given, freed once.
    unsafe {
        assert_eq!(ink_image_new(4, 3, &mut image), Status::Ok);
        assert_eq!(ink_live_allocations(), 1);
        assert_eq!(ink_image_describe(image, &mut words), Status::Ok);
        assert_eq!(ink_live_allocations(), 2);

        // What is borrowed is not counted, nor what fails, nor the library's own memory.
        assert!(!ink_image_title(image).is_null());
        assert_eq!(ink_image_blur(image, 2), Status::Ok);
        assert_eq!(ink_image_new(0, 0, &mut null_mut()), Status::BadSize);
        assert_eq!(
            ink_image_read(c"no/such/file".as_ptr(), &mut null_mut()),
            Status::Io
        );
        assert_eq!(ink_live_allocations(), 2);

        // A string outlives the image it was made from.
        ink_image_free(image);
        assert_eq!(ink_live_allocations(), 1);
        ink_string_free(words);
    }
    assert_eq!(ink_live_allocations(), 0);

    // From Rust, where dropping frees.
    let images: Vec<_> = (1..=3)
        .map(|side| Image::new(side, side).unwrap())
        .collect();
    assert_eq!(ink_live_allocations(), 3);
    drop(images);
    assert_eq!(ink_live_allocations(), 0);

    // From several threads at once.
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| (0..100).for_each(|_| drop(Image::new(1, 1).unwrap())));
        }
    });
    assert_eq!(ink_live_allocations(), 0);

    // A planted leak, of each kind: a binding that forgets one free in each round.
    for leaked in 1..=10 {
        // SAFETY: as above, but for what is left unfreed, which is the point.
        unsafe {
            assert_eq!(ink_image_new(1, 1, &mut image), Status::Ok);
            assert_eq!(ink_image_describe(image, &mut words), Status::Ok);
            if leaked % 2 == 0 {
                ink_image_free(image)
            } else {
                ink_string_free(words)
            }
        }
        assert_eq!(ink_live_allocations(), leaked);
    }
}
