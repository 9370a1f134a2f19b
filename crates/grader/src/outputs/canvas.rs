//! `canvas.csv`: what Canvas takes as an import into its gradebook.
//!
//! Canvas finds a student by `ID`, or by the SIS columns, and an assignment by its title with
//! its number behind it. A title that it does not know becomes a new assignment, so a column
//! may be nothing but an assignment. An empty cell is no score, `EX` is excused.

use super::cells::{self, Table};
use super::spreadsheet::cell;
use crate::marks::Rules;
use crate::model::{Asked, Results};
use crate::text::points;

const WHO: [&str; 5] = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"];

pub(super) fn encode(results: &Results, rules: &Rules) -> Vec<u8> {
    let mut table = Table::new();
    let title = |asked: &Asked| {
        let own = rules.of_exercise(&asked.exercise);
        let own = own.and_then(|rule| rule.canvas.clone());
        cells::text(&own.unwrap_or_else(|| asked.title.clone()))
    };
    let titles = results.exercises.iter().map(title);
    table.row(WHO.map(String::from).into_iter().chain(titles));
    let possible = ["    Points Possible", "", "", "", ""].map(String::from);
    let worth = results.exercises.iter().map(|a| points(a.max_points));
    table.row(possible.into_iter().chain(worth));
    for graded in &results.students {
        let also = |key: &str| graded.student.also.get(key).map_or("", String::as_str);
        let who = [
            graded.student.name.as_str(),
            also("canvas_id"),
            also("sis_id"),
            also("login"),
            also("section"),
        ];
        let who = who.map(cells::text);
        table.row(who.into_iter().chain(graded.exercises.iter().map(cell)));
    }
    table.done()
}
