//! What somebody can ask for, by a key or by a typed word. One table, from which the line of
//! keys and the help are made, too.

/// Something to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    Next,
    Previous,
    There,
    Check,
    Hint,
    List,
    Edit,
    Diff,
    Reset,
    All,
    Book,
    Help,
    Quit,
}

/// An action with its key, its word, and what it does.
pub struct Known {
    pub action: Action,
    pub key: char,
    pub word: &'static str,
    pub does: &'static str,
}

const fn known(action: Action, key: char, word: &'static str, does: &'static str) -> Known {
    Known {
        action,
        key,
        word,
        does,
    }
}

/// All of them, in the order in which they are shown.
pub const ALL: [Known; 13] = [
    known(Action::Next, 'n', "next", "the next exercise"),
    known(Action::Previous, 'p', "previous", "the exercise before"),
    known(Action::Hint, 'h', "hint", "a hint; each time one step more"),
    known(Action::List, 'l', "list", "all exercises, to choose from"),
    known(Action::Edit, 'e', "edit", "open the file in your editor"),
    known(Action::Diff, 'd', "diff", "your answer and the solution"),
    known(
        Action::Reset,
        'r',
        "reset",
        "the starter again; yours is kept",
    ),
    known(Action::Check, 'c', "check", "check it now; so does Enter"),
    known(Action::All, 'a', "all", "check all that you have begun"),
    known(Action::Book, 'b', "book", "the book, at this exercise"),
    known(
        Action::There,
        'g',
        "go",
        "to the exercise that you saved last",
    ),
    known(Action::Help, '?', "help", "what you see here"),
    known(Action::Quit, 'q', "quit", "leave; Ctrl-C does, too"),
];

impl Action {
    /// The action of a key, whatever Caps Lock says.
    pub fn of_key(key: char) -> Option<Action> {
        let key = key.to_ascii_lowercase();
        let found = ALL.iter().find(|known| known.key == key);
        found.map(|known| known.action)
    }

    /// The action of a typed line: its key, or its word. An empty one checks again.
    pub fn of_line(line: &str) -> Option<Action> {
        let line = line.trim().to_lowercase();
        let mut letters = line.chars();
        match (letters.next(), letters.next()) {
            (None, _) => Some(Action::Check),
            (Some(key), None) => Action::of_key(key),
            _ => {
                let found = ALL.iter().find(|known| known.word == line);
                found.map(|known| known.action)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_actions_share_a_key_or_a_word() {
        for (place, one) in ALL.iter().enumerate() {
            let other = |k: &&Known| k.key == one.key || k.word == one.word;
            assert_eq!(ALL.iter().filter(other).count(), 1, "{}", one.word);
            assert_eq!(Action::of_line(one.word), Some(ALL[place].action));
        }
    }

    #[test]
    fn a_key_means_the_same_with_caps_lock_and_as_a_line() {
        assert_eq!(Action::of_key('N'), Some(Action::Next));
        assert_eq!(Action::of_line(" H \n"), Some(Action::Hint));
        assert_eq!(Action::of_line(""), Some(Action::Check));
        assert_eq!(Action::of_line("nonsense"), None);
        assert_eq!(Action::of_key('é'), None);
    }
}
