//! What the author of an exercise has still to write. `bindery new` marks it.

use std::path::Path;

use course::Exercise;

/// What stands where something has to be written.
pub const MARK: &str = "FILL IN";

/// The marked lines of an exercise and its solution, each with its place and what it asks for.
///
/// What a learner edits is a copy of its starter, where the mark is looked for.
pub fn left_to_write(root: &Path, exercise: &Exercise) -> Vec<String> {
    let mut left = Vec::new();
    let edited: Vec<_> = exercise.editable_paths().collect();
    for folder in ["exercises", "solutions"] {
        let folder = root.join(folder).join(exercise.id());
        for_each_file(&folder, &mut |path| {
            let shown = path.strip_prefix(root).unwrap_or(path).display();
            let text = match edited.iter().any(|edited| edited == path) {
                true => String::new(),
                false => std::fs::read_to_string(path).unwrap_or_default(),
            };
            for (index, line) in text.lines().enumerate() {
                if let Some((_, asked)) = line.split_once(MARK) {
                    let asked = asked.trim_start_matches([':', ' ']).trim_end_matches(" */");
                    left.push(format!("{shown}:{}: {asked}", index + 1));
                }
            }
        });
    }
    left
}

fn for_each_file(folder: &Path, see: &mut impl FnMut(&Path)) {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<_> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        match path.is_dir() {
            true => for_each_file(&path, see),
            false => see(&path),
        }
    }
}
