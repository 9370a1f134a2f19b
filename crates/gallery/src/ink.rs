//! The library that all examples bind, built in release mode and installed where C and
//! C++ look for one: `lib`, `include`, `lib/cmake`, and `share/ink` for Python's builds.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use builder::cargo;

use crate::bench::{Bench, News};
use crate::digest::{Digest, without_hash};
use crate::error::{GalleryError, io_error};
use crate::job::{Job, Lock, typed};

/// Where ink is installed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prefix {
    root: PathBuf,
    content: String,
}

/// Holds the hash of what is installed. A change of a crate that ink does not use gives
/// a new prefix with the same content, and what links it is not built again.
const CONTENT: &str = ".content";

impl Prefix {
    /// Its folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The shared library.
    pub fn library(&self) -> PathBuf {
        self.root.join("lib").join(library_name())
    }

    /// The hash of all that is in it.
    pub(crate) fn content(&self) -> &str {
        &self.content
    }

    /// The prefix, if ink has not changed since it was made.
    pub(crate) fn find(bench: &Bench) -> Result<Option<Self>, GalleryError> {
        Ok(Self::at(&root(bench)?))
    }

    /// The prefix, made if need be.
    pub(crate) fn ensure(
        bench: &Bench,
        progress: &mut dyn FnMut(News<'_>),
    ) -> Result<Self, GalleryError> {
        let root = root(bench)?;
        if let Some(whole) = Self::at(&root) {
            return Ok(whole);
        }
        let lock = Lock::take(&bench.home.join("ink.lock"), "the library ink", progress)?;
        if let Some(whole) = Self::at(&root) {
            return Ok(whole);
        }
        progress(News::Step("building the library ink, in release mode …"));
        let library = build(bench, &lock, progress)?;
        install(bench, &library, &root)?;
        clear(bench, &root);
        Self::at(&root).ok_or_else(|| {
            io_error("use", &root)(std::io::Error::other("it is not whole after it was made"))
        })
    }

    fn at(root: &Path) -> Option<Self> {
        let content = fs::read_to_string(root.join(CONTENT)).ok()?;
        Some(Self {
            root: root.to_owned(),
            content,
        })
    }
}

/// `libink.so`, or as the system calls it.
pub(crate) fn library_name() -> String {
    format!(
        "{}ink{}",
        std::env::consts::DLL_PREFIX,
        std::env::consts::DLL_SUFFIX
    )
}

/// Where cargo builds for the gallery: a folder of its own, so that it never waits for
/// the cargo that runs the workbook.
pub(crate) fn cargo_target(bench: &Bench) -> PathBuf {
    bench.home.join("wheels")
}

fn root(bench: &Bench) -> Result<PathBuf, GalleryError> {
    let mut digest = Digest::default();
    digest.add("rustc", bench.version_of_rust().as_bytes());
    digest.add_crate(&bench.root, &bench.root.join("crates/ink"))?;
    Ok(bench.home.join(format!("ink-{}", digest.short())))
}

fn build(
    bench: &Bench,
    lock: &Lock,
    progress: &mut dyn FnMut(News<'_>),
) -> Result<PathBuf, GalleryError> {
    let cargo = cargo();
    let mut command = bench.command(Path::new(cargo.get_program()));
    command.args(["rustc", "--release", "--package", "ink", "--lib"]);
    command.args([
        "--crate-type",
        "cdylib",
        "--message-format=json-render-diagnostics",
    ]);
    command.arg("--target-dir").arg(cargo_target(bench));
    command
        .env("CARGO_TERM_COLOR", "never")
        .env_remove("CARGO_BUILD_TARGET");
    if cfg!(target_os = "macos") {
        // rustc records the path in the target folder as the library's name, and
        // whoever links it would look there.
        let name = format!("link-arg=-Wl,-install_name,@rpath/{}", library_name());
        command.args(["--", "-C", &name]);
    }
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let by_hand = typed(
        [],
        words.filter(|w| *w != "--message-format=json-render-diagnostics"),
    );
    let mut job = Job::new("ink", &bench.home.join("logs/ink.log"), lock)?;
    let printed = job.run("cargo", &mut command, &by_hand, &mut |news| match news {
        News::Line(line) if line.starts_with('{') => {}
        other => progress(other),
    })?;
    let suffix = std::env::consts::DLL_SUFFIX;
    let messages = printed
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .filter(|m| m["reason"] == "compiler-artifact" && m["target"]["name"] == "ink");
    let files = messages.flat_map(|m| m["filenames"].as_array().cloned().unwrap_or_default());
    let library = files
        .filter_map(|file| file.as_str().map(PathBuf::from))
        .find(|file| file.to_string_lossy().ends_with(suffix));
    library.ok_or_else(|| GalleryError::Unfit {
        name: "ink".to_owned(),
        why: format!("cargo built no `{}`", library_name()),
        hint: format!("run `{by_hand}` to see what it builds"),
    })
}

fn install(bench: &Bench, library: &Path, root: &Path) -> Result<(), GalleryError> {
    let part = tempfile::Builder::new()
        .prefix(".ink-")
        .tempdir_in(&bench.home)
        .map_err(io_error("write in", &bench.home))?;
    let source = bench.root.join("crates/ink");
    let copy = |from: &Path, to: PathBuf| {
        let folder = to.parent().unwrap_or(part.path());
        fs::create_dir_all(folder).map_err(io_error("make", folder))?;
        fs::copy(from, &to).map_err(io_error("copy", from))
    };
    copy(library, part.path().join("lib").join(library_name()))?;
    // For C and C++, for CMake, and for a `setup.py`.
    for (from, to) in [
        ("include", "include"),
        ("cmake", "lib/cmake/ink"),
        ("python", "share/ink"),
    ] {
        let from = source.join(from);
        for file in fs::read_dir(&from)
            .map_err(io_error("read", &from))?
            .flatten()
        {
            if file.path().is_file() {
                copy(&file.path(), part.path().join(to).join(file.file_name()))?;
            }
        }
    }
    let mut content = Digest::default();
    content.add_folder(part.path())?;
    let mark = part.path().join(CONTENT);
    fs::write(&mark, content.short()).map_err(io_error("write", &mark))?;
    make_public(part.path());
    let part = part.keep();
    fs::rename(&part, root).map_err(io_error("make", root))
}

/// Old prefixes, and what a killed run left. Called with the lock.
fn clear(bench: &Bench, current: &Path) {
    for entry in fs::read_dir(&bench.home).into_iter().flatten().flatten() {
        let (path, name) = (entry.path(), entry.file_name());
        let name = name.to_string_lossy();
        let old = without_hash(&name) == Some("ink") && path != current;
        if old || name.starts_with(".ink-") {
            // Room on a disk is all that is lost.
            let _ = fs::remove_dir_all(path);
        }
    }
}

/// A temporary folder is for its maker alone; what it becomes is for everybody.
pub(crate) fn make_public(folder: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let _ = fs::set_permissions(folder, fs::Permissions::from_mode(0o755));
    }
    #[cfg(not(unix))]
    let _ = folder;
}

impl Bench {
    /// The line in which rustc says what it is.
    pub(crate) fn version_of_rust(&self) -> String {
        self.version("rustc", || {
            let chosen = self.surroundings.variable("RUSTC");
            let rustc = Path::new(chosen.unwrap_or("rustc".as_ref()));
            version_line(&mut self.surroundings.command(rustc))
        })
    }
}

/// The first line of `--version`, empty if there is none.
pub(crate) fn version_line(command: &mut Command) -> String {
    let output = command
        .arg("--version")
        .stdin(std::process::Stdio::null())
        .output();
    let said = output.map(|output| output.stdout).unwrap_or_default();
    let said = String::from_utf8_lossy(&said);
    said.lines().next().unwrap_or_default().to_owned()
}
