//! All experiments of a workbook.

use std::path::{Path, PathBuf};

use crate::LabError;
use crate::error::io_error;
use crate::experiment::Experiment;

/// The experiments of one workbook, in the order of their names.
#[derive(Debug)]
pub struct Lab {
    experiments: Vec<Experiment>,
    troubles: Vec<LabError>,
}

impl Lab {
    /// Reads `crates/lab/experiments/*/experiment.toml` below `root`. One that is wrong is
    /// left out and kept among the troubles.
    pub fn open(root: &Path) -> Result<Self, LabError> {
        let home = root.join("crates/lab/experiments");
        let entries = std::fs::read_dir(&home).map_err(io_error("read", &home))?;
        let mut folders: Vec<PathBuf> = entries
            .flatten()
            .map(|entry| entry.path())
            .filter(|folder| folder.join("experiment.toml").is_file())
            .collect();
        folders.sort();
        let (mut experiments, mut troubles) = (Vec::new(), Vec::new());
        for folder in folders {
            match Experiment::read(&folder) {
                Ok(experiment) => experiments.push(experiment),
                Err(trouble) => troubles.push(trouble),
            }
        }
        Ok(Self {
            experiments,
            troubles,
        })
    }

    #[cfg(test)]
    pub(crate) fn of(experiments: Vec<Experiment>) -> Self {
        Self {
            experiments,
            troubles: Vec::new(),
        }
    }

    /// What is wrong with the experiments that were left out.
    pub fn troubles(&self) -> &[LabError] {
        &self.troubles
    }

    /// All of them.
    pub fn experiments(&self) -> &[Experiment] {
        &self.experiments
    }

    /// The one of this name.
    pub fn find(&self, name: &str) -> Option<&Experiment> {
        self.experiments.iter().find(|e| e.name == name)
    }

    /// Up to three names that are most like this one.
    pub fn near(&self, name: &str) -> Vec<&str> {
        let mut near: Vec<(usize, &str)> = self
            .experiments
            .iter()
            .map(|e| (strsim::damerau_levenshtein(name, &e.name), e.name.as_str()))
            .filter(|(distance, own)| *distance <= 1 + own.len() / 3 || own.contains(name))
            .collect();
        near.sort_unstable();
        near.into_iter().take(3).map(|(_, name)| name).collect()
    }
}
