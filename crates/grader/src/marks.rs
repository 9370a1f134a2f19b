//! From judgements to marks, by the instructor's rules.
//!
//! [`Rules`] are what holds for the class, [`Manuals`] what the instructor gave by hand, and
//! [`mark`] puts both upon what the engine has found. [`compare`] says what a regrade changed.
//! Nothing here runs anything or looks at a clock, so the same input gives the same marks.

mod by_hand;
mod compare;
mod late;
mod marking;
mod rules;

pub use by_hand::Manuals;
pub use compare::{Change, compare, table};
pub use late::Late;
pub use marking::mark;
pub use rules::{Attempts, Excused, ExtraTime, InClass, MoodleColumns, Rules};

use crate::model::{Mark, Standing};
use crate::text;

/// A mark as it is said in a word: points, or why there are none.
pub fn shown(mark: &Mark) -> String {
    match mark.standing {
        Standing::Graded => text::points(mark.points),
        Standing::Missing if mark.manual.is_some() => text::points(mark.points),
        standing => word(standing).into(),
    }
}

/// What is said of a standing.
pub(crate) fn word(standing: Standing) -> &'static str {
    match standing {
        Standing::Graded => "graded",
        Standing::Missing => "missing",
        Standing::Excused => "excused",
        Standing::Pending => "pending",
    }
}

/// To hundredths; what lies in the middle goes up. A little is added first, since a sum such
/// as 1.005 lies just below its middle in binary.
pub(crate) fn hundredths(points: f64) -> i64 {
    (points * 100.0 + 0.5 + 1e-7).floor() as i64
}

/// Points from hundredths.
pub(crate) fn in_points(hundredths: i64) -> f64 {
    hundredths as f64 / 100.0
}
