//! `watch`: the current exercise on the screen, checked again on each save.
//!
//! Here it is decided which exercise that is, and whether there is a screen. The rest is in
//! parts: what goes on ([`session`]), how it looks ([`layout`]), and the two ways to show it
//! ([`full`] and [`plain`]).

mod action;
mod bench;
mod book;
mod editor;
mod full;
mod layout;
mod plain;
mod post;
mod saves;
mod session;

use std::process::ExitCode;

use course::Exercise;

use crate::screen::plain_is_wanted;
use crate::terminal::Terminal;
use crate::trouble::Trouble;
use crate::workshop::{State, Workshop};

/// What was typed.
#[derive(clap::Args, Default)]
pub struct Options {
    /// An exercise, or part of its name; without one, where you stopped
    pub name: Option<String>,
    /// Plain lines and typed commands, for a screen reader or a log
    #[arg(long)]
    pub plain: bool,
}

pub fn run(options: &Options) -> Result<ExitCode, Trouble> {
    let workshop = Workshop::open()?;
    let slug = first(&workshop, options.name.as_deref())?.slug.clone();
    match options.plain || plain_is_wanted() || !Terminal::is_here() {
        true => plain::run(workshop, &slug),
        false => full::run(workshop, &slug),
    }
}

/// The exercise that was named; else the one that was left unfinished; else the next.
fn first<'a>(workshop: &'a Workshop, name: Option<&str>) -> Result<&'a Exercise, Trouble> {
    let current = workshop.survey.course.current();
    let unfinished = current.filter(|e| workshop.state(e) != State::Done);
    match (name, unfinished.or(workshop.next()).or(current)) {
        (None, Some(exercise)) => Ok(exercise),
        (None, None) => workshop.exercises().last().ok_or_else(|| {
            Trouble::new(
                "this workbook has no exercise that can be read",
                format!("run `{} list` to see why", crate::screen::me()),
            )
        }),
        (Some(_), _) => workshop.named_or_next(name),
    }
}

/// What a program that a signal has ended exits with.
pub fn ended_by(signal: i32) -> ExitCode {
    ExitCode::from(u8::try_from(128 + signal).unwrap_or(2))
}
