//! One answer to one exercise, no matter whose: the unit of work.

use std::collections::BTreeMap;
use std::path::{Component, Path};

use course::Exercise;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::files::hex;
use crate::model::Submission;

/// What was handed in, as far as it is judged.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Answer {
    /// The exercise's slug.
    pub exercise: String,
    /// The editable files, by their paths in the exercise's folder.
    pub files: BTreeMap<String, Vec<u8>>,
}

impl Answer {
    /// What a submission answers. Nothing for one that was refused.
    pub fn of(submission: &Submission) -> Option<Answer> {
        submission.refused.is_none().then(|| Answer {
            exercise: submission.exercise.clone(),
            files: submission.files.clone(),
        })
    }

    /// The fingerprint of the answer alone.
    pub fn digest(&self) -> String {
        let mut hash = Sha256::new();
        hash.update(&self.exercise);
        for (path, text) in &self.files {
            hash.update([0]);
            hash.update(path);
            hash.update([0]);
            hash.update((text.len() as u64).to_le_bytes());
            hash.update(text);
        }
        hex(hash)
    }

    /// Puts it into a copy of the exercise. Only what the exercise calls editable is taken, and
    /// what was not handed in is not there.
    pub fn write_into(&self, exercise: &Exercise, folder: &Path) -> std::io::Result<()> {
        for path in &exercise.manifest.editable {
            let file = folder.join(path);
            let text = path.to_str().and_then(|path| self.files.get(path));
            let stays = path.components().all(|c| matches!(c, Component::Normal(_)));
            match text {
                Some(text) if stays => {
                    if let Some(folder) = file.parent() {
                        std::fs::create_dir_all(folder)?;
                    }
                    std::fs::write(&file, text)?;
                }
                _ => {}
            }
        }
        Ok(())
    }
}
