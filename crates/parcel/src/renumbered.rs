//! Exercises that lie in another folder than they did: the slug says which is which.

use std::collections::BTreeMap;

use crate::files::File;
use crate::record::Record;

/// An exercise's folder in the copy, and the one that the course has for it now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Renumbered {
    pub from: String,
    pub to: String,
}

/// The exercises that have a new place, by a new number, a new chapter or a new slug.
pub(crate) fn renumbered(record: &Record, files: &[File]) -> Vec<Renumbered> {
    let before = folders(record.files.keys().map(String::as_str));
    let now = folders(files.iter().map(|file| file.path.as_str()));
    let mut moves = Vec::new();
    for (slug, folder) in &now {
        let earlier = formerly(files, folder);
        let earlier = earlier.iter().filter(|old| !now.contains_key(old.as_str()));
        let from = std::iter::once(slug)
            .chain(earlier)
            .find_map(|slug| before.get(slug));
        if let Some(from) = from
            && from != folder
        {
            moves.push(Renumbered {
                from: from.clone(),
                to: folder.clone(),
            });
        }
    }
    moves
}

/// The folder of an exercise that a path lies in: `exercises/06_gil/02_detach`.
fn exercise_of(path: &str) -> Option<&str> {
    let inside = path.strip_prefix("exercises/")?;
    let mut slashes = inside.match_indices('/').map(|(at, _)| at);
    let end = slashes.nth(1)?;
    Some(&path[..path.len() - inside.len() + end])
}

/// The folder of each exercise, by its slug.
fn folders<'a>(paths: impl Iterator<Item = &'a str>) -> BTreeMap<String, String> {
    let exercises = paths.filter_map(exercise_of);
    let named = exercises.filter_map(|folder| {
        let (_, name) = folder.rsplit_once('/')?;
        let (_, slug) = name.split_once('_')?;
        Some((slug.to_owned(), folder.to_owned()))
    });
    named.collect()
}

/// The slugs that an exercise had before, which its manifest lists.
fn formerly(files: &[File], folder: &str) -> Vec<String> {
    let path = format!("{folder}/exercise.toml");
    let manifest = files.iter().find(|file| file.path == path);
    let manifest = manifest
        .and_then(|file| str::from_utf8(&file.content).ok())
        .and_then(|text| text.parse::<toml::Table>().ok());
    let listed = manifest
        .as_ref()
        .and_then(|m| m.get("formerly")?.as_array());
    let slugs = listed
        .into_iter()
        .flatten()
        .filter_map(|slug| slug.as_str());
    slugs.map(str::to_owned).collect()
}
