//! Side by side measurements: what is compared runs in turns, in one go, and
//! only ratios are worth keeping.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use builder::target_folder;

use crate::mirror::{copy_folder, workspace_of_copies};

/// One of the things compared.
pub struct Contender {
    /// What it is called in the table.
    pub name: String,
    /// Where its command runs.
    pub folder: PathBuf,
    /// The command.
    pub command: Vec<String>,
    /// The file that is edited before each run.
    pub edited: PathBuf,
    source: String,
}

impl Contender {
    /// Edits one line and measures until the verdict is there.
    pub fn run(&self, round: u32) -> std::io::Result<Duration> {
        let edit = format!("        let _edit = {round};\n        py.detach(");
        std::fs::write(
            &self.edited,
            self.source.replacen("        py.detach(", &edit, 1),
        )?;
        let start = Instant::now();
        let output = Command::new(&self.command[0])
            .args(&self.command[1..])
            .current_dir(&self.folder)
            .env_remove("CARGO_TARGET_DIR")
            .stdin(Stdio::null())
            .output()?;
        let took = start.elapsed();
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stdout).into_owned()
                + &String::from_utf8_lossy(&output.stderr);
            return Err(std::io::Error::other(said));
        }
        Ok(took)
    }
}

/// The exercise `detach`, solved, in a workspace of so many exercises.
pub fn in_a_workspace(root: &Path, exercises: u32) -> std::io::Result<Contender> {
    let folder = target_folder(root, None)
        .join("bench")
        .join(format!("workspace-{exercises}"));
    let _ = std::fs::remove_dir_all(folder.join("exercises"));
    std::fs::create_dir_all(folder.join(".cargo"))?;
    let manifest = workspace_of_copies(&std::fs::read_to_string(root.join("Cargo.toml"))?, root);
    std::fs::write(folder.join("Cargo.toml"), manifest)?;
    for file in ["Cargo.lock", ".cargo/config.toml"] {
        std::fs::copy(root.join(file), folder.join(file))?;
    }
    let here = exercise(root, &folder)?;
    for number in 1..exercises {
        let filler = folder
            .join("exercises/06_gil")
            .join(format!("{:02}_filler_{number}", number + 2));
        copy_folder(&here, &filler)?;
        let manifest = std::fs::read_to_string(filler.join("Cargo.toml"))?;
        let manifest =
            manifest.replace("name = \"detach\"", &format!("name = \"filler_{number}\""));
        std::fs::write(filler.join("Cargo.toml"), manifest)?;
    }
    contender(
        root,
        format!("workspace of {exercises}"),
        &folder,
        &here,
        &["cargo", "test", "-p", "detach"],
    )
}

/// The same as a crate of its own, with the defaults that `cargo new` leaves.
pub fn alone(root: &Path) -> std::io::Result<Contender> {
    let folder = target_folder(root, None).join("bench/alone");
    let _ = std::fs::remove_dir_all(folder.join("exercises"));
    std::fs::create_dir_all(folder.join(".cargo"))?;
    std::fs::copy(
        root.join(".cargo/config.toml"),
        folder.join(".cargo/config.toml"),
    )?;
    std::fs::write(folder.join("Cargo.toml"), "[workspace]\nmembers = []\n")?;
    let here = exercise(root, &folder)?;
    let workspace: toml::Table = std::fs::read_to_string(root.join("Cargo.toml"))?
        .parse()
        .map_err(std::io::Error::other)?;
    let version = |name: &str| {
        let spec = &workspace["workspace"]["dependencies"][name];
        spec.as_str()
            .or_else(|| spec.get("version").and_then(|v| v.as_str()))
            .unwrap_or("*")
            .to_owned()
    };
    let manifest = format!(
        "[package]\nname = \"detach\"\nversion = \"0.1.0\"\nedition = \"2024\"\nbuild = \"../../extension.rs\"\n\n\
         [lib]\ncrate-type = [\"cdylib\", \"rlib\"]\n\n\
         [[test]]\nname = \"checks\"\nharness = false\n\n\
         [dependencies]\nprobe = {{ path = \"{root}/crates/probe\" }}\npyo3 = {{ version = \"{pyo3}\", default-features = false, features = [\"macros\"] }}\n\n\
         [build-dependencies]\npyo3-build-config = \"{config}\"\n\n\
         [dev-dependencies]\noracle = {{ path = \"{root}/crates/oracle\" }}\n\n[workspace]\n",
        root = root.display(),
        pyo3 = version("pyo3"),
        config = version("pyo3-build-config"),
    );
    std::fs::write(here.join("Cargo.toml"), manifest)?;
    std::fs::copy(root.join("Cargo.lock"), here.join("Cargo.lock"))?;
    contender(
        root,
        "a crate of its own".into(),
        &here,
        &here,
        &["cargo", "test"],
    )
}

fn exercise(root: &Path, folder: &Path) -> std::io::Result<PathBuf> {
    let here = folder.join("exercises/06_gil/02_detach");
    copy_folder(&root.join("exercises/06_gil/02_detach"), &here)?;
    std::fs::copy(
        root.join("exercises/extension.rs"),
        folder.join("exercises/extension.rs"),
    )?;
    Ok(here)
}

fn contender(
    root: &Path,
    name: String,
    folder: &Path,
    exercise: &Path,
    command: &[&str],
) -> std::io::Result<Contender> {
    let source = std::fs::read_to_string(root.join("solutions/06_gil/02_detach/src/lib.rs"))?;
    Ok(Contender {
        name,
        folder: folder.to_owned(),
        command: command.iter().map(|word| (*word).to_owned()).collect(),
        edited: exercise.join("src/lib.rs"),
        source,
    })
}
