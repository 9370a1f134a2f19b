//! `--names`: how the names of what was handed in are mapped to students.
//!
//! `{student}_{rest}_{exercise}.rs` has a placeholder for what stands in the place of each;
//! `{attempt}` is a number. Each takes as little as it can, from the left, and at least one
//! character. A slash goes one folder deeper: `{exercise}/{student}.rs`. Who a student is,
//! and what to do where there are two ways to read a name, is left to others.

use crate::intake::IntakeError;

/// A pattern that has been understood.
#[derive(Debug)]
pub(super) struct Pattern(Vec<Part>);

#[derive(Debug, PartialEq)]
enum Part {
    Text(String),
    Hole(Hole),
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Hole {
    Student,
    Exercise,
    Attempt,
    Rest,
}

/// One way to read a name.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Reading {
    /// Whose.
    pub student: String,
    /// For which exercise.
    pub exercise: Option<String>,
    /// Which attempt.
    pub attempt: Option<u32>,
}

impl Pattern {
    /// Understands what was given for `--names`.
    pub fn parse(text: &str) -> Result<Pattern, IntakeError> {
        let wrong = |why| IntakeError::Pattern {
            pattern: text.into(),
            why,
        };
        let mut parts = Vec::new();
        let mut rest = text;
        while !rest.is_empty() {
            let (before, after) = rest.split_once('{').unwrap_or((rest, ""));
            if !before.is_empty() {
                parts.push(Part::Text(before.into()));
            }
            if before.len() == rest.len() {
                break;
            }
            let (name, after) = after
                .split_once('}')
                .ok_or_else(|| wrong("a `{` is not closed"))?;
            let hole = match name {
                "student" => Hole::Student,
                "exercise" => Hole::Exercise,
                "attempt" => Hole::Attempt,
                "rest" => Hole::Rest,
                _ => {
                    return Err(wrong(
                        "there are `{student}`, `{exercise}`, `{attempt}` and `{rest}`",
                    ));
                }
            };
            if matches!(parts.last(), Some(Part::Hole(_))) {
                return Err(wrong("nothing stands between two placeholders"));
            }
            if parts.contains(&Part::Hole(hole)) {
                return Err(wrong("a placeholder stands there twice"));
            }
            parts.push(Part::Hole(hole));
            rest = after;
        }
        if !parts.contains(&Part::Hole(Hole::Student)) {
            return Err(wrong("it has no `{student}`"));
        }
        Ok(Pattern(parts))
    }

    /// How many folders deep lies what it maps, from 1.
    pub fn depth(&self) -> usize {
        let slashes = self.0.iter().map(|part| match part {
            Part::Text(text) => text.matches('/').count(),
            Part::Hole(_) => 0,
        });
        1 + slashes.sum::<usize>()
    }

    /// All ways to read this name, the first being the one that takes least from the left.
    pub fn readings(&self, name: &str, is_exercise: &dyn Fn(&str) -> bool) -> Vec<Reading> {
        let mut all = Vec::new();
        read(&self.0, name, Reading::default(), is_exercise, &mut all);
        all
    }
}

fn read(
    parts: &[Part],
    name: &str,
    so_far: Reading,
    is_exercise: &dyn Fn(&str) -> bool,
    all: &mut Vec<Reading>,
) {
    let (hole, later) = match parts {
        [] => {
            if name.is_empty() && !all.contains(&so_far) {
                all.push(so_far);
            }
            return;
        }
        [Part::Text(text), later @ ..] => {
            if let Some(name) = name.strip_prefix(text.as_str()) {
                read(later, name, so_far, is_exercise, all);
            }
            return;
        }
        [Part::Hole(hole), later @ ..] => (hole, later),
    };
    let folder = name.find('/').unwrap_or(name.len());
    let ends = name.char_indices().map(|(at, c)| at + c.len_utf8());
    for end in ends.take_while(|end| *end <= folder) {
        // What follows a placeholder is text or the end: most ends are out at once.
        let fits = match later.first() {
            Some(Part::Text(text)) => name[end..].starts_with(text.as_str()),
            _ => end == name.len(),
        };
        if !fits {
            continue;
        }
        let taken = &name[..end];
        let mut reading = so_far.clone();
        match hole {
            Hole::Student => reading.student = taken.into(),
            Hole::Exercise if is_exercise(taken) => reading.exercise = Some(taken.into()),
            Hole::Attempt => match taken.parse() {
                Ok(number) => reading.attempt = Some(number),
                Err(_) => continue,
            },
            Hole::Rest => {}
            Hole::Exercise => continue,
        }
        read(later, &name[end..], reading, is_exercise, all);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn students(pattern: &str, name: &str) -> Vec<String> {
        let pattern = Pattern::parse(pattern).unwrap();
        let known = |exercise: &str| ["detach", "who_frees"].contains(&exercise);
        let readings = pattern.readings(name, &known);
        readings.into_iter().map(|r| r.student).collect()
    }

    #[test]
    fn each_placeholder_takes_as_little_as_it_can() {
        let check = |pattern: &str, name: &str, expect: &[&str]| {
            assert_eq!(students(pattern, name), expect, "{pattern} {name}");
        };
        check("{student}.rs", "ann.rs", &["ann"]);
        check("{student}.rs", "ann.c", &[]);
        check("{student}.rs", ".rs", &[]);
        check("{student}_{exercise}.rs", "ann_who_frees.rs", &["ann"]);
        check("{student}_{exercise}.rs", "ann_ng_detach.rs", &["ann_ng"]);
        check("{student}_{exercise}.rs", "ann_other.rs", &[]);
        check(
            "{student}_{rest}_{exercise}.rs",
            "a_b_c_detach.rs",
            &["a", "a_b"],
        );
        check("{student}-try{attempt}", "ann-try12", &["ann"]);
        check("{student}-try{attempt}", "ann-tryx", &[]);
        check("{exercise}/{student}", "detach/Zoë", &["Zoë"]);
        check("{exercise}/{student}", "detach/a/b", &[]);
    }

    #[test]
    fn what_cannot_be_understood_is_said() {
        let check = |pattern: &str, says: &str| {
            let e = Pattern::parse(pattern).unwrap_err().to_string();
            assert!(e.contains(says), "{e}");
        };
        check("{exercise}.rs", "no `{student}`");
        check("{student", "not closed");
        check("{name}.rs", "there are `{student}`");
        check("{student}{rest}", "between");
        check("{student}_{student}", "twice");
    }

    #[test]
    fn a_name_made_to_be_slow_is_read() {
        let name = "_".repeat(250);
        assert_eq!(
            students("{student}_{rest}_{exercise}_{attempt}.rs", &name),
            [""; 0]
        );
    }
}
