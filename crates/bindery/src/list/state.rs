//! The list on the screen, as what it shows and what its keys do.
//!
//! Knows no terminal: keys go in, lines come out (`view.rs`).

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use super::chooser::{Chooser, Chosen};
use super::filter::Filter;
use super::motion::Motion;
use super::rows::Row;

/// What a key came to.
#[derive(Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The list goes on.
    Stay,
    /// The exercise of this name was chosen.
    Go(String),
    /// The reader has seen enough.
    Leave,
}

/// Rows, what is asked of them, and where the cursor is.
pub struct ListState {
    pub(super) rows: Vec<Row>,
    pub(super) filter: Filter,
    /// A row of all, and not of those that are shown: a filter that comes and goes
    /// leaves the cursor where it was.
    pub(super) cursor: usize,
    pub(super) mode: Mode,
    /// The first line that was shown, and how many there was room for.
    pub(super) top: usize,
    pub(super) page: usize,
}

/// What letters mean.
pub(super) enum Mode {
    /// Commands.
    Moving,
    /// Text to search for; the cursor was at `from` before.
    Searching { from: usize },
    /// Moving in a few names.
    Choosing(Chooser),
}

impl ListState {
    /// Begins at the current exercise, else at the first that is not done.
    pub fn new(rows: Vec<Row>, filter: Filter) -> ListState {
        let current = rows.iter().position(|row| row.current);
        let pending = || rows.iter().position(|row| !row.is_done());
        let mut state = ListState {
            cursor: current.or_else(pending).unwrap_or(0),
            rows,
            filter,
            mode: Mode::Moving,
            top: 0,
            page: 1,
        };
        state.settle(state.cursor);
        state
    }

    pub fn on_key(&mut self, key: KeyEvent) -> Outcome {
        if key.kind == KeyEventKind::Release {
            return Outcome::Stay;
        }
        if key
            .modifiers
            .intersects(KeyModifiers::CONTROL | KeyModifiers::ALT)
        {
            return self.on_chord(key);
        }
        match &mut self.mode {
            Mode::Moving => self.on_command(key),
            Mode::Searching { from } => {
                let from = *from;
                self.on_text(key, from);
                Outcome::Stay
            }
            Mode::Choosing(chooser) => {
                match chooser.on_key(&key, self.page) {
                    Chosen::Nothing => {}
                    Chosen::Left => self.mode = Mode::Moving,
                    Chosen::Filter(filter) => {
                        self.mode = Mode::Moving;
                        self.sort_out(filter);
                    }
                }
                Outcome::Stay
            }
        }
    }

    /// Pasted text is text to search for, and never a command.
    pub fn on_paste(&mut self, text: &str) {
        if let Mode::Searching { from } = self.mode {
            let line = text.lines().next().unwrap_or_default();
            let line = line.replace(char::is_control, " ");
            self.search(format!("{}{line}", self.filter.search), from);
        }
    }

    /// A letter with Ctrl or Alt is none of the commands.
    fn on_chord(&mut self, key: KeyEvent) -> Outcome {
        if let (KeyCode::Char('u'), &Mode::Searching { from }) = (key.code, &self.mode) {
            self.search(String::new(), from);
        }
        Outcome::Stay
    }

    fn on_command(&mut self, key: KeyEvent) -> Outcome {
        if let Some(motion) = Motion::of_letters(&key) {
            self.go(motion);
            return Outcome::Stay;
        }
        let filter = self.filter.clone();
        match key.code {
            KeyCode::Enter => return self.chosen(),
            KeyCode::Esc if !filter.search.is_empty() => self.search(String::new(), self.cursor),
            KeyCode::Esc | KeyCode::Char('q' | 'Q') => return Outcome::Leave,
            KeyCode::Char('/') => self.mode = Mode::Searching { from: self.cursor },
            KeyCode::Char('d' | 'D') => self.sort_out(Filter {
                done: Some(true),
                ..filter
            }),
            KeyCode::Char('p' | 'P') => self.sort_out(Filter {
                done: Some(false),
                ..filter
            }),
            KeyCode::Char('a' | 'A') => self.sort_out(Filter::default()),
            KeyCode::Char('c' | 'C') => {
                self.mode = Mode::Choosing(Chooser::of_chapters(&self.rows, &filter));
            }
            KeyCode::Char('t' | 'T') => {
                self.mode = Mode::Choosing(Chooser::of_concepts(&self.rows, &filter));
            }
            _ => {}
        }
        Outcome::Stay
    }

    /// The cursor goes to the nearest match from where it was before the search, letter
    /// by letter, and back there when the search is given up.
    fn on_text(&mut self, key: KeyEvent, from: usize) {
        if let Some(motion) = Motion::of(&key) {
            self.go(motion);
            return;
        }
        let mut text = self.filter.search.clone();
        match key.code {
            KeyCode::Enter => self.mode = Mode::Moving,
            KeyCode::Esc => {
                self.mode = Mode::Moving;
                self.search(String::new(), from);
            }
            KeyCode::Backspace if text.pop().is_none() => self.mode = Mode::Moving,
            KeyCode::Backspace => self.search(text, from),
            KeyCode::Char(letter) => {
                text.push(letter);
                self.search(text, from);
            }
            _ => {}
        }
    }

    fn search(&mut self, text: String, from: usize) {
        self.filter.search = text;
        self.settle(from);
    }

    fn sort_out(&mut self, filter: Filter) {
        self.filter = filter;
        self.settle(self.cursor);
    }

    /// Puts the cursor on a row that is shown: this one, else the next, else the last.
    fn settle(&mut self, wanted: usize) {
        let shown = self.shown();
        let next = shown.iter().find(|&&row| row >= wanted);
        self.cursor = *next.or(shown.last()).unwrap_or(&wanted);
    }

    fn go(&mut self, motion: Motion) {
        let shown = self.shown();
        let at = shown.iter().position(|&row| row == self.cursor);
        let to = motion.from(at.unwrap_or(0), shown.len(), self.page);
        self.cursor = *shown.get(to).unwrap_or(&self.cursor);
    }

    fn chosen(&self) -> Outcome {
        match self.selected() {
            Some(row) => Outcome::Go(row.slug.clone()),
            None => Outcome::Stay,
        }
    }

    /// The rows that are shown.
    pub(super) fn shown(&self) -> Vec<usize> {
        let kept = |&row: &usize| self.filter.keeps(&self.rows[row]);
        (0..self.rows.len()).filter(kept).collect()
    }

    /// The row under the cursor, if any is shown.
    pub(super) fn selected(&self) -> Option<&Row> {
        let row = self.rows.get(self.cursor)?;
        self.filter.keeps(row).then_some(row)
    }
}

#[cfg(test)]
mod tests {
    use super::super::rows::tests::five;
    use super::*;

    fn list() -> ListState {
        ListState::new(five(), Filter::default())
    }

    /// Types letters; `<name>` is a key that has a name.
    fn typed(state: &mut ListState, keys: &str) -> Outcome {
        let mut last = Outcome::Stay;
        for part in keys.split_inclusive(['<', '>']) {
            let name = part.strip_suffix('>');
            let named = name.map(|name| match name {
                "Enter" => KeyCode::Enter,
                "Esc" => KeyCode::Esc,
                "Up" => KeyCode::Up,
                "Down" => KeyCode::Down,
                "End" => KeyCode::End,
                "PgDn" => KeyCode::PageDown,
                "Back" => KeyCode::Backspace,
                other => panic!("{other}"),
            });
            let letters = part.trim_end_matches('<').chars().map(KeyCode::Char);
            let codes: Vec<KeyCode> = match named {
                Some(code) => vec![code],
                None => letters.collect(),
            };
            for code in codes {
                last = state.on_key(KeyEvent::new(code, KeyModifiers::NONE));
            }
        }
        last
    }

    fn at(state: &ListState) -> &str {
        state.selected().map_or("nothing", |row| &row.slug)
    }

    /// Types keys into a new list; where the cursor is then.
    fn check(keys: &str, expected: &str) {
        let mut state = list();
        typed(&mut state, keys);
        assert_eq!(at(&state), expected, "{keys}");
    }

    #[test]
    fn it_begins_at_the_current_exercise_or_the_first_pending_one() {
        check("", "error_paths");
        let mut rows = five();
        rows[1].current = false;
        rows[1].state = crate::workshop::State::Done;
        assert_eq!(at(&ListState::new(rows, Filter::default())), "detach");
    }

    #[test]
    fn letters_and_arrows_move_the_cursor() {
        check("j", "detach");
        check("<Down><Down>", "deadlock");
        check("jkk", "steals");
        check("G", "last");
        check("Gg", "steals");
        check("<End><Up>", "deadlock");
        check("<PgDn>", "detach");
    }

    #[test]
    fn enter_goes_to_the_exercise_under_the_cursor() {
        assert_eq!(typed(&mut list(), "j<Enter>"), Outcome::Go("detach".into()));
    }

    #[test]
    fn a_search_narrows_with_each_letter_and_enter_keeps_it() {
        let mut state = list();
        assert_eq!(typed(&mut state, "/thr"), Outcome::Stay);
        assert_eq!(state.shown().len(), 3);
        // While text is typed, letters are no commands.
        typed(&mut state, "eads at");
        assert_eq!((state.shown().len(), at(&state)), (1, "last"));
        assert_eq!(typed(&mut state, "<Enter>"), Outcome::Stay);
        assert_eq!(typed(&mut state, "<Enter>"), Outcome::Go("last".into()));
    }

    #[test]
    fn a_search_is_given_up_with_escape_and_the_cursor_is_where_it_was() {
        check("/last<Esc>", "error_paths");
        check("/nowhere<Esc>", "error_paths");
        check("/last<Back><Back><Back><Back><Back>j", "detach");
        let mut state = list();
        assert_eq!(typed(&mut state, "/gil<Enter><Esc>"), Outcome::Stay);
        assert_eq!(state.shown().len(), 5);
        assert_eq!(typed(&mut state, "<Esc>"), Outcome::Leave);
    }

    #[test]
    fn a_search_that_finds_nothing_has_nothing_to_go_to() {
        let mut state = list();
        typed(&mut state, "/nowhere<Enter>");
        assert_eq!(at(&state), "nothing");
        assert_eq!(typed(&mut state, "jG<PgDn><Enter>"), Outcome::Stay);
    }

    #[test]
    fn done_and_pending_and_all_are_one_key_each() {
        for (keys, shown) in [("d", 1), ("p", 4), ("P", 4), ("pd", 1), ("pa", 5)] {
            let mut state = list();
            typed(&mut state, keys);
            assert_eq!(state.shown().len(), shown, "{keys}");
        }
        check("d", "steals");
        check("ggp", "error_paths");
    }

    #[test]
    fn a_chapter_or_a_concept_is_chosen_from_a_few() {
        let mut state = list();
        typed(&mut state, "cj");
        // The cursor of the list has not moved: the chooser has its own.
        assert_eq!(at(&state), "error_paths");
        typed(&mut state, "j<Enter>");
        assert_eq!(state.filter.in_words().as_deref(), Some("chapter `gil`"));
        assert_eq!(at(&state), "detach");
        typed(&mut state, "tG<Enter>");
        assert_eq!(at(&state), "deadlock");
        // It begins at what is in force, and its first line is all of them.
        typed(&mut state, "c<Enter>t<Enter>");
        assert_eq!(
            state.filter.in_words().as_deref(),
            Some("chapter `gil`, concept `threads`")
        );
        typed(&mut state, "cg<Enter>");
        assert_eq!(
            state.filter.in_words().as_deref(),
            Some("concept `threads`")
        );
    }

    #[test]
    fn a_chooser_is_left_as_it_was_entered() {
        let mut state = list();
        assert_eq!(typed(&mut state, "cjj<Esc>"), Outcome::Stay);
        assert_eq!(state.filter, Filter::default());
        assert_eq!(typed(&mut state, "tq"), Outcome::Stay);
        assert_eq!(typed(&mut state, "q"), Outcome::Leave);
    }

    #[test]
    fn a_letter_with_control_is_no_command() {
        let mut state = list();
        state.on_key(KeyEvent::new(KeyCode::Char('d'), KeyModifiers::CONTROL));
        assert_eq!(state.filter, Filter::default());
        typed(&mut state, "/gil");
        state.on_key(KeyEvent::new(KeyCode::Char('u'), KeyModifiers::CONTROL));
        assert_eq!(state.filter.search, "");
    }

    #[test]
    fn pasted_text_is_searched_for_and_does_nothing_else() {
        let mut state = list();
        state.on_paste("d\nq");
        assert_eq!(state.filter, Filter::default());
        typed(&mut state, "/the");
        state.on_paste("\u{1b}end\nq");
        assert_eq!(state.filter.search, "the end");
        assert_eq!(at(&state), "last");
    }
}
