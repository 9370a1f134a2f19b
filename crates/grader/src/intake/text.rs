//! What bytes have to be to be an answer: text, in UTF-8.
//!
//! Line ends stay as they are. Whether it compiles is the compiler's business.

/// The text that a file holds, or why it is none, as the rest of a sentence about the file.
pub(super) fn answer(bytes: Vec<u8>) -> Result<Vec<u8>, String> {
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return Err("is written in UTF-16: save it as UTF-8".into());
    }
    let bytes = match bytes.strip_prefix(b"\xef\xbb\xbf") {
        Some(rest) => rest.to_vec(),
        None => bytes,
    };
    // UTF-16 without its mark, and pictures that are called like a program.
    if bytes.contains(&0) {
        return Err("holds zero bytes and is no text: save it as UTF-8".into());
    }
    match std::str::from_utf8(&bytes) {
        Ok(_) => Ok(bytes),
        Err(e) => {
            let line = 1 + bytes[..e.valid_up_to()]
                .iter()
                .filter(|b| **b == b'\n')
                .count();
            Err(format!(
                "is not written in UTF-8, see line {line}: save it as UTF-8"
            ))
        }
    }
}

/// A name or a path as it can be printed in one line: what would end the line, or turn the
/// direction of the text, is spelt out.
pub(super) fn shown(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        let turns = matches!(c,
            '\u{061c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
        if c.is_control() || turns {
            out.extend(c.escape_default());
        } else {
            out.push(c);
        }
    }
    out
}

/// A name as text. Names that differ still do so afterwards: bytes that are no UTF-8 are spelt
/// out.
pub(super) fn name_of(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(name) => name.to_owned(),
        Err(_) => bytes.escape_ascii().to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_stay_and_the_mark_of_utf_8_goes() {
        let check = |input: &[u8], expect: &[u8]| assert_eq!(answer(input.into()).unwrap(), expect);
        check(b"a\r\nb\r\n", b"a\r\nb\r\n");
        check(b"\xef\xbb\xbfa", b"a");
        check(b"", b"");
    }

    #[test]
    fn what_is_no_utf_8_is_refused_in_words_that_help() {
        let check = |input: &[u8], says: &str| {
            let why = answer(input.into()).unwrap_err();
            assert!(why.contains(says), "{why}");
            assert!(why.ends_with("save it as UTF-8"), "{why}");
        };
        check(b"\xff\xfef\0n\0", "UTF-16");
        check(b"\xfe\xff\0f\0n", "UTF-16");
        check(b"f\0n\0", "zero bytes");
        check(b"// fine\n// caf\xe9", "line 2");
    }

    #[test]
    fn names_are_shown_in_one_line_and_from_left_to_right() {
        let check = |input: &str, expect: &str| assert_eq!(shown(input), expect);
        check("Ann Ng", "Ann Ng");
        check("Zoë\u{301}", "Zoë\u{301}");
        check("a\nb\x1b[2J", "a\\nb\\u{1b}[2J");
        check("a\u{202e}sr.b", "a\\u{202e}sr.b");
        assert_ne!(name_of(b"a\xff"), name_of(b"a\xfe"));
    }
}
