//! What a Python says of itself, and what follows from it. Holds no opinion on
//! whether that Python will do, and does not know how it was found.

use std::fmt;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// The answer of `probe.py`. Paths are places to look: whether a header or a library
/// is there is asked of the disk each time, since installing one changes no Python.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Facts {
    pub implementation: String,
    pub version: [u16; 3],
    pub version_string: String,
    pub soabi: Option<String>,
    pub ext_suffix: Option<String>,
    pub platform: String,
    pub pointer_width: u16,
    pub free_threaded: bool,
    pub debug: bool,
    pub enable_shared: bool,
    pub libdir: Option<PathBuf>,
    pub ldlibrary: Option<String>,
    pub includes: Vec<PathBuf>,
    pub shared_libraries: Vec<PathBuf>,
    pub static_libraries: Vec<PathBuf>,
    pub executables: Vec<PathBuf>,
}

impl Facts {
    /// The platform tag of extension modules, made up where a Python has none.
    pub fn tag(&self) -> String {
        self.soabi.clone().unwrap_or_else(|| {
            let [major, minor, _] = self.version;
            let t = if self.free_threaded { "t" } else { "" };
            let d = if self.debug { "d" } else { "" };
            let platform = self
                .platform
                .replace(|c: char| !c.is_ascii_alphanumeric(), "_");
            format!("{}-{major}{minor}{t}{d}-{platform}", self.implementation)
        })
    }

    /// Whether two answers come from one installation's binary.
    pub fn same_build(&self, other: &Self) -> bool {
        self.implementation == other.implementation
            && self.version_string == other.version_string
            && self.soabi == other.soabi
            && self.platform == other.platform
    }

    pub fn abi(&self) -> Abi {
        let [major, minor, _] = self.version;
        Abi {
            major,
            minor,
            free_threaded: self.free_threaded,
            debug: self.debug,
        }
    }

    pub fn libpython(&self) -> Libpython {
        let first = |paths: &[PathBuf]| paths.iter().find(|p| p.is_file()).cloned();
        if let Some(path) = first(&self.shared_libraries) {
            Libpython::Shared(path)
        } else if let Some(path) = first(&self.static_libraries) {
            Libpython::Static(path)
        } else {
            Libpython::None
        }
    }

    /// The folder that has `Python.h`, if any has.
    pub fn headers(&self) -> Option<&PathBuf> {
        self.includes
            .iter()
            .find(|folder| folder.join("Python.h").is_file())
    }
}

/// What must agree between an extension module and the interpreter that loads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Abi {
    /// 3.
    pub major: u16,
    /// 11 in 3.11.
    pub minor: u16,
    /// Built without the GIL.
    pub free_threaded: bool,
    /// Built with `Py_DEBUG`.
    pub debug: bool,
}

/// `3.11`, `3.14t`, `3.13d`.
impl fmt::Display for Abi {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let t = if self.free_threaded { "t" } else { "" };
        let d = if self.debug { "d" } else { "" };
        write!(f, "{}.{}{t}{d}", self.major, self.minor)
    }
}

/// What a program that embeds this Python has to link. Extension modules need none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Libpython {
    /// A shared library; the name a linker looks for if there is one, else with its version.
    Shared(PathBuf),
    /// Only a static library.
    Static(PathBuf),
    /// Neither.
    None,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_abi_is_named_as_python_names_it() {
        let abi = |minor, free_threaded, debug| {
            Abi {
                major: 3,
                minor,
                free_threaded,
                debug,
            }
            .to_string()
        };
        assert_eq!(abi(11, false, false), "3.11");
        assert_eq!(abi(14, true, false), "3.14t");
        assert_eq!(abi(13, false, true), "3.13d");
        assert_eq!(abi(14, true, true), "3.14td");
    }
}
