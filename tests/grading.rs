//! A class of honest students: whatever the order and the number of workers, solutions get all
//! points, starters none, and wrong answers lose the checks that they say they lose.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use builder::{Running, target_folder};
use course::{Catcher, Course, Exercise, Wrong};
use grader::model::{Judgement, MadeBy, Outcome, Status};
use grader::{Answer, Court, Engine, Jail, Prepared, Records, Workshop};
use proof::root;
use sandbox::{Limits, Tier};

/// One of each kind.
const EXERCISES: [&str; 6] = [
    "first_so",
    "detach",
    "signatures",
    "steals",
    "embed_errors",
    "api_mode",
];

/// What a student hands in, and what it must come to.
enum Hands {
    Solution,
    Starter,
    Wrong(usize),
}

struct Class {
    workshop: Workshop,
    prepared: BTreeMap<String, Prepared>,
    originals: BTreeMap<String, Exercise>,
    running: Running,
}

impl Class {
    fn of(root: &Path) -> Class {
        let target = target_folder(root, None);
        let workshop = Workshop::of(root, &target, &target.join("bindery")).unwrap();
        let running = Running::together();
        let (mut prepared, mut originals) = (BTreeMap::new(), BTreeMap::new());
        for slug in EXERCISES {
            let Some(exercise) = Course::exactly(root, slug) else {
                continue;
            };
            let solution = exercise.solution(root).unwrap().unwrap();
            let hidden = (!solution.hidden.is_empty()).then(|| solution.dir.join("hidden"));
            let ready = workshop.prepare(&exercise, hidden.as_deref(), &running, &mut |_| {});
            prepared.insert(slug.to_owned(), ready.unwrap());
            originals.insert(slug.to_owned(), exercise);
        }
        Class {
            workshop,
            prepared,
            originals,
            running,
        }
    }

    fn court(&self, tier: Tier, scratch: &Path) -> Court<'_> {
        Court {
            workshop: &self.workshop,
            jail: Jail {
                tier,
                keeper: PathBuf::from(env!("CARGO_MANIFEST_DIR")),
                limits: Limits::default(),
            },
            scratch: scratch.to_owned(),
            seed: 7,
            made_by: MadeBy::default(),
            running: &self.running,
        }
    }

    fn answer(&self, root: &Path, slug: &str, hands: &Hands, number: usize) -> Answer {
        let exercise = &self.originals[slug];
        let solution = exercise.solution(root).unwrap().unwrap();
        let mut files = BTreeMap::new();
        for path in &exercise.manifest.editable {
            let file = match hands {
                Hands::Solution => solution.dir.join(path),
                Hands::Starter => exercise.starter_dir().join(path),
                Hands::Wrong(which) => {
                    let wrong = &solution.wrong[*which];
                    match wrong.replaces == *path {
                        true => wrong.path.clone(),
                        false => solution.dir.join(path),
                    }
                }
            };
            let mut text = std::fs::read(&file).unwrap();
            let comment = match path.extension().and_then(|e| e.to_str()) {
                Some("py") => "#",
                _ => "//",
            };
            text.extend(format!("\n{comment} student {number}\n").bytes());
            files.insert(path.to_str().unwrap().to_owned(), text);
        }
        Answer {
            exercise: slug.to_owned(),
            files,
        }
    }
}

#[test]
fn marks_are_what_answers_deserve() {
    let root = root();
    let class = Class::of(&root);
    let scratch = tempfile::tempdir().unwrap();
    let court = class.court(Tier::Unsandboxed, scratch.path());
    let records = Records::in_folder(&scratch.path().join("records"));
    let engine = Engine {
        court: &court,
        exercises: &class.prepared,
        records: &records,
        workers: 2,
    };
    let mut expected: BTreeMap<String, (String, Hands)> = BTreeMap::new();
    let mut answers = Vec::new();
    for slug in class.prepared.keys() {
        let solution = class.originals[slug].solution(&root).unwrap().unwrap();
        let hands = [Hands::Solution, Hands::Starter].into_iter();
        let wrong = (0..solution.wrong.len()).map(Hands::Wrong);
        for (number, hands) in hands.chain(wrong).enumerate() {
            let answer = class.answer(&root, slug, &hands, number);
            let key = grader::key(&court, &class.prepared[slug], &answer);
            expected.insert(key, (slug.clone(), hands));
            answers.push(answer);
        }
    }
    engine.run(&engine.work(answers), &|_| {}).unwrap();
    for (key, (slug, hands)) in &expected {
        let judgement = records.find(key).expect("it was judged");
        let original = &class.originals[slug];
        let points: u32 = passed(&judgement).map(|(_, points)| points).sum();
        let solution = original.solution(&root).unwrap().unwrap();
        match hands {
            Hands::Solution => {
                let all = class.prepared[slug]
                    .checks
                    .iter()
                    .map(|(spec, _)| spec.points);
                assert_eq!(points, all.sum::<u32>(), "{slug}: {judgement:#?}");
            }
            Hands::Starter => {
                let lost = original.manifest.checks.iter();
                for check in lost.filter(|check| check.starter.is_some()) {
                    let mut kept = passed(&judgement).map(|(name, _)| name);
                    assert!(
                        kept.all(|name| name != check.name),
                        "{slug}: {}",
                        check.name
                    );
                }
            }
            Hands::Wrong(which) => {
                let wrong = &solution.wrong[*which];
                assert!(
                    is_caught(&judgement, wrong),
                    "{slug} {}: {judgement:#?}",
                    wrong.name
                );
            }
        }
    }
}

/// The checks that it passed, and what each is worth.
fn passed(judgement: &Judgement) -> impl Iterator<Item = (&str, u32)> {
    let passed = judgement
        .checks
        .iter()
        .filter(|check| check.status == Status::Passed);
    passed.map(|check| (check.name.as_str(), check.points))
}

fn is_caught(judgement: &Judgement, wrong: &Wrong) -> bool {
    wrong.catches.iter().all(|catch| match &catch.by {
        Catcher::Build => judgement.outcome == Outcome::DoesNotBuild,
        Catcher::Check(name) => judgement.checks.iter().any(|check| {
            let words = format!(
                "{}{:?}{:?}{:?}",
                check.message, check.expected, check.got, check.notes
            );
            let said = words.replace("\\n", "\n").contains(&catch.says);
            check.name == *name && check.status != Status::Passed && said
        }),
    })
}
