//! `list`: all exercises, and what has been done of each. On a terminal it is a screen to
//! look for one in; anywhere else it is text or JSON.

mod chooser;
mod filter;
mod motion;
mod plain;
mod rows;
mod state;
mod view;

use std::process::ExitCode;

use console::style;

use crate::list::filter::{Filter, chapter_named, concept_named};
use crate::list::rows::{Row, rows};
use crate::list::state::{ListState, Outcome};
use crate::screen::plain_is_wanted;
use crate::terminal::{Heard, Terminal};
use crate::trouble::Trouble;
use crate::watch;
use crate::workshop::Workshop;

/// What was typed.
#[derive(clap::Args, Default)]
#[command(after_long_help = plain::HELP)]
pub struct Options {
    /// Only exercises with these words in the title, the name, a concept or the chapter
    search: Vec<String>,
    /// Only what is done
    #[arg(long, conflicts_with = "pending")]
    done: bool,
    /// Only what is not done
    #[arg(long)]
    pending: bool,
    /// Only this chapter, as `gil` or `6`
    #[arg(long, value_name = "NAME")]
    chapter: Option<String>,
    /// Only what teaches this, as `ownership`
    #[arg(long, value_name = "NAME")]
    concept: Option<String>,
    /// Print JSON instead
    #[arg(long)]
    json: bool,
    /// Print lines of text, on a terminal too
    #[arg(long, conflicts_with = "json")]
    pub plain: bool,
}

impl Options {
    fn filter(&self, rows: &[Row]) -> Result<Filter, Trouble> {
        let chapter = self.chapter.as_deref();
        let concept = self.concept.as_deref();
        Ok(Filter {
            search: self.search.join(" "),
            done: (self.done || self.pending).then_some(self.done),
            chapter: chapter.map(|name| chapter_named(rows, name)).transpose()?,
            concept: concept.map(|name| concept_named(rows, name)).transpose()?,
        })
    }
}

pub fn show(options: &Options) -> Result<ExitCode, Trouble> {
    let workshop = Workshop::open()?;
    let current = workshop.survey.course.current();
    let rows = rows(&workshop, current.map(|exercise| exercise.slug.as_str()));
    let filter = options.filter(&rows)?;
    if options.json {
        println!("{}", plain::in_json(&workshop, &rows, &filter));
        return Ok(ExitCode::SUCCESS);
    }
    if !options.plain && !plain_is_wanted() && Terminal::is_here() {
        let left = run(&mut Terminal::open()?, ListState::new(rows, filter))?;
        return match left {
            Left::For(slug) => watch::run(&watch::Options {
                name: Some(slug),
                plain: false,
            }),
            Left::Back => {
                say_what_is_left_out(&workshop);
                Ok(ExitCode::SUCCESS)
            }
            Left::Ended(signal) => Ok(watch::ended_by(signal)),
        };
    }
    plain::print(&workshop, &rows, &filter);
    say_what_is_left_out(&workshop);
    Ok(ExitCode::SUCCESS)
}

/// The list for a screen that is open already: the exercise to go to, if one was chosen.
/// A signal to end is still there when this comes back.
pub fn browse(
    terminal: &mut Terminal,
    workshop: &Workshop,
    current: &str,
) -> Result<Option<String>, Trouble> {
    let state = ListState::new(rows(workshop, Some(current)), Filter::default());
    Ok(match run(terminal, state)? {
        Left::For(slug) => Some(slug),
        Left::Back | Left::Ended(_) => None,
    })
}

/// How the screen was left.
enum Left {
    For(String),
    Back,
    Ended(i32),
}

fn run(terminal: &mut Terminal, mut state: ListState) -> Result<Left, Trouble> {
    loop {
        let (width, height) = terminal.size();
        terminal.draw(&state.lines(width, height))?;
        match terminal.next(None)? {
            Heard::Key(key) => match state.on_key(key) {
                Outcome::Stay => {}
                Outcome::Go(slug) => return Ok(Left::For(slug)),
                Outcome::Leave => return Ok(Left::Back),
            },
            Heard::Pasted(text) => state.on_paste(&text),
            Heard::Ended(signal) => return Ok(Left::Ended(signal)),
            Heard::Resized | Heard::Woken | Heard::Nothing => {}
        }
    }
}

fn say_what_is_left_out(workshop: &Workshop) {
    for trouble in &workshop.survey.troubles {
        eprintln!(
            "\n{} {trouble}\n   hint: {}",
            style("left out:").for_stderr().yellow(),
            trouble.hint()
        );
    }
}
