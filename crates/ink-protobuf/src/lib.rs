//! ink behind a process border. What a binding does with pointers is done here with messages, so
//! nothing that happens on one side can corrupt the other, and everything is copied.
//!
//! - `proto/ink.proto`: what can be said. [`v1`] is what the compiler made of it.
//! - [`frame`]: how messages are told apart in a stream of bytes, and how long they may be.
//! - [`Server`]: the images of one connection, and what is done with them.

#![forbid(unsafe_code)]

pub mod frame;
mod server;

pub use server::Server;

/// The messages, written by prost from `proto/ink.proto`.
#[allow(missing_docs, clippy::all)]
pub mod v1 {
    include!(concat!(env!("OUT_DIR"), "/ink.v1.rs"));
}

/// The messages' own description, a `google.protobuf.FileDescriptorSet`. A client that is sent
/// this needs no file of its own, and cannot have an old one.
pub const DESCRIPTORS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/ink.binpb"));
