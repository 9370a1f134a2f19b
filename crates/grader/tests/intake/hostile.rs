//! Files and names that are not what they should be.

use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::time::Duration;

use crate::*;

fn take(content: impl AsRef<[u8]>) -> Intake {
    let collection = Collection::new();
    collection.put("ann/detach/src/lib.rs", content);
    collection.take(&["detach"])
}

fn text(intake: &Intake) -> &[u8] {
    &intake.submissions[0].files["src/lib.rs"]
}

#[test]
fn an_empty_file_is_an_answer() {
    let intake = take("");
    assert_eq!(found(&intake), ["ann detach src/lib.rs"]);
    assert_eq!(text(&intake), b"");
}

#[test]
fn line_ends_stay_and_the_mark_of_utf_8_goes() {
    assert_eq!(text(&take("a\r\nb\r\n")), b"a\r\nb\r\n");
    assert_eq!(text(&take(b"\xef\xbb\xbffn a() {}")), b"fn a() {}");
}

#[test]
fn what_is_no_utf_8_is_refused() {
    refused(
        &take(b"\xff\xfef\0n\0"),
        "is written in UTF-16: save it as UTF-8",
    );
    refused(
        &take(b"\xfe\xff\0f\0n"),
        "is written in UTF-16: save it as UTF-8",
    );
    refused(
        &take(b"// caf\xe9\n"),
        "is not written in UTF-8, see line 1",
    );
    refused(&take(b"\x7fELF\x02\0\0"), "zero bytes");
}

#[test]
fn a_long_file_is_refused_and_a_limit_may_be_set() {
    refused(&take(vec![b' '; 50 << 20]), "is longer than 1 MiB");
    assert_eq!(found(&take(vec![b' '; 1 << 20])).len(), 1);
    let collection = Collection::of(&["ann/lib.rs"]);
    let options = Options {
        file_size: 4,
        ..Options::default()
    };
    let intake = take_in(&collection.path(), None, &exercises(&["detach"]), &options).unwrap();
    refused(&intake, "is longer than 4 bytes");
}

#[test]
fn no_link_is_followed() {
    let collection = Collection::of(&["bo/detach/src/lib.rs"]);
    let at = |path: &str| collection.path().join(path);
    for folder in ["ann/detach/src", "cy/detach", "di/detach/src"] {
        fs::create_dir_all(at(folder)).unwrap();
    }
    symlink(at("bo/detach/src/lib.rs"), at("ann/detach/src/lib.rs")).unwrap();
    symlink(at("bo/detach/src"), at("cy/detach/src")).unwrap();
    fs::hard_link(at("bo/detach/src/lib.rs"), at("di/detach/src/lib.rs")).unwrap();
    symlink(at("bo"), at("ed")).unwrap();
    let intake = collection.take(&["detach"]);
    let found = found(&intake);
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(
        found[0].contains("ann detach !") && found[0].contains("is a link"),
        "{found:?}"
    );
    // Which of the two names came first, nobody can say.
    assert!(
        found[1].contains("bo detach !") && found[1].contains("hard link"),
        "{found:?}"
    );
    assert!(
        found[2].contains("di detach !") && found[2].contains("hard link"),
        "{found:?}"
    );
    let said = said(&intake);
    assert!(said.contains("cy/detach/src: is a link"), "{said}");
    assert!(said.contains("ed: is a link"), "{said}");
    assert!(intake.students.keys().all(|id| id.0 != "ed"));
}

#[test]
fn nothing_waits_for_a_fifo_or_a_socket() {
    let collection = Collection::new();
    let at = |path: &str| collection.path().join(path);
    for student in ["ann", "bo"] {
        fs::create_dir_all(at(student).join("detach/src")).unwrap();
    }
    let fifo = at("ann/detach/src/lib.rs");
    rustix::fs::mkfifoat(rustix::fs::CWD, &fifo, rustix::fs::Mode::RWXU).unwrap();
    let _socket = UnixListener::bind(at("bo/detach/src/lib.rs")).unwrap();
    let path = collection.path();
    // In a thread of its own, so that one that waits is seen to.
    let (done, is_done) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let intake = take_in(&path, None, &exercises(&["detach"]), &Options::default());
        done.send(intake.unwrap())
    });
    let intake = is_done.recv_timeout(Duration::from_secs(60)).unwrap();
    for line in found(&intake) {
        assert!(line.contains("is no ordinary file"), "{line}");
    }
    assert_eq!(intake.submissions.len(), 2);
}

#[test]
fn a_folder_without_end_is_left() {
    let collection = Collection::of(&["ann/detach.rs"]);
    let deep = format!("ann/{}lib.rs", "d/".repeat(60));
    collection.put(&deep, "too deep");
    let intake = collection.take(&["detach"]);
    assert_eq!(found(&intake), ["ann detach src/lib.rs"]);
    assert!(said(&intake).contains("lies too deep"), "{}", said(&intake));
}

#[test]
fn more_answers_than_anybody_writes_are_refused() {
    let collection = Collection::new();
    for attempt in 1..=20 {
        collection.put(
            &format!("ann/attempt-{attempt}/detach.rs"),
            vec![b' '; 1 << 20],
        );
    }
    refused(&collection.take(&["detach"]), "more than 16 MiB");
}

#[test]
fn odd_names_are_students_like_any_other() {
    let names: [&[u8]; 12] = [
        b"-rf",
        b"a\nb",
        b"a\x1b[2Jb",
        b"\xff\xfe",
        b"\xff\xfd",
        "ab\u{202e}c".as_bytes(),
        b"Ann",
        b"ann",
        b"ANN",
        b"con",
        b"<script>",
        b"=1+1",
    ];
    let collection = Collection::new();
    for name in names {
        collection.put_bytes(
            &[name, b"/detach/src/lib.rs"].concat(),
            name.escape_ascii().to_string(),
        );
        collection.put_bytes(&[name, b"/map/src/lib.rs"].concat(), b"\xff");
    }
    let intake = collection.take(&["detach", "map"]);
    assert_eq!(intake.students.len(), names.len());
    assert_eq!(intake.submissions.len(), 2 * names.len());
    let is_plain = |c: char| !c.is_control() && c != '\u{202e}';
    for submission in &intake.submissions {
        let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        let id = &submission.student.0;
        assert!(id.bytes().all(fits) && !id.starts_with('-'), "{id}");
        assert!(
            submission
                .refused
                .iter()
                .all(|why| why.chars().all(is_plain))
        );
    }
    for problem in &intake.problems {
        assert!(
            problem
                .place
                .chars()
                .chain(problem.what.chars())
                .all(is_plain),
            "{problem:?}"
        );
    }
}

#[test]
fn files_that_differ_in_case_alone_are_told_apart() {
    let collection = Collection::of(&["ann/detach/src/lib.rs"]);
    collection.put("ann/detach/src/LIB.rs", "another");
    collection.put("ann/DETACH/src/lib.rs", "another");
    let intake = collection.take(&["detach"]);
    refused(&intake, "not clear");
    fs::remove_dir_all(collection.path().join("ann/DETACH")).unwrap();
    assert_eq!(text(&collection.take(&["detach"])), ANSWER.as_bytes());
}

#[test]
fn a_folder_that_may_not_be_read_is_pointed_out() {
    use std::os::unix::fs::PermissionsExt as _;
    let collection = Collection::of(&["ann/detach/src/lib.rs", "bo/detach/src/lib.rs"]);
    let closed = collection.path().join("ann/detach");
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).unwrap();
    let intake = collection.take(&["detach"]);
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o755)).unwrap();
    // Nothing is closed to root.
    if !rustix::process::geteuid().is_root() {
        assert!(
            said(&intake).contains("ann/detach: cannot be read"),
            "{}",
            said(&intake)
        );
    }
    assert!(found(&intake).contains(&"bo detach src/lib.rs".to_owned()));
}
