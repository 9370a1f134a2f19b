//! Archives, honest and otherwise.

use crate::*;

const LIB: (&str, &[u8]) = ("src/lib.rs", ANSWER.as_bytes());

fn take(name: &str, bytes: impl AsRef<[u8]>) -> Intake {
    let collection = Collection::new();
    collection.put(name, bytes);
    collection.take(&["detach"])
}

/// A header of a tar, whatever its name is.
fn raw_header(name: &[u8], kind: tar::EntryType, size: u64) -> tar::Header {
    let mut header = tar::Header::new_gnu();
    header.as_mut_bytes()[..name.len()].copy_from_slice(name);
    header.set_entry_type(kind);
    header.set_size(size);
    header.set_mode(0o644);
    header.set_cksum();
    header
}

#[test]
fn zip_tar_and_tar_gz_are_opened() {
    let tar = tar(&[("02_detach/src/lib.rs", LIB.1)]);
    let packed: [(&str, Vec<u8>); 5] = [
        ("ann.zip", zip(&[LIB])),
        ("ann.ZIP", zip(&[("detach\\src\\lib.rs", LIB.1)])),
        ("ann.tar.gz", gz(&tar)),
        ("ann.tgz", gz(&tar)),
        ("ann.tar", tar),
    ];
    for (name, bytes) in packed {
        let intake = take(name, bytes);
        assert_eq!(
            found(&intake),
            ["ann detach src/lib.rs"],
            "{name} {}",
            said(&intake)
        );
        assert_eq!(intake.submissions[0].files["src/lib.rs"], LIB.1);
    }
}

#[test]
fn long_names_in_a_tar_are_read() {
    let deep = format!("{}/exercises/06_gil/02_detach/src/lib.rs", "x".repeat(150));
    assert_eq!(
        found(&take("ann.tar", tar(&[(&deep, LIB.1)]))),
        ["ann detach src/lib.rs"]
    );
    let mut pax = tar::Builder::new(Vec::new());
    pax.append_pax_extensions([("path", deep.as_bytes())])
        .unwrap();
    let mut header = tar::Header::new_ustar();
    header.set_size(LIB.1.len() as u64);
    header.set_cksum();
    pax.append_data(&mut header, "short", LIB.1).unwrap();
    let intake = take("ann.tar", pax.into_inner().unwrap());
    assert_eq!(
        found(&intake),
        ["ann detach src/lib.rs"],
        "{}",
        said(&intake)
    );
}

#[test]
fn an_archive_may_lie_in_an_archive_and_no_deeper() {
    let once = zip(&[LIB]);
    let twice = zip(&[("hw.zip", &once)]);
    assert_eq!(found(&take("ann.zip", &twice)), ["ann detach src/lib.rs"]);
    assert_eq!(
        found(&take("ann/detach.tar.gz", gz(&tar(&[("hw.zip", &once)])))),
        ["ann detach src/lib.rs"]
    );
    refused(
        &take("ann.zip", zip(&[("hw.zip", &twice)])),
        "too many archives",
    );
}

#[test]
fn an_archive_called_like_an_exercise_is_that() {
    let collection = Collection::new();
    collection.put("ann/detach.zip", zip(&[LIB]));
    collection.put("ann/map.tar.gz", gz(&tar(&[LIB])));
    collection.put("bo_map.zip", zip(&[("lib.rs", LIB.1)]));
    let expect = [
        "ann detach src/lib.rs",
        "ann map src/lib.rs",
        "bo map src/lib.rs",
    ];
    assert_eq!(found(&collection.take(&["detach", "map"])), expect);
}

#[test]
fn the_whole_collection_may_be_an_archive() {
    let entries: &[(&str, &[u8])] = &[
        ("class/ann/lib.rs", LIB.1),
        ("class/bo.zip", &zip(&[LIB])),
        ("class/cy/src/lib.rs", b"\xff\xfe"),
        (
            "class/receipts.csv",
            b"student,received\nann,2026-03-01T10:00:00Z\n",
        ),
        ("__MACOSX/class/ann/._lib.rs", b"x"),
        ("class/.DS_Store", b"x"),
    ];
    for (name, bytes) in [
        ("class.zip", zip(entries)),
        ("class.tar.gz", gz(&tar(entries))),
    ] {
        let collection = Collection::new();
        collection.put(name, bytes);
        let path = collection.path().join(name);
        let intake = take_in(&path, None, &exercises(&["detach"]), &Options::default()).unwrap();
        let found = found(&intake);
        assert_eq!(
            found[..2],
            ["ann detach src/lib.rs", "bo detach src/lib.rs"],
            "{name}"
        );
        assert!(
            found[2].contains("cy detach !") && found[2].contains("UTF-16"),
            "{found:?}"
        );
        assert!(intake.submissions[0].received.is_some());
        assert_eq!(intake.students.len(), 3, "{:?}", intake.students);
    }
}

#[test]
fn a_name_that_leads_out_of_a_zip_leads_nowhere() {
    for slip in [
        "../../../../tmp/slip/src/lib.rs",
        "/tmp/slip/src/lib.rs",
        "a/../../bo/src/lib.rs",
    ] {
        let collection = Collection::new();
        collection.put("ann.zip", zip(&[(slip, b"fn slip() {}"), LIB]));
        collection.put("bo/src/lib.rs", ANSWER);
        let intake = collection.take(&["detach"]);
        assert_eq!(
            found(&intake),
            ["ann detach src/lib.rs", "bo detach src/lib.rs"],
            "{slip}"
        );
        assert!(
            intake
                .submissions
                .iter()
                .all(|s| s.files["src/lib.rs"] == LIB.1)
        );
        assert!(said(&intake).contains("is left there"), "{}", said(&intake));
        assert!(!Path::new("/tmp/slip").exists());
    }
}

#[test]
fn a_link_in_a_tar_leads_nowhere() {
    let mut tar = tar::Builder::new(Vec::new());
    let mut link = raw_header(b"out", tar::EntryType::Symlink, 0);
    tar.append_link(&mut link, "out", "/etc").unwrap();
    // Written through the link, were there a folder to write to.
    let mut header = raw_header(b"", tar::EntryType::Regular, 2);
    tar.append_data(&mut header, "out/cron.d/src/lib.rs", &b"{}"[..])
        .unwrap();
    let intake = take("ann.tar", tar.into_inner().unwrap());
    assert!(
        said(&intake).contains("ann.tar/out: is a link"),
        "{}",
        said(&intake)
    );
    assert_eq!(intake.submissions[0].files["src/lib.rs"], b"{}");

    for kind in [tar::EntryType::Symlink, tar::EntryType::Link] {
        let mut tar = tar::Builder::new(Vec::new());
        let mut link = raw_header(b"", kind, 0);
        tar.append_link(&mut link, "detach/src/lib.rs", "/etc/passwd")
            .unwrap();
        let intake = take("ann.tar", tar.into_inner().unwrap());
        refused(&intake, "is a link: hand in the file itself");
    }
}

#[test]
fn what_is_no_file_in_an_archive_is_refused() {
    for kind in [
        tar::EntryType::Fifo,
        tar::EntryType::Char,
        tar::EntryType::Block,
        tar::EntryType::GNUSparse,
    ] {
        let mut tar = tar::Builder::new(Vec::new());
        tar.append(&raw_header(b"detach/src/lib.rs", kind, 0), &b""[..])
            .unwrap();
        refused(
            &take("ann.tar", tar.into_inner().unwrap()),
            "is no ordinary file",
        );
    }
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.add_symlink("src/lib.rs", "/etc/passwd", SimpleFileOptions::default())
        .unwrap();
    refused(
        &take("ann.zip", zip.finish().unwrap().into_inner()),
        "is a link",
    );
}

#[test]
fn a_bomb_is_not_read_to_its_end() {
    let zeros = vec![0; 20 << 20];
    // One that is long itself, and one of which each layer is long.
    refused(
        &take("ann.zip", zip(&[("src/lib.rs", &zeros)])),
        "is longer than 1 MiB",
    );
    refused(&take("ann.zip", zip(&[("a.zip", &zeros)])), "is too long");
    let mut layers = zip(&[("src/lib.rs", &zeros[..4 << 20])]);
    for _ in 0..5 {
        let names: Vec<String> = (0..16).map(|i| format!("{i:x}.zip")).collect();
        let entries: Vec<(&str, &[u8])> = names.iter().map(|n| (n.as_str(), &layers[..])).collect();
        layers = zip(&entries);
    }
    refused(&take("ann.zip", layers), "too many archives");
    // A tar has to be read from its beginning, and what comes first is the bomb.
    let tar = tar(&[("zeros", &zeros), LIB]);
    refused(&take("ann.tar.gz", gz(&tar)), "unpacks to too much");
    // The same bytes that nobody packed harm nobody.
    assert_eq!(found(&take("ann.tar", tar)), ["ann detach src/lib.rs"]);
}

#[test]
fn a_name_without_end_is_not_read_into_memory() {
    let mut bytes = raw_header(b"././@LongLink", tar::EntryType::GNULongName, 4 << 20)
        .as_bytes()
        .to_vec();
    bytes.resize(bytes.len() + (4 << 20), b'a');
    bytes.extend(tar(&[LIB]));
    assert_eq!(found(&take("ann.tar", bytes)), ["ann detach src/lib.rs"]);
}

#[test]
fn too_many_entries_end_one_hand_in_and_no_other() {
    let names: Vec<String> = (0..20_001).map(|i| format!("{i}")).collect();
    let mut entries: Vec<(&str, &[u8])> = vec![LIB];
    entries.extend(names.iter().map(|n| (n.as_str(), &b""[..])));
    let collection = Collection::of(&["bo/lib.rs"]);
    collection.put("ann.zip", zip(&entries));
    collection.put("cy.tar", tar(&entries));
    for name in &names {
        collection.put(&format!("di/{name}"), "");
    }
    collection.put("di/lib.rs", ANSWER);
    let found = found(&collection.take(&["detach"]));
    assert_eq!(found.len(), 4, "{found:?}");
    assert_eq!(found[1], "bo detach src/lib.rs");
    for i in [0, 2, 3] {
        assert!(
            found[i].contains("holds more than 20000 files"),
            "{found:?}"
        );
    }
}

#[test]
fn what_cannot_be_opened_stands_for_the_answers_that_are_not_elsewhere() {
    for (name, says) in [
        ("ann.zip", "cannot be opened as a zip"),
        ("ann.tar", "cannot be read to its end"),
        ("ann.tar.gz", "cannot be read to its end"),
        ("ann.7z", "use zip or tar.gz"),
        ("ann.rar", "use zip or tar.gz"),
    ] {
        refused(&take(name, "this is no archive at all"), says);
    }
    let collection = Collection::of(&["ann/detach.rs"]);
    collection.put("ann/rest.zip", "no zip");
    let intake = collection.take(&["detach", "map"]);
    let found = found(&intake);
    assert_eq!(found[0], "ann detach src/lib.rs");
    assert_eq!(
        found[1],
        "ann map !`ann/rest.zip` cannot be opened as a zip archive: pack it again"
    );
    assert_eq!(found.len(), 2);
}

#[test]
fn a_locked_zip_is_refused() {
    // As a zip says that an entry is encrypted: a bit, in both of its headers.
    let mut bytes = zip(&[LIB]);
    let central = bytes.windows(4).position(|w| w == b"PK\x01\x02").unwrap();
    bytes[6] |= 1;
    bytes[central + 8] |= 1;
    refused(&take("ann.zip", bytes), "is locked with a password");
}

#[test]
fn a_zip_that_is_cut_off_or_damaged_is_refused() {
    let bytes = zip(&[LIB]);
    refused(
        &take("ann.zip", &bytes[..bytes.len() / 2]),
        "cannot be opened",
    );
    let mut damaged = bytes.clone();
    damaged[42] ^= 0xff;
    let intake = take("ann.zip", damaged);
    assert!(found(&intake)[0].contains('!'), "{:?}", found(&intake));
}

#[test]
fn garbage_is_never_more_than_a_problem() {
    let mut state = 7_u64;
    let mut random = move || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize
    };
    let entries: &[(&str, &[u8])] = &[LIB, ("a/b/c.rs", b"x"), ("hw.zip", &zip(&[LIB]))];
    let seeds = [zip(entries), tar(entries), gz(&tar(entries))];
    let collection = Collection::new();
    for i in 0..300 {
        let mut bytes = match i % 4 {
            3 => (0..random() % 2000).map(|_| random() as u8).collect(),
            kind => seeds[kind].clone(),
        };
        for _ in 0..random() % 20 {
            if !bytes.is_empty() {
                let at = random() % bytes.len();
                bytes[at] = random() as u8;
            }
        }
        bytes.truncate(bytes.len() - random() % (bytes.len() / 4 + 1));
        let ending = ["zip", "tar", "tar.gz", "zip", "tar", "tgz"][random() % 6];
        collection.put(&format!("s{i:03}.{ending}"), bytes);
    }
    let intake = collection.take(&["detach", "map"]);
    assert_eq!(intake.students.len(), 300);
    for submission in &intake.submissions {
        assert!(submission.refused.is_some() || submission.files.len() == 1);
    }
}
