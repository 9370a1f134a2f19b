//! Walls by bubblewrap, where only that program may make namespaces. Within them this
//! program is entered a second time, as the keeper.

use std::ffi::OsString;
use std::os::fd::OwnedFd;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use crate::enter::{Error, Naming, WITHIN};
use crate::{Policy, keeper};

/// Starts it in place of this process.
pub fn enter(policy: &Policy, file: &Path, report: OwnedFd) -> Error {
    match command(policy, file, &report) {
        Ok(mut command) => Error::new(format!("`bwrap` does not start: {}", command.exec())),
        Err(error) => error,
    }
}

fn command(policy: &Policy, file: &Path, report: &OwnedFd) -> Result<Command, Error> {
    let me = std::env::current_exe().naming("this program is gone")?;
    let file = file.canonicalize().naming("the policy is gone")?;
    let scratch = policy.scratch.to_string();
    let mut command = Command::new("bwrap");
    command.args(["--unshare-all", "--die-with-parent", "--new-session"]);
    command.args(["--proc", "/proc", "--dev", "/dev"]);
    for folder in ["/tmp", "/dev/shm"] {
        command.args(["--size", &scratch, "--tmpfs", folder]);
    }
    let mut bound: Vec<(&Path, &str)> = vec![(&me, "--ro-bind"), (&file, "--ro-bind")];
    bound.extend(
        policy
            .readable
            .iter()
            .map(|path| (path.as_path(), "--ro-bind")),
    );
    bound.extend(
        policy
            .writable
            .iter()
            .map(|path| (path.as_path(), "--bind")),
    );
    // A folder comes before what is in it.
    bound.sort();
    for (path, how) in bound {
        match std::fs::read_link(path) {
            Ok(target) if how == "--ro-bind" => {
                command.arg("--symlink").arg(target).arg(path);
            }
            _ => {
                command.arg(how).arg(path).arg(path);
            }
        }
    }
    command.args(["--remount-ro", "/proc", "--remount-ro", "/"]);
    let folder = std::env::current_dir().naming("the folder is gone")?;
    let is_inside = |path: &std::path::PathBuf| folder.starts_with(path);
    if policy
        .readable
        .iter()
        .chain(&policy.writable)
        .any(is_inside)
    {
        command.arg("--chdir").arg(&folder);
    }
    command
        .args(["--setenv", WITHIN, &keeper::inherited(report)?.to_string()])
        .arg("--")
        .arg(me)
        .args(std::env::args_os().skip(1).collect::<Vec<OsString>>());
    Ok(command)
}
