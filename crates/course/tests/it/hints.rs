//! `hints.md`.

use std::path::Path;

use course::Hints;

use crate::book::Book;

#[track_caller]
fn check(text: &str, error: &str, hint: &str) {
    let found = Hints::parse(text, Path::new("hints.md")).expect_err("the hints were accepted");
    assert_eq!(found.to_string(), format!("`hints.md{error}"));
    assert_eq!(found.hint(), hint);
}

const ORDER: &str = "write `## 1. …`, `## 2. …` and `## 3. …` in this order, then any number of \
                     `## When: <part of a message>`";
const STEPS: &str = "## 1. a\nA\n## 2. b\nB\n## 3. c\nC\n";

#[test]
fn reads_three_steps() {
    let hints = Book::new().exercise().hints().unwrap();
    assert_eq!(
        hints.step(1).unwrap().title,
        "What must not happen while detached"
    );
    assert!(hints.step(1).unwrap().body.starts_with("No Python object"));
    assert!(
        hints
            .step(3)
            .unwrap()
            .body
            .ends_with("the closure returns.")
    );
    assert_eq!(hints.step(0), None);
    assert_eq!(hints.step(4), None);
    assert_eq!(hints.steps().len(), 3);
}

#[test]
fn takes_no_heading_from_fenced_code() {
    let hints = Book::new().exercise().hints().unwrap();
    assert!(
        hints
            .step(2)
            .unwrap()
            .body
            .contains("## this is not a heading")
    );
}

#[test]
fn finds_a_hint_by_what_the_failure_says() {
    let hints = Book::new().exercise().hints().unwrap();
    let check = |message: &str, expect: Option<&str>| {
        assert_eq!(
            hints.keyed(message).map(|h| h.title.as_str()),
            expect,
            "{message}"
        );
    };
    check("`smooth` held the GIL for all of 2 s", Some("held the GIL"));
    check("E0277", Some("E0277"));
    check(
        "error[E0277]: `*mut Python` cannot be shared",
        Some("E0277"),
    );
    check("error[E02771]", None);
    check("", None);
    assert_eq!(hints.all_keyed().len(), 2);
}

#[test]
fn prefers_the_longest_signature_and_cuts_no_number() {
    let keyed = "## When: leaked\nsome\n## When: leaked 1\none\n## When: 3 calls\nthree\n";
    let hints = Hints::parse(&format!("{STEPS}{keyed}"), Path::new("hints.md")).unwrap();
    let check = |message: &str, expect: Option<&str>| {
        assert_eq!(
            hints.keyed(message).map(|h| h.body.as_str()),
            expect,
            "{message}"
        );
    };
    check("leaked 1 reference per call", Some("one"));
    check("leaked 12 references", Some("some"));
    check("after 13 calls", None);
    check("after 3 calls", Some("three"));
    check("after 13 calls, then 3 calls", Some("three"));
}

#[test]
fn names_the_step_that_is_missing() {
    let hint = |n| format!("add a section `## {n}. …` to `hints.md`");
    check("", "`: hint 1 is missing", &hint(1));
    check("## 1. a\nA\n## 2. b\nB\n", "`: hint 3 is missing", &hint(3));
}

#[test]
fn wants_the_steps_in_order() {
    check(
        "## 1. a\nA\n## 3. c\nC\n",
        ":3:1`: `## 3. c` stands where `## 2. …` belongs",
        ORDER,
    );
    check(
        "## 1. a\nA\n## When: E0277\nB\n",
        ":3:1`: `## When: E0277` stands where `## 2. …` belongs",
        ORDER,
    );
    check(
        &format!("{STEPS}## 4. d\nD\n"),
        ":7:1`: `## 4. d` stands where `## When: …` belongs",
        ORDER,
    );
    check(
        "## First\nA\n",
        ":1:1`: `## First` stands where `## 1. …` belongs",
        ORDER,
    );
    check(
        "## 1.\nA\n",
        ":1:1`: `## 1.` stands where `## 1. …` belongs",
        ORDER,
    );
    // An empty signature would fit every message.
    check(
        &format!("{STEPS}## When:\nD\n"),
        ":7:1`: `## When:` stands where `## When: …` belongs",
        ORDER,
    );
}

#[test]
fn rejects_a_hint_that_says_nothing() {
    check(
        "## 1. a\n\n## 2. b\nB\n",
        ":1:1`: `## 1. a` has no text under it",
        "write the hint, or delete its heading",
    );
}

#[test]
fn rejects_a_signature_twice() {
    check(
        &format!("{STEPS}## When: x\nX\n## When: x\nY\n"),
        ":9:1`: `When:` has `x` twice",
        "delete one of the two from `When:`, or rename it",
    );
}

#[test]
fn a_longer_fence_is_one_fence() {
    let text = "## 1. a\n````\n```\n## not a heading\n```\n````\n## 2. b\nB\n## 3. c\nC\n";
    let hints = Hints::parse(text, Path::new("hints.md")).unwrap();
    assert!(hints.step(1).unwrap().body.contains("## not a heading"));
}
