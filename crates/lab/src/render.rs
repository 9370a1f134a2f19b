//! Writes the generated parts of the book's pages: the ledger, and the list of experiments.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::condition::Outcome;
use crate::ledger::Ledger;
use crate::proof::Proof;
use crate::show::answer;

impl Ledger<'_> {
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
            text += "| What is said | What came out |\n|---|---|\n";
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
                            "| **{}:** {} | {} {} |",
                            claim.verdict.word(),
                            cell(&claim.says),
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
                    "\n### [{}](../{})\n",
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
                    let _ = writeln!(text, "- {} {}", cell(&sentence), self.proofs(&proofs));
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

    /// The proofs in small print; an experiment's leads to what came out of it.
    fn proofs(&self, proofs: &[Proof]) -> String {
        let one = |proof: &Proof| {
            // A long name may be broken at its dot.
            let name = proof.to_string().replace('.', ".<wbr>");
            let name = match proof {
                Proof::Finding(experiment, _) => {
                    format!("[{name}](experiments.md#lab-{experiment})")
                }
                _ => name,
            };
            match self.outcome(proof) {
                None | Some(Outcome::Holds) => name,
                Some(outcome) => format!("{name} ({})", outcome.word()),
            }
        };
        let proofs: Vec<String> = proofs.iter().map(one).collect();
        format!("<br><small>{}</small>", proofs.join(", "))
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
                "<a id=\"lab-{}\"></a>\n\n## {}\n\n*{}*\n\n{}\n\n{}\n",
                experiment.name,
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
}

/// `12 statements: 3 true, 9 wrong.`, in the order of the words.
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

    #[test]
    fn verdicts_are_counted() {
        assert_eq!(
            tally(["wrong", "true", "wrong"].into_iter()),
            "3 statements: 1 true, 2 wrong."
        );
    }
}
