//! The handle: making and freeing images, their size, their pixels.

use std::ptr;

use super::{Status, give_image, guard, guard_value, image_mut, image_ref, not_null};
use crate::image::check_length;
use crate::{Image, Pixel};

/// Makes a black image without a title.
///
/// OWNED: `*out` is yours; give it back with ink_image_free().
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ink_image_new(width: u32, height: u32, out: *mut *mut Image) -> Status {
    // SAFETY: the caller vouches for `out`.
    guard(|| unsafe { give_image(out, || Ok(Image::new(width, height)?)) })
}

/// Makes an image with these pixels: row by row from the top left, three bytes each, `length`
/// bytes in all, which must be width * height * 3.
///
/// LENT: `data` stays yours. It is copied, and not needed after the call.
/// OWNED: `*out` is yours; give it back with ink_image_free().
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ink_image_from_pixels(
    width: u32,
    height: u32,
    data: *const u8,
    length: usize,
    out: *mut *mut Image,
) -> Status {
    guard(|| {
        let make = || {
            let data = not_null(data, "data")?;
            // Before a slice is made of it: a slice of a wild length is undefined behaviour even
            // if nobody looks inside.
            check_length(width, height, length)?;
            // SAFETY: not NULL; the caller vouches for `length` bytes, unchanged until we return.
            let bytes = unsafe { std::slice::from_raw_parts(data.as_ptr(), length) };
            Ok(Image::from_bytes(width, height, bytes)?)
        };
        // SAFETY: the caller vouches for `out`.
        unsafe { give_image(out, make) }
    })
}

/// Frees an image, and with it whatever was borrowed from it: its title, its pixels. NULL is
/// fine, and does nothing. Freeing an image twice is not: the second time it is not yours.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ink_image_free(image: *mut Image) {
    guard_value((), || {
        if !image.is_null() {
            // Ownership comes back into a `Box`, and the `Box` frees it.
            // SAFETY: the caller vouches that it came from us and was not freed before.
            drop(unsafe { Box::from_raw(image) });
        }
        Ok(())
    })
}

/// How many pixels a row has: at least 1. For NULL it is 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ink_image_width(image: *const Image) -> u32 {
    // SAFETY: the caller vouches for `image`.
    guard_value(0, || Ok(unsafe { image_ref(image)? }.width()))
}

/// How many rows there are: at least 1. For NULL it is 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ink_image_height(image: *const Image) -> u32 {
    // SAFETY: the caller vouches for `image`.
    guard_value(0, || Ok(unsafe { image_ref(image)? }.height()))
}

/// Copies the pixel in column `x` of row `y` to `*out`. Both count from 0 at the top left.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ink_image_get_pixel(
    image: *const Image,
    x: u32,
    y: u32,
    out: *mut Pixel,
) -> Status {
    guard(|| {
        let out = not_null(out, "out")?;
        // SAFETY: the caller vouches for `image`.
        let pixel = unsafe { image_ref(image)? }.pixel(x, y)?;
        // SAFETY: not NULL; the caller vouches that it is a place for a pixel.
        unsafe { out.write(pixel) };
        Ok(())
    })
}

/// Replaces the pixel in column `x` of row `y`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ink_image_set_pixel(
    image: *mut Image,
    x: u32,
    y: u32,
    pixel: Pixel,
) -> Status {
    // SAFETY: the caller vouches for `image`.
    guard(|| Ok(unsafe { image_mut(image)? }.set_pixel(x, y, pixel)?))
}

/// Shows the pixels without copying them: `*out_length` bytes from `*out_data` on, row by row
/// from the top left, three bytes a pixel, no gaps.
///
/// BORROWED: the memory is the image's. The address holds until the image is freed, and what
/// changes the image changes what you see there. Do not write to it, and do not free it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ink_image_pixels(
    image: *const Image,
    out_data: *mut *const u8,
    out_length: *mut usize,
) -> Status {
    guard(|| {
        let out_data = not_null(out_data, "out_data")?;
        // SAFETY: not NULL; the caller vouches that it is a place for a pointer.
        unsafe { out_data.write(ptr::null()) };
        let out_length = not_null(out_length, "out_length")?;
        // SAFETY: the caller vouches for `image`.
        let image = unsafe { image_ref(image)? };
        // SAFETY: neither is NULL; the caller vouches for both places.
        unsafe {
            out_data.write(image.bytes_ptr());
            out_length.write(image.bytes().len());
        }
        Ok(())
    })
}
