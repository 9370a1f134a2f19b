//! The book, built and served to this machine alone, and built again when one of
//! its files changes.
//!
//! - [`Edition`] is one build of the book, in a folder of its own that goes with it.
//! - [`Shop`] listens on loopback, hands out the newest edition, and tells open pages
//!   when there is a newer one.
//! - [`Watcher`] says when a file that the book is made of has changed.
//!
//! Knows of exercises no more than that pages include their texts. Runs nothing: what
//! the pages show was recorded.

mod edition;
mod serve;
mod watch;

pub use edition::{Book, Edition, Flaw};
pub use serve::{Replaced, Shop};
pub use watch::Watcher;

use std::path::PathBuf;

/// Why the book cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// mdBook refused it.
    #[error("the book cannot be built: {why}")]
    Build {
        /// In mdBook's words, from the outside in.
        why: String,
    },
    /// A place that has to be read or written and cannot be.
    #[error("`{}`: {source}", path.display())]
    File {
        /// The place.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A port that cannot be had.
    #[error("cannot listen on port {port} of this machine: {source}")]
    Port {
        /// The port that was asked for.
        port: u16,
        /// What the system says.
        source: std::io::Error,
    },
    /// No page has this name, and no exercise.
    #[error("the book has no page `{name}`{}", similar(near))]
    NoPage {
        /// As it was typed.
        name: String,
        /// Pages whose names are like it.
        near: Vec<String>,
    },
    /// The files cannot be watched.
    #[error("changes of the book's files cannot be noticed: {why}")]
    Watch {
        /// In the words of the watching library.
        why: String,
    },
}

impl ReadError {
    /// What to do next.
    pub fn hint(&self) -> String {
        match self {
            ReadError::Build { .. } => "mend the file that is named, and it is built again".into(),
            ReadError::File { .. } => "see that it is there and that you may use it".into(),
            ReadError::Port { .. } => "leave `--port` out, and a free one is taken".into(),
            ReadError::NoPage { .. } => "leave the name out to begin at the first page".into(),
            ReadError::Watch { .. } => {
                "raise `fs.inotify.max_user_watches`, or read on without".into()
            }
        }
    }
}

fn similar(near: &[String]) -> String {
    match near {
        [] => String::new(),
        near => format!("; similar: `{}`", near.join("`, `")),
    }
}
