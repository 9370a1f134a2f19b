//! A class of honest students and of others, judged by the grader's own engine.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use builder::{Running, target_folder};
use course::{Course, Exercise};
use grader::intake::{Options, take_in};
use grader::model::{Judgement, MadeBy};
use grader::{Answer, Court, Engine, Jail, Prepared, Records, Workshop};
use proof::root;
use sandbox::{Limits, Tier};

use crate::attack::Attack;
use crate::traps::{left_in, processes_of};

/// One of each kind that attacks need.
const EXERCISES: [&str; 4] = ["first_so", "detach", "steals", "signatures"];

/// Small, so that what takes too much is stopped soon.
const LIMITS: Limits = Limits {
    processes: 64,
    memory: 1 << 30,
    file_size: 32 << 20,
    cpu_seconds: 6,
    open_files: 256,
};

pub struct Class {
    workshop: Workshop,
    exercises: BTreeMap<String, Prepared>,
    running: Running,
    target: PathBuf,
}

/// What a run came to.
pub struct Judged {
    /// By the name of the attack.
    pub of_attacks: BTreeMap<String, Judgement>,
    /// Of honest students, by exercise.
    pub of_others: BTreeMap<String, Judgement>,
    /// What was left when it was over.
    pub left: Vec<String>,
}

impl Class {
    pub fn gather() -> Class {
        let root = root();
        let target = target_folder(&root, None);
        let workshop = Workshop::of(&root, &target, &target.join("bindery")).unwrap();
        let running = Running::together();
        let mut exercises = BTreeMap::new();
        for slug in EXERCISES {
            let exercise = Course::exactly(&root, slug).expect("it is there");
            let hidden = exercise
                .solution(&root)
                .unwrap()
                .unwrap()
                .dir
                .join("hidden");
            let ready = workshop.prepare(&exercise, Some(&hidden), &running, &mut |_| {});
            exercises.insert(slug.to_owned(), ready.unwrap());
        }
        Class {
            workshop,
            exercises,
            running,
            target,
        }
    }

    /// What is the grader's, the course's and the user's, where no answer has a reason to write.
    pub fn places(&self) -> Vec<PathBuf> {
        let workshop = self.target.join("grade");
        let mut places = vec![
            workshop.clone(),
            workshop.join("target/debug/deps"),
            workshop.join("fast"),
            self.target.join("bindery"),
            root(),
            std::env::temp_dir(),
        ];
        places.extend(std::env::home_dir().into_iter().flat_map(|home| {
            let cargo = home.join(".cargo");
            [cargo.join("registry"), cargo, home]
        }));
        places
    }

    /// Every file that answers are judged with, with its size and its time.
    pub fn what_is_ours(&self) -> BTreeMap<PathBuf, (u64, std::time::SystemTime)> {
        let mut found = BTreeMap::new();
        let mut folders = vec![self.target.join("grade")];
        while let Some(folder) = folders.pop() {
            for entry in folder.read_dir().into_iter().flatten().flatten() {
                let Ok(metadata) = entry.metadata() else {
                    continue;
                };
                let (path, name) = (entry.path(), entry.file_name());
                // Cargo's notes, and what others are grading in folders of their own.
                let notes = ["cases", "records", ".fingerprint", "incremental"];
                match metadata.is_dir() {
                    true if notes.iter().any(|note| name == *note) => {}
                    false if path.extension().is_some_and(|e| e == "d") => {}
                    true => folders.push(path),
                    false => {
                        let is = (metadata.len(), metadata.modified().unwrap());
                        found.insert(path, is);
                    }
                }
            }
        }
        found
    }

    /// Judges honest answers, and these among them.
    pub fn judge(&self, tier: Tier, attacks: Vec<(Attack, String)>) -> Judged {
        let attacks = attacks.into_iter().map(|(attack, text)| {
            let answer = self.answer(&attack.exercise, text.into_bytes());
            (attack.name, answer)
        });
        let attacks: Vec<(String, Answer)> = attacks.collect();
        let solutions = EXERCISES.map(|slug| (slug.to_owned(), self.solution(slug)));
        let (all, left) = self.run(tier, attacks.iter().chain(&solutions));
        let of = |handed_in: &[(String, Answer)]| -> BTreeMap<String, Judgement> {
            let judged = handed_in.iter();
            judged
                .map(|(name, answer)| (name.clone(), all[&answer.digest()].clone()))
                .collect()
        };
        Judged {
            of_attacks: of(&attacks),
            of_others: of(&solutions),
            left,
        }
    }

    pub fn judge_one(&self, tier: Tier, answer: Answer) -> Judgement {
        let digest = answer.digest();
        let (mut all, _) = self.run(tier, std::iter::once(&(String::new(), answer)));
        all.remove(&digest).expect("it was judged")
    }

    /// By the digests of the answers.
    fn run<'a>(
        &self,
        tier: Tier,
        handed_in: impl Iterator<Item = &'a (String, Answer)>,
    ) -> (BTreeMap<String, Judgement>, Vec<String>) {
        let (scratch, kept) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let court = Court {
            workshop: &self.workshop,
            jail: Jail {
                tier,
                keeper: keeper().to_owned(),
                limits: LIMITS,
            },
            scratch: scratch.path().to_owned(),
            seed: 7,
            made_by: MadeBy::default(),
            running: &self.running,
        };
        let records = Records::in_folder(kept.path());
        let engine = Engine {
            court: &court,
            exercises: &self.exercises,
            records: &records,
            workers: 2,
        };
        let work = engine.work(handed_in.map(|(_, answer)| answer.clone()));
        engine.run(&work, &|_| {}).unwrap();
        let judged = work.answers.iter().map(|(key, answer)| {
            // What came to an error is there as well, and no mark: the engine does not find it.
            let text = std::fs::read(kept.path().join(format!("{key}.json"))).unwrap();
            (answer.digest(), serde_json::from_slice(&text).unwrap())
        });
        let judged: BTreeMap<String, Judgement> = judged.collect();
        let mut left = left_in(scratch.path());
        if kept.path().read_dir().unwrap().count() != work.answers.len() {
            left.push("a record that nobody asked for".to_owned());
        }
        // Where there was no jail they live on. These are ours: they were started from here.
        for pid in processes_of(scratch.path()) {
            let pid = rustix::process::Pid::from_raw(pid as i32);
            let kill = rustix::process::Signal::KILL;
            let _ = pid.map(|pid| rustix::process::kill_process(pid, kill));
        }
        (judged, left)
    }

    /// What is taken of the folder that holds more than was asked for.
    pub fn take_in(&self, told: &dyn Fn(&str) -> String) -> Vec<Answer> {
        let collection = tempfile::tempdir().unwrap();
        let folder = root().join("tests/attacks/folder");
        copy_told(&folder, &collection.path().join("mallory"), told);
        let wanted: Vec<Exercise> = vec![self.exercises["detach"].exercise.clone()];
        let intake = take_in(collection.path(), None, &wanted, &Options::default()).unwrap();
        intake.submissions.iter().filter_map(Answer::of).collect()
    }

    fn solution(&self, slug: &str) -> Answer {
        let exercise = Course::exactly(&root(), slug).expect("it is there");
        let solution = exercise.solution(&root()).unwrap().unwrap();
        let path = &exercise.manifest.editable[0];
        self.answer(slug, std::fs::read(solution.dir.join(path)).unwrap())
    }

    fn answer(&self, slug: &str, text: Vec<u8>) -> Answer {
        let path = &self.exercises[slug].exercise.manifest.editable[0];
        let path = path.to_str().unwrap().to_owned();
        Answer {
            exercise: slug.to_owned(),
            files: BTreeMap::from([(path, text)]),
        }
    }
}

fn copy_told(from: &Path, to: &Path, told: &dyn Fn(&str) -> String) {
    std::fs::create_dir_all(to).unwrap();
    for entry in from.read_dir().unwrap().flatten() {
        let to = to.join(entry.file_name());
        match entry.file_type().unwrap().is_dir() {
            true => copy_told(&entry.path(), &to, told),
            false => {
                let text = std::fs::read_to_string(entry.path()).unwrap();
                std::fs::write(to, told(&text)).unwrap();
            }
        }
    }
}

/// The command, built as a user builds it.
pub fn keeper() -> &'static Path {
    static KEEPER: OnceLock<PathBuf> = OnceLock::new();
    KEEPER.get_or_init(|| {
        let built = Command::new("cargo")
            .current_dir(root())
            .args([
                "build",
                "--quiet",
                "--package",
                "bindery",
                "--bin",
                "bindery",
            ])
            .status();
        assert!(built.expect("cargo starts").success());
        target_folder(&root(), None).join("debug/bindery")
    })
}
