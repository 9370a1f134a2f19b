//! Rust closures for a library that calls back the way C does.

mod feed;
mod guests;

/// Puts a closure on a channel of the feed. It is called for everything that is published
/// there, and dropped, once, when the feed lets go of it.
///
/// If the feed refuses, the error is the feed's own code, and the closure is dropped
/// before this function returns.
pub fn subscribe<F>(channel: u32, closure: F) -> Result<(), i32>
where
    F: FnMut(i64) -> i64 + Send + 'static,
{
    // TODO: `feed::feed_subscribe` wants the address of a function, the address of
    // something to hand to it, and the address of a function that ends that something.
    let _ = (channel, closure);
    Ok(())
}
