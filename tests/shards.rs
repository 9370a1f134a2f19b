//! A class in shares, on machines that stop whenever they like: the marks are those of an
//! undisturbed run, byte for byte, or somebody is told what is missing.

#[path = "pupils.rs"]
mod pupils;

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use builder::target_folder;
use grader::Lock;
use proof::root;
use saphyr::{LoadableYamlNode, Yaml};

use crate::pupils::{Pupils, files, results, said, succeeds};

/// How often the grader is killed.
const KILLS: u32 = 50;

/// Forty students with twenty answers, graded once without any disturbance.
fn class() -> Option<&'static Pupils> {
    static CLASS: OnceLock<Option<Pupils>> = OnceLock::new();
    let class = CLASS.get_or_init(|| {
        let class = Pupils::hand_in(40, 20)?;
        succeeds(&mut class.grade("undisturbed"));
        Some(class)
    });
    class.as_ref()
}

fn undisturbed(class: &Pupils) -> String {
    results(&class.out("undisturbed"))
}

/// A plan in a folder of this name.
fn planned(class: &Pupils, name: &str) -> PathBuf {
    let out = class.out(name);
    let mut plan = class.bindery(&["plan".into(), class.class(), "--out".into(), out.clone()]);
    succeeds(plan.arg("--seed=5"));
    out
}

fn run(class: &Pupils, out: &Path, share: &str) -> Command {
    let mut run = class.bindery(&["run".as_ref(), out.as_os_str()]);
    run.args(["--shard", share]);
    run
}

fn merge(class: &Pupils, out: &Path) -> Command {
    class.bindery(&["merge".as_ref(), out.as_os_str()])
}

#[test]
fn shares_come_to_what_one_machine_comes_to_and_gaps_are_named() {
    let Some(class) = class() else { return };
    let out = planned(class, "in-shares");
    for share in ["1/3", "3/3"] {
        succeeds(&mut run(class, &out, share));
    }
    let output = merge(class, &out).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let gaps = said(&output);
    assert!(
        gaps.contains("14 of 40 submissions were not judged"),
        "{gaps}"
    );
    assert!(
        gaps.contains("  student0") && gaps.contains("and 4 more"),
        "{gaps}"
    );
    let judged = said(&succeeds(&mut run(class, &out, "2/3")));
    assert!(judged.contains("judged 7, known before 0"), "{judged}");
    succeeds(&mut merge(class, &out));
    assert!(results(&out) == undisturbed(class), "other marks came out");
    // Again, and nothing changes.
    let judged = said(&succeeds(&mut run(class, &out, "1/1")));
    assert!(judged.contains("judged 0, known before 20"), "{judged}");
    succeeds(&mut merge(class, &out));
    assert!(results(&out) == undisturbed(class), "other marks came out");
}

#[test]
fn folders_of_shares_are_put_together_and_a_conflict_names_both_files() {
    let Some(class) = class() else { return };
    let out = planned(class, "together");
    let records = class.out("undisturbed/records");
    let halves = [class.out("first"), class.out("second")];
    for (number, record) in files(&records).iter().enumerate() {
        let half = halves[number % 2].join("records");
        fs::create_dir_all(&half).unwrap();
        fs::copy(record, half.join(record.file_name().unwrap())).unwrap();
    }
    succeeds(merge(class, &out).arg("--from").args(&halves));
    assert!(results(&out) == undisturbed(class), "other marks came out");

    let theirs = files(&halves[0].join("records"));
    let text = |file: &PathBuf| fs::read_to_string(file).unwrap();
    let theirs = theirs.iter().find(|file| text(file).contains("\"passed\""));
    let theirs = theirs.expect("somebody has passed a check");
    fs::write(theirs, text(theirs).replace("\"passed\"", "\"failed\"")).unwrap();
    let output = merge(class, &out)
        .arg("--from")
        .args(&halves)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let conflict = said(&output);
    let ours = out.join("records").join(theirs.file_name().unwrap());
    for file in [theirs, &ours] {
        assert!(conflict.contains(&file.display().to_string()), "{conflict}");
    }
    assert!(results(&out) == undisturbed(class), "other marks came out");
}

#[test]
fn a_plan_for_other_checks_is_not_followed() {
    let Some(class) = class() else { return };
    let out = planned(class, "other-checks");
    let plan = out.join("plan.json");
    let mut made: serde_json::Value = serde_json::from_slice(&fs::read(&plan).unwrap()).unwrap();
    made["states"]["signatures"] = "of last week".into();
    fs::write(&plan, made.to_string()).unwrap();
    let output = run(class, &out, "1/2").output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let refused = said(&output);
    assert!(
        refused.contains("`signatures` with its checks"),
        "{refused}"
    );
    assert!(files(&out.join("records")).is_empty());
}

#[test]
fn a_second_grader_learns_who_has_the_folder() {
    let Some(class) = class() else { return };
    let out = planned(class, "held");
    let _held = Lock::alone(&out, "grades a class").unwrap();
    for mut second in [
        class.grade("held"),
        run(class, &out, "1/2"),
        merge(class, &out),
    ] {
        let output = second.output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        let refused = said(&output);
        let us = format!("process {} on ", std::process::id());
        assert!(refused.contains(&us), "{refused}");
    }
}

#[test]
fn any_command_that_is_started_several_times_is_an_engine() {
    let Some(class) = class() else { return };
    let with = format!(
        "'{}' grade run {{out}} --shard {{shard}}/{{shards}} --workers 1",
        class.program().display()
    );
    let mut grade = class.grade("by-command");
    grade.args(["--engine=command", "--shards=2", "--with", &with]);
    succeeds(&mut grade);
    assert!(
        results(&class.out("by-command")) == undisturbed(class),
        "other marks came out"
    );
}

#[test]
fn a_stopped_grader_says_how_to_go_on() {
    let Some(class) = class() else { return };
    let out = class.out("stopped");
    let mut grade = class.grade("stopped");
    let child = grade
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    until(|| !files(&out.join("records")).is_empty());
    let pid = rustix::process::Pid::from_child(&child);
    rustix::process::kill_process(pid, rustix::process::Signal::INT).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130), "{}", said(&output));
    assert!(said(&output).contains("run the same command again, and it goes on"));
    succeeds(&mut class.grade("stopped"));
    assert!(results(&out) == undisturbed(class), "other marks came out");
}

#[test]
fn a_grader_that_is_killed_again_and_again_comes_to_the_same_marks() {
    let Some(class) = class() else { return };
    let out = class.out("killed");
    let mut seen = BTreeMap::new();
    let mut seed = u64::from(std::process::id());
    println!("the moments are drawn from {seed}");
    for _ in 0..KILLS {
        let mut grade = class.grade("killed");
        grade
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0);
        let mut grader = grade.spawn().unwrap();
        std::thread::sleep(Duration::from_millis(drawn(&mut seed) % 2500));
        grader.kill().unwrap();
        grader.wait().unwrap();
        for file in files(&out.join("records")) {
            let text = fs::read(&file).unwrap();
            // What was judged is never judged again, nor lost.
            let first = seen.entry(file).or_insert_with(|| text.clone());
            assert!(*first == text, "a record has changed");
        }
        assert!(seen.keys().all(|file| file.is_file()));
    }
    succeeds(&mut class.grade("killed"));
    assert!(results(&out) == undisturbed(class), "other marks came out");
    let records = |out: &Path| -> Vec<Vec<u8>> {
        let files = files(&out.join("records"));
        files.iter().map(|file| fs::read(file).unwrap()).collect()
    };
    assert!(records(&out) == records(&class.out("undisturbed")));
    until(|| left_behind().is_empty());
}

#[test]
fn a_full_disk_loses_nothing() {
    let Some(class) = class() else { return };
    // Room for the plan and half of the records.
    let undisturbed_out = class.out("undisturbed");
    let in_pages = |folder: &str| -> u64 {
        let files = files(&undisturbed_out.join(folder));
        let pages = files
            .iter()
            .map(|f| f.metadata().unwrap().len().div_ceil(4096));
        pages.sum()
    };
    let pages = in_pages("answers") + in_pages("records") / 2 + 12;
    let out = class.out("full");
    fs::create_dir(&out).unwrap();
    let script = r#"set -u
mount -t tmpfs -o "size=$(($PAGES * 4096))" tmpfs "$OUT" || exit 77
"$@" 2>"$KEPT.words"; echo $? >"$KEPT.code"
cat "$OUT"/records/*.json >"$KEPT.records"
mount -o remount,size=64m "$OUT"
"$@" || exit
cp "$OUT/results.json" "$KEPT.results""#;
    let grade = class.grade("full");
    let output = Command::new("unshare")
        .args(["--map-root-user", "--mount", "sh", "-c", script, "sh"])
        .arg(grade.get_program())
        .args(grade.get_args())
        .current_dir(root())
        .env("PAGES", pages.to_string())
        .env("OUT", &out)
        .env("KEPT", class.out("kept"))
        .env_remove("CARGO")
        .output()
        .unwrap();
    if output.status.code() == Some(77) || said(&output).starts_with("unshare:") {
        assert!(
            !proof::strict(),
            "a full disk cannot be had: {}",
            said(&output)
        );
        println!("skipped: a full disk cannot be had here");
        return;
    }
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let kept = |what: &str| fs::read_to_string(class.out(&format!("kept.{what}"))).unwrap();
    let words = kept("words");
    assert_eq!(kept("code").trim(), "2", "{words}");
    assert!(words.contains("No space left on device"), "{words}");
    assert!(words.contains("run the same command again"), "{words}");
    let records = serde_json::Deserializer::from_str(&kept("records"))
        .into_iter::<serde_json::Value>()
        .inspect(|record| assert!(record.is_ok()))
        .count();
    assert!((1..20).contains(&records), "{records} records were kept");
    assert!(
        kept("results") == undisturbed(class),
        "other marks came out"
    );
}

#[test]
fn the_matrix_judges_each_share_once_and_merges_after_failures_too() {
    let text = fs::read_to_string(root().join("tests/shards/matrix.yml")).unwrap();
    let workflow = Yaml::load_from_str(&text).expect("it is YAML");
    let jobs = &workflow[0]["jobs"];
    assert_eq!(jobs["run"]["needs"].as_str(), Some("plan"));
    assert_eq!(jobs["merge"]["needs"].as_str(), Some("run"));
    assert_eq!(jobs["merge"]["if"].as_str(), Some("${{ !cancelled() }}"));
    let strategy = &jobs["run"]["strategy"];
    assert_eq!(strategy["fail-fast"].as_bool(), Some(false));
    let shards = strategy["matrix"]["shard"].as_sequence().unwrap();
    let shards: Vec<i64> = shards.iter().filter_map(Yaml::as_integer).collect();
    assert_eq!(shards, (1..=shards.len() as i64).collect::<Vec<_>>());
    let share = format!("--shard ${{{{ matrix.shard }}}}/{}", shards.len());
    assert!(text.contains(&share), "{text}");
}

/// Folders of cases whose grader is gone, and processes that belong to one.
fn left_behind() -> Vec<PathBuf> {
    let cases = target_folder(&root(), None).join("grade/cases");
    let is_held = |folder: &Path| {
        fs::File::open(folder.join("held")).is_ok_and(|held| held.try_lock().is_err())
    };
    let entries = cases.read_dir().into_iter().flatten().flatten();
    let folders = entries
        .map(|entry| entry.path())
        .filter(|path| path.is_dir());
    let mut left: Vec<PathBuf> = folders.filter(|folder| !is_held(folder)).collect();
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
    let places = processes.filter_map(|process| fs::read_link(process.path().join("cwd")).ok());
    left.extend(places.filter(|place| {
        let inside = place.strip_prefix(&cases).ok();
        let first = inside.and_then(|inside| inside.components().next());
        first.is_some_and(|first| !is_held(&cases.join(first)))
    }));
    left
}

/// Waits, for a minute at most.
fn until(is_so: impl Fn() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(
            begun.elapsed() < Duration::from_secs(60),
            "{:?}",
            left_behind()
        );
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// The next of a row of numbers that looks random (splitmix64).
fn drawn(seed: &mut u64) -> u64 {
    *seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mixed = (*seed ^ (*seed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}
