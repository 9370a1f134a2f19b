//! What is said about bindings, one row for each statement: in whose words, what was found,
//! and by which proof.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::LabError;
use crate::error::io_error;
use crate::experiment::parse;
use crate::proof::Proof;

/// All rows, and what the documents are.
#[derive(Debug)]
pub struct Claims {
    /// Title by key, in the order of the keys.
    pub documents: BTreeMap<String, String>,
    /// The rows, by file and in the order of the file.
    pub claims: Vec<Claim>,
}

/// A statement and what became of it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// The file it is in.
    #[serde(skip)]
    pub file: PathBuf,
    /// The document it is from.
    pub document: String,
    /// Where in it.
    pub place: String,
    /// The statement, in our own words.
    pub says: String,
    /// What it is.
    pub verdict: Verdict,
    /// What shows it.
    pub proof: Vec<Proof>,
    /// Why, with `{experiment-figure}`.
    pub because: String,
}

/// What a statement is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// As it is said.
    True,
    /// Right and not enough.
    Incomplete,
    /// Right in a way that leads to wrong conclusions.
    Misleading,
    /// Otherwise than it is said.
    Wrong,
    /// Code that does not work.
    Broken,
}

impl Verdict {
    /// One word.
    pub fn word(self) -> &'static str {
        match self {
            Self::True => "true",
            Self::Incomplete => "incomplete",
            Self::Misleading => "misleading",
            Self::Wrong => "wrong",
            Self::Broken => "broken",
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    claim: Vec<Claim>,
}

impl Claims {
    /// Reads `crates/lab/claims/*.toml` below `root`.
    pub fn read(root: &Path) -> Result<Self, LabError> {
        let home = root.join("crates/lab/claims");
        let documents: BTreeMap<String, String> = parse(&home.join("documents.toml"))?;
        let entries = std::fs::read_dir(&home).map_err(io_error("read", &home))?;
        let mut files: Vec<PathBuf> = entries
            .flatten()
            .map(|entry| entry.path())
            .filter(|path| path.extension().is_some_and(|e| e == "toml"))
            .filter(|path| !path.ends_with("documents.toml"))
            .collect();
        files.sort();
        let mut claims = Vec::new();
        for file in files {
            let read: File = parse(&file)?;
            for mut claim in read.claim {
                if !documents.contains_key(&claim.document) {
                    return Err(LabError::Description {
                        path: file,
                        why: format!("speaks of `{}`, which is no document", claim.document),
                    });
                }
                claim.file.clone_from(&file);
                claims.push(claim);
            }
        }
        Ok(Self { documents, claims })
    }
}
