//! The beginning, the threads and the end of a host, seen from outside.
#![cfg(libpython)]

mod support;

use std::process::Command;

use support::{HOSTS, Run, until};

/// The lines of the tour that differ from run to run: an address in a text.
fn without_addresses(text: &str) -> String {
    let mut rest = text.split(" at 0x");
    let first = rest.next().unwrap_or_default().to_owned();
    rest.fold(first, |text, part| {
        text + part.trim_start_matches(|c: char| c.is_ascii_hexdigit())
    })
}

#[test]
fn both_hosts_say_the_same() {
    let said = HOSTS.iter().map(|host| {
        let ended = Run::new(host, &[]).end();
        assert_eq!(
            (ended.code, ended.err.as_str()),
            (Some(0), ""),
            "{host:?}: {}",
            ended.out
        );
        without_addresses(&ended.out)
    });
    let said: Vec<String> = said.collect();
    assert!(
        said[0].contains("greet\n  returned  'cyan is at 62 per cent'\n"),
        "{}",
        said[0]
    );
    assert!(
        said.iter().all(|other| *other == said[0]),
        "{}\n---\n{}",
        said[0],
        said[said.len() - 1]
    );
}

#[test]
fn python_and_its_host_print_in_the_order_in_which_they_do() {
    let script = "def f(): print('first')";
    for host in HOSTS {
        let ended = Run::script(host, script, &["f", "f"]).end();
        let pair = "first\nf\n  returned  None\n".repeat(2);
        assert!(ended.out.starts_with(&pair), "{}", ended.out);
    }
}

#[test]
fn the_host_lets_python_in_while_it_does_its_own_work() {
    let script = "
import host, threading
def ring():
    while not host.ring(): pass
def f():
    threading.Thread(target=ring).start()
    host.wait_for_ring()
    return 'rung'
";
    for host in HOSTS {
        let ended = Run::script(host, script, &["f"]).end();
        assert!(ended.out.contains("returned  'rung'"), "{}", ended.out);
    }
}

#[test]
fn a_thread_that_python_did_not_start_attaches() {
    let script = "
import host, threading
def who(): return type(threading.current_thread()).__name__, threading.get_ident()
def f():
    there, here = host.on_another_thread(who), who()
    return there[0], here[0], there[1] != here[1]
";
    for host in HOSTS {
        let ended = Run::script(host, script, &["f"]).end();
        assert!(
            ended
                .out
                .contains("returned  ('_DummyThread', '_MainThread', True)"),
            "{}",
            ended.out
        );
    }
}

#[test]
fn what_another_thread_raises_is_raised_here() {
    let script = "
import host
def fail(): raise KeyError('ink')
def f():
    try:
        host.on_another_thread(fail)
    except KeyError as error:
        return error.args
";
    for host in HOSTS {
        let ended = Run::script(host, script, &["f"]).end();
        assert!(ended.out.contains("returned  ('ink',)"), "{}", ended.out);
    }
}

#[test]
fn the_end_waits_for_threads_then_calls_atexit_then_tears_down() {
    let script = "
import atexit, host, threading
class Last:
    def __del__(self): print('gone')
last = Last()
def f():
    def outlive():
        threading.main_thread().join()
        print('thread', host.level('cyan'))
    threading.Thread(target=outlive).start()
    atexit.register(print, 'registered first')
    atexit.register(print, 'registered last')
";
    for host in HOSTS {
        let ended = Run::script(host, script, &["f"]).end();
        let end = "the end\nthread 62\nregistered last\nregistered first\ngone\n  done      nobody can attach any more\n";
        assert!(
            ended.out.ends_with(end),
            "{host:?}:\n{}{}",
            ended.out,
            ended.err
        );
        assert_eq!(ended.code, Some(0));
    }
}

#[cfg(target_os = "linux")] // `/dev/full` is a device that is always full
#[test]
fn output_that_cannot_be_flushed_is_told() {
    let script = "
import sys
def f():
    sys.stdout = open('/dev/full', 'w')
    print('lost')
";
    for host in HOSTS {
        let ended = Run::script(host, script, &["f"]).end();
        assert_eq!(ended.code, Some(120), "{}{}", ended.out, ended.err);
        assert!(
            ended.err.contains("error: Python could not flush"),
            "{}",
            ended.err
        );
    }
}

#[test]
fn ctrl_c_is_an_exception_and_the_host_ends_in_order() {
    // Whoever starts these tests in the background of a script has Ctrl-C ignored, and a child
    // inherits that; Python then leaves it ignored, so the script asks for its usual handler.
    let script = "
import atexit, signal, time
def f():
    signal.signal(signal.SIGINT, signal.default_int_handler)
    atexit.register(print, 'tidied')
    print('ready', flush=True)
    while True: time.sleep(0.01)
def g(): print('never')
";
    for host in HOSTS {
        let mut run = Run::script(host, script, &["f", "g"]);
        let child = run.start();
        until(|| run.out().contains("ready").then_some(())).expect("the script began");
        let id = rustix::process::Pid::from_child(&child);
        rustix::process::kill_process(id, rustix::process::Signal::INT).unwrap();
        let ended = run.wait(child);
        assert!(
            ended.out.contains("f\n  stopped   by Ctrl-C"),
            "{}",
            ended.out
        );
        assert!(ended.out.contains("the end\ntidied\n"), "{}", ended.out);
        assert!(!ended.out.contains("never"), "{}", ended.out);
        assert_eq!((ended.code, ended.err.as_str()), (Some(130), ""));
    }
}

#[test]
fn it_is_the_python_it_was_built_for_whatever_path_says() {
    let words = "import sys; print((sys.version, sys.prefix))";
    let python = Command::new(env!("EMBED_PYTHON_EXECUTABLE"))
        .args(["-c", words])
        .env_remove("PYTHONHOME")
        .output()
        .unwrap();
    let expect = format!("returned  {}", String::from_utf8(python.stdout).unwrap());
    let script = "import os, sys\ndef f(): return sys.version, sys.prefix\ndef g(): return os.name";
    for host in HOSTS {
        // A folder on PATH that looks like another installation of the same version.
        let mut run = Run::script(host, script, &["f", "g"]);
        let version = "import sys; print('%d.%d' % sys.version_info[:2], end='')";
        let version = Command::new(env!("EMBED_PYTHON_EXECUTABLE"))
            .args(["-c", version])
            .output();
        let version = String::from_utf8(version.unwrap().stdout).unwrap();
        let library = run.path(&format!("lib/python{version}"));
        std::fs::create_dir_all(library.join("lib-dynload")).unwrap();
        std::fs::create_dir_all(run.path("bin")).unwrap();
        std::fs::write(library.join("os.py"), "name = 'another'\n").unwrap();
        let fake = run.path("bin/python3");
        std::fs::copy("/bin/true", fake).unwrap(); // no link: the path is what counts
        let path = run.path("bin");
        run.command.env("PATH", path);
        let ended = run.end();
        assert!(
            ended.out.contains(&expect),
            "no `{expect}` in\n{}{}",
            ended.out,
            ended.err
        );
        assert!(ended.out.contains("returned  'posix'"), "{}", ended.out);
    }
}

#[test]
fn a_python_that_cannot_start_is_an_answer_and_not_the_end() {
    for host in HOSTS {
        let mut run = Run::script(host, "def f(): pass", &["f"]);
        run.command.env("PYTHONHOME", "/no/such/python");
        let ended = run.end();
        assert_eq!(ended.code, Some(2), "{}", ended.err);
        assert!(
            ended.err.contains("error: cannot start Python: "),
            "{}",
            ended.err
        );
        assert!(
            ended.err.contains("\n\nhint: unset `PYTHONHOME`"),
            "{}",
            ended.err
        );
    }
}

#[test]
fn a_wrong_number_of_words_is_told() {
    for host in HOSTS {
        for words in [&["one.py"][..], &["--help"], &["--c"]] {
            let ended = Run::new(host, words).end();
            if *words == ["--c"] && host.is_empty() {
                continue; // that is the tour
            }
            assert_eq!(ended.code, Some(2), "{words:?}: {}", ended.out);
            assert!(
                ended.err.contains("takes a script and the functions"),
                "{}",
                ended.err
            );
        }
    }
}
