//! Bytes from a terminal, as keys. Knows the keys that a screen of ours has a use for, and
//! swallows the sequences of all others whole, so that none is taken for letters.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

const PASTE_BEGINS: &[u8] = b"\x1b[200~";
const PASTE_ENDS: &[u8] = b"\x1b[201~";

/// What somebody did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Typed {
    Key(KeyEvent),
    /// In one go, from elsewhere.
    Pasted(String),
}

/// What has come so far and is no key yet.
#[derive(Default)]
pub struct Decoder {
    bytes: Vec<u8>,
}

/// What the bytes begin with.
enum Begins {
    /// So many bytes are this; nothing where they mean nothing to us.
    With(usize, Option<Typed>),
    /// More has to come.
    Unfinished,
}

impl Decoder {
    /// The keys that are whole with these bytes.
    pub fn feed(&mut self, bytes: &[u8]) -> Vec<Typed> {
        self.bytes.extend_from_slice(bytes);
        let mut typed = Vec::new();
        while let Begins::With(count, what) = begins(&self.bytes) {
            self.bytes.drain(..count);
            typed.extend(what);
        }
        typed
    }

    /// Whether the last key may not be whole.
    pub fn is_within_a_key(&self) -> bool {
        !self.bytes.is_empty() && !self.bytes.starts_with(PASTE_BEGINS)
    }

    /// Nothing came after it: Escape was the key, and half a sequence is none.
    pub fn that_was_all(&mut self) -> Option<Typed> {
        let bytes = std::mem::take(&mut self.bytes);
        match bytes.as_slice() {
            [0x1b] => Some(key(KeyCode::Esc)),
            _ => None,
        }
    }
}

fn key(code: KeyCode) -> Typed {
    Typed::Key(KeyEvent::new(code, KeyModifiers::NONE))
}

fn begins(bytes: &[u8]) -> Begins {
    match bytes {
        [] | [0x1b] => Begins::Unfinished,
        [0x1b, b'[', ..] if bytes.starts_with(PASTE_BEGINS) => pasted(bytes),
        [0x1b, b'[', rest @ ..] => sequence(rest),
        [0x1b, b'O'] => Begins::Unfinished,
        [0x1b, b'O', last, ..] => Begins::With(3, by_letter(*last)),
        [0x1b, 0x1b, ..] => Begins::With(1, Some(key(KeyCode::Esc))),
        // Alt and a letter is not that letter.
        [0x1b, rest @ ..] => match character(rest) {
            Some((count, _)) => Begins::With(1 + count, None),
            None => Begins::Unfinished,
        },
        [b'\r' | b'\n', ..] => Begins::With(1, Some(key(KeyCode::Enter))),
        [b'\t', ..] => Begins::With(1, Some(key(KeyCode::Tab))),
        [0x7f | 0x08, ..] => Begins::With(1, Some(key(KeyCode::Backspace))),
        [control @ 1..=26, ..] => {
            let code = KeyCode::Char(char::from(b'a' + control - 1));
            let with_ctrl = Typed::Key(KeyEvent::new(code, KeyModifiers::CONTROL));
            Begins::With(1, Some(with_ctrl))
        }
        [0..=31, ..] => Begins::With(1, None),
        _ => match character(bytes) {
            Some((count, letter)) => Begins::With(count, letter.map(|c| key(KeyCode::Char(c)))),
            None => Begins::Unfinished,
        },
    }
}

/// Parameters, then one letter that says which key it is; `rest` follows `ESC [`.
fn sequence(rest: &[u8]) -> Begins {
    let Some(end) = rest.iter().position(|b| (0x40..=0x7e).contains(b)) else {
        return Begins::Unfinished;
    };
    let number = rest[..end].split(|b| *b == b';').next().unwrap_or_default();
    let what = match rest[end] {
        b'~' => by_number(number),
        last => by_letter(last),
    };
    Begins::With(2 + end + 1, what)
}

fn by_letter(last: u8) -> Option<Typed> {
    Some(key(match last {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'H' => KeyCode::Home,
        b'F' => KeyCode::End,
        b'P' => KeyCode::F(1),
        b'Z' => KeyCode::BackTab,
        _ => return None,
    }))
}

fn by_number(number: &[u8]) -> Option<Typed> {
    Some(key(match number {
        b"1" | b"7" => KeyCode::Home,
        b"3" => KeyCode::Delete,
        b"4" | b"8" => KeyCode::End,
        b"5" => KeyCode::PageUp,
        b"6" => KeyCode::PageDown,
        b"11" => KeyCode::F(1),
        _ => return None,
    }))
}

fn pasted(bytes: &[u8]) -> Begins {
    let text = &bytes[PASTE_BEGINS.len()..];
    let end = text.windows(PASTE_ENDS.len()).position(|w| w == PASTE_ENDS);
    match end {
        None => Begins::Unfinished,
        Some(end) => {
            let pasted = String::from_utf8_lossy(&text[..end]).into_owned();
            let count = PASTE_BEGINS.len() + end + PASTE_ENDS.len();
            Begins::With(count, Some(Typed::Pasted(pasted)))
        }
    }
}

/// The first character and its length; none where it is not valid, no length where it is not
/// whole yet.
fn character(bytes: &[u8]) -> Option<(usize, Option<char>)> {
    let length = match bytes[0] {
        0xf0..=0xf7 => 4,
        0xe0..=0xef => 3,
        0xc0..=0xdf => 2,
        _ => 1,
    };
    let text = bytes.get(..length)?;
    match std::str::from_utf8(text) {
        Ok(text) => Some((length, text.chars().next())),
        Err(_) => Some((1, None)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(pieces: &[&[u8]]) -> Vec<Typed> {
        let mut decoder = Decoder::default();
        pieces.iter().flat_map(|p| decoder.feed(p)).collect()
    }

    fn letters(text: &str) -> Vec<Typed> {
        text.chars().map(|c| key(KeyCode::Char(c))).collect()
    }

    #[test]
    fn keys_typed_ahead_come_one_after_another() {
        assert_eq!(typed(&[b"nhh"]), letters("nhh"));
        assert_eq!(typed(&["né".as_bytes()]), letters("né"));
    }

    #[test]
    fn a_key_in_two_pieces_is_one_key() {
        for pieces in [[&b"\x1b"[..], b"[A"], [b"\x1b[", b"A"], [b"\x1bO", b"A"]] {
            assert_eq!(typed(&pieces), [key(KeyCode::Up)]);
        }
        let (first, second) = "é".as_bytes().split_at(1);
        assert_eq!(typed(&[first, second]), letters("é"));
    }

    #[test]
    fn escape_alone_is_escape_and_half_a_sequence_is_nothing() {
        let mut decoder = Decoder::default();
        assert!(decoder.feed(b"\x1b").is_empty() && decoder.is_within_a_key());
        assert_eq!(decoder.that_was_all(), Some(key(KeyCode::Esc)));
        assert!(decoder.feed(b"\x1b[1").is_empty());
        assert_eq!(decoder.that_was_all(), None);
        assert_eq!(decoder.feed(b"n"), letters("n"));
    }

    #[test]
    fn a_key_we_do_not_know_is_not_taken_for_letters() {
        // Shift-F5, a mouse, a focus, Alt-r, a byte that is no text.
        for bytes in [
            &b"\x1b[15;2~"[..],
            b"\x1b[<0;3;4M",
            b"\x1b[I",
            b"\x1br",
            b"\xff",
        ] {
            let keys = typed(&[bytes, b"n"]);
            assert_eq!(keys.last(), letters("n").last());
            assert!(
                !keys.contains(&key(KeyCode::Char('r'))) && keys.len() <= 2,
                "{keys:?}"
            );
        }
    }

    #[test]
    fn what_is_pasted_is_no_key() {
        let pieces = [&b"\x1b[200~ry\r"[..], b"q\x1b[201", b"~n"];
        let pasted = Typed::Pasted("ry\rq".into());
        assert_eq!(typed(&pieces), [pasted, key(KeyCode::Char('n'))]);
    }

    #[test]
    fn control_and_a_letter_is_said_to_be_that() {
        let ctrl_c = KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL);
        assert_eq!(typed(&[b"\x03"]), [Typed::Key(ctrl_c)]);
    }
}
