//! C files, by the system's C compiler: extension modules and plain shared
//! libraries.
//!
//! An artefact is named by the content of everything that went into it, so one
//! that is there already is the right one, and two builds at once cannot give
//! each other the wrong one.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::Command;

use interpreter::Interpreter;
use sha2::{Digest, Sha256};

use crate::files::unique;
use crate::{BuildError, stamp};

/// A C build to be done.
pub struct CBuild<'a> {
    /// The module's or library's name.
    pub name: &'a str,
    /// The files to compile.
    pub sources: &'a [PathBuf],
    /// Folders searched for headers.
    pub include: &'a [PathBuf],
    /// A header that is read before each file, whatever the file says.
    pub forced_header: Option<&'a Path>,
    /// The Python to build an extension module for; none for a plain library.
    pub python: Option<&'a Interpreter>,
    /// Whether a warning is an error.
    pub deny_warnings: bool,
    /// What the compiler is started through, such as a jail; empty where it is started itself.
    pub through: &'a [OsString],
}

/// What came of it.
#[derive(Debug)]
pub struct Compiled {
    /// The shared library.
    pub path: PathBuf,
    /// The compiler's warnings, empty if there were none.
    pub warnings: String,
}

impl CBuild<'_> {
    /// Compiles into a folder of its own under `home`.
    pub fn run(&self, home: &Path) -> Result<Compiled, BuildError> {
        let (suffix, arguments) = self.arguments();
        let folder = home
            .join("c")
            .join(format!("{}-{}", self.name, self.key(&arguments)?));
        let path = folder.join(format!("{}{suffix}", self.name));
        let log = folder.join("warnings.txt");
        if let (true, Ok(warnings)) = (path.is_file(), std::fs::read_to_string(&log)) {
            return Ok(Compiled { path, warnings });
        }
        let file_error = |path: &Path| {
            let path = path.to_owned();
            move |source| BuildError::File { path, source }
        };
        std::fs::create_dir_all(&folder).map_err(file_error(&folder))?;
        // Several judges may come here at once: each builds a file of its own
        // and renames it into place.
        let fresh = folder.join(format!("{}.{}.tmp", self.name, unique()));
        let mut command = started_through(self.through, compiler()?);
        let output = command
            .args(&arguments)
            .arg("-o")
            .arg(&fresh)
            .output()
            .map_err(|source| BuildError::Start {
                tool: command.get_program().to_string_lossy().into_owned(),
                source,
            })?;
        let messages = String::from_utf8_lossy(&output.stderr).into_owned();
        if !output.status.success() {
            let _ = std::fs::remove_file(&fresh);
            let what = self
                .sources
                .iter()
                .map(|s| s.display().to_string())
                .collect::<Vec<_>>()
                .join("`, `");
            return Err(BuildError::Compile { what, messages });
        }
        std::fs::write(&log, &messages).map_err(file_error(&log))?;
        std::fs::rename(&fresh, &path).map_err(file_error(&path))?;
        Ok(Compiled {
            path,
            warnings: messages,
        })
    }

    /// How its file ends, and all that the compiler is told but for where that file goes.
    fn arguments(&self) -> (String, Vec<OsString>) {
        let mut arguments = Arguments::default();
        arguments.all(["-O1", "-g", "-fPIC", "-Wall", "-Wextra"]);
        // Half of every CPython slot ignores an argument.
        arguments.one("-Wno-unused-parameter");
        if self.deny_warnings {
            arguments.one("-Werror");
        }
        for folder in self.include {
            arguments.one("-I").one(folder);
        }
        let mut suffix = std::env::consts::DLL_SUFFIX.to_owned();
        if let Some(python) = self.python {
            suffix = python.ext_suffix().to_owned();
            if let Some(folder) = python.include_dir() {
                arguments.one("-isystem").one(folder);
            }
        }
        if let Some(header) = self.forced_header {
            arguments.one("-include").one(header);
        }
        arguments.all(self.sources);
        if cfg!(target_os = "macos") {
            arguments.all(["-shared", "-undefined", "dynamic_lookup"]);
        } else {
            arguments.one("-shared");
            if let Some(python) = self.python {
                arguments.one(format!(
                    "-Wl,-soname,{}",
                    stamp(self.name, &python.abi().to_string())
                ));
            }
        }
        (suffix, arguments.0)
    }

    /// Everything that went in: the compiler, what it is told, and the content of each file and
    /// of each header beside it.
    fn key(&self, arguments: &[OsString]) -> Result<String, BuildError> {
        let mut hash = Sha256::new();
        hash.update(which_compiler());
        for argument in arguments {
            hash.update(argument.as_encoded_bytes());
            hash.update([0]);
        }
        let headers = self.include.iter().flat_map(|folder| headers_in(folder));
        let files = self
            .sources
            .iter()
            .cloned()
            .chain(self.forced_header.map(Path::to_owned))
            .chain(headers);
        for file in files {
            let bytes = std::fs::read(&file).map_err(|source| BuildError::File {
                path: file.clone(),
                source,
            })?;
            hash.update((bytes.len() as u64).to_le_bytes());
            hash.update(bytes);
        }
        Ok(hash
            .finalize()
            .iter()
            .take(8)
            .map(|byte| format!("{byte:02x}"))
            .collect())
    }
}

fn headers_in(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut headers: Vec<PathBuf> = entries
        .map(|e| e.path())
        .filter(|p| p.extension().is_some_and(|e| e == "h"))
        .collect();
    headers.sort();
    headers
}

/// The system's C compiler, ready to be given arguments. `CC` and `CFLAGS` are
/// honoured as everywhere.
pub fn compiler() -> Result<Command, BuildError> {
    let target = env!("BUILDER_TARGET");
    let tool = cc::Build::new()
        .cargo_metadata(false)
        .host(target)
        .target(target)
        .opt_level(1)
        .no_default_flags(true)
        .try_get_compiler()
        .map_err(|e| BuildError::NoCompiler(e.to_string()))?;
    let mut command = tool.to_command();
    command.env("LC_ALL", "C.UTF-8");
    Ok(command)
}

/// The same command behind other words. Of the environment it is given what compilers read.
fn started_through(words: &[OsString], command: Command) -> Command {
    let Some((first, rest)) = words.split_first() else {
        return command;
    };
    let mut through = Command::new(first);
    through
        .args(rest)
        .arg(command.get_program())
        .args(command.get_args());
    through.env_clear();
    let inherited = ["PATH", "CPATH", "C_INCLUDE_PATH"].map(|name| (name, std::env::var_os(name)));
    through.envs(
        inherited
            .into_iter()
            .filter_map(|(name, value)| Some((name, value?))),
    );
    through.envs(
        command
            .get_envs()
            .filter_map(|(name, value)| Some((name, value?))),
    );
    through
}

/// What the choice of the compiler depends on, without starting it: the variables that name
/// one, and the files that are called `cc`.
fn which_compiler() -> String {
    let names = [
        "CC",
        "CFLAGS",
        "CPATH",
        "C_INCLUDE_PATH",
        "CRATE_CC",
        "HOST_C",
        "TARGET_C",
    ];
    let mut story: Vec<String> = std::env::vars_os()
        .map(|(name, value)| (name.to_string_lossy().into_owned(), value))
        .filter(|(name, _)| names.iter().any(|start| name.starts_with(start)))
        .map(|(name, value)| format!("{name}={}", value.to_string_lossy()))
        .collect();
    story.sort();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path).map(|folder| folder.join("cc"));
    if let Some((cc, metadata)) = found
        .filter_map(|cc| Some((cc.clone(), cc.metadata().ok()?)))
        .next()
    {
        let (length, modified) = (metadata.len(), metadata.modified().ok());
        story.push(format!("{} {length} {modified:?}", cc.display()));
    }
    story.join("\n")
}

/// Arguments, one after another.
#[derive(Default)]
struct Arguments(Vec<OsString>);

impl Arguments {
    fn one(&mut self, argument: impl AsRef<OsStr>) -> &mut Arguments {
        self.0.push(argument.as_ref().to_owned());
        self
    }

    fn all(&mut self, arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) {
        for argument in arguments {
            self.one(argument);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exported_symbols;

    fn build(source: &str, deny_warnings: bool) -> Result<Compiled, BuildError> {
        let home = tempfile::tempdir().unwrap().keep();
        let file = home.join("answer.c");
        std::fs::write(&file, source).unwrap();
        let sources = [file];
        let build = CBuild {
            name: "answer",
            sources: &sources,
            include: &[],
            forced_header: None,
            python: None,
            deny_warnings,
            through: &[],
        };
        build.run(&home)
    }

    #[test]
    fn a_library_exports_what_is_not_static() {
        let built = build("int add(int a, int b) { return a + b; }\nstatic int hidden(void) { return 1; }\nint twice(void) { return 2 * hidden(); }\n", true).unwrap();
        let symbols = exported_symbols(&built.path).unwrap();
        assert!(
            symbols.contains(&"add".to_owned()) && !symbols.contains(&"hidden".to_owned()),
            "{symbols:?}"
        );
    }

    #[test]
    fn a_compile_error_carries_the_compilers_words() {
        let error = build("int add(int a) { return b; }", false).unwrap_err();
        assert!(
            matches!(&error, BuildError::Compile { messages, .. } if messages.contains("undeclared")),
            "{error}"
        );
    }

    #[test]
    fn a_warning_is_handed_on_or_refused() {
        let source = "int f(int a) { int unused; return a; }";
        assert!(build(source, false).unwrap().warnings.contains("unused"));
        assert!(build(source, true).is_err());
    }

    #[test]
    fn the_same_name_with_other_content_is_another_artefact() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("answer.c");
        let sources = [file.clone()];
        let build = CBuild {
            name: "answer",
            sources: &sources,
            include: &[],
            forced_header: None,
            python: None,
            deny_warnings: false,
            through: &[],
        };
        std::fs::write(&file, "int one(void) { return 1; }").unwrap();
        let first = build.run(home.path()).unwrap().path;
        std::fs::write(&file, "int two(void) { return 2; }").unwrap();
        let second = build.run(home.path()).unwrap().path;
        assert_ne!(first, second);
        assert!(
            exported_symbols(&second)
                .unwrap()
                .contains(&"two".to_owned())
        );
    }
}
