//! All examples of a workbook, found by their manifests.

use std::path::{Path, PathBuf};

use crate::error::{GalleryError, io_error};
use crate::manifest::{self, Binding, Example};

/// The examples of one workbook.
#[derive(Debug)]
pub struct Gallery {
    examples: Vec<Example>,
    troubles: Vec<GalleryError>,
}

impl Gallery {
    /// Reads `crates/*/binding.toml`. A manifest that is wrong is left out and kept
    /// among the troubles.
    pub fn open(root: &Path) -> Result<Self, GalleryError> {
        let crates = root.join("crates");
        let entries = match std::fs::read_dir(&crates) {
            Err(source) if source.kind() == std::io::ErrorKind::NotFound => None,
            entries => Some(entries.map_err(io_error("read", &crates))?),
        };
        let mut folders: Vec<PathBuf> = entries
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| entry.path())
            .filter(|folder| folder.join("binding.toml").is_file())
            .collect();
        folders.sort();
        let (mut examples, mut troubles) = (Vec::<Example>::new(), Vec::new());
        for folder in folders {
            match manifest::read(&folder) {
                Err(trouble) => troubles.push(trouble),
                Ok(read) => {
                    for example in read {
                        match twin(&examples, &example) {
                            Some(trouble) => troubles.push(trouble),
                            None => examples.push(example),
                        }
                    }
                }
            }
        }
        // What is compared comes first, and then what is another thing altogether.
        examples.sort_by_key(|example| matches!(example, Example::Program(_)));
        Ok(Self { examples, troubles })
    }

    /// All of them: the modules, then the programs, each in the order of their folders.
    pub fn examples(&self) -> &[Example] {
        &self.examples
    }

    /// Those that are modules.
    pub fn bindings(&self) -> impl Iterator<Item = &Binding> {
        self.examples.iter().filter_map(|example| match example {
            Example::Binding(binding) => Some(binding),
            Example::Program(_) => None,
        })
    }

    /// What is wrong with the manifests that were left out.
    pub fn troubles(&self) -> &[GalleryError] {
        &self.troubles
    }

    /// The one of this name.
    pub fn find(&self, name: &str) -> Option<&Example> {
        self.examples.iter().find(|e| e.about().name == name)
    }

    /// Up to three whose names are most like this one.
    pub fn near(&self, name: &str) -> Vec<&Example> {
        let mut near: Vec<(usize, &Example)> = self
            .examples
            .iter()
            .filter_map(|example| {
                let own = &example.about().name;
                let distance = strsim::damerau_levenshtein(name, own);
                let part = name.len() > 1 && (own.contains(name) || name.contains(own.as_str()));
                (part || distance <= 1 + own.len() / 4).then_some((distance, example))
            })
            .collect();
        near.sort_by_key(|(distance, _)| *distance);
        near.into_iter()
            .take(3)
            .map(|(_, example)| example)
            .collect()
    }
}

/// What is wrong when a name, or a module on the shared path, is there already.
fn twin(examples: &[Example], new: &Example) -> Option<GalleryError> {
    let (path, name) = (new.about().folder.join("binding.toml"), &new.about().name);
    let trouble = |why: String, hint: &str| GalleryError::Manifest {
        path,
        why,
        hint: hint.to_owned(),
    };
    if examples.iter().any(|e| e.about().name == *name) {
        return Some(trouble(
            format!("has the name `{name}`, which another example has"),
            "give it another `name`",
        ));
    }
    let shared = |example: &Example| match example {
        Example::Binding(binding) if !binding.alone => Some(binding.module.clone()),
        _ => None,
    };
    let module = shared(new)?;
    let taken = examples.iter().filter_map(shared).any(|m| m == module);
    taken.then(|| {
        trouble(
            format!("has the module `{module}`, which another example has"),
            "say `alone = true` for one of them",
        )
    })
}
