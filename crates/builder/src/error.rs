//! Why something was not built.

use std::path::PathBuf;

/// A build that came to nothing.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// The source does not compile: the compiler's own words.
    #[error("`{what}` does not compile")]
    Compile {
        /// The crate or file.
        what: String,
        /// What the compiler printed.
        messages: String,
    },
    /// No C compiler.
    #[error("there is no C compiler: {0}")]
    NoCompiler(String),
    /// A tool could not be started.
    #[error("cannot start `{tool}`: {source}")]
    Start {
        /// The program.
        tool: String,
        /// Why.
        source: std::io::Error,
    },
    /// Cargo itself could not go on.
    #[error("cargo could not build `{what}`")]
    Cargo {
        /// The package.
        what: String,
        /// What cargo printed.
        messages: String,
    },
    /// A file could not be read or written.
    #[error("cannot use `{}`: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Something that should have been built is not there.
    #[error("cargo built `{what}` but no check program came of it")]
    NoProgram {
        /// The package.
        what: String,
    },
    /// The file is no library this system can load.
    #[error("`{}` is no shared library: {why}", path.display())]
    NoLibrary {
        /// The file.
        path: PathBuf,
        /// Why.
        why: String,
    },
}

impl BuildError {
    /// The one command that comes next.
    pub fn hint(&self) -> String {
        match self {
            BuildError::Compile { .. } => "mend what the compiler names above".into(),
            BuildError::NoCompiler(_) => {
                "install a C compiler (`apt install gcc`, `dnf install gcc`, `xcode-select --install`)".into()
            }
            BuildError::Start { tool, .. } => format!("see that `{tool}` is installed and on your PATH"),
            BuildError::Cargo { what, .. } | BuildError::NoProgram { what } => {
                format!("run `cargo test -p {what} --no-run` to see it whole")
            }
            BuildError::File { path, .. } | BuildError::NoLibrary { path, .. } => {
                format!("look at `{}`", path.display())
            }
        }
    }
}
