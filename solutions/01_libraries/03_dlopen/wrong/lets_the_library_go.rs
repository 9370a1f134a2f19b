//! wrong: copies the function out of its `Symbol`, lets the library go, and calls what is no longer there
//! caught-by: calls_by_name
//! says: segmentation fault

use std::path::Path;

use libloading::Library;

mod error;
pub use error::PluginError;

pub struct Plugin {
    path: std::path::PathBuf,
}

fn load(path: &Path) -> Result<Library, PluginError> {
    unsafe { Library::new(path) }.map_err(|source| PluginError::NotLoaded {
        path: path.to_owned(),
        source,
    })
}

fn find(path: &Path, name: &str) -> Result<unsafe extern "C" fn(i64) -> i64, PluginError> {
    let library = load(path)?;
    let function = unsafe { library.get::<unsafe extern "C" fn(i64) -> i64>(name) };
    let function = function.map_err(|source| PluginError::NoFunction {
        name: name.to_owned(),
        source,
    })?;
    Ok(*function)
}

impl Plugin {
    pub fn open(path: &Path) -> Result<Plugin, PluginError> {
        load(path)?;
        Ok(Plugin {
            path: path.to_owned(),
        })
    }

    pub fn call(&self, name: &str, n: i64) -> Result<i64, PluginError> {
        Ok(unsafe { find(&self.path, name)?(n) })
    }
}
