//! Which exercise a learner is at, in `.bindery/current`: a slug, and nothing else.
//!
//! Whether there is such an exercise is left to [`crate::Course::current`].

use std::fs;
use std::path::Path;

use crate::error::CourseError;
use crate::store::{alone, bindery_dir, replace};

/// The slug on record, if any is. What cannot be read is no reason to stop: the
/// learner goes on at the first exercise that is not done.
pub fn current(root: &Path) -> Option<String> {
    let text = fs::read_to_string(bindery_dir(root).join("current")).ok()?;
    let slug = text.trim();
    (!slug.is_empty()).then(|| slug.to_owned())
}

/// Records the exercise that a learner went to.
pub fn set_current(root: &Path, slug: &str) -> Result<(), CourseError> {
    alone(root, || {
        let path = bindery_dir(root).join("current");
        replace(&path, format!("{slug}\n").as_bytes(), None)
    })
}
