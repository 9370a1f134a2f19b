//! `junit.xml`: for a continuous integration service, which shows it to whoever may see a run.
//!
//! So it holds what students may see and no more, and no command for a log. `<error>` is the
//! grader's own fault or time that ran out, `<skipped/>` what was not run. There are no times:
//! they would be others in the next run.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::STAMP;
use super::gradescope::said;
use super::seen::{Seen, SeenExercise, SeenStatus};
use crate::model::{Outcome, Results, Standing};
use crate::text::{for_a_log, one_line};

/// One test of a suite.
struct Case {
    exercise: String,
    name: String,
    verdict: Verdict,
}

enum Verdict {
    Passed,
    Skipped(&'static str),
    /// A message, its kind, and more to know.
    Failed(String, String, String),
    Error(String, String),
}

pub(super) fn encode(results: &Results) -> Vec<u8> {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 1);
    // Into memory, with names that are ours.
    write(&mut writer, results).expect("memory takes it");
    let mut xml = writer.into_inner();
    xml.push(b'\n');
    xml
}

fn write(writer: &mut Writer<Vec<u8>>, results: &Results) -> std::io::Result<()> {
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let suites = writer.create_element("testsuites");
    suites.write_inner_content(|writer| {
        for graded in &results.students {
            suite(writer, &Seen::of(results, graded))?;
        }
        Ok(())
    })?;
    Ok(())
}

fn suite(writer: &mut Writer<Vec<u8>>, seen: &Seen<'_>) -> std::io::Result<()> {
    let cases: Vec<Case> = seen.exercises.iter().flat_map(cases).collect();
    let count = |is: fn(&Verdict) -> bool| {
        let counted = cases.iter().filter(|case| is(&case.verdict));
        counted.count().to_string()
    };
    let suite = writer
        .create_element("testsuite")
        .with_attribute(("name", seen.id.0.as_str()))
        .with_attribute(("tests", cases.len().to_string().as_str()))
        .with_attribute((
            "failures",
            count(|v| matches!(v, Verdict::Failed(..))).as_str(),
        ))
        .with_attribute((
            "errors",
            count(|v| matches!(v, Verdict::Error(..))).as_str(),
        ))
        .with_attribute((
            "skipped",
            count(|v| matches!(v, Verdict::Skipped(_))).as_str(),
        ));
    suite.write_inner_content(|writer| {
        if seen.unsandboxed {
            let properties = writer.create_element("properties");
            properties.write_inner_content(|writer| {
                let property = writer.create_element("property");
                let property = property.with_attribute(("name", "sandbox"));
                property.with_attribute(("value", STAMP)).write_empty()?;
                Ok(())
            })?;
        }
        for case in &cases {
            case.write(writer)?;
        }
        Ok(())
    })?;
    Ok(())
}

fn cases(exercise: &SeenExercise<'_>) -> Vec<Case> {
    let case = |name: &str, verdict| Case {
        exercise: exercise.slug.to_owned(),
        name: for_a_log(&one_line(name)),
        verdict,
    };
    let skipped = match exercise.standing {
        Standing::Missing => Some("nothing was handed in"),
        Standing::Excused => Some("excused"),
        Standing::Pending => Some("not graded yet"),
        Standing::Graded => None,
    };
    let mut cases = Vec::new();
    if exercise.standing == Standing::Pending {
        let verdict = Verdict::Error("not graded yet".into(), String::new());
        cases.push(case("grading", verdict));
    }
    if let Some(stopped) = &exercise.stopped {
        let (message, said) = (stopped.sentence().to_owned(), for_a_log(stopped.said));
        let verdict = match stopped.outcome {
            Outcome::BuildTimedOut => Verdict::Error(message, said),
            _ => Verdict::Failed(message, "build".into(), said),
        };
        cases.push(case("build", verdict));
    }
    for check in &exercise.checks {
        let message = check.failure.as_ref().map_or("failed", |f| f.message);
        let message = for_a_log(&one_line(message));
        let kind = check.failure.as_ref().map_or("hidden", |f| f.kind);
        let verdict = match (skipped, check.status) {
            (Some(why), _) => Verdict::Skipped(why),
            (_, SeenStatus::Passed) => Verdict::Passed,
            (_, SeenStatus::Failed) => {
                Verdict::Failed(message, for_a_log(&one_line(kind)), for_a_log(&said(check)))
            }
            (_, SeenStatus::TimedOut) => Verdict::Error(message, for_a_log(&said(check))),
            (_, SeenStatus::NotRun) => Verdict::Skipped("not run"),
        };
        cases.push(case(check.title, verdict));
    }
    cases
}

impl Case {
    fn write(&self, writer: &mut Writer<Vec<u8>>) -> std::io::Result<()> {
        let case = writer
            .create_element("testcase")
            .with_attribute(("classname", self.exercise.as_str()))
            .with_attribute(("name", self.name.as_str()));
        let Some((element, message, kind, text)) = self.verdict.parts() else {
            case.write_empty()?;
            return Ok(());
        };
        case.write_inner_content(|writer| {
            let mut inner = writer.create_element(element);
            inner = inner.with_attribute(("message", message));
            if !kind.is_empty() {
                inner = inner.with_attribute(("type", kind));
            }
            match text.is_empty() {
                true => inner.write_empty()?,
                false => inner.write_text_content(BytesText::new(text))?,
            };
            Ok(())
        })?;
        Ok(())
    }
}

impl Verdict {
    /// The element that says it, its message, its type and its text.
    fn parts(&self) -> Option<(&'static str, &str, &str, &str)> {
        match self {
            Verdict::Passed => None,
            Verdict::Skipped(why) => Some(("skipped", why, "", "")),
            Verdict::Failed(message, kind, text) => Some(("failure", message, kind, text)),
            Verdict::Error(message, text) => Some(("error", message, "", text)),
        }
    }
}
