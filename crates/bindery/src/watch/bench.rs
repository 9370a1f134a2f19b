//! Where exercises are checked, on a thread of its own, so that keys are heard meanwhile. One
//! piece of work at a time: what begins ends what was there.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use builder::Running;
use course::Exercise;

use crate::judging::{Asking, Standby, judge_with};
use crate::trouble::Trouble;
use crate::watch::post::{News, Post};

/// The work that is done at the moment, if any is.
pub struct Bench {
    root: PathBuf,
    asking: Asking,
    post: Post,
    count: u64,
    work: Option<Work>,
    /// What is ready for the next save.
    standby: Arc<Mutex<Standby>>,
}

struct Work {
    running: Arc<Running>,
    thread: JoinHandle<()>,
}

impl Bench {
    pub fn new(root: PathBuf, asking: Asking, post: Post) -> Bench {
        Bench {
            root,
            asking,
            post,
            count: 0,
            work: None,
            standby: Arc::default(),
        }
    }

    /// Checks these exercises, one after another. What was under way is ended first.
    pub fn begin(&mut self, exercises: Vec<Exercise>) {
        let before = self.work.take().inspect(|work| work.running.end());
        self.count += 1;
        let (number, post, asking) = (self.count, self.post.clone(), self.asking);
        let (root, running) = (self.root.clone(), Arc::new(Running::apart()));
        let (mine, standby) = (running.clone(), self.standby.clone());
        let thread = std::thread::spawn(move || {
            // Two builds at once would wait for each other's locks.
            if let Some(before) = before {
                let _ = before.thread.join();
            }
            let mut standby = standby.lock().unwrap_or_else(PoisonError::into_inner);
            for exercise in &exercises {
                if mine.has_ended() {
                    return;
                }
                let mut doing = |text: &str| post.send(News::Doing(number, text.to_owned()));
                let judged = catch_unwind(AssertUnwindSafe(|| {
                    judge_with(&root, exercise, asking, &mine, &mut standby, &mut doing)
                }));
                let judged = judged.unwrap_or_else(|panic| Err(stumbled(exercise, &*panic)));
                post.send(News::Judged(number, exercise.slug.clone(), judged));
            }
            post.send(News::Over(number));
            if let ([exercise], false) = (exercises.as_slice(), mine.has_ended()) {
                standby.prepare(&root, exercise);
            }
        });
        self.work = Some(Work { running, thread });
    }

    /// Whether news of this number is of the present work.
    pub fn is_at(&self, number: u64) -> bool {
        self.work.is_some() && number == self.count
    }

    /// The work has said that it is over.
    pub fn is_over(&mut self) {
        if let Some(work) = self.work.take() {
            let _ = work.thread.join();
        }
    }

    pub fn is_busy(&self) -> bool {
        self.work.is_some()
    }

    /// Ends what is under way, with every process it has started.
    pub fn end(&mut self) {
        if let Some(work) = &self.work {
            work.running.end();
        }
        self.is_over();
    }
}

impl Drop for Bench {
    fn drop(&mut self) {
        self.end();
    }
}

/// A fault of ours is told as one; the screen goes on.
fn stumbled(exercise: &Exercise, panic: &(dyn Any + Send)) -> Trouble {
    let words = panic.downcast_ref::<String>().map(String::as_str);
    let words = words.or_else(|| panic.downcast_ref::<&str>().copied());
    Trouble::new(
        format!(
            "the judge of `{}` has a fault of its own: {}",
            exercise.slug,
            words.unwrap_or("no more is known")
        ),
        format!("run `cargo test -p {}`, and report it", exercise.slug),
    )
}
