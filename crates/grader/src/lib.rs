//! Grades a class: fair marks, safe from forgery and loss.
//!
//! What students handed in is taken in (`intake`), each distinct answer is judged once, in a
//! jail (`engine`), the judgements become marks by the instructor's rules (`marks`), and the
//! marks are written down in every form that somebody needs (`outputs`). The types that pass
//! between these are in [`model`], and none of them knows another but through those.
//!
//! Nothing here prints: the command does.

mod answer;
mod engine;
mod error;
mod files;
pub mod intake;
mod jail;
mod judge;
mod lock;
pub mod marks;
pub mod model;
pub mod outputs;
mod patience;
mod records;
mod roll;
pub mod roster;
mod scratch;
pub mod similar;
mod steady;
pub mod text;
pub mod workshop;

pub use answer::Answer;
pub use engine::{Engine, Event, Tally, Work, key};
pub use error::GraderError;
pub use files::write_if_new;
pub use jail::Jail;
pub use judge::Court;
pub use lock::Lock;
pub use records::Records;
pub use roll::{HandedIn, Roll, asked, read_answer};
pub use scratch::Scratch;
pub use workshop::{Prepared, Workshop};
