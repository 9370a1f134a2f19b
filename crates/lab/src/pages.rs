//! Reads a page of the book as a proof-reader does: which sentences claim something and by
//! which proof, which figures are shown, which numbers come from nowhere.

use crate::proof::Proof;

/// A sentence that says of itself what proves it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Where the mark stands.
    pub line: usize,
    /// The sentence before it, as it is written.
    pub sentence: String,
    /// The proofs named, or what is wrong with them.
    pub proofs: Result<Vec<Proof>, String>,
}

const OPEN: &str = "<!-- claim:";

/// The marked sentences of a page.
pub fn marks(text: &str) -> Vec<Mark> {
    let text = without_code_blocks(text);
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = text[from..].find(OPEN).map(|at| from + at) {
        let inner = at + OPEN.len();
        let end = text[inner..]
            .find("-->")
            .map_or(text.len(), |end| inner + end);
        let proofs = text[inner..end]
            .split(',')
            .map(|proof| Proof::try_from(proof.to_owned()));
        found.push(Mark {
            line: text[..at].matches('\n').count() + 1,
            sentence: last_sentence(&text[..at]),
            proofs: proofs.collect(),
        });
        from = end;
    }
    found
}

/// The last sentence before a mark, without marks that are in its paragraph.
fn last_sentence(before: &str) -> String {
    let paragraph = before.rsplit("\n\n").next().unwrap_or_default();
    let paragraph = paragraph.rsplit("-->").next().unwrap_or_default();
    let words: Vec<&str> = paragraph.split_whitespace().collect();
    let ends = |word: &&str| {
        word.trim_end_matches(['*', '_', '`', ')', '"'])
            .ends_with(['.', '?', '!'])
    };
    let until = words.len().saturating_sub(1);
    let first = words[..until].iter().rposition(ends).map_or(0, |i| i + 1);
    words[first..]
        .join(" ")
        .trim_start_matches(['#', '-', '*', ' '])
        .to_owned()
}

/// The figures that a page shows, each with its line.
pub fn figures(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (index, line) in text.lines().enumerate() {
        for rest in line.split("figures.txt:").skip(1) {
            let name = rest.split("}}").next().unwrap_or_default();
            found.push((index + 1, name.trim().to_owned()));
        }
    }
    found
}

/// What may come before a version.
const VERSIONED: [&str; 23] = [
    "Python",
    "CPython",
    "PyO3",
    "Rust",
    "rustc",
    "Cython",
    "CFFI",
    "NumPy",
    "C",
    "C++",
    "mdBook",
    "GCC",
    "Debian",
    "Boost",
    "Boost.Python",
    "pybind11",
    "nanobind",
    "SWIG",
    "PEP",
    "valgrind",
    "format",
    "generation",
    "issue",
];
/// What may come between two versions, or between a name and its version.
const BETWEEN: [&str; 12] = [
    "and", "or", "to", "from", "before", "since", "until", "than", "on", "in", "version",
    "versions",
];

/// What a page says in words of its own, line for line: no code, no directives, no comments,
/// no addresses.
pub fn prose(text: &str) -> String {
    without_quotations(&without_code_blocks(text))
}

/// Numbers in prose that are neither a figure nor a version, each with its line.
pub fn bare_numbers(text: &str) -> Vec<(usize, String)> {
    let text = prose(text);
    let mut found = Vec::new();
    let mut allowed_before = false;
    for (index, line) in text.lines().enumerate() {
        if line.trim().is_empty() {
            allowed_before = false;
        }
        for (place, word) in line.split_whitespace().enumerate() {
            let numbered_item = place == 0
                && word
                    .strip_suffix('.')
                    .is_some_and(|n| n.chars().all(|c| c.is_ascii_digit()));
            if numbered_item {
                continue;
            }
            for part in word.split(|c: char| !(c.is_alphanumeric() || ".+-_%×".contains(c))) {
                let part = part.trim_matches(|c: char| "-._".contains(c));
                if part.is_empty() || BETWEEN.contains(&part) {
                    continue;
                }
                let digits = part.contains(|c: char| c.is_ascii_digit());
                let named = part.starts_with(|c: char| c.is_alphabetic());
                if digits && !named && !allowed_before {
                    found.push((index + 1, part.to_owned()));
                }
                allowed_before = VERSIONED.contains(&part) || (digits && !named && allowed_before);
            }
        }
    }
    found
}

/// The text with an empty line for each line of a code block.
fn without_code_blocks(text: &str) -> String {
    let mut code = false;
    let lines = text.lines().map(|line| {
        let fence = line.trim_start().starts_with("```");
        code ^= fence;
        if fence || code { "" } else { line }
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Prose without what is not its own words: code, directives, comments, tags, addresses.
fn without_quotations(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    let pairs = [
        ("`", "`"),
        ("{{", "}}"),
        ("<!--", "-->"),
        ("](", ")"),
        ("<", ">"),
    ];
    'text: while let Some(next) = rest.chars().next() {
        for (open, close) in pairs {
            let Some(inner) = rest.strip_prefix(open) else {
                continue;
            };
            let Some(end) = inner.find(close) else {
                continue;
            };
            let passed = &inner[..end];
            let is_tag = passed.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
            if open == "<" && !is_tag {
                continue;
            }
            // Lines keep their numbers.
            kept.push(' ');
            kept.extend(passed.chars().filter(|c| *c == '\n'));
            rest = &inner[end + close.len()..];
            continue 'text;
        }
        kept.push(next);
        rest = &rest[next.len_utf8()..];
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_belongs_to_the_sentence_before_it() {
        let page = "# Title\n\nFirst one. A call\ncosts `a.b` something.\n\
                    <!-- claim: lab calls.order, suite gil --> Another thing?\n";
        let found = marks(page);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].line, 5);
        assert_eq!(found[0].sentence, "A call costs `a.b` something.");
        let proofs = found[0].proofs.as_ref().expect("they are proofs");
        assert_eq!(proofs.len(), 2);
    }

    #[test]
    fn two_marks_in_a_paragraph_have_a_sentence_each() {
        let found = marks("One is so. <!-- claim: lab a.b --> Two is so. <!-- claim: nothing -->");
        assert_eq!(found[0].sentence, "One is so.");
        assert_eq!(found[1].sentence, "Two is so.");
        assert!(found[1].proofs.is_err());
    }

    #[test]
    fn figures_are_found_with_their_lines() {
        let page = "a\nIt takes {{#include ../figures.txt:calls-typed}} and {{#include ../figures.txt:calls-b}}.";
        assert_eq!(
            figures(page),
            [(2, "calls-typed".into()), (2, "calls-b".into())]
        );
    }

    fn bare(text: &str) -> Vec<String> {
        bare_numbers(text)
            .into_iter()
            .map(|(_, number)| number)
            .collect()
    }

    #[test]
    fn a_number_from_nowhere_is_found() {
        assert_eq!(bare("It takes 50 ms, or 25× as long."), ["50", "25×"]);
        assert_eq!(
            bare("Python is 3 times slower than 1.5 of it."),
            ["3", "1.5"]
        );
        assert_eq!(
            bare_numbers("a\n\nb `x`\n\n7 things"),
            [(5, "7".to_owned())]
        );
    }

    #[test]
    fn versions_names_code_and_figures_are_no_bare_numbers() {
        for text in [
            "Since Python 3.12 and 3.13 it is so, in C++17 and UTF-8 too.",
            "It holds `64` bytes: {{#include ../figures.txt:a-1}}.",
            "[a link](chapter_12.md#3) <!-- 5 -->",
            "1. an item\n2. another",
            "```\n100\n```",
            "PyO3 0.30, CPython 3.10 to 3.14, PEP 703.",
        ] {
            assert!(bare(text).is_empty(), "{text}: {:?}", bare(text));
        }
    }
}
