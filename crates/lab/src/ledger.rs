//! What is generated from a measurement for the book: the figures that pages include, the
//! ledger of claims, the list of experiments, the charts.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::LabError;
use crate::chart::{Ground, draw};
use crate::claims::Claims;
use crate::condition::Outcome;
use crate::experiment::Unit;
use crate::lab::Lab;
use crate::measurement::Measurement;
use crate::pages::{Mark, figures, marks};
use crate::proof::Proof;
use crate::show::{answer, shown};

/// A page of the book.
#[derive(Debug, Clone)]
pub struct Page {
    /// From `book/src`, with `/`.
    pub name: String,
    /// As it is written.
    pub text: String,
}

/// Everything the ledger is made from.
#[derive(Debug)]
pub struct Ledger<'a> {
    /// The experiments.
    pub lab: &'a Lab,
    /// What is said.
    pub claims: &'a Claims,
    /// What was measured.
    pub measured: &'a Measurement,
    /// The book.
    pub pages: &'a [Page],
}

impl Ledger<'_> {
    /// A figure as text: `EXPERIMENT-FIGURE`, `EXPERIMENT-FACT`, `machine-WHAT` or
    /// `package-NAME`.
    pub fn figure(&self, name: &str) -> Option<String> {
        let (of, what) = name.split_once('-')?;
        let machine = &self.measured.machine;
        match (of, what) {
            ("package", name) => return machine.packages.get(name).cloned(),
            ("machine", "python") => return Some(machine.python.clone()),
            ("machine", "processor") => return Some(machine.processor.clone()),
            ("machine", "cores") => return Some(machine.cores.to_string()),
            ("machine", "system") => return Some(machine.system.clone()),
            ("machine", "compiler") => return machine.compilers.first().cloned(),
            ("machine", "rustc") => return machine.compilers.last().cloned(),
            ("machine", "date") => return Some(self.measured.date.clone()),
            _ => {}
        }
        let results = self.measured.experiments.get(of)?;
        let figure = self.lab.find(of)?.figure.iter().find(|f| f.name == what);
        if let Some((figure, range)) = figure.zip(results.figures.get(what)) {
            return Some(shown(range.value, figure.unit));
        }
        if let Some(count) = results.instructions.get(what) {
            return Some(shown(*count, Unit::Number));
        }
        match results.facts.get(what)? {
            Value::String(text) => Some(text.clone()),
            Value::Bool(truth) => Some(if *truth { "yes" } else { "no" }.to_owned()),
            number => Some(shown(number.as_f64()?, Unit::Number)),
        }
    }

    /// Every page that shows a figure, by the figure's name.
    pub fn used(&self) -> BTreeMap<String, BTreeSet<String>> {
        let mut used: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for page in self.pages {
            for (line, name) in figures(&page.text) {
                used.entry(name)
                    .or_default()
                    .insert(format!("{}:{line}", page.name));
            }
        }
        used
    }

    /// Text with `{EXPERIMENT-FIGURE}` filled in; the first name that is none otherwise.
    pub fn filled(&self, text: &str) -> Result<String, String> {
        let mut filled = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').ok_or_else(|| after.to_owned())?;
            filled += before;
            filled += &self.figure(name).ok_or_else(|| name.to_owned())?;
            rest = after;
        }
        Ok(filled + rest)
    }

    /// What became of a finding.
    pub fn outcome(&self, proof: &Proof) -> Option<&Outcome> {
        let Proof::Finding(experiment, finding) = proof else {
            return None;
        };
        self.measured
            .experiments
            .get(experiment)?
            .findings
            .get(finding)
    }

    /// The file that pages include figures from. mdBook looks for anchors in it.
    pub fn figures_file(&self) -> Result<String, Vec<String>> {
        let mut text = "Figures that the pages show. Written from measurements/published.json by\n\
                        BLESS=1 cargo test -p proof --test ledger\n\n"
            .to_owned();
        let mut faults = Vec::new();
        for (name, pages) in self.used() {
            match self.figure(&name) {
                Some(value) => {
                    let _ = writeln!(text, "ANCHOR: {name}\n{value}\nANCHOR_END: {name}");
                }
                None => {
                    let pages: Vec<String> = pages.into_iter().collect();
                    faults.push(format!("{}: there is no figure `{name}`", pages.join(", ")));
                }
            }
        }
        if faults.is_empty() {
            Ok(text)
        } else {
            Err(faults)
        }
    }

    /// The marked sentences of all pages.
    pub fn marks(&self) -> Vec<(&Page, Mark)> {
        let mut all = Vec::new();
        for page in self.pages {
            all.extend(marks(&page.text).into_iter().map(|mark| (page, mark)));
        }
        all
    }

    /// The ledger as a part of a page: what is said, then what this book says.
    pub fn page(&self) -> Result<String, Vec<String>> {
        let (mut text, mut faults) = (String::new(), Vec::new());
        for (key, title) in &self.claims.documents {
            let rows = self
                .claims
                .claims
                .iter()
                .filter(|claim| claim.document == *key);
            let rows: Vec<_> = rows.collect();
            if rows.is_empty() {
                continue;
            }
            let _ = writeln!(
                text,
                "### {title}\n\n{}\n",
                tally(rows.iter().map(|c| c.verdict.word()))
            );
            text += "| What is said | Verdict | What came out | Proof |\n|---|---|---|---|\n";
            for claim in rows {
                match self.filled(claim.because.trim()) {
                    Err(name) => faults.push(format!(
                        "{}: `{}`: there is no figure `{name}`",
                        claim.file.display(),
                        claim.says
                    )),
                    Ok(because) => {
                        let _ = writeln!(
                            text,
                            "| {} | **{}** | {} | {} |",
                            cell(&claim.says),
                            claim.verdict.word(),
                            cell(&because),
                            self.proofs(&claim.proof),
                        );
                    }
                }
            }
            text.push('\n');
        }
        text += "## What this book says\n\n";
        let mut last = "";
        for (page, mark) in self.marks() {
            if page.name != last {
                let title = page.text.lines().find_map(|line| line.strip_prefix("# "));
                let _ = writeln!(
                    text,
                    "\n### [{}](../{})\n\n| Claim | Proof |\n|---|---|",
                    title.unwrap_or(&page.name),
                    page.name
                );
                last = &page.name;
            }
            let sentence = self.filled(&plain(&mark.sentence)).map_err(|name| {
                format!("{}:{}: there is no figure `{name}`", page.name, mark.line)
            });
            match (sentence, mark.proofs) {
                (Ok(sentence), Ok(proofs)) => {
                    let _ = writeln!(text, "| {} | {} |", cell(&sentence), self.proofs(&proofs));
                }
                (Err(fault), _) => faults.push(fault),
                (_, Err(fault)) => faults.push(format!("{}:{}: {fault}", page.name, mark.line)),
            }
        }
        if faults.is_empty() {
            Ok(text)
        } else {
            Err(faults)
        }
    }

    fn proofs(&self, proofs: &[Proof]) -> String {
        let one = |proof: &Proof| match self.outcome(proof) {
            None | Some(Outcome::Holds) => format!("`{proof}`"),
            Some(outcome) => format!("`{proof}` ({})", outcome.word()),
        };
        proofs.iter().map(one).collect::<Vec<_>>().join(", ")
    }

    /// All experiments, with what came out, as a part of a page.
    pub fn experiments(&self) -> String {
        let mut text = String::new();
        for experiment in self.lab.experiments() {
            let Some(results) = self.measured.experiments.get(&experiment.name) else {
                continue;
            };
            let _ = writeln!(
                text,
                "## {}\n\n*{}*\n\n{}\n\n{}\n",
                experiment.title,
                experiment.question.trim(),
                experiment.method.trim(),
                answer(experiment, results),
            );
            text += "| Found | |\n|---|---|\n";
            for finding in &experiment.finding {
                let outcome = results.findings.get(&finding.name);
                let word = outcome.map_or("not measured", Outcome::word);
                let why = match outcome {
                    Some(Outcome::Skipped(why)) => format!(": {why}"),
                    _ => String::new(),
                };
                let _ = writeln!(text, "| {} | {word}{} |", cell(&finding.says), cell(&why));
            }
            let _ = writeln!(
                text,
                "\n```console\n$ cargo bindery lab run {}\n```\n",
                experiment.name
            );
        }
        text
    }

    /// Every chart that can be drawn, by the name of its file.
    pub fn charts(&self) -> BTreeMap<String, String> {
        charts(self.lab, self.measured, Ground::Page)
    }
}

impl Page {
    /// Reads all pages of `book/src` below `root` except the summary.
    pub fn all(root: &Path) -> Result<Vec<Self>, LabError> {
        let home = root.join("book/src");
        let mut files = Vec::new();
        walk(&home, &mut files)?;
        files.sort();
        let read = |file: PathBuf| {
            let text =
                std::fs::read_to_string(&file).map_err(crate::error::io_error("read", &file))?;
            let name = file
                .strip_prefix(&home)
                .unwrap_or(&file)
                .to_string_lossy()
                .replace('\\', "/");
            Ok(Self { name, text })
        };
        let pages = files
            .into_iter()
            .filter(|file| !file.ends_with("SUMMARY.md"));
        pages.map(read).collect()
    }
}

/// Every chart of a measurement, by the name of its file.
pub fn charts(lab: &Lab, measured: &Measurement, ground: Ground) -> BTreeMap<String, String> {
    let mut drawn = BTreeMap::new();
    for experiment in lab.experiments() {
        let Some(results) = measured.experiments.get(&experiment.name) else {
            continue;
        };
        for chart in &experiment.chart {
            if let Some(svg) = draw(experiment, chart, results, ground) {
                drawn.insert(format!("{}-{}.svg", experiment.name, chart.name), svg);
            }
        }
    }
    drawn
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) -> Result<(), LabError> {
    let entries = std::fs::read_dir(folder).map_err(crate::error::io_error("read", folder))?;
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            walk(&path, found)?;
        } else if path.extension().is_some_and(|e| e == "md") {
            found.push(path);
        }
    }
    Ok(())
}

/// `twelve rows: 3 true, 9 wrong`, in the order of the words.
fn tally<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut all = 0;
    for word in words {
        *counts.entry(word).or_default() += 1;
        all += 1;
    }
    let parts: Vec<String> = counts
        .iter()
        .map(|(word, n)| format!("{n} {word}"))
        .collect();
    let noun = if all == 1 { "statement" } else { "statements" };
    format!("{all} {noun}: {}.", parts.join(", "))
}

/// Text that fits into a cell of a table.
fn cell(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").replace('|', "\\|")
}

/// A sentence without links, and with figures as `{name}`.
fn plain(sentence: &str) -> String {
    let mut text = String::new();
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once("{{#include ") {
        let (directive, after) = after.split_once("}}").unwrap_or((after, ""));
        let name = directive.rsplit(':').next().unwrap_or_default();
        text += before;
        let _ = write!(text, "{{{}}}", name.trim());
        rest = after;
    }
    text += rest;
    // `[text](address)` becomes its text.
    while let Some(middle) = text.find("](") {
        let open = text[..middle].rfind('[');
        let close = text[middle..].find(')').map(|at| middle + at);
        let (Some(open), Some(close)) = (open, close) else {
            break;
        };
        text = format!(
            "{}{}{}",
            &text[..open],
            &text[open + 1..middle],
            &text[close + 1..]
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_loses_its_links_and_keeps_its_figures() {
        let sentence = "As [said](../a.md), it takes {{#include ../figures.txt:calls-x}} a call.";
        assert_eq!(plain(sentence), "As said, it takes {calls-x} a call.");
    }

    #[test]
    fn a_cell_is_one_line_without_bars() {
        assert_eq!(cell("a |\n b"), "a \\| b");
    }

    /// What a ledger is made from, with one experiment, one claim and these pages.
    struct Toy(Lab, Claims, Measurement, Vec<Page>);

    impl Toy {
        fn new(pages: &[(&str, &str)]) -> Self {
            let mut experiment: crate::Experiment = toml::from_str(
                "title='T'\nquestion='Q'\nmethod='M'\nanswer='It is {slow}.'\nseconds=1
                figure = [{name='slow', value='a', says='S'}]
                finding = [{name='slower', says='It is slower.', holds_if=['slow > 2']}]",
            )
            .expect("it is an experiment");
            experiment.name = "toy".into();
            let range = crate::Range {
                value: 21.0,
                low: 20.0,
                high: 22.0,
            };
            let results = crate::Results {
                figures: [("slow".to_owned(), range)].into(),
                facts: [("seen".to_owned(), Value::Bool(false))].into(),
                findings: [("slower".to_owned(), Outcome::Holds)].into(),
                ..crate::Results::default()
            };
            let claim = crate::Claim {
                file: PathBuf::new(),
                document: "talk".into(),
                place: "here".into(),
                says: "It is fast.".into(),
                verdict: crate::Verdict::Wrong,
                proof: vec![Proof::Finding("toy".into(), "slower".into())],
                because: "It takes {toy-slow}.".into(),
            };
            let claims = Claims {
                documents: [("talk".to_owned(), "A talk".to_owned())].into(),
                claims: vec![claim],
            };
            let page = |(name, text): &(&str, &str)| Page {
                name: (*name).into(),
                text: (*text).into(),
            };
            let measured = Measurement::of([("toy".to_owned(), results)].into());
            Self(
                Lab::of(vec![experiment]),
                claims,
                measured,
                pages.iter().map(page).collect(),
            )
        }

        fn ledger(&self) -> Ledger<'_> {
            Ledger {
                lab: &self.0,
                claims: &self.1,
                measured: &self.2,
                pages: &self.3,
            }
        }
    }

    #[test]
    fn a_page_gets_its_figures_and_one_that_is_none_is_named_with_the_page() {
        let good = Toy::new(&[("a.md", "It takes {{#include ../figures.txt:toy-slow}}.")]);
        let file = good.ledger().figures_file().expect("all figures are known");
        assert!(
            file.contains("ANCHOR: toy-slow\n21×\nANCHOR_END: toy-slow"),
            "{file}"
        );
        let bad = Toy::new(&[("b.md", "\nIt takes {{#include ../figures.txt:toy-lost}}.")]);
        let faults = bad.ledger().figures_file().expect_err("one is unknown");
        assert_eq!(faults, ["b.md:2: there is no figure `toy-lost`"]);
    }

    #[test]
    fn figures_are_measured_or_of_the_machine() {
        let toy = Toy::new(&[]);
        let figure = |name| toy.ledger().figure(name);
        assert_eq!(figure("toy-slow").as_deref(), Some("21×"));
        assert_eq!(figure("toy-seen").as_deref(), Some("no"));
        assert_eq!(figure("machine-python").as_deref(), Some("CPython 3.11.7"));
        assert_eq!(figure("lost-slow"), None);
    }

    #[test]
    fn the_page_has_what_is_said_and_what_the_book_says() {
        let text = "# Calls\n\nIt is {{#include ../figures.txt:toy-slow}} slower. <!-- claim: lab toy.slower -->";
        let toy = Toy::new(&[("people_say/calls.md", text)]);
        let page = toy.ledger().page().expect("all is known");
        for line in [
            "### A talk",
            "1 statement: 1 wrong.",
            "| It is fast. | **wrong** | It takes 21×. | `lab toy.slower` |",
            "### [Calls](../people_say/calls.md)",
            "| It is 21× slower. | `lab toy.slower` |",
        ] {
            assert!(page.contains(line), "{line:?} is not in:\n{page}");
        }
    }

    #[test]
    fn verdicts_are_counted() {
        assert_eq!(
            tally(["wrong", "true", "wrong"].into_iter()),
            "3 statements: 1 true, 2 wrong."
        );
    }
}
