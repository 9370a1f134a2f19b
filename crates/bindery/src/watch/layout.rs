//! Where things stand on a screen of any size: a pure function of what there is to show.
//!
//! On a small screen the verdict and what it says stay longest; what does not fit is one key
//! away, and it is said that there is more.

use std::borrow::Cow;

use console::{measure_text_width, style, truncate_str};

use crate::verdict::fold::fold_code;
use crate::verdict::links::linked;

/// What there is to show.
#[derive(Default)]
pub struct Sheet {
    /// How far the whole course is.
    pub course: (usize, usize),
    /// The exercise.
    pub title: String,
    /// What to read, and what to edit: a word and a path, with the path as it is to be shown.
    pub paths: Vec<Place>,
    /// How the exercise stands.
    pub status: String,
    /// The lines that scroll.
    pub body: Vec<String>,
    /// Something to know, or a question.
    pub notice: Option<String>,
    /// Keys and what they do.
    pub keys: Vec<(String, &'static str)>,
}

/// A file that is named on the screen.
pub struct Place {
    pub word: &'static str,
    pub path: String,
    /// Where a click on it leads, if clicks lead anywhere here.
    pub link: Option<String>,
}

/// A screen.
pub struct Laid {
    pub lines: Vec<String>,
    /// How many lines of the body there is room for.
    pub page: usize,
    /// How far it can be scrolled.
    pub furthest: usize,
}

/// Lays a sheet out on so many columns and rows, its body scrolled down by so many lines.
pub fn lay(sheet: &Sheet, (width, height): (usize, usize), scroll: usize) -> Laid {
    let head = head(sheet, width, height);
    let foot = foot(sheet, width, height);
    let body: Vec<String> = sheet
        .body
        .iter()
        .flat_map(|line| fitting(line, width))
        .collect();
    let room = height.saturating_sub(head.len() + foot.len()).max(1);
    // One line less where another has to say that there is more.
    let page = match body.len() > room {
        true => (room - 1).max(1),
        false => room,
    };
    let furthest = body.len().saturating_sub(page);
    let scroll = scroll.min(furthest);
    let mut lines = head;
    lines.extend(body.iter().skip(scroll).take(page).cloned());
    lines.resize(
        height.saturating_sub(foot.len()).max(lines.len()),
        String::new(),
    );
    if furthest > 0 && room > 1 {
        let last = lines.len() - 1;
        lines[last] = more(scroll, furthest - scroll, width);
    }
    lines.extend(foot);
    lines.truncate(height);
    Laid {
        lines,
        page,
        furthest,
    }
}

fn head(sheet: &Sheet, width: usize, height: usize) -> Vec<String> {
    let cut = |line: &str| truncate_str(line, width, "…").into_owned();
    let title = cut(&style(&sheet.title).bold().to_string());
    let edits = sheet.paths.iter().filter(|place| place.word == "edit");
    let status = cut(&sheet.status);
    match height {
        0..8 => vec![status],
        8..16 => {
            let mut lines = vec![title];
            lines.extend(edits.map(|place| named(place, width)));
            lines.push(status);
            lines
        }
        _ => {
            let (done, all) = sheet.course;
            let bar = crate::screen::bar(done, all, (width / 3).min(30));
            let mut lines = vec![
                cut(&format!("{bar}  {done} of {all} exercises done")),
                String::new(),
                title,
            ];
            lines.extend(sheet.paths.iter().map(|place| named(place, width)));
            lines.extend([String::new(), status, String::new()]);
            lines
        }
    }
}

/// A path that is too long loses its beginning: the file's name says more.
fn named(place: &Place, width: usize) -> String {
    let room = width.saturating_sub(place.word.len() + 4).max(8);
    let length = measure_text_width(&place.path);
    let path = match length > room {
        true => {
            let tail = place.path.chars().skip(length - room + 1);
            format!("…{}", tail.collect::<String>())
        }
        false => place.path.clone(),
    };
    let mut line = format!("  {}  ", style(place.word).dim());
    linked(&path, place.link.clone(), &mut line);
    line
}

fn foot(sheet: &Sheet, width: usize, height: usize) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(notice) = &sheet.notice {
        let most = if height < 12 { 1 } else { 3 };
        let wrapped = textwrap::wrap(notice, width.max(8));
        lines.extend(wrapped.into_iter().take(most).map(Cow::into_owned));
    }
    let most = if height < 16 { 1 } else { 2 };
    lines.extend(keys(&sheet.keys, width, most));
    lines
}

/// The keys in so many lines. Where not all have room, the last two are there: help and quit.
fn keys(keys: &[(String, &'static str)], width: usize, most: usize) -> Vec<String> {
    let mut shown: Vec<&(String, &str)> = keys.iter().collect();
    loop {
        let lines = lines_of_keys(&shown, width);
        if lines.len() <= most || shown.len() <= 2 {
            return lines.into_iter().take(most).collect();
        }
        shown.remove(shown.len() - 3);
    }
}

fn lines_of_keys(keys: &[&(String, &str)], width: usize) -> Vec<String> {
    let (mut lines, mut line, mut used) = (Vec::new(), String::new(), 0);
    for (key, word) in keys {
        let length = measure_text_width(key) + 1 + word.len();
        if used > 0 && used + 2 + length > width {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        if used > 0 {
            line.push_str("  ");
            used += 2;
        }
        line += &format!("{} {word}", style(key).bold());
        used += length;
    }
    lines.push(line);
    lines
}

fn more(above: usize, below: usize, width: usize) -> String {
    let text = match (above, below) {
        (0, below) => format!("-- {below} more below: Down, PgDn --"),
        (above, 0) => format!("-- {above} more above: Up, PgUp --"),
        (above, below) => format!("-- {above} more above, {below} below --"),
    };
    style(truncate_str(&text, width, "")).dim().to_string()
}

/// A line that is too long goes on in the next, further in.
fn fitting(line: &str, width: usize) -> Vec<String> {
    match measure_text_width(line) <= width {
        true => vec![line.to_owned()],
        false => fold_code(line, width.max(2), ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(body: usize) -> Sheet {
        let place = |word, path: &str| Place {
            word,
            path: path.to_owned(),
            link: None,
        };
        Sheet {
            course: (5, 10),
            title: "detach: Let the other threads run".into(),
            paths: vec![
                place("read", "exercises/06_gil/02_detach/README.md"),
                place("edit", "exercises/06_gil/02_detach/src/lib.rs"),
            ],
            status: "FAIL  2 of 3 checks pass".into(),
            body: (1..=body).map(|n| format!("line {n}")).collect(),
            notice: None,
            keys: ["n", "p", "h", "l", "e", "r", "a", "b", "?", "q"]
                .map(|key| (key.to_owned(), "something"))
                .into(),
        }
    }

    /// Whatever the size, a screen is not wider or higher than it.
    fn laid(sheet: &Sheet, size: (usize, usize), scroll: usize) -> Laid {
        let laid = lay(sheet, size, scroll);
        assert_eq!(laid.lines.len(), size.1, "{:#?}", laid.lines);
        for line in &laid.lines {
            assert!(measure_text_width(line) <= size.0, "{line:?}");
        }
        laid
    }

    #[test]
    fn a_usual_screen_shows_everything() {
        let screen = laid(&sheet(3), (80, 24), 0).lines.join("\n");
        for part in [
            "[#############-------------]  5 of 10 exercises done",
            "detach: Let the other threads run",
            "  read  exercises/06_gil/02_detach/README.md",
            "  edit  exercises/06_gil/02_detach/src/lib.rs",
            "FAIL  2 of 3 checks pass\n\nline 1\nline 2\nline 3\n\n",
            "? something  q something",
        ] {
            assert!(screen.contains(part), "{part:?} is not in\n{screen}");
        }
        assert!(!screen.contains("more below") && !screen.contains('\u{1b}'));
    }

    #[test]
    fn a_long_body_scrolls_to_its_end_and_says_what_is_left() {
        let sheet = sheet(40);
        let top = laid(&sheet, (80, 24), 0);
        assert_eq!(top.page + top.furthest, 40);
        let last = top.furthest;
        assert!(
            top.lines
                .join("\n")
                .contains(&format!("-- {last} more below"))
        );
        let end = laid(&sheet, (80, 24), 1000).lines.join("\n");
        assert!(
            end.contains("line 40") && end.contains("more above"),
            "{end}"
        );
    }

    #[test]
    fn a_small_screen_keeps_the_verdict_the_file_and_the_way_out() {
        let screen = laid(&sheet(40), (40, 10), 0).lines.join("\n");
        for part in [
            "FAIL  2 of 3",
            "/src/lib.rs",
            "line 1\n",
            "more below",
            "q something",
        ] {
            assert!(screen.contains(part), "{part:?} is not in\n{screen}");
        }
    }

    #[test]
    fn the_smallest_screen_has_room_for_the_verdict() {
        for size in [(20, 3), (10, 2), (5, 1), (80, 7)] {
            let screen = laid(&sheet(40), size, 0);
            assert!(screen.lines[0].starts_with("FAIL"), "{:?}", screen.lines);
        }
        laid(&sheet(40), (1, 1), 0);
    }

    #[test]
    fn a_line_that_is_too_long_goes_on_in_the_next() {
        let mut sheet = sheet(0);
        sheet.body = vec![format!("    {}", "word ".repeat(12).trim_end())];
        let lines = laid(&sheet, (40, 24), 0).lines;
        let first = lines.iter().position(|l| l.contains("word")).unwrap();
        assert!(lines[first + 1].starts_with("      word"), "{lines:#?}");
    }

    #[test]
    fn a_question_is_there_at_every_size() {
        let mut sheet = sheet(40);
        sheet.notice = Some("bring back the starter? y, or any other key".into());
        for size in [(80, 24), (40, 10), (30, 6)] {
            let screen = laid(&sheet, size, 0).lines.join("\n");
            assert!(screen.contains("bring back the starter"), "{screen}");
        }
    }
}
