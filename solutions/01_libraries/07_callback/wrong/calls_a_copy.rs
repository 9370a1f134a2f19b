//! wrong: reads the closure out to call it: what it remembers, it remembers in a copy
//! caught-by: is_called_with_its_state
//! says: is not what its state should give

mod feed;
mod guests;

use std::ffi::c_void;
use std::mem::ManuallyDrop;

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
    let mut closure = ManuallyDrop::new(unsafe { user_data.cast::<F>().read() });
    closure(n)
}

unsafe extern "C" fn destroy<F>(user_data: *mut c_void) {
    drop(unsafe { Box::from_raw(user_data.cast::<F>()) });
}
