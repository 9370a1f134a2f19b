//! Why a file could not be loaded. The dynamic loader's own words are often no help (glibc says
//! of a library for another processor that there is no such file), so the file is read.

use std::env::consts::ARCH;
use std::error::Error as _;
use std::path::Path;

use object::{Architecture, Object};

use crate::Error;

/// What to tell about a file that the loader refused with `reason`.
pub fn why_not(path: &Path, reason: &libloading::Error) -> Error {
    let bytes = std::fs::read(path).unwrap_or_default();
    if let Ok(file) = object::File::parse(&*bytes) {
        let found = name(file.architecture());
        if found != ARCH {
            return Error::WrongArchitecture {
                path: path.to_owned(),
                found,
                ours: ARCH,
            };
        }
    }
    // libloading's own words are `dlopen failed`; the loader's are its source. They begin with
    // the path, which the message has already.
    let mut why = reason
        .source()
        .map_or_else(|| reason.to_string(), |source| source.to_string());
    if let Some(rest) = why.strip_prefix(&format!("{}: ", path.display())) {
        why = rest.to_owned();
    }
    Error::NotLoadable {
        path: path.to_owned(),
        why,
    }
}

/// An architecture by the name that Rust gives it in `ARCH`, so that the two can be compared.
fn name(architecture: Architecture) -> String {
    match architecture {
        Architecture::I386 => "x86".to_owned(),
        other => format!("{other:?}").to_lowercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_program_is_of_the_architecture_that_its_file_says() {
        let program = std::fs::read(std::env::current_exe().unwrap()).unwrap();
        let program = object::File::parse(&*program).unwrap();
        assert_eq!(name(program.architecture()), ARCH);
    }
}
