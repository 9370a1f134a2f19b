//! One line of the list: what a learner may want to know, look for and sort out by.
//!
//! Reads it from the workshop; how it looks is left to others.

use course::{Chapter, Exercise};

use crate::workshop::{State, Workshop};

/// An exercise, as a list has it.
#[derive(Clone, Debug)]
pub struct Row {
    pub slug: String,
    pub title: String,
    pub chapter: Chapter,
    pub concepts: Vec<String>,
    pub minutes: u32,
    /// The folder, from the workbook's root.
    pub path: String,
    pub state: State,
    /// Whether this is where the learner is.
    pub current: bool,
}

impl Row {
    pub fn is_done(&self) -> bool {
        self.state == State::Done
    }
}

/// A line for each exercise, in the order of the course.
pub fn rows(workshop: &Workshop, current: Option<&str>) -> Vec<Row> {
    let row = |exercise: &Exercise| Row {
        slug: exercise.slug.clone(),
        title: exercise.manifest.title.clone(),
        chapter: exercise.chapter.clone(),
        concepts: exercise.manifest.concepts.clone(),
        minutes: exercise.manifest.minutes,
        path: format!("exercises/{}", exercise.id()),
        state: workshop.state(exercise),
        current: current == Some(exercise.slug.as_str()),
    };
    workshop.exercises().iter().map(row).collect()
}

/// `7 of 23 done, 5 shown`.
pub fn count<'a>(rows: impl IntoIterator<Item = &'a Row>, shown: usize) -> String {
    let (mut done, mut all) = (0, 0);
    for row in rows {
        done += usize::from(row.is_done());
        all += 1;
    }
    match shown == all {
        true => format!("{done} of {all} done"),
        false => format!("{done} of {all} done, {shown} shown"),
    }
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// Five exercises in two chapters: the first done, the second begun and current.
    pub fn five() -> Vec<Row> {
        let row = |number, chapter: &str, slug: &str, title: &str, concepts: &[&str]| Row {
            slug: slug.to_owned(),
            title: title.to_owned(),
            chapter: Chapter {
                number,
                name: chapter.to_owned(),
            },
            concepts: concepts.iter().map(|&c| c.to_owned()).collect(),
            minutes: 15,
            path: format!("exercises/{number:02}_{chapter}/01_{slug}"),
            state: State::New,
            current: false,
        };
        let mut rows = vec![
            row(
                4,
                "c_api",
                "steals",
                "Taken or left",
                &["references", "c-api"],
            ),
            row(4, "c_api", "error_paths", "Every way out", &["references"]),
            row(6, "gil", "detach", "Let the other threads run", &["gil"]),
            row(
                6,
                "gil",
                "deadlock",
                "Wait without standing in the way",
                &["gil", "threads"],
            ),
            row(6, "gil", "last", "Threads at the end", &["threads"]),
        ];
        rows[0].state = State::Done;
        rows[1].state = State::Begun;
        rows[1].current = true;
        rows
    }

    #[test]
    fn what_is_shown_is_counted_where_it_is_not_all() {
        assert_eq!(count(&five(), 5), "1 of 5 done");
        assert_eq!(count(&five(), 2), "1 of 5 done, 2 shown");
    }
}
