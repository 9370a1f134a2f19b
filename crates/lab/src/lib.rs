//! Experiments: what people say about bindings, measured on the reader's own machine.
//!
//! An experiment is a folder `experiments/<name>/`: a question and what is looked for in
//! the numbers (`experiment.toml`), and a small program that registers what can be timed
//! and tells what it found out (`measure.py`). [`Lab::open`] reads them, [`Bank::run`]
//! measures one, [`judge()`] turns times into figures and findings.
//!
//! Nothing here prints, and nothing here knows an experiment by name.

mod builds;
mod chart;
mod claims;
mod compare;
mod condition;
mod counting;
mod error;
mod experiment;
mod expression;
mod judge;
mod lab;
mod ledger;
mod measurement;
mod pages;
mod proof;
mod render;
mod run;
mod show;
mod versions;
mod worker;

pub use chart::{Ground, draw};
pub use claims::{Claim, Claims, Verdict};
pub use compare::{Change, Difference, compare};
pub use condition::{Condition, Outcome};
pub use error::LabError;
pub use experiment::{Build, Chart, Curve, Experiment, Figure, Finding, Kind, Set, Unit};
pub use expression::Expression;
pub use judge::{Range, Results, Samples, judge, rests_on_times};
pub use lab::Lab;
pub use ledger::{Ledger, Page, charts};
pub use measurement::{Machine, Measurement};
pub use pages::{Mark, bare_numbers, figures, marks, prose};
pub use proof::Proof;
pub use run::{Bank, Event, Pace};
pub use show::{answer, shown, shown_range};
pub use versions::Versions;
