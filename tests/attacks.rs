//! What strangers may try against the grader (`tests/attacks/submissions`), tried in every jail
//! that this machine has: nobody earns what they do not deserve, learns what is hidden, changes
//! another's mark or leaves anything behind.
//!
//! Where there is no jail, what a jail keeps from succeeding must succeed: that shows that it was
//! tried. `book/src/attacks.txt` says which row of the list of threats is tried by what.

#![cfg(target_os = "linux")]

#[path = "attacks/attack.rs"]
mod attack;
#[path = "attacks/class.rs"]
mod class;
#[path = "attacks/table.rs"]
mod table;
#[path = "attacks/traps.rs"]
mod traps;

use std::process::ExitCode;
use std::sync::LazyLock;

use attack::{Attack, Blocker, points};
use class::{Class, keeper};
use libtest_mimic::{Arguments, Failed, Trial};
use sandbox::Tier;
use traps::Traps;

/// Built once, by the first that needs it.
static CLASS: LazyLock<Class> = LazyLock::new(Class::gather);

fn main() -> ExitCode {
    traps::put_into_the_environment();
    let mut arguments = Arguments::from_args();
    // They share a class, and look for what is left on the whole machine.
    arguments.test_threads = Some(1);
    let mut trials = vec![
        Trial::test("the_table_says_what_is_tried", || {
            table::is_as_it_should_be().map_err(Failed::from)
        }),
        Trial::test("more_than_was_asked_is_not_taken", more_than_was_asked),
        Trial::test("what_a_jail_blocks_succeeds_without", without_a_jail),
    ];
    for (tier, name) in [
        (Tier::Namespaces, "namespaces"),
        (Tier::Bubblewrap, "bubblewrap"),
        (Tier::Landlock, "landlock"),
    ] {
        let test = format!("{name}::no_attack_succeeds");
        trials.push(Trial::test(test, move || in_a_jail(tier, name)));
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn in_a_jail(tier: Tier, name: &str) -> Result<(), Failed> {
    let jail = [keeper().as_os_str().to_owned(), "jail".into()];
    let probed = sandbox::probe(&jail);
    let found = probed.iter().find(|(probed, _)| *probed == tier);
    if let Some((_, Err(why))) = found {
        println!("skipped: there is no such jail here: {why}");
        return Ok(());
    }
    let workshop_before = CLASS.what_is_ours();
    let alone = CLASS.judge(tier, Vec::new());
    let traps = Traps::set(&CLASS.places());
    let attacks = Attack::all();
    let together = CLASS.judge(tier, traps::told(&traps, attacks.iter()));
    let mut faults = together.left.clone();
    for attack in &attacks {
        let judgement = &together.of_attacks[&attack.name];
        let mut wrong = attack.wrong_with(judgement);
        let sprung = traps.sprung_by(&attack.name, judgement);
        match attack.weaker_in.as_deref() == Some(name) {
            true => println!("{} succeeds in {name}: {sprung:?}", attack.name),
            false => wrong.extend(sprung),
        }
        faults.extend(wrong.iter().map(|what| format!("{}: {what}", attack.name)));
    }
    for (exercise, judgement) in &together.of_others {
        if alone.of_others.get(exercise) != Some(judgement) {
            faults.push(format!("another's mark for {exercise}: {judgement:#?}"));
        }
    }
    let ours = CLASS.what_is_ours();
    let changed = ours
        .iter()
        .filter(|(path, is)| workshop_before.get(*path) != Some(is));
    faults.extend(changed.map(|(path, _)| format!("`{}` was changed", path.display())));
    if ours.len() < workshop_before.len() {
        faults.push("something of the workshop's is gone".to_owned());
    }
    traps.clean();
    none(&faults)
}

fn without_a_jail() -> Result<(), Failed> {
    let traps = Traps::set(&CLASS.places());
    let attacks = Attack::all();
    let harmless = attacks.iter().filter(|a| a.blocker != Blocker::Limits);
    let judged = CLASS.judge(Tier::Unsandboxed, traps::told(&traps, harmless.clone()));
    let mut faults = Vec::new();
    for attack in harmless {
        let judgement = &judged.of_attacks[&attack.name];
        let mut succeeded = traps.sprung_by(&attack.name, judgement);
        if attack.rows.iter().any(|row| row == "35") && !judged.left.is_empty() {
            succeeded.push("left a process".to_owned());
        }
        match attack.blocker {
            Blocker::Jail if succeeded.is_empty() => {
                faults.push(format!("{} was not tried: {judgement:#?}", attack.name));
            }
            Blocker::Judge if points(judgement) > 0 || !succeeded.is_empty() => {
                let wrong = attack.wrong_with(judgement).into_iter().chain(succeeded);
                faults.extend(wrong.map(|what| format!("{}: {what}", attack.name)));
            }
            _ => {}
        }
    }
    traps.clean();
    none(&faults)
}

/// A folder with a manifest, a build script, checks and settings of its own: what is taken from it
/// is the answer.
fn more_than_was_asked() -> Result<(), Failed> {
    let traps = Traps::set(&CLASS.places());
    let name = "more_than_was_asked";
    let answers = CLASS.take_in(&|text| traps.told(name, text));
    let answer = match answers.as_slice() {
        [answer] => answer.clone(),
        answers => return Err(format!("taken in: {answers:?}").into()),
    };
    let paths: Vec<&String> = answer.files.keys().collect();
    let judgement = CLASS.judge_one(Tier::Unsandboxed, answer.clone());
    let mut faults = traps.sprung_by(name, &judgement);
    if paths != ["src/lib.rs"] {
        faults.push(format!("taken: {paths:?}"));
    }
    if points(&judgement) > 2 || judgement.checks.len() < 3 {
        faults.push(format!("{judgement:#?}"));
    }
    none(&faults)
}

fn none(faults: &[String]) -> Result<(), Failed> {
    match faults.is_empty() {
        true => Ok(()),
        false => Err(faults.join("\n").into()),
    }
}
