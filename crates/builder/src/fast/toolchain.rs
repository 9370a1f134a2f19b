//! Which compiler it is, and which linker.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::Why;

/// There is little to link: a second thread costs the linker more than it saves.
pub const ONE_THREAD: &str = "--threads=1";

/// The compiler behind rustup's proxy.
pub struct Toolchain {
    pub rustc: PathBuf,
    /// Where the standard library lies.
    pub libraries: PathBuf,
    /// Its name, where somebody asked for it by that and would have another otherwise.
    pub named: Option<String>,
    /// The linker that it brings, where rustc links with that.
    pub linker: Option<Linker>,
}

impl Toolchain {
    pub fn of(root: &Path) -> Result<Toolchain, Why> {
        let (sysroot, libraries) = Toolchain::asked(root, |command| command)?;
        let named = std::env::var("RUSTUP_TOOLCHAIN").ok().filter(|named| {
            let unnamed = Toolchain::asked(root, |rustc| rustc.env_remove("RUSTUP_TOOLCHAIN"));
            !named.is_empty() && unnamed.ok().is_none_or(|(other, _)| other != sysroot)
        });
        let name = format!("rustc{}", std::env::consts::EXE_SUFFIX);
        let rustc = sysroot.join("bin").join(name);
        match rustc.is_file() {
            true => Ok(Toolchain {
                rustc,
                named,
                linker: Linker::beside(&libraries),
                libraries,
            }),
            false => Err(Why::new("the compiler is not in its sysroot")),
        }
    }

    /// The sysroot, and where its standard library lies.
    fn asked(
        root: &Path,
        how: impl Fn(&mut Command) -> &mut Command,
    ) -> Result<(PathBuf, PathBuf), Why> {
        let mut command = Command::new("rustc");
        let asked = how(&mut command)
            .current_dir(root)
            .args(["--print", "sysroot", "--print", "target-libdir"])
            .stdin(Stdio::null())
            .output();
        let said = asked
            .map_err(|e| Why::new(format!("`rustc` does not start: {e}")))?
            .stdout;
        let said = String::from_utf8_lossy(&said);
        let mut lines = said.lines().map(PathBuf::from);
        Ok(lines.next().zip(lines.next()).unwrap_or_default())
    }
}

/// LLD, as rustc brings it for Linux on x86-64, with what `cc` would tell it. Rustc asks `cc`,
/// which asks `collect2`, which asks a wrapper, which asks this; and for a linker without a
/// path it forks, which a process of its size had better not.
pub struct Linker {
    program: PathBuf,
    /// Where `cc` looks for libraries.
    folders: Vec<PathBuf>,
    /// What `cc` puts around a shared library.
    around: Vec<PathBuf>,
}

impl Linker {
    /// The one beside a standard library; a distribution may have left it out.
    fn beside(libraries: &Path) -> Option<Linker> {
        let here = cfg!(all(
            target_arch = "x86_64",
            target_os = "linux",
            target_env = "gnu"
        ));
        let tools = libraries.parent()?.join("bin");
        let program = tools.join("rust-lld");
        if !here || !tools.join("gcc-ld/ld.lld").is_file() || !program.is_file() {
            return None;
        }
        let folders = cc_says("-print-search-dirs")?;
        let folders = folders.lines().find_map(|l| l.strip_prefix("libraries:"))?;
        let folders = folders.trim().trim_start_matches('=').split(':');
        let mut known: Vec<PathBuf> = Vec::new();
        for folder in folders.filter_map(|f| Path::new(f).canonicalize().ok()) {
            if !known.contains(&folder) {
                known.push(folder);
            }
        }
        let around = ["crtbeginS.o", "crtendS.o"];
        let around = around.map(|file| cc_says(&format!("-print-file-name={file}")));
        let around: Option<Vec<PathBuf>> = around
            .into_iter()
            .map(|said| said.map(|path| PathBuf::from(path.trim())))
            .collect();
        // `cc` names a file that it does not find as it was asked for it.
        let around = around.filter(|files| files.iter().all(|file| file.is_absolute()))?;
        Some(Linker {
            program,
            folders: known,
            around,
        })
    }

    /// Changes a call of the compiler that makes a shared library so that this links it. One
    /// with an argument for `cc` that is not for the linker stays as it is.
    pub fn call_directly(&self, arguments: &mut Vec<String>) {
        let for_cc = |argument: &String| argument.starts_with("link-arg");
        if (arguments.iter()).any(|a| for_cc(a) && !a.starts_with("link-arg=-Wl,")) {
            return;
        }
        let mut direct = Vec::new();
        for argument in arguments.drain(..) {
            match argument.strip_prefix("link-arg=-Wl,") {
                Some(passed) => {
                    // The `-C` before the first of them is there already.
                    let passed = passed.split(',').map(|part| format!("link-arg={part}"));
                    for (number, part) in passed.enumerate() {
                        direct.extend((number > 0).then(|| "-C".to_owned()));
                        direct.push(part);
                    }
                }
                None => direct.push(argument),
            }
        }
        let mut option = |text: String| direct.extend(["-C".to_owned(), text]);
        option(format!("linker={}", self.program.display()));
        option("linker-flavor=ld.lld".into());
        option(format!("link-arg={ONE_THREAD}"));
        for folder in &self.folders {
            option(format!("link-arg=-L{}", folder.display()));
        }
        for file in &self.around {
            option(format!("link-arg={}", file.display()));
        }
        *arguments = direct;
    }
}

/// What `cc` answers.
fn cc_says(question: &str) -> Option<String> {
    let mut command = Command::new("cc");
    let asked = command.arg(question).stdin(Stdio::null()).output().ok()?;
    let said = String::from_utf8(asked.stdout).ok()?;
    asked.status.success().then_some(said)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(arguments: &[&str], expect: Option<&[&str]>) {
        let linker = Linker {
            program: "/lld".into(),
            folders: vec!["/lib".into()],
            around: vec!["/begin.o".into(), "/end.o".into()],
        };
        let given: Vec<String> = arguments.iter().map(|a| (*a).to_owned()).collect();
        let mut called = given.clone();
        linker.call_directly(&mut called);
        let Some(expect) = expect else {
            assert_eq!(called, given);
            return;
        };
        assert!(called.starts_with(&expect.iter().map(|a| (*a).to_owned()).collect::<Vec<_>>()));
        assert!(called.contains(&"linker=/lld".to_owned()));
        assert_eq!(called.last().unwrap(), "link-arg=/end.o");
    }

    #[test]
    fn what_is_for_the_linker_is_passed_on_and_what_is_for_cc_keeps_cc() {
        check(
            &["-C", "link-arg=-Wl,-rpath,/a", "-L", "x"],
            Some(&["-C", "link-arg=-rpath", "-C", "link-arg=/a", "-L", "x"]),
        );
        check(&["-C", "link-arg=-fsanitize=address"], None);
        check(&["-C", "link-args=-Wl,-a -Wl,-b"], None);
    }
}
