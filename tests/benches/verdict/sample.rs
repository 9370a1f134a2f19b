//! The exercises that everybody is given: what a learner writes, the line of it that changes
//! from one save to the next, and a mistake that one of the checks has to see.
//!
//! They are the benchmark's own, in folders like those of the course, whose exercises may be
//! rewritten on any day. `shop` has two classes, two functions and eight checks; `till` has
//! eight functions with a C ABI and four checks; `words` is Python alone, with four.

use std::path::Path;

use proof::root;

/// An exercise, solved.
#[derive(Clone, Copy)]
pub struct Sample {
    /// Its crate, its module, and its folder here.
    pub slug: &'static str,
    /// Where it lies in a workbook.
    pub place: &'static str,
    /// What the learner edits.
    pub file: &'static str,
    /// A right answer.
    pub answer: &'static str,
    /// What is replaced at each save, and by what: `{n}` is another number each time, and
    /// each of them is right.
    pub edit: (&'static str, &'static str),
    /// What a mistake replaces, and by what.
    pub mistake: (&'static str, &'static str),
    /// The check that sees the mistake: its name, and what bindery prints for it.
    pub caught_by: [&'static str; 2],
}

/// Room for so many: a number in a function's body, and it does not matter which.
const ROOM: (&str, &str) = ("with_capacity(8)", "with_capacity({n} % 64)");

/// A PyO3 module.
pub const SHOP: Sample = Sample {
    slug: "shop",
    place: "exercises/05_pyo3/90_shop",
    file: "src/lib.rs",
    answer: include_str!("shop/src/lib.rs"),
    edit: ROOM,
    mistake: ("self.price * quantity", "self.price + quantity"),
    caught_by: [
        "a_quantity_multiplies",
        "`times` gives the price of so many",
    ],
};

/// A library with a C ABI.
pub const TILL: Sample = Sample {
    slug: "till",
    place: "exercises/01_libraries/90_till",
    file: "src/lib.rs",
    answer: include_str!("till/src/lib.rs"),
    edit: ROOM,
    mistake: ("given - price", "price - given"),
    caught_by: ["change_is_given", "`till_change` gives what is too much"],
};

/// Python alone: ctypes over a library in C, which nobody edits.
pub const WORDS: Sample = Sample {
    slug: "words",
    place: "exercises/02_ctypes/90_words",
    file: "binding.py",
    answer: include_str!("words/binding.py"),
    edit: ("CDLL(path)", "CDLL(path, use_errno={n} % 2 == 0)"),
    mistake: ("c_double)", "c_int64)"),
    caught_by: ["a_double_comes_out", "`words_per_line` gives a `double`"],
};

impl Sample {
    /// Its folder, in the form of the course's exercises.
    pub fn folder(&self) -> std::path::PathBuf {
        root().join("tests/benches/verdict").join(self.slug)
    }

    /// The answer as it is saved for the n-th time.
    pub fn edited(&self, n: u64) -> String {
        let (from, to) = self.edit;
        self.with(from, &to.replace("{n}", &n.to_string()))
    }

    /// The answer with the mistake in it.
    pub fn mistaken(&self) -> String {
        self.with(self.mistake.0, self.mistake.1)
    }

    fn with(&self, from: &str, to: &str) -> String {
        assert!(self.answer.contains(from), "`{}` has `{from}`", self.slug);
        self.answer.replacen(from, to, 1)
    }
}

/// Writes files into a folder, which is made where it is not there. One that has these words
/// already keeps its time, which is what cargo goes by.
pub fn write(folder: &Path, files: &[(&str, &str)]) -> Result<(), String> {
    for (name, text) in files {
        let path = folder.join(name);
        if std::fs::read_to_string(&path).is_ok_and(|old| old == *text) {
            continue;
        }
        let parent = path.parent().unwrap_or(folder);
        std::fs::create_dir_all(parent)
            .and_then(|()| std::fs::write(&path, text))
            .map_err(|e| format!("{}: {e}", path.display()))?;
    }
    Ok(())
}
