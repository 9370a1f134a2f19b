//! wrong: keeps the path and loads the library for each call, so that it forgets everything in between
//! caught-by: stays_loaded_until_dropped
//! says: returned the wrong value

use std::path::Path;

use libloading::Library;

mod error;
pub use error::PluginError;

pub struct Plugin {
    path: std::path::PathBuf,
}

impl Plugin {
    pub fn open(path: &Path) -> Result<Plugin, PluginError> {
        let plugin = Plugin {
            path: path.to_owned(),
        };
        plugin.load()?;
        Ok(plugin)
    }

    fn load(&self) -> Result<Library, PluginError> {
        unsafe { Library::new(&self.path) }.map_err(|source| PluginError::NotLoaded {
            path: self.path.clone(),
            source,
        })
    }

    pub fn call(&self, name: &str, n: i64) -> Result<i64, PluginError> {
        let library = self.load()?;
        let function = unsafe { library.get::<unsafe extern "C" fn(i64) -> i64>(name) };
        let function = function.map_err(|source| PluginError::NoFunction {
            name: name.to_owned(),
            source,
        })?;
        Ok(unsafe { function(n) })
    }
}
