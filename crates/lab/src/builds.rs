//! What an experiment needs compiled: C, C++, Rust, Cython, SWIG, CFFI.
//!
//! A result lies in a folder named by the hash of all that went in, so what is there
//! already is the right one. A tool that is missing is no error: the experiment is told,
//! and does without.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use gallery::{Bench, Need};
use interpreter::Environment;
use sha2::{Digest, Sha256};

use crate::LabError;
use crate::error::{io_error, put};
use crate::experiment::{Build, Kind};

/// What came of an experiment's builds.
#[derive(Debug, Default)]
pub struct Built {
    /// Where each one lies.
    pub artefacts: BTreeMap<String, PathBuf>,
    /// Which are not there, and why.
    pub lacking: BTreeMap<String, String>,
}

/// Compiles for one Python.
pub struct Builder<'a> {
    bench: &'a Bench,
    environment: &'a Environment,
    home: PathBuf,
    experiment: &'a str,
}

impl<'a> Builder<'a> {
    /// Results go below `home`.
    pub fn new(
        bench: &'a Bench,
        environment: &'a Environment,
        home: &Path,
        experiment: &'a str,
    ) -> Self {
        Self {
            bench,
            environment,
            home: home.join("builds"),
            experiment,
        }
    }

    /// Makes them all, or says which cannot be made here.
    pub fn all(&self, builds: &[Build], progress: &mut dyn FnMut(&str)) -> Result<Built, LabError> {
        let mut built = Built::default();
        for build in builds {
            if let Some(why) = self.lacks(build) {
                built.lacking.insert(build.name.clone(), why);
                continue;
            }
            let path = self.one(build, progress)?;
            built.artefacts.insert(build.name.clone(), path);
        }
        Ok(built)
    }

    fn lacks(&self, build: &Build) -> Option<String> {
        let kind = build.kind;
        let cpp = build
            .sources
            .iter()
            .any(|source| is_cpp(source))
            .then_some(&Need::Cpp);
        let needs: &[Need] = match kind {
            Kind::Library => &[Need::Cc],
            Kind::Extension | Kind::Cython | Kind::Cffi | Kind::Host => &[Need::Cc, Need::Headers],
            Kind::Pybind11 | Kind::Nanobind | Kind::Swig => &[Need::Cpp, Need::Headers],
            Kind::Boost => &[Need::Boost],
            Kind::Cargo => &[Need::Cargo],
        };
        let missing = needs
            .iter()
            .chain(cpp)
            .find_map(|need| self.bench.probe(*need).err());
        if let Some(missing) = missing {
            return Some(missing.why);
        }
        let static_only = kind == Kind::Host && self.library_of_python().is_none();
        static_only.then(|| "this Python has no library to link a program with".to_owned())
    }

    fn one(&self, build: &Build, progress: &mut dyn FnMut(&str)) -> Result<PathBuf, LabError> {
        if build.kind == Kind::Cargo {
            return self.by_cargo(build, progress);
        }
        let folder = self
            .home
            .join(format!("{}-{}", build.name, self.key(build)?));
        let file = self.file_of(build);
        let target = folder.join(&file);
        if target.is_file() {
            return Ok(target);
        }
        progress(&format!("building `{}`", build.name));
        std::fs::create_dir_all(&self.home).map_err(io_error("make", &self.home))?;
        let work = tempfile::Builder::new()
            .prefix(".")
            .tempdir_in(&self.home)
            .map_err(io_error("write in", &self.home))?;
        self.steps(build, work.path(), &work.path().join(&file))?;
        // Somebody else may have made the same meanwhile: then theirs is as good.
        match std::fs::rename(work.path(), &folder) {
            Ok(()) => drop(work.keep()),
            Err(_) if target.is_file() => {}
            Err(source) => return Err(io_error("make", &folder)(source)),
        }
        Ok(target)
    }

    fn file_of(&self, build: &Build) -> String {
        let suffix = self.bench.interpreter().ext_suffix();
        match build.kind {
            Kind::Library => format!("lib{}{}", build.name, std::env::consts::DLL_SUFFIX),
            Kind::Host => build.name.clone(),
            Kind::Swig => format!("_{}{suffix}", build.name),
            _ => format!("{}{suffix}", build.name),
        }
    }

    fn steps(&self, build: &Build, work: &Path, target: &Path) -> Result<(), LabError> {
        let site = self.environment.site_packages();
        let sources: Vec<PathBuf> = build.sources.iter().map(|s| build.folder.join(s)).collect();
        let first = sources
            .first()
            .ok_or_else(|| self.refused(build, "it has no sources".into()))?;
        let python = self.environment.python();
        let (mut include, mut all) = (Vec::new(), sources.clone());
        // What writes C or C++ has its own file read by a tool, and not by the compiler.
        match build.kind {
            Kind::Pybind11 => include.push(site.join("pybind11/include")),
            Kind::Nanobind => {
                let home = site.join("nanobind");
                include.extend([home.join("include"), home.join("ext/robin_map/include")]);
                all.push(home.join("src/nb_combined.cpp"));
            }
            Kind::Cython => {
                let cpp = build.tool_flags.iter().any(|flag| flag == "--cplus");
                let made = work.join(format!("{}.{}", build.name, if cpp { "cpp" } else { "c" }));
                let mut cython = self.bench.command(&python);
                cython.args(["-m", "cython", "-3", "-o"]).arg(&made);
                cython.args(&build.tool_flags).arg(first);
                self.run(build, cython)?;
                all[0] = made;
            }
            Kind::Swig => {
                let made = work.join("wrapper.cpp");
                let mut swig = self.bench.command(&python.with_file_name("swig"));
                swig.args(["-python", "-c++"]).args(&build.tool_flags);
                swig.arg("-outdir")
                    .arg(work)
                    .arg("-o")
                    .arg(&made)
                    .arg(first);
                self.run(build, swig)?;
                all[0] = made;
            }
            Kind::Cffi => {
                let made = work.join(format!("{}.c", build.name));
                let mut emit = self.bench.command(&python);
                emit.args(["-s", "-c", EMIT]).arg(first).arg(&made);
                self.run(build, emit)?;
                all[0] = made;
            }
            Kind::Library | Kind::Extension | Kind::Host | Kind::Boost | Kind::Cargo => {}
        }
        self.compile(build, &all, &include, target)
    }

    /// By the C compiler or, where a file is C++, by the C++ compiler.
    fn compile(
        &self,
        build: &Build,
        sources: &[PathBuf],
        include: &[PathBuf],
        target: &Path,
    ) -> Result<(), LabError> {
        let interpreter = self.bench.interpreter();
        let cpp = sources.iter().any(|source| is_cpp(source));
        let mut command = match cpp {
            true => self.bench.cpp_compiler(),
            false => builder::compiler().ok(),
        }
        .ok_or_else(|| self.refused(build, "there is no compiler".to_owned()))?;
        command.args(["-O2", "-DNDEBUG", "-fPIC"]);
        if cpp {
            command.args(["-std=c++17", "-fvisibility=hidden"]);
        }
        if build.kind == Kind::Nanobind {
            command.args(["-fno-strict-aliasing", "-DNB_COMPACT_ASSERTIONS"]);
        }
        let mut folders: Vec<PathBuf> = vec![build.folder.clone()];
        folders.extend(
            build
                .headers
                .iter()
                .filter_map(|h| Some(build.folder.join(h.parent()?))),
        );
        folders.dedup();
        for folder in folders {
            command.arg("-I").arg(folder);
        }
        for folder in include {
            command.arg("-isystem").arg(folder);
        }
        if build.kind != Kind::Library
            && let Some(folder) = interpreter.include_dir()
        {
            command.arg("-isystem").arg(folder);
        }
        command.args(&build.flags).args(sources);
        match (build.kind, cfg!(target_os = "macos")) {
            (Kind::Host, _) => {
                let (folder, name) = self.library_of_python().unwrap_or_default();
                command.arg("-L").arg(&folder).arg(format!("-l{name}"));
                command.arg(format!("-Wl,-rpath,{}", folder.display()));
            }
            (_, true) => {
                command.args(["-shared", "-undefined", "dynamic_lookup"]);
            }
            (_, false) => {
                command.arg("-shared");
            }
        }
        if build.kind == Kind::Boost {
            let abi = interpreter.abi();
            command.arg(format!("-lboost_python{}{}", abi.major, abi.minor));
        }
        command.arg("-o").arg(target);
        self.run(build, command)
    }

    /// An example of a crate of this workspace, optimised.
    fn by_cargo(&self, build: &Build, progress: &mut dyn FnMut(&str)) -> Result<PathBuf, LabError> {
        progress(&format!("building `{}`", build.name));
        let interpreter = self.bench.interpreter();
        let target = self.home.join("cargo").join(interpreter.tag());
        let mut command = builder::cargo();
        command
            .current_dir(&build.folder)
            .args([
                "build",
                "--release",
                "--message-format=json",
                "--example",
                &build.name,
            ])
            .arg("--target-dir")
            .arg(&target)
            .env("PYO3_PYTHON", interpreter.executable())
            .env("PYO3_BUILD_EXTENSION_MODULE", "1")
            .stdin(Stdio::null());
        let output = command
            .output()
            .map_err(|error| self.refused(build, error.to_string()))?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            return Err(self.refused(build, said));
        }
        let messages = String::from_utf8_lossy(&output.stdout).into_owned();
        let mut artefacts = messages.lines().filter_map(|line| {
            let message: serde_json::Value = serde_json::from_str(line).ok()?;
            let is_it = message["target"]["name"] == build.name.as_str();
            let file = message["filenames"].get(0)?.as_str()?;
            is_it.then(|| PathBuf::from(file))
        });
        let library = artefacts
            .next_back()
            .ok_or_else(|| self.refused(build, "cargo built no such example".to_owned()))?;
        // Python wants it under another name, in a folder without its neighbours.
        let folder = self
            .home
            .join("cargo-modules")
            .join(interpreter.tag())
            .join(&build.name);
        let module = folder.join(self.file_of(build));
        std::fs::create_dir_all(&folder).map_err(io_error("make", &folder))?;
        let bytes = std::fs::read(&library).map_err(io_error("read", &library))?;
        put(&module, &bytes)?;
        Ok(module)
    }

    fn run(&self, build: &Build, mut command: Command) -> Result<(), LabError> {
        command.stdin(Stdio::null()).env("LC_ALL", "C.UTF-8");
        let output = command.output().map_err(|error| {
            let tool = command.get_program().to_string_lossy().into_owned();
            self.refused(build, format!("cannot start `{tool}`: {error}"))
        })?;
        if output.status.success() {
            return Ok(());
        }
        let said = [output.stderr, output.stdout].concat();
        Err(self.refused(build, String::from_utf8_lossy(&said).into_owned()))
    }

    fn refused(&self, build: &Build, said: String) -> LabError {
        LabError::Build {
            experiment: self.experiment.to_owned(),
            name: build.name.clone(),
            said,
        }
    }

    /// Folder and name of libpython, where there is one to link with.
    fn library_of_python(&self) -> Option<(PathBuf, String)> {
        let interpreter = self.bench.interpreter();
        let folder = interpreter.libdir()?.to_owned();
        let file = interpreter
            .ldlibrary()
            .filter(|_| interpreter.enable_shared())?;
        let name = file.strip_prefix("lib")?.split(".so").next()?;
        Some((folder, name.trim_end_matches(".dylib").to_owned()))
    }

    fn key(&self, build: &Build) -> Result<String, LabError> {
        let mut hash = Sha256::new();
        let mut add = |part: &[u8]| {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        };
        add(format!("{:?}", (&build.kind, &build.flags, &build.tool_flags)).as_bytes());
        add(self.bench.interpreter().tag().as_bytes());
        add(self
            .bench
            .interpreter()
            .executable()
            .as_os_str()
            .as_encoded_bytes());
        add(self.bench.compilers().as_bytes());
        let root = self.environment.root().file_name().unwrap_or_default();
        add(root.as_encoded_bytes());
        for source in build.sources.iter().chain(&build.headers) {
            let path = build.folder.join(source);
            add(&std::fs::read(&path).map_err(io_error("read", &path))?);
        }
        let digits = hash.finalize();
        Ok(digits.iter().take(6).map(|b| format!("{b:02x}")).collect())
    }
}

fn is_cpp(file: &Path) -> bool {
    file.extension().is_some_and(|ending| ending == "cpp")
}

/// Writes the C file of the `ffibuilder` in a Python file.
const EMIT: &str = "
import runpy, sys
runpy.run_path(sys.argv[1])['ffibuilder'].emit_c_code(sys.argv[2])
";
