//! A wrong answer, and the head comment in which it says how it is caught.
//!
//! ```text
//! //! wrong: releases the GIL, but takes it again for every row
//! //! caught-by: releases_the_gil
//! //! says: held the GIL
//! ```
//!
//! Reads the comment alone. Whether the answer really is caught so is proved by
//! whoever runs it.

use std::path::{Path, PathBuf};

use crate::error::{CourseError, Place, Problem, nearest};
use crate::toml_file::read_text;

/// A plausible wrong answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// The file's name without its extension.
    pub name: String,
    /// The file.
    pub path: PathBuf,
    /// The editable file it stands in for.
    pub replaces: PathBuf,
    /// Why it is plausible, and wrong.
    pub why: String,
    /// What must catch it; never empty.
    pub catches: Vec<Catch>,
}

/// One way in which a wrong answer must fail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Catch {
    /// What must fail.
    pub by: Catcher,
    /// A fragment of what it must say.
    pub says: String,
}

/// What catches a wrong answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Catcher {
    /// It does not build.
    Build,
    /// A visible or hidden check fails.
    Check(String),
}

#[derive(Default)]
struct Head {
    wrong: Option<String>,
    replaces: Option<(usize, String)>,
    catches: Vec<Caught>,
    last_line: usize,
}

struct Caught {
    line: usize,
    by: String,
    says: Option<String>,
}

impl Wrong {
    /// Reads a wrong answer to an exercise with these editable files and checks.
    pub(crate) fn read(
        path: &Path,
        editable: &[PathBuf],
        checks: &[&str],
    ) -> Result<Wrong, CourseError> {
        let text = read_text(path, "the wrong answer")?;
        let head = Head::parse(&text, path)?;
        let add = |key: &'static str, after: Option<String>, line: usize| {
            let sample = match key {
                "wrong" => "why it is plausible, and wrong",
                "caught-by" => "name_of_a_check",
                "says" => "a fragment of the message",
                _ => "src/lib.rs",
            };
            let add = format!("{} {key}: {sample}", comment_for(path));
            let error = CourseError::new(path, Problem::NoHeaderLine { key, after, add });
            if line == 0 {
                error
            } else {
                error.at(Place::line(line))
            }
        };

        let why = head
            .wrong
            .ok_or_else(|| add("wrong", None, head.last_line))?;
        if head.catches.is_empty() {
            return Err(add("caught-by", None, head.last_line));
        }
        let mut catches = Vec::new();
        for Caught { line, by, says } in head.catches {
            let says = says.ok_or_else(|| add("says", Some(by.clone()), line))?;
            let by = match by.as_str() {
                "build" => Catcher::Build,
                check if checks.contains(&check) => Catcher::Check(by),
                _ => {
                    let near = nearest(&by, checks.iter().copied()).map(str::to_owned);
                    let checks = checks.iter().map(|&c| c.to_owned()).collect();
                    let problem = Problem::NoSuchCheck {
                        name: by,
                        near,
                        checks,
                    };
                    return Err(CourseError::new(path, problem).at(Place::line(line)));
                }
            };
            catches.push(Catch { by, says });
        }
        let replaces = match (head.replaces, editable) {
            (Some((line, replaces)), _) => {
                let replaces_one = editable.iter().find(|p| **p == *replaces);
                replaces_one.cloned().ok_or_else(|| {
                    let problem = Problem::Value {
                        key: "replaces".into(),
                        value: format!("`{replaces}`"),
                        allowed: format!("one of {}", list_paths(editable)),
                    };
                    CourseError::new(path, problem).at(Place::line(line))
                })?
            }
            (None, [only]) => only.clone(),
            (None, _) => return Err(add("replaces", None, head.last_line)),
        };
        let name = path
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        Ok(Wrong {
            name,
            path: path.to_owned(),
            replaces,
            why,
            catches,
        })
    }
}

fn list_paths(paths: &[PathBuf]) -> String {
    let paths: Vec<_> = paths.iter().map(|p| p.to_string_lossy()).collect();
    crate::error::list(&paths)
}

impl Head {
    fn parse(text: &str, path: &Path) -> Result<Head, CourseError> {
        let mut head = Head::default();
        let mut goes_on = false;
        for (index, line) in text.lines().enumerate() {
            let number = index + 1;
            let fail = |problem| Err(CourseError::new(path, problem).at(Place::line(number)));
            if line.trim().is_empty() {
                goes_on = false;
                continue;
            }
            let Some(comment) = comment(line) else { break };
            head.last_line = number;
            let (key, value) = comment.split_once(':').unwrap_or(("", ""));
            let value = value.trim();
            let was_going_on = std::mem::take(&mut goes_on);
            // A key without a value is as good as no key: its absence is reported.
            match key.trim() {
                "wrong" | "caught-by" | "says" | "replaces" if value.is_empty() => {}
                "wrong" => {
                    if head.wrong.replace(value.to_owned()).is_some() {
                        return fail(Problem::SecondHeaderLine { key: "wrong" });
                    }
                    goes_on = true;
                }
                "replaces" => {
                    let earlier = head.replaces.replace((number, value.to_owned()));
                    if earlier.is_some() {
                        return fail(Problem::SecondHeaderLine { key: "replaces" });
                    }
                }
                "caught-by" => {
                    // One check a line, since each says something of its own.
                    head.catches.push(Caught {
                        line: number,
                        by: value.to_owned(),
                        says: None,
                    });
                }
                "says" => match head.catches.last_mut() {
                    Some(last) if last.says.is_none() => last.says = Some(value.to_owned()),
                    _ => return fail(Problem::LoneSays),
                },
                // The reason may take several lines.
                _ if was_going_on && !comment.is_empty() => {
                    if let Some(why) = &mut head.wrong {
                        why.push(' ');
                        why.push_str(comment);
                    }
                    goes_on = true;
                }
                _ => {}
            }
        }
        Ok(head)
    }
}

/// The text of a comment line in any of the course's languages.
fn comment(line: &str) -> Option<&str> {
    let line = line.trim();
    let openings = ["//!", "///", "//", "/**", "/*", "*/", "*", "#"];
    let text = openings
        .into_iter()
        .find_map(|opening| line.strip_prefix(opening))?;
    Some(text.strip_suffix("*/").unwrap_or(text).trim())
}

fn comment_for(path: &Path) -> &'static str {
    match path.extension().and_then(|e| e.to_str()) {
        Some("rs") => "//!",
        Some("c" | "h" | "cpp" | "hpp" | "cc") => "//",
        _ => "#",
    }
}
