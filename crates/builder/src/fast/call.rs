//! How the compiler is called for one crate, as cargo would call it.

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::compile::{Compiler, Output};
use super::recipe::{Script, folder_of, text};
use super::toolchain::{ONE_THREAD, Toolchain};
use super::{Site, Why};

/// What goes into a call of the compiler.
pub struct Call<'a> {
    pub site: Site<'a>,
    pub package: &'a Value,
    pub toolchain: Toolchain,
    pub script: Script,
    pub libraries: Vec<(String, PathBuf)>,
    /// Where what these are made with lies, and little else: the compiler reads the whole folder.
    pub shelf: PathBuf,
}

impl Call<'_> {
    /// One step on the way to what the learner makes.
    pub fn compiler(&self, slug: &str, answer: &Value, output: Output) -> Result<Compiler, Why> {
        let own = self.site.folder(slug);
        let reads = self.libraries.iter().map(|(_, path)| path.clone());
        Ok(Compiler {
            rustc: self.toolchain.rustc.clone(),
            arguments: self.arguments(answer, output)?,
            source: self.source(answer)?,
            env: self.env(answer, output)?,
            output,
            reads: reads.filter(|path| path.starts_with(&own)).collect(),
        })
    }

    /// Where the crate begins. Cargo names files from the root.
    fn source(&self, answer: &Value) -> Result<PathBuf, Why> {
        let source = Path::new(text(&answer["target"], "src_path")?);
        let source = source.strip_prefix(self.site.root).unwrap_or(source);
        Ok(source.to_owned())
    }

    /// All that it is told, but for where the output goes.
    fn arguments(&self, answer: &Value, output: Output) -> Result<Vec<String>, Why> {
        let (target, profile) = (&answer["target"], &answer["profile"]);
        let mut arguments: Vec<String> = vec![
            "--crate-name".into(),
            text(target, "name")?.replace('-', "_"),
            format!("--edition={}", text(target, "edition")?),
            self.source(answer)?.to_string_lossy().into_owned(),
            "--error-format=json".into(),
            "--crate-type".into(),
            output.crate_type().into(),
            "--check-cfg".into(),
            "cfg(docsrs,test)".into(),
            "--check-cfg".into(),
            "cfg(feature, values())".into(),
        ];
        let mut option = |text: String| arguments.extend(["-C".to_owned(), text]);
        option("embed-bitcode=no".into());
        let level = profile["opt_level"].as_str().unwrap_or("0");
        option(format!("opt-level={level}"));
        match &profile["debuginfo"] {
            Value::String(kind) => option(format!("debuginfo={kind}")),
            Value::Number(level) => option(format!("debuginfo={level}")),
            _ => {}
        }
        option(format!("debug-assertions={}", profile["debug_assertions"]));
        option(format!("overflow-checks={}", profile["overflow_checks"]));
        // Each part of the crate costs something, and an edit is in one of them: as many as there
        // would be if nothing were kept from the last time.
        option("codegen-units=16".into());
        // The standard library as it lies there, and not linked in anew each time.
        option("prefer-dynamic".into());
        let shared = self.libraries.iter().filter(|(name, _)| name == "pyo3");
        let shared = shared.filter_map(|(_, path)| path.parent());
        for folder in std::iter::once(self.toolchain.libraries.as_path()).chain(shared) {
            option(format!("link-arg=-Wl,-rpath,{}", folder.display()));
        }
        for (name, path) in &self.libraries {
            arguments.extend(["--extern".into(), format!("{name}={}", path.display())]);
        }
        if !self.libraries.is_empty() {
            arguments.extend(["-L".into(), format!("dependency={}", self.shelf.display())]);
        }
        arguments.extend(self.script.flags.iter().cloned());
        if let Some(linker) = &self.toolchain.linker {
            match output {
                Output::Library => linker.call_directly(&mut arguments),
                _ => arguments.extend(["-C".into(), format!("link-arg=-Wl,{ONE_THREAD}")]),
            }
        }
        Ok(arguments)
    }

    /// The variables that cargo sets while it compiles: `env!("CARGO_PKG_VERSION")`.
    fn env(&self, answer: &Value, output: Output) -> Result<Vec<(String, String)>, Why> {
        let field = |key: &str| self.package[key].as_str().unwrap_or_default().to_owned();
        let version = field("version");
        let (numbers, pre) = version.split_once('-').unwrap_or((&version, ""));
        let mut numbers = numbers.splitn(3, '.');
        let mut number = || numbers.next().unwrap_or_default().to_owned();
        let (major, minor, patch) = (number(), number(), number());
        let authors = self.package["authors"].as_array().into_iter().flatten();
        let authors: Vec<&str> = authors.filter_map(Value::as_str).collect();
        let manifest = field("manifest_path");
        let folder = folder_of(self.package)?.display().to_string();
        let crate_name = text(&answer["target"], "name")?;
        let mut env = self.script.env.clone();
        env.extend(
            [
                ("CARGO_PKG_NAME", field("name")),
                ("CARGO_PKG_VERSION", version.clone()),
                ("CARGO_PKG_VERSION_MAJOR", major),
                ("CARGO_PKG_VERSION_MINOR", minor),
                ("CARGO_PKG_VERSION_PATCH", patch),
                ("CARGO_PKG_VERSION_PRE", pre.to_owned()),
                ("CARGO_PKG_AUTHORS", authors.join(":")),
                ("CARGO_PKG_DESCRIPTION", field("description")),
                ("CARGO_PKG_HOMEPAGE", field("homepage")),
                ("CARGO_PKG_REPOSITORY", field("repository")),
                ("CARGO_PKG_LICENSE", field("license")),
                ("CARGO_PKG_LICENSE_FILE", field("license_file")),
                ("CARGO_PKG_RUST_VERSION", field("rust_version")),
                ("CARGO_PKG_README", field("readme")),
                ("CARGO_CRATE_NAME", crate_name.replace('-', "_")),
                ("CARGO_MANIFEST_DIR", folder),
                ("CARGO_MANIFEST_PATH", manifest),
                ("CARGO_PRIMARY_PACKAGE", "1".to_owned()),
            ]
            .map(|(name, value)| (name.to_owned(), value)),
        );
        if output == Output::Program {
            env.push(("CARGO_BIN_NAME".to_owned(), crate_name.to_owned()));
        }
        Ok(env)
    }
}
