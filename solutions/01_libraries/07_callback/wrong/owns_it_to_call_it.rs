//! wrong: makes a `Box` of the address to call the closure, and drops it after the first call
//! caught-by: is_dropped_when_unsubscribed
//! says: was dropped before anybody let go of it

mod feed;
mod guests;

use std::ffi::c_void;

pub fn subscribe<F>(channel: u32, closure: F) -> Result<(), i32>
where
    F: FnMut(i64) -> i64 + Send + 'static,
{
    let user_data = Box::into_raw(Box::new(closure));
    let code =
        unsafe { feed::feed_subscribe(channel, notify::<F>, user_data.cast(), Some(destroy::<F>)) };
    if code == feed::code::OK {
        return Ok(());
    }
    drop(unsafe { Box::from_raw(user_data) });
    Err(code)
}

unsafe extern "C" fn notify<F: FnMut(i64) -> i64>(user_data: *mut c_void, n: i64) -> i64 {
    let mut closure = unsafe { Box::from_raw(user_data.cast::<F>()) };
    closure(n)
}

unsafe extern "C" fn destroy<F>(user_data: *mut c_void) {
    drop(unsafe { Box::from_raw(user_data.cast::<F>()) });
}
