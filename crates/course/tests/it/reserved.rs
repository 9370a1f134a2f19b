//! Names an exercise must not take.

use course::reserved::shadowed_by;

const LOCK: &str = r#"
version = 4

[[package]]
name = "memory-map"
version = "0.1.0"
source = "registry+https://example.org/index"

[[package]]
name = "detach"
version = "0.1.0"
"#;

#[track_caller]
fn check(slug: &str, expect: Option<&str>) {
    let found = shadowed_by(slug, LOCK)
        .unwrap()
        .map(|shadow| shadow.to_string());
    assert_eq!(found.as_deref(), expect, "{slug}");
}

#[test]
fn finds_modules_of_the_standard_library() {
    check(
        "signal",
        Some("the module `signal` of Python's standard library"),
    );
    check(
        "ctypes",
        Some("the module `ctypes` of Python's standard library"),
    );
    // Gone by 3.13, there in 3.10.
    check("imp", Some("the module `imp` of Python's standard library"));
    check(
        "distutils",
        Some("the module `distutils` of Python's standard library"),
    );
    // Came with 3.13, was not in 3.10.
    check(
        "_interpreters",
        Some("the module `_interpreters` of Python's standard library"),
    );
}

#[test]
fn finds_well_known_packages_however_they_are_spelled() {
    check("numpy", Some("the package `numpy` of PyPI"));
    check("cffi", Some("the package `cffi` of PyPI"));
    check(
        "Typing_Extensions",
        Some("the package `typing-extensions` of PyPI"),
    );
    check("yaml", Some("the package `yaml` of PyPI"));
}

#[test]
fn finds_crates_of_the_lock_file() {
    check("memory_map", Some("the crate `memory-map` of Cargo.lock"));
}

#[test]
fn a_member_of_the_workspace_does_not_count() {
    check("detach", None);
}

#[test]
fn a_free_name_is_free() {
    check("who_frees", None);
    check("signatures", None);
}

#[test]
fn a_broken_lock_file_is_an_error_with_its_place() {
    let error = shadowed_by("detach", "[[package]]\nname = 3\n").unwrap_err();
    let expect = "`Cargo.lock:2:8`: `name`: invalid type: integer `3`, expected a string";
    assert_eq!(error.to_string(), expect);
    assert_eq!(error.hint(), "correct line 2 of `Cargo.lock`");
}
