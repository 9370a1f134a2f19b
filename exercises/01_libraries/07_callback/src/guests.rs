//! Closures that want to subscribe, and how often each was dropped: for the judge.
//! Supplied; nothing to edit here.
//!
//! Every closure owns a token. A token is counted when it is dropped, so the count says
//! how often its closure was.

use std::hint::black_box;
use std::sync::atomic::{AtomicI64, Ordering};

use crate::feed::{code, feed_publish};
use crate::subscribe;

const TOKENS: usize = 64;

static DROPPED: [AtomicI64; TOKENS] = [const { AtomicI64::new(0) }; TOKENS];

struct Token(usize);

impl Drop for Token {
    fn drop(&mut self) {
        // Dropped a second time it may hold anything.
        if let Some(count) = DROPPED.get(self.0) {
            count.fetch_add(1, Ordering::SeqCst);
        }
    }
}

fn code_of(result: Result<(), i32>) -> i32 {
    result.err().unwrap_or(code::OK)
}

/// How often the closure with this token was dropped.
#[unsafe(no_mangle)]
pub extern "C" fn guest_dropped(token: usize) -> i64 {
    DROPPED[token].load(Ordering::SeqCst)
}

/// Subscribes a closure that adds up what it hears, beginning with `start`.
#[unsafe(no_mangle)]
pub extern "C" fn guest_adds(channel: u32, token: usize, start: i64) -> i32 {
    let token = Token(token);
    let mut sum = start;
    code_of(subscribe(channel, move |n| {
        black_box(&token);
        sum += n;
        sum
    }))
}

/// Subscribes a closure that knows the last hundred things it heard, and says what came
/// a hundred calls ago.
#[unsafe(no_mangle)]
pub extern "C" fn guest_remembers(channel: u32, token: usize) -> i32 {
    let token = Token(token);
    let mut heard = [0_i64; 100];
    let mut calls = 0;
    code_of(subscribe(channel, move |n| {
        black_box(&token);
        let place = calls % heard.len();
        calls += 1;
        std::mem::replace(&mut heard[place], n)
    }))
}

/// Subscribes a closure that has nothing to remember and takes no room.
#[unsafe(no_mangle)]
pub extern "C" fn guest_negates(channel: u32) -> i32 {
    code_of(subscribe(channel, |n: i64| -n))
}

/// Subscribes a closure that is called once: it tries to call itself meanwhile, then hands
/// the channel over to one that adds up. It says how often it was dropped by then, 100
/// more if it could call itself, and 1000 more if nobody could take its place.
#[unsafe(no_mangle)]
pub extern "C" fn guest_hands_over(channel: u32, token: usize, successor: usize) -> i32 {
    let number = token;
    let token = Token(token);
    code_of(subscribe(channel, move |n| {
        let mut answer = 0;
        // SAFETY: `answer` is a place for a number.
        let called_itself = unsafe { feed_publish(channel, n, &raw mut answer) } == code::OK;
        let alone = guest_adds(channel, successor, n) != code::OK;
        black_box(&token);
        guest_dropped(number) + 100 * i64::from(called_itself) + 1000 * i64::from(alone)
    }))
}
