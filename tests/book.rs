//! The book: it builds, what its pages include is there, and so is what they
//! link to.
//!
//! mdBook itself stays silent when an included file or an anchor is missing, so
//! every include is looked up here.

use std::collections::{BTreeMap, BTreeSet};
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
    let mut used: BTreeMap<(PathBuf, String), Vec<String>> = BTreeMap::new();
    let mut faults = Vec::new();
    let missing = missing_exercises();
    for (page, text) in pages() {
        let name = named(&page);
        for (path, anchor) in includes(&text) {
            let file = page.parent().expect("a page is in a folder").join(&path);
            let gone = |id: &String| path.contains(&format!("exercises/{id}/"));
            let included = match std::fs::read_to_string(&file) {
                Ok(included) => included,
                Err(_) if missing.iter().any(gone) => continue,
                Err(error) => {
                    faults.push(format!("{name} includes `{path}`: {error}"));
                    continue;
                }
            };
            let Some(anchor) = anchor else { continue };
            if anchors(&included).get(&anchor) != Some(&(1, 1)) {
                faults.push(format!(
                    "{name}: `{path}` must open and close the anchor `{anchor}` once"
                ));
            }
            // A figure is shown as often as it is spoken of.
            if !file.ends_with("figures.txt") {
                let file = file.canonicalize().expect("it was read");
                used.entry((file, anchor)).or_default().push(name.clone());
            }
        }
    }
    for ((file, anchor), pages) in &used {
        if let [_, _, ..] = pages[..] {
            let (file, pages) = (named(file), pages.join("`, `"));
            faults.push(format!("`{anchor}` of {file} is used by `{pages}`"));
        }
    }
    let files: BTreeSet<&PathBuf> = used.keys().map(|(file, _)| file).collect();
    for file in files {
        for anchor in anchors(&std::fs::read_to_string(file).expect("it was read")).into_keys() {
            if !used.contains_key(&(file.clone(), anchor.clone())) {
                faults.push(format!("nobody includes `{anchor}` of {}", named(file)));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

/// A file as somebody at the root would name it.
fn named(file: &Path) -> String {
    let name = file.strip_prefix(root()).unwrap_or(file);
    name.display().to_string()
}

/// The fenced blocks of a page: the line each begins in, its language, what is in it.
fn blocks(text: &str) -> Vec<(usize, String, Vec<String>)> {
    let mut found = Vec::new();
    let mut open: Option<(usize, String, Vec<String>)> = None;
    for (index, line) in text.lines().enumerate() {
        match (line.trim_start().strip_prefix("```"), &mut open) {
            (Some(language), None) => open = Some((index + 1, language.to_owned(), Vec::new())),
            (Some(_), Some(_)) => found.extend(open.take()),
            (None, Some((_, _, inside))) => inside.push(line.trim().to_owned()),
            (None, None) => {}
        }
    }
    found
}

#[test]
fn no_code_and_no_output_is_typed_by_hand() {
    let mut faults = Vec::new();
    for (page, text) in pages() {
        for (line, language, inside) in blocks(&text) {
            let typed = inside.iter().find(|line| match language.as_str() {
                // What a reader types, without what comes of it.
                "console" => !line.starts_with("$ "),
                _ => !(line.is_empty() || line.starts_with("{{#include ") && line.ends_with("}}")),
            });
            // A folder as `ls` would show it, under its name.
            let is_a_folder =
                language == "text" && inside.first().is_some_and(|line| line.ends_with('/'));
            if let (Some(typed), false) = (typed, is_a_folder) {
                faults.push(format!(
                    "{}:{line}: `{typed}` is typed by hand",
                    named(&page)
                ));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn every_page_is_in_the_summary_under_its_own_title() {
    let summary =
        std::fs::read_to_string(root().join("book/src/SUMMARY.md")).expect("there is a summary");
    for (page, text) in pages() {
        let name = page
            .strip_prefix(root().join("book/src"))
            .expect("it is a page")
            .to_string_lossy()
            .into_owned();
        let title = text.lines().next().unwrap_or_default();
        let entry = format!("[{}]({name})", title.trim_start_matches("# "));
        assert!(
            name == "SUMMARY.md" || summary.contains(&entry),
            "SUMMARY.md has no `{entry}`"
        );
        // The task below a lesson has a title of its own.
        let task = includes(&text)
            .into_iter()
            .find(|(path, _)| path.ends_with("/README.md") && path.contains("exercises/"));
        if let Some((task, _)) = task {
            let task = page.parent().expect("a page is in a folder").join(task);
            let task = std::fs::read_to_string(task).unwrap_or_default();
            assert_ne!(task.lines().next(), Some(title), "{name} and its task");
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
    let mut faults = Vec::new();
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
        faults.extend(dead_links(folder.path(), &name, &html));
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

/// Links and pictures of a page, as a browser sees them, that lead nowhere: to a page that
/// is not there, or to a place that its page has not.
fn dead_links(built: &Path, name: &Path, html: &str) -> Vec<String> {
    let (_, main) = html.split_once("<main>").expect("a page has its text");
    let main = main.split("</main>").next().unwrap_or_default();
    let mut dead = Vec::new();
    let attributes = ["href=\"", "src=\""];
    for target in attributes
        .iter()
        .flat_map(|attribute| main.split(attribute).skip(1))
    {
        let target = target.split('"').next().unwrap_or_default();
        if target.contains("://") || target.starts_with("mailto:") {
            continue;
        }
        let (path, place) = target.split_once('#').unwrap_or((target, ""));
        let path = match path {
            "" => built.join(name),
            path => built
                .join(name)
                .parent()
                .expect("it is in a folder")
                .join(path),
        };
        let there = match (path.is_file(), place) {
            (there, "") => there,
            (false, _) => false,
            (true, place) => std::fs::read_to_string(&path)
                .is_ok_and(|page| page.contains(&format!("id=\"{place}\""))),
        };
        if !there {
            let page = name.with_extension("md");
            dead.push(format!(
                "{} links to `{target}`, which is not there",
                page.display()
            ));
        }
    }
    dead
}

#[test]
fn a_link_to_nowhere_is_found() {
    let folder = tempfile::tempdir().expect("there is room");
    std::fs::write(folder.path().join("b.html"), "<h1 id=\"here\">").expect("written");
    let html = "<main><a href=\"b.html#here\"><a href=\"b.html#gone\"><img src=\"c.svg\"></main>";
    let dead = dead_links(folder.path(), Path::new("a.html"), html);
    assert_eq!(
        dead,
        [
            "a.md links to `b.html#gone`, which is not there",
            "a.md links to `c.svg`, which is not there",
        ]
    );
}
