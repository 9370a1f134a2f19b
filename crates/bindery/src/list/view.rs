//! How the list looks on a screen of any size: state and size in, lines out.

use console::{Alignment, pad_str, style, truncate_str};

use super::chooser::{Choice, Chooser};
use super::motion::scrolled;
use super::rows::{Row, count};
use super::state::{ListState, Mode};
use crate::workshop::State;

/// Below this width a row is its mark, its name and as much of the title as there is room for.
const ALL_COLUMNS: usize = 64;

/// Below this height nothing is shown but the rows, what they are and the keys.
const ROOMY: usize = 9;

const COMMANDS: [&str; 8] = [
    "Enter go",
    "/ search",
    "d done",
    "p pending",
    "a all",
    "c chapter",
    "t concept",
    "q back",
];
const WHILE_SEARCHING: [&str; 2] = ["Enter keeps it", "Esc gives it up"];
const WHILE_CHOOSING: [&str; 2] = ["Enter choose", "Esc back"];

/// What stands above, in and below the part that scrolls.
struct Screen {
    title: String,
    body: Vec<String>,
    /// The line of the body that the cursor is on.
    at: usize,
    /// A word or two about that line.
    about: String,
    /// What is being typed.
    prompt: Option<String>,
    keys: &'static [&'static str],
}

impl ListState {
    /// The screen, no wider and no higher than this.
    pub fn lines(&mut self, width: usize, height: usize) -> Vec<String> {
        let screen = match &self.mode {
            Mode::Choosing(chooser) => chosen_from(chooser),
            Mode::Searching { .. } => Screen {
                prompt: Some(format!("search: {}_", self.filter.search)),
                keys: &WHILE_SEARCHING,
                ..self.listed(width)
            },
            Mode::Moving => self.listed(width),
        };
        self.laid_out(screen, width, height)
    }

    fn listed(&self, width: usize) -> Screen {
        let shown = self.shown();
        let count = count(&self.rows, shown.len());
        let row = |&row: &usize| line(&self.rows[row], row == self.cursor, width);
        let about = |row: &Row| {
            let concepts = row.concepts.join(", ");
            format!("{} min  {concepts}  {}", row.minutes, row.path)
        };
        let mut body: Vec<String> = shown.iter().map(row).collect();
        if body.is_empty() {
            body.push("  Nothing fits.".to_owned());
        }
        Screen {
            title: match self.filter.in_words() {
                Some(words) => format!("{count}: {words}"),
                None => count,
            },
            body,
            at: shown
                .iter()
                .position(|&row| row == self.cursor)
                .unwrap_or(0),
            about: self.selected().map(about).unwrap_or_default(),
            prompt: None,
            keys: &COMMANDS,
        }
    }

    fn laid_out(&mut self, screen: Screen, width: usize, height: usize) -> Vec<String> {
        let roomy = height >= ROOMY;
        let mut foot = Vec::new();
        if roomy {
            foot.push(format!("  {}", screen.about));
        }
        foot.extend(screen.prompt);
        let keys = keys(screen.keys, width);
        foot.extend(keys.into_iter().take(if roomy { 2 } else { 1 }));

        let head = if roomy { 3 } else { 1 };
        let all = screen.body.len();
        self.page = height.saturating_sub(head + foot.len()).max(1);
        self.top = scrolled(self.top, screen.at, all, self.page);

        let more = |count: usize, place: &str| match count {
            0 => String::new(),
            _ => style(format!("      {count} more {place}"))
                .dim()
                .to_string(),
        };
        let above = more(self.top, "above");
        let below = more(all.saturating_sub(self.top + self.page), "below");
        let mut body: Vec<String> = screen.body.into_iter().skip(self.top).collect();
        // What is below stays where it is, however few rows a search leaves.
        body.resize(self.page, String::new());

        let mut lines = vec![style(screen.title).bold().to_string()];
        if roomy {
            lines.push(above);
        }
        lines.extend(body);
        if roomy {
            lines.push(below);
        }
        lines.extend(foot);
        lines.truncate(height);
        let fitting = |line: &String| truncate_str(line, width, "…").into_owned();
        lines.iter().map(fitting).collect()
    }
}

fn chosen_from(chooser: &Chooser) -> Screen {
    let choice = |(i, choice): (usize, &Choice)| {
        let name = format!("{} {:<20}", pointer(i == chooser.at), choice.name);
        format!("{} {}", marked(name, i == chooser.at), choice.about)
    };
    Screen {
        title: chooser.title.to_owned(),
        body: chooser.choices.iter().enumerate().map(choice).collect(),
        at: chooser.at,
        about: String::new(),
        prompt: None,
        keys: &WHILE_CHOOSING,
    }
}

/// `> [~] detach            Let the other threads run    gil        20 min`
fn line(row: &Row, at_cursor: bool, width: usize) -> String {
    let mark = match row.state {
        State::Done => style("[x]").green(),
        State::Begun => style("[~]").yellow(),
        State::New => style("[ ]"),
    };
    let about = match (row.current, width >= ALL_COLUMNS) {
        (true, true) => format!(" {:<9} current", row.chapter.name),
        (false, true) => format!(" {:<9} {:>3} min", row.chapter.name, row.minutes),
        (true, false) => " current".to_owned(),
        (false, false) => String::new(),
    };
    let name = marked(format!("{:<16}", row.slug), at_cursor);
    let start = format!("{} {mark} {name} ", pointer(at_cursor));
    let room = width.saturating_sub(console::measure_text_width(&start) + about.len());
    let title = pad_str(&row.title, room, Alignment::Left, Some("…"));
    format!("{start}{}{about}", marked(title.into_owned(), at_cursor))
        .trim_end()
        .to_owned()
}

fn pointer(at_cursor: bool) -> char {
    if at_cursor { '>' } else { ' ' }
}

fn marked(text: String, at_cursor: bool) -> String {
    match at_cursor {
        true => style(text).bold().to_string(),
        false => text,
    }
}

/// Keys side by side, on as many lines as they need.
fn keys(keys: &[&str], width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for key in keys {
        match lines.last_mut() {
            Some(line) if line.len() + 2 + key.len() <= width => {
                line.push_str("  ");
                line.push_str(key);
            }
            _ => lines.push((*key).to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use console::{measure_text_width, strip_ansi_codes};
    use crossterm::event::{KeyCode, KeyEvent};

    use super::super::filter::Filter;
    use super::super::rows::tests::five;
    use super::*;

    fn screen(state: &mut ListState, width: usize, height: usize) -> Vec<String> {
        let lines = state.lines(width, height);
        let plain = |line: &String| strip_ansi_codes(line).into_owned();
        lines.iter().map(plain).collect()
    }

    fn list() -> ListState {
        ListState::new(five(), Filter::default())
    }

    /// A course of sixty, in which the cursor is at the fifth.
    fn long() -> ListState {
        let mut rows = Vec::new();
        for _ in 0..12 {
            rows.extend(five());
        }
        for row in &mut rows {
            row.current = false;
        }
        rows[4].current = true;
        ListState::new(rows, Filter::default())
    }

    #[test]
    fn a_row_has_a_mark_a_name_a_title_and_what_it_takes() {
        let mut state = list();
        let lines = screen(&mut state, 80, 24);
        assert_eq!(lines[0], "1 of 5 done");
        assert_eq!(
            lines[2..5],
            [
                "  [x] steals           Taken or left                           c_api      15 min",
                "> [~] error_paths      Every way out                           c_api     current",
                "  [ ] detach           Let the other threads run               gil        15 min",
            ]
        );
        let about = "  15 min  references  exercises/04_c_api/01_error_paths";
        assert!(lines.iter().any(|line| line == about), "{lines:#?}");
        let keys = "Enter go  / search  d done  p pending  a all  c chapter  t concept  q back";
        assert_eq!(lines.last().unwrap(), keys);
    }

    #[test]
    fn a_small_screen_keeps_the_rows_and_the_keys() {
        let lines = screen(&mut list(), 40, 10);
        assert!(
            lines.contains(&"> [~] error_paths      Every wa… current".into()),
            "{lines:#?}"
        );
        assert!(
            lines.contains(&"  [ ] detach           Let the other th…".into()),
            "{lines:#?}"
        );
        assert!(lines.last().unwrap().ends_with("q back"), "{lines:#?}");
        let lines = screen(&mut list(), 20, 3);
        assert!(
            lines.iter().any(|line| line.starts_with("> [~] error")),
            "{lines:#?}"
        );
    }

    #[test]
    fn no_screen_is_too_small_and_no_line_too_long() {
        for keys in ["", "/", "c", "t"] {
            for (width, height) in [(80, 24), (40, 10), (40, 5), (9, 2), (1, 1), (300, 90)] {
                let mut state = long();
                for key in keys.chars() {
                    state.on_key(KeyEvent::from(KeyCode::Char(key)));
                }
                let lines = screen(&mut state, width, height);
                assert!(lines.len() <= height, "{width}x{height}: {lines:#?}");
                let widest = lines.iter().map(|line| measure_text_width(line)).max();
                assert!(widest <= Some(width), "{width}x{height}: {lines:#?}");
            }
        }
    }

    #[test]
    fn it_says_how_much_more_there_is_and_scrolls_there() {
        let mut state = long();
        let lines = screen(&mut state, 80, 24);
        assert_eq!(lines.len(), 24);
        assert!(
            lines.iter().any(|line| line.trim() == "41 more below"),
            "{lines:#?}"
        );
        state.on_key(KeyEvent::from(KeyCode::PageDown));
        let lines = screen(&mut state, 80, 24);
        assert!(
            lines.iter().any(|line| line.trim() == "5 more above"),
            "{lines:#?}"
        );
        state.on_key(KeyEvent::from(KeyCode::End));
        let lines = screen(&mut state, 80, 24);
        assert!(
            lines.iter().any(|line| line.trim() == "41 more above"),
            "{lines:#?}"
        );
        assert!(
            !lines.iter().any(|line| line.contains("more below")),
            "{lines:#?}"
        );
        assert!(
            lines.iter().any(|line| line.starts_with("> [ ] last")),
            "{lines:#?}"
        );
    }

    #[test]
    fn a_screen_that_changes_its_size_still_shows_the_cursor() {
        let mut state = long();
        state.on_key(KeyEvent::from(KeyCode::End));
        for height in [24, 5, 60, 9] {
            let lines = screen(&mut state, 80, height);
            assert!(
                lines.iter().any(|line| line.starts_with('>')),
                "{height}: {lines:#?}"
            );
        }
    }

    #[test]
    fn a_search_shows_what_is_typed_and_what_it_finds() {
        let mut state = list();
        for key in "/gil zz".chars() {
            state.on_key(KeyEvent::from(KeyCode::Char(key)));
        }
        let lines = screen(&mut state, 80, 24);
        assert_eq!(lines[0], "1 of 5 done, 0 shown: search `gil zz`");
        assert!(lines.contains(&"search: gil zz_".into()), "{lines:#?}");
        assert!(
            lines.iter().any(|line| line.contains("Nothing fits")),
            "{lines:#?}"
        );
    }

    #[test]
    fn the_keys_stay_where_they_are() {
        let mut state = list();
        let before = screen(&mut state, 80, 24);
        assert_eq!(before.len(), 24);
        state.on_key(KeyEvent::from(KeyCode::Char('d')));
        assert_eq!(screen(&mut state, 80, 24).last(), before.last());
    }

    #[test]
    fn a_chooser_says_how_far_each_of_its_choices_is() {
        let mut state = list();
        state.on_key(KeyEvent::from(KeyCode::Char('c')));
        let lines = screen(&mut state, 80, 24);
        assert_eq!(lines[0], "Which chapter?");
        assert!(
            lines.contains(&"> all chapters         1 of 5 done".into()),
            "{lines:#?}"
        );
        assert!(
            lines.contains(&"  gil                  0 of 3 done".into()),
            "{lines:#?}"
        );
    }
}
