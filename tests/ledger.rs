//! The ledger: every claim has its proof, every figure its measurement, and what is
//! generated from both is what the book shows.
//!
//! `BLESS=1 cargo test -p proof --test ledger` writes the generated files anew from
//! `book/measurements/published.json`. Nothing here measures.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use lab::{Claims, Lab, Ledger, Measurement, Outcome, Page, Proof, Versions, bare_numbers};
use proof::root;

const PUBLISHED: &str = "book/measurements/published.json";
const FIGURES: &str = "book/src/figures.txt";
const LEDGER: &str = "book/src/people_say/ledger_table.txt";
const EXPERIMENTS: &str = "book/src/people_say/experiments_list.txt";
const CHARTS: &str = "book/src/charts";

struct Everything {
    lab: Lab,
    claims: Claims,
    measured: Measurement,
    pages: Vec<Page>,
    versions: Versions,
}

static ALL: LazyLock<Everything> = LazyLock::new(|| {
    let root = root();
    let lab = Lab::open(&root).unwrap_or_else(|e| panic!("{e}"));
    none(lab.troubles().iter().map(ToString::to_string).collect());
    let path = root.join(PUBLISHED);
    let sealed = Measurement::read(&path);
    let mut all = Everything {
        lab,
        claims: Claims::read(&root).unwrap_or_else(|e| panic!("{e}")),
        measured: Measurement::read_unsealed(&path)
            .unwrap_or_else(|e| panic!("{e}"))
            .0,
        pages: Page::all(&root).unwrap_or_else(|e| panic!("{e}")),
        versions: Versions::read(&root).unwrap_or_else(|e| panic!("{e}")),
    };
    match sealed {
        Ok(measured) => all.measured = measured,
        Err(error) => panic!("{error}\n{}", changed(&all.ledger()).join("\n")),
    }
    all
});

impl Everything {
    fn ledger(&self) -> Ledger<'_> {
        Ledger {
            lab: &self.lab,
            claims: &self.claims,
            measured: &self.measured,
            pages: &self.pages,
            versions: &self.versions,
        }
    }
}

fn ledger() -> Ledger<'static> {
    ALL.ledger()
}

/// Each figure that is not what was published, with the places that show it.
fn changed(ledger: &Ledger<'_>) -> Vec<String> {
    let there = std::fs::read_to_string(root().join(FIGURES)).unwrap_or_default();
    let expected = ledger.figures_file().unwrap_or_default();
    let (there, expected, used) = (anchored(&there), anchored(&expected), ledger.used());
    let names: BTreeSet<&String> = there.keys().chain(expected.keys()).collect();
    let differs = |name: &&&String| there.get(**name) != expected.get(**name);
    let told = names.iter().filter(differs).map(|name| {
        let pages = used.get(*name).cloned().unwrap_or_default();
        let pages: Vec<String> = pages.into_iter().collect();
        format!(
            "{}: the figure `{name}` is `{}` in {FIGURES} and `{}` in {PUBLISHED}",
            pages.join(", "),
            there.get(*name).map_or("not there", String::as_str),
            expected.get(*name).map_or("not used", String::as_str),
        )
    });
    told.collect()
}

fn none(faults: Vec<String>) {
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn every_marked_claim_has_a_proof_that_exists() {
    let mut faults = Vec::new();
    for (page, mark) in ledger().marks() {
        let place = format!("{}:{}", page.name, mark.line);
        match mark.proofs {
            Err(fault) => faults.push(format!("{place}: {fault}")),
            Ok(proofs) => {
                let wrong = proofs
                    .iter()
                    .filter_map(|proof| proof.fault(&root(), &ALL.lab));
                faults.extend(wrong.map(|fault| format!("{place}: {fault}")));
            }
        }
        let line = page.text.lines().nth(mark.line - 1).unwrap_or_default();
        if line.trim_start().starts_with("<!--") {
            // Markdown would end the paragraph there.
            faults.push(format!(
                "{place}: a mark stands behind its sentence, on the same line"
            ));
        }
        if mark.sentence.is_empty() {
            faults.push(format!("{place}: the mark stands after no sentence"));
        }
    }
    none(faults);
}

#[test]
fn every_statement_of_the_sources_is_answered() {
    let mut faults = Vec::new();
    for claim in &ALL.claims.claims {
        let place = format!("{}: `{}`", claim.file.display(), claim.says);
        if claim.proof.is_empty() {
            faults.push(format!("{place}: no experiment answers it"));
        }
        let wrong = claim
            .proof
            .iter()
            .filter_map(|proof| proof.fault(&root(), &ALL.lab));
        faults.extend(wrong.map(|fault| format!("{place}: {fault}")));
    }
    for document in ALL.claims.documents.keys() {
        if !ALL
            .claims
            .claims
            .iter()
            .any(|claim| claim.document == *document)
        {
            faults.push(format!("no statement of `{document}` is listed"));
        }
    }
    none(faults);
}

#[test]
fn what_claims_rest_on_held_in_the_published_measurement() {
    let ledger = ledger();
    let mut faults = Vec::new();
    let mut look = |place: String, proof: &Proof| match (proof, ledger.outcome(proof)) {
        (Proof::Finding(..), None) => faults.push(format!("{place}: `{proof}` was not measured")),
        (_, Some(outcome @ (Outcome::Fails | Outcome::Unclear))) => {
            faults.push(format!("{place}: `{proof}` {} there", outcome.word()));
        }
        _ => {}
    };
    for claim in &ALL.claims.claims {
        let place = format!("{}: `{}`", claim.file.display(), claim.says);
        claim
            .proof
            .iter()
            .for_each(|proof| look(place.clone(), proof));
    }
    for (page, mark) in ledger.marks() {
        let place = format!("{}:{}", page.name, mark.line);
        let proofs = mark.proofs.unwrap_or_default();
        proofs.iter().for_each(|proof| look(place.clone(), proof));
    }
    none(faults);
}

#[test]
fn every_experiment_was_published_and_its_answer_has_all_its_figures() {
    let mut faults = Vec::new();
    for experiment in ALL.lab.experiments() {
        let Some(results) = ALL.measured.experiments.get(&experiment.name) else {
            faults.push(format!("`{}` is not in {PUBLISHED}", experiment.name));
            continue;
        };
        let answer = lab::answer(experiment, results);
        if answer.contains(['{', '}']) || (results.missing.is_empty() && answer.contains(" ? ")) {
            faults.push(format!(
                "`{}`: its answer has a name for a figure: {answer}",
                experiment.name
            ));
        }
    }
    let known: BTreeSet<&str> = ALL
        .lab
        .experiments()
        .iter()
        .map(|e| e.name.as_str())
        .collect();
    let published = ALL.measured.experiments.keys();
    let gone = published.filter(|name| !known.contains(name.as_str()));
    faults.extend(gone.map(|name| format!("{PUBLISHED} has `{name}`, which is no experiment")));
    if ALL.measured.quick {
        faults.push(format!("{PUBLISHED} comes from a quick run"));
    }
    none(faults);
}

#[test]
fn no_number_in_prose_comes_from_nowhere() {
    let mut faults = Vec::new();
    for page in &Page::all(&root()).unwrap_or_else(|e| panic!("{e}")) {
        for (line, number) in bare_numbers(&page.text) {
            faults.push(format!(
                "{}:{line}: `{number}` comes from no measurement and is no version",
                page.name
            ));
        }
    }
    none(faults);
}

/// Compares a generated file with what it has to be; with `BLESS` it writes it.
fn generated(path: &str, expected: &str) -> Option<String> {
    let file = root().join(path);
    if std::env::var_os("BLESS").is_some() {
        let folder = file.parent().expect("it is in a folder");
        std::fs::create_dir_all(folder).unwrap_or_else(|e| panic!("{path}: {e}"));
        std::fs::write(&file, expected).unwrap_or_else(|e| panic!("{path}: {e}"));
        return None;
    }
    let there = std::fs::read_to_string(&file).unwrap_or_default();
    (there != expected).then_some(there)
}

const HINT: &str = "run `BLESS=1 cargo test -p proof --test ledger`, and read what it wrote";

/// Anchors with their values.
fn anchored(text: &str) -> BTreeMap<String, String> {
    let blocks = text.split("ANCHOR: ").skip(1);
    let block = |block: &str| {
        let (name, rest) = block.split_once('\n')?;
        Some((
            name.to_owned(),
            rest.split("\nANCHOR_END").next()?.to_owned(),
        ))
    };
    blocks.filter_map(block).collect()
}

#[test]
fn figures_are_those_that_were_published() {
    let ledger = ledger();
    let expected = ledger.figures_file().unwrap_or_else(|faults| {
        none(faults);
        String::new()
    });
    if generated(FIGURES, &expected).is_some() {
        let mut faults = changed(&ledger);
        faults.push(HINT.to_owned());
        none(faults);
    }
}

#[test]
fn the_ledger_and_the_list_of_experiments_are_up_to_date() {
    let ledger = ledger();
    let page = ledger.page().unwrap_or_else(|faults| {
        none(faults);
        String::new()
    });
    let mut faults = Vec::new();
    for (path, expected) in [(LEDGER, page), (EXPERIMENTS, ledger.experiments())] {
        if generated(path, &expected).is_some() {
            faults.push(format!(
                "{path} is not what the claims and measurements give; {HINT}"
            ));
        }
    }
    none(faults);
}

#[test]
fn charts_show_what_was_published() {
    let charts = ledger().charts();
    let mut faults = Vec::new();
    for (name, svg) in &charts {
        if generated(&format!("{CHARTS}/{name}"), svg).is_some() {
            faults.push(format!("{CHARTS}/{name} does not show {PUBLISHED}; {HINT}"));
        }
    }
    let folder = std::fs::read_dir(root().join(CHARTS))
        .into_iter()
        .flatten()
        .flatten();
    for file in folder.map(|entry| entry.path()) {
        let name = file
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if !charts.contains_key(&name) {
            match std::env::var_os("BLESS") {
                Some(_) => std::fs::remove_file(&file).unwrap_or_else(|e| panic!("{name}: {e}")),
                None => faults.push(format!(
                    "{CHARTS}/{name} is no chart of an experiment; {HINT}"
                )),
            }
        }
    }
    none(faults);
}

#[test]
fn every_chart_that_a_page_shows_is_drawn() {
    let charts = ledger().charts();
    let mut faults = Vec::new();
    for page in &ALL.pages {
        for rest in page.text.split("charts/").skip(1) {
            let name = rest.split(['}', ')', ' ']).next().unwrap_or_default();
            if !charts.contains_key(name) {
                faults.push(format!("{}: there is no chart `{name}`", page.name));
            }
        }
    }
    none(faults);
}
