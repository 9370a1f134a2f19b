//! A small image library: the one example that every binding in the book wraps.
//!
//! It has two halves, and the line between them is the subject of the book.
//!
//! - The **core** is safe Rust for Rust callers: [`Image`], [`Pixel`], [`Error`]. The compiler
//!   knows who owns what, so nothing is written down about it.
//! - [`abi`] is the **border**: the same library as C functions, for callers whose compiler knows
//!   nothing of Rust. There ownership is a promise in a comment, errors are numbers, and a panic
//!   must be stopped before it gets out. All the `unsafe` in the crate is there.
//!
//! `include/ink.h` is the border as C reads it, `include/ink.hpp` a C++ layer over that.
//! The library knows nothing of Python: that is what the bindings are for.

#![deny(unsafe_code)]

#[allow(unsafe_code)] // the one module that may
pub mod abi;

mod blur;
mod error;
mod image;
mod live;
mod pixel;
mod png_file;
mod work;

pub use error::Error;
pub use image::{Image, MAX_PIXELS};
pub use live::live_allocations;
pub use pixel::Pixel;
pub use work::{WorkHook, set_work_hook};
