//! What a new exercise begins as: files with names left open, from `skeleton/`.
//!
//! Each kind has a whole exercise of its own, which builds, fails and is solved; only its
//! task is of no use to anybody. What its author has to write is marked `FILL IN`, and the
//! proof refuses an exercise for as long as a mark is in it.

use course::Kind;

/// A file's place in its folder, and its text.
type Template = (&'static str, &'static str);

/// The files of the exercise and of its solution, as this kind has them.
pub struct Skeleton {
    pub exercise: Vec<Template>,
    pub solution: Vec<Template>,
    /// What the learner edits.
    pub edited: &'static str,
    /// The C file that is bound, if there is one.
    pub library: Option<&'static str>,
}

/// The page of the book.
pub const LESSON: &str = include_str!("../skeleton/any/lesson.md");

macro_rules! templates {
    ($folder:literal: $($path:literal)*) => {
        vec![$(($path, include_str!(concat!("../skeleton/", $folder, "/", $path)))),*]
    };
}

impl Skeleton {
    pub fn of(kind: Kind) -> Skeleton {
        let (exercise, solution) = match kind {
            Kind::Library => (
                templates!("library/exercise": "Cargo.toml" "starter/src/lib.rs" "tests/checks.rs"),
                templates!("library/solution": "src/lib.rs" "hidden/checks.rs" "wrong/adds_two.rs"),
            ),
            Kind::Module => (
                templates!("module/exercise": "Cargo.toml" "starter/src/lib.rs" "tests/checks.rs"),
                templates!("module/solution": "src/lib.rs" "hidden/checks.rs" "wrong/adds_two.rs"),
            ),
            Kind::CModule => (
                templates!("c_module/exercise": "Cargo.toml" "starter/module.c" "tests/checks.rs"),
                templates!("c_module/solution": "module.c" "hidden/checks.rs" "wrong/adds_two.c"),
            ),
            Kind::Python => (
                templates!("python/exercise": "Cargo.toml" "native/library.c" "starter/binding.py" "tests/checks.rs"),
                templates!("python/solution": "binding.py" "hidden/checks.rs" "wrong/declares_the_argument_alone.py"),
            ),
            Kind::Program => (
                templates!("program/exercise": "Cargo.toml" "src/main.rs" "starter/src/lib.rs" "tests/checks.rs"),
                templates!("program/solution": "src/lib.rs" "hidden/checks.rs" "wrong/adds_two.rs"),
            ),
        };
        let any = templates!("any/exercise": "README.md" "exercise.toml" "hints.md");
        let hidden = templates!("any/solution": "hidden/checks.toml");
        Skeleton {
            exercise: [exercise, any].concat(),
            solution: [solution, hidden].concat(),
            edited: match kind {
                Kind::CModule => "module.c",
                Kind::Python => "binding.py",
                Kind::Library | Kind::Module | Kind::Program => "src/lib.rs",
            },
            library: (kind == Kind::Python).then_some("native/library.c"),
        }
    }
}
