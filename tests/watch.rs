//! `bindery watch` with real verdicts, driven through tmux on a copy of an exercise: saving is
//! answered, and whoever kills it finds nothing left running.
//!
//! What needs no build is tested beside the command, in `crates/bindery/tests/watch.rs`.

#[allow(dead_code)]
#[path = "../crates/bindery/tests/common/tmux.rs"]
mod tmux;

use std::fs;
use std::path::{Path, PathBuf};

use course::{Course, Exercise, Progress, Solution};
use proof::{Mirror, command, root};
use tmux::Tmux;

/// The copy of one exercise, and what is wanted of it.
struct Bench {
    mirror: Mirror,
    program: PathBuf,
    exercise: Exercise,
    solution: Solution,
}

impl Bench {
    /// `None`, said aloud, where the exercise or its solution is not there.
    fn new() -> Option<Bench> {
        let survey = Course::survey(&root());
        let found = survey.course.exercises.into_iter();
        let Some(original) = found.into_iter().find(|e| e.slug == "detach") else {
            println!("skipped: `detach` is not whole");
            return None;
        };
        let Some(solution) = original.solution(&root()).expect("it can be read") else {
            println!("skipped: there is no solution of `detach` here");
            return None;
        };
        let mirror = Mirror::of(&root()).expect("there is room for copies");
        mirror.copy(&original, None).expect("it can be copied");
        let _ = fs::remove_dir_all(mirror.folder().join(".bindery"));
        let dir = mirror.folder().join("exercises").join(original.id());
        let exercise = Exercise::open(&dir).expect("it is a copy of a whole one");
        let file = exercise
            .editable_paths()
            .next()
            .expect("something is to be edited");
        fs::copy(
            exercise.starter_of(&file).expect("there is a starter"),
            file,
        )
        .expect("it can be written");
        Some(Bench {
            program: command(),
            mirror,
            exercise,
            solution,
        })
    }

    fn file(&self) -> PathBuf {
        self.exercise.editable_paths().next().expect("there is one")
    }

    fn answer(&self) -> String {
        let file = self.solution.dir.join(&self.solution.files[0]);
        fs::read_to_string(file).expect("the solution can be read")
    }

    /// An answer that never comes to an end, so that there is a middle of a check.
    fn endless(&self) -> String {
        let answer = self.answer();
        let endless = answer.replace(
            "kernel::smooth(&signal, passes)",
            "loop { std::hint::spin_loop() }",
        );
        match endless == answer {
            true => panic!("the solution calls `kernel::smooth` in another way:\n{answer}"),
            false => endless,
        }
    }

    fn watch(&self) -> Option<Tmux> {
        let variables = format!("CARGO_TARGET_DIR='{}'", self.mirror.target().display());
        Tmux::start_program(
            &self.program,
            self.mirror.folder(),
            &variables,
            "watch detach",
        )
    }

    /// Whether a process of ours is at work in the copies' folder.
    fn is_busy(&self) -> bool {
        let folder = self.mirror.folder();
        let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
        let mut folders = processes.filter_map(|p| fs::read_link(p.path().join("cwd")).ok());
        folders.any(|cwd| cwd.starts_with(folder.join("exercises")))
    }
}

/// As an editor does that never leaves half a file.
fn save_by_rename(file: &Path, text: &str) {
    let beside = file.with_extension("rs.new");
    fs::write(&beside, text).expect("it can be written");
    fs::rename(beside, file).expect("it can be renamed");
}

#[test]
fn saving_is_answered_and_a_kill_leaves_nothing_behind() {
    let Some(bench) = Bench::new() else { return };
    let Some(tmux) = bench.watch() else { return };
    let file = bench.file();
    // The first time everything is compiled.
    tmux.wait_long_for("FAIL  2 of 3 checks pass");
    tmux.wait_for("held the GIL while it worked");

    tmux.press(&["h"]);
    tmux.wait_for("hint for what it says now: ");

    save_by_rename(&file, &bench.answer());
    let screen = tmux.wait_for("pass  all 3 checks pass");
    assert!(
        screen.contains("detach: "),
        "it goes on by itself:\n{screen}"
    );
    assert!(screen.contains("1 of 1 exercises done"), "{screen}");

    fs::write(&file, "this is no Rust").expect("it can be written");
    tmux.wait_for("it does not compile yet");

    // A change in the middle of a check: the new one counts.
    fs::write(&file, bench.endless()).expect("it can be written");
    tmux.wait("a check at work", |s| {
        s.contains("judging") && bench.is_busy()
    });
    fs::write(&file, bench.answer()).expect("it can be written");
    tmux.wait_for("pass  all 3 checks pass");

    for (end, said) in [("KILL", None), ("TERM", Some(143)), ("INT", Some(130))] {
        let next;
        let tmux = match end {
            "KILL" => &tmux,
            _ => {
                fs::write(&file, bench.answer()).expect("it can be written");
                next = bench.watch().expect("there was one before");
                next.wait_for("pass  all 3 checks pass");
                &next
            }
        };
        fs::write(&file, bench.endless()).expect("it can be written");
        tmux.wait("a check at work", |s| {
            s.contains("judging") && bench.is_busy()
        });
        match end {
            "INT" => tmux.press(&["C-c"]),
            _ => tmux.signal(end),
        }
        if let Some(code) = said {
            tmux.wait_for(&format!("ended with {code}, all restored"));
        }
        tmux.wait("an end of all it had started", |_| !bench.is_busy());
        let progress = Progress::load(bench.mirror.folder(), &bench.exercise);
        let progress = progress.expect("it is whole");
        assert!(progress.done && progress.set_aside.is_none());
    }
}
