//! Where an exercise is built, and for which Python.

use std::path::{Path, PathBuf};

use builder::fast::Site;
use builder::target_folder;
use interpreter::Interpreter;

use crate::trouble::Trouble;

/// One workbook, one Python.
pub(super) struct Place<'a> {
    pub(super) root: &'a Path,
    pub(super) target: PathBuf,
    pub(super) home: PathBuf,
    python: Interpreter,
    /// The Python that somebody named, by its real path.
    pub(super) named: Option<PathBuf>,
}

impl Place<'_> {
    pub(super) fn of(root: &Path) -> Result<Place<'_>, Trouble> {
        let home = target_folder(root, None).join("bindery");
        let python = Interpreter::resolve(&home)?;
        // A Python of the user's choice has a target folder of its own; the usual
        // one shares cargo's, so that `cargo test` finds everything built.
        let chosen = std::env::var_os("PYO3_PYTHON").is_some_and(|p| !p.is_empty());
        let tag = chosen.then(|| python.tag());
        Ok(Place {
            root,
            target: target_folder(root, tag.as_deref()),
            home,
            named: chosen.then(|| python.executable().to_owned()),
            python,
        })
    }

    pub(super) fn site(&self) -> Site<'_> {
        Site {
            root: self.root,
            target: &self.target,
            home: &self.home,
            python: self.python.executable(),
        }
    }
}
