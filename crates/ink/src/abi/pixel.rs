//! Scalars and a small struct, by value and by pointer.

use super::{Status, guard, guard_value, not_null};
use crate::Pixel;

/// How bright a pixel looks, 0 to 255. The pixel is passed by value: a copy, nobody owns it.
#[unsafe(no_mangle)]
pub extern "C" fn ink_pixel_luma(pixel: Pixel) -> u8 {
    guard_value(0, || Ok(pixel.luma()))
}

/// The same for a pixel in the caller's memory, which is read during the call and not kept.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ink_pixel_luma_at(pixel: *const Pixel, out: *mut u8) -> Status {
    guard(|| {
        let pixel = not_null(pixel, "pixel")?;
        let out = not_null(out, "out")?;
        // SAFETY: neither is NULL; the caller vouches that they point to a pixel and to a byte.
        unsafe { out.write(pixel.read().luma()) };
        Ok(())
    })
}
