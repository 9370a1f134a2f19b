//! wrong: gives the symbol the type of small numbers, and nothing in the file contradicts it
//! caught-by: passes_64_bits
//! says: returned the wrong value

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
        let function = unsafe { self.library.get::<unsafe extern "C" fn(i32) -> i32>(name) };
        let function = function.map_err(|source| PluginError::NoFunction {
            name: name.to_owned(),
            source,
        })?;
        Ok(unsafe { function(n as i32) }.into())
    }
}
