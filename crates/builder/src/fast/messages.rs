//! What the compiler says, line by line of JSON.

use serde_json::Value;

/// What rustc says where a library is not the one it was, or not there.
const LIBRARIES_DIFFER: [&str; 8] = [
    "E0460", "E0461", "E0462", MISSING, "E0464", "E0466", "E0514", "E0786",
];
/// A crate is not there.
const MISSING: &str = "E0463";

/// What the compiler has said so far.
#[derive(Default)]
pub struct Messages {
    pub errors: String,
    pub warnings: String,
    /// Whether it may be somebody else's doing than the learner's.
    pub unusual: bool,
    /// Whether what it is compiled against is not what it was.
    pub libraries_differ: bool,
    /// Crates that the answer itself names, and that are not there.
    pub missing: Vec<String>,
    /// Whether it has said that the last of what it makes is there.
    pub linked: bool,
}

impl Messages {
    pub fn hear(&mut self, line: &str) {
        let Ok(message) = serde_json::from_str::<Value>(line) else {
            // The compiler itself has something to say, such as that it has crashed.
            self.unusual = true;
            return;
        };
        if message["artifact"].is_string() {
            self.linked |= message["emit"] == "link";
            return;
        }
        let said = message["rendered"].as_str().unwrap_or_default();
        let code = message["code"]["code"].as_str().unwrap_or_default();
        match named(&message) {
            Some(name) if code == MISSING => self.missing.push(name.to_owned()),
            _ => self.libraries_differ |= LIBRARIES_DIFFER.contains(&code),
        }
        self.unusual |= self.libraries_differ || !self.missing.is_empty();
        self.unusual |= is_of_no_place(&message);
        match message["level"].as_str() {
            // How many there were: cargo leaves that out, too.
            Some("warning") if is_a_count(&message) => {}
            Some("warning") => self.warnings += said,
            _ => self.errors += said,
        }
    }
}

/// The crate that a message is about, unless another crate wants it.
fn named(message: &Value) -> Option<&str> {
    let words = message["message"].as_str()?;
    let (_, rest) = words.split_once("can't find crate for `")?;
    let (name, rest) = rest.split_once('`')?;
    (!rest.contains("depends on")).then_some(name)
}

fn is_a_count(message: &Value) -> bool {
    let words = message["message"].as_str().unwrap_or_default();
    words.ends_with(" warning emitted") || words.ends_with(" warnings emitted")
}

/// Whether an error is about no place in the learner's files: the linker's, a full disk's. Cargo
/// links otherwise than we do, and so it has the last word.
fn is_of_no_place(message: &Value) -> bool {
    let no_place = message["spans"].as_array().is_none_or(Vec::is_empty);
    let summary = message["message"].as_str().unwrap_or_default();
    message["level"] == "error"
        && message["code"].is_null()
        && no_place
        && !summary.starts_with("aborting due to")
}
