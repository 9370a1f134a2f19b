//! What differs from run to run and says nothing of an answer: where things lay in memory, and
//! the numbers of threads. Records of one answer are to be the same, byte for byte.

/// Gives each address a number, in the order in which they come, and takes the numbers of
/// threads out of the messages of panics.
pub fn steady(text: &str) -> String {
    let mut steady = String::with_capacity(text.len());
    let mut addresses: Vec<&str> = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find("0x") {
        let digits = &rest[at + 2..];
        let end = digits.find(|c: char| !c.is_ascii_hexdigit());
        let digits = &digits[..end.unwrap_or(digits.len())];
        steady.push_str(&rest[..at + 2]);
        match is_an_address(digits) {
            true => {
                let known = addresses.iter().position(|known| *known == digits);
                let number = known.unwrap_or_else(|| {
                    addresses.push(digits);
                    addresses.len() - 1
                });
                steady.push_str(&format!("[{}]", number + 1));
            }
            false => steady.push_str(digits),
        }
        rest = &rest[at + 2 + digits.len()..];
    }
    steady.push_str(rest);
    without_threads(&steady)
}

/// Twelve digits, as user space has them; Python writes all sixteen.
fn is_an_address(digits: &str) -> bool {
    let digits = digits.strip_prefix("0000").unwrap_or(digits);
    digits.len() == 12 && !digits.starts_with('0')
}

/// `thread 'main' (4711) panicked at` without the number.
fn without_threads(text: &str) -> String {
    const AFTER: &str = ") panicked at ";
    let mut parts = text.split(AFTER).peekable();
    let mut without = String::with_capacity(text.len());
    while let Some(part) = parts.next() {
        let is_last = parts.peek().is_none();
        let numbered = part.rsplit_once(" (").filter(|(_, number)| {
            !is_last && !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit())
        });
        match numbered {
            Some((before, _)) => {
                without.push_str(before);
                without.push_str(&AFTER[1..]);
            }
            None => {
                without.push_str(part);
                without.push_str(if is_last { "" } else { AFTER });
            }
        }
    }
    without
}

#[cfg(test)]
mod tests {
    use super::steady;

    fn check(text: &str, expected: &str) {
        assert_eq!(steady(text), expected);
    }

    #[test]
    fn addresses_are_numbered_as_they_come() {
        check(
            "handed 0x7fa619f97750, not 0x55f335c9a4b0; 0x7fa619f97750!",
            "handed 0x[1], not 0x[2]; 0x[1]!",
        );
        check("Thread 0x00007fa619f97750", "Thread 0x[1]");
    }

    #[test]
    fn other_numbers_stay() {
        check("0xff and 0xdeadbeef and 0x", "0xff and 0xdeadbeef and 0x");
        check("f(1) (2) panicked", "f(1) (2) panicked");
    }

    #[test]
    fn a_panic_has_no_number_of_a_thread() {
        check(
            "thread '<unnamed>' (4711) panicked at a.rs:1\nthread 'b' (x) panicked at c",
            "thread '<unnamed>' panicked at a.rs:1\nthread 'b' (x) panicked at c",
        );
    }
}
