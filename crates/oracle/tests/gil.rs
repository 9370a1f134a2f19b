//! The handshake tells who holds the GIL, in both directions.
//!
//! `ctypes.CDLL` releases the GIL around a call and `ctypes.PyDLL` does not: the
//! probe's own gate, called through each, is one right and one wrong answer.

mod common;

use common::{python, subject};
use oracle::{Kind, Subject};

/// A subject with the gate under both loaders, and a few shapes around it.
fn gates() -> Subject {
    let mut py = subject();
    let probe = py.tools().probe.clone().unwrap();
    py.load_library("free", &probe).unwrap();
    py.run(&format!(
        "
        import ctypes, threading, time
        held = ctypes.PyDLL({:?})

        def released(): free.bindery_pass_gate()
        def kept(): held.bindery_pass_gate()
        def before(): time.sleep(0.05); held.bindery_pass_gate()
        def after(): held.bindery_pass_gate(); time.sleep(0.05)
        def never(): pass
        def twice(): free.bindery_pass_gate(); held.bindery_pass_gate()
        def elsewhere():
            # Another thread lets go of the GIL; the kernel's own does not.
            other = threading.Thread(target=time.sleep, args=(5,), daemon=True)
            other.start()
            held.bindery_pass_gate()
        ",
        probe.display()
    ))
    .unwrap();
    py
}

fn verdict(function: &str) -> Result<(), Kind> {
    gates()
        .call_gated(function, &[])
        .unwrap()
        .released()
        .map(drop)
        .map_err(|failure| failure.kind)
}

#[test]
fn releasing_during_the_work_passes() {
    assert_eq!(verdict("released"), Ok(()));
}

#[test]
fn a_call_that_never_enters_the_kernel_is_told_so() {
    assert_eq!(verdict("never"), Err(Kind::NotEntered));
}

#[test]
fn never_releasing_is_refused() {
    if !python().is_free_threaded() {
        assert_eq!(verdict("kept"), Err(Kind::GilHeld));
    }
}

#[test]
fn releasing_before_or_after_or_elsewhere_is_refused() {
    if !python().is_free_threaded() {
        for function in ["before", "after", "elsewhere", "twice"] {
            assert_eq!(verdict(function), Err(Kind::GilHeld), "{function}");
        }
    }
}

#[test]
fn holding_can_be_asked_for_as_well() {
    if !python().is_free_threaded() {
        gates().call_gated("kept", &[]).unwrap().held().unwrap();
        assert!(gates().call_gated("released", &[]).unwrap().held().is_err());
    }
}

#[test]
fn one_subject_can_be_asked_again_and_again() {
    let mut py = gates();
    for _ in 0..5 {
        py.call_gated("released", &[]).unwrap().released().unwrap();
        assert!(
            py.call_gated("kept", &[]).unwrap().released().is_err() || python().is_free_threaded()
        );
    }
}

/// A right and a wrong answer, over and over, beside threads that never rest.
/// `GIL_ROUNDS` and `GIL_LOAD` make it as long and as hard as one likes.
#[test]
fn no_verdict_is_wrong_on_a_busy_machine() {
    use std::sync::atomic::{AtomicBool, Ordering};
    let number = |name: &str, default: u32| {
        std::env::var(name)
            .ok()
            .and_then(|n| n.parse().ok())
            .unwrap_or(default)
    };
    let (rounds, load) = (number("GIL_ROUNDS", 3), number("GIL_LOAD", 4));
    let over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        for _ in 0..load {
            scope.spawn(|| {
                while !over.load(Ordering::Relaxed) {
                    std::hint::spin_loop();
                }
            });
        }
        let wrong: Vec<String> = (0..rounds)
            .flat_map(|round| {
                [("released", Ok(())), ("kept", Err(Kind::GilHeld))].map(|case| (round, case))
            })
            .filter(|(_, (name, _))| *name == "released" || !python().is_free_threaded())
            .filter_map(|(round, (name, right))| {
                let said = verdict(name);
                (said != right).then(|| format!("round {round}: `{name}` was judged {said:?}"))
            })
            .collect();
        over.store(true, Ordering::Relaxed);
        assert!(
            wrong.is_empty(),
            "{} of {} verdicts are wrong: {wrong:#?}",
            wrong.len(),
            2 * rounds
        );
        println!(
            "{} verdicts beside {load} busy threads, none wrong",
            2 * rounds
        );
    });
}
