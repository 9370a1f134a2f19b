//! Where two values differ, read from how Python would print them.
//!
//! The judge compares values; what arrives here is their text. Whatever is no value, such as
//! "an error that names the field", has no difference to point at.

/// The first place in which two values differ.
#[derive(Debug, PartialEq, Eq)]
pub struct Difference {
    /// Where it is in what came, in bytes.
    pub at: usize,
    /// The same in a sentence.
    pub words: String,
}

/// Finds it, where both are values of one shape.
pub fn difference(expected: &str, got: &str) -> Option<Difference> {
    if expected == got {
        return None;
    }
    let found = inside(expected, got)?;
    let whole = found.path.is_empty() && found.is_whole;
    // Two numbers beside each other need nobody to point at them.
    (!whole).then(|| Difference {
        at: found.at,
        words: found.sentence(),
    })
}

/// Whether it is the text of a value, and no sentence.
pub fn is_value(text: &str) -> bool {
    Shape::of(text).is_some()
}

struct Found {
    /// Subscripts, as in `[2]["name"]`.
    path: String,
    at: usize,
    what: String,
    /// Nothing of the two is alike.
    is_whole: bool,
}

impl Found {
    fn sentence(&self) -> String {
        match self.path.is_empty() {
            true => self.what.clone(),
            false => format!("at `{}`, {}", self.path, self.what),
        }
    }
}

fn inside(expected: &str, got: &str) -> Option<Found> {
    let (want, have) = (Shape::of(expected)?, Shape::of(got)?);
    match (want, have) {
        (Shape::Row(open, want), Shape::Row(bracket, have)) if open == bracket => {
            Some(in_row(got, &want, &have))
        }
        (Shape::Set(want), Shape::Set(have)) => Some(in_set(got, &want, &have)),
        (Shape::Dict(want), Shape::Dict(have)) => Some(in_dict(got, &want, &have)),
        (Shape::Text, Shape::Text) => Some(in_text(expected, got)),
        _ => Some(Found {
            path: String::new(),
            at: 0,
            what: format!("`{}` was due and `{}` came", short(expected), short(got)),
            is_whole: true,
        }),
    }
}

fn in_row(got: &str, want: &[Item<'_>], have: &[Item<'_>]) -> Found {
    for (index, (want, have)) in want.iter().zip(have).enumerate() {
        if want.text != have.text {
            return deeper(&format!("[{index}]"), want, have);
        }
    }
    let due = match want.len() {
        1 => "1 item was".to_owned(),
        n => format!("{n} items were"),
    };
    let at = have
        .get(want.len())
        .map_or(got.len() - 1, |first_extra| first_extra.at);
    found(at, format!("{due} due and {} came", have.len()))
}

fn in_set(got: &str, want: &[Item<'_>], have: &[Item<'_>]) -> Found {
    let lacks = |items: &[Item<'_>], text: &str| items.iter().all(|item| item.text != text);
    if let Some(extra) = have.iter().find(|item| lacks(want, item.text)) {
        return found(
            extra.at,
            format!("`{}` should not be there", short(extra.text)),
        );
    }
    match want.iter().find(|item| lacks(have, item.text)) {
        Some(missing) => found(
            got.len() - 1,
            format!("`{}` is missing", short(missing.text)),
        ),
        None => found(0, "the same items came, some more than once".to_owned()),
    }
}

fn in_dict(got: &str, want: &[Pair<'_>], have: &[Pair<'_>]) -> Found {
    for (key, value) in have {
        match want.iter().find(|(wanted, _)| wanted.text == key.text) {
            Some((_, wanted)) if wanted.text == value.text => {}
            Some((_, wanted)) => return deeper(&format!("[{}]", short(key.text)), wanted, value),
            None => {
                return found(
                    key.at,
                    format!("the key `{}` should not be there", short(key.text)),
                );
            }
        }
    }
    let lacks = |key: &Item<'_>| have.iter().all(|(other, _)| other.text != key.text);
    match want.iter().find(|(key, _)| lacks(key)) {
        Some((missing, _)) => found(
            got.len() - 1,
            format!("the key `{}` is missing", short(missing.text)),
        ),
        None => found(0, "the same keys came, some more than once".to_owned()),
    }
}

fn in_text(expected: &str, got: &str) -> Found {
    let same = expected
        .char_indices()
        .zip(got.chars())
        .find(|((_, a), b)| a != b)
        .map_or(expected.len().min(got.len()), |((at, _), _)| at);
    // An escape is one character to Python: point at its beginning.
    let at = got[..same].rfind('\\').map_or(same, |slash| {
        let odd = got[..=slash]
            .bytes()
            .rev()
            .take_while(|b| *b == b'\\')
            .count()
            % 2
            == 1;
        if odd && slash + 1 == same {
            slash
        } else {
            same
        }
    });
    let opening = got.find('"').map_or(0, |quote| quote + 1);
    let count = characters(&got[opening.min(at)..at]);
    let is_whole = count == 0;
    let what = if at + 1 == got.len() {
        format!("it ends after {count} characters, and more were due")
    } else if at + 1 == expected.len() {
        format!("it should end after {count} characters")
    } else {
        format!("the first {count} characters are right, the next is not")
    };
    Found {
        path: String::new(),
        at,
        what,
        is_whole,
    }
}

/// How many characters an escaped text has.
fn characters(escaped: &str) -> usize {
    let mut characters = escaped.chars();
    let mut count = 0;
    while let Some(c) = characters.next() {
        count += 1;
        match (c, characters.clone().next()) {
            ('\\', Some('u')) => drop(characters.find(|c| *c == '}')),
            ('\\', Some('x')) => drop(characters.nth(2)),
            ('\\', _) => drop(characters.next()),
            _ => {}
        }
    }
    count
}

fn found(at: usize, what: String) -> Found {
    Found {
        path: String::new(),
        at,
        what,
        is_whole: false,
    }
}

fn deeper(step: &str, want: &Item<'_>, have: &Item<'_>) -> Found {
    let plain = || {
        found(
            0,
            format!(
                "`{}` was due and `{}` came",
                short(want.text),
                short(have.text)
            ),
        )
    };
    let below = match inside(want.text, have.text) {
        Some(below) if !below.is_whole => below,
        _ => plain(),
    };
    Found {
        path: format!("{step}{}", below.path),
        at: have.at + below.at,
        what: below.what,
        is_whole: false,
    }
}

fn short(text: &str) -> String {
    console::truncate_str(text, 32, "…").into_owned()
}

/// A part of a value, and where it begins in the whole.
#[derive(Clone, Copy)]
struct Item<'a> {
    text: &'a str,
    at: usize,
}

type Pair<'a> = (Item<'a>, Item<'a>);

enum Shape<'a> {
    /// A list or a tuple, by its bracket.
    Row(char, Vec<Item<'a>>),
    Set(Vec<Item<'a>>),
    Dict(Vec<Pair<'a>>),
    Text,
    /// A number, a name: nothing to look into.
    Atom,
}

impl<'a> Shape<'a> {
    /// `None` where it is no value.
    fn of(text: &'a str) -> Option<Shape<'a>> {
        let first = text.chars().next()?;
        let close = match first {
            '[' => ']',
            '(' => ')',
            '{' => '}',
            '"' | 'b' if text.trim_start_matches('b').starts_with('"') => {
                return (end_of_text(text)? == text.len()).then_some(Shape::Text);
            }
            _ => {
                let is_word = |c: char| c.is_alphanumeric() || "+-._".contains(c);
                return text.chars().all(is_word).then_some(Shape::Atom);
            }
        };
        let items = split(text, close)?;
        match first {
            '{' if text == "{}" => Some(Shape::Dict(Vec::new())),
            '{' => match items.iter().map(pair).collect::<Option<Vec<_>>>() {
                Some(pairs) => Some(Shape::Dict(pairs)),
                None => Some(Shape::Set(items)),
            },
            bracket => Some(Shape::Row(bracket, items)),
        }
    }
}

/// Where a text literal at the beginning ends.
fn end_of_text(text: &str) -> Option<usize> {
    let open = text.find('"')?;
    let mut escaped = false;
    for (at, c) in text[open + 1..].char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return Some(open + 1 + at + 1),
            _ => {}
        }
    }
    None
}

/// The items between the brackets; `None` where the brackets do not match.
fn split(text: &str, close: char) -> Option<Vec<Item<'_>>> {
    let mut items = Vec::new();
    let (mut depth, mut begin, mut at) = (0_usize, 1, 0);
    while at < text.len() {
        let c = text[at..].chars().next()?;
        let mut end = |begin: usize| {
            let item = &text[begin..at];
            let at = begin + item.len() - item.trim_start().len();
            if !item.trim().is_empty() {
                items.push(Item {
                    text: item.trim(),
                    at,
                });
            }
        };
        match c {
            '"' => {
                at += end_of_text(&text[at..])?;
                continue;
            }
            '[' | '(' | '{' => depth += 1,
            ']' | ')' | '}' => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    end(begin);
                    return (c == close && at + 1 == text.len()).then_some(items);
                }
            }
            ',' if depth == 1 => {
                end(begin);
                begin = at + 1;
            }
            _ => {}
        }
        at += c.len_utf8();
    }
    None
}

/// `key: value`.
fn pair<'a>(item: &Item<'a>) -> Option<Pair<'a>> {
    let (mut depth, mut at) = (0_i32, 0);
    while at < item.text.len() {
        let c = item.text[at..].chars().next()?;
        match c {
            '"' => {
                at += end_of_text(&item.text[at..])?;
                continue;
            }
            '[' | '(' | '{' => depth += 1,
            ']' | ')' | '}' => depth -= 1,
            ':' if depth == 0 => {
                let value = item.text[at + 1..].trim_start();
                let key = Item {
                    text: item.text[..at].trim_end(),
                    at: item.at,
                };
                let value = Item {
                    text: value,
                    at: item.at + item.text.len() - value.len(),
                };
                return Some((key, value));
            }
            _ => {}
        }
        at += c.len_utf8();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(expected: &str, got: &str, pointed_at: &str, words: &str) {
        let found = difference(expected, got).unwrap();
        assert_eq!(found.words, words);
        assert!(
            got[found.at..].starts_with(pointed_at),
            "{}",
            &got[found.at..]
        );
    }

    #[test]
    fn an_item_is_named_as_python_would_reach_it() {
        check(
            "[1, 2, 3]",
            "[1, 5, 3]",
            "5, 3",
            "at `[1]`, `2` was due and `5` came",
        );
        check(
            "[(1, \"a, b\"), {\"x\": [2]}]",
            "[(1, \"a, b\"), {\"x\": [7]}]",
            "7]",
            "at `[1][\"x\"][0]`, `2` was due and `7` came",
        );
    }

    #[test]
    fn too_many_and_too_few_are_counted() {
        check("(1, 2)", "(1, 2, 3)", "3)", "2 items were due and 3 came");
        check("[1, 2]", "[1]", "]", "2 items were due and 1 came");
        check("[1]", "[]", "]", "1 item was due and 0 came");
    }

    #[test]
    fn a_dict_in_another_order_is_compared_by_its_keys() {
        check(
            "{\"a\": 1, \"b\": 2}",
            "{\"b\": 2, \"a\": 3}",
            "3}",
            "at `[\"a\"]`, `1` was due and `3` came",
        );
        check(
            "{\"a\": 1}",
            "{\"c\": 1, \"a\": 1}",
            "\"c\"",
            "the key `\"c\"` should not be there",
        );
        check("{\"a\": 1}", "{}", "}", "the key `\"a\"` is missing");
        check("{1, 2}", "{2, 3}", "3}", "`3` should not be there");
    }

    #[test]
    fn a_text_is_compared_by_characters_and_an_escape_is_one() {
        check(
            "\"ab\\ncd\"",
            "\"ab\\tcd\"",
            "\\tcd",
            "the first 2 characters are right, the next is not",
        );
        check(
            "\"a\\u{7f}bc\"",
            "\"a\\u{7f}b\"",
            "\"",
            "it ends after 3 characters, and more were due",
        );
        check(
            "\"abc\"",
            "\"abcd\"",
            "d\"",
            "it should end after 3 characters",
        );
        check(
            "b\"\\x00ab\"",
            "b\"\\x00ac\"",
            "c",
            "the first 2 characters are right, the next is not",
        );
    }

    #[test]
    fn whatever_a_learners_object_prints_can_be_compared() {
        let nasty = r#"[("é\"\n",{1:b"\xff",}: (,)"\u{7f}"#;
        let cuts: Vec<usize> = nasty.char_indices().map(|(at, _)| at).collect();
        for &begin in &cuts {
            for &end in cuts.iter().filter(|end| **end >= begin) {
                let part = &nasty[begin..end];
                for other in ["", "é", "\"", "{}", "{1: 2}", "[é", "b\"\"", "\"\\", nasty] {
                    for (expected, got) in [(part, other), (other, part)] {
                        let at = difference(expected, got).map_or(0, |found| found.at);
                        assert!(got.is_char_boundary(at), "{expected} {got}");
                    }
                }
            }
        }
    }

    #[test]
    fn what_needs_no_pointing_gets_none() {
        for (expected, got) in [
            ("4", "5"),
            ("None", "[1]"),
            ("\"abc\"", "\"xyz\""),
            ("no more live allocations", "3 more"),
            ("a message that holds \"x\"", "\"y\""),
            ("True (bool)", "1 (int)"),
            ("[1, 2", "[1, 3"),
        ] {
            assert_eq!(difference(expected, got), None, "{expected} {got}");
        }
    }
}
