//! What a call says when it fails: a number for programs. The words for people are in
//! `last_error`.

use crate::Error;

/// How a call went. The numbers are part of the ABI and never change their meaning; a later
/// version may add some, so treat one you do not know as a failure.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It worked.
    Ok = 0,
    /// A pointer was NULL that must not be.
    NullArgument = 1,
    /// A text is not UTF-8, or has a NUL inside.
    InvalidText = 2,
    /// No image can have this size, or the buffer is not as long as the size says.
    BadSize = 3,
    /// There is no pixel at this place.
    OutOfBounds = 4,
    /// The caller's buffer is too small; how large it must be has been reported.
    BufferTooSmall = 5,
    /// The callback asked to stop.
    Stopped = 6,
    /// The operating system could not read or write the file.
    Io = 7,
    /// The file is not a PNG that can be understood.
    BadFile = 8,
    /// There was no memory for the pixels.
    OutOfMemory = 9,
    /// A bug in the library, caught before it reached you.
    Panic = 10,
}

/// Everything that makes a call fail: what the core reports, and what only a border can meet.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Failure {
    /// The parameter of this name was NULL.
    #[error("`{0}` is NULL")]
    Null(&'static str),

    /// The parameter of this name is not UTF-8.
    #[error("`{name}` is not UTF-8: byte {at} cannot stand where it stands")]
    NotUtf8 {
        /// The parameter.
        name: &'static str,
        /// The first byte that is wrong.
        at: usize,
    },

    /// The caller's buffer cannot hold the text.
    #[error("the buffer holds {capacity} bytes, and the text needs {needed}")]
    BufferTooSmall {
        /// How many bytes it needs, the NUL included.
        needed: usize,
        /// How many the caller has.
        capacity: usize,
    },

    /// The core, or a callback written in Rust, panicked.
    #[error("the library panicked: {0}")]
    Panic(String),

    /// The core reported an error.
    #[error(transparent)]
    Core(#[from] Error),
}

impl Failure {
    /// The number for it.
    pub fn status(&self) -> Status {
        match self {
            Self::Null(_) => Status::NullArgument,
            Self::NotUtf8 { .. } => Status::InvalidText,
            Self::BufferTooSmall { .. } => Status::BufferTooSmall,
            Self::Panic(_) => Status::Panic,
            Self::Core(error) => match error {
                Error::InteriorNul { .. } => Status::InvalidText,
                Error::BadSize { .. } | Error::BadLength { .. } => Status::BadSize,
                Error::FileTooLarge { .. } => Status::BadSize,
                Error::OutOfBounds { .. } => Status::OutOfBounds,
                Error::Stopped { .. } => Status::Stopped,
                Error::Io { .. } => Status::Io,
                Error::BadFile { .. } | Error::Encode { .. } => Status::BadFile,
                Error::OutOfMemory(_) => Status::OutOfMemory,
            },
        }
    }
}
