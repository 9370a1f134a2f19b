//! Places in files and error codes, as a terminal can open them (OSC 8).
//!
//! Nothing here asks the terminal, which could not answer in a pipe. What it is called in the
//! environment has to do, as for most programs that write such links.

use std::path::{Path, PathBuf};

use console::AnsiCodeIterator;

use crate::screen::here;

/// What ends a link.
pub const END: &str = "\u{1b}]8;;\u{1b}\\";

/// What a place in a file leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Links {
    /// Nowhere: it is text alone.
    None,
    /// To the file, with whatever opens files.
    File,
    /// To the line, in VS Code.
    VsCode,
}

impl Links {
    /// What the terminal that this program writes to can do. `variable` reads the environment.
    pub fn of(is_terminal: bool, variable: impl Fn(&str) -> Option<String>) -> Links {
        let is = |name: &str, values: &[&str]| {
            variable(name).is_some_and(|value| values.contains(&value.as_str()))
        };
        if !is_terminal || is("TERM", &["dumb"]) {
            return Links::None;
        }
        let wanted = match variable("FORCE_HYPERLINK").as_deref() {
            Some("0" | "false") => false,
            Some(_) => true,
            None => {
                let vte = variable("VTE_VERSION").and_then(|version| version.parse().ok());
                vte.is_some_and(|version: u32| version >= 5000)
                    || is("TERM_PROGRAM", &CAPABLE_PROGRAMS)
                    || is("TERM", &CAPABLE_TERMINALS)
                    || is("COLORTERM", &["xfce4-terminal"])
                    || ["DOMTERM", "WT_SESSION", "KONSOLE_VERSION"]
                        .iter()
                        .any(|name| variable(name).is_some())
            }
        };
        match wanted {
            false => Links::None,
            true if is("TERM_PROGRAM", &["vscode"]) => Links::VsCode,
            true => Links::File,
        }
    }

    /// The address of a place in a file; `after` is what follows its name, as `:3:5`.
    pub fn to_place(self, file: &Path, after: &str) -> Option<String> {
        let path = percent_encoded(file);
        match self {
            Links::None => None,
            Links::File => Some(format!("file://{path}")),
            Links::VsCode => Some(format!("vscode://file{path}{after}")),
        }
    }
}

const CAPABLE_PROGRAMS: [&str; 7] = [
    "Hyper",
    "iTerm.app",
    "WezTerm",
    "ghostty",
    "rio",
    "terminology",
    "vscode",
];

const CAPABLE_TERMINALS: [&str; 6] = [
    "alacritty",
    "alacritty-direct",
    "foot",
    "xterm-ghostty",
    "xterm-kitty",
    "xterm-rio",
];

/// Writes each place (`src/lib.rs:3:5`) as it would be typed from here, and makes links of
/// places and error codes. `folders` are those that a path may be relative to.
pub fn mark(text: &str, folders: &[PathBuf], links: Links) -> String {
    let mut marked = String::new();
    for (part, is_code) in AnsiCodeIterator::new(text) {
        match is_code {
            true => marked += part,
            false => mark_plain(part, folders, links, &mut marked),
        }
    }
    marked
}

fn mark_plain(text: &str, folders: &[PathBuf], links: Links, marked: &mut String) {
    let is_edge = |c: char| c.is_whitespace() || "`'\"()<>,;[]".contains(c);
    let mut rest = text;
    while !rest.is_empty() {
        let word = &rest[..rest.find(is_edge).unwrap_or(rest.len())];
        match place(word, folders) {
            Some((file, after, tail)) => {
                let shown = format!("{}{after}", here(&file));
                linked(&shown, links.to_place(&file, after), marked);
                *marked += tail;
            }
            None if is_error_code(word) && marked.ends_with('[') => {
                let page = format!("https://doc.rust-lang.org/error_codes/{word}.html");
                linked(word, (links != Links::None).then_some(page), marked);
            }
            None => *marked += word,
        }
        rest = &rest[word.len()..];
        if let Some(edge) = rest.chars().next() {
            marked.push(edge);
            rest = &rest[edge.len_utf8()..];
        }
    }
}

/// Adds a text that leads to an address, if there is one.
pub fn linked(shown: &str, to: Option<String>, marked: &mut String) {
    match to {
        Some(to) => *marked += &format!("\u{1b}]8;;{to}\u{1b}\\{shown}{END}"),
        None => *marked += shown,
    }
}

/// `src/lib.rs:3:5:` is a file that is there, the place in it, and what follows. A whole path
/// may stand without a place.
fn place<'a>(word: &'a str, folders: &[PathBuf]) -> Option<(PathBuf, &'a str, &'a str)> {
    let is_place = |at: &usize| word[at + 1..].starts_with(|c: char| c.is_ascii_digit());
    let mut colons = word.match_indices(':').map(|(at, _)| at);
    let end_of_name = match colons.find(is_place) {
        Some(colon) => colon,
        None if word.starts_with('/') => word.trim_end_matches(':').len(),
        None => return None,
    };
    let (name, after) = word.split_at(end_of_name);
    let is_number = |c: char| c.is_ascii_digit() || c == ':';
    let end = after.find(|c| !is_number(c)).unwrap_or(after.len());
    let after_place = after[..end].trim_end_matches(':');
    let tail = &after[after_place.len()..];
    let name = Path::new(name.strip_prefix("./").unwrap_or(name));
    let file = folders
        .iter()
        .map(|folder| folder.join(name))
        .find(|file| file.is_file())?;
    Some((file, after_place, tail))
}

fn is_error_code(word: &str) -> bool {
    word.len() == 5 && word.starts_with('E') && word[1..].bytes().all(|b| b.is_ascii_digit())
}

fn percent_encoded(path: &Path) -> String {
    let bytes = path.as_os_str().as_encoded_bytes();
    let mut encoded = String::new();
    for byte in bytes {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'_' | b'-' | b'~' => {
                encoded.push(char::from(*byte));
            }
            _ => encoded += &format!("%{byte:02X}"),
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn links(is_terminal: bool, set: &[(&str, &str)]) -> Links {
        Links::of(is_terminal, |name| {
            let found = set.iter().find(|(key, _)| *key == name);
            found.map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn a_terminal_that_is_known_for_links_gets_them() {
        assert_eq!(links(true, &[("TERM", "xterm-kitty")]), Links::File);
        assert_eq!(links(true, &[("VTE_VERSION", "7200")]), Links::File);
        assert_eq!(links(true, &[("VTE_VERSION", "4999")]), Links::None);
        assert_eq!(links(true, &[("TERM_PROGRAM", "vscode")]), Links::VsCode);
        assert_eq!(links(true, &[("TERM", "xterm")]), Links::None);
    }

    #[test]
    fn who_says_so_has_them_anywhere_but_in_a_pipe_and_on_a_dumb_terminal() {
        let forced = ("FORCE_HYPERLINK", "1");
        assert_eq!(links(true, &[forced]), Links::File);
        assert_eq!(links(false, &[forced]), Links::None);
        assert_eq!(links(true, &[forced, ("TERM", "dumb")]), Links::None);
        let off = [("FORCE_HYPERLINK", "0"), ("TERM", "xterm-kitty")];
        assert_eq!(links(true, &off), Links::None);
    }

    #[test]
    fn a_place_in_a_file_that_is_there_becomes_a_link_and_nothing_else_does() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("lib rs.c");
        std::fs::write(&file, "").unwrap();
        let other = folder.path().join("a.rs");
        std::fs::write(&other, "").unwrap();
        let folders = [folder.path().to_owned()];
        let other = other.display();
        assert_eq!(
            mark("  --> \u{1b}[0ma.rs:3:5: no", &folders, Links::File),
            format!("  --> \u{1b}[0m\u{1b}]8;;file://{other}\u{1b}\\{other}:3:5{END}: no")
        );
        assert_eq!(
            mark("(./a.rs:3)", &folders, Links::VsCode),
            format!("(\u{1b}]8;;vscode://file{other}:3\u{1b}\\{other}:3{END})")
        );
        assert_eq!(
            mark(&format!("{other}: In"), &folders, Links::File),
            format!("\u{1b}]8;;file://{other}\u{1b}\\{other}{END}: In")
        );
        for text in ["b.rs:3:5", "at 12:30", "a.rs", "std::x::y:3", "note: 3"] {
            assert_eq!(mark(text, &folders, Links::File), text);
        }
        assert!(percent_encoded(&file).ends_with("/lib%20rs.c"));
    }

    #[test]
    fn an_error_code_leads_to_its_page() {
        let marked = mark("error[E0308]: E0308", &[], Links::File);
        assert!(
            marked.starts_with(
                "error[\u{1b}]8;;https://doc.rust-lang.org/error_codes/E0308.html\u{1b}\\E0308"
            ) && marked.ends_with("]: E0308"),
            "{marked:?}"
        );
        assert_eq!(mark("error[E0308]", &[], Links::None), "error[E0308]");
    }
}
