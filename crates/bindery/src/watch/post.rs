//! What other threads tell the one that shows things.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};

use crate::judging::Judged;
use crate::terminal::Waker;
use crate::trouble::Trouble;

/// A piece of news. The number says of which work it is: what has been ended may still talk.
pub enum News {
    /// What the work is at.
    Doing(u64, String),
    /// What an exercise, by its slug, came to.
    Judged(u64, String, Result<Judged, Trouble>),
    /// The work is over.
    Over(u64),
    /// Something was written here.
    Touched(PathBuf),
    /// The book is served, at this address, or is not.
    Book(Result<String, Trouble>),
}

/// Sends news, and wakes the one who waits for it.
#[derive(Clone)]
pub struct Post {
    sender: Sender<News>,
    waker: Waker,
}

impl Post {
    /// Both ends.
    pub fn new(waker: Waker) -> (Post, Receiver<News>) {
        let (sender, receiver) = channel();
        (Post { sender, waker }, receiver)
    }

    /// Where nobody listens any more, the news is lost, as it should be.
    pub fn send(&self, news: News) {
        if self.sender.send(news).is_ok() {
            self.waker.wake();
        }
    }
}
