//! The book: it builds, what its pages include is there, and so is what they
//! link to.
//!
//! mdBook itself stays silent when an included file or an anchor is missing, so
//! every include is looked up here.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use mdbook_driver::MDBook;
use proof::{missing_exercises, root};

fn pages() -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).expect("it is a folder").flatten() {
            match entry.path() {
                path if path.is_dir() => walk(&path, found),
                path if path.extension().is_some_and(|e| e == "md") => found.push(path),
                _ => {}
            }
        }
    }
    let mut found = Vec::new();
    walk(&root().join("book/src"), &mut found);
    found.sort();
    found
        .into_iter()
        .map(|path| {
            (
                path.clone(),
                std::fs::read_to_string(path).expect("it is text"),
            )
        })
        .collect()
}

/// The path and, where there is one, the anchor of every `{{#include …}}`.
fn includes(text: &str) -> Vec<(String, Option<String>)> {
    let parts = text
        .split("{{#")
        .skip(1)
        .filter_map(|rest| rest.split("}}").next());
    parts
        .filter_map(|directive| {
            let (verb, target) = directive.split_once(' ')?;
            assert!(
                ["include", "rustdoc_include", "playground", "title"].contains(&verb),
                "unknown directive {directive}"
            );
            (verb != "title").then_some(target.trim())
        })
        .map(|target| match target.split_once(':') {
            // Output has no place for an anchor: its lines are counted.
            Some((path, lines)) if path.ends_with(".out") => {
                let counted = |c: char| c == ':' || c.is_ascii_digit();
                assert!(lines.chars().all(counted), "no lines of `{path}`: {lines}");
                (path.to_owned(), None)
            }
            Some((path, anchor)) => (path.to_owned(), Some(anchor.to_owned())),
            None => (target.to_owned(), None),
        })
        .collect()
}

/// How often an anchor is opened and closed in a file.
fn anchors(text: &str) -> BTreeMap<String, (usize, usize)> {
    let mut found: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for line in text.lines() {
        if let Some((_, name)) = line.split_once("ANCHOR_END: ") {
            found
                .entry(name.trim().trim_end_matches("*/").trim().to_owned())
                .or_default()
                .1 += 1;
        } else if let Some((_, name)) = line.split_once("ANCHOR: ") {
            found
                .entry(name.trim().trim_end_matches("*/").trim().to_owned())
                .or_default()
                .0 += 1;
        }
    }
    found
}

#[test]
fn every_include_and_every_anchor_is_there() {
    let mut used: BTreeMap<(PathBuf, String), Vec<PathBuf>> = BTreeMap::new();
    let missing = missing_exercises();
    for (page, text) in pages() {
        for (path, anchor) in includes(&text) {
            let file = page.parent().expect("a page is in a folder").join(&path);
            if !file.is_file()
                && missing
                    .iter()
                    .any(|id| path.contains(&format!("exercises/{id}/")))
            {
                continue;
            }
            let included = std::fs::read_to_string(&file)
                .unwrap_or_else(|e| panic!("{} includes `{path}`: {e}", page.display()));
            let Some(anchor) = anchor else { continue };
            let counts = anchors(&included).get(&anchor).copied();
            assert_eq!(
                counts,
                Some((1, 1)),
                "{}: `{path}` must open and close the anchor `{anchor}` once",
                page.display()
            );
            // A figure is shown as often as it is spoken of.
            if file.ends_with("figures.txt") {
                continue;
            }
            let file = file.canonicalize().expect("it was read");
            used.entry((file, anchor)).or_default().push(page.clone());
        }
    }
    for ((file, anchor), pages) in &used {
        assert_eq!(
            pages.len(),
            1,
            "`{anchor}` of {} is used more than once: {pages:?}",
            file.display()
        );
    }
    let mut files: Vec<PathBuf> = used.keys().map(|(file, _)| file.clone()).collect();
    files.dedup();
    for file in files {
        for anchor in anchors(&std::fs::read_to_string(&file).expect("it was read")).into_keys() {
            assert!(
                used.contains_key(&(file.clone(), anchor.clone())),
                "nobody includes `{anchor}` of {}",
                file.display()
            );
        }
    }
}

#[test]
fn every_link_inside_the_book_leads_somewhere() {
    for (page, text) in pages() {
        for target in text
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split(')').next())
        {
            if target.contains("://") || target.starts_with('#') || target.starts_with("mailto:") {
                continue;
            }
            let path = page
                .parent()
                .expect("a page is in a folder")
                .join(target.split('#').next().unwrap_or_default());
            assert!(
                path.is_file(),
                "{} links to `{target}`, which is not there",
                page.display()
            );
        }
    }
}

#[test]
fn every_page_is_in_the_summary() {
    let summary =
        std::fs::read_to_string(root().join("book/src/SUMMARY.md")).expect("there is a summary");
    for (page, _) in pages() {
        let name = page
            .strip_prefix(root().join("book/src"))
            .expect("it is a page")
            .to_string_lossy()
            .into_owned();
        assert!(
            name == "SUMMARY.md" || summary.contains(&format!("({name})")),
            "{name} is not in SUMMARY.md"
        );
    }
}

#[test]
fn prose_has_no_banned_words() {
    let banned = ["simply", "just", "obviously", "of course"];
    let mut prose = pages();
    for name in ["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md"] {
        prose.push((
            root().join(name),
            std::fs::read_to_string(root().join(name)).unwrap_or_default(),
        ));
    }
    for exercise in course::Course::survey(&root()).course.exercises {
        for name in ["README.md", "hints.md"] {
            let path = exercise.dir.join(name);
            prose.push((
                path.clone(),
                std::fs::read_to_string(&path).unwrap_or_default(),
            ));
        }
    }
    for (page, text) in prose {
        let (mut code, mut line_number) = (false, 0);
        for line in text.lines() {
            line_number += 1;
            if line.trim_start().starts_with("```") {
                code = !code;
            }
            let lower = line.to_lowercase();
            let words: Vec<&str> = lower.split(|c: char| !c.is_alphabetic()).collect();
            let sentence = format!(" {} ", words.join(" "));
            for word in banned {
                assert!(
                    code || !sentence.contains(&format!(" {word} ")),
                    "{}:{line_number}: `{word}`",
                    page.display()
                );
            }
        }
    }
}

#[test]
fn the_book_builds_and_its_pages_hold_what_they_include() {
    let folder = tempfile::tempdir().expect("there is room for a book");
    let mut book = MDBook::load(root().join("book")).expect("book.toml and SUMMARY.md can be read");
    book.config.build.build_dir = folder.path().to_owned();
    book.build().expect("every page renders");
    let missing = missing_exercises();
    for (page, text) in pages() {
        let name = page
            .strip_prefix(root().join("book/src"))
            .expect("it is a page")
            .with_extension("html");
        let of_a_missing_exercise = missing
            .iter()
            .any(|id| text.contains(&format!("exercises/{id}/")));
        if name == Path::new("SUMMARY.html") || of_a_missing_exercise {
            continue;
        }
        let html = std::fs::read_to_string(folder.path().join(&name))
            .unwrap_or_else(|e| panic!("{}: {e}", name.display()));
        assert!(
            !html.contains("{{#"),
            "{} has an include that was not carried out",
            name.display()
        );
        assert!(
            html.len() > text.len() / 2,
            "{} lost its text",
            name.display()
        );
    }
}
