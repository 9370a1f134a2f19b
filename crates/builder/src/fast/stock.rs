//! PyO3 as a shared library, made once: the learner's crate is linked against it in no time,
//! and generics that it has instantiated are not generated again.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use sha2::{Digest, Sha256};

use crate::files::unique;

const SOURCE: &str = include_str!("../../stock/pyo3.rs");

/// What it is made of.
pub struct Stock<'a> {
    pub home: &'a Path,
    pub rustc: &'a Path,
    /// The library that cargo built.
    pub pyo3: &'a Path,
    /// The build script's flags: which Python it is for.
    pub flags: &'a [String],
}

impl Stock<'_> {
    /// The shared library, made now if it is not there. Nothing where it cannot be made.
    pub fn ready(&self) -> Option<PathBuf> {
        let file = format!(
            "{}pyo3{}",
            std::env::consts::DLL_PREFIX,
            std::env::consts::DLL_SUFFIX
        );
        let folder = self
            .home
            .join("fast")
            .join(format!("stock-{}", self.key()?));
        let library = folder.join(&file);
        if library.is_file() {
            return Some(library);
        }
        let fresh = self.home.join("fast").join(format!(".stock-{}", unique()));
        std::fs::create_dir_all(&fresh).ok()?;
        let made = self.make(&fresh);
        if made {
            // Somebody else may have been quicker.
            let _ = std::fs::rename(&fresh, &folder);
        }
        let _ = std::fs::remove_dir_all(&fresh);
        library.is_file().then_some(library)
    }

    fn make(&self, folder: &Path) -> bool {
        let source = folder.join("pyo3.rs");
        if std::fs::write(&source, SOURCE).is_err() {
            return false;
        }
        let mut command = Command::new(self.rustc);
        command
            .args([
                "--crate-name",
                "pyo3",
                "--edition=2024",
                "--crate-type",
                "dylib",
            ])
            .args([
                "--cap-lints",
                "allow",
                "-C",
                "prefer-dynamic",
                "-C",
                "rpath",
            ])
            .args(["-C", "debuginfo=0", "-C", "embed-bitcode=no"])
            .arg("-L")
            .arg(format!(
                "dependency={}",
                self.pyo3.parent().unwrap_or(self.pyo3).display()
            ))
            .arg("--extern")
            .arg(format!("pyo3={}", self.pyo3.display()))
            .arg("--out-dir")
            .arg(folder)
            .args(self.cfgs())
            .arg(&source);
        if cfg!(target_os = "macos") {
            command.args(["-C", "link-args=-undefined dynamic_lookup"]);
        }
        let made = command.stdin(Stdio::null()).output();
        made.is_ok_and(|output| output.status.success())
    }

    /// What is said of Python; the name of the learner's own library is not ours.
    fn cfgs(&self) -> impl Iterator<Item = &String> {
        let pairs = self.flags.chunks_exact(2);
        pairs.filter(|pair| pair[0] != "-C").flatten()
    }

    fn key(&self) -> Option<String> {
        let mut hash = Sha256::new();
        hash.update(SOURCE);
        for file in [self.rustc, self.pyo3] {
            let metadata = file.metadata().ok()?;
            let modified = metadata.modified().ok()?;
            hash.update(format!("{}{}{modified:?}", file.display(), metadata.len()));
        }
        hash.update(self.cfgs().cloned().collect::<Vec<_>>().join("\n"));
        let digest = hash.finalize();
        Some(
            digest
                .iter()
                .take(8)
                .map(|byte| format!("{byte:02x}"))
                .collect(),
        )
    }
}
