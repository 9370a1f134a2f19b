//! `demo` as its user meets it: the list, the errors, a program, and one binding built,
//! installed and shown.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

const TOYS: &str = r#"
[[binding]]
name = "toy"
module = "toy"
summary = "a toy"
needs = []

[[binding]]
name = "toy-c"
module = "toy_c"
summary = "a toy in C"
needs = ["cc"]
"#;

const PROGRAM: &str = r#"
[[program]]
name = "host"
summary = "a toy host"
needs = []
run = ["sh", "-c", "echo pictures in {out}; exit 7"]
"#;

/// A workbook with one exercise and these examples.
fn workbook(manifests: &[(&str, &str)]) -> TempDir {
    let at = TempDir::new().unwrap();
    for (folder, manifest) in manifests {
        let folder = at.path().join("crates").join(folder);
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("binding.toml"), manifest).unwrap();
    }
    std::fs::create_dir_all(at.path().join("exercises")).unwrap();
    std::fs::write(at.path().join("Cargo.toml"), "[workspace]\nmembers = []\n").unwrap();
    at
}

fn bindery(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bindery"));
    command.current_dir(folder).env_remove("CARGO");
    command
}

fn demo(at: &TempDir, args: &[&str]) -> Output {
    let mut command = bindery(at.path());
    command
        .env_remove("CARGO_TARGET_DIR")
        .arg("demo")
        .args(args);
    command.output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn the_list_says_of_each_what_has_to_be_done() {
    let at = workbook(&[("ink-toy", TOYS), ("host", PROGRAM)]);
    let output = demo(&at, &[]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let list = out(&output);
    for line in ["host   ready      a toy host", "toy    not built  a toy"] {
        assert!(list.contains(line), "{list}");
    }
    assert!(!(list.clone() + &err(&output)).contains('\u{1b}'), "{list}");
    let json: serde_json::Value = serde_json::from_str(&out(&demo(&at, &["--json"]))).unwrap();
    assert_eq!(json["examples"][0]["module"], "toy");
    assert_eq!(json["examples"][0]["state"], "not built");
    let last = json["examples"].as_array().unwrap().last().unwrap();
    assert_eq!(last["kind"], "program");
}

#[test]
fn what_is_missing_is_said_with_the_command_that_brings_it() {
    let at = workbook(&[("ink-toy", TOYS)]);
    let empty = at.path().join("empty");
    std::fs::create_dir(&empty).unwrap();
    // The Python by its path, and no compiler anywhere.
    let python = interpreter::Interpreter::resolve(at.path()).unwrap();
    let run = |args: &[&str]| {
        let mut command = bindery(at.path());
        command
            .env_remove("CARGO_TARGET_DIR")
            .env_remove("CC")
            .env("PATH", &empty)
            .env("PYO3_PYTHON", python.executable())
            .arg("demo")
            .args(args);
        command.output().unwrap()
    };
    let list = out(&run(&[]));
    assert!(list.contains("toy-c  skipped"), "{list}");
    assert!(
        list.contains("skipped toy-c: ") && list.contains("hint: "),
        "{list}"
    );
    let output = run(&["toy-c"]);
    assert_eq!(output.status.code(), Some(2));
    let said = err(&output);
    assert!(
        said.starts_with("error: `toy-c` cannot be built here: "),
        "{said}"
    );
    assert!(
        said.contains("\n\nhint: ") && said.contains("gcc"),
        "{said}"
    );
}

#[test]
fn an_unknown_name_is_followed_by_those_that_are_like_it() {
    let at = workbook(&[("ink-toy", TOYS), ("host", PROGRAM)]);
    let output = demo(&at, &["tyo"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        err(&output),
        "error: there is no example `tyo`; similar:\n    toy              a toy\n\n\
         hint: run `bindery demo` to see them all\n"
    );
    let said = err(&demo(&at, &["something"]));
    assert!(
        said.starts_with("error: there is no example `something`\n"),
        "{said}"
    );
}

#[test]
fn a_broken_manifest_is_named_in_the_list_and_by_its_name() {
    let at = workbook(&[
        ("ink-toy", TOYS),
        ("ink-bad", "[[binding]]\nnme = \"bad\"\n"),
    ]);
    let output = demo(&at, &[]);
    assert_eq!(output.status.code(), Some(0));
    assert!(
        out(&output).contains("toy    not built"),
        "{}",
        out(&output)
    );
    for said in [err(&output), err(&demo(&at, &["bad"]))] {
        assert!(said.contains("ink-bad/binding.toml"), "{said}");
        assert!(said.contains("unknown field `nme`"), "{said}");
    }
}

#[test]
fn a_program_gets_its_folder_and_gives_its_exit_code() {
    let at = workbook(&[("host", PROGRAM)]);
    let output = demo(&at, &["host"]);
    assert_eq!(output.status.code(), Some(7), "{}", err(&output));
    let said = out(&output);
    let folder = said.trim().strip_prefix("pictures in ").unwrap_or_default();
    assert!(
        folder.ends_with("bindery/pictures/host") && Path::new(folder).is_dir(),
        "{said}"
    );
}

#[test]
fn the_home_screen_and_the_help_mention_it() {
    let at = workbook(&[("ink-toy", TOYS)]);
    let home = out(&bindery(at.path()).output().unwrap());
    assert!(home.contains("`bindery demo`"), "{home}");
    let help = out(&bindery(at.path()).arg("--help").output().unwrap());
    assert!(help.contains("\n  demo "), "{help}");
}

#[test]
fn the_doctor_knows_what_the_examples_need() {
    let toy = TOYS.replace("\"cc\"", "\"c++\"");
    let at = workbook(&[("ink-toy", &toy)]);
    let run = |args: &[&str]| {
        let mut command = bindery(at.path());
        command
            .env_remove("CARGO_TARGET_DIR")
            .env("CXX", "/bin/false");
        out(&command.args(args).output().unwrap())
    };
    let shown = run(&["doctor"]);
    let (_, section) = shown
        .split_once("for the examples (`bindery demo`)")
        .unwrap();
    assert!(
        section.contains("needed by toy-c") && section.contains("hint: "),
        "{shown}"
    );
    assert!(section.contains("build tools"), "{shown}");
    let json: serde_json::Value = serde_json::from_str(&run(&["doctor", "--json"])).unwrap();
    assert_eq!(json["examples"][0]["name"], "C++ compiler");
    assert_eq!(json["examples"][0]["ok"], false);
    assert_eq!(json["examples"][0]["needed"], false);
}

#[test]
fn a_name_and_json_do_not_go_together() {
    let at = workbook(&[("host", PROGRAM)]);
    assert_eq!(demo(&at, &["host", "--json"]).status.code(), Some(2));
}

/// The one that builds a real wheel, of Python files and the library alone.
#[test]
fn ctypes_is_built_installed_and_shown() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let run = || bindery(&root).args(["demo", "ctypes"]).output().unwrap();
    let output = run();
    if err(&output).contains("cannot reach a package index") {
        assert!(std::env::var_os("CI").is_none(), "{}", err(&output));
        println!("skipped: no network");
        return;
    }
    let said = out(&output);
    assert_eq!(output.status.code(), Some(0), "{said}{}", err(&output));
    for line in [
        "a call      Pixel(r=255, g=140, b=60).luma() is 165",
        "a string    title is 'Abend über dem Meer 夕焼け'",
        "live_allocations() +1; closed: +0",
        "InkIOError (code 7, an OSError too): cannot read",
        // How often is a matter of the machine's load.
        "blur of 3000x2000: another Python thread ",
        "built with  setuptools ",
    ] {
        assert!(said.contains(line), "{line}\n{said}");
    }
    let pictures: Vec<&str> = said
        .lines()
        .filter_map(|line| line.split_once(".png").map(|(path, _)| path.trim()))
        .filter(|path| path.ends_with("before") || path.ends_with("after"))
        .collect();
    assert_eq!(pictures.len(), 2, "{said}");
    // A path below the current folder is shown as it is seen from there.
    let read = |path: &str| std::fs::read(root.join(format!("{path}.png"))).unwrap();
    let (before, after) = (read(pictures[0]), read(pictures[1]));
    assert!(before.starts_with(b"\x89PNG") && after.starts_with(b"\x89PNG"));
    assert_ne!(before, after);

    // The second time nothing is built, and the environment's own Python has it too.
    let again = run();
    assert_eq!(err(&again), "");
    let list = bindery(&root).args(["demo", "--json"]).output().unwrap();
    let list: serde_json::Value = serde_json::from_str(&out(&list)).unwrap();
    let examples = list["examples"].as_array().unwrap();
    let ctypes = examples.iter().find(|e| e["name"] == "ctypes").unwrap();
    assert_eq!(ctypes["state"], "ready");
    let home = builder::target_folder(&root, None).join("bindery");
    let python = interpreter::Interpreter::resolve(&home).unwrap();
    let set = interpreter::Packages::EXAMPLES;
    let environment = interpreter::Environment::find(&python, set, &home).unwrap();
    let imported = Command::new(environment.python())
        .args(["-I", "-c", "import ink_ctypes"])
        .output()
        .unwrap();
    assert!(imported.status.success(), "{}", err(&imported));
}
