//! What can go wrong with a plugin. Supplied; nothing to edit here.

use std::path::PathBuf;

/// Why a plugin, or a function of it, is not to be had.
#[derive(Debug, thiserror::Error)]
pub enum PluginError {
    /// The system did not load the file.
    #[error("cannot load `{}`", path.display())]
    NotLoaded {
        /// The file, as it was asked for.
        path: PathBuf,
        /// What libloading says, with the system's own words as its source.
        source: libloading::Error,
    },
    /// The library is loaded, and exports no such name.
    #[error("the plugin has no function `{name}`")]
    NoFunction {
        /// The name, as it was asked for.
        name: String,
        /// What libloading says, with the system's own words as its source.
        source: libloading::Error,
    },
}
