//! Puts the files of a learner's copy into a program that is built to be installed. A program
//! that is built to be run from its workspace finds them there, and carries none.
//!
//! Which files these are is said in `crates/parcel`. Its source is included, because as a
//! dependency of a build script it would be compiled twice, with all it needs.

#[allow(dead_code)] // Nothing is unpacked here.
#[path = "../parcel/src/archive.rs"]
mod archive;
#[path = "../parcel/src/files.rs"]
mod files;

use std::path::{Path, PathBuf};

fn main() -> std::io::Result<()> {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=../parcel/src");
    let packed = match std::env::var("PROFILE").as_deref() {
        Ok("release") => packed(Path::new("../.."))?,
        _ => Vec::new(),
    };
    let out = PathBuf::from(std::env::var_os("OUT_DIR").unwrap_or_default());
    std::fs::write(out.join("parcel"), packed)
}

fn packed(root: &Path) -> std::io::Result<Vec<u8>> {
    let all = files::learners_files(root)?;
    // What a learner edits is not looked at: it is not what was packed.
    for file in all
        .iter()
        .filter(|file| !files::is_edited(&file.path, &all))
    {
        println!("cargo:rerun-if-changed=../../{}", file.path);
    }
    for folder in ["book", "crates", "tests"] {
        println!("cargo:rerun-if-changed=../../{folder}");
    }
    Ok(archive::pack(&all))
}
