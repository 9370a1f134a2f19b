//! wrong: keeps its table locked until the feed has answered, and the feed ends the old one before that
//! caught-by: is_dropped_when_replaced
//! says: stands still

mod feed;
mod guests;

use std::collections::BTreeMap;
use std::ffi::c_void;
use std::sync::{Arc, Mutex};

type Closure = Arc<Mutex<dyn FnMut(i64) -> i64 + Send>>;

static CLOSURES: Mutex<BTreeMap<usize, Closure>> = Mutex::new(BTreeMap::new());

pub fn subscribe<F>(channel: u32, closure: F) -> Result<(), i32>
where
    F: FnMut(i64) -> i64 + Send + 'static,
{
    let mut closures = CLOSURES.lock().unwrap();
    let number = closures.keys().last().map_or(0, |last| last + 1);
    closures.insert(number, Arc::new(Mutex::new(closure)));
    let user_data = number as *mut c_void;
    // SAFETY: the user data is a number, and no address.
    let code = unsafe { feed::feed_subscribe(channel, notify, user_data, Some(destroy)) };
    if code == feed::code::OK {
        return Ok(());
    }
    closures.remove(&number);
    Err(code)
}

unsafe extern "C" fn notify(user_data: *mut c_void, n: i64) -> i64 {
    let closure = CLOSURES.lock().unwrap()[&(user_data as usize)].clone();
    let mut closure = closure.lock().unwrap();
    closure(n)
}

unsafe extern "C" fn destroy(user_data: *mut c_void) {
    let closure = CLOSURES.lock().unwrap().remove(&(user_data as usize));
    drop(closure);
}
