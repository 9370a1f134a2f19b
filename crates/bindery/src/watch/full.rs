//! `watch` with the whole screen: keys in, a laid out sheet out.

use std::process::ExitCode;
use std::time::{Duration, Instant};

use console::style;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::judging::{Asking, Judged, Status};
use crate::screen::{here, prose_to};
use crate::terminal::{Heard, Terminal};
use crate::trouble::Trouble;
use crate::verdict::links::Links;
use crate::watch::action::{ALL, Action};
use crate::watch::editor::Editor;
use crate::watch::ended_by;
use crate::watch::layout::{Laid, Place, Sheet, lay};
use crate::watch::session::{Happened, Session};
use crate::workshop::Workshop;
use crate::{list, reset, solution, verdict};

/// Nobody can have read a question and answered it sooner: such a key was meant for
/// something else.
const TIME_TO_READ: Duration = Duration::from_millis(300);

/// What lies over the verdict.
enum Over {
    Nothing,
    /// Lines that go with the next key: the help, a difference.
    Lines(String, Vec<String>),
    /// "Really?", since this moment.
    Reset(Instant),
}

struct Screen {
    // Before the session: the terminal is given back first.
    terminal: Terminal,
    session: Session,
    over: Over,
    scroll: usize,
    page: usize,
    /// The hint is to be in sight.
    show_hint: bool,
}

/// Shows an exercise, until somebody has had enough.
pub fn run(workshop: Workshop, slug: &str) -> Result<ExitCode, Trouble> {
    let terminal = Terminal::open()?;
    let asking = Asking {
        coloured: console::colors_enabled(),
        verbose: false,
    };
    let session = Session::begin(workshop, slug, terminal.waker(), asking)?;
    let mut screen = Screen {
        terminal,
        session,
        over: Over::Nothing,
        scroll: 0,
        page: 1,
        show_hint: false,
    };
    loop {
        screen.draw()?;
        let end = match screen.terminal.next(screen.session.wait())? {
            Heard::Key(key) => screen.key(&key)?,
            Heard::Ended(signal) => Some(ended_by(signal)),
            // What is pasted is text, and no text is asked for here.
            Heard::Pasted(_) | Heard::Resized | Heard::Woken | Heard::Nothing => None,
        };
        if let Some(code) = end {
            return Ok(code);
        }
        if screen.session.catch_up().contains(&Happened::Verdict) {
            screen.scroll = 0;
        }
    }
}

impl Screen {
    fn draw(&mut self) -> Result<(), Trouble> {
        let size = self.terminal.size();
        let mut laid = self.laid(size);
        if std::mem::take(&mut self.show_hint)
            && let (_, Some(at)) = self.body(size.0)
        {
            self.scroll = at.min(laid.furthest);
            laid = self.laid(size);
        }
        self.scroll = self.scroll.min(laid.furthest);
        self.page = laid.page;
        self.terminal.draw(&laid.lines)
    }

    fn laid(&self, size: (usize, usize)) -> Laid {
        lay(&self.sheet(size.0), size, self.scroll)
    }

    /// Does what a key says; an exit code is the end.
    fn key(&mut self, key: &KeyEvent) -> Result<Option<ExitCode>, Trouble> {
        if let Over::Reset(since) = self.over {
            self.answer(key, since);
            return Ok(None);
        }
        if self.scrolled(key) {
            return Ok(None);
        }
        let over = std::mem::replace(&mut self.over, Over::Nothing);
        let action = match key.code {
            KeyCode::Enter => Some(Action::Check),
            KeyCode::Right => Some(Action::Next),
            KeyCode::Left => Some(Action::Previous),
            KeyCode::F(1) => Some(Action::Help),
            KeyCode::Char(c) if key.modifiers == KeyModifiers::NONE => Action::of_key(c),
            _ => None,
        };
        // The same key that opened it closes it, and so does q, and any that means nothing.
        match (over, action) {
            (
                Over::Lines(..),
                None | Some(Action::Help | Action::Diff | Action::Check | Action::Quit),
            ) => {
                self.scroll = 0;
                Ok(None)
            }
            (_, Some(action)) => self.act(action),
            (_, None) => Ok(None),
        }
    }

    fn act(&mut self, action: Action) -> Result<Option<ExitCode>, Trouble> {
        self.session.notice = None;
        self.scroll = 0;
        let done = match action {
            Action::Quit => return Ok(Some(ExitCode::SUCCESS)),
            Action::List => self.list(),
            Action::Edit => self.edit(),
            Action::Diff => self.diff(),
            Action::Reset => self.ask_before_reset(),
            other => {
                self.act_at_once(other);
                Ok(())
            }
        };
        if let Err(trouble) = done {
            self.session.notice = Some(trouble.in_a_line());
        }
        Ok(None)
    }

    /// What cannot go wrong here, or says so itself.
    fn act_at_once(&mut self, action: Action) {
        match action {
            Action::Next => self.session.step(true),
            Action::Previous => self.session.step(false),
            Action::There => self.session.go_there(),
            Action::Check => self.session.check_again(),
            Action::All => self.session.check_all(),
            Action::Book => self.session.open_book(),
            Action::Hint => {
                self.session.next_hint();
                self.show_hint = true;
            }
            _ => self.over = Over::Lines("what the keys do".into(), help()),
        }
    }

    fn list(&mut self) -> Result<(), Trouble> {
        let slug = self.session.exercise().slug.clone();
        let chosen = list::browse(&mut self.terminal, &self.session.workshop, &slug)?;
        match chosen {
            Some(chosen) if chosen != slug => self.session.go(&chosen),
            _ => {}
        }
        Ok(())
    }

    fn edit(&mut self) -> Result<(), Trouble> {
        let editor = Editor::chosen()?;
        let Some((file, line)) = self.session.file_to_edit() else {
            return Ok(());
        };
        match editor.has_a_window() {
            true => editor.open(&file, line)?,
            false => self.terminal.lend(|| editor.open(&file, line))??,
        }
        Ok(())
    }

    fn diff(&mut self) -> Result<(), Trouble> {
        let width = self.terminal.size().0;
        let exercise = self.session.exercise();
        let lines = solution::lines(&self.session.workshop, exercise, width)?;
        self.over = Over::Lines("your answer and the solution".into(), lines);
        Ok(())
    }

    fn ask_before_reset(&mut self) -> Result<(), Trouble> {
        self.over = Over::Reset(Instant::now());
        self.draw()?;
        self.terminal.forget_input()?;
        // Only from when it could be read on.
        self.over = Over::Reset(Instant::now());
        Ok(())
    }

    fn answer(&mut self, key: &KeyEvent, asked: Instant) {
        if asked.elapsed() < TIME_TO_READ {
            return;
        }
        self.over = Over::Nothing;
        match key.code {
            KeyCode::Char('y' | 'Y') => self.session.reset(),
            _ => self.session.notice = Some("nothing was changed".into()),
        }
    }

    fn scrolled(&mut self, key: &KeyEvent) -> bool {
        let page = self.page.saturating_sub(1).max(1);
        self.scroll = match key.code {
            KeyCode::Up | KeyCode::Char('k') => self.scroll.saturating_sub(1),
            KeyCode::Down | KeyCode::Char('j') => self.scroll + 1,
            KeyCode::PageUp => self.scroll.saturating_sub(page),
            KeyCode::PageDown | KeyCode::Char(' ') => self.scroll + page,
            KeyCode::Home => 0,
            // As far as there is: that is seen to when it is drawn.
            KeyCode::End => usize::MAX / 2,
            _ => return false,
        };
        true
    }

    fn sheet(&self, width: usize) -> Sheet {
        let exercise = self.session.exercise();
        let links = Links::of(true, |name| std::env::var(name).ok());
        let place = |word, path: &std::path::Path| Place {
            word,
            path: here(path).into_owned(),
            link: links.to_place(path, ""),
        };
        let mut paths = vec![place("read", &exercise.dir.join("README.md"))];
        paths.extend(exercise.editable_paths().map(|path| place("edit", &path)));
        let notice = match &self.over {
            Over::Reset(_) => Some(format!(
                "bring back the starter of `{}`? a copy of yours is kept: y does it, any other \
                 key does not",
                exercise.slug
            )),
            _ => self.session.notice.clone(),
        };
        Sheet {
            course: (self.session.done, self.session.workshop.exercises().len()),
            title: format!("{}: {}", exercise.slug, exercise.manifest.title),
            paths,
            status: self.status(),
            body: self.body(width).0,
            notice,
            keys: self.keys(),
        }
    }

    /// How it stands, in one line.
    fn status(&self) -> String {
        if let Some(doing) = &self.session.doing {
            return format!("{}  {doing}", style("wait").yellow());
        }
        match &self.session.verdict {
            None => "not checked yet".into(),
            Some(Err(_)) => format!(
                "{}  it could not be checked",
                style("ERROR").magenta().bold()
            ),
            Some(Ok(judged)) => in_a_line(judged),
        }
    }

    /// What scrolls, and where in it the hint begins.
    fn body(&self, width: usize) -> (Vec<String>, Option<usize>) {
        if let Over::Lines(title, lines) = &self.over {
            let mut body = vec![style(title).bold().to_string(), String::new()];
            body.extend(lines.iter().cloned());
            return (body, None);
        }
        if let Over::Reset(_) = self.over {
            let mut body = vec!["what differs from the starter:".to_owned(), String::new()];
            body.extend(reset::at_stake(self.session.exercise()));
            return (body, None);
        }
        let session = &self.session;
        let exercise = session.exercise();
        let mut body = Vec::new();
        if !session.checked.is_empty() {
            body.extend(["all that you have begun:".to_owned(), String::new()]);
        }
        for (slug, code) in &session.checked {
            body.push(format!("{}  {slug}", word_of(*code)));
        }
        if session.checked.is_empty() {
            match &session.verdict {
                None => {}
                Some(Ok(judged)) => body.extend(verdict::lines(exercise, judged, width)),
                Some(Err(trouble)) => {
                    body.extend(trouble.rendered().lines().map(str::to_owned));
                }
            }
        }
        let mut hint_at = None;
        if let Some(shown) = &session.hint {
            separate(&mut body);
            hint_at = Some(body.len());
            let heading = format!("{}: {}", shown.heading, shown.hint.title);
            body.push(style(heading).cyan().bold().to_string());
            body.push(String::new());
            body.extend(prose_to(shown.hint.body.trim(), 2, width));
        }
        if let Ok(task) = std::fs::read_to_string(exercise.dir.join("README.md")) {
            separate(&mut body);
            body.push(style("the task").bold().to_string());
            body.push(String::new());
            body.extend(prose_to(without_title(&task), 2, width));
        }
        (body, hint_at)
    }

    /// The keys that do something here and now.
    fn keys(&self) -> Vec<(String, &'static str)> {
        let (key, word) = match self.over {
            Over::Reset(_) => ("y", "reset"),
            Over::Lines(..) => ("q", "back"),
            Over::Nothing => {
                let passed = matches!(&self.session.verdict, Some(Ok(j)) if j.code() == 0);
                let useful = |action: Action| match action {
                    Action::Diff => passed,
                    Action::There | Action::Check => false,
                    _ => true,
                };
                let known = ALL.iter().filter(|known| useful(known.action));
                return known.map(|k| (k.key.to_string(), k.word)).collect();
            }
        };
        vec![(key.to_owned(), word), ("Ctrl-C".to_owned(), "quit")]
    }
}

fn separate(body: &mut Vec<String>) {
    if !body.is_empty() {
        body.push(String::new());
    }
}

fn without_title(task: &str) -> &str {
    match task
        .strip_prefix("# ")
        .and_then(|rest| rest.split_once('\n'))
    {
        Some((_, rest)) => rest.trim(),
        None => task.trim(),
    }
}

fn word_of(code: u8) -> String {
    match code {
        0 => style("pass").green().to_string(),
        1 => style("FAIL").red().bold().to_string(),
        _ => style("ERROR").magenta().bold().to_string(),
    }
}

fn in_a_line(judged: &Judged) -> String {
    let said = match judged {
        Judged::DoesNotBuild(_) => "it does not compile yet".to_owned(),
        Judged::Ran { checks, .. } => {
            let all = checks.len();
            let passed = checks.iter().filter(|c| c.status == Status::Passed).count();
            match passed == all {
                true => format!("all {all} checks pass; n goes on"),
                false => format!("{passed} of {all} checks pass"),
            }
        }
    };
    format!("{}  {said}", word_of(judged.code()))
}

fn help() -> Vec<String> {
    let mut lines: Vec<String> = ALL
        .iter()
        .map(|known| format!("{}  {:<9} {}", known.key, known.word, known.does))
        .collect();
    lines.extend([
        String::new(),
        "Arrows up and down, j, k, PgUp, PgDn, Home and End scroll.".into(),
        "It is checked on each save; it goes on only when you say so.".into(),
    ]);
    lines
}
