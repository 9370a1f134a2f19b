//! A Rust closure where C wants a function and a pointer. Who calls the closure, and what becomes
//! of its panic, is decided in [`Image::map`](crate::Image::map).

use std::any::Any;
use std::ffi::{c_int, c_void};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::functions::Pixel;

/// What `user_data` points to: the closure, and the panic that may have come out of it.
pub struct Call<F> {
    /// The closure.
    pub change: F,
    /// What came out of it, if it panicked.
    pub panic: Option<Box<dyn Any + Send>>,
}

/// What the library calls: a plain function, which finds its closure through `user_data`.
///
/// # Safety
/// Called by `ink_image_map` during [`Image::map`], with the `Call` given there.
pub unsafe extern "C" fn on_pixel<F>(
    x: u32,
    y: u32,
    pixel: *mut Pixel,
    user_data: *mut c_void,
) -> c_int
where
    F: FnMut(u32, u32, &mut Pixel) -> ControlFlow<()>,
{
    // SAFETY: the `Call` on the stack of `map`, which is waiting and touches it no more.
    let call = unsafe { &mut *user_data.cast::<Call<F>>() };
    // SAFETY: the library's copy of one pixel, ours until this function returns.
    let pixel = unsafe { &mut *pixel };
    // `AssertUnwindSafe`: what the closure left half done is seen by whoever catches the panic
    // in the end, as with any panic.
    match catch_unwind(AssertUnwindSafe(|| (call.change)(x, y, pixel))) {
        Ok(ControlFlow::Continue(())) => 0,
        Ok(ControlFlow::Break(())) => 1,
        Err(panic) => {
            call.panic = Some(panic);
            1
        }
    }
}
