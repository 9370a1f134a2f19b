//! What names and paths in a course may look like.

use std::path::{Component, Path};

/// `releases_the_gil`: lower case, digits and single underscores.
pub fn is_snake_case(name: &str) -> bool {
    is_words(name, '_')
}

/// `reference-counting`: lower case, digits and single hyphens.
pub(crate) fn is_kebab_case(name: &str) -> bool {
    is_words(name, '-')
}

fn is_words(name: &str, between: char) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.split(between).all(|word| {
            !word.is_empty()
                && word
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
        })
}

/// The name of a Python package without a version: those are in the lock file.
pub(crate) fn is_package(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphanumeric())
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
}

/// A path that stays inside the folder it is joined to.
pub(crate) fn is_inside(path: &str) -> bool {
    !path.is_empty()
        && !path.contains(['\\', '\0'])
        // `components` swallows `./` and `//`, which would let one file have two names.
        && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
        && Path::new(path).components().all(|c| matches!(c, Component::Normal(_)))
}

/// Splits `02_detach` into its number and name.
pub(crate) fn numbered(folder: &str) -> Option<(u32, &str)> {
    let (digits, name) = folder.split_at_checked(2)?;
    let name = name.strip_prefix('_')?;
    let digits_only = digits.bytes().all(|b| b.is_ascii_digit());
    (digits_only && is_snake_case(name)).then(|| Some((digits.parse().ok()?, name)))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_a_folder_into_number_and_name() {
        let check = |input: &str, expect| assert_eq!(numbered(input), expect, "{input}");
        check("02_detach", Some((2, "detach")));
        check("10_first_so", Some((10, "first_so")));
        check("2_detach", None);
        check("002_detach", None);
        check("02-detach", None);
        check("02_", None);
        check("02_Detach", None);
        check("02_3d", None);
        check("+2_detach", None);
        check("é_detach", None);
        check("détach", None);
    }

    #[test]
    fn keeps_paths_inside_their_folder() {
        let check = |input: &str, expect| assert_eq!(is_inside(input), expect, "{input}");
        check("src/lib.rs", true);
        check("module.c", true);
        check("", false);
        check("../lib.rs", false);
        check("src/../../lib.rs", false);
        check("/etc/passwd", false);
        check("./src/lib.rs", false);
        check("src//lib.rs", false);
        check("src/", false);
        check("src\\lib.rs", false);
    }

    #[test]
    fn tells_snake_from_kebab() {
        let check = |input: &str, snake, kebab| {
            assert_eq!(
                (is_snake_case(input), is_kebab_case(input)),
                (snake, kebab),
                "{input}"
            );
        };
        check("gil", true, true);
        check("free_threaded", true, false);
        check("free-threaded", false, true);
        check("Gil", false, false);
        check("gil_", false, false);
        check("a__b", false, false);
        check("", false, false);
        check("3d", false, false);
    }
}
