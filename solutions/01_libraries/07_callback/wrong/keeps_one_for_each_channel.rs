//! wrong: finds the closure by its channel: the end of the old one ends the new one
//! caught-by: is_dropped_when_replaced
//! says: was dropped before anybody let go of it

mod feed;
mod guests;

use std::ffi::c_void;
use std::sync::Mutex;

type Closure = Box<dyn FnMut(i64) -> i64 + Send>;

static CLOSURES: [Mutex<Option<Closure>>; 8] = [const { Mutex::new(None) }; 8];

pub fn subscribe<F>(channel: u32, closure: F) -> Result<(), i32>
where
    F: FnMut(i64) -> i64 + Send + 'static,
{
    // It has to be there when the feed first calls.
    if let Some(place) = CLOSURES.get(channel as usize) {
        *place.lock().unwrap() = Some(Box::new(closure));
    }
    let user_data = channel as usize as *mut c_void;
    let code = unsafe { feed::feed_subscribe(channel, notify, user_data, Some(destroy)) };
    if code == feed::code::OK {
        return Ok(());
    }
    if channel < 8 {
        unsafe { destroy(user_data) };
    }
    Err(code)
}

unsafe extern "C" fn notify(user_data: *mut c_void, n: i64) -> i64 {
    let mut place = CLOSURES[user_data as usize].lock().unwrap();
    place.as_mut().map_or(0, |closure| closure(n))
}

unsafe extern "C" fn destroy(user_data: *mut c_void) {
    *CLOSURES[user_data as usize].lock().unwrap() = None;
}
