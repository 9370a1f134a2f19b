//! wrong: a pointer to a `dyn FnMut` is two words wide; the cast drops the second and takes the state for both
//! caught-by: is_called_with_its_state
//! says: ended the process

mod feed;
mod guests;

use std::ffi::c_void;

type Closure = Box<dyn FnMut(i64) -> i64 + Send>;

pub fn subscribe<F>(channel: u32, closure: F) -> Result<(), i32>
where
    F: FnMut(i64) -> i64 + Send + 'static,
{
    let closure: Closure = Box::new(closure);
    let user_data = Box::into_raw(closure).cast::<c_void>();
    let code = unsafe { feed::feed_subscribe(channel, notify, user_data, Some(destroy)) };
    if code == feed::code::OK {
        return Ok(());
    }
    drop(unsafe { Box::from_raw(user_data.cast::<F>()) });
    Err(code)
}

unsafe extern "C" fn notify(user_data: *mut c_void, n: i64) -> i64 {
    (unsafe { &mut *user_data.cast::<Closure>() })(n)
}

unsafe extern "C" fn destroy(user_data: *mut c_void) {
    drop(unsafe { Box::from_raw(user_data.cast::<Closure>()) });
}
