//! What can go wrong in the library itself. What can only go wrong at the border (a NULL, a
//! string that is not UTF-8) is [`crate::abi::Failure`]: safe Rust cannot even express it.

use std::collections::TryReserveError;
use std::io;
use std::path::PathBuf;

use crate::MAX_PIXELS;

/// Why the library could not do what it was asked to.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A side is zero, or the area is over [`MAX_PIXELS`].
    #[error(
        "no image can be {width} × {height}: each side must be at least 1, \
         and the area at most {MAX_PIXELS} pixels"
    )]
    BadSize {
        /// The width asked for.
        width: u32,
        /// The height asked for.
        height: u32,
    },

    /// A buffer does not hold exactly `width × height` pixels of three bytes.
    #[error("an image of {width} × {height} needs {needed} bytes, not {found}")]
    BadLength {
        /// The width asked for.
        width: u32,
        /// The height asked for.
        height: u32,
        /// How many bytes such an image has.
        needed: usize,
        /// How many were given.
        found: usize,
    },

    /// There is no pixel at this place.
    #[error("pixel ({x}, {y}) is outside an image of {width} × {height}")]
    OutOfBounds {
        /// The column asked for.
        x: u32,
        /// The row asked for.
        y: u32,
        /// How wide the image is.
        width: u32,
        /// How high the image is.
        height: u32,
    },

    /// A title holds a NUL, which C takes for the end of a string.
    #[error("the title holds a NUL at byte {at}, where C would take it to end")]
    InteriorNul {
        /// Where the first NUL stands.
        at: usize,
    },

    /// The function given to [`Image::map`](crate::Image::map) asked to stop.
    #[error("the callback stopped the work at pixel ({x}, {y}) with code {code}")]
    Stopped {
        /// The column it had come to.
        x: u32,
        /// The row it had come to.
        y: u32,
        /// The code it gave, which is its own affair.
        code: i32,
    },

    /// The operating system refused to read or write the file.
    #[error("cannot {action} `{}`: {source}", path.display())]
    Io {
        /// `read` or `write`.
        action: &'static str,
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },

    /// The file was read, and is not a PNG that can be understood.
    #[error("`{}` is not a readable PNG: {source}", path.display())]
    BadFile {
        /// The file.
        path: PathBuf,
        /// What the decoder said.
        source: png::DecodingError,
    },

    /// The file announces a picture larger than [`MAX_PIXELS`]. A few bytes can announce
    /// anything, so this is refused before memory is set aside for it.
    #[error(
        "`{}` announces {width} × {height} pixels, over the limit of {MAX_PIXELS}", path.display()
    )]
    FileTooLarge {
        /// The file.
        path: PathBuf,
        /// The width it announces.
        width: u32,
        /// The height it announces.
        height: u32,
    },

    /// The picture could not be turned into a PNG.
    #[error("cannot write `{}` as a PNG: {source}", path.display())]
    Encode {
        /// The file.
        path: PathBuf,
        /// What the encoder said.
        source: png::EncodingError,
    },

    /// There was no memory for the pixels.
    #[error("not enough memory for the pixels")]
    OutOfMemory(#[from] TryReserveError),
}
