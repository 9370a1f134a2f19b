//! wrong: leaks the library to be rid of its lifetime, so that nobody can ever let it go
//! caught-by: stays_loaded_until_dropped
//! says: returned the wrong value

use std::path::Path;

use libloading::Library;

mod error;
pub use error::PluginError;

pub struct Plugin {
    library: &'static Library,
}

impl Plugin {
    pub fn open(path: &Path) -> Result<Plugin, PluginError> {
        let library = unsafe { Library::new(path) };
        let library = library.map_err(|source| PluginError::NotLoaded {
            path: path.to_owned(),
            source,
        })?;
        Ok(Plugin {
            library: Box::leak(Box::new(library)),
        })
    }

    pub fn call(&self, name: &str, n: i64) -> Result<i64, PluginError> {
        let function = unsafe { self.library.get::<unsafe extern "C" fn(i64) -> i64>(name) };
        let function = function.map_err(|source| PluginError::NoFunction {
            name: name.to_owned(),
            source,
        })?;
        Ok(unsafe { function(n) })
    }
}
