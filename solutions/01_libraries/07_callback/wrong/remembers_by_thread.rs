//! wrong: a table of closures for each thread: another thread finds nobody
//! caught-by: called_from_another_thread
//! says: returned the wrong value

mod feed;
mod guests;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ffi::c_void;
use std::rc::Rc;
use std::sync::atomic::{AtomicUsize, Ordering};

type Closure = Rc<RefCell<dyn FnMut(i64) -> i64>>;

static NEXT: AtomicUsize = AtomicUsize::new(1);

thread_local! {
    static CLOSURES: RefCell<BTreeMap<usize, Closure>> = RefCell::default();
}

pub fn subscribe<F>(channel: u32, closure: F) -> Result<(), i32>
where
    F: FnMut(i64) -> i64 + Send + 'static,
{
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let closure: Closure = Rc::new(RefCell::new(closure));
    CLOSURES.with_borrow_mut(|closures| closures.insert(number, closure));
    let user_data = number as *mut c_void;
    let code = unsafe { feed::feed_subscribe(channel, notify, user_data, Some(destroy)) };
    if code == feed::code::OK {
        return Ok(());
    }
    unsafe { destroy(user_data) };
    Err(code)
}

unsafe extern "C" fn notify(user_data: *mut c_void, n: i64) -> i64 {
    let number = user_data as usize;
    let closure = CLOSURES.with_borrow(|closures| closures.get(&number).cloned());
    closure.map_or(0, |closure| (closure.borrow_mut())(n))
}

unsafe extern "C" fn destroy(user_data: *mut c_void) {
    CLOSURES.with_borrow_mut(|closures| closures.remove(&(user_data as usize)));
}
