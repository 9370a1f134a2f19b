//! A library with a C interface that calls back. Supplied; nothing to edit here.
//!
//! It is written in Rust so that you need no C compiler, and it knows nothing that C
//! does not: it is given two addresses of functions and one of something, and cannot
//! tell what that something is.

use std::ffi::c_void;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What a subscriber is called with: its own user data, and what was published.
pub type Notify = unsafe extern "C" fn(user_data: *mut c_void, n: i64) -> i64;

/// What is called, once, when the feed has let go of the user data.
pub type Destroy = unsafe extern "C" fn(user_data: *mut c_void);

/// What the functions return.
pub mod code {
    /// It was done.
    pub const OK: i32 = 0;
    /// There is no channel of this number.
    pub const NO_CHANNEL: i32 = 1;
    /// The feed was shut down, and stays so.
    pub const CLOSED: i32 = 2;
    /// Nobody has subscribed to the channel.
    pub const NOBODY: i32 = 3;
    /// The subscriber is being called, and is not called a second time meanwhile.
    pub const BUSY: i32 = 4;
}

const CHANNELS: usize = 8;

struct Subscriber {
    notify: Notify,
    user_data: *mut c_void,
    destroy: Option<Destroy>,
    running: AtomicBool,
}

// SAFETY: whoever subscribed vouches that the user data may go to any thread, and
// `running` sees to it that it is on one of them at a time.
unsafe impl Send for Subscriber {}
// SAFETY: as above.
unsafe impl Sync for Subscriber {}

impl Drop for Subscriber {
    fn drop(&mut self) {
        if let Some(destroy) = self.destroy {
            // SAFETY: whoever subscribed gave the two for each other, and nobody has the
            // address any more who would call with it.
            unsafe { destroy(self.user_data) };
        }
    }
}

struct Feed {
    open: bool,
    channels: [Option<Arc<Subscriber>>; CHANNELS],
}

static FEED: Mutex<Feed> = Mutex::new(Feed {
    open: true,
    channels: [const { None }; CHANNELS],
});

fn feed() -> MutexGuard<'static, Feed> {
    FEED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Puts a subscriber on a channel, in the place of the one that was there. The feed owns
/// `user_data` from then on: it hands it to `notify` on whatever thread publishes, never
/// twice at a time, and to `destroy` when it lets go.
///
/// A code other than `OK` means that nothing was kept: neither function will be called,
/// and `user_data` is still the caller's.
///
/// # Safety
///
/// `notify` and `destroy` do with `user_data` what they may, on any thread.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn feed_subscribe(
    channel: u32,
    notify: Notify,
    user_data: *mut c_void,
    destroy: Option<Destroy>,
) -> i32 {
    let mut feed = feed();
    let open = feed.open;
    let Some(place) = feed.channels.get_mut(channel as usize) else {
        return code::NO_CHANNEL;
    };
    if !open {
        return code::CLOSED;
    }
    let old = place.replace(Arc::new(Subscriber {
        notify,
        user_data,
        destroy,
        running: AtomicBool::new(false),
    }));
    // A destructor may come back to the feed, so it is not called under the lock.
    release(feed, old);
    code::OK
}

/// Lets go of a channel's subscriber. If it is being called, that call ends first.
#[unsafe(no_mangle)]
pub extern "C" fn feed_unsubscribe(channel: u32) -> i32 {
    let mut feed = feed();
    let Some(place) = feed.channels.get_mut(channel as usize) else {
        return code::NO_CHANNEL;
    };
    let old = place.take();
    let code = if old.is_some() {
        code::OK
    } else {
        code::NOBODY
    };
    release(feed, old);
    code
}

/// Calls a channel's subscriber with `n` and writes what it returns to `*answer`.
///
/// # Safety
///
/// `answer` is a place for a number.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn feed_publish(channel: u32, n: i64, answer: *mut i64) -> i32 {
    let subscriber = match feed().channels.get(channel as usize) {
        None => return code::NO_CHANNEL,
        Some(None) => return code::NOBODY,
        Some(Some(subscriber)) => subscriber.clone(),
    };
    if subscriber.running.swap(true, Ordering::Acquire) {
        return code::BUSY;
    }
    // SAFETY: `destroy` was not called: this function has a share in the subscriber.
    let said = unsafe { (subscriber.notify)(subscriber.user_data, n) };
    subscriber.running.store(false, Ordering::Release);
    // SAFETY: the caller vouches for the place.
    unsafe { answer.write(said) };
    code::OK
}

/// Lets go of all subscribers and takes no more.
#[unsafe(no_mangle)]
pub extern "C" fn feed_shutdown() {
    let mut feed = feed();
    feed.open = false;
    let old = std::mem::replace(&mut feed.channels, [const { None }; CHANNELS]);
    release(feed, old);
}

/// First the lock, then what may run somebody's destructor.
fn release<T>(feed: MutexGuard<'_, Feed>, old: T) {
    drop(feed);
    drop(old);
}
