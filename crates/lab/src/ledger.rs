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
use crate::show::shown;
use crate::versions::Versions;

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
    /// What the manifest pins.
    pub versions: &'a Versions,
}

impl Ledger<'_> {
    /// A figure as text: `EXPERIMENT-FIGURE`, `EXPERIMENT-FACT`, `machine-WHAT`,
    /// `package-NAME` or `version-CRATE`.
    pub fn figure(&self, name: &str) -> Option<String> {
        let (of, what) = name.split_once('-')?;
        let machine = &self.measured.machine;
        match (of, what) {
            ("version", name) => return self.versions.get(name).map(str::to_owned),
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

#[cfg(test)]
mod tests {
    use super::*;

    /// What a ledger is made from, with one experiment, one claim and these pages.
    struct Toy(Lab, Claims, Measurement, Vec<Page>, Versions);

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
                Versions::default(),
            )
        }

        fn ledger(&self) -> Ledger<'_> {
            Ledger {
                lab: &self.0,
                claims: &self.1,
                measured: &self.2,
                pages: &self.3,
                versions: &self.4,
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
            "| **wrong:** It is fast. | It takes 21×. <br><small>[lab toy.<wbr>slower](experiments.md#lab-toy)</small> |",
            "### [Calls](../people_say/calls.md)",
            "- It is 21× slower. <br><small>[lab toy.<wbr>slower](experiments.md#lab-toy)</small>",
        ] {
            assert!(page.contains(line), "{line:?} is not in:\n{page}");
        }
    }
}
