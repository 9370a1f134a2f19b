//! Rust closures for a library that calls back the way C does.

mod feed;
mod guests;

use std::ffi::c_void;

/// Puts a closure on a channel of the feed. It is called for everything that is published
/// there, and dropped, once, when the feed lets go of it.
///
/// If the feed refuses, the error is the feed's own code, and the closure is dropped
/// before this function returns.
///
/// The compiler writes a `notify` and a `destroy` for each type of closure, and these two
/// know what the address is the address of. The other way is one pair for all, with a
/// `Box<Box<dyn FnMut>>`: the outer box because the inner one is two words wide and user
/// data is one. That costs an allocation and a jump more, and is right where the pair has
/// to be known before the closure is, as in a table of functions in C.
///
/// A `static` table of closures, with their numbers as user data, would work too, with a
/// lock in every call, which must be let go again before the closure runs.
pub fn subscribe<F>(channel: u32, closure: F) -> Result<(), i32>
where
    F: FnMut(i64) -> i64 + Send + 'static,
{
    let user_data = Box::into_raw(Box::new(closure));
    // SAFETY: both functions are made for what `user_data` points to. It may go to any
    // thread, for `F` is `Send`, and stays until `destroy`, for `F` is `'static`.
    let code =
        unsafe { feed::feed_subscribe(channel, notify::<F>, user_data.cast(), Some(destroy::<F>)) };
    if code == feed::code::OK {
        return Ok(());
    }
    // SAFETY: the feed kept nothing, so this is the only one who has the address.
    drop(unsafe { Box::from_raw(user_data) });
    Err(code)
}

/// Calls the closure, and leaves it where it is: a borrow, not a `Box`.
unsafe extern "C" fn notify<F: FnMut(i64) -> i64>(user_data: *mut c_void, n: i64) -> i64 {
    // SAFETY: the feed hands out what it was given, and never to two calls at a time.
    let closure = unsafe { &mut *user_data.cast::<F>() };
    closure(n)
}

/// Takes the closure back, to drop it.
unsafe extern "C" fn destroy<F>(user_data: *mut c_void) {
    // SAFETY: it came from the `Box<F>` in `subscribe`, and the feed has let go of it.
    drop(unsafe { Box::from_raw(user_data.cast::<F>()) });
}
