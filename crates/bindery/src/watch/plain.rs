//! `watch` in lines: for a screen reader, for a terminal that cannot do more, and for a pipe.
//! Commands are typed, with Enter. Nothing is drawn over, and nothing is said by colour alone.

use std::io::IsTerminal as _;
use std::process::ExitCode;

use console::Term;

use crate::judging::Asking;
use crate::screen::{here, prose_to};
use crate::terminal::{Line, Lines};
use crate::trouble::Trouble;
use crate::watch::action::{ALL, Action};
use crate::watch::editor::Editor;
use crate::watch::ended_by;
use crate::watch::session::{Happened, Session};
use crate::workshop::Workshop;
use crate::{list, solution, verdict};

struct Reader {
    lines: Lines,
    session: Session,
    /// The next line answers "really?".
    asked: bool,
}

/// Tells what becomes of an exercise, until the input ends or somebody has had enough.
pub fn run(workshop: Workshop, slug: &str) -> Result<ExitCode, Trouble> {
    let lines = Lines::open()?;
    let asking = Asking::default();
    let session = Session::begin(workshop, slug, lines.waker(), asking)?;
    let mut reader = Reader {
        lines,
        session,
        asked: false,
    };
    reader.introduce();
    let mut no_more_input = false;
    loop {
        match reader.lines.next(reader.session.wait())? {
            Line::Typed(line) => {
                if let Some(code) = reader.typed(&line)? {
                    return Ok(code);
                }
            }
            Line::Ended(signal) => return Ok(ended_by(signal)),
            Line::NoMore => no_more_input = true,
            Line::Woken | Line::Nothing => {}
        }
        for happened in reader.session.catch_up() {
            reader.tell(&happened);
        }
        // The verdict that is under way is still waited for.
        if no_more_input && !reader.session.is_busy() {
            return Ok(ExitCode::SUCCESS);
        }
    }
}

impl Reader {
    fn introduce(&self) {
        let exercise = self.session.exercise();
        let all = self.session.workshop.exercises().len();
        println!("{}: {}", exercise.slug, exercise.manifest.title);
        println!("{} of {all} exercises done", self.session.done);
        println!("read: {}", here(&exercise.dir.join("README.md")));
        for path in exercise.editable_paths() {
            println!("edit: {}", here(&path));
        }
        println!("checking {} …", exercise.slug);
    }

    fn tell(&mut self, happened: &Happened) {
        match happened {
            Happened::Checking => {
                println!("\nsaved; checking {} …", self.session.exercise().slug);
            }
            Happened::Verdict => self.tell_verdict(),
            Happened::OneOfAll => {
                if let Some((slug, code)) = self.session.checked.last() {
                    println!(
                        "{}: {slug}",
                        ["pass", "FAIL"].get(usize::from(*code)).unwrap_or(&"ERROR")
                    );
                }
            }
            Happened::Notice => self.tell_notice(),
        }
    }

    fn tell_verdict(&self) {
        let exercise = self.session.exercise();
        println!();
        match &self.session.verdict {
            Some(Ok(judged)) => {
                for line in verdict::plain_lines(exercise, judged, width()) {
                    println!("{line}");
                }
                match judged.code() {
                    0 => println!("\ntype next to go on, or help for what else there is"),
                    _ => println!("\ntype hint for a hint, or help for what else there is"),
                }
            }
            Some(Err(trouble)) => println!("{}", console::strip_ansi_codes(&trouble.rendered())),
            None => {}
        }
    }

    fn tell_notice(&mut self) {
        if let Some(notice) = self.session.notice.take() {
            println!("{notice}");
        }
    }

    fn typed(&mut self, line: &str) -> Result<Option<ExitCode>, Trouble> {
        if std::mem::take(&mut self.asked) {
            self.answer(line);
            return Ok(None);
        }
        let Some(action) = Action::of_line(line) else {
            println!(
                "`{}` is nothing that can be done here; type help for what is",
                line.trim()
            );
            return Ok(None);
        };
        if action == Action::Quit {
            return Ok(Some(ExitCode::SUCCESS));
        }
        let before = self.session.exercise().slug.clone();
        if let Err(trouble) = self.act(action) {
            println!("{}", console::strip_ansi_codes(&trouble.rendered()));
        }
        if self.session.exercise().slug != before {
            println!();
            self.introduce();
        }
        self.tell_notice();
        Ok(None)
    }

    fn act(&mut self, action: Action) -> Result<(), Trouble> {
        match action {
            Action::Next => self.session.step(true),
            Action::Previous => self.session.step(false),
            Action::There => self.session.go_there(),
            Action::Check => {
                println!("checking {} …", self.session.exercise().slug);
                self.session.check_again();
            }
            Action::All => {
                println!("checking all that you have begun …");
                self.session.check_all();
            }
            Action::Book => self.session.open_book(),
            Action::Hint => self.tell_hint(),
            Action::List => self.list()?,
            Action::Edit => self.edit()?,
            Action::Diff => {
                let exercise = self.session.exercise();
                for line in solution::lines(&self.session.workshop, exercise, width())? {
                    println!("{line}");
                }
            }
            Action::Reset => {
                println!(
                    "bring back the starter of {}? a copy of yours is kept; type yes to do it",
                    self.session.exercise().slug
                );
                // What was typed before the question is no answer to it.
                self.lines.forget()?;
                self.asked = true;
            }
            Action::Help => {
                for known in &ALL {
                    println!("{}, or {}: {}", known.word, known.key, known.does);
                }
            }
            Action::Quit => {}
        }
        Ok(())
    }

    fn list(&self) -> Result<(), Trouble> {
        let mut options = list::Options::default();
        options.plain = true;
        list::show(&options).map(drop)
    }

    fn tell_hint(&mut self) {
        self.session.next_hint();
        if let Some(shown) = &self.session.hint {
            println!("{}: {}", shown.heading, shown.hint.title);
            for line in prose_to(shown.hint.body.trim(), 0, width().min(90)) {
                println!("{line}");
            }
        }
    }

    fn edit(&mut self) -> Result<(), Trouble> {
        let Some((file, line)) = self.session.file_to_edit() else {
            return Ok(());
        };
        let editor = Editor::chosen()?;
        let needs_a_terminal = !editor.has_a_window() && !std::io::stdin().is_terminal();
        if needs_a_terminal {
            println!("edit: {}", here(&file));
            return Ok(());
        }
        editor.open(&file, line)
    }

    fn answer(&mut self, line: &str) {
        let yes = ["y", "yes"].contains(&line.trim().to_lowercase().as_str());
        if !yes {
            println!("nothing was changed");
            return;
        }
        self.session.reset();
        self.tell_notice();
        if self.session.is_busy() {
            println!("checking {} …", self.session.exercise().slug);
        }
    }
}

/// In a pipe each thing stays on its line, where other programs find it.
fn width() -> usize {
    let term = Term::stdout();
    match term.is_term() {
        true => usize::from(term.size().1),
        false => usize::MAX,
    }
}
