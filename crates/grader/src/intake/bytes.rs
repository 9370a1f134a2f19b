//! Bytes as text: an answer has to be UTF-8, a name may be anything.
//!
//! Line ends stay as they are. Whether an answer compiles is the compiler's business.

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
    fn names_that_differ_still_do_as_text() {
        assert_eq!(name_of("Zoë".as_bytes()), "Zoë");
        assert_ne!(name_of(b"a\xff"), name_of(b"a\xfe"));
    }
}
