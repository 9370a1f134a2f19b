//! The header is what other languages know of the library. It is written by cbindgen, committed
//! so that it can be read, and proved current here. `BLESS=1 cargo test -p ink` writes it again.

use std::fs;
use std::path::{Path, PathBuf};

/// What the header is written from, in the order in which it should read.
const SOURCES: [&str; 9] = [
    "abi/library.rs",
    "abi/status.rs",
    "abi/last_error.rs",
    "pixel.rs",
    "abi/pixel.rs",
    "image.rs",
    "abi/image.rs",
    "abi/text.rs",
    "abi/work.rs",
];
const LAST_SOURCE: &str = "abi/file.rs";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sources() -> Vec<PathBuf> {
    SOURCES
        .iter()
        .chain([&LAST_SOURCE])
        .map(|source| root().join("src").join(source))
        .collect()
}

fn generate() -> String {
    let config = cbindgen::Config::from_file(root().join("cbindgen.toml")).unwrap();
    let builder = sources()
        .into_iter()
        .fold(cbindgen::Builder::new(), |b, path| b.with_src(path));
    let mut header = Vec::new();
    builder
        .with_config(config)
        .generate()
        .unwrap()
        .write(&mut header);
    String::from_utf8(header).unwrap()
}

#[test]
fn header_is_current() {
    let path = root().join("include/ink.h");
    let expect = generate();
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, &expect).unwrap();
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == expect,
        "include/ink.h is out of date: run `BLESS=1 cargo test -p ink`"
    );
}
