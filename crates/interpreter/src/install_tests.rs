//! Tests of how failures are told apart, on what the tools really printed.

use super::*;

fn check(printed: &str, expect: Option<Trouble>) {
    assert_eq!(Trouble::recognise(printed), expect, "{printed}");
}

#[test]
fn debian_without_python3_venv_is_recognised() {
    check(
        "The virtual environment was not created successfully because ensurepip is not\n\
         available.  On Debian/Ubuntu systems, you need to install the python3-venv\n\
         package using the following command.\n\n    apt install python3.11-venv\n",
        Some(Trouble::NoVenv),
    );
    check(
        "/usr/bin/python3: No module named venv\n",
        Some(Trouble::NoVenv),
    );
}

#[test]
fn pip_without_a_network_is_recognised() {
    check(
        "WARNING: Retrying (Retry(total=0, connect=None, read=None, redirect=None, status=None)) \
         after connection broken by 'NewConnectionError('<pip._vendor.urllib3.connection.\
         HTTPSConnection object>: Failed to establish a new connection: [Errno -2] Name or \
         service not known')': /simple/cffi/\n\
         ERROR: Could not find a version that satisfies the requirement cffi==2.1.1 (from \
         versions: none)\nERROR: No matching distribution found for cffi==2.1.1\n",
        Some(Trouble::NoNetwork),
    );
}

#[test]
fn uv_without_a_network_is_recognised() {
    check(
        "error: Request failed after 3 retries in 5.3s\n  cause: error sending request for url\n  \
         cause: client error (Connect)\n  cause: dns error\n",
        Some(Trouble::NoNetwork),
    );
    check(
        "error: No solution found when resolving dependencies\n  cause: Because cffi was not \
         found in the cache and you require cffi==2.1.1, we can conclude that your requirements \
         are unsatisfiable.\n\nhint: Packages were unavailable because the network was disabled.\n",
        Some(Trouble::NoNetwork),
    );
}

#[test]
fn an_index_without_a_wheel_is_not_taken_for_no_network() {
    check(
        "ERROR: Could not find a version that satisfies the requirement cffi==2.1.1 (from \
         versions: none)\n",
        Some(Trouble::NothingOffered),
    );
}

#[test]
fn a_wrong_hash_is_no_known_trouble() {
    check(
        "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.\n    cffi==2.1.1:\n\
         \x20       Expected sha256 ...\n             Got        ...\n",
        None,
    );
}

#[test]
fn every_package_asked_for_is_locked_with_a_hash() {
    for packages in Packages::ALL {
        let lock = packages.lock();
        for name in packages.required() {
            let at = lock
                .find(&format!("\n{name}=="))
                .unwrap_or_else(|| panic!("{name} is not locked"));
            let entry = lock[at + 1..]
                .split("\n    # via")
                .next()
                .unwrap_or_default();
            assert!(entry.contains("--hash=sha256:"), "{entry}");
        }
    }
}

#[test]
fn the_lock_names_no_index() {
    for packages in Packages::ALL {
        let name = packages.name();
        assert!(
            !packages.lock().contains("://"),
            "an index is in {name}.lock"
        );
    }
}

#[test]
fn the_last_lines_are_kept() {
    assert_eq!(tail("1\n\n2\n3\n", 2), "2\n3");
    assert_eq!(tail("", 2), "");
}
