//! wrong: drops the old closure itself when another takes the channel, and so does the feed
//! caught-by: is_dropped_when_replaced
//! says: ended the process

mod feed;
mod guests;

use std::ffi::c_void;
use std::sync::Mutex;

/// What is to be freed when another takes the channel, and how.
type Old = (usize, unsafe extern "C" fn(*mut c_void));

static OLD: [Mutex<Option<Old>>; 8] = [const { Mutex::new(None) }; 8];

pub fn subscribe<F>(channel: u32, closure: F) -> Result<(), i32>
where
    F: FnMut(i64) -> i64 + Send + 'static,
{
    let user_data = Box::into_raw(Box::new(closure)).cast();
    let code = unsafe { feed::feed_subscribe(channel, notify::<F>, user_data, Some(destroy::<F>)) };
    if code != feed::code::OK {
        unsafe { destroy::<F>(user_data) };
        return Err(code);
    }
    let new = (
        user_data as usize,
        destroy::<F> as unsafe extern "C" fn(*mut c_void),
    );
    if let Some((old, destroy)) = OLD[channel as usize].lock().unwrap().replace(new) {
        unsafe { destroy(old as *mut c_void) };
    }
    Ok(())
}

unsafe extern "C" fn notify<F: FnMut(i64) -> i64>(user_data: *mut c_void, n: i64) -> i64 {
    (unsafe { &mut *user_data.cast::<F>() })(n)
}

unsafe extern "C" fn destroy<F>(user_data: *mut c_void) {
    drop(unsafe { Box::from_raw(user_data.cast::<F>()) });
}
