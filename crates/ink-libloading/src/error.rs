//! Everything that goes wrong between opening a file and a call that is refused.

use std::ffi::NulError;
use std::path::PathBuf;

use crate::functions::{IO, Status};

/// Why the library cannot be used, or what it refused to do.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such file.
    #[error("cannot open `{}`: {source}", path.display())]
    Missing {
        /// What was asked for.
        path: PathBuf,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// The file is there, and the dynamic loader refuses it.
    #[error("cannot load `{}`: {why}", path.display())]
    NotLoadable {
        /// The file.
        path: PathBuf,
        /// The loader's words.
        why: String,
    },
    /// The file was built for another processor.
    #[error("cannot load `{}`: it is for {found}, and this program is for {ours}", path.display())]
    WrongArchitecture {
        /// The file.
        path: PathBuf,
        /// What the file is for.
        found: String,
        /// What this program is for.
        ours: &'static str,
    },
    /// A function is not there.
    #[error("`{}` has no `{symbol}`", path.display())]
    MissingSymbol {
        /// The file.
        path: PathBuf,
        /// The name that was looked up.
        symbol: &'static str,
    },
    /// The library would read arguments otherwise than they are given.
    #[error("`{}` has ABI version {found}, and this program speaks {ours}", path.display())]
    WrongVersion {
        /// The file.
        path: PathBuf,
        /// What the library says of itself.
        found: u32,
        /// What this crate was written for.
        ours: u32,
    },
    /// A text that C would see only the beginning of.
    #[error("a text for the library has a NUL inside, at byte {}", .0.nul_position())]
    NulInside(#[from] NulError),
    /// The library was called and said no.
    #[error("{message} (status {status})")]
    Refused {
        /// `InkStatus`, as a number.
        status: Status,
        /// The library's words.
        message: String,
    },
}

impl Error {
    /// The one thing to do next.
    pub fn hint(&self) -> String {
        match self {
            Self::Missing { .. } => {
                "run `cargo bindery demo libloading`, which builds the library and says where it is"
            }
            Self::NotLoadable { path, .. } => {
                return format!("run `file {}` to see what it is", path.display());
            }
            Self::WrongArchitecture { .. } => {
                "build the library where this program was built: `cargo build -p ink`"
            }
            Self::MissingSymbol { path, .. } => {
                return format!("run `nm -D {}` to see what it exports", path.display());
            }
            Self::WrongVersion { .. } => {
                "build both from one checkout: `cargo build -p ink -p ink-libloading`"
            }
            Self::NulInside(_) => "leave the NUL out",
            Self::Refused { status: IO, .. } => {
                "give a folder that exists and that you may write to"
            }
            Self::Refused { .. } => "see `InkStatus` in `crates/ink/include/ink.h`",
        }
        .to_owned()
    }
}
