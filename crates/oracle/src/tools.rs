//! The judge's own parts, where a subject finds them: the driver's source on disk, the probe
//! beside the check program.

use std::path::Path;

/// The driver that a Python subject runs.
const DRIVER: &str = include_str!("subject.py");

/// Where the subject finds the judge's own parts.
#[derive(Clone, Debug)]
pub struct Tools {
    /// The driver's source on disk.
    pub driver: std::path::PathBuf,
    /// The probe as a shared library, where it was found.
    pub probe: Option<std::path::PathBuf>,
}

impl Tools {
    /// Writes the driver under `home` and finds the probe beside this program.
    pub fn ready(home: &Path) -> std::io::Result<Tools> {
        let folder = home.join("judge");
        let driver = folder.join("subject.py");
        write_whole(&driver, DRIVER)?;
        let name = format!(
            "{}probe{}",
            std::env::consts::DLL_PREFIX,
            std::env::consts::DLL_SUFFIX
        );
        let here = std::env::current_exe()?;
        let probe = here
            .ancestors()
            .skip(1)
            .take(2)
            .flat_map(|f| [f.join(&name), f.join("deps").join(&name)]);
        Ok(Tools {
            driver,
            probe: probe.into_iter().find(|path| path.is_file()),
        })
    }
}

/// Writes a file that several judges may want at once: each renames a whole
/// one into place, and nobody ever reads a part.
pub(crate) fn write_whole(path: &Path, text: &str) -> std::io::Result<()> {
    if std::fs::read_to_string(path).ok().as_deref() == Some(text) {
        return Ok(());
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let mut fresh = tempfile::NamedTempFile::new_in(folder)?;
    std::io::Write::write_all(&mut fresh, text.as_bytes())?;
    fresh.persist(path)?;
    Ok(())
}
