//! Judging: in what jail, on how many workers, and what is seen of it meanwhile.

use std::ffi::OsString;
use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use builder::Running;
use course::{Course, Exercise};
use grader::model::Judgement;
use grader::{Engine, Event, GraderError, Records, Roll, Tally, Work};
use sandbox::Tier;
use serde_json::json;

use super::plan::{Bench, Planned};
use crate::screen::{Status, here, me};
use crate::trouble::Trouble;
use crate::workshop;

#[derive(clap::Args)]
#[group(id = "judging")]
pub struct Options {
    /// So many answers at once; without it, one for each processor
    #[arg(long, value_name = "NUMBER")]
    workers: Option<usize>,
    /// Grade on a machine that has no jail for strangers' programs; the marks say so
    #[arg(long)]
    allow_unsandboxed: bool,
    /// Use this jail: namespaces, bubblewrap or landlock; without it, the best that works
    #[arg(long, value_name = "TIER", value_parser = named)]
    sandbox: Option<Tier>,
}

/// Judges a share of a plan.
pub fn run(out: &Path, (which, parts): (usize, usize), how: &Options) -> Result<ExitCode, Trouble> {
    let roll = Roll::read(out)?;
    if roll.tier != tier(how)? {
        return Err(Trouble::new(
            format!(
                "the plan wants the jail `{}`, and this machine has another",
                name_of(roll.tier)
            ),
            format!(
                "make the plan anew with `{} grade plan --sandbox TIER`",
                me()
            ),
        ));
    }
    let root = workshop::root()?;
    let exercises: Vec<Exercise> = roll
        .asked
        .iter()
        .filter_map(|asked| Course::exactly(&root, &asked.exercise))
        .collect();
    let exercises: Vec<&Exercise> = exercises.iter().collect();
    let bench = Bench::of(&exercises, None, roll.seed, roll.tier, until_interrupted()?)?;
    let work = roll.share(out, which, parts)?;
    let tally = judge_all(&bench, &work, out, how)?;
    println!("judged {}, known before {}", tally.judged, tally.known);
    Ok(ExitCode::SUCCESS)
}

/// Judges everything that a class handed in.
pub fn judge(planned: &Planned, how: &Options) -> Result<Tally, GraderError> {
    judge_all(&planned.bench, &planned.work, &planned.out, how)
}

fn judge_all(bench: &Bench, work: &Work, out: &Path, how: &Options) -> Result<Tally, GraderError> {
    let records = Records::in_folder(&out.join("records"));
    let processors = std::thread::available_parallelism().map_or(1, |n| n.get());
    let court = bench.court();
    let engine = Engine {
        court: &court,
        exercises: &bench.exercises,
        records: &records,
        workers: how.workers.unwrap_or(processors),
    };
    let known = work
        .answers
        .keys()
        .filter(|key| records.find(key).is_some())
        .count();
    let seen = Mutex::new(Seen {
        status: Status::new(),
        audit: out.join("audit.jsonl"),
        begun: Instant::now(),
        judged: 0,
        all: work.answers.len() - known,
    });
    engine.run(work, &|event| {
        let mut seen = seen
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        seen.hear(event);
    })
}

/// What is seen while it goes on.
struct Seen {
    status: Status,
    audit: PathBuf,
    begun: Instant,
    judged: usize,
    all: usize,
}

impl Seen {
    fn hear(&mut self, event: Event<'_>) {
        match event {
            Event::Judged(judgement, took) => {
                self.judged += 1;
                audit(&self.audit, judgement, took);
            }
            Event::TriedAgain(judgement) => {
                let what = &judgement.exercise;
                self.status.say(&format!(
                    "an answer to {what} ran out of time, and is tried alone"
                ));
                return;
            }
        }
        let rate = self.judged as f64 / self.begun.elapsed().as_secs_f64().max(0.001);
        let left = Duration::from_secs_f64((self.all - self.judged.min(self.all)) as f64 / rate);
        self.status.say(&format!(
            "judged {} of {}, {rate:.1} a second, {} left",
            self.judged,
            self.all,
            minutes(left)
        ));
    }
}

/// Adds a line on when and where an answer was judged, and how long that took: what differs
/// from run to run, and therefore stands nowhere else.
fn audit(file: &Path, judgement: &Judgement, took: Duration) {
    let line = json!({
        "at": jiff::Timestamp::now().to_string(),
        "key": judgement.key,
        "exercise": judgement.exercise,
        "outcome": judgement.outcome,
        "seconds": (took.as_secs_f64() * 1000.0).round() / 1000.0,
        "process": std::process::id(),
        "made_by": judgement.made_by,
    });
    let file = OpenOptions::new().create(true).append(true).open(file);
    // The marks do not need it, and where it cannot be written they cannot either.
    let _ = file.and_then(|mut file| writeln!(file, "{line}"));
}

fn minutes(time: Duration) -> String {
    match time.as_secs() {
        seconds @ 0..60 => format!("{seconds} s"),
        seconds => format!("{} min {:02} s", seconds / 60, seconds % 60),
    }
}

/// The jail that there will be. Without any, nothing is graded unless somebody asks for that.
pub fn tier(how: &Options) -> Result<Tier, Trouble> {
    let probed = sandbox::probe(&[keeper()?.into_os_string(), OsString::from("jail")]);
    let works = |wanted: Tier| {
        probed
            .iter()
            .any(|(tier, works)| *tier == wanted && works.is_ok())
    };
    if let Some(wanted) = how.sandbox {
        return match works(wanted) || (wanted == Tier::Unsandboxed && how.allow_unsandboxed) {
            true => Ok(wanted),
            false => Err(Trouble::new(
                format!(
                    "the jail `{}` does not work on this machine",
                    name_of(wanted)
                ),
                format!("run `{} doctor` to see why", me()),
            )),
        };
    }
    match sandbox::best(&probed) {
        Some(tier) => Ok(tier),
        None if how.allow_unsandboxed => Ok(Tier::Unsandboxed),
        None => {
            let why = probed.iter().filter_map(|(tier, works)| {
                let why = works.as_ref().err()?;
                Some(format!("\n  {}: {why}", name_of(*tier)))
            });
            Err(Trouble::new(
                format!(
                    "this machine has no jail for strangers' programs{}",
                    why.collect::<String>()
                ),
                "install bubblewrap, or grade only what you trust with `--allow-unsandboxed`",
            ))
        }
    }
}

/// As it is spelt.
pub fn name_of(tier: Tier) -> &'static str {
    match tier {
        Tier::Namespaces => "namespaces",
        Tier::Bubblewrap => "bubblewrap",
        Tier::Landlock => "landlock",
        Tier::Unsandboxed => "unsandboxed",
    }
}

fn named(text: &str) -> Result<Tier, String> {
    let tiers = [
        Tier::Namespaces,
        Tier::Bubblewrap,
        Tier::Landlock,
        Tier::Unsandboxed,
    ];
    let found = tiers.into_iter().find(|tier| name_of(*tier) == text);
    found.ok_or_else(|| "there are namespaces, bubblewrap, landlock and unsandboxed".to_owned())
}

/// A share such as 2/5.
pub fn share(text: &str) -> Result<(usize, usize), String> {
    let parts = text.split_once('/');
    let parts = parts.and_then(|(i, n)| Some((i.parse().ok()?, n.parse().ok()?)));
    parts
        .filter(|&(i, n): &(usize, usize)| 1 <= i && i <= n)
        .ok_or_else(|| "a share is written as 2/5: the second of five".to_owned())
}

/// The seed of a class: given, or drawn once and kept beside the results, so that no student
/// knows it in advance and the same answer gets the same mark.
pub fn seed(out: &Path, given: Option<u64>) -> Result<u64, Trouble> {
    let file = out.join("seed");
    let kept = std::fs::read_to_string(&file).ok();
    let kept = kept.and_then(|text| text.trim().parse().ok());
    let seed = given.or(kept).unwrap_or_else(drawn);
    let keep = std::fs::create_dir_all(out).and_then(|()| std::fs::write(&file, seed.to_string()));
    keep.map_err(|e| {
        Trouble::new(
            format!("`{}` cannot be written: {e}", here(&file)),
            "name another folder with `--out`",
        )
    })?;
    Ok(seed)
}

fn drawn() -> u64 {
    use std::hash::{BuildHasher, Hasher};
    std::hash::RandomState::new().build_hasher().finish()
}

/// This very program: its subcommand `jail` is what strangers' programs are started through.
pub fn keeper() -> Result<PathBuf, Trouble> {
    let me = std::env::current_exe().and_then(|path| path.canonicalize());
    me.map_err(|e| Trouble::new(format!("this program is not found: {e}"), "start it again"))
}

/// What is running; Ctrl-C ends it, and what was judged by then is kept.
pub fn until_interrupted() -> Result<Arc<Running>, Trouble> {
    let running = Arc::new(Running::apart());
    #[cfg(unix)]
    {
        use signal_hook::consts::{SIGINT, SIGTERM};
        let ended = running.clone();
        let mut signals = signal_hook::iterator::Signals::new([SIGINT, SIGTERM])
            .map_err(|e| Trouble::new(format!("Ctrl-C cannot be heard: {e}"), "try again"))?;
        std::thread::spawn(move || {
            if signals.forever().next().is_some() {
                ended.end();
            }
        });
    }
    Ok(running)
}
