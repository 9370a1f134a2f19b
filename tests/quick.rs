//! The quick way without cargo, and when it is not taken: a plan is followed as long as
//! everything that it rests on is as it was. That both ways come to the same verdicts is
//! proved with each exercise's answers.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::SystemTime;

use builder::fast::{Built, Failed, Plan, Site};
use builder::{BuildError, CargoBuild, CheckPrograms, Colour, Running};
use course::{Course, Exercise};
use interpreter::Interpreter;
use proof::{Mirror, root};

/// Small, and linked with nothing.
const SLUG: &str = "first_so";

/// A copy of one exercise that cargo has built and written a plan for.
struct Bench {
    mirror: Mirror,
    exercise: Exercise,
    python: Interpreter,
}

impl Bench {
    /// Nobody else changes anything while it is held.
    fn ready() -> MutexGuard<'static, Bench> {
        static BENCH: OnceLock<Mutex<Bench>> = OnceLock::new();
        let make = || {
            let course = Course::open(&root()).unwrap();
            let exercise = course.exercises.into_iter().find(|e| e.slug == SLUG);
            let mirror = Mirror::of(&root()).unwrap();
            let python = Interpreter::resolve(mirror.target()).unwrap();
            Mutex::new(Bench {
                exercise: exercise.unwrap(),
                mirror,
                python,
            })
        };
        let bench = BENCH.get_or_init(make).lock();
        let bench = bench.unwrap_or_else(PoisonError::into_inner);
        bench.mirror.copy(&bench.exercise, None).unwrap();
        bench.write("pub fn nothing_yet() {}\n");
        Plan::record(bench.site(), SLUG, &bench.cargo()).unwrap();
        bench
    }

    fn site(&self) -> Site<'_> {
        Site {
            root: self.mirror.folder(),
            target: self.mirror.target(),
            home: self.mirror.target(),
            python: self.python.executable(),
        }
    }

    fn cargo(&self) -> CheckPrograms {
        let (folder, target) = (self.mirror.folder(), self.mirror.target());
        let build = CargoBuild {
            root: folder,
            slug: SLUG,
            only: &[],
            target,
            python: None,
            colour: Colour::No,
        };
        build.run(&Running::together(), &mut |_| {}).unwrap()
    }

    fn file(&self, name: &str) -> PathBuf {
        let exercises = self.mirror.folder().join("exercises");
        exercises.join(self.exercise.id()).join(name)
    }

    fn write(&self, answer: &str) {
        std::fs::write(self.file("src/lib.rs"), answer).unwrap();
    }

    fn plan_file(&self) -> PathBuf {
        self.mirror.target().join(format!("fast/{SLUG}.json"))
    }

    fn build(&self) -> Result<Built, Failed> {
        let plan = Plan::find(self.site(), SLUG).unwrap();
        plan.build(self.site(), Colour::No, &Running::together(), &mut |_| {})
    }

    /// What the library is made of, and when.
    fn library(&self) -> (String, SystemTime) {
        let library = self.build().unwrap().library.unwrap();
        let symbols = builder::exported_symbols(&library).unwrap().join(" ");
        (symbols, library.metadata().unwrap().modified().unwrap())
    }

    fn refusal(&self) -> String {
        match Plan::find(self.site(), SLUG) {
            Ok(_) => "there is a plan".into(),
            Err(why) => why.to_string(),
        }
    }
}

/// A function that C can call.
fn exporting(name: &str) -> String {
    format!("#[unsafe(no_mangle)]\npub extern \"C\" fn {name}() {{}}\n")
}

/// Changes a file, and puts it back as it was, its time too.
fn while_changed(file: &Path, text: &str, see: impl FnOnce()) {
    let before = std::fs::read(file).ok();
    let time = file.metadata().and_then(|m| m.modified()).ok();
    std::fs::write(file, text).unwrap();
    see();
    match before.zip(time) {
        None => std::fs::remove_file(file).unwrap(),
        Some((before, time)) => {
            std::fs::write(file, before).unwrap();
            let file = File::options().write(true).open(file).unwrap();
            file.set_modified(time).unwrap();
        }
    }
}

#[test]
fn a_plan_is_dropped_when_something_changes_that_it_rests_on() {
    let bench = Bench::ready();
    let root = bench.mirror.folder();
    for file in [
        root.join("Cargo.toml"),
        root.join("Cargo.lock"),
        root.join("rust-toolchain.toml"),
        bench.file("Cargo.toml"),
        bench.file("build.rs"),
        bench.file("src/main.rs"),
        bench.file("tests/checks.rs"),
    ] {
        assert!(
            Plan::find(bench.site(), SLUG).is_ok(),
            "{}",
            bench.refusal()
        );
        let expect = format!("`{}` has changed", file.display());
        while_changed(&file, "# other", || assert_eq!(bench.refusal(), expect));
    }
    while_changed(
        &root.join(".cargo/config.toml"),
        "[build]\nrustflags = [\"--cfg=x\"]\n",
        || {
            assert!(
                bench.refusal().contains("`rustflags"),
                "{}",
                bench.refusal()
            )
        },
    );
    while_changed(&bench.plan_file(), "{\"half\":", || {
        assert_eq!(bench.refusal(), "it has not been built here yet");
    });
    let other = Site {
        python: Path::new("/another/python"),
        ..bench.site()
    };
    let why = Plan::find(other, SLUG).unwrap_err().to_string();
    assert_eq!(why, "it was built for another Python");
}

#[test]
fn a_plan_rests_on_all_of_our_crates_that_judge() {
    let bench = Bench::ready();
    let plan = std::fs::read_to_string(bench.plan_file()).unwrap();
    for file in [
        "oracle/src/subject.py",
        "builder/build.rs",
        "interpreter/packages/exercises.lock",
    ] {
        let path = root().join("crates").join(file);
        assert!(plan.contains(&path.display().to_string()), "{file}");
    }
}

#[test]
fn what_only_cargo_would_tell_the_compiler_has_no_plan() {
    let bench = Bench::ready();
    let manifest = bench.file("Cargo.toml");
    let text = std::fs::read_to_string(&manifest).unwrap();
    for (table, expect) in [
        (
            "[lints.rust]\nunused = \"deny\"\n",
            "its manifest has `lints`",
        ),
        ("[features]\ndefault = [\"x\"]\nx = []\n", "it has features"),
    ] {
        while_changed(&manifest, &format!("{text}\n{table}"), || {
            let why = Plan::record(bench.site(), SLUG, &bench.cargo()).unwrap_err();
            assert_eq!(why.to_string(), expect);
        });
    }
}

#[test]
fn the_same_is_not_compiled_twice_not_even_after_something_that_does_not_compile() {
    let bench = Bench::ready();
    bench.write(&exporting("one"));
    // Where an answer reads other files than the one before, the first time counts for nothing.
    bench.library();
    let first = bench.library();
    assert_eq!(first, bench.library());
    bench.write("no rust at all");
    let refused = bench.build().unwrap_err();
    assert!(
        matches!(&refused, Failed::Refused(BuildError::Compile { .. })),
        "{refused:?}"
    );
    bench.write(&exporting("one"));
    assert_eq!(first, bench.library());
    bench.write(&exporting("two"));
    assert!(bench.library().0.contains("two"));
}

#[test]
fn what_was_saved_while_the_compiler_worked_is_compiled_the_next_time() {
    let bench = Bench::ready();
    bench.write(&exporting("one"));
    bench.library();
    // A compiler that somebody saves behind the back of.
    let plan = std::fs::read_to_string(bench.plan_file()).unwrap();
    let mut slow: serde_json::Value = serde_json::from_str(&plan).unwrap();
    let rustc = slow["steps"][0]["rustc"].as_str().unwrap().to_owned();
    let toolchain = Path::new(&rustc).ancestors().nth(2).unwrap();
    let folder = bench.mirror.target().join("slow");
    let bin = folder.join(toolchain.file_name().unwrap()).join("bin");
    std::fs::create_dir_all(&bin).unwrap();
    let (script, later) = (bin.join("rustc"), folder.join("later.rs"));
    let source = bench.file("src/lib.rs");
    std::fs::write(&later, exporting("three")).unwrap();
    std::fs::write(
        &script,
        format!(
            "#!/bin/sh\n'{rustc}' \"$@\" || exit 1\ncp '{}' '{}'\n",
            later.display(),
            source.display()
        ),
    )
    .unwrap();
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(&script, mode).unwrap();
    slow["steps"][0]["rustc"] = script.to_str().into();
    while_changed(&bench.plan_file(), &slow.to_string(), || {
        bench.write(&exporting("two"));
        assert!(bench.library().0.contains("two"));
        assert!(bench.library().0.contains("three"));
    });
}

#[test]
fn a_library_that_was_built_again_is_linked_again() {
    let bench = Bench::ready();
    bench.write(&exporting("one"));
    let first = bench.library();
    // The same call of the compiler rests on something else, as after `rustup update`.
    let plan = std::fs::read_to_string(bench.plan_file()).unwrap();
    let mut plan: serde_json::Value = serde_json::from_str(&plan).unwrap();
    plan["stamps"].as_array_mut().unwrap().pop();
    while_changed(&bench.plan_file(), &plan.to_string(), || {
        assert!(bench.library().1 > first.1);
    });
}

#[test]
fn a_crate_is_told_its_version_as_cargo_tells_it() {
    let bench = Bench::ready();
    bench.write(
        "pub const SAID: &str = concat!(env!(\"CARGO_PKG_VERSION\"), env!(\"CARGO_PKG_AUTHORS\"), \
         env!(\"CARGO_MANIFEST_PATH\"));\n",
    );
    bench.library();
}

#[test]
fn where_the_linker_fails_cargo_has_the_last_word() {
    let bench = Bench::ready();
    bench.write("#[link(name = \"there_is_no_such_library\")]\nunsafe extern \"C\" { pub fn f(); }\n#[unsafe(no_mangle)]\npub extern \"C\" fn g() { unsafe { f() } }\n");
    let failed = bench.build().unwrap_err();
    assert!(matches!(failed, Failed::Unusual(_)), "{failed:?}");
}
