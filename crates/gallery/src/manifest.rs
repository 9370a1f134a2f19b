//! One `binding.toml`: what it may say, and what is wrong when it says something else.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::error::GalleryError;
use crate::needs::Need;
use crate::requires::Requires;

/// What can be shown: a module that Python imports, or a program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Example {
    /// A Python module.
    Binding(Binding),
    /// A program.
    Program(Program),
}

/// What every example has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// What `demo` takes.
    pub name: String,
    /// A line for the list.
    pub summary: String,
    /// Its folder.
    pub folder: PathBuf,
    /// What a machine must have for it.
    pub needs: Vec<Need>,
    /// Which Pythons it can be built for, and why no others.
    pub python: Option<(Requires, String)>,
}

/// A module built and installed as a wheel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    /// What every example has.
    pub about: About,
    /// What Python imports.
    pub module: String,
    /// pip's `--config-settings`.
    pub settings: Vec<String>,
    /// Whether another binding has the same module, so that this one is never on the
    /// path that all share.
    pub alone: bool,
}

/// A program that is run as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    /// What every example has.
    pub about: About,
    /// The command, with placeholders.
    pub run: Vec<String>,
}

impl Example {
    /// What every example has.
    pub fn about(&self) -> &About {
        match self {
            Self::Binding(binding) => &binding.about,
            Self::Program(program) => &program.about,
        }
    }
}

/// What may stand in `run` in braces.
pub(crate) const PLACEHOLDERS: [&str; 4] = ["{python}", "{library}", "{prefix}", "{out}"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    binding: Vec<BindingTable>,
    #[serde(default)]
    program: Vec<ProgramTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BindingTable {
    name: String,
    module: String,
    summary: String,
    needs: Vec<Need>,
    python: Option<String>,
    because: Option<String>,
    #[serde(default)]
    settings: Vec<String>,
    #[serde(default)]
    alone: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProgramTable {
    name: String,
    summary: String,
    needs: Vec<Need>,
    python: Option<String>,
    because: Option<String>,
    run: Vec<String>,
}

/// Reads the manifest in this folder.
pub(crate) fn read(folder: &Path) -> Result<Vec<Example>, GalleryError> {
    let path = folder.join("binding.toml");
    let text = std::fs::read_to_string(&path).map_err(crate::error::io_error("read", &path))?;
    parse(&text, &path, folder)
}

fn parse(text: &str, path: &Path, folder: &Path) -> Result<Vec<Example>, GalleryError> {
    let bad = |why: String, hint: &str| GalleryError::Manifest {
        path: path.to_owned(),
        why,
        hint: hint.to_owned(),
    };
    let file: File = toml::from_str(text).map_err(|error| {
        let before = error.span().and_then(|span| text.get(..span.start));
        let line = before.map_or(1, |text| text.matches('\n').count() + 1);
        bad(
            format!("cannot be read, line {line}: {}", error.message().trim()),
            "compare it with the `binding.toml` of another example",
        )
    })?;
    match (file.binding.is_empty(), file.program.is_empty()) {
        (true, true) => {
            return Err(bad(
                "shows nothing".to_owned(),
                "give it a `[[binding]]` or a `[[program]]`",
            ));
        }
        (false, false) => {
            return Err(bad(
                "has both a `[[binding]]` and a `[[program]]`".to_owned(),
                "give each kind a folder of its own",
            ));
        }
        _ => {}
    }
    let mut examples = Vec::new();
    for table in file.binding {
        let about = about(
            table.name,
            table.summary,
            table.needs,
            (table.python, table.because),
            folder,
            &bad,
        )?;
        if !is_module(&table.module) {
            return Err(bad(
                format!("names `{}`, which Python cannot import", table.module),
                "set `module` to letters, digits and underscores",
            ));
        }
        if let Some(setting) = table.settings.iter().find(|s| !s.contains('=')) {
            return Err(bad(
                format!("has the setting `{setting}`, which sets nothing"),
                "write each of `settings` as `\"key=value\"`",
            ));
        }
        examples.push(Example::Binding(Binding {
            about,
            module: table.module,
            settings: table.settings,
            alone: table.alone,
        }));
    }
    for table in file.program {
        let about = about(
            table.name,
            table.summary,
            table.needs,
            (table.python, table.because),
            folder,
            &bad,
        )?;
        if table.run.is_empty() {
            return Err(bad(
                format!("says nothing to run for `{}`", about.name),
                "set `run` to a list of words",
            ));
        }
        if let Some(unknown) = table.run.iter().find_map(|word| unknown_placeholder(word)) {
            return Err(bad(
                format!("has the placeholder `{unknown}`, which stands for nothing"),
                "use `{python}`, `{library}`, `{prefix}` or `{out}`",
            ));
        }
        examples.push(Example::Program(Program {
            about,
            run: table.run,
        }));
    }
    Ok(examples)
}

fn about(
    name: String,
    summary: String,
    needs: Vec<Need>,
    (python, because): (Option<String>, Option<String>),
    folder: &Path,
    bad: &dyn Fn(String, &str) -> GalleryError,
) -> Result<About, GalleryError> {
    // It is part of a folder's name and is typed on a command line.
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(c);
    if name.is_empty() || name.starts_with('-') || !name.chars().all(fits) {
        return Err(bad(
            format!("has the name `{name}`"),
            "use lower-case letters, digits, `-` and `_`",
        ));
    }
    let python = match (python, because) {
        (None, None) => None,
        (None, Some(_)) => {
            return Err(bad(
                format!("has a `because` for `{name}` and no `python`"),
                "say with `python` where it can be built, or leave out `because`",
            ));
        }
        (Some(range), because) => {
            let requires = range.parse().map_err(|why| {
                bad(
                    format!("has a wrong `python` for `{name}`: {why}"),
                    "write it as packages do",
                )
            })?;
            let because = because.filter(|text| !text.trim().is_empty());
            let because = because.ok_or_else(|| {
                bad(
                    format!("says `python = \"{range}\"` for `{name}` and not why"),
                    "add `because = \"…\"`",
                )
            })?;
            Some((requires, because))
        }
    };
    Ok(About {
        name,
        summary,
        folder: folder.to_owned(),
        needs,
        python,
    })
}

fn is_module(name: &str) -> bool {
    let word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    !name.is_empty() && !name.starts_with(|c: char| c.is_ascii_digit()) && name.chars().all(word)
}

fn unknown_placeholder(word: &str) -> Option<String> {
    let known = PLACEHOLDERS
        .iter()
        .fold(word.to_owned(), |word, known| word.replace(known, ""));
    let from = known.find('{')?;
    let to = known[from..].find('}')?;
    Some(known[from..=from + to].to_owned())
}

#[cfg(test)]
#[path = "manifest_tests.rs"]
mod tests;
