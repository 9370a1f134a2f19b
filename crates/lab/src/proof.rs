//! What a claim may rest on: a finding of an experiment, a point of the conformance suite,
//! a check of an exercise, a listing with its record.

use std::fmt;
use std::path::Path;

use serde::Deserialize;

use crate::lab::Lab;

/// One proof, as `lab call_cost.order`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub enum Proof {
    /// `lab EXPERIMENT.FINDING`
    Finding(String, String),
    /// `suite POINT`
    Suite(String),
    /// `check SLUG.CHECK`
    Check(String, String),
    /// `listing CHAPTER/NAME`
    Listing(String, String),
}

impl Proof {
    /// What is wrong with it, if there is no such proof.
    pub fn fault(&self, root: &Path, lab: &Lab) -> Option<String> {
        let no = |what: String| Some(format!("`{self}`: there is no {what}"));
        match self {
            Self::Finding(experiment, finding) => {
                let Some(found) = lab.find(experiment) else {
                    return no(format!("experiment `{experiment}`"));
                };
                match found.finding.iter().any(|f| f.name == *finding) {
                    true => None,
                    false => no(format!("finding `{finding}` of `{experiment}`")),
                }
            }
            Self::Suite(point) => {
                let file = format!("tests/conformance/test_{point}.py");
                match root.join(&file).is_file() {
                    true => None,
                    false => no(format!("`{file}`")),
                }
            }
            Self::Listing(chapter, name) => {
                let file = format!("book/listings/{chapter}/{name}.out");
                match root.join(&file).is_file() {
                    true => None,
                    false => no(format!("record `{file}`")),
                }
            }
            Self::Check(slug, check) => {
                let chapters = std::fs::read_dir(root.join("exercises"));
                let chapters = chapters.into_iter().flatten().flatten();
                let exercises =
                    chapters.flat_map(|c| std::fs::read_dir(c.path()).into_iter().flatten());
                let of_slug = exercises.flatten().map(|entry| entry.path()).find(|path| {
                    let name = path.file_name().unwrap_or_default().to_string_lossy();
                    name.split_once('_').is_some_and(|(_, own)| own == slug)
                });
                // Without its exercise a claim is neither shown nor refuted.
                let path = of_slug?.join("tests/checks.rs");
                let text = std::fs::read_to_string(path).unwrap_or_default();
                match text.contains(&format!("\"{check}\"")) {
                    true => None,
                    false => no(format!("check `{check}` in `{slug}`")),
                }
            }
        }
    }
}

impl fmt::Display for Proof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Finding(experiment, finding) => write!(f, "lab {experiment}.{finding}"),
            Self::Suite(point) => write!(f, "suite {point}"),
            Self::Check(slug, check) => write!(f, "check {slug}.{check}"),
            Self::Listing(chapter, name) => write!(f, "listing {chapter}/{name}"),
        }
    }
}

impl TryFrom<String> for Proof {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let (kind, rest) = text.trim().split_once(' ').unwrap_or((text.trim(), ""));
        let pair = |sign| {
            let (left, right) = rest.trim().split_once(sign)?;
            Some((left.to_owned(), right.to_owned()))
        };
        let parsed = match kind {
            "lab" => pair('.').map(|(a, b)| Self::Finding(a, b)),
            "check" => pair('.').map(|(a, b)| Self::Check(a, b)),
            "listing" => pair('/').map(|(a, b)| Self::Listing(a, b)),
            "suite" if !rest.is_empty() => Some(Self::Suite(rest.trim().to_owned())),
            _ => None,
        };
        parsed.ok_or_else(|| {
            format!(
                "`{text}` is no proof: `lab EXPERIMENT.FINDING`, `suite POINT`, \
                 `check SLUG.CHECK` or `listing CHAPTER/NAME`"
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proof_is_read_as_it_is_written() {
        for text in [
            "lab a_b.c",
            "suite gil",
            "check detach.smooth",
            "listing gil/who_runs",
        ] {
            let proof = Proof::try_from(text.to_owned()).expect("it is one");
            assert_eq!(proof.to_string(), text);
        }
        for text in ["lab a", "suite", "somebody said so", "listing gil"] {
            assert!(Proof::try_from(text.to_owned()).is_err(), "{text}");
        }
    }
}
