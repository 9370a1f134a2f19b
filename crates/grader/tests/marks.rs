//! Marks by the instructor's rules: points, lateness, attempts, and what is no mark at all.

#[path = "outputs/class.rs"]
mod class;

use std::path::Path;

use class::{Class, asked, ended, ran, usual};
use grader::marks::{Manuals, Rules, compare, shown, table};
use grader::model::{Asked, Mark, Outcome, Results, Standing, Status};

use Status::{Error, Failed, Passed};

fn course() -> Vec<Asked> {
    vec![
        asked(
            "detach",
            4.0,
            &[("releases", 2), ("computes", 1), ("hidden_sizes", 1)],
        ),
        asked("steals", 2.0, &[("keeps", 1), ("counts", 1)]),
    ]
}

fn rules(text: &str) -> Rules {
    match Rules::of(Path::new("class.toml"), text, &course()) {
        Ok(rules) => rules,
        Err(e) => panic!("{e}\n{}", e.hint()),
    }
}

fn manuals(text: &str) -> Manuals {
    Manuals::of(Path::new("manual.toml"), text).expect("points by hand")
}

/// One student who hands these in for `detach`, each with the time it was received.
fn one(answers: &[(&str, [Status; 3])]) -> Class {
    let course = course();
    let mut class = Class::new(course.clone());
    class.student("s001", "Ng, An");
    for (received, statuses) in answers {
        class.hands_in("s001", Some(received), ran(&course[0], statuses));
    }
    class
}

fn first(results: &Results) -> &Mark {
    &results.students[0].exercises[0]
}

fn points(class: &Class, text: &str) -> f64 {
    first(&class.mark(&rules(text), &Manuals::default())).points
}

const SOME: [Status; 3] = [Passed, Failed, Passed];
const ALL: [Status; 3] = [Passed, Passed, Passed];
const NONE: [Status; 3] = [Failed, Failed, Failed];

#[test]
fn a_check_earns_its_share_of_what_the_exercise_is_worth_here() {
    let class = one(&[("2026-03-01T12:00:00Z", SOME)]);
    assert_eq!(points(&class, ""), 3.0);
    assert_eq!(
        points(&class, "[[exercise]]\nname = 'detach'\npoints = 10"),
        7.5
    );
    let third = asked("detach", 10.0, &[("a", 1), ("b", 1), ("hidden", 1)]);
    let mut class = Class::new(vec![third.clone()]);
    class
        .student("s001", "")
        .hands_in("s001", None, ran(&third, &SOME));
    assert_eq!(
        first(&class.results()).points,
        6.67,
        "rounded once, at the end"
    );
}

#[test]
fn halves_go_up_whatever_binary_makes_of_them() {
    let odd = asked("detach", 2.01, &[("a", 1), ("b", 1), ("c", 0)]);
    let mut class = Class::new(vec![odd.clone()]);
    class
        .student("s001", "")
        .hands_in("s001", None, ran(&odd, &SOME));
    assert_eq!(first(&class.results()).points, 1.01, "the half of 2.01");
}

#[test]
fn only_what_the_rules_name_counts_and_in_their_order() {
    let text = "[[exercise]]\nname = 'steals'\n[[exercise]]\nname = 'detach'";
    let asked = rules(text).asked(&course());
    let slugs: Vec<_> = asked.iter().map(|asked| asked.exercise.as_str()).collect();
    assert_eq!(slugs, ["steals", "detach"]);
    let one = rules("[[exercise]]\nname = 'steals'").asked(&course());
    assert_eq!(one.len(), 1);
}

#[test]
fn the_graders_own_fault_is_never_a_mark() {
    let course = course();
    let faults = [
        ran(&course[0], &[Passed, Passed, Error]),
        ended(&course[0], Outcome::Error, "no more memory"),
    ];
    for fault in faults {
        let mut class = Class::new(course.clone());
        class.student("s001", "").hands_in("s001", None, fault);
        let results = class.results();
        assert_eq!(first(&results).standing, Standing::Pending);
        assert_eq!(shown(first(&results)), "pending");
    }
    let mut class = Class::new(course);
    class.student("s001", "").unjudged("s001", "detach", None);
    assert_eq!(
        first(&class.results()).standing,
        Standing::Pending,
        "not judged yet"
    );
}

#[test]
fn a_check_of_which_nobody_has_heard_makes_no_mark() {
    let mut class = usual();
    let more = asked(
        "detach",
        10.0,
        &[("releases", 2), ("computes", 1), ("new", 1)],
    );
    class.asked[0] = more;
    assert_eq!(first(&class.results()).standing, Standing::Pending);
}

#[test]
fn what_does_not_build_or_cannot_be_taken_earns_nothing() {
    let results = usual().results();
    for id in ["s003", "s005"] {
        let graded = results.students.iter().find(|g| g.id.0 == id).expect(id);
        let mark = &graded.exercises[0];
        assert_eq!(
            (mark.standing, mark.points),
            (Standing::Graded, 0.0),
            "{id}"
        );
    }
}

#[test]
fn what_was_refused_is_judged_by_nobody_and_earns_nothing() {
    let mut class = Class::new(course());
    class.student("s001", "").unjudged("s001", "detach", None);
    class.intake.submissions[0].refused = Some("`src/lib.rs` is not UTF-8".into());
    let results = class.results();
    let mark = first(&results);
    assert_eq!((mark.standing, mark.points), (Standing::Graded, 0.0));
    let judgement = mark.judgement.as_ref().expect("what came of it");
    assert_eq!(judgement.outcome, Outcome::Refused);
    assert_eq!(judgement.compiler, "`src/lib.rs` is not UTF-8");
}

#[test]
fn who_hands_in_nothing_is_missing_and_not_pending() {
    let mut class = Class::new(course());
    class.student("s001", "");
    let results = class.results();
    assert_eq!(first(&results).standing, Standing::Missing);
    assert_eq!(
        (results.students[0].points, results.students[0].max_points),
        (0.0, 6.0)
    );
}

const LATE: &str = "
due = 2026-03-02T23:59:00+01:00
[late]
grace_minutes = 10
percent_per_day = 20
at_most_percent = 50
closed_after_days = 7
";

#[test]
fn lateness_counts_from_the_receipt_beyond_the_grace() {
    for (received, minutes, expected) in [
        ("2026-03-02T22:59:00Z", 0, 3.0),
        ("2026-03-02T23:09:00Z", 0, 3.0),
        ("2026-03-02T23:09:01Z", 1, 2.4),
        ("2026-03-04T00:00:00Z", 1491, 1.8),
        ("2026-03-09T12:00:00Z", 9411, 1.5),
        ("2026-03-20T12:00:00Z", 25251, 0.0),
    ] {
        let class = one(&[(received, SOME)]);
        let results = class.mark(&rules(LATE), &Manuals::default());
        let mark = first(&results);
        assert_eq!(
            (mark.late_minutes, mark.points),
            (minutes, expected),
            "{received}"
        );
    }
}

#[test]
fn an_exercise_may_be_due_at_a_time_of_its_own_and_somebody_may_have_longer() {
    let class = one(&[("2026-03-04T12:00:00Z", SOME)]);
    let own = "[[exercise]]\nname = 'detach'\ndue = 2026-03-05T00:00:00Z";
    assert_eq!(points(&class, &format!("{LATE}{own}")), 3.0);
    let longer = "[[extra_time]]\nstudent = 's001'\nhours = 48";
    assert_eq!(points(&class, &format!("{LATE}{longer}")), 3.0);
    let elsewhere = format!("{LATE}{longer}\nexercise = 'steals'");
    assert_eq!(points(&class, &elsewhere), 1.8);
    let others = "[[extra_time]]\nstudent = 's002'\nhours = 48";
    assert_eq!(points(&class, &format!("{LATE}{others}")), 1.8);
}

#[test]
fn without_a_receipt_nothing_is_late_and_somebody_is_told() {
    let course = course();
    let mut class = Class::new(course.clone());
    class
        .student("s001", "")
        .hands_in("s001", None, ran(&course[0], &SOME));
    let results = class.mark(&rules(LATE), &Manuals::default());
    assert_eq!(first(&results).points, 3.0);
    assert_eq!(results.problems.len(), 1, "{:?}", results.problems);
    assert!(results.problems[0].what.contains("count as in time"));
}

#[test]
fn the_last_attempt_counts_or_the_best_after_lateness() {
    let class = one(&[
        ("2026-03-01T12:00:00Z", SOME),
        ("2026-03-02T12:00:00Z", NONE),
        ("2026-03-04T12:00:00Z", ALL),
    ]);
    let of = |text: &str| {
        let results = class.mark(&rules(text), &Manuals::default());
        let mark = first(&results);
        (mark.attempt, mark.attempts, mark.points)
    };
    assert_eq!(of(""), (3, 3, 4.0));
    assert_eq!(of("attempts = 'best'"), (3, 3, 4.0));
    // All of it late is worth less than some of it in time.
    assert_eq!(of(&format!("attempts = 'best'\n{LATE}")), (1, 3, 3.0));
    assert_eq!(of(LATE), (3, 3, 2.4));
}

#[test]
fn nobody_knows_the_best_attempt_while_one_is_not_judged() {
    let mut class = one(&[("2026-03-01T12:00:00Z", SOME)]);
    class.unjudged("s001", "detach", Some("2026-03-02T12:00:00Z"));
    let best = rules("attempts = 'best'");
    let standing = |class: &Class| first(&class.mark(&best, &Manuals::default())).standing;
    assert_eq!(standing(&class), Standing::Pending);
    let mut full = one(&[("2026-03-01T12:00:00Z", ALL)]);
    full.unjudged("s001", "detach", Some("2026-03-02T12:00:00Z"));
    assert_eq!(
        standing(&full),
        Standing::Graded,
        "there is no more to have"
    );
}

#[test]
fn what_is_excused_counts_neither_for_nor_against() {
    let class = one(&[("2026-03-01T12:00:00Z", NONE)]);
    let one = "[[excused]]\nstudent = 's001'\nexercise = 'detach'";
    let results = class.mark(&rules(one), &Manuals::default());
    assert_eq!(first(&results).standing, Standing::Excused);
    assert_eq!(results.students[0].max_points, 2.0);
    let all = class.mark(&rules("[[excused]]\nstudent = 's001'"), &Manuals::default());
    assert_eq!(all.students[0].max_points, 0.0);
}

#[test]
fn points_by_hand_are_added_after_lateness_or_stand_instead() {
    let class = one(&[("2026-03-02T23:09:01Z", SOME)]);
    let with = |text: &str| first(&class.mark(&rules(LATE), &manuals(text))).points;
    assert_eq!(with("[s001.detach]\nadd = 1"), 3.4);
    assert_eq!(with("[s001.detach]\nadd = -10"), 0.0, "never below nothing");
    assert_eq!(with("[s001.detach]\nset = 2.5"), 2.5);
    assert_eq!(with("[s001.detach]\ncomment = 'well put'"), 2.4);
}

#[test]
fn a_mark_by_hand_is_a_mark_where_the_grader_has_none() {
    let mut class = Class::new(course());
    class.student("s001", "").unjudged("s001", "detach", None);
    let set = class.mark(&Rules::default(), &manuals("[s001.detach]\nset = 3"));
    assert_eq!(
        (first(&set).standing, first(&set).points),
        (Standing::Graded, 3.0)
    );
    let add = class.mark(&Rules::default(), &manuals("[s001.detach]\nadd = 3"));
    assert_eq!(
        first(&add).standing,
        Standing::Pending,
        "nobody knows to what it is added"
    );
}

#[test]
fn a_rule_for_nobody_is_pointed_out() {
    let class = one(&[]);
    let text = "[[excused]]\nstudent = 's999'\n[[extra_time]]\nstudent = 's998'\nhours = 1";
    let by_hand = manuals("\n[s997.detach]\nadd = 1\n[s001.spelt_wrong]\nadd = 1");
    let problems = class.mark(&rules(text), &by_hand).problems;
    let said: Vec<String> = problems
        .iter()
        .map(|problem| format!("{}: {}", problem.place, problem.what))
        .collect();
    assert_eq!(
        said,
        [
            "the rules, line 2: `s999` is nobody in this class",
            "the rules, line 4: `s998` is nobody in this class",
            "manual.toml:4: `spelt_wrong` is no exercise of this class",
            "manual.toml:2: `s997` is nobody in this class",
        ]
    );
}

#[test]
fn an_error_in_the_rules_names_the_line_and_the_next_step() {
    let check = |text: &str, message: &str, hint: &str| {
        let error = Rules::of(Path::new("class.toml"), text, &course()).expect_err(text);
        assert_eq!(error.to_string(), message);
        assert!(error.hint().contains(hint), "{}", error.hint());
    };
    check(
        "\n[[exercise]]\nname = 'detatch'",
        "`class.toml:3:8`: `name` is `detatch`, which is not an exercise of the course, as `detach` is",
        "`detach`",
    );
    check(
        "due = 2026-03-02T23:59:00",
        "`class.toml:1:7`: `due` is `2026-03-02T23:59:00`, which is not a time with its distance \
         from UTC, as `2026-03-02T23:59:00+01:00`",
        "set `due` to a time with its distance",
    );
    check(
        "[late]\npercent_per_day = 120",
        "`class.toml:2:19`: `percent_per_day` is 120, which is not a number from 0 to 100",
        "set `percent_per_day` to a number from 0 to 100",
    );
    check(
        "atempts = 'best'",
        "`class.toml:1:1`: unknown key `atempts`",
        "`attempts`",
    );
    check(
        "[[exercise]]\nname = 'detach'\npoints = nan",
        "`class.toml:3:10`: `points` is NaN, which is not a number from 0 to 100000",
        "points",
    );
    check(
        "[[exercise]]\nname = 'detach'\n[[exercise]]\nname = 'detach'",
        "`class.toml:4:8`: `exercise` has `detach` twice",
        "delete one of the two",
    );
}

#[test]
fn the_example_in_the_documentation_is_right() {
    let source = include_str!("../src/marks/rules.rs");
    let lines = source.lines().filter_map(|line| line.strip_prefix("//!"));
    let fenced = lines
        .skip_while(|line| *line != " ```toml")
        .skip(1)
        .take_while(|line| *line != " ```");
    let example: Vec<&str> = fenced.collect();
    let rules = rules(&example.join("\n"));
    assert_eq!(rules.exercises.len(), 1);
    assert_eq!(rules.exercises[0].canvas.as_deref(), Some("HW3 (98765)"));
    assert_eq!(rules.moodle.grade, "Bewertung");
    assert_eq!((rules.excused.len(), rules.extra_time.len()), (1, 1));
}

#[test]
fn what_was_typed_by_hand_is_never_overwritten() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("out");
    assert_eq!(Manuals::open(&out).expect("made"), Manuals::default());
    let path = out.join("manual.toml");
    let written = std::fs::read_to_string(&path).expect("written");
    assert!(written.starts_with("# Points and comments by hand."));
    let uncommented: String = written
        .lines()
        .filter(|line| line.starts_with("# [s") || line.contains(" = "))
        .map(|line| format!("{}\n", &line[2..]))
        .collect();
    assert_ne!(
        manuals(&uncommented),
        Manuals::default(),
        "the example is right"
    );
    let typed = format!("{written}[s001.detach]\nset = 1\n");
    std::fs::write(&path, &typed).expect("typed");
    let read = Manuals::open(&out).expect("read");
    assert_eq!(read, manuals(&typed));
    assert_eq!(std::fs::read_to_string(&path).expect("there"), typed);
}

#[test]
fn an_error_in_what_was_typed_names_the_line() {
    let error = Manuals::of(Path::new("manual.toml"), "[s001.detach]\nad = 1").expect_err("a slip");
    assert_eq!(error.to_string(), "`manual.toml:2:1`: unknown key `ad`");
    let error = Manuals::of(Path::new("manual.toml"), "[s001.detach]\nadd = inf").expect_err("inf");
    assert!(
        error
            .to_string()
            .starts_with("`manual.toml:2:7`: `add` is inf"),
        "{error}"
    );
}

#[test]
fn a_regrade_shows_each_mark_that_changed_and_the_checks_that_did_it() {
    let before = one(&[("2026-03-01T12:00:00Z", SOME)]).results();
    let after = one(&[("2026-03-01T12:00:00Z", [Failed, Failed, Passed])]).results();
    let changes = compare(&before, &after);
    assert_eq!(changes.len(), 1);
    assert_eq!((changes[0].by, changes[0].checks.len()), (-2.0, 1));
    assert_eq!(
        table(&changes),
        "1 mark has changed: 0 up, 1 down\n\n  s001 Ng, An detach 3.00 -> 1.00 -2.00\n      \
         releases: passed -> failed\n"
    );
    assert_eq!(table(&compare(&before, &before)), "No mark has changed.\n");
}

#[test]
fn who_came_and_who_went_is_in_the_table_of_a_regrade() {
    let before = one(&[("2026-03-01T12:00:00Z", SOME)]).results();
    let mut class = Class::new(course());
    class.student("s002", "Bo");
    let after = class.results();
    let said: Vec<String> = compare(&before, &after)
        .iter()
        .map(|c| format!("{} {} {}>{}", c.student.0, c.exercise, c.before, c.after))
        .collect();
    assert_eq!(
        said,
        [
            "s001 detach 3.00>-",
            "s001 steals missing>-",
            "s002 detach ->missing",
            "s002 steals ->missing"
        ]
    );
}

#[test]
fn the_same_class_gets_the_same_marks() {
    assert_eq!(usual().results(), usual().results());
}
