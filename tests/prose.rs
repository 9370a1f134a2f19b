//! The words of the book, of the exercises' texts and of the documents: how they are
//! spelt, which are not used, which versions they name, and that what they send a reader
//! to is there.
//!
//! `words.txt` holds every word that is used, once. A new one is either a mistake or new:
//! `BLESS=1 cargo test -p proof --test prose` adds what is new and drops what nobody uses
//! any more, and what was added is read before it is committed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use course::Course;
use gallery::Gallery;
use lab::{Lab, Page, Versions, prose};
use proof::{missing_exercises, root};

const WORDS: &str = "tests/words.txt";

/// A text that people read, by its path from the root.
struct Text {
    name: String,
    text: String,
    /// Whether it is a page, which can show a figure instead of typing it.
    is_page: bool,
}

/// The pages, the documents at the root, what the exercises and the examples say.
fn texts() -> Vec<Text> {
    let root = root();
    let pages = Page::all(&root).unwrap_or_else(|e| panic!("{e}"));
    let mut texts: Vec<Text> = pages
        .into_iter()
        .map(|page| Text {
            name: format!("book/src/{}", page.name),
            text: page.text,
            is_page: true,
        })
        .collect();
    let mut files: Vec<PathBuf> = ["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md"]
        .iter()
        .map(PathBuf::from)
        .collect();
    for exercise in Course::survey(&root).course.exercises {
        let folder = PathBuf::from("exercises").join(exercise.id());
        files.extend(["README.md", "hints.md"].map(|name| folder.join(name)));
    }
    for file in files {
        let text = std::fs::read_to_string(root.join(&file));
        texts.push(Text {
            name: file.display().to_string(),
            text: text.unwrap_or_else(|e| panic!("{}: {e}", file.display())),
            is_page: false,
        });
    }
    texts
}

fn none(faults: Vec<String>) {
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

/// The words of a line that a dictionary could have: small letters, a large one at most in
/// front. What is spelt otherwise is a name.
fn words(line: &str) -> impl Iterator<Item = String> {
    let parts = line.split(|c: char| !(c.is_alphanumeric() || c == '\'' || c == '_'));
    parts.filter_map(|part| {
        let part = part.trim_matches('\'');
        let part = part.strip_suffix("'s").unwrap_or(part);
        let mut letters = part.chars();
        let first = letters.next()?;
        let plain = |c: char| c.is_lowercase() || c == '\'';
        let is_word = first.is_alphabetic() && letters.all(plain);
        (is_word && part.chars().count() > 1).then(|| part.to_lowercase())
    })
}

#[test]
fn every_word_is_spelt_as_in_the_list() {
    let mut used: BTreeMap<String, String> = BTreeMap::new();
    for Text { name, text, .. } in texts() {
        for (index, line) in prose(&text).lines().enumerate() {
            for word in words(line) {
                let place = || format!("{name}:{}", index + 1);
                used.entry(word).or_insert_with(place);
            }
        }
    }
    let path = root().join(WORDS);
    if std::env::var_os("BLESS").is_some() {
        let list: String = used.keys().map(|word| format!("{word}\n")).collect();
        std::fs::write(&path, list).expect("it can be written");
        return;
    }
    let list = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{WORDS}: {e}"));
    let known: BTreeSet<&str> = list.lines().collect();
    let new = used
        .iter()
        .filter(|(word, _)| !known.contains(word.as_str()));
    let mut faults: Vec<String> = new
        .map(|(word, place)| format!("{place}: `{word}` is misspelt, or new to {WORDS}"))
        .collect();
    if missing_exercises().is_empty() {
        let unused = known.iter().filter(|word| !used.contains_key(**word));
        faults.extend(unused.map(|word| format!("{WORDS}: nobody uses `{word}`")));
    }
    none(faults);
}

#[test]
fn prose_has_no_banned_words() {
    let banned = ["simply", "just", "obviously", "of course"];
    let mut faults = Vec::new();
    for Text { name, text, .. } in texts() {
        for (index, line) in prose(&text).lines().enumerate() {
            let lower = line.to_lowercase();
            let parts: Vec<&str> = lower.split(|c: char| !c.is_alphabetic()).collect();
            let sentence = format!(" {} ", parts.join(" "));
            let found = banned
                .iter()
                .filter(|word| sentence.contains(&format!(" {word} ")));
            faults.extend(found.map(|word| format!("{name}:{}: `{word}`", index + 1)));
        }
    }
    none(faults);
}

/// Names in prose whose versions the manifest pins, and what it calls them.
const PINNED: [(&str, &str); 7] = [
    ("PyO3", "pyo3"),
    ("mdBook", "mdbook-driver"),
    ("Rust", "rust"),
    ("rustc", "rust"),
    ("libloading", "libloading"),
    ("cbindgen", "cbindgen"),
    ("prost", "prost"),
];

/// A version that is typed behind a name, as `PyO3 0.21`.
fn typed_versions(line: &str) -> Vec<(&'static str, &'static str, (u32, u32))> {
    let parts: Vec<&str> = line
        .split(|c: char| !(c.is_alphanumeric() || c == '.'))
        .filter(|part| !part.is_empty())
        .collect();
    let mut found = Vec::new();
    for pair in parts.windows(2) {
        let Some((name, krate)) = PINNED.iter().find(|(name, _)| *name == pair[0]) else {
            continue;
        };
        let mut numbers = pair[1].split('.').map_while(|part| part.parse().ok());
        if let (Some(major), Some(minor)) = (numbers.next(), numbers.next()) {
            found.push((*name, *krate, (major, minor)));
        }
    }
    found
}

#[test]
fn versions_come_from_the_manifest() {
    let versions = Versions::read(&root()).unwrap_or_else(|e| panic!("{e}"));
    let mut faults = Vec::new();
    for Text {
        name,
        text,
        is_page,
    } in texts()
    {
        for (index, line) in prose(&text).lines().enumerate() {
            for (what, krate, (major, minor)) in typed_versions(line) {
                let pinned = versions
                    .get(krate)
                    .unwrap_or_else(|| panic!("{krate} is pinned"));
                let mut numbers = pinned
                    .split('.')
                    .filter_map(|part| part.parse::<u32>().ok());
                let now = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
                let place = format!("{name}:{}: {what} {major}.{minor}", index + 1);
                if (major, minor) > now {
                    faults.push(format!("{place} is newer than Cargo.toml's {pinned}"));
                } else if is_page && (major, minor) == now {
                    let show = format!("{{{{#include …/figures.txt:version-{krate}}}}}");
                    faults.push(format!(
                        "{place} is what Cargo.toml says now: show `{show}`"
                    ));
                } else if !is_page && (major, minor) != now {
                    faults.push(format!("{place} is not Cargo.toml's {pinned}"));
                }
            }
        }
    }
    none(faults);
}

/// What a command or a path in a text names, and of which kind it is.
fn mentions(line: &str) -> Vec<(&'static str, String)> {
    let parts: Vec<&str> = line
        .split(|c: char| c.is_whitespace() || "`()[]\"'".contains(c))
        .filter(|part| !part.is_empty())
        .collect();
    let name = |part: &str| {
        let part = part.trim_end_matches(['.', ',', ':', ';', '?']);
        let is_name = part
            .chars()
            .all(|c| c.is_alphanumeric() || c == '_' || c == '-');
        (is_name && part.starts_with(|c: char| c.is_ascii_lowercase())).then(|| part.to_owned())
    };
    let mut found = Vec::new();
    for (index, part) in parts.iter().enumerate() {
        let next = parts.get(index + 1).and_then(|next| name(next));
        let command = index > 0 && parts[index - 1] == "bindery";
        match (*part, next) {
            ("-p", Some(next)) if parts[..index].contains(&"test") => found.push(("crate", next)),
            ("check" | "hint", Some(next)) if command => found.push(("exercise", next)),
            ("demo", Some(next)) if command => found.push(("example", next)),
            ("run", Some(next)) if index > 1 && parts[index - 1] == "lab" => {
                found.push(("experiment", next));
            }
            (path, _) if path.starts_with("exercises/") || path.starts_with("solutions/") => {
                let path = path.trim_end_matches(['.', ',', ':', ';', '/']);
                if !path.contains(['<', '*', '…', '{']) {
                    found.push(("file", path.to_owned()));
                }
            }
            _ => {}
        }
    }
    found
}

#[test]
fn every_exercise_example_and_experiment_that_is_named_is_there() {
    let root = root();
    let survey = Course::survey(&root);
    let exercises: Vec<String> = survey
        .course
        .exercises
        .iter()
        .map(|e| e.slug.clone())
        .collect();
    let gallery = Gallery::open(&root).expect("there are examples");
    let lab = Lab::open(&root).unwrap_or_else(|e| panic!("{e}"));
    let crates: BTreeSet<String> = ["crates", "tests", "book/listings"]
        .iter()
        .flat_map(|folder| {
            std::fs::read_dir(root.join(folder))
                .into_iter()
                .flatten()
                .flatten()
        })
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .chain(["proof".to_owned(), "listings".to_owned()])
        .collect();
    let missing = missing_exercises();
    let is_missing = |name: &str| {
        missing
            .iter()
            .any(|id| id.contains(name) || name.contains(id))
    };
    let has_solutions = root.join("solutions").is_dir();
    if !has_solutions {
        println!("skipped: there is no `solutions/` here, so nothing in it can be looked for");
    }
    let mut faults = Vec::new();
    for Text { name, text, .. } in texts() {
        for (index, line) in text.lines().enumerate() {
            for (kind, what) in mentions(line) {
                if what.starts_with("solutions") && !has_solutions {
                    continue;
                }
                let there = match kind {
                    "exercise" => exercises.contains(&what),
                    "crate" => exercises.contains(&what) || crates.contains(&what),
                    "example" => gallery.find(&what).is_some(),
                    "experiment" => lab.find(&what).is_some(),
                    _ => root.join(&what).exists(),
                };
                if !there && !is_missing(&what) {
                    faults.push(format!("{name}:{}: there is no {kind} `{what}`", index + 1));
                }
            }
        }
    }
    none(faults);
}

#[test]
fn what_is_looked_for_is_found() {
    let line = "$ cargo test -p nowhere; `bindery check lost`, see `exercises/06_gil/99_gone/`.";
    let found: Vec<(&str, String)> = mentions(line);
    assert_eq!(
        found,
        [
            ("crate", "nowhere".to_owned()),
            ("exercise", "lost".to_owned()),
            ("file", "exercises/06_gil/99_gone".to_owned()),
        ]
    );
    assert_eq!(typed_versions("as PyO3 0.99 does")[0].2, (0, 99));
    let spelt: Vec<String> = words("The borrower's PyObject isn't teh `x`-y").collect();
    assert_eq!(spelt, ["the", "borrower", "isn't", "teh"]);
}
