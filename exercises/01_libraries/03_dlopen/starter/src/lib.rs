//! A library that is chosen while the program runs.

use std::path::Path;

mod error;
pub use error::PluginError;

/// A library that is loaded for as long as this value lives.
pub struct Plugin {
    // TODO: what must be kept?
}

impl Plugin {
    /// Loads the library in the file `path`.
    pub fn open(path: &Path) -> Result<Plugin, PluginError> {
        todo!("load the library in {path:?}")
    }

    /// Calls the function that the library exports as `name`. Whoever wrote the
    /// library promises that it is an `int64_t name(int64_t)`.
    pub fn call(&self, name: &str, n: i64) -> Result<i64, PluginError> {
        todo!("find {name:?} and call it with {n}")
    }
}
