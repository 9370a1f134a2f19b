//! A library that is chosen while the program runs.

use std::path::Path;

use libloading::Library;

mod error;
pub use error::PluginError;

/// A library that is loaded for as long as this value lives.
///
/// Only the `Library` is kept. Keeping functions too, so as not to look them up for
/// each call, would need a value that borrows from its own neighbour; the alternative,
/// a `Library` leaked for the rest of the program, could never be let go.
pub struct Plugin {
    library: Library,
}

impl Plugin {
    /// Loads the library in the file `path`.
    pub fn open(path: &Path) -> Result<Plugin, PluginError> {
        // SAFETY: loading runs whatever code the library has for that moment. Whoever
        // names a plugin trusts it; no check of ours could take that decision over.
        let library = unsafe { Library::new(path) };
        let library = library.map_err(|source| PluginError::NotLoaded { path: path.to_owned(), source })?;
        Ok(Plugin { library })
    }

    /// Calls the function that the library exports as `name`. Whoever wrote the
    /// library promises that it is an `int64_t name(int64_t)`.
    pub fn call(&self, name: &str, n: i64) -> Result<i64, PluginError> {
        // SAFETY: the library's author promises this type; its file does not tell.
        let function = unsafe { self.library.get::<unsafe extern "C" fn(i64) -> i64>(name) };
        let function = function.map_err(|source| PluginError::NoFunction { name: name.to_owned(), source })?;
        // SAFETY: it takes any `int64_t`, and `self` keeps its code loaded meanwhile.
        Ok(unsafe { function(n) })
    }
}
