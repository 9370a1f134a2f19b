//! Finding an exercise by a name as a person types it.

use crate::error::nearest_all;
use crate::exercise::Exercise;

/// What a loose name came to.
#[derive(Debug, PartialEq, Eq)]
pub enum Match<'a> {
    /// This one.
    One(&'a Exercise),
    /// Any of these, in folder order.
    Many(Vec<&'a Exercise>),
    /// None.
    None {
        /// Up to three with a similar name, the most similar first.
        near: Vec<&'a Exercise>,
    },
}

/// A rule by which a name may fit an exercise.
type Fits = fn(&Exercise, &str) -> bool;

/// From the strictest to the loosest. The first that fits anything decides, so
/// that `map` is `map` although `memory_map` contains it.
const RULES: [Fits; 7] = [
    Exercise::is_called,
    |e, name| e.id() == name || e.folder() == name,
    same_numbers,
    |e, name| e.slug.starts_with(name),
    |e, name| e.chapter.name.starts_with(name) || e.id().starts_with(name),
    |e, name| e.slug.contains(name),
    |e, name| e.id().contains(name),
];

pub(crate) fn lookup<'a>(exercises: &'a [Exercise], query: &str) -> Match<'a> {
    let name = query.trim().to_lowercase().replace('-', "_");
    // What a shell completes: `exercises/06_gil/02_detach/`.
    let name = name.trim_start_matches("./").trim_end_matches('/');
    let name = name.strip_prefix("exercises/").unwrap_or(name);
    if name.is_empty() {
        return Match::None { near: Vec::new() };
    }
    for fits in RULES {
        let found: Vec<_> = exercises.iter().filter(|e| fits(e, name)).collect();
        match found.as_slice() {
            [] => {}
            [one] => return Match::One(one),
            _ => return Match::Many(found),
        }
    }
    let slug = name.rsplit('/').next().unwrap_or(name);
    let slug = crate::names::numbered(slug).map_or(slug, |(_, slug)| slug);
    let near = nearest_all(slug, exercises.iter().map(|e| e.slug.as_str()))
        .into_iter()
        .take(3)
        .filter_map(|slug| exercises.iter().find(|e| e.slug == slug))
        .collect();
    Match::None { near }
}

/// `06/02`, `6/2`, and `06_gil/2` too.
fn same_numbers(exercise: &Exercise, name: &str) -> bool {
    let Some((chapter, number)) = name.split_once('/') else {
        return false;
    };
    let chapter_fits = chapter == exercise.chapter.folder()
        || chapter == exercise.chapter.name
        || chapter.parse() == Ok(exercise.chapter.number);
    chapter_fits && number.parse() == Ok(exercise.number)
}
