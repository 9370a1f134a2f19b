//! What a jailed program may try, in each tier that this machine has: it is kept from it, it can
//! still do what stands beside it, and nothing of it is left.

#![cfg(target_os = "linux")]

mod cell;

use std::ffi::OsString;
use std::fs;
use std::net::{TcpListener, UdpSocket};
use std::os::linux::net::SocketAddrExt;
use std::os::unix::net::{SocketAddr, UnixListener};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use cell::{Cell, end_of, is_kept_from, succeeds_outside, tiers};
use sandbox::{Tier, probe};

#[test]
fn it_reads_what_is_readable_and_nothing_else() {
    for tier in tiers() {
        let cell = Cell::of(*tier);
        assert!(cell.succeeds(&["read", &cell.at("open/known")]), "{tier:?}");
        for path in [&cell.at("secret"), "/etc/passwd"] {
            assert!(!cell.succeeds(&["read", path]), "{tier:?}: {path}");
        }
    }
    is_kept_from(&["read", "/etc/passwd"]);
    is_kept_from(&["read", &format!("/proc/{}/status", std::process::id())]);
}

#[test]
fn it_writes_where_it_may_and_nowhere_else() {
    for tier in tiers() {
        let cell = Cell::of(*tier);
        assert!(cell.succeeds(&["write", &cell.at("ours/new")]), "{tier:?}");
        assert!(cell.home.path().join("ours/new").exists());
        for path in ["open/known", "open/new"] {
            assert!(
                !cell.succeeds(&["write", &cell.at(path)]),
                "{tier:?}: {path}"
            );
        }
        // It may write beside the folders that it sees: then that is in its own `/tmp`.
        for path in ["secret", "new"] {
            cell.attempt(&["write", &cell.at(path)]);
        }
        assert_eq!(fs::read(cell.at("secret")).unwrap(), b"secret", "{tier:?}");
        assert!(!cell.home.path().join("new").exists(), "{tier:?}");
        for path in ["/usr/new", "/new", "/proc/sys/kernel/hostname"] {
            assert!(!cell.succeeds(&["write", path]), "{tier:?}: {path}");
        }
    }
}

#[test]
fn no_network_is_reached() {
    let tcp = TcpListener::bind("127.0.0.1:0").unwrap();
    let udp = UdpSocket::bind("127.0.0.1:0").unwrap();
    is_kept_from(&["tcp", &tcp.local_addr().unwrap().port().to_string()]);
    is_kept_from(&["udp", &udp.local_addr().unwrap().port().to_string()]);
}

#[test]
fn no_socket_of_another_is_reached() {
    let name = format!("bindery-{}", std::process::id());
    let address = SocketAddr::from_abstract_name(&name).unwrap();
    let _listener = UnixListener::bind_addr(&address).unwrap();
    is_kept_from(&["abstract", &name]);
    for tier in tiers() {
        let cell = Cell::of(*tier);
        // Where it may write, there it could otherwise connect.
        let path = cell.at("ours/socket");
        let _listener = UnixListener::bind(&path).unwrap();
        assert!(succeeds_outside(&["socket", &path]));
        assert!(!cell.succeeds(&["socket", &path]), "{tier:?}");
    }
}

#[test]
fn no_process_outside_is_signalled_traced_or_hampered() {
    let mut other = Command::new("sleep").arg("60").spawn().unwrap();
    let pid = other.id().to_string();
    for how in ["signal", "hamper", "trace"] {
        is_kept_from(&[how, &pid]);
    }
    other.kill().unwrap();
    other.wait().unwrap();
}

#[test]
fn no_namespace_of_its_own_is_made() {
    for tier in tiers() {
        for how in ["namespace", "clone", "clone3"] {
            assert!(!Cell::of(*tier).succeeds(&[how]), "{tier:?}: {how}");
        }
    }
}

#[test]
fn it_types_nothing_and_has_a_session_of_its_own() {
    is_kept_from(&["type"]);
    is_kept_from(&["session"]);
}

#[test]
fn a_descriptor_is_kept_where_the_policy_says_so() {
    for tier in tiers() {
        let mut cell = Cell::of(*tier);
        cell.policy.descriptors = vec![5];
        for (number, is_kept) in [("5", true), ("4", false), ("9", false)] {
            let mut command = cell.command(&cell.at("open/attempts"), &["descriptor", number]);
            // SAFETY: between fork and exec only descriptors are copied.
            unsafe {
                command.pre_exec(|| {
                    for place in [4, 5, 9] {
                        libc::dup2(0, place);
                    }
                    Ok(())
                });
            }
            let (said, _) = end_of(&mut command.spawn().unwrap());
            assert_eq!(said == "done", is_kept, "{tier:?}: {number}");
        }
    }
}

#[test]
fn a_bomb_of_processes_goes_off_inside() {
    for tier in tiers() {
        let cell = Cell::of(*tier);
        assert!(cell.succeeds(&["forks", "10"]), "{tier:?}");
        for bomb in [["forks", "4000"], ["bomb", ""]] {
            let (said, _, door) = cell.attempt(&bomb);
            assert_ne!(said, "done", "{tier:?}");
            nothing_is_left_of(door);
        }
    }
}

#[test]
fn memory_is_taken_up_to_a_limit() {
    for tier in tiers() {
        let cell = Cell::of(*tier);
        assert!(cell.succeeds(&["memory", "40"]), "{tier:?}");
        // Each of four processes stays below the limit, and all of them do not.
        assert!(!cell.succeeds(&["memory", "800"]), "{tier:?}");
    }
}

#[test]
fn scratch_is_filled_up_to_a_limit_and_goes() {
    for tier in tiers() {
        let cell = Cell::of(*tier);
        assert!(cell.succeeds(&["fill", "4"]), "{tier:?}");
        let (said, _, door) = cell.attempt(&["fill", "200"]);
        assert_ne!(said, "done", "{tier:?}");
        nothing_is_left_of(door);
    }
}

#[test]
fn nobody_outlives_the_jail() {
    for tier in tiers() {
        let name = format!("left-by-{}-{tier:?}", std::process::id());
        let cell = Cell::of(*tier);
        let (said, status, door) = cell.attempt(&["stay", &name]);
        assert!(
            said == "done" && status.success(),
            "{tier:?}: {said} {status}"
        );
        assert_eq!(running(&name), 0, "{tier:?}");
        nothing_is_left_of(door);
    }
}

#[test]
fn a_jail_whose_door_is_told_to_end_or_killed_is_empty() {
    for tier in tiers() {
        for signal in ["-TERM", "-KILL"] {
            let name = format!("left-by-{}-{tier:?}{signal}", std::process::id());
            let cell = Cell::of(*tier);
            let script = format!("'{}' stay '{name}'; sleep 100", cell.at("open/attempts"));
            let mut child = cell.command("/bin/sh", &["-c", &script]).spawn().unwrap();
            eventually(|| running(&name) == 1);
            let pid = child.id().to_string();
            let sent = Command::new("kill").args([signal, &pid]).status().unwrap();
            assert!(sent.success());
            child.wait().unwrap();
            if signal == "-TERM" {
                // Who asks for its end can rest on it.
                assert_eq!(running(&name), 0, "{tier:?}");
                nothing_is_left_of(child.id());
            }
            eventually(|| running(&name) == 0);
        }
    }
}

#[test]
fn the_door_ends_as_the_program_does() {
    for tier in tiers() {
        let cell = Cell::of(*tier);
        for signal in [11, 6, 9] {
            let (_, status, _) = cell.attempt(&["die", &signal.to_string()]);
            assert_eq!(status.signal(), Some(signal), "{tier:?}");
        }
        let mut child = cell.command("/bin/sh", &["-c", "exit 7"]).spawn().unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(7), "{tier:?}");
    }
}

#[test]
fn a_program_that_does_not_start_is_named() {
    for tier in tiers() {
        let cell = Cell::of(*tier);
        let mut command = cell.command("/no/such/program", &[]);
        let output = command.stderr(Stdio::piped()).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(125), "{tier:?}: {said}");
        assert!(said.contains("`/no/such/program` does not start"), "{said}");
    }
}

#[test]
fn without_bubblewrap_there_is_none_of_its_tier() {
    let jail: &[OsString] = &["env".into(), "PATH=/nowhere".into(), cell::JAIL.into()];
    let probed = probe(jail);
    let (_, works) = probed
        .iter()
        .find(|(tier, _)| *tier == Tier::Bubblewrap)
        .unwrap();
    let why = works.clone().unwrap_err().to_string();
    assert!(why.contains("`bwrap` does not start"), "{why}");
}

#[test]
fn a_machine_without_any_jail_has_a_reason_for_each() {
    let probed = probe(&["/bin/false".into()]);
    for (tier, works) in probed {
        assert!(!works.unwrap_err().to_string().is_empty(), "{tier:?}");
    }
}

/// How many processes have this name.
fn running(name: &str) -> usize {
    let line = |entry: fs::DirEntry| fs::read(entry.path().join("cmdline")).ok();
    let all = fs::read_dir("/proc").unwrap().flatten().filter_map(line);
    all.filter(|line| line.starts_with(name.as_bytes())).count()
}

/// No control group of this jail, and no mount.
#[track_caller]
fn nothing_is_left_of(door: u32) {
    for controller in ["pids", "memory"] {
        let group = format!("/sys/fs/cgroup/{controller}/bindery-jail-{door}");
        assert!(!Path::new(&group).exists(), "{group}");
    }
    let mounts = fs::read_to_string("/proc/self/mounts").unwrap();
    assert!(!mounts.contains("bindery-jail"));
}

#[track_caller]
fn eventually(mut holds: impl FnMut() -> bool) {
    let limit = Instant::now() + Duration::from_secs(20);
    while !holds() {
        assert!(Instant::now() < limit);
        std::thread::sleep(Duration::from_millis(20));
    }
}
