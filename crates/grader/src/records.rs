//! Judgements on disk: one file for each, named by all that it rests on. A run that was killed
//! goes on from there, and one that has nothing new to judge reads them and is done.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::error::GraderError;
use crate::files::write_whole;
use crate::model::{Judgement, Outcome};

/// The records of a class.
#[derive(Clone, Debug)]
pub struct Records {
    folder: PathBuf,
}

impl Records {
    /// In this folder, which need not be there.
    pub fn in_folder(folder: &Path) -> Records {
        Records {
            folder: folder.to_owned(),
        }
    }

    /// What was judged before, whole or not at all. The grader's own fault is no judgement: it
    /// is judged again.
    pub fn find(&self, key: &str) -> Option<Judgement> {
        let text = std::fs::read(self.file(key)).ok()?;
        let judgement: Judgement = serde_json::from_slice(&text).ok()?;
        (judgement.key == key && judgement.outcome != Outcome::Error).then_some(judgement)
    }

    /// Writes one down.
    pub fn keep(&self, judgement: &Judgement) -> Result<(), GraderError> {
        let file = self.file(&judgement.key);
        let text = serde_json::to_vec_pretty(judgement).map_err(std::io::Error::other);
        text.and_then(|text| write_whole(&file, &text))
            .map_err(GraderError::file(&file))
    }

    /// Takes the judgements under these keys from a folder of others, too, and says how many
    /// there were. Two that differ under one key are a conflict that somebody has to look at:
    /// neither is believed.
    pub fn take_from(&self, others: &Records, keys: &BTreeSet<&str>) -> Result<usize, GraderError> {
        let mut seen = 0;
        for key in keys {
            let Some(theirs) = others.find(key) else {
                continue;
            };
            seen += 1;
            match self.find(key) {
                None => self.keep(&theirs)?,
                Some(ours) if ours.says_the_same_as(&theirs) => {}
                Some(_) => {
                    return Err(GraderError::Conflict {
                        ours: self.file(key),
                        theirs: others.file(key),
                    });
                }
            }
        }
        Ok(seen)
    }

    fn file(&self, key: &str) -> PathBuf {
        self.folder.join(format!("{key}.json"))
    }
}
