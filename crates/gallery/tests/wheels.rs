//! Making a binding ready, on a Python made of shell: what is built, when, and what an
//! interrupted run leaves.

#![cfg(unix)]

mod common;

use std::fs;
use std::path::Path;

use common::{TOY, Workbook, binding, surroundings, write};
use gallery::{Bench, Gallery, GalleryError, Prepared, State};
use rustix::process::{Pid, Signal, kill_process_group};

/// A step that works until it is told to go on.
fn slow(step: &str) -> String {
    format!(
        "if [ $step = {step} ]; then touch $root/working; \
         while ! [ -e $root/go ]; do sleep 0.05; done; fi"
    )
}

#[test]
#[ignore = "a helper that other tests start as a process"]
fn prepares_one_for_another_process() {
    let Some(root) = std::env::var_os("GALLERY_TEST_ROOT") else {
        return;
    };
    let root = Path::new(&root);
    let surroundings = surroundings(root, &root.join("python"));
    let bench = Bench::open_in(surroundings, root, Path::new("home")).unwrap();
    let gallery = Gallery::open(root).unwrap();
    bench
        .prepare(&gallery, binding(&gallery, "toy"), &mut |_| {})
        .unwrap();
}

fn state(workbook: &Workbook) -> State {
    let gallery = workbook.gallery();
    workbook.bench().state(&gallery.examples()[0]).unwrap()
}

#[test]
fn is_built_once_and_nothing_is_run_after() {
    let workbook = Workbook::new(TOY, "");
    assert_eq!(state(&workbook), State::NotBuilt);
    let (prepared, said) = workbook.prepare("toy");
    let Prepared::Ready(ready) = prepared.unwrap() else {
        panic!("it needs nothing");
    };
    assert_eq!(said.last().unwrap(), "building `toy` …");
    assert!(ready.module_folder.join("toy/__init__.py").is_file());
    assert_eq!(state(&workbook), State::Ready);
    let (again, said) = workbook.prepare("toy");
    assert!(matches!(again, Ok(Prepared::Ready(r)) if r.module_folder == ready.module_folder));
    assert!(said.is_empty(), "{said:?}");
    assert_eq!(workbook.log(), ["wheel", "install"]);
}

#[test]
fn a_changed_file_builds_it_again_and_the_old_one_goes() {
    let workbook = Workbook::new(TOY, "");
    let old = workbook.ready("toy").module_folder;
    write(&workbook.root().join("crates/toy/toy.py"), "answer = 43\n");
    assert_eq!(state(&workbook), State::NotBuilt);
    let new = workbook.ready("toy").module_folder;
    assert!(new.is_dir() && !old.exists());
    assert_eq!(workbook.installed().len(), 1);
    assert_eq!(workbook.shared_path(), format!("{}\n", new.display()));
    // What a build leaves is no change.
    write(&workbook.root().join("crates/toy/__pycache__/toy.pyc"), "");
    write(&workbook.root().join("crates/another/toy.py"), "");
    assert_eq!(state(&workbook), State::Ready);
}

#[test]
fn all_but_those_alone_are_on_the_shared_path() {
    let alone = format!(
        "{}alone = true\n",
        TOY.replace("\"toy\"\nmodule", "\"toy-abi\"\nmodule")
    );
    let workbook = Workbook::new(&format!("{TOY}\n{alone}"), "");
    let shared = workbook.ready("toy").module_folder;
    let alone = workbook.ready("toy-abi").module_folder;
    assert!(shared.is_dir() && alone.is_dir());
    assert_eq!(workbook.shared_path(), format!("{}\n", shared.display()));
}

#[test]
fn other_settings_are_another_build() {
    let workbook = Workbook::new(TOY, "");
    let plain = workbook.ready("toy").module_folder;
    let manifest = workbook.root().join("crates/toy/binding.toml");
    write(&manifest, &format!("{TOY}settings = [\"a=b\"]\n"));
    assert_ne!(workbook.ready("toy").module_folder, plain);
    let log = fs::read_to_string(workbook.bench().home().join("logs/toy.log")).unwrap();
    assert!(log.contains("--config-settings a=b"), "{log}");
}

#[test]
fn threads_that_want_it_at_once_build_it_once() {
    let workbook = Workbook::new(TOY, "sleep 0.2");
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| workbook.ready("toy"));
        }
    });
    assert_eq!(workbook.log(), ["wheel", "install"]);
}

#[test]
fn an_interrupted_run_leaves_nothing_half_installed() {
    for step in ["wheel", "install"] {
        let workbook = Workbook::new(TOY, &slow(step));
        let mut first = workbook.elsewhere();
        workbook.wait_for("working");
        // More than a terminal does at Ctrl-C: nobody gets to clear up.
        kill_process_group(Pid::from_child(&first), Signal::KILL).unwrap();
        assert!(!first.wait().unwrap().success());
        let left = workbook.installed();
        assert!(left.iter().all(|name| name.starts_with('.')), "{left:?}");
        assert_eq!(left.len(), 1, "the interrupted work is there to be cleared");
        assert_eq!(workbook.shared_path(), "");
        assert_eq!(state(&workbook), State::NotBuilt);

        fs::write(workbook.root().join("go"), "").unwrap();
        let ready = workbook.ready("toy");
        let name = ready.module_folder.file_name().unwrap().to_str().unwrap();
        assert_eq!(workbook.installed(), [name]);
    }
}

#[test]
fn a_build_left_behind_ends_before_its_folder_is_cleared() {
    let workbook = Workbook::new(TOY, &slow("wheel"));
    let mut first = workbook.elsewhere();
    workbook.wait_for("working");
    // Only the parent: its pip lives on.
    first.kill().unwrap();
    first.wait().unwrap();
    let go = workbook.root().join("go");
    let (prepared, said) = workbook.prepare_then("toy", || fs::write(&go, "").unwrap());
    prepared.unwrap();
    assert!(said[0].starts_with("waiting for another run"), "{said:?}");
    assert_eq!(workbook.log(), ["wheel", "wheel", "install"]);
}

#[test]
fn a_failed_build_shows_its_error_its_log_and_its_command() {
    let fails = "echo 'toy.c:1:1: error: unknown type'; echo 'ERROR: Failed to build toy'; exit 3";
    let workbook = Workbook::new(TOY, fails);
    let error = workbook.prepare("toy").0.unwrap_err();
    let GalleryError::Failed { log, by_hand, .. } = &error else {
        panic!("{error}");
    };
    let text = error.to_string();
    assert!(
        text.starts_with("cannot build `toy`: its build failed (exit status: 3)"),
        "{text}"
    );
    assert!(
        text.contains("\n  | toy.c:1:1: error: unknown type"),
        "{text}"
    );
    assert!(!text.contains("ERROR: Failed to build"), "{text}");
    let kept = fs::read_to_string(log).unwrap();
    assert!(
        kept.contains("ERROR: Failed to build toy") && kept.contains(by_hand),
        "{kept}"
    );
    assert!(error.hint().contains("-m pip"), "{}", error.hint());
    assert_eq!(workbook.installed(), [""; 0]);
}

#[test]
fn a_wheel_without_its_module_is_refused() {
    let workbook = Workbook::new(&TOY.replace("module = \"toy\"", "module = \"other\""), "");
    let error = workbook.prepare("toy").0.unwrap_err();
    assert!(
        error.to_string().contains("has no module `other`, but toy"),
        "{error}"
    );
    assert_eq!(workbook.installed(), [""; 0]);
}

#[test]
fn a_build_sees_no_misleading_variable_and_no_other_ink() {
    let show = "echo \"seen=$PYTHONPATH|$PIP_TARGET|$LD_LIBRARY_PATH|$MATURIN_PEP517_ARGS\"; \
                echo \"python=$PYO3_PYTHON\"; echo \"first=${PATH%%:*}\"";
    let mut workbook = Workbook::new(TOY, show);
    let (with, without) = (
        workbook.root().join("with"),
        workbook.root().join("without"),
    );
    let suffix = std::env::consts::DLL_SUFFIX;
    write(&with.join(format!("libink{suffix}")), "");
    let folders = std::env::join_paths([&with, &without]).unwrap();
    workbook.surroundings = workbook
        .surroundings
        .with("PYTHONPATH", "elsewhere")
        .with("PIP_TARGET", "elsewhere")
        .with("MATURIN_PEP517_ARGS", "--debug")
        .with("LD_LIBRARY_PATH", folders);
    let ready = workbook.ready("toy");
    let log = fs::read_to_string(workbook.bench().home().join("logs/toy.log")).unwrap();
    let bin = ready.environment.root().join("bin");
    for line in [
        format!("seen=||{}|", without.display()),
        format!("python={}", bin.join("python").display()),
        format!("first={}", bin.display()),
    ] {
        assert!(log.lines().any(|l| l == line), "{line}\n{log}");
    }
}

/// Why an example is skipped, when the machine is changed in one way.
fn skipped(needs: &str, change: impl FnOnce(&mut Workbook)) -> gallery::Missing {
    let mut workbook = Workbook::new(&TOY.replace("needs = []", needs), "");
    change(&mut workbook);
    let State::Skipped(missing) = state(&workbook) else {
        panic!("it has all it needs");
    };
    let prepared = workbook.prepare("toy").0.unwrap();
    assert!(matches!(prepared, Prepared::Skipped(m) if m == missing));
    assert!(
        workbook.bench().environment().is_none(),
        "nothing is made for it"
    );
    missing
}

#[test]
fn a_missing_compiler_is_named_with_the_command_that_brings_it() {
    let missing = skipped("needs = [\"c++\"]", |workbook| {
        let empty = workbook.root().join("empty");
        workbook.surroundings = workbook.surroundings.clone().with("PATH", empty);
    });
    assert!(missing.why.contains("no C++ compiler"), "{missing:?}");
    assert!(missing.hint.contains("install"), "{missing:?}");
    let missing = skipped("needs = [\"c++\"]", |workbook| {
        workbook.surroundings = workbook
            .surroundings
            .clone()
            .with("CXX", "no-such-compiler");
    });
    assert!(missing.hint.contains("unset CXX"), "{missing:?}");
}

#[test]
fn a_compiler_without_its_library_is_no_compiler() {
    let missing = skipped("needs = [\"c++\"]", |workbook| {
        // It is there and says its version, and compiles nothing.
        workbook.surroundings = workbook.surroundings.clone().with("CXX", "/bin/false");
    });
    assert!(missing.why.contains("compiles no C++"), "{missing:?}");
}

#[test]
fn a_python_without_headers_is_named() {
    let missing = skipped("needs = [\"headers\"]", |workbook| {
        write(&workbook.root().join("headless"), "");
    });
    assert!(missing.why.contains("`Python.h` is missing"), "{missing:?}");
}

#[test]
fn another_python_than_it_can_be_built_for_is_said_with_the_reason() {
    let needs = "needs = []\npython = \">=3.99\"\nbecause = \"it is of the future\"";
    let missing = skipped(needs, |_| {});
    assert!(missing.why.contains("Python >=3.99"), "{missing:?}");
    assert!(missing.why.ends_with("it is of the future"), "{missing:?}");
}

#[test]
fn a_broken_manifest_is_left_out_and_the_others_stay() {
    let workbook = Workbook::new(TOY, "");
    write(
        &workbook.root().join("crates/bad/binding.toml"),
        "[[binding]]\n",
    );
    write(&workbook.root().join("crates/twin/binding.toml"), TOY);
    let gallery = workbook.gallery();
    assert_eq!(gallery.examples().len(), 1);
    let said: Vec<String> = gallery.troubles().iter().map(ToString::to_string).collect();
    assert!(said[0].contains("missing field"), "{said:?}");
    assert!(
        said[1].contains("the name `toy`, which another example has"),
        "{said:?}"
    );
}
