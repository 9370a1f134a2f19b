//! The capability matrix: for each binding and each point of the conformance suite
//! *free*, *by hand* with the lines it took, or *cannot* with the reason.
//!
//! Nothing of it is typed. A point is a file of the suite, its claim the first line of
//! that file. What is by hand stands in a binding's sources between two comments
//! (`by hand: errors`, `by hand: end`), and its lines are counted. What a tool cannot do
//! is in the binding's `capabilities.toml`, where the suite reads it too and expects it
//! to fail. Everything else is free, and the suite proves that it works.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use gallery::Binding;
use serde::Deserialize;

/// The rows, from what a caller meets first to what few ever ask for.
const ORDER: [&str; 27] = [
    "values",
    "keywords",
    "unicode",
    "errors",
    "cause",
    "files",
    "callback",
    "callback_raises",
    "callback_outlives",
    "buffer",
    "buffer_protocol",
    "exported",
    "ownership",
    "refcounts",
    "closed",
    "weakref",
    "cycles",
    "gil",
    "busy",
    "threads",
    "second_interpreter",
    "own_gil",
    "repr",
    "pickling",
    "subclass",
    "signature",
    "wrong_library",
];

const MARK: &str = "by hand: ";
const END: &str = "end";

/// A point of the suite: its name, what it claims, and from which Python 3.N on it can be
/// asked at all.
pub struct Point {
    pub name: String,
    pub claim: String,
    since: Option<String>,
}

/// What one binding does about one point.
#[derive(Default)]
pub struct Cell {
    lines: usize,
    cannot: Vec<Cannot>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cannot {
    point: String,
    why: String,
    binding: Option<String>,
    python: Option<String>,
    #[serde(default)]
    tests: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Capabilities {
    #[serde(default)]
    cannot: Vec<Cannot>,
}

/// One binding's column.
pub struct Column {
    pub name: String,
    cells: BTreeMap<String, Cell>,
}

/// The points of the suite in this folder, in the order of the table.
pub fn points(suite: &Path) -> Result<Vec<Point>, String> {
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(suite)
        .map_err(|e| e.to_string())?
        .flatten()
    {
        let file = entry.file_name().to_string_lossy().into_owned();
        let Some(name) = file
            .strip_prefix("test_")
            .and_then(|f| f.strip_suffix(".py"))
        else {
            continue;
        };
        let text = std::fs::read_to_string(entry.path()).map_err(|e| e.to_string())?;
        let first = text.lines().next().unwrap_or_default();
        let claim = first
            .strip_prefix("\"\"\"")
            .and_then(|c| c.strip_suffix(".\"\"\""));
        let claim = claim.ok_or_else(|| format!("{file} does not begin with its claim"))?;
        let since = text.split_once("sys.version_info < (3, ");
        let since = since.and_then(|(_, rest)| rest.split_once(')'));
        let since = since.map(|(minor, _)| format!(">=3.{minor}"));
        found.insert(name.to_owned(), (claim.to_owned(), since));
    }
    let rows = ORDER.iter().map(|name| {
        let point = found.remove(*name);
        let (claim, since) = point.ok_or_else(|| format!("the suite has no point `{name}`"))?;
        Ok(Point {
            name: (*name).to_owned(),
            claim,
            since,
        })
    });
    let rows = rows.collect::<Result<Vec<Point>, String>>()?;
    match found.keys().next() {
        Some(name) => Err(format!("the table has no row for the point `{name}`")),
        None => Ok(rows),
    }
}

/// Reads one binding's column. `others` are the modules of its folder's other bindings:
/// what stands in their packages is not this one's.
pub fn column(binding: &Binding, others: &[&str], points: &[Point]) -> Result<Column, String> {
    let mut cells: BTreeMap<String, Cell> = BTreeMap::new();
    let known = |name: &str| points.iter().any(|p| p.name == name);
    for file in sources(&binding.about.folder, others) {
        let text =
            std::fs::read_to_string(&file).map_err(|e| format!("{}: {e}", file.display()))?;
        let counted = count(&text).map_err(|why| format!("{}: {why}", file.display()))?;
        for (point, lines) in counted {
            if !known(&point) {
                return Err(format!("{}: there is no point `{point}`", file.display()));
            }
            cells.entry(point).or_default().lines += lines;
        }
    }
    let path = binding.about.folder.join("capabilities.toml");
    let text = std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let capabilities: Capabilities =
        toml::from_str(&text).map_err(|e| format!("{}: {e}", path.display()))?;
    for cannot in capabilities.cannot {
        if !known(&cannot.point) {
            return Err(format!(
                "{}: there is no point `{}`",
                path.display(),
                cannot.point
            ));
        }
        if cannot
            .binding
            .as_ref()
            .is_none_or(|name| *name == binding.about.name)
        {
            cells
                .entry(cannot.point.clone())
                .or_default()
                .cannot
                .push(cannot);
        }
    }
    Ok(Column {
        name: binding.about.name.clone(),
        cells,
    })
}

/// What somebody wrote in this folder: no documents, settings or tests.
fn sources(folder: &Path, others: &[&str]) -> Vec<PathBuf> {
    const LEFT_OUT: [&str; 6] = [
        "tests",
        "target",
        "build",
        "dist",
        "__pycache__",
        "_skbuild",
    ];
    let mut found = Vec::new();
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    for entry in entries {
        let (path, name) = (
            entry.path(),
            entry.file_name().to_string_lossy().into_owned(),
        );
        if name.starts_with('.') || others.contains(&name.as_str()) {
            continue;
        }
        if path.is_dir() {
            if !LEFT_OUT.contains(&name.as_str()) {
                found.extend(sources(&path, others));
            }
            continue;
        }
        let extension = path
            .extension()
            .and_then(|e| e.to_str())
            .unwrap_or_default();
        if !["md", "toml", "lock", "so", "pyc"].contains(&extension) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The lines of code in the regions of one file, by point.
fn count(text: &str) -> Result<BTreeMap<String, usize>, String> {
    let mut counted = BTreeMap::new();
    let mut open: Option<String> = None;
    for (number, line) in text.lines().enumerate() {
        let line = line.trim();
        if let Some((before, name)) = line.split_once(MARK)
            && is_comment(before.trim())
        {
            let name = name.trim_end_matches("*/").trim();
            open = match (open.take(), name) {
                (Some(_), END) => None,
                (None, END) => return Err(format!("line {}: nothing is open", number + 1)),
                (Some(point), _) => {
                    return Err(format!("line {}: `{point}` is still open", number + 1));
                }
                (None, point) => {
                    counted.entry(point.to_owned()).or_insert(0);
                    Some(point.to_owned())
                }
            };
        } else if let Some(point) = &open
            && !line.is_empty()
            && !is_comment(line)
        {
            *counted.entry(point.clone()).or_insert(0) += 1;
        }
    }
    match open {
        Some(point) => Err(format!("`{point}` is never closed")),
        None => Ok(counted),
    }
}

/// Whether a line, or what stands before a mark, is a comment in one of our languages. In C a
/// `#` begins a directive, and it is not one.
fn is_comment(line: &str) -> bool {
    line.starts_with("//")
        || line.starts_with("/*")
        || line.starts_with("* ")
        || line == "#"
        || line.starts_with("# ")
}

impl Cell {
    /// In a word or a number, for the table in the book; reasons become footnotes.
    fn short(&self, point: &Point, notes: &mut Vec<String>) -> String {
        let able = match self.lines {
            0 if self.cannot.iter().any(|c| !c.tests.is_empty()) => "in part".to_owned(),
            0 => "free".to_owned(),
            lines => lines.to_string(),
        };
        if self.cannot.is_empty() {
            return able;
        }
        let mut marks = String::new();
        for cannot in &self.cannot {
            let note = cannot.sentence();
            let at = notes.iter().position(|n| *n == note).unwrap_or_else(|| {
                notes.push(note);
                notes.len() - 1
            });
            let _ = write!(marks, "<sup>{}</sup>", at + 1);
        }
        match self.never(point) {
            true => format!("no{marks}"),
            false => format!("{able}{marks}"),
        }
    }

    /// The same in full, for the committed matrix.
    fn long(&self, point: &Point) -> String {
        let able = match self.lines {
            0 => "free".to_owned(),
            1 => "by hand, 1 line".to_owned(),
            lines => format!("by hand, {lines} lines"),
        };
        let cannot = self.cannot.iter().map(Cannot::sentence);
        match self.never(point) {
            true => cannot.collect::<Vec<_>>().join("; "),
            false => std::iter::once(able)
                .chain(cannot)
                .collect::<Vec<_>>()
                .join("; "),
        }
    }

    /// Whether no part of it can be done under any Python.
    fn never(&self, point: &Point) -> bool {
        let mut whole = self.cannot.iter().filter(|c| c.tests.is_empty());
        whole.any(|c| c.python.is_none() || c.python == point.since)
    }
}

impl Cannot {
    fn sentence(&self) -> String {
        let part = if self.tests.is_empty() {
            "cannot"
        } else {
            "cannot in part"
        };
        let versions = self.python.as_ref().map(|condition| {
            let parts = condition.split(',').map(|part| {
                let part = part.trim();
                match part.strip_prefix(">=") {
                    Some(version) => format!("from {version} on"),
                    None => format!("before {}", part.trim_start_matches('<')),
                }
            });
            format!(" {}", parts.collect::<Vec<_>>().join(" and "))
        });
        format!("{part}{}: {}", versions.unwrap_or_default(), self.why)
    }
}

/// The matrix as data: one table for each binding.
pub fn matrix(columns: &[Column], points: &[Point]) -> String {
    let mut text = String::from(
        "# The capability matrix. Written from the sources of the bindings and their\n\
         # `capabilities.toml`; to write it anew: BLESS=1 cargo test -p proof --test bindings\n",
    );
    for column in columns {
        let _ = write!(text, "\n[{}]\n", column.name);
        for point in points {
            let cell = column.cells.get(&point.name);
            let said = cell.unwrap_or(&Cell::default()).long(point);
            let _ = writeln!(text, "{} = {}", point.name, toml::Value::String(said));
        }
    }
    text
}

/// The matrix as tables of the book, each narrow enough for a page, with one set of notes.
pub fn table(columns: &[Column], points: &[Point]) -> String {
    let (approaches, side_trips) = columns.split_at(columns.len().min(APPROACHES));
    let mut notes = Vec::new();
    let mut text = String::from("## The four approaches\n\n");
    text += &part(approaches, points, &mut notes);
    text += "\n## The side trips\n\n";
    text += &part(side_trips, points, &mut notes);
    text += "\n## What the raised numbers say\n";
    for (number, note) in notes.iter().enumerate() {
        let _ = write!(text, "\n{}. {}", number + 1, capitalised(note));
    }
    text.push('\n');
    text
}

/// ctypes, CFFI in two modes, the C API in two languages, PyO3 with and without abi3.
const APPROACHES: usize = 7;

fn part(columns: &[Column], points: &[Point], notes: &mut Vec<String>) -> String {
    let mut text = String::from("| |");
    for column in columns {
        let _ = write!(text, " {} |", column.name);
    }
    let _ = write!(text, "\n|---|{}\n", "---|".repeat(columns.len()));
    for point in points {
        let _ = write!(text, "| {} |", point.claim);
        for column in columns {
            let cell = column.cells.get(&point.name);
            let said = cell.unwrap_or(&Cell::default()).short(point, notes);
            let _ = write!(text, " {said} |");
        }
        text.push('\n');
    }
    text.push_str("| **Lines by hand** |");
    for column in columns {
        let lines: usize = column.cells.values().map(|cell| cell.lines).sum();
        let _ = write!(text, " **{lines}** |");
    }
    text.push('\n');
    text
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}
