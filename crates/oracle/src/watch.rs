//! How long to wait for a subject, and what to call it when waiting is over.
//!
//! A slow machine must not fail a right answer, so no verdict rests on the
//! clock alone. A subject that computes is given processor time, not wall time.
//! One whose threads all sleep, sample after sample, is standing still. The wall
//! clock is only the last resort, for systems that do not tell.

use std::collections::HashMap;
use std::time::{Duration, Instant};

/// How much a subject may use for one request.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// Processor time before it counts as endless.
    pub computing: Duration,
    /// How long all threads may sleep before it counts as standing still.
    pub sleeping: Duration,
    /// Wall time, whatever it does.
    pub wall: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Patience {
            computing: Duration::from_secs(4),
            sleeping: Duration::from_secs(3),
            wall: Duration::from_secs(40),
        }
    }
}

/// Why waiting is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Enough {
    /// It computes without end.
    Endless,
    /// All its threads sleep.
    Standstill,
}

/// Watches one request.
pub struct Watch {
    pid: u32,
    patience: Patience,
    started: Instant,
    processor_at_start: Duration,
    /// Since when all its threads have been asleep whenever it was looked at, and what it had
    /// used by then.
    asleep_since: Option<(Instant, Duration)>,
    /// The same, of threads that were asleep or have been since the look before.
    dozing_since: Option<(Instant, Duration)>,
    /// How often each thread had gone to sleep of its own accord, at the last look.
    naps: HashMap<i64, u64>,
}

impl Watch {
    pub fn start(pid: u32, patience: Patience) -> Watch {
        let processor_at_start = sample(pid).map(|s| s.processor).unwrap_or_default();
        Watch {
            pid,
            patience,
            started: Instant::now(),
            processor_at_start,
            asleep_since: None,
            dozing_since: None,
            naps: HashMap::new(),
        }
    }

    /// Looks at the subject; called several times a second.
    pub fn look(&mut self) -> Option<Enough> {
        let now = Instant::now();
        let Some(sample) = sample(self.pid) else {
            return (now - self.started > self.patience.wall / 4).then_some(Enough::Endless);
        };
        if sample.processor.saturating_sub(self.processor_at_start) > self.patience.computing {
            return Some(Enough::Endless);
        }
        if now - self.started > self.patience.wall {
            return Some(if sample.asleep {
                Enough::Standstill
            } else {
                Enough::Endless
            });
        }
        let dozing = sample.dozing(&self.naps);
        self.naps = sample.threads.iter().map(|t| (t.id, t.naps)).collect();
        let (used, sleeping) = (sample.family, self.patience.sleeping);
        // Threads that wait for the GIL wake two hundred times a second to ask for it. On a busy
        // machine one of them always is on its way to a processor, and none is seen asleep for
        // long: those that keep going to sleep and get next to nothing done are given four
        // times as long.
        let still = rests(&mut self.asleep_since, now, used, sample.asleep) > sleeping
            || rests(&mut self.dozing_since, now, used, dozing) > sleeping * 4;
        still.then_some(Enough::Standstill)
    }
}

/// How long it has rested by now. Begins anew where it does not, or where it works more than
/// hardly.
fn rests(
    since: &mut Option<(Instant, Duration)>,
    now: Instant,
    used: Duration,
    at_rest: bool,
) -> Duration {
    match *since {
        Some((begun, before))
            if at_rest && hardly_works(now - begun, used.saturating_sub(before)) =>
        {
            now - begun
        }
        _ => {
            *since = at_rest.then_some((now, used));
            Duration::ZERO
        }
    }
}

/// Whether so little work in so much time still counts as sleeping.
fn hardly_works(wall: Duration, processor: Duration) -> bool {
    processor <= Duration::from_millis(30) + wall / 10
}

/// Whether one thread is asleep, waiting for something other than a processor.
/// `None` where the system does not tell.
pub fn thread_sleeps(pid: u32, thread: i64) -> Option<bool> {
    let tasks = format!("/proc/{pid}/task");
    let stat = std::fs::read_to_string(format!("{tasks}/{thread}/stat"));
    let stat = stat.ok().or_else(|| {
        let tasks = std::fs::read_dir(&tasks).into_iter().flatten().flatten();
        let mut places = tasks.map(|task| task.path());
        let place = places.find(|place| calls_itself(place, thread))?;
        std::fs::read_to_string(place.join("stat")).ok()
    })?;
    Some(state(&stat)? == 'S')
}

/// Whether this thread has that number in a PID namespace of its own.
fn calls_itself(place: &std::path::Path, thread: i64) -> bool {
    let status = std::fs::read_to_string(place.join("status")).unwrap_or_default();
    let numbers = status.lines().find_map(|line| line.strip_prefix("NSpid:"));
    let own = numbers.and_then(|numbers| numbers.split_whitespace().last());
    own.is_some_and(|own| own == thread.to_string())
}

/// One thread of it, or of one of its children.
struct Thread {
    id: i64,
    asleep: bool,
    /// How often it has gone to sleep of its own accord.
    naps: u64,
}

struct Sample {
    /// Every thread of it sleeps.
    asleep: bool,
    threads: Vec<Thread>,
    /// Processor time of its own.
    processor: Duration,
    /// The same, with that of its children: one that waits for a compiler
    /// sleeps, and does not stand still.
    family: Duration,
}

impl Sample {
    /// Whether each thread sleeps, or has slept since the look that found these naps.
    fn dozing(&self, naps: &HashMap<i64, u64>) -> bool {
        let dozes = |t: &Thread| t.asleep || naps.get(&t.id).is_some_and(|before| t.naps > *before);
        self.threads.iter().all(dozes)
    }
}

/// Looks at a process, its threads and its children through `/proc`.
fn sample(pid: u32) -> Option<Sample> {
    let (processor, buried) = processor_time(pid)?;
    let mut threads = Vec::new();
    let below = look_at_threads(pid, &mut threads)?;
    Some(Sample {
        asleep: threads.iter().all(|thread| thread.asleep),
        threads,
        processor,
        family: processor + buried + below,
    })
}

/// Finds the threads of a process and of its children, and says what the children have used.
/// A child that waits for a processor is no sleeper.
fn look_at_threads(pid: u32, found: &mut Vec<Thread>) -> Option<Duration> {
    let mut used = Duration::ZERO;
    for task in std::fs::read_dir(format!("/proc/{pid}/task")).ok()? {
        let task = task.ok()?.path();
        let stat = std::fs::read_to_string(task.join("stat")).ok();
        let status = std::fs::read_to_string(task.join("status")).unwrap_or_default();
        let id = task.file_name().and_then(|id| id.to_str()?.parse().ok());
        found.push(Thread {
            id: id.unwrap_or_default(),
            // One that has ended and waits to be buried (Z) does nothing either.
            asleep: stat
                .as_deref()
                .and_then(state)
                .is_none_or(|s| s == 'S' || s == 'Z'),
            naps: naps(&status).unwrap_or_default(),
        });
        let children = std::fs::read_to_string(task.join("children")).unwrap_or_default();
        for child in children
            .split_whitespace()
            .filter_map(|pid| pid.parse().ok())
        {
            let before = found.len();
            let (Some((own, buried)), Some(below)) =
                (processor_time(child), look_at_threads(child, found))
            else {
                found.truncate(before);
                continue;
            };
            used += own + buried + below;
        }
    }
    Some(used)
}

/// How often a thread has given up its processor to wait for something.
fn naps(status: &str) -> Option<u64> {
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"));
    line?.trim().parse().ok()
}

/// What a process has used itself, and what its children had that are gone.
fn processor_time(pid: u32) -> Option<(Duration, Duration)> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    // Fields 14 to 17 are utime, stime, cutime and cstime; field 3 is the first here.
    let ticks = |at: usize| fields.get(at)?.parse::<u64>().ok();
    let time =
        |ticks| Duration::from_millis(ticks * 1000 / rustix::param::clock_ticks_per_second());
    Some((time(ticks(11)? + ticks(12)?), time(ticks(13)? + ticks(14)?)))
}

fn state(stat: &str) -> Option<char> {
    stat.rsplit_once(')')?.1.trim_start().chars().next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_state_is_read_past_a_name_with_a_bracket_in_it() {
        assert_eq!(state("12 (we) ird)) S 1 2 3"), Some('S'));
    }

    #[test]
    fn a_thread_that_was_asleep_since_the_last_look_dozes() {
        let thread = |id, asleep, naps| Thread { id, asleep, naps };
        let sample = |threads| Sample {
            asleep: false,
            threads,
            processor: Duration::ZERO,
            family: Duration::ZERO,
        };
        let before = HashMap::from([(1, 10), (2, 10)]);
        assert!(sample(vec![thread(1, false, 11), thread(2, true, 10)]).dozing(&before));
        // On its way to a processor all the time, or never seen before.
        assert!(!sample(vec![thread(1, false, 10), thread(2, true, 10)]).dozing(&before));
        assert!(!sample(vec![thread(3, false, 99)]).dozing(&before));
        assert_eq!(naps("Name:\tx\nvoluntary_ctxt_switches:\t7\n"), Some(7));
    }

    /// What is said in the end of a process that never ends by itself.
    fn verdict_on(command: &[&str], patience: Patience) -> Enough {
        let (program, args) = command.split_first().unwrap();
        let mut child = std::process::Command::new(program)
            .args(args)
            .spawn()
            .unwrap();
        let mut watch = Watch::start(child.id(), patience);
        let looks = std::iter::repeat_with(|| {
            std::thread::sleep(Duration::from_millis(20));
            watch.look()
        });
        let verdict = looks.flatten().next().unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
        verdict
    }

    #[test]
    fn a_sleeping_process_is_seen_to_stand_still() {
        let patience = Patience {
            sleeping: Duration::from_millis(200),
            ..Patience::default()
        };
        assert_eq!(verdict_on(&["sleep", "30"], patience), Enough::Standstill);
    }

    #[test]
    fn a_process_that_waits_for_a_busy_child_does_not_stand_still() {
        // `; true` keeps the shell from becoming the loop itself.
        let busy = "sh -c 'i=0; while [ $i -lt 400000 ]; do i=$((i+1)); done'; true";
        let mut child = std::process::Command::new("sh")
            .args(["-c", busy])
            .spawn()
            .unwrap();
        let patience = Patience {
            sleeping: Duration::from_millis(200),
            ..Patience::default()
        };
        let mut watch = Watch::start(child.id(), patience);
        while child.try_wait().unwrap().is_none() {
            assert_eq!(watch.look(), None);
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    #[test]
    fn a_looping_process_is_seen_to_be_endless() {
        let patience = Patience {
            computing: Duration::from_millis(200),
            ..Patience::default()
        };
        let forever = ["sh", "-c", "while :; do :; done"];
        assert_eq!(verdict_on(&forever, patience), Enough::Endless);
    }
}
