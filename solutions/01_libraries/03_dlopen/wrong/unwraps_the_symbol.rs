//! wrong: is sure that the function is there, and panics when it is not
//! caught-by: a_missing_symbol_is_an_error
//! says: ended the process with exit code 101

use std::path::Path;

use libloading::Library;

mod error;
pub use error::PluginError;

pub struct Plugin {
    library: Library,
}

impl Plugin {
    pub fn open(path: &Path) -> Result<Plugin, PluginError> {
        let library = unsafe { Library::new(path) };
        let library = library.map_err(|source| PluginError::NotLoaded {
            path: path.to_owned(),
            source,
        })?;
        Ok(Plugin { library })
    }

    pub fn call(&self, name: &str, n: i64) -> Result<i64, PluginError> {
        let function = unsafe { self.library.get::<unsafe extern "C" fn(i64) -> i64>(name) };
        Ok(unsafe { function.unwrap()(n) })
    }
}
