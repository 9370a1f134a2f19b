//! Finds, builds and installs the example bindings.
//!
//! An example is a folder `crates/<anything>/` with a `binding.toml` in it, and nothing
//! here knows one by name. [`Gallery::open`] reads them all. [`Bench`] is the machine
//! they are tried on: it says what an example lacks here ([`Bench::state`]) and makes it
//! ready ([`Bench::prepare`]), which runs nothing when the example has not changed since.
//!
//! What a binding is built with lies in the private environment that the crate
//! `interpreter` makes. This crate runs none of the examples and prints nothing.

mod bench;
mod digest;
mod error;
mod facts;
mod gallery;
mod ink;
mod job;
mod manifest;
mod needs;
mod program;
mod requires;
mod shared_path;
mod wheel;

pub use bench::{Bench, News, State};
pub use error::GalleryError;
pub use gallery::Gallery;
pub use ink::Prefix;
pub use manifest::{About, Binding, Example, Program};
pub use needs::{Missing, Need};
pub use program::{PreparedProgram, ReadyProgram};
pub use requires::Requires;
pub use wheel::{Prepared, Ready};

/// Shows the library through one module, in about a screen:
/// `python demo.py MODULE OUT_FOLDER [BUILT_WITH]`.
pub const DEMO: &str = include_str!("demo.py");
