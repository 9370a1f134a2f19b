//! wrong: moves the closure into a place of a fixed size, which was enough for those it was tried with
//! caught-by: large_and_empty_closures
//! says: ended the process: abort

mod feed;
mod guests;

use std::ffi::c_void;
use std::mem::MaybeUninit;

type Room = MaybeUninit<[usize; 16]>;

pub fn subscribe<F>(channel: u32, closure: F) -> Result<(), i32>
where
    F: FnMut(i64) -> i64 + Send + 'static,
{
    assert!(
        size_of::<F>() <= size_of::<Room>(),
        "no room for this closure"
    );
    let room = Box::into_raw(Box::new(Room::uninit()));
    unsafe { room.cast::<F>().write(closure) };
    let code =
        unsafe { feed::feed_subscribe(channel, notify::<F>, room.cast(), Some(destroy::<F>)) };
    if code == feed::code::OK {
        return Ok(());
    }
    unsafe { destroy::<F>(room.cast()) };
    Err(code)
}

unsafe extern "C" fn notify<F: FnMut(i64) -> i64>(user_data: *mut c_void, n: i64) -> i64 {
    (unsafe { &mut *user_data.cast::<F>() })(n)
}

unsafe extern "C" fn destroy<F>(user_data: *mut c_void) {
    unsafe { user_data.cast::<F>().drop_in_place() };
    drop(unsafe { Box::from_raw(user_data.cast::<Room>()) });
}
