//! Work on all pixels: a callback for each, and a long computation that calls nothing back.

use std::ffi::{c_int, c_void};
use std::ops::ControlFlow;
use std::sync::Arc;

use super::{Failure, Status, guard, guard_value, image_mut, image_ref};
use crate::Image;

/// Called for a pixel: it may change `*pixel`, which is a copy that lives as long as the call.
/// Returns 0 to go on; anything else stops the work. `user_data` is what was given to
/// ink_image_map(), untouched.
///
/// It must return: no longjmp() and no C++ exception may leave it.
// An `int`, not an enum: a Rust enum with a number it does not have is undefined behaviour, and
// what foreign code returns can be any number.
// "C-unwind", not "C": a panic in a callback written in Rust then reaches our guard, instead of
// ending the process at the callback's own edge.
pub type InkMapCallback = Option<
    unsafe extern "C-unwind" fn(
        x: u32,
        y: u32,
        pixel: *mut crate::Pixel,
        user_data: *mut c_void,
    ) -> c_int,
>;

/// Called when a long computation has been entered, on the thread that computes. `data` is what
/// was given to ink_set_work_hook(), untouched. It must return, as a callback must.
pub type InkWorkHook = Option<unsafe extern "C-unwind" fn(data: *mut c_void)>;

/// Calls `callback` for each pixel, row by row from the top left, on this thread and before it
/// returns. All or nothing: if the callback asks to stop, the status is INK_STATUS_STOPPED and
/// the image is as it was.
///
/// The callback may read this image, and sees it as it was before. It must not free it.
///
/// LENT: `user_data` is yours; the library does not look at it and does not keep it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ink_image_map(
    image: *mut Image,
    callback: InkMapCallback,
    user_data: *mut c_void,
) -> Status {
    guard(|| {
        let callback = callback.ok_or(Failure::Null("callback"))?;
        // Two short borrows, and none while foreign code runs: it may look at this image, and a
        // `&mut Image` held meanwhile would be a promise to the compiler that nobody does.
        // SAFETY: the caller vouches for `image`.
        let mut draft = unsafe { image_ref(image)? }.draft()?;
        draft.map(|x, y, pixel| {
            // SAFETY: the caller vouches that it is such a function and takes this `user_data`.
            match unsafe { callback(x, y, pixel, user_data) } {
                0 => ControlFlow::Continue(()),
                code => ControlFlow::Break(code),
            }
        })?;
        // SAFETY: as above; the callback has returned for the last time.
        unsafe { image_mut(image)? }.take(&draft);
        Ok(())
    })
}

/// Blurs: each pixel becomes the mean of the square that reaches `radius` pixels from it in each
/// direction, cut off at the edges of the image. A radius of 0 changes nothing.
///
/// The long computation. It needs nothing of its caller until it returns, and calls nothing but
/// the work hook, so a host with a global lock may release it meanwhile. Then it is the host that
/// must keep its other threads away from this image.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ink_image_blur(image: *mut Image, radius: u32) -> Status {
    // SAFETY: the caller vouches for `image`, and that nobody else uses it until we return.
    guard(|| Ok(unsafe { image_mut(image)? }.blur(radius)?))
}

/// Sets the progress hook of the whole process: `hook` is called with `data` each time a long
/// computation has been entered. NULL clears it. Any thread may set it at any time.
///
/// LENT: `data` is yours. It must stay good until the hook has been replaced or cleared and no
/// computation is running any more, and must bear being used from any thread.
///
/// The hook may wait, and may set another hook. It must not touch the image being worked on.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ink_set_work_hook(hook: InkWorkHook, data: *mut c_void) {
    guard_value((), || {
        let hook = hook.map(|function| {
            let hook = Hook { function, data };
            Arc::new(move || hook.call()) as crate::WorkHook
        });
        crate::set_work_hook(hook);
        Ok(())
    })
}

/// A C function with its data. Rust will not send a bare pointer to another thread.
struct Hook {
    function: unsafe extern "C-unwind" fn(*mut c_void),
    data: *mut c_void,
}

// SAFETY: who set the hook vouches that `data` may be used from any thread.
unsafe impl Send for Hook {}
// SAFETY: as above, also from several at once.
unsafe impl Sync for Hook {}

impl Hook {
    fn call(&self) {
        // SAFETY: who set the hook vouches for the function, and for `data` as long as it is set.
        unsafe { (self.function)(self.data) }
    }
}
