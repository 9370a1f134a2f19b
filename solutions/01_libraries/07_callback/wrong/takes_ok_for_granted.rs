//! wrong: does not look at the code at all
//! caught-by: is_dropped_when_refused
//! says: says that it went well, and the feed had refused

mod feed;
mod guests;

use std::ffi::c_void;

pub fn subscribe<F>(channel: u32, closure: F) -> Result<(), i32>
where
    F: FnMut(i64) -> i64 + Send + 'static,
{
    let user_data = Box::into_raw(Box::new(closure));
    unsafe { feed::feed_subscribe(channel, notify::<F>, user_data.cast(), Some(destroy::<F>)) };
    Ok(())
}

unsafe extern "C" fn notify<F: FnMut(i64) -> i64>(user_data: *mut c_void, n: i64) -> i64 {
    (unsafe { &mut *user_data.cast::<F>() })(n)
}

unsafe extern "C" fn destroy<F>(user_data: *mut c_void) {
    drop(unsafe { Box::from_raw(user_data.cast::<F>()) });
}
