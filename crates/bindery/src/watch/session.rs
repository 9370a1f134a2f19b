//! What goes on in `watch`, whoever shows it: which exercise it is, what it came to last,
//! which hint was asked for, and what was saved. It never goes on by itself.

use std::path::PathBuf;
use std::sync::mpsc::Receiver;
use std::time::Duration;

use course::{Exercise, Hint, HintsSeen, Reveal};

use crate::judging::{Asking, Judged};
use crate::screen::here;
use crate::terminal::Waker;
use crate::trouble::Trouble;
use crate::watch::bench::Bench;
use crate::watch::book::Book;
use crate::watch::post::{News, Post};
use crate::watch::saves::Saves;
use crate::workshop::{State, Workshop};
use crate::{reset, verdict};

/// A hint as it is shown.
pub struct ShownHint {
    pub heading: String,
    pub hint: Hint,
}

/// What is worth a line to somebody who reads lines.
#[derive(Debug, PartialEq, Eq)]
pub enum Happened {
    /// A check of the exercise has begun.
    Checking,
    /// [`Session::verdict`] is new.
    Verdict,
    /// [`Session::checked`] has one more.
    OneOfAll,
    /// [`Session::notice`] is new.
    Notice,
}

/// Everything that `watch` knows.
pub struct Session {
    pub workshop: Workshop,
    /// What the exercise came to last.
    pub verdict: Option<Result<Judged, Trouble>>,
    /// What the check that is under way is at.
    pub doing: Option<String>,
    /// The hint that was asked for last.
    pub hint: Option<ShownHint>,
    /// After "check all": what each came to, as an exit code.
    pub checked: Vec<(String, u8)>,
    /// Something to know, once.
    pub notice: Option<String>,
    /// Of how many exercises all checks have passed.
    pub done: usize,
    at: usize,
    all_are_checked: bool,
    keyed_hints_shown: Vec<String>,
    saved_elsewhere: Option<String>,
    bench: Bench,
    saves: Saves,
    book: Book,
    news: Receiver<News>,
}

impl Session {
    /// Begins with this exercise, and checks it.
    pub fn begin(
        workshop: Workshop,
        slug: &str,
        waker: Waker,
        asking: Asking,
    ) -> Result<Session, Trouble> {
        let (post, news) = Post::new(waker);
        let saves = Saves::of(&workshop.root, workshop.exercises(), &post)?;
        let mut session = Session {
            bench: Bench::new(workshop.root.clone(), asking, post.clone()),
            book: Book::new(workshop.root.clone(), post),
            done: workshop.done(),
            workshop,
            verdict: None,
            doing: None,
            hint: None,
            checked: Vec::new(),
            notice: None,
            at: 0,
            all_are_checked: false,
            keyed_hints_shown: Vec::new(),
            saved_elsewhere: None,
            saves,
            news,
        };
        session.go(slug);
        Ok(session)
    }

    /// The current exercise.
    pub fn exercise(&self) -> &Exercise {
        &self.workshop.exercises()[self.at]
    }

    /// Goes to an exercise, remembers it, and checks it.
    pub fn go(&mut self, slug: &str) {
        let Some(at) = self.place_of(slug) else {
            self.notice = Some(format!("there is no exercise `{slug}`"));
            return;
        };
        self.at = at;
        self.verdict = None;
        self.hint = None;
        self.keyed_hints_shown.clear();
        self.notice = None;
        self.saved_elsewhere = None;
        if let Err(error) = course::set_current(&self.workshop.root, slug) {
            self.notice = Some(format!("not remembered: {error}"));
        }
        self.check();
    }

    /// One further, or one back.
    pub fn step(&mut self, forward: bool) {
        let at = match forward {
            true => self.at + 1,
            false => self.at.wrapping_sub(1),
        };
        match self.workshop.exercises().get(at) {
            Some(exercise) => self.go(&exercise.slug.clone()),
            None if forward => self.notice = Some("this is the last exercise".into()),
            None => self.notice = Some("this is the first exercise".into()),
        }
    }

    /// To the exercise that was saved while another was shown.
    pub fn go_there(&mut self) {
        match self.saved_elsewhere.take() {
            Some(slug) => self.go(&slug),
            None => self.notice = Some("you have saved no other exercise".into()),
        }
    }

    /// Checks the current exercise, from the beginning.
    pub fn check(&mut self) {
        self.checked.clear();
        self.all_are_checked = false;
        self.doing = Some("checking …".into());
        self.bench.begin(vec![self.exercise().clone()]);
    }

    /// Checks it unless that is what is being done.
    pub fn check_again(&mut self) {
        if !self.bench.is_busy() || self.all_are_checked {
            self.check();
        }
    }

    /// Checks every exercise that somebody has worked on.
    pub fn check_all(&mut self) {
        let begun = |e: &&Exercise| self.workshop.state(e) != State::New;
        let exercises: Vec<Exercise> = self
            .workshop
            .exercises()
            .iter()
            .filter(begun)
            .cloned()
            .collect();
        if exercises.is_empty() {
            self.notice = Some("you have not begun an exercise yet".into());
            return;
        }
        self.checked.clear();
        self.all_are_checked = true;
        self.doing = Some("checking all …".into());
        self.bench.begin(exercises);
    }

    /// The next hint: first the one for this very failure, then the steps, then again from
    /// the first.
    pub fn next_hint(&mut self) {
        if let Err(trouble) = self.try_next_hint() {
            self.notice = Some(trouble.in_a_line());
        }
    }

    fn try_next_hint(&mut self) -> Result<(), Trouble> {
        let exercise = self.exercise();
        let hints = exercise.hints()?;
        let judged = self.verdict.as_ref().and_then(|v| v.as_ref().ok());
        let signature = judged.and_then(|judged| verdict::keyed_hint(exercise, judged));
        let fresh = signature.filter(|s| !self.keyed_hints_shown.contains(s));
        let keyed = fresh.and_then(|signature| hints.keyed(&signature).cloned());
        let (shown, reveal) = match keyed {
            Some(hint) => {
                let signature = hint.title.clone();
                self.keyed_hints_shown.push(signature.clone());
                let heading = "hint for what it says now".to_owned();
                (ShownHint { heading, hint }, Reveal::Keyed(signature))
            }
            None => {
                let seen = HintsSeen::load(&self.workshop.root, exercise)?;
                let last = self.hint.as_ref().and_then(ShownHint::step);
                let step = match (seen.furthest_step(), last) {
                    (furthest @ 0..=2, _) => furthest + 1,
                    (_, last) => last.map_or(1, |last| last % 3 + 1),
                };
                let Some(hint) = hints.step(step).cloned() else {
                    return Ok(());
                };
                let heading = format!("hint, step {step} of 3");
                (ShownHint { heading, hint }, Reveal::Step(step))
            }
        };
        HintsSeen::add(&self.workshop.root, self.exercise(), reveal)?;
        self.hint = Some(shown);
        Ok(())
    }

    /// Brings the starter back, and checks it.
    pub fn reset(&mut self) {
        self.notice = Some(match reset::reset(&self.workshop, self.exercise()) {
            Ok(kept) => format!("the starter is back; yours is kept in {}", here(&kept)),
            Err(trouble) => trouble.in_a_line(),
        });
        let exercise = self.exercise().clone();
        // Not a save: what is said about it stays until there is one.
        if self.saves.take_in(&exercise) {
            self.check();
        }
    }

    /// Opens the book at the current exercise.
    pub fn open_book(&mut self) {
        self.book.show(&self.exercise().id());
        self.notice = Some("the book is being opened …".into());
    }

    /// The file to edit, and the line that the last verdict is about, where it names one.
    pub fn file_to_edit(&self) -> Option<(PathBuf, Option<usize>)> {
        let file = self.exercise().editable_paths().next()?;
        let line = match &self.verdict {
            Some(Ok(Judged::DoesNotBuild(messages))) => line_in(messages, &file),
            Some(Ok(Judged::Ran { checks, .. })) => checks
                .iter()
                .flat_map(|check| &check.notes)
                .find_map(|(_, note)| line_in(note, &file)),
            _ => None,
        };
        Some((file, line))
    }

    /// When there may be something to do though nothing is heard.
    pub fn wait(&self) -> Option<Duration> {
        self.saves.wait()
    }

    /// Takes in what has happened meanwhile.
    pub fn catch_up(&mut self) -> Vec<Happened> {
        let mut happened = Vec::new();
        while let Ok(news) = self.news.try_recv() {
            self.hear(news, &mut happened);
        }
        let current = self.exercise().slug.clone();
        for slug in self.saves.settled(self.workshop.exercises()) {
            if slug == current {
                self.notice = None;
                self.check();
                happened.push(Happened::Checking);
            } else {
                self.notice = Some(format!("you saved `{slug}`; g goes there"));
                self.saved_elsewhere = Some(slug);
                happened.push(Happened::Notice);
            }
        }
        happened
    }

    fn hear(&mut self, news: News, happened: &mut Vec<Happened>) {
        match news {
            News::Touched(path) => self.saves.touched(&path, self.workshop.exercises()),
            News::Doing(number, text) if self.bench.is_at(number) => {
                self.doing = Some(console::strip_ansi_codes(&text).into_owned());
            }
            News::Judged(number, slug, judged) if self.bench.is_at(number) => {
                self.done = self.workshop.done();
                if self.all_are_checked {
                    let code = judged.as_ref().map_or(2, Judged::code);
                    self.checked.push((slug.clone(), code));
                    happened.push(Happened::OneOfAll);
                }
                if slug == self.exercise().slug {
                    self.verdict = Some(judged);
                    if !self.all_are_checked {
                        happened.push(Happened::Verdict);
                    }
                }
            }
            News::Over(number) if self.bench.is_at(number) => {
                self.doing = None;
                self.bench.is_over();
            }
            News::Doing(..) | News::Judged(..) | News::Over(_) => {}
            News::Book(served) => {
                self.notice = Some(match served {
                    Ok(address) => format!("the book is at {address}"),
                    Err(trouble) => trouble.in_a_line(),
                });
                happened.push(Happened::Notice);
            }
        }
    }

    pub fn is_busy(&self) -> bool {
        self.bench.is_busy()
    }

    fn place_of(&self, slug: &str) -> Option<usize> {
        self.workshop
            .exercises()
            .iter()
            .position(|e| e.slug == slug)
    }
}

impl ShownHint {
    fn step(&self) -> Option<usize> {
        let step = self.heading.strip_prefix("hint, step ")?;
        step.split(' ').next()?.parse().ok()
    }
}

/// The line of a file that a compiler or a stack names first, as `src/lib.rs:12:5`.
fn line_in(text: &str, file: &std::path::Path) -> Option<usize> {
    let name = file.file_name()?.to_str()?;
    let text = console::strip_ansi_codes(text);
    text.match_indices(name).find_map(|(at, _)| {
        let after = text[at + name.len()..].strip_prefix(':')?;
        let digits: String = after.chars().take_while(char::is_ascii_digit).collect();
        digits.parse().ok()
    })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::line_in;

    #[test]
    fn the_line_that_is_named_first_is_where_the_editor_begins() {
        let file = Path::new("/x/src/lib.rs");
        let said = "error: no\n  --> exercises/a/src/lib.rs:12:5\n  --> src/lib.rs:3:1";
        assert_eq!(line_in(said, file), Some(12));
        assert_eq!(line_in("in lib.rs, line 3", file), None);
        assert_eq!(
            line_in("\u{1b}[1m --> src/lib.rs\u{1b}[0m:7:1", file),
            Some(7)
        );
    }
}
