//! A workbook with toy examples, and a Python made of shell that builds them.

use std::fs;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::Duration;

use gallery::{Bench, Binding, Gallery, GalleryError, News, Prepared, Ready};
use interpreter::{Interpreter, Surroundings};
use tempfile::TempDir;

/// One example that needs nothing.
pub const TOY: &str =
    "[[binding]]\nname = \"toy\"\nmodule = \"toy\"\nsummary = \"a toy\"\nneeds = []\n";

pub struct Workbook {
    pub at: TempDir,
    pub surroundings: Surroundings,
}

impl Workbook {
    /// `steps` is shell that the fake Python runs first in each step of a build:
    /// `$step` is `wheel` or `install`.
    pub fn new(manifest: &str, steps: &str) -> Self {
        let at = tempfile::tempdir().unwrap();
        let root = at.path().canonicalize().unwrap();
        write(&root.join("crates/toy/binding.toml"), manifest);
        write(&root.join("crates/toy/toy.py"), "answer = 42\n");
        let python = fake_python(&root, steps);
        let surroundings = surroundings(&root, &python);
        Self { at, surroundings }
    }

    pub fn root(&self) -> PathBuf {
        self.at.path().canonicalize().unwrap()
    }

    pub fn gallery(&self) -> Gallery {
        Gallery::open(&self.root()).unwrap()
    }

    pub fn bench(&self) -> Bench {
        Bench::open_in(self.surroundings.clone(), &self.root(), Path::new("home")).unwrap()
    }

    pub fn prepare(&self, name: &str) -> (Result<Prepared, GalleryError>, Vec<String>) {
        self.prepare_then(name, || {})
    }

    /// The same, and calls `after` for each step that is announced.
    pub fn prepare_then(
        &self,
        name: &str,
        mut after: impl FnMut(),
    ) -> (Result<Prepared, GalleryError>, Vec<String>) {
        let (gallery, mut said) = (self.gallery(), Vec::new());
        let binding = binding(&gallery, name);
        let prepared = self.bench().prepare(&gallery, binding, &mut |news| {
            if let News::Step(step) = news {
                said.push(step.to_owned());
                after();
            }
        });
        (prepared, said)
    }

    pub fn ready(&self, name: &str) -> Ready {
        match self.prepare(name).0.unwrap() {
            Prepared::Ready(ready) => ready,
            Prepared::Skipped(missing) => panic!("{}", missing.why),
        }
    }

    /// What the fake Python did, without what makes the environment.
    pub fn log(&self) -> Vec<String> {
        let text = fs::read_to_string(self.at.path().join("log")).unwrap_or_default();
        text.lines().map(str::to_owned).collect()
    }

    /// The folders with a binding in them, whole or not.
    pub fn installed(&self) -> Vec<String> {
        let environment = self.bench().environment().expect("it has been made");
        let entries = fs::read_dir(environment.root().join("bindings")).unwrap();
        let mut names: Vec<String> = entries
            .flatten()
            .filter(|entry| entry.path().is_dir())
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    /// What the environment's Python has on its path, or nothing.
    pub fn shared_path(&self) -> String {
        let environment = self.bench().environment().expect("it has been made");
        let file = environment.site_packages().join("bindery-examples.pth");
        fs::read_to_string(file).unwrap_or_default()
    }

    /// Another process that prepares `toy`, in a process group of its own.
    pub fn elsewhere(&self) -> Child {
        Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "prepares_one_for_another_process", "--ignored"])
            .env("GALLERY_TEST_ROOT", self.root())
            .process_group(0)
            .spawn()
            .unwrap()
    }

    /// Waits until the fake Python has made this file.
    pub fn wait_for(&self, name: &str) {
        for _ in 0..6000 {
            if self.at.path().join(name).exists() {
                return;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("`{name}` never came: {:?}", self.log());
    }
}

pub fn binding<'a>(gallery: &'a Gallery, name: &str) -> &'a Binding {
    let found = gallery.bindings().find(|b| b.about.name == name);
    found.unwrap_or_else(|| panic!("{:?}", gallery.troubles()))
}

/// A `PATH` of the system's tools, on which there is no uv.
pub fn surroundings(root: &Path, python: &Path) -> Surroundings {
    let variables = ["HOME", "TMPDIR", "LANG"];
    let kept = std::env::vars_os().filter(|(name, _)| variables.iter().any(|v| name == v));
    Surroundings::new(kept, root)
        .with("PATH", "/usr/bin:/bin")
        .with("PYO3_PYTHON", python)
}

pub fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// Writes an executable shell script. Another process holds it open for writing: were
/// it this one, a child forked by a test in another thread would inherit the handle,
/// and the system refuses to run a file that somebody may still write.
fn script(path: &Path, body: &str) {
    let write = r#"printf '#!/bin/sh\n%s\n' "$2" > "$1" && chmod +x "$1""#;
    let status = Command::new("/bin/sh")
        .args(["-c", write, "sh"])
        .arg(path)
        .arg(body)
        .status();
    assert!(status.unwrap().success());
}

/// A fake that answers as the Python of this machine does, but for the place it is at;
/// without headers where there is a file `headless`. The environments it makes are made
/// of shell too.
pub fn fake_python(root: &Path, steps: &str) -> PathBuf {
    let home = tempfile::tempdir().unwrap();
    let real = Interpreter::resolve(home.path()).expect("there is a Python");
    let real = real.executable().display();
    let (root_text, inner) = (root.display(), root.join("inner"));
    script(
        &inner,
        &format!(
            r#"env=$(dirname "$(dirname "$0")"); root={root_text}
case "$*" in
*--require-hashes*) exit 0 ;;
*check.py*) echo '"lib/site-packages"'; exit 0 ;;
*" wheel "*) step=wheel ;;
*" install "*) step=install ;;
*) exit 9 ;;
esac
echo $step >> $root/log
{steps}
while [ $# -gt 0 ]; do case "$1" in
-w) touch "$2/toy-1-py3-none-any.whl" ;;
--target) mkdir -p "$2/toy"; touch "$2/toy/__init__.py" ;;
esac; shift; done"#
        ),
    );
    let python = root.join("python");
    script(
        &python,
        &format!(
            r#"PATH=/usr/bin:/bin
headless() {{ if [ -e {root_text}/headless ]; then sed "s#\"includes\": \[[^]]*\]#\"includes\": [\"/nowhere\"]#"; else cat; fi; }}
case "$*" in
*"-m venv"*) for env in "$@"; do :; done
   mkdir -p "$env/bin" "$env/lib/site-packages" && cp {inner} "$env/bin/python" ;;
*) {real} "$@" | sed "s#\"executables\": .*\]#\"executables\": [\"$0\"]#" | headless ;;
esac"#,
            inner = inner.display()
        ),
    );
    python
}
