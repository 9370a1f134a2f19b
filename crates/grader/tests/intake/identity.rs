//! Whose something is.

use crate::*;

#[track_caller]
fn check(roster: &str, names: &[&str], expect: &[&str]) -> Intake {
    let collection = Collection::new();
    for name in names {
        collection.put(&format!("{name}/lib.rs"), name);
    }
    let intake = collection.take_with(&["detach"], Some(roster), None);
    let of = |s: &Submission| {
        let name = String::from_utf8_lossy(&s.files["src/lib.rs"]).into_owned();
        format!("{} {name}", s.student.0)
    };
    let found: Vec<String> = intake.submissions.iter().map(of).collect();
    assert_eq!(found, expect, "{}", said(&intake));
    intake
}

const ROSTER: &str = "Student ID,Full name,E-mail,Username,Tutor\n\
    S001,\"Ng, Ann\",ann@x.edu,ang,Di\n\
    S002,Bo Berg,Bo.Berg@x.edu,bberg,Di\n\
    S003,Zoë Ek,zoe@x.edu,s001x,\n";

#[test]
fn a_student_is_known_by_id_login_address_and_name() {
    check(
        ROSTER,
        &["s001", "bberg", "zoe@x.edu"],
        &["s001 s001", "s002 bberg", "s003 zoe@x.edu"],
    );
    check(
        ROSTER,
        &["Ann Ng", "bo berg", "ZOË EK"],
        &["s001 Ann Ng", "s002 bo berg", "s003 ZOË EK"],
    );
    check(
        ROSTER,
        &["Ng, Ann", "bo.berg"],
        &["s001 Ng, Ann", "s002 bo.berg"],
    );
}

#[test]
fn the_roster_is_kept_with_all_its_columns() {
    let intake = check(ROSTER, &["ang"], &["s001 ang"]);
    let ids: Vec<&str> = intake.students.keys().map(|id| id.0.as_str()).collect();
    assert_eq!(ids, ["s001", "s002", "s003"]);
    let ann = intake.students.values().next().unwrap();
    assert_eq!(ann.name, "Ng, Ann");
    assert!(ann.on_roster);
    let also: Vec<String> = ann.also.iter().map(|(k, v)| format!("{k}={v}")).collect();
    assert_eq!(
        also,
        ["Tutor=Di", "email=ann@x.edu", "id=S001", "login=ang"]
    );
}

#[test]
fn who_is_not_on_the_roster_is_taken_in_and_pointed_out() {
    let intake = check(
        ROSTER,
        &["mallory", "s001"],
        &["mallory mallory", "s001 s001"],
    );
    let mallory = &intake.students[&intake.submissions[0].student];
    assert!(!mallory.on_roster);
    assert!(said(&intake).contains("mallory: is of nobody on the roster"));
}

#[test]
fn an_id_says_more_than_a_name_that_looks_like_it() {
    // One student's login is another one's id.
    let roster = "id,login,name\nann,x1,Bo\nbo,ann,Ann\n";
    check(roster, &["ann"], &["ann ann"]);
    let cases = "id,name\nANN,A\nann,B\n";
    check(cases, &["ANN", "ann"], &["ann ann", "ann-c63cbc59 ANN"]);
}

#[test]
fn two_students_of_one_name_are_two_and_neither_is_guessed() {
    let roster = "id,name\n1,Ann Ng\n2,Ann Ng\n";
    let intake = check(roster, &["Ann Ng", "2"], &["2 2"]);
    assert!(
        said(&intake).contains("Ann Ng: could be of several students, and is counted for none: `1` (Ann Ng), `2` (Ann Ng)"),
        "{}",
        said(&intake)
    );
    let intake = check("name\nAnn Ng\nAnn Ng\n", &[], &[]);
    assert_eq!(intake.students.len(), 2);
}

#[test]
fn a_student_who_stands_there_twice_is_one() {
    let intake = check("id,name\n1,Ann\n1,Bo\n,\n", &["1"], &["1 1"]);
    assert!(said(&intake).contains("students.csv:3: `1` stands there twice"));
    assert_eq!(intake.students.len(), 1);
}

#[test]
fn a_folder_of_the_same_student_is_pointed_out_and_not_chosen() {
    let collection = Collection::new();
    collection.put("ang/lib.rs", "one");
    collection.put("s001/lib.rs", "another");
    let intake = collection.take_with(&["detach"], Some(ROSTER), None);
    refused(&intake, "not clear which file");
    assert!(said(&intake).contains("s001: is of the same student as `ang`"));
}

#[test]
fn rosters_of_portals_are_known() {
    let canvas = "Student,ID,SIS User ID,SIS Login ID,Section,HW3 (98765)\n    Points Possible,,,,,10\n\"Ng, Ann\",4211,s001,ang,A,\n";
    let collection = Collection::of(&["ngann_4211_98765_lib.rs"]);
    let intake = collection.take_with(&["detach"], Some(canvas), None);
    assert_eq!(
        found(&intake),
        ["s001 detach src/lib.rs"],
        "{}",
        said(&intake)
    );
    let ann = intake.students.values().next().unwrap();
    let keys: Vec<&str> = ann.also.keys().map(String::as_str).collect();
    assert_eq!(keys, ["canvas_id", "login", "section", "sis_id"]);

    let moodle = "Identifier,Full name,Email address,Status,Grade\nParticipant 77,Ann Ng,ann@x.edu,Submitted,\nParticipant 78,Ann Ng,an@x.edu,Submitted,\n";
    let collection = Collection::of(&["Ann Ng_78_assignsubmission_file_/lib.rs"]);
    let intake = collection.take_with(&["detach"], Some(moodle), None);
    let student = &intake.students[&intake.submissions[0].student];
    assert_eq!(student.also["email"], "an@x.edu");
    assert_eq!(student.also["moodle_id"], "78");

    let gradescope = "First Name;Last Name;SID;Email\nAnn;Ng;s001;ann@x.edu\n";
    let intake = check(gradescope, &["Ann Ng"], &["s001 Ann Ng"]);
    assert_eq!(intake.students.values().next().unwrap().name, "Ann Ng");
}

#[test]
fn canvas_runs_a_name_together() {
    let roster = "id,name\ns1,Ann Marie Ng\ns2,Bo Berg\n";
    let collection = Collection::of(&["ngannmarie_1_9_lib.rs", "bergbo_2_9_lib.rs"]);
    let intake = collection.take_with(&["detach"], Some(roster), None);
    assert_eq!(
        found(&intake),
        ["s1 detach src/lib.rs", "s2 detach src/lib.rs"]
    );
    assert_eq!(
        intake.students.values().next().unwrap().also["canvas_id"],
        "1"
    );
}

#[test]
fn the_roster_decides_how_a_name_is_read() {
    let roster = "id\nann\nann_b\nbo_map\n";
    let names = Some("{student}_{rest}_{exercise}.rs");
    let take = |file: &str, names| {
        Collection::of(&[file]).take_with(&["detach", "map"], Some(roster), names)
    };
    let intake = take("ann_c_detach.rs", names);
    assert_eq!(found(&intake), ["ann detach src/lib.rs"]);
    let intake = take("ann_b_c_detach.rs", names);
    assert!(
        said(&intake).contains("could be of several students"),
        "{}",
        said(&intake)
    );
    let intake = take("bo_map_detach.rs", None);
    assert_eq!(found(&intake).len(), 1);
    assert!(
        !said(&intake).contains("nobody on the roster"),
        "{}",
        said(&intake)
    );
}

#[test]
fn what_stands_in_the_files_says_nothing_of_whose_they_are() {
    let collection = Collection::of(&["mallory/detach.rs"]);
    collection.put(
        "mallory/submission_metadata.yml",
        "name: Ann Ng\nid: S001\n",
    );
    collection.put("mallory/ang/notes.txt", "I am Ann");
    let intake = collection.take_with(&["detach"], Some(ROSTER), None);
    assert_eq!(found(&intake), ["mallory detach src/lib.rs"]);
}

#[test]
fn a_roster_that_says_nothing_is_an_error() {
    let check = |text: &[u8], says: &str| {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("students.csv");
        fs::write(&path, text).unwrap();
        let e = take_in(
            folder.path(),
            Some(&path),
            &exercises(&["detach"]),
            &Options::default(),
        );
        let e = e.unwrap_err();
        assert!(e.to_string().contains(says), "{e}");
        assert!(!e.hint().is_empty());
    };
    check(b"", "has no column");
    check(b"mark,comment\n1,x\n", "has no column");
    check(b"id,name\n", "has no students");
    check(b"id,name\n1,Jos\xe9\n", "no UTF-8");
    check(b"\xff\xfei\0d\0", "no UTF-8");
}
