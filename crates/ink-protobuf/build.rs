//! Compiles `proto/ink.proto`: to Rust types, and to the description of them that a client in
//! another language builds its own from. No `protoc` is needed: protox is one, written in Rust.

use std::path::PathBuf;

use prost::Message as _;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=proto");
    let descriptors = match protox::compile(["proto/ink.proto"], ["proto"]) {
        Ok(descriptors) => descriptors,
        Err(error) => panic!("`proto/ink.proto` does not compile: {error:?}"),
    };
    // The comments are for prost, which makes documentation of them. A client needs none.
    let mut bare = descriptors.clone();
    bare.file
        .iter_mut()
        .for_each(|file| file.source_code_info = None);
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets it"));
    std::fs::write(out.join("ink.binpb"), bare.encode_to_vec())
        .expect("cargo's own folder can be written to");
    prost_build::compile_fds(descriptors).expect("prost writes Rust for what protox read");
}
