//! What an example needs of a machine, and whether it is there: each is tried and none
//! is guessed from a name on the `PATH`.

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use builder::compiler;
use interpreter::PackageManager;
use serde::Deserialize;

use crate::bench::Bench;
use crate::digest::Digest;
use crate::ink::version_line;

/// One thing that an example may need.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Need {
    /// A C compiler.
    Cc,
    /// A C++ compiler with its standard library.
    #[serde(rename = "c++")]
    Cpp,
    /// Boost.Python, built for this Python.
    Boost,
    /// `Python.h`.
    Headers,
    /// The library ink, installed.
    Ink,
    /// cargo.
    Cargo,
}

/// Something that is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// What is wrong.
    pub why: String,
    /// The one command that mends it.
    pub hint: String,
}

impl fmt::Display for Need {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Cc => "C compiler",
            Self::Cpp => "C++ compiler",
            Self::Boost => "Boost.Python",
            Self::Headers => "Python headers",
            Self::Ink => "the library ink",
            Self::Cargo => "cargo",
        })
    }
}

type Probed = Result<String, Missing>;

impl Bench {
    /// Whether this machine has it, and what was found or what is missing. Tried once.
    pub fn probe(&self, need: Need) -> Probed {
        let known = |bench: &Self| Some(bench.probed.lock().ok()?.get(&need)?.clone());
        if let Some(known) = known(self) {
            return known;
        }
        let probed = match need {
            Need::Cc => self.remembered(need, &self.version_of_c(), || self.try_c()),
            Need::Cpp => self.remembered(need, &self.version_of_cpp(), || self.try_cpp()),
            Need::Headers => self.try_headers(),
            Need::Boost => self.remembered(need, &self.version_of_cpp(), || self.try_boost()),
            Need::Ink | Need::Cargo => self.try_cargo(),
        };
        if let Ok(mut known) = self.probed.lock() {
            known.insert(need, probed.clone());
        }
        probed
    }

    /// What was there once is taken for granted, as long as compiler and Python stay
    /// the same: should it be gone, the build says so. What was missing is tried again.
    fn remembered(&self, need: Need, tool: &str, probe: impl FnOnce() -> Probed) -> Probed {
        let mut digest = Digest::default();
        digest.add("need", need.to_string().as_bytes());
        digest.add("tool", tool.as_bytes());
        let python = self.interpreter.executable().as_os_str();
        digest.add("python", python.as_encoded_bytes());
        digest.add("tag", self.interpreter.tag().as_bytes());
        let path = self.home.join("probes").join(digest.short());
        if let (false, Ok(found)) = (tool.is_empty(), std::fs::read_to_string(&path)) {
            return Ok(found);
        }
        let probed = probe();
        if let Ok(found) = &probed {
            // Losing it costs another try.
            let folder = self.home.join("probes");
            let _ = std::fs::create_dir_all(folder).and_then(|()| std::fs::write(path, found));
        }
        probed
    }

    fn try_c(&self) -> Probed {
        let missing = |why: String| Missing {
            why,
            hint: install("gcc", "gcc", "xcode-select --install"),
        };
        let mut command = compiler().map_err(|e| missing(e.to_string()))?;
        let tool = command.get_program().to_string_lossy().into_owned();
        compile(&mut command, "c", "int answer(void) { return 42; }\n", &[])
            .map_err(|said| missing(format!("`{tool}` compiles no C: {said}")))?;
        Ok(format!("`{tool}` compiles and links"))
    }

    fn try_cpp(&self) -> Probed {
        let chosen = self
            .surroundings
            .variable("CXX")
            .filter(|name| !name.is_empty());
        let missing = |why: String| Missing {
            why,
            hint: match chosen {
                Some(name) => format!("run `unset CXX`, which names `{}`", name.to_string_lossy()),
                None => install("g++", "gcc-c++", "xcode-select --install"),
            },
        };
        let Some(tool) = self.cpp() else {
            let why =
                "there is no C++ compiler: neither `c++` nor `g++` nor `clang++` is on `PATH`";
            return Err(missing(why.to_owned()));
        };
        let source = "#include <vector>\nint size() { return std::vector<int>(3).size(); }\n";
        let mut command = self.surroundings.command(&tool);
        compile(&mut command, "cpp", source, &[])
            .map_err(|said| missing(format!("`{}` compiles no C++: {said}", tool.display())))?;
        Ok(format!("`{}` compiles and links", tool.display()))
    }

    fn try_headers(&self) -> Probed {
        let folder = self
            .interpreter
            .require_headers()
            .map_err(|error| Missing {
                why: error.to_string(),
                hint: error.hint(),
            })?;
        let tool = compiler().ok().map(|c| PathBuf::from(c.get_program()));
        let tried = tool.filter(|tool| runs(tool)).or_else(|| self.cpp());
        // Without a compiler, the missing compiler is what has to be said.
        if let Some(tool) = tried {
            let source = "#include <Python.h>\nint version(void) { return PY_VERSION_HEX; }\n";
            let mut command = self.surroundings.command(&tool);
            command.arg("-I").arg(folder);
            compile(&mut command, "c", source, &[]).map_err(|said| Missing {
                why: format!("`{}/Python.h` does not compile: {said}", folder.display()),
                hint: format!(
                    "set `PYO3_PYTHON` to another Python than `{}`",
                    self.interpreter.executable().display()
                ),
            })?;
        }
        Ok(folder.display().to_string())
    }

    /// A module made with Boost.Python, built and imported. The library must have been
    /// compiled for this minor version of Python: its name ends with it. It leaves
    /// libpython to the process that loads it, so Debian's works with any CPython of the
    /// version that Debian has.
    fn try_boost(&self) -> Probed {
        self.probe(Need::Cpp)?;
        self.probe(Need::Headers)?;
        let abi = self.interpreter.abi();
        let missing = |why: String| Missing {
            why,
            hint: install(
                "libboost-python-dev",
                "boost-python3-devel",
                "brew install boost-python3",
            ),
        };
        let folder = tempfile::tempdir().map_err(|e| missing(e.to_string()))?;
        let mut command = self.surroundings.command(&self.cpp().unwrap_or_default());
        if let Some(include) = self.interpreter.include_dir() {
            command.arg("-isystem").arg(include);
        }
        for prefix in boost_prefixes() {
            command.arg("-I").arg(prefix.join("include"));
            command.arg("-L").arg(prefix.join("lib"));
        }
        let library = format!("boost_python{}{}", abi.major, abi.minor);
        let source = "#include <boost/python.hpp>\nstatic int answer() { return 42; }\n\
                      BOOST_PYTHON_MODULE(boosttry) { boost::python::def(\"answer\", answer); }\n";
        let module = folder
            .path()
            .join(format!("boosttry{}", self.interpreter.ext_suffix()));
        let link = [
            format!("-l{library}"),
            "-o".to_owned(),
            module.to_string_lossy().into_owned(),
        ];
        if let Err(said) = compile(&mut command, "cpp", source, &link) {
            let here = "boost/python.hpp";
            if said.contains(here) {
                return Err(missing(
                    "Boost.Python is not there: no `boost/python.hpp`".to_owned(),
                ));
            }
            // The headers are there, so the packages are, for another Python.
            return Err(Missing {
                why: format!(
                    "the Boost.Python of this machine is not for Python {abi}: there is no \
                     `lib{library}`"
                ),
                hint: match boost_version() {
                    Some(minor) => format!(
                        "set `PYO3_PYTHON` to a Python 3.{minor}, which it is for{}",
                        system_python(minor)
                    ),
                    None => missing(String::new()).hint,
                },
            });
        }
        let mut import = self.command(self.interpreter.executable());
        import.args(["-S", "-c", "import boosttry; print(boosttry.answer())"]);
        import.env("PYTHONPATH", folder.path()).stdin(Stdio::null());
        let output = import.output().map_err(|e| missing(e.to_string()))?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            let last = said.lines().last().unwrap_or("it dies").to_owned();
            return Err(Missing {
                why: format!("`lib{library}` does not work with this Python: {last}"),
                hint: "set `PYO3_PYTHON` to the Python of your system".to_owned(),
            });
        }
        Ok(format!(
            "`lib{library}`, and a module made with it was imported"
        ))
    }

    fn try_cargo(&self) -> Probed {
        let cargo = builder::cargo();
        let version = version_line(&mut self.surroundings.command(Path::new(cargo.get_program())));
        match version.is_empty() {
            false => Ok(version),
            true => Err(Missing {
                why: "cargo does not run".to_owned(),
                hint: "install it from your system's packages or with rustup".to_owned(),
            }),
        }
    }

    /// The C++ compiler, as CMake would choose.
    pub(crate) fn cpp(&self) -> Option<PathBuf> {
        let on_path = |name: &std::ffi::OsStr| match Path::new(name).is_absolute() {
            true => Some(PathBuf::from(name)),
            false => self.surroundings.on_path(name),
        };
        match self
            .surroundings
            .variable("CXX")
            .filter(|name| !name.is_empty())
        {
            Some(name) => on_path(name),
            None => ["c++", "g++", "clang++"]
                .iter()
                .find_map(|name| on_path(name.as_ref())),
        }
    }

    /// A command of the C++ compiler, if there is one.
    pub fn cpp_compiler(&self) -> Option<Command> {
        Some(self.surroundings.command(&self.cpp()?))
    }

    /// What the compilers for C, C++ and Rust say they are, a line each.
    pub fn compilers(&self) -> String {
        let lines = [
            self.version_of_c(),
            self.version_of_cpp(),
            self.version_of_rust(),
        ];
        lines.join("\n")
    }

    /// The line in which the C compiler says what it is.
    pub(crate) fn version_of_c(&self) -> String {
        self.version("cc", || {
            compiler().map_or_else(|_| String::new(), |mut command| version_line(&mut command))
        })
    }

    /// The same of the C++ compiler.
    pub(crate) fn version_of_cpp(&self) -> String {
        self.version("c++", || {
            let tool = self.cpp();
            tool.map_or_else(String::new, |tool| {
                version_line(&mut self.surroundings.command(&tool))
            })
        })
    }
}

/// Compiles this text to a shared library; what the compiler said, if it does not.
fn compile(
    command: &mut Command,
    ending: &str,
    source: &str,
    after: &[String],
) -> Result<(), String> {
    let folder = tempfile::tempdir().map_err(|e| e.to_string())?;
    let file = folder.path().join(format!("try.{ending}"));
    std::fs::write(&file, source).map_err(|e| e.to_string())?;
    command.args(["-shared", "-fPIC"]);
    if cfg!(target_os = "macos") {
        command.args(["-undefined", "dynamic_lookup"]);
    }
    command.arg(&file);
    if !after.iter().any(|word| word == "-o") {
        command.arg("-o").arg(folder.path().join("try.out"));
    }
    let output = command
        .args(after)
        .env("LC_ALL", "C.UTF-8")
        .stdin(Stdio::null())
        .output()
        .map_err(|e| e.to_string())?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let error = said
        .lines()
        .find(|line| line.contains("error") || line.contains("cannot find"));
    Err(error
        .or(said.lines().next())
        .unwrap_or("it says nothing")
        .trim()
        .to_owned())
}

fn runs(tool: &Path) -> bool {
    let mut command = Command::new(tool);
    command.arg("--version").stdin(Stdio::null());
    command.output().is_ok_and(|output| output.status.success())
}

/// Where CMake looks for Boost and a compiler does not.
fn boost_prefixes() -> Vec<PathBuf> {
    let all = match cfg!(target_os = "macos") {
        true => ["/opt/homebrew", "/usr/local"].as_slice(),
        false => &[],
    };
    all.iter()
        .map(PathBuf::from)
        .filter(|p| p.is_dir())
        .collect()
}

/// The minor version of Python that the Boost.Python found is for.
fn boost_version() -> Option<u16> {
    let folders = [
        "/usr/lib64",
        "/usr/lib",
        "/usr/local/lib",
        "/opt/homebrew/lib",
    ];
    let multiarch = format!("/usr/lib/{}-linux-gnu", std::env::consts::ARCH);
    let folders = folders.iter().map(PathBuf::from).chain([multiarch.into()]);
    let files = folders
        .filter_map(|folder| std::fs::read_dir(folder).ok())
        .flatten()
        .flatten();
    files
        .filter_map(|file| {
            let name = file.file_name().to_string_lossy().into_owned();
            let version = name
                .strip_prefix("libboost_python3")?
                .split(['.', '-'])
                .next()?;
            version.parse().ok()
        })
        .max()
}

/// The system's own Python, where that is the one.
fn system_python(minor: u16) -> String {
    let python = PathBuf::from(format!("/usr/bin/python3.{minor}"));
    match python.is_file() {
        true => format!(": `export PYO3_PYTHON={}`", python.display()),
        false => String::new(),
    }
}

/// How to get a package here.
fn install(apt: &str, dnf: &str, mac: &str) -> String {
    match PackageManager::detect() {
        PackageManager::Apt => format!("run `sudo apt install {apt}`"),
        PackageManager::Dnf => format!("run `sudo dnf install {dnf}`"),
        PackageManager::Brew => format!("run `{mac}`"),
        PackageManager::Unknown => {
            format!("install it: the package is `{apt}` on Debian and `{dnf}` on Fedora")
        }
    }
}
