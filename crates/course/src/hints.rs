//! `hints.md`: three steps from a nudge to nearly the answer, then hints keyed
//! to what a failure says.
//!
//! Which of them the learner has seen is left to [`crate::HintsSeen`].

use std::path::Path;

use crate::error::{CourseError, Place, Problem};
use crate::toml_file::read_text;

/// The hints of one exercise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hints {
    steps: [Hint; 3],
    keyed: Vec<Hint>,
}

/// One hint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// What follows `## 1.`; of a keyed hint, the signature it is keyed to.
    pub title: String,
    /// Markdown.
    pub body: String,
}

struct Section<'a> {
    heading: &'a str,
    line: usize,
    body: String,
}

impl Hints {
    /// Reads a `hints.md`.
    pub fn read(path: &Path) -> Result<Hints, CourseError> {
        Hints::parse(&read_text(path, "the file of hints")?, path)
    }

    /// Parses what stands in a `hints.md`; `path` is for errors.
    pub fn parse(text: &str, path: &Path) -> Result<Hints, CourseError> {
        let mut steps = Vec::new();
        let mut keyed: Vec<Hint> = Vec::new();
        for section in sections(text) {
            let fail = |problem| Err(CourseError::new(path, problem).at(Place::line(section.line)));
            let heading = section.heading;
            let next = steps.len() + 1;
            let misplaced = || Problem::HintOrder {
                heading: heading.to_owned(),
                expected: match next {
                    1..=3 => format!("`## {next}. …`"),
                    _ => "`## When: …`".to_owned(),
                },
            };
            let title = match (next, heading.strip_prefix("When:")) {
                (4, Some(signature)) => signature.trim(),
                (1..=3, None) => match heading.strip_prefix(&format!("{next}.")) {
                    Some(title) => title.trim(),
                    None => return fail(misplaced()),
                },
                _ => return fail(misplaced()),
            };
            if title.is_empty() {
                return fail(misplaced());
            }
            if section.body.is_empty() {
                return fail(Problem::EmptyHint(heading.to_owned()));
            }
            let hint = Hint {
                title: title.to_owned(),
                body: section.body,
            };
            if next <= 3 {
                steps.push(hint);
            } else if keyed.iter().any(|k| k.title == hint.title) {
                return fail(Problem::Repeated {
                    key: "When:".into(),
                    value: hint.title,
                });
            } else {
                keyed.push(hint);
            }
        }
        let steps = <[Hint; 3]>::try_from(steps)
            .map_err(|some| CourseError::new(path, Problem::MissingStep(some.len() + 1)))?;
        Ok(Hints { steps, keyed })
    }

    /// A step, from 1 to 3.
    pub fn step(&self, n: usize) -> Option<&Hint> {
        self.steps.get(n.checked_sub(1)?)
    }

    /// All three steps.
    pub fn steps(&self) -> &[Hint; 3] {
        &self.steps
    }

    /// The hint whose signature occurs in a failure's message, or equals an
    /// error code. Of several the longest, being the most particular.
    pub fn keyed(&self, message: &str) -> Option<&Hint> {
        let mut best: Option<&Hint> = None;
        for hint in self
            .keyed
            .iter()
            .filter(|hint| occurs(&hint.title, message))
        {
            if best.is_none_or(|best| hint.title.len() > best.title.len()) {
                best = Some(hint);
            }
        }
        best
    }

    /// All keyed hints, in the order of the file.
    pub fn all_keyed(&self) -> &[Hint] {
        &self.keyed
    }
}

/// Whether a signature stands in a message without cutting a number in two:
/// "leaked 1" is not what "leaked 12 references" says.
fn occurs(signature: &str, message: &str) -> bool {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    message.match_indices(signature).any(|(start, found)| {
        let end = start + found.len();
        let cut_before =
            digit(signature.chars().next()) && digit(message[..start].chars().next_back());
        let cut_after =
            digit(signature.chars().next_back()) && digit(message[end..].chars().next());
        !cut_before && !cut_after
    })
}

/// The mark of a code fence, how often it stands there, and whether it stands
/// alone, as it must to close a block.
fn fence_of(line: &str) -> Option<(char, usize, bool)> {
    let line = line.trim();
    let mark = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let rest = line.trim_start_matches(mark);
    let length = line.len() - rest.len();
    (length >= 3).then_some((mark, length, rest.is_empty()))
}

/// Splits at `## ` headings, except inside fenced code. What stands before the
/// first heading is for people who open the file.
fn sections(text: &str) -> Vec<Section<'_>> {
    let mut sections: Vec<Section<'_>> = Vec::new();
    let mut fence: Option<(char, usize)> = None;
    for (index, line) in text.lines().enumerate() {
        fence = match (fence, fence_of(line)) {
            (None, Some((mark, length, _))) => Some((mark, length)),
            (Some((mark, open)), Some((m, length, true))) if m == mark && length >= open => None,
            (fence, _) => fence,
        };
        if fence.is_none()
            && let Some(heading) = line.strip_prefix("## ")
        {
            sections.push(Section {
                heading: heading.trim(),
                line: index + 1,
                body: String::new(),
            });
        } else if let Some(section) = sections.last_mut() {
            section.body.push_str(line);
            section.body.push('\n');
        }
    }
    for section in &mut sections {
        section.body = section.body.trim().to_owned();
    }
    sections
}
