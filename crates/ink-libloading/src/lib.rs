//! libink, loaded while the program runs: no linking, no header, no generated code.
//!
//! This is what `ctypes` does for Python, done in Rust. A path is opened, functions are looked up
//! by name, and what their types are is this crate's word against nobody's: a symbol is an
//! address and carries no type. What makes it sound is written by hand, and it is here.
//!
//! - [`functions`]: the C declarations, and the table of addresses looked up once.
//! - [`Library`]: owns what was loaded, and refuses what is not what it should be.
//! - [`Image`]: owns one image, and frees it through the library it came from.
//! - `callback`: a closure behind `user_data`, and a panic that must not get out.
//! - [`Error`]: everything that goes wrong, each with its next step.
//!
//! An image cannot outlive its library. Unloading takes the code away, `ink_image_free` with it,
//! and a pointer into it would lead nowhere. In C that is a rule in a manual. Here `Image<'lib>`
//! borrows the library, and the first of these two does not compile:
//!
//! ```compile_fail,E0505
//! # use ink_libloading::{Error, Library};
//! fn unload_too_early(library: Library) -> Result<u32, Error> {
//!     let image = library.image(64, 64)?;
//!     drop(library); // error[E0505]: cannot move out of `library` because it is borrowed
//!     Ok(image.width())
//! }
//! ```
//!
//! ```
//! # use ink_libloading::{Error, Library};
//! fn unload_in_time(library: Library) -> Result<u32, Error> {
//!     let image = library.image(64, 64)?;
//!     let width = image.width();
//!     drop(image);
//!     drop(library);
//!     Ok(width)
//! }
//! ```

mod architecture;
mod callback;
mod error;
pub mod functions;
mod image;
mod library;

pub use error::Error;
pub use functions::Pixel;
pub use image::Image;
pub use library::Library;
