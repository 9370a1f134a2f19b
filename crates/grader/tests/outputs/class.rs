//! Classes for the tests of marks and outputs: exercises, students, and answers with the
//! judgement each of them gets.

#![allow(dead_code, reason = "each test program uses a part of it")]

use std::collections::BTreeMap;

use grader::marks::{Manuals, Rules, mark};
use grader::model::{
    Asked, AskedCheck, Checked, Intake, Judgement, MadeBy, Outcome, Results, Status, Student,
    StudentId, Submission,
};

/// What a student may be called and an answer may print. A NUL, an escape, marks that turn the
/// direction, and what each format takes for its own.
pub const HOSTILE: [&str; 16] = [
    "=cmd|' /C calc'!A0",
    "Robert\"); DROP TABLE students;--",
    "<script>document.title='RAN'</script>",
    "<img src=x onerror=\"document.title='RAN'\">",
    "two\nlines\r\nand a half",
    "\u{202e}gpj.exe\u{202c} עומר",
    "👩‍💻 Ångström 李",
    "]]></failure><testcase name=\"forged\"/>",
    "-rf",
    "nul\0byte\u{fffe}",
    "\u{1b}[2J\u{1b}]0;title\u{7}\u{9b}31m",
    "::set-output name=score::100",
    "###[error]x ##vso[task.complete result=Succeeded]",
    "a,b;c\td\"e\"",
    "'--><svg onload=alert(1)>&amp;&#60;",
    "+1-1@SUM(1)",
];

/// What only the instructor may see, wherever it stands in a judgement.
pub const SECRET: &str = "SECRET-OF-A-HIDDEN-CHECK";

/// An exercise worth `points`; a check for each of these, and hidden where its name says so.
pub fn asked(exercise: &str, points: f64, checks: &[(&str, u32)]) -> Asked {
    let check = |(name, points): &(&str, u32)| AskedCheck {
        name: (*name).to_owned(),
        claim: format!("{} of {exercise} holds", name.replace('_', " ")),
        points: *points,
        hidden: name.starts_with("hidden"),
        concepts: vec![],
    };
    Asked {
        exercise: exercise.to_owned(),
        title: format!("The task {exercise}"),
        max_points: points,
        concepts: vec!["gil".into()],
        checks: checks.iter().map(check).collect(),
    }
}

/// What an answer comes to whose checks ended so, in their order.
pub fn ran(asked: &Asked, statuses: &[Status]) -> Judgement {
    assert_eq!(asked.checks.len(), statuses.len());
    let checks = asked.checks.iter().zip(statuses);
    Judgement {
        checks: checks
            .map(|(check, status)| checked(check, *status))
            .collect(),
        ..ended(asked, Outcome::Ran, "")
    }
}

/// What an answer comes to none of whose checks was run.
pub fn ended(asked: &Asked, outcome: Outcome, said: &str) -> Judgement {
    Judgement {
        exercise: asked.exercise.clone(),
        key: "0123abcd".into(),
        outcome,
        compiler: said.to_owned(),
        checks: vec![],
        flags: vec![],
        made_by: MadeBy {
            bindery: "0.1.0".into(),
            checks: "feed".into(),
            seed: 7,
            tier: "namespaces".into(),
            rustc: "rustc 1.90.0".into(),
            python: "CPython 3.11.7".into(),
            machine: "linux x86_64".into(),
        },
    }
}

fn checked(check: &AskedCheck, status: Status) -> Checked {
    let failed = status != Status::Passed;
    let told = |text: &str| match check.hidden {
        true => format!("{SECRET} {text}"),
        false => text.to_owned(),
    };
    Checked {
        name: check.name.clone(),
        claim: check.claim.clone(),
        points: check.points,
        hidden: check.hidden,
        status,
        kind: if failed {
            told("wrong-value")
        } else {
            String::new()
        },
        message: if failed {
            told("another value came")
        } else {
            String::new()
        },
        expected: failed.then(|| told("41")),
        got: failed.then(|| told("42")),
        notes: vec![(told("printed"), told("some lines"))],
        counted_inside: false,
        retried: status == Status::TimedOut,
    }
}

/// A class that is being put together.
#[derive(Default)]
pub struct Class {
    pub asked: Vec<Asked>,
    pub intake: Intake,
    judgements: Vec<Judgement>,
}

impl Class {
    pub fn new(asked: Vec<Asked>) -> Class {
        Class {
            asked,
            ..Class::default()
        }
    }

    pub fn student(&mut self, id: &str, name: &str) -> &mut Class {
        let also = [
            ("email", format!("{id}@x.edu")),
            ("login", format!("login-{id}")),
            ("sis_id", format!("sis-{id}")),
            ("section", "A".to_owned()),
        ];
        let student = Student {
            name: name.to_owned(),
            also: also.map(|(key, value)| (key.to_owned(), value)).into(),
            on_roster: true,
        };
        self.intake.students.insert(StudentId(id.into()), student);
        self
    }

    pub fn also(&mut self, id: &str, key: &str, value: &str) -> &mut Class {
        let student = self.intake.students.get_mut(&StudentId(id.into()));
        let also = &mut student.expect("a student").also;
        also.insert(key.to_owned(), value.to_owned());
        self
    }

    /// Somebody hands something in, and this is what it comes to.
    pub fn hands_in(
        &mut self,
        id: &str,
        received: Option<&str>,
        judgement: Judgement,
    ) -> &mut Class {
        self.unjudged(id, &judgement.exercise.clone(), received);
        let last = self.intake.submissions.last_mut().expect("just handed in");
        let number = self.judgements.len().to_string();
        last.files = BTreeMap::from([("number".to_owned(), number.into_bytes())]);
        self.judgements.push(judgement);
        self
    }

    /// Somebody hands something in that nobody judges.
    pub fn unjudged(&mut self, id: &str, exercise: &str, received: Option<&str>) -> &mut Class {
        self.intake.submissions.push(Submission {
            student: StudentId(id.into()),
            exercise: exercise.to_owned(),
            received: received.map(|time| time.parse().expect("a time")),
            files: BTreeMap::new(),
            refused: None,
        });
        self
    }

    pub fn mark(&self, rules: &Rules, manuals: &Manuals) -> Results {
        let judged = |submission: &Submission| {
            let number = submission.files.get("number")?;
            let number: usize = std::str::from_utf8(number).ok()?.parse().ok()?;
            self.judgements.get(number)
        };
        mark(
            &self.intake,
            &judged,
            rules,
            manuals,
            &rules.asked(&self.asked),
        )
    }

    pub fn results(&self) -> Results {
        self.mark(&Rules::default(), &Manuals::default())
    }
}

/// Two exercises, and somebody of every kind there is.
pub fn usual() -> Class {
    use Status::{Error, Failed, Passed, TimedOut};
    let detach = asked(
        "detach",
        10.0,
        &[("releases", 2), ("computes", 1), ("hidden_sizes", 1)],
    );
    let steals = asked("steals", 5.0, &[("keeps", 1), ("hidden_counts", 2)]);
    let mut class = Class::new(vec![detach.clone(), steals.clone()]);
    class.student("s001", "Ng, An");
    class.hands_in("s001", None, ran(&detach, &[Passed, Passed, Passed]));
    class.hands_in("s001", None, ran(&steals, &[Passed, Passed]));
    class.student("s002", "Bo Lind");
    class.hands_in("s002", None, ran(&detach, &[Failed, Passed, Failed]));
    class.hands_in("s002", None, ran(&steals, &[TimedOut, TimedOut]));
    class.student("s003", "Cleo");
    let message = "error[E0308]: mismatched types";
    class.hands_in("s003", None, ended(&detach, Outcome::DoesNotBuild, message));
    class.hands_in("s003", None, ended(&steals, Outcome::BuildTimedOut, ""));
    class.student("s004", "Dee");
    class.hands_in("s004", None, ran(&detach, &[Passed, Failed, Error]));
    class.student("s005", "Eve");
    let said = "`src/lib.rs` is not UTF-8";
    class.hands_in("s005", None, ended(&detach, Outcome::Refused, said));
    let mut flagged = ran(&steals, &[Passed, Failed]);
    flagged
        .flags
        .push("it passed a check that nobody can pass".into());
    class.hands_in("s005", None, flagged);
    class
}

/// As many students as there are hostile texts, and each text wherever text can be.
pub fn hostile() -> Class {
    let detach = asked(
        "detach",
        10.0,
        &[("releases", 2), ("computes", 1), ("hidden_sizes", 1)],
    );
    let mut class = Class::new(vec![detach.clone()]);
    for (index, text) in HOSTILE.iter().enumerate() {
        let id = format!("h{index:02}");
        class.student(&id, text);
        for key in [
            "email",
            "login",
            "sis_id",
            "section",
            "canvas_id",
            "moodle_id",
        ] {
            class.also(&id, key, text);
        }
        let mut judgement = ran(&detach, &[Status::Failed, Status::Passed, Status::Failed]);
        for check in judgement.checks.iter_mut().filter(|check| !check.hidden) {
            check.message = (*text).to_owned();
            check.kind = (*text).to_owned();
            check.expected = Some((*text).to_owned());
            check.got = Some((*text).to_owned());
            check.notes = vec![((*text).to_owned(), (*text).to_owned())];
        }
        judgement.flags.push((*text).to_owned());
        class.hands_in(&id, None, judgement);
    }
    let broken = "h99";
    class.student(broken, "Does not build");
    let said = HOSTILE.join("\n");
    class.hands_in(broken, None, ended(&detach, Outcome::DoesNotBuild, &said));
    class
}
