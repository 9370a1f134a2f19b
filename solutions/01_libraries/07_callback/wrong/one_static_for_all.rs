//! wrong: a static instead of user data: the last one to subscribe is everybody
//! caught-by: shares_with_nobody
//! says: is not what its state should give

mod feed;
mod guests;

use std::ffi::c_void;
use std::sync::Mutex;

static CLOSURE: Mutex<Option<Box<dyn FnMut(i64) -> i64 + Send>>> = Mutex::new(None);

pub fn subscribe<F>(channel: u32, closure: F) -> Result<(), i32>
where
    F: FnMut(i64) -> i64 + Send + 'static,
{
    let nothing = std::ptr::null_mut();
    let code = unsafe { feed::feed_subscribe(channel, notify, nothing, Some(destroy)) };
    if code != feed::code::OK {
        return Err(code);
    }
    *CLOSURE.lock().unwrap() = Some(Box::new(closure));
    Ok(())
}

unsafe extern "C" fn notify(_: *mut c_void, n: i64) -> i64 {
    CLOSURE
        .lock()
        .unwrap()
        .as_mut()
        .map_or(0, |closure| closure(n))
}

unsafe extern "C" fn destroy(_: *mut c_void) {
    *CLOSURE.lock().unwrap() = None;
}
