//! When things were received: `receipts.csv`, which lies beside what the students handed in.
//!
//! It has the columns `student` and `received`, and where they are needed `exercise` and
//! `attempt`. A time says its distance from UTC: `2026-03-01T23:59:00+01:00`. Nothing else says
//! when something was received: the times of files and of commits are the students' own.

use std::path::Path;

use jiff::Timestamp;

use crate::intake::IntakeError;
use crate::intake::choose::Draft;
use crate::intake::people::People;
use crate::intake::place::{Wanted, called};
use crate::intake::table::Table;
use crate::model::Problem;
use crate::text::one_line;

/// All receipts.
#[derive(Default)]
pub(super) struct Receipts(Vec<Receipt>);

struct Receipt {
    student: usize,
    /// For all exercises where it does not say.
    exercise: Option<usize>,
    attempt: Option<u32>,
    received: Timestamp,
}

impl Receipts {
    /// Reads a list of receipts; a line that makes no sense is a problem.
    pub fn read(
        bytes: &[u8],
        wanted: &[Wanted<'_>],
        people: &People<'_>,
        problems: &mut Vec<Problem>,
    ) -> Result<Receipts, IntakeError> {
        let path = Path::new("receipts.csv");
        let table = Table::parse(path, bytes)?;
        let student = table.column(&["student", "id", "login", "email", "name", "user"]);
        let received = table.column(&[
            "received",
            "receivedat",
            "submittedat",
            "submitted",
            "timestamp",
            "time",
        ]);
        let (Some(student), Some(received)) = (student, received) else {
            return Err(IntakeError::Table {
                path: path.to_owned(),
                why: "has no columns `student` and `received`".into(),
                hint: "give it a first line such as `student,exercise,received`",
            });
        };
        let exercise = table.column(&["exercise", "assignment", "slug"]);
        let attempt = table.column(&["attempt"]);
        let mut receipts = Vec::new();
        for (line, cells) in &table.rows {
            let cell = |column: Option<usize>| column.map_or("", |c| cells[c].as_str());
            let exercise = match cell(exercise) {
                "" => None,
                name => match wanted
                    .iter()
                    .position(|w| called(w.exercise, name).is_some())
                {
                    // Of an exercise that is not graded now.
                    None => continue,
                    found => found,
                },
            };
            let time = &cells[received];
            let read = match (people.called(&cells[student]), time.parse()) {
                (Some(student), Ok(received)) => Ok((student, received)),
                (None, _) => Err(format!(
                    "`{}` is nobody who is known",
                    one_line(&cells[student])
                )),
                (_, Err(_)) => Err(format!(
                    "`{}` is no time such as `2026-03-01T23:59:00+01:00`",
                    one_line(time)
                )),
            };
            match read {
                Ok((student, received)) => receipts.push(Receipt {
                    student,
                    exercise,
                    attempt: cell(attempt).parse().ok(),
                    received,
                }),
                Err(what) => problems.push(Problem {
                    place: format!("receipts.csv:{line}"),
                    what,
                }),
            }
        }
        receipts.sort_by_key(|receipt| receipt.received);
        Ok(Receipts(receipts))
    }

    /// When each attempt of a student at an exercise was received, or why that is not to be
    /// seen. Attempts are in their order.
    pub fn of(&self, student: usize, attempts: &[Draft]) -> Result<Vec<Option<Timestamp>>, String> {
        let Some(exercise) = attempts.first().map(|draft| draft.exercise) else {
            return Ok(Vec::new());
        };
        let own = |of: Option<usize>| -> Vec<&Receipt> {
            let receipts = self.0.iter();
            let own = receipts.filter(|r| r.student == student && r.exercise == of);
            own.collect()
        };
        let for_this = own(Some(exercise));
        let receipts = match for_this.is_empty() {
            true => own(None),
            false => for_this,
        };
        let numbered = |draft: &Draft| {
            let mut receipts = receipts.iter().rev();
            let own = receipts.find(|r| r.attempt == Some(draft.attempt))?;
            Some(own.received)
        };
        let by_number: Vec<Option<Timestamp>> = attempts.iter().map(numbered).collect();
        match (receipts.as_slice(), attempts) {
            ([], _) => Ok(vec![None; attempts.len()]),
            _ if by_number.iter().all(Option::is_some) => Ok(by_number),
            // Portals that keep the last attempt alone list all of them.
            ([.., last], [_]) => Ok(vec![Some(last.received)]),
            _ if receipts.len() == attempts.len() => {
                Ok(receipts.iter().map(|r| Some(r.received)).collect())
            }
            _ => Err(format!(
                "there are {} attempts and {} receipts, and which belongs to which is not to be seen",
                attempts.len(),
                receipts.len()
            )),
        }
    }
}
