//! Reads shared libraries from outside: what they export, and which Python
//! they were built for.
//!
//! An extension module that cargo builds carries no sign of its Python in its
//! file name. So the build leaves one in the library itself: its soname reads
//! `detach.for-python-3.11`. Where a format has no soname (it is an ELF notion),
//! nothing is known, and nothing is refused.

use std::path::Path;

use object::read::elf::{ElfFile32, ElfFile64};
use object::{Object, ObjectSymbol};

use crate::BuildError;

const MARK: &str = ".for-python-";

/// The soname of an extension module `name` built for this ABI, such as `3.11`.
pub fn stamp(name: &str, abi: &str) -> String {
    format!("{name}{MARK}{abi}")
}

/// The ABI that an extension module was built for, if it says so.
pub fn stamped_abi(path: &Path) -> Result<Option<String>, BuildError> {
    let bytes = read(path)?;
    Ok(soname(&bytes).and_then(|name| name.split_once(MARK).map(|(_, abi)| abi.to_owned())))
}

/// The functions and data that a library offers to whoever loads it.
pub fn exported_symbols(path: &Path) -> Result<Vec<String>, BuildError> {
    let bytes = read(path)?;
    let file = object::File::parse(&*bytes).map_err(|e| BuildError::NoLibrary {
        path: path.to_owned(),
        why: e.to_string(),
    })?;
    let mac = file.format() == object::BinaryFormat::MachO;
    let symbols = file.dynamic_symbols().chain(file.symbols().filter(|_| mac));
    let mut names: Vec<String> = symbols
        .filter(|symbol| symbol.is_definition() && symbol.is_global())
        .filter_map(|symbol| {
            symbol.name().ok().map(|name| {
                name.strip_prefix('_')
                    .filter(|_| mac)
                    .unwrap_or(name)
                    .to_owned()
            })
        })
        .collect();
    names.sort();
    names.dedup();
    Ok(names)
}

fn read(path: &Path) -> Result<Vec<u8>, BuildError> {
    std::fs::read(path).map_err(|source| BuildError::File {
        path: path.to_owned(),
        source,
    })
}

fn soname(bytes: &[u8]) -> Option<String> {
    macro_rules! soname_of {
        ($file:ty) => {
            <$file>::parse(bytes).ok().and_then(|file| {
                let table = file.elf_dynamic_table().ok()?;
                let entry = table
                    .iter()
                    .find(|entry| entry.tag == object::elf::DT_SONAME)?;
                Some(String::from_utf8_lossy(table.string(entry).ok()?).into_owned())
            })
        };
    }
    soname_of!(ElfFile64<'_>).or_else(|| soname_of!(ElfFile32<'_>))
}
