//! Which hints were shown, and that it is not lost.

use course::{HintsSeen, Reveal};

use crate::book::{Book, JSON};

const HINTS: &str = ".bindery/results/detach.hints";

#[test]
fn remembers_which_hints_were_shown() {
    let book = Book::new();
    let exercise = book.exercise();
    let root = book.root();
    assert_eq!(
        HintsSeen::load(root, &exercise).unwrap(),
        HintsSeen::default()
    );
    HintsSeen::add(root, &exercise, Reveal::Step(2)).unwrap();
    HintsSeen::add(root, &exercise, Reveal::Keyed("held the GIL".into())).unwrap();
    HintsSeen::add(root, &exercise, Reveal::Step(1)).unwrap();
    let seen = HintsSeen::add(root, &exercise, Reveal::Step(1)).unwrap();
    assert_eq!(seen.shown.len(), 3);
    assert_eq!(seen.furthest_step(), 2);
    assert_eq!(HintsSeen::load(root, &exercise).unwrap(), seen);
    assert_eq!(book.read(HINTS), "2\nwhen: held the GIL\n1\n");
    assert!(!book.path(JSON).exists());
}

#[test]
fn reads_back_whatever_hint_it_was_told() {
    let book = Book::new();
    for hint in [
        Reveal::Step(0),
        Reveal::Step(4),
        Reveal::Keyed("two\nlines".into()),
    ] {
        HintsSeen::add(book.root(), &book.exercise(), hint).unwrap();
    }
    let seen = HintsSeen::load(book.root(), &book.exercise()).unwrap();
    assert_eq!(seen.shown[2], Reveal::Keyed("two lines".into()));
    assert_eq!(seen.set_aside, None);
}

#[test]
fn sets_a_corrupt_list_of_hints_aside() {
    for text in ["one\n", "1\n2 3\n", "when\n"] {
        let book = Book::new();
        book.write(HINTS, text);
        let seen = HintsSeen::load(book.root(), &book.exercise()).unwrap();
        assert_eq!(
            seen.set_aside,
            Some(book.path(&format!("{HINTS}.corrupt"))),
            "{text}"
        );
        assert!(seen.shown.is_empty());
    }
}
