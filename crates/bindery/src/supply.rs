//! Where the course's files come from: out of this program, where it was built to be
//! installed, else from the workbook it was built in.

use std::path::{Path, PathBuf};

use course::Course;
use parcel::File;

use crate::trouble::Trouble;
use crate::workshop::root;

/// What `build.rs` has packed; nothing, in a program that is run from its workspace.
static PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/parcel"));

/// The files of the course, as this program knows it.
pub struct Supply {
    /// The folder they were read from, if they were not in the program.
    pub folder: Option<PathBuf>,
    pub files: Vec<File>,
}

impl Supply {
    /// What is in the program, or in the workbook that belongs to it.
    pub fn at_hand() -> Result<Supply, Trouble> {
        if let Some(files) = parcel::unpack(PACKED) {
            let folder = None;
            return Ok(Supply { folder, files });
        }
        let built_in = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        match Course::find_root(&built_in) {
            Ok(folder) => Supply::read(folder),
            // It was built somewhere that is no more.
            Err(_) => Supply::read(root()?),
        }
    }

    /// What is in the workbook that this folder belongs to.
    pub fn from(folder: &Path) -> Result<Supply, Trouble> {
        Supply::read(Course::find_root(folder)?)
    }

    fn read(folder: PathBuf) -> Result<Supply, Trouble> {
        let files = parcel::learners_files(&folder).map_err(|e| {
            Trouble::new(
                format!("`{}` cannot be copied: {e}", folder.display()),
                "look at the permissions of what it names",
            )
        })?;
        let folder = Some(folder);
        Ok(Supply { folder, files })
    }

    /// How many exercises there are.
    pub fn exercises(&self) -> usize {
        let manifests = self.files.iter().filter(|file| {
            file.path.starts_with("exercises/") && file.path.ends_with("/exercise.toml")
        });
        manifests.count()
    }
}
