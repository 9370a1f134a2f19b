//! wrong: gives the feed no destructor, since it may be left out: the closure lives for ever
//! caught-by: is_dropped_when_unsubscribed
//! says: was not dropped when it was unsubscribed
//! caught-by: is_dropped_at_shutdown
//! says: was not dropped when the feed was shut down

mod feed;
mod guests;

use std::ffi::c_void;

pub fn subscribe<F>(channel: u32, closure: F) -> Result<(), i32>
where
    F: FnMut(i64) -> i64 + Send + 'static,
{
    let user_data = Box::into_raw(Box::new(closure));
    let code = unsafe { feed::feed_subscribe(channel, notify::<F>, user_data.cast(), None) };
    if code == feed::code::OK {
        return Ok(());
    }
    drop(unsafe { Box::from_raw(user_data) });
    Err(code)
}

unsafe extern "C" fn notify<F: FnMut(i64) -> i64>(user_data: *mut c_void, n: i64) -> i64 {
    (unsafe { &mut *user_data.cast::<F>() })(n)
}
