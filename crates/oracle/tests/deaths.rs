//! However a subject ends, there is a verdict with a name, and nothing is left.

mod common;

use common::subject;
use oracle::{Failure, Kind, args};

/// Runs `body` as a function in a subject and gives the failure it must end in.
fn dies(body: &str) -> Failure {
    let mut py = subject();
    py.run(&format!(
        "import os, sys, ctypes, threading, time\n\ndef culprit():\n    {body}\n"
    ))
    .unwrap();
    let pid = py.id();
    let failure = py
        .call("culprit", &[])
        .map(|a| format!("{a:?}"))
        .unwrap_err();
    drop(py);
    assert!(
        !std::path::Path::new(&format!("/proc/{pid}")).exists(),
        "the subject is still there"
    );
    failure
}

fn note<'a>(failure: &'a Failure, title: &str) -> &'a str {
    failure
        .notes
        .iter()
        .find(|(t, _)| t == title)
        .map_or("", |(_, text)| text)
}

#[test]
fn a_read_through_null_is_a_crash_with_both_stacks() {
    let failure = dies("ctypes.string_at(0)");
    assert_eq!(failure.kind, Kind::Crash);
    assert!(failure.message.contains("segmentation fault"), "{failure}");
    assert!(
        note(&failure, "Python stack").contains("in culprit"),
        "{failure}"
    );
    if cfg!(target_os = "linux") {
        assert!(!note(&failure, "native stack").is_empty(), "{failure}");
    }
}

#[test]
fn abort_is_a_crash_by_another_name() {
    let failure = dies("os.abort()");
    assert_eq!(failure.kind, Kind::Crash);
    assert!(failure.message.contains("abort (signal 6)"), "{failure}");
}

#[test]
fn running_out_of_stack_still_gives_both_stacks() {
    let folder = tempfile::tempdir().unwrap();
    let source = folder.path().join("deep.c");
    std::fs::write(&source, "int deep(int n) { volatile char room[4096]; room[0] = (char)n; return deep(n + 1) + room[0]; }\n")
        .unwrap();
    let sources = [source];
    let build = builder::CBuild {
        name: "deep",
        sources: &sources,
        include: &[],
        forced_header: None,
        python: None,
        deny_warnings: false,
        through: &[],
    };
    let library = build.run(folder.path()).unwrap().path;
    let failure = dies(&format!("ctypes.CDLL({:?}).deep(0)", library.display()));
    assert_eq!(failure.kind, Kind::Crash, "{failure}");
    assert!(
        note(&failure, "Python stack").contains("in culprit"),
        "{failure}"
    );
    if cfg!(target_os = "linux") {
        assert!(note(&failure, "native stack").contains("deep"), "{failure}");
        let meaning = note(&failure, "what that means");
        assert!(meaning.contains("until the stack was full"), "{failure}");
    }
}

#[test]
fn leaving_with_success_is_a_failure() {
    let failure = dies("os._exit(0)");
    assert_eq!(failure.kind, Kind::Exit);
    assert!(failure.message.contains("exit code 0"), "{failure}");
}

#[test]
fn an_endless_loop_is_named() {
    let failure = dies("while True: pass");
    assert_eq!(failure.kind, Kind::Endless);
    assert!(
        note(&failure, "Python stacks").contains("culprit"),
        "{failure}"
    );
}

#[test]
fn a_lock_that_nobody_releases_is_a_standstill() {
    let failure = dies("lock = threading.Lock(); lock.acquire(); lock.acquire()");
    assert_eq!(failure.kind, Kind::Standstill);
    assert!(
        note(&failure, "Python stacks").contains("culprit"),
        "{failure}"
    );
}

#[test]
fn output_without_end_is_stopped_and_kept_short() {
    let failure = dies("while True: print('x' * 65536)");
    assert_eq!(failure.kind, Kind::Flood);
    assert!(failure.to_string().len() < 4000);
}

#[test]
fn hanging_up_on_the_judge_is_a_failure() {
    assert_eq!(dies("os.close(3); time.sleep(60)").kind, Kind::Garbled);
}

#[test]
fn a_forged_reply_to_a_later_question_is_no_reply() {
    let failure =
        dies("os.write(3, (23).to_bytes(4, 'big') + b'{\"id\":9,\"value\":[\"n\"]}'); return 1");
    assert_eq!(failure.kind, Kind::Garbled, "{failure}");
}

#[test]
fn what_it_started_ends_with_it() {
    let mut py = subject();
    py.run("import subprocess\ndef spawn(): return subprocess.Popen(['sleep', '600']).pid")
        .unwrap();
    let answer = py.call("spawn", &[]).unwrap().value().unwrap();
    let oracle::Value::Int(pid) = answer else {
        panic!("{answer}")
    };
    drop(py);
    let stat = || std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    // It was killed with the group; whoever adopted it buries it soon.
    let gone = || stat().is_empty() || stat().contains(") Z ");
    for _ in 0..200 {
        if gone() {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    panic!("process {pid} outlived its subject");
}

#[test]
fn a_slow_answer_is_waited_for() {
    let mut py = subject();
    py.run("import time\ndef slow(): time.sleep(0.5); return 7")
        .unwrap();
    py.call("slow", &[]).unwrap().returns(7).unwrap();
    py.call("pow", &args![2, 3]).unwrap().returns(8).unwrap();
}
