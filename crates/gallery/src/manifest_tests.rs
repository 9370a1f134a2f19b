//! Tests of what a manifest may say.

use super::*;

const GOOD: &str = r#"
[[binding]]
name = "toy"
module = "ink_toy"
summary = "a toy"
needs = ["c++", "headers", "ink"]
python = ">=3.10"
because = "it uses a function that is new in 3.10"
settings = ["build-args=--features abi3"]
alone = true
"#;

fn read(text: &str) -> Result<Vec<Example>, GalleryError> {
    parse(text, Path::new("toy/binding.toml"), Path::new("toy"))
}

/// What is said of a manifest that differs from the good one in one place.
fn check(from: &str, to: &str, expect: &str) {
    assert!(GOOD.contains(from), "{from}");
    let error = read(&GOOD.replacen(from, to, 1)).unwrap_err();
    let text = error.to_string();
    assert!(text.starts_with("`toy/binding.toml` "), "{text}");
    assert!(text.contains(expect), "{text}");
    assert!(!error.hint().is_empty());
}

#[test]
fn all_keys_are_read() {
    let [Example::Binding(binding)] = &read(GOOD).unwrap()[..] else {
        panic!("it is one binding");
    };
    assert_eq!(binding.about.name, "toy");
    assert_eq!(binding.module, "ink_toy");
    assert_eq!(binding.about.needs, [Need::Cpp, Need::Headers, Need::Ink]);
    assert_eq!(binding.settings, ["build-args=--features abi3"]);
    assert!(binding.alone && binding.about.python.is_some());
}

#[test]
fn an_unknown_key_is_named_with_its_line() {
    check(
        "alone = true",
        "alome = true",
        "line 10: unknown field `alome`",
    );
    check("[[binding]]", "[[bindings]]", "unknown field `bindings`");
}

#[test]
fn a_missing_key_is_named() {
    check("module = \"ink_toy\"", "", "missing field `module`");
}

#[test]
fn an_unknown_need_is_named() {
    check("\"c++\"", "\"fortran\"", "unknown variant `fortran`");
}

#[test]
fn both_kinds_in_one_file_are_refused() {
    let program = "[[program]]\nname = \"p\"\nsummary = \"s\"\nneeds = []\nrun = [\"true\"]\n";
    assert!(read(program).is_ok());
    let error = read(&format!("{GOOD}{program}")).unwrap_err();
    assert!(
        error.to_string().contains("both a `[[binding]]`"),
        "{error}"
    );
    assert!(read("").unwrap_err().to_string().contains("shows nothing"));
}

#[test]
fn a_python_without_because_is_refused() {
    let because = "because = \"it uses a function that is new in 3.10\"";
    check(because, "", "for `toy` and not why");
    check("python = \">=3.10\"", "", "no `python`");
    check("\">=3.10\"", "\"new\"", "no version range");
}

#[test]
fn a_name_that_is_no_word_is_refused() {
    check("\"toy\"", "\"../toy\"", "has the name `../toy`");
    check("\"ink_toy\"", "\"ink-toy\"", "Python cannot import");
}

#[test]
fn a_setting_without_a_value_is_refused() {
    check("build-args=--features abi3", "abi3", "the setting `abi3`");
}

#[test]
fn a_placeholder_that_stands_for_nothing_is_refused() {
    let program = |run: &str| {
        read(&format!(
            "[[program]]\nname = \"p\"\nsummary = \"s\"\nneeds = []\nrun = {run}\n"
        ))
    };
    assert!(program("[\"{python}\", \"--to={out}/x\"]").is_ok());
    let error = program("[\"run\", \"{home}\"]").unwrap_err();
    assert!(error.to_string().contains("`{home}`"), "{error}");
    assert!(program("[]").is_err());
}
