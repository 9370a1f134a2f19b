//! The shapes a collection can have.

use crate::*;

#[track_caller]
fn check(paths: &[&str], wanted: &[&str], expect: &[&str]) {
    let intake = Collection::of(paths).take(wanted);
    assert_eq!(found(&intake), expect, "{}", said(&intake));
    for submission in &intake.submissions {
        assert!(
            submission
                .files
                .values()
                .all(|text| text == ANSWER.as_bytes())
        );
    }
}

#[test]
fn a_folder_holds_the_workbook_the_exercise_or_the_file() {
    let detach = ["ann detach src/lib.rs"];
    for place in [
        "ann/exercises/06_gil/02_detach/src/lib.rs",
        "ann/my/bindery-main/exercises/06_gil/02_detach/src/lib.rs",
        "ann/02_detach/src/lib.rs",
        "ann/detach/src/lib.rs",
        "ann/Detach/src/Lib.rs",
        "ann/detach/lib.rs",
        "ann/detach.rs",
    ] {
        check(&[place], &["detach", "map"], &detach);
    }
    for place in ["ann/src/lib.rs", "ann/lib.rs", "ann/homework/week 7/lib.rs"] {
        check(&[place], &["detach"], &detach);
        check(&[place], &["detach", "steals"], &detach);
        check(&[place], &["detach", "map"], &[]);
    }
}

#[test]
fn the_surest_place_wins_and_the_courses_own_files_are_none() {
    let detach = ["ann detach src/lib.rs"];
    let workbook = "ann/exercises/06_gil/02_detach/src/lib.rs";
    for other in [
        "ann/lib.rs",
        "ann/exercises/06_gil/02_detach/starter/src/lib.rs",
        "ann/exercises/06_gil/02_detach/src/LIB.rs",
        "ann/exercises/07_errors/01_map/src/lib.rs",
        "ann/solutions/06_gil/02_detach/src/lib.rs",
        "ann/target/proof/06_gil/02_detach/src/lib.rs",
        "ann/.bindery/kept/detach/src/lib.rs",
    ] {
        let collection = Collection::of(&[workbook]);
        collection.put(other, "not this one");
        let intake = collection.take(&["detach"]);
        assert_eq!(found(&intake), detach, "{other}");
        assert_eq!(intake.submissions[0].files["src/lib.rs"], ANSWER.as_bytes());
    }
    // The folder of another exercise is not taken for this one's.
    check(&["ann/07_errors/01_map/src/lib.rs"], &["detach"], &[]);
    check(
        &["ann/solutions/06_gil/02_detach/src/lib.rs"],
        &["detach"],
        &[],
    );
    check(&["ann/solutions/detach.rs"], &["detach"], &detach);
}

#[test]
fn an_exercise_of_several_files_is_taken_whole() {
    let collection = Collection::of(&[
        "ann/detach/src/lib.rs",
        "ann/detach/notes.c",
        "ann/detach/x.c",
    ]);
    let mut wanted = exercises(&["detach"]);
    wanted[0].manifest.editable.push("notes.c".into());
    let take = || take_in(&collection.path(), None, &wanted, &Options::default()).unwrap();
    assert_eq!(found(&take()), ["ann detach notes.c+src/lib.rs"]);
    fs::remove_file(collection.path().join("ann/detach/notes.c")).unwrap();
    assert_eq!(found(&take()), ["ann detach src/lib.rs"]);
}

#[test]
fn two_files_that_are_equally_sure_are_no_answer_unless_they_are_the_same() {
    let collection = Collection::of(&["ann/a/detach/src/lib.rs", "ann/b/detach/src/lib.rs"]);
    assert_eq!(
        found(&collection.take(&["detach"])),
        ["ann detach src/lib.rs"]
    );
    collection.put("ann/b/detach/src/lib.rs", "another");
    let intake = collection.take(&["detach"]);
    refused(
        &intake,
        "`ann/a/detach/src/lib.rs`, `ann/b/detach/src/lib.rs`",
    );
}

#[test]
fn a_file_for_each_student_says_the_exercise_or_can_be_no_other() {
    check(
        &["ann.rs", "bo.rs"],
        &["detach"],
        &["ann detach src/lib.rs", "bo detach src/lib.rs"],
    );
    check(
        &[
            "ann_detach.rs",
            "ann_02_detach.rs",
            "bo-who_frees.rs",
            "bo_map.rs",
        ],
        &["detach", "map", "who_frees"],
        &[
            "ann detach src/lib.rs",
            "bo map src/lib.rs",
            "bo who_frees src/lib.rs",
        ],
    );
    check(
        &["ann.c"],
        &["detach", "map", "steals"],
        &["ann steals module.c"],
    );
    let intake = Collection::of(&["ann.rs", "notes.txt"]).take(&["detach", "map"]);
    assert_eq!(found(&intake), [""; 0]);
    assert!(
        said(&intake).contains("ann.rs: does not say which exercise"),
        "{}",
        said(&intake)
    );
    assert!(
        said(&intake).contains("notes.txt: is not named like"),
        "{}",
        said(&intake)
    );
}

#[test]
fn names_are_mapped_by_a_pattern() {
    let check = |paths: &[&str], pattern: &str, expect: &[&str]| {
        let intake = Collection::of(paths).take_with(&["detach", "map"], None, Some(pattern));
        assert_eq!(found(&intake), expect, "{pattern} {}", said(&intake));
    };
    check(
        &["ann_77_detach.rs", "bo_78_79_map.rs"],
        "{student}_{rest}_{exercise}.rs",
        &["ann detach src/lib.rs", "bo map src/lib.rs"],
    );
    check(
        &["detach/ann.rs", "map/ann.rs"],
        "{exercise}/{student}.rs",
        &["ann detach src/lib.rs", "ann map src/lib.rs"],
    );
    check(
        &["detach-ann/src/lib.rs"],
        "{exercise}-{student}",
        &["ann detach src/lib.rs"],
    );
    check(
        &["ann-1/detach.rs", "ann-2/detach.rs"],
        "{student}-{attempt}",
        &["ann detach src/lib.rs", "ann detach src/lib.rs"],
    );
    let intake = Collection::of(&["ann.rs"]).take_with(&["detach"], None, Some("hw_{student}.rs"));
    assert!(said(&intake).contains("ann.rs: is not named as `--names` says"));
}

#[test]
fn downloads_of_canvas_and_moodle_are_known() {
    check(
        &[
            "nglee_4211_98765_lib.rs",
            "boann_late_4212_98766_solution.rs",
        ],
        &["detach"],
        &[
            "boann-4212 detach src/lib.rs",
            "nglee-4211 detach src/lib.rs",
        ],
    );
    let canvas = Collection::new();
    let packed = zip(&[("src/lib.rs", ANSWER.as_bytes())]);
    canvas.put("nglee_4211_98765_detach-1.zip", packed);
    let intake = canvas.take(&["detach", "map"]);
    assert_eq!(found(&intake), ["nglee-4211 detach src/lib.rs"]);
    check(
        &["Ann Ng_77_assignsubmission_file_/lib.rs"],
        &["detach"],
        &["ann-ng-77-0e165c77 detach src/lib.rs"],
    );
    check(
        &["Ann Ng_77_assignsubmission_file_detach.rs"],
        &["detach", "map"],
        &["ann-ng-77-0e165c77 detach src/lib.rs"],
    );
}

#[test]
fn attempts_are_in_their_order() {
    let collection = Collection::new();
    collection.put("ann/attempt-10/detach.rs", "third");
    collection.put("ann/attempt-2/detach.rs", "second");
    collection.put("ann/attempt-1/detach.rs", "first");
    collection.put("nglee_4211_98765_detach-1.rs", "second");
    collection.put("nglee_4211_98765_detach.rs", "first");
    let intake = collection.take(&["detach"]);
    let texts = intake.submissions.iter().flat_map(|s| s.files.values());
    let texts: Vec<_> = texts
        .map(|text| std::str::from_utf8(text).unwrap())
        .collect();
    assert_eq!(texts, ["first", "second", "third", "first", "second"]);
}

#[test]
fn what_is_not_there_is_said() {
    let collection = Collection::of(&["ann/notes/main.rs"]);
    fs::create_dir_all(collection.path().join("bo")).unwrap();
    let intake = collection.take(&["detach"]);
    assert_eq!(found(&intake), [""; 0]);
    assert_eq!(
        said(&intake),
        "ann: holds no file where it was asked for; there is `ann/notes/main.rs`\n\
         bo: holds nothing that was asked for\n"
    );
    assert_eq!(intake.students.len(), 2);
}

#[test]
fn receipts_say_when_and_nothing_else_does() {
    let collection = Collection::of(&[
        "ann/detach.rs",
        "bo/attempt-1/detach.rs",
        "bo/attempt-2/detach.rs",
        "cy/detach.rs",
        "cy/map.rs",
    ]);
    let times = |intake: &Intake| -> Vec<String> {
        let time = |s: &Submission| s.received.map_or("-".into(), |at| at.to_string());
        intake.submissions.iter().map(time).collect()
    };
    assert_eq!(times(&collection.take(&["detach", "map"])), ["-"; 5]);
    // A list among a student's own files is none.
    collection.put(
        "ann/receipts.csv",
        "student,received\nann,2026-01-01T00:00:00Z\n",
    );
    assert_eq!(times(&collection.take(&["detach", "map"])), ["-"; 5]);
    collection.put(
        "receipts.csv",
        "Student,Exercise,Received at\n\
         ann,detach,2026-03-02T10:00:00+01:00\nann,detach,2026-03-01T10:00:00+01:00\n\
         bo,detach,2026-03-04T10:00:00Z\nbo,detach,2026-03-03T10:00:00Z\n\
         cy,,2026-03-05T10:00:00Z\ndi,,2026-03-05T10:00:00Z\nann,map,yesterday\nann,gone,x\n",
    );
    let intake = collection.take(&["detach", "map"]);
    assert_eq!(
        times(&intake),
        [
            "2026-03-02T09:00:00Z",
            "2026-03-03T10:00:00Z",
            "2026-03-04T10:00:00Z",
            "2026-03-05T10:00:00Z",
            "2026-03-05T10:00:00Z"
        ]
    );
    assert!(
        said(&intake).contains("receipts.csv:7: `di` is nobody"),
        "{}",
        said(&intake)
    );
    assert!(
        said(&intake).contains("receipts.csv:8: `yesterday` is no time"),
        "{}",
        said(&intake)
    );
    // Three receipts for two attempts: none is guessed.
    collection.put("receipts.csv", "student,received\nbo,2026-03-04T10:00:00Z\nbo,2026-03-03T10:00:00Z\nbo,2026-03-03T11:00:00Z\n");
    let intake = collection.take(&["detach"]);
    assert_eq!(times(&intake), ["-"; 4]);
    assert!(said(&intake).contains("bo: detach: there are 2 attempts and 3 receipts"));
    // A column for the attempt settles it.
    collection.put("receipts.csv", "student,attempt,received\nbo,2,2026-03-04T10:00:00Z\nbo,1,2026-03-03T10:00:00Z\nbo,3,2026-03-05T11:00:00Z\n");
    assert_eq!(
        times(&collection.take(&["detach"]))[1..3],
        ["2026-03-03T10:00:00Z", "2026-03-04T10:00:00Z"]
    );
}

#[test]
fn what_is_no_collection_is_an_error_with_a_next_step() {
    let check = |path: &Path, says: &str| {
        let e = take_in(path, None, &exercises(&["detach"]), &Options::default()).unwrap_err();
        assert!(e.to_string().contains(says), "{e}");
        assert!(!e.hint().is_empty());
    };
    let collection = Collection::of(&["ann/lib.rs", "x.txt"]);
    collection.put("broken.zip", "no zip");
    check(&collection.path().join("nowhere"), "cannot be read");
    check(&collection.path().join("x.txt"), "neither a folder nor");
    check(
        &collection.path().join("broken.zip"),
        "cannot be opened as a zip",
    );
}

#[test]
fn the_same_collection_is_taken_in_the_same_way() {
    let collection = Collection::of(&[
        "b/detach.rs",
        "a/detach.rs",
        "a/map.rs",
        "Z.rs",
        "c/x/detach.rs",
    ]);
    let twice = [(); 2].map(|()| format!("{:?}", collection.take(&["map", "detach"])));
    assert_eq!(twice[0], twice[1]);
}
