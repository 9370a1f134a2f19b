//! wrong: the address of a parameter, which ends with the function
//! caught-by: is_dropped_when_unsubscribed
//! says: was dropped before anybody let go of it

mod feed;
mod guests;

use std::ffi::c_void;

pub fn subscribe<F>(channel: u32, mut closure: F) -> Result<(), i32>
where
    F: FnMut(i64) -> i64 + Send + 'static,
{
    let user_data = (&raw mut closure).cast();
    match unsafe { feed::feed_subscribe(channel, notify::<F>, user_data, None) } {
        feed::code::OK => Ok(()),
        code => Err(code),
    }
}

unsafe extern "C" fn notify<F: FnMut(i64) -> i64>(user_data: *mut c_void, n: i64) -> i64 {
    (unsafe { &mut *user_data.cast::<F>() })(n)
}
