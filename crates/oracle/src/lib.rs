//! The judge.
//!
//! A check is a conversation with a process, the *subject*, that has loaded
//! what the learner built. The judge sends calls down a pipe and judges the
//! replies. What it expects never enters the subject, nothing the subject
//! prints counts, and whatever happens there (a crash, a deadlock, an `exit`)
//! is a verdict with a name and not the end of the run.
//!
//! ```no_run
//! use oracle::prelude::*;
//!
//! fn adds(judge: &mut Judge) -> Verdict {
//!     let (a, b) = (judge.random.within(0..100), judge.random.within(0..100));
//!     judge.module()?.call("answer.add", &args![a, b])?.returns(a + b)
//! }
//! ```
//!
//! `subject` speaks, `answer` asks about a reply, `gate`, `probes` and `faults`
//! measure what a value does not show, `watch` decides when waiting is over,
//! and `harness` is the program around it all. What is expected of an exercise
//! is written in its own `tests/checks.rs`; this crate knows no exercise.

#[cfg(not(unix))]
compile_error!("checks need a Unix: on Windows, work inside WSL");

mod answer;
mod deaths;
mod exercise;
mod faults;
mod gate;
mod harness;
mod probes;
mod process;
mod random;
mod stacks;
mod stock;
mod subject;
mod through;
mod tools;
mod tripwires;
mod verdict;
mod warm;
mod watch;

pub use answer::{Answer, Raised};
pub use exercise::{Bench, Judge};
pub use faults::HEADER as FAULTS_HEADER;
pub use gate::Gated;
pub use harness::{Check, Checks, REPORT};
pub use probes::{Memory, References};
pub use process::MAX_OUTPUT;
pub use random::Random;
pub use subject::Subject;
pub use tools::Tools;
pub use verdict::{Failure, Kind, Verdict};
pub use watch::Patience;
pub use wire::{Exception, Int, Place, Value};

/// Arguments for a call: `args![1, "two", 3.0]`.
#[macro_export]
macro_rules! args {
    ($($value:expr),* $(,)?) => { [$($crate::Value::from($value)),*] };
}

/// What a check program needs.
pub mod prelude {
    pub use crate::{Failure, Judge, Kind, Subject, Value, Verdict, args};
    pub use std::process::ExitCode;
}
