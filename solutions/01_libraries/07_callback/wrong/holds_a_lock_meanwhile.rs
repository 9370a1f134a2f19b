//! wrong: a table of closures, locked while one of them runs: it cannot come back to the feed
//! caught-by: hands_its_channel_over
//! says: stands still

mod feed;
mod guests;

use std::collections::BTreeMap;
use std::ffi::c_void;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

type Closure = Box<dyn FnMut(i64) -> i64 + Send>;

static NEXT: AtomicUsize = AtomicUsize::new(1);
static CLOSURES: Mutex<BTreeMap<usize, Closure>> = Mutex::new(BTreeMap::new());

pub fn subscribe<F>(channel: u32, closure: F) -> Result<(), i32>
where
    F: FnMut(i64) -> i64 + Send + 'static,
{
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    CLOSURES.lock().unwrap().insert(number, Box::new(closure));
    let user_data = number as *mut c_void;
    let code = unsafe { feed::feed_subscribe(channel, notify, user_data, Some(destroy)) };
    if code == feed::code::OK {
        return Ok(());
    }
    unsafe { destroy(user_data) };
    Err(code)
}

unsafe extern "C" fn notify(user_data: *mut c_void, n: i64) -> i64 {
    let mut closures = CLOSURES.lock().unwrap();
    closures
        .get_mut(&(user_data as usize))
        .map_or(0, |closure| closure(n))
}

unsafe extern "C" fn destroy(user_data: *mut c_void) {
    CLOSURES.lock().unwrap().remove(&(user_data as usize));
}
