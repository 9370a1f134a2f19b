//! What the judge and a subject say to each other, and how it is written down.
//!
//! A *frame* is a length and that many bytes of JSON. A *value* inside it is
//! always tagged, so that `True` is never `1`, a tuple never a list, and an
//! integer never loses a digit. Nothing here is executable: no pickle, no code
//! object, no reference to the other side's memory.
//!
//! Both sides are bounded. A frame has a largest size and a value a deepest
//! nesting, and what exceeds either is an error with a name.
//!
//! This crate knows nothing of Python, processes or verdicts. The Python side
//! of the same format is `oracle/src/subject.py`; a host program written in
//! Rust takes part through [`serve`].

mod frame;
mod json;
mod serve;
mod value;

pub use frame::{MAX_FRAME, read_frame, write_frame};
pub use json::{MAX_DEPTH, exception_from_json, exception_to_json, from_json, to_json};
pub use serve::{CHANNEL, Handler, serve, subject_channel};
pub use value::{Exception, Int, Place, Value};

/// What can go wrong on the wire.
#[derive(Debug, thiserror::Error)]
pub enum WireError {
    /// The other side closed its end.
    #[error("the channel was closed")]
    Closed,
    /// A frame announced more bytes than [`MAX_FRAME`].
    #[error("a message of {0} bytes is over the limit of {MAX_FRAME}")]
    TooLong(usize),
    /// The bytes are not the JSON of this format.
    #[error("a message is not in the wire format: {0}")]
    Malformed(String),
    /// A value is nested deeper than [`MAX_DEPTH`].
    #[error("a value is nested more than {MAX_DEPTH} deep")]
    TooDeep,
    /// The descriptor itself failed.
    #[error("the channel failed: {0}")]
    Io(#[from] std::io::Error),
}
