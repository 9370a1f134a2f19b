//! Walls of namespaces: a root folder with nothing in it but what the policy names, no network,
//! and process numbers that begin at 1.

use std::ffi::OsString;
use std::fs;
use std::os::fd::OwnedFd;
use std::path::{Component, Path, PathBuf};

use rustix::fs::{CWD, Mode, OFlags, open};
use rustix::mount::{
    MountFlags, MountPropagationFlags, UnmountFlags, mount, mount_bind_recursive, mount_change,
    unmount,
};
use rustix::process::{chdir, getegid, geteuid, pivot_root};
use rustix::thread::UnshareFlags;

use crate::Policy;
use crate::enter::{Error, Naming, in_proc};

/// How many files and folders fit into a scratch folder.
const FILES: u64 = 16 << 10;
/// The devices that are no way to anything.
const DEVICES: [&str; 5] = ["full", "null", "random", "urandom", "zero"];

/// Leaves the namespaces that everybody shares. Of process numbers, only children do; the mounts
/// are left by the keeper, so that the door still finds what it has to clear away.
pub fn leave_ours() -> Result<(), Error> {
    let (user, group) = (geteuid().as_raw(), getegid().as_raw());
    let flags = UnshareFlags::NEWUSER
        | UnshareFlags::NEWPID
        | UnshareFlags::NEWNET
        | UnshareFlags::NEWIPC
        | UnshareFlags::NEWUTS
        | UnshareFlags::NEWCGROUP;
    unshare(flags).naming("no namespaces to be had")?;
    // Who one is stays the same: a program that asks is told what a learner would be.
    fs::write("/proc/self/setgroups", "deny").naming("no user namespace")?;
    fs::write("/proc/self/uid_map", format!("{user} {user} 1")).naming("no user namespace")?;
    fs::write("/proc/self/gid_map", format!("{group} {group} 1")).naming("no user namespace")
}

fn unshare(flags: UnshareFlags) -> rustix::io::Result<()> {
    // SAFETY: descriptors stay shared as they are; only namespaces change, and there is one thread.
    unsafe { rustix::thread::unshare_unsafe(flags) }
}

/// Something to be put into the new root: found before the old one is out of sight.
struct Bound {
    path: PathBuf,
    source: OwnedFd,
    is_folder: bool,
    may_be_written: bool,
}

/// Makes the root folder that the policy describes, and moves there.
pub fn build(policy: &Policy) -> Result<(), Error> {
    let folder = std::env::current_dir().naming("the folder is gone")?;
    unshare(UnshareFlags::NEWNS).naming("no mounts of its own")?;
    let private = MountPropagationFlags::PRIVATE | MountPropagationFlags::REC;
    mount_change("/", private).naming("mounts cannot be made private")?;
    let mut links = Vec::new();
    let mut all = Vec::new();
    for device in DEVICES {
        all.push(bound(&Path::new("/dev").join(device), true, &mut links)?);
    }
    for path in &policy.readable {
        all.push(bound(path, false, &mut links)?);
    }
    for path in &policy.writable {
        all.push(bound(path, true, &mut links)?);
    }
    // A folder comes before what is in it.
    all.sort_by(|a, b| a.path.cmp(&b.path));

    // Any folder does: what is there is out of sight from now on, but not out of reach.
    let root = Path::new("/tmp");
    memory(root, 1 << 20, "0755")?;
    for (folder, mode) in [("tmp", "1777"), ("dev/shm", "1777")] {
        let folder = root.join(folder);
        fs::create_dir_all(&folder).naming("no folder")?;
        memory(&folder, policy.scratch, mode)?;
    }
    for bound in &all {
        bind(root, bound)?;
    }
    for (link, target) in links {
        lead(root, &link, &target)?;
    }
    for (link, target) in [
        ("dev/fd", "/proc/self/fd"),
        ("dev/stdin", "/proc/self/fd/0"),
        ("dev/stdout", "/proc/self/fd/1"),
        ("dev/stderr", "/proc/self/fd/2"),
    ] {
        lead(root, Path::new(link), target.as_ref())?;
    }
    let proc = root.join("proc");
    fs::create_dir_all(&proc).naming("no folder")?;
    let quiet = MountFlags::NOSUID | MountFlags::NODEV | MountFlags::NOEXEC;
    // Read-only, since to a process of root's its settings are the machine's.
    mount("proc", &proc, "proc", quiet | MountFlags::RDONLY, None).naming("no `/proc`")?;
    settle(root, &folder)
}

/// The new root becomes the root, and the old one is gone.
fn settle(root: &Path, folder: &Path) -> Result<(), Error> {
    chdir(root).naming("no root")?;
    pivot_root(".", ".").naming("the root cannot be changed")?;
    unmount(".", UnmountFlags::DETACH).naming("the old root stays")?;
    let flags = MountFlags::RDONLY | MountFlags::NOSUID | MountFlags::NODEV;
    rustix::mount::mount_remount("/", flags | MountFlags::BIND, "")
        .naming("the root stays writable")?;
    // Who started the jail may stand in a folder that is not in it.
    chdir(folder).or_else(|_| chdir("/")).naming("no folder")
}

/// Finds what a path leads to, and the links on the way.
fn bound(
    path: &Path,
    may_be_written: bool,
    links: &mut Vec<(PathBuf, OsString)>,
) -> Result<Bound, Error> {
    let named = || format!("`{}` cannot be put into the jail", path.display());
    links_on(path, links).naming(&named())?;
    let path = path.canonicalize().naming(&named())?;
    let source = open(&path, OFlags::PATH | OFlags::CLOEXEC, Mode::empty()).naming(&named())?;
    Ok(Bound {
        is_folder: path.is_dir(),
        path,
        source,
        may_be_written,
    })
}

/// The symbolic links by which a path is reached: `/bin` is one on most systems.
fn links_on(path: &Path, links: &mut Vec<(PathBuf, OsString)>) -> std::io::Result<()> {
    let mut reached = PathBuf::new();
    for component in path.components() {
        reached.push(component);
        if matches!(component, Component::RootDir) || !reached.is_symlink() {
            continue;
        }
        let target = fs::read_link(&reached)?;
        if !links.iter().any(|(link, _)| *link == reached) {
            links.push((reached.clone(), target.clone().into()));
            let next = reached.parent().unwrap_or(Path::new("/")).join(target);
            links_on(&next, links)?;
        }
    }
    Ok(())
}

fn bind(root: &Path, bound: &Bound) -> Result<(), Error> {
    let named = || format!("`{}` cannot be put into the jail", bound.path.display());
    let place = root.join(bound.path.strip_prefix("/").unwrap_or(&bound.path));
    match bound.is_folder {
        true => fs::create_dir_all(&place),
        false => fs::create_dir_all(place.parent().unwrap_or(root)).and_then(|()| {
            // Within a folder that was put there before, it is there.
            match place.exists() {
                true => Ok(()),
                false => fs::write(&place, ""),
            }
        }),
    }
    .naming(&named())?;
    mount_bind_recursive(in_proc(&bound.source), &place).naming(&named())?;
    protect(&place, bound.may_be_written).naming(&named())
}

/// Takes away what nobody needs of a folder that was put there, and of all that is mounted in it.
fn protect(place: &Path, may_be_written: bool) -> std::io::Result<()> {
    let read_only = match may_be_written {
        true => 0,
        false => libc::MOUNT_ATTR_RDONLY,
    };
    // A device file opens nothing where devices mean nothing; ours are put there one by one.
    let no_devices = match place.is_dir() {
        true => libc::MOUNT_ATTR_NODEV,
        false => 0,
    };
    let mut attributes = libc::mount_attr {
        attr_set: read_only | no_devices | libc::MOUNT_ATTR_NOSUID,
        attr_clr: 0,
        propagation: 0,
        userns_fd: 0,
    };
    let place = rustix::path::Arg::into_c_str(place)?;
    // SAFETY: the path ends with a zero, and the attributes live as long as the call.
    let done = unsafe {
        libc::syscall(
            libc::SYS_mount_setattr,
            libc::AT_FDCWD,
            place.as_ptr(),
            libc::AT_RECURSIVE,
            &raw mut attributes,
            size_of::<libc::mount_attr>(),
        )
    };
    match done {
        0 => Ok(()),
        _ => Err(std::io::Error::last_os_error()),
    }
}

/// A folder in memory, of a limited size.
fn memory(place: &Path, size: u64, mode: &str) -> Result<(), Error> {
    let options = format!("size={size},nr_inodes={FILES},mode={mode}");
    let options = std::ffi::CString::new(options).naming("no options")?;
    let flags = MountFlags::NOSUID | MountFlags::NODEV;
    mount("tmpfs", place, "tmpfs", flags, options.as_c_str()).naming("no folder in memory")
}

/// A symbolic link, unless something is there.
fn lead(root: &Path, link: &Path, target: &std::ffi::OsStr) -> Result<(), Error> {
    let place = root.join(link.strip_prefix("/").unwrap_or(link));
    if let Some(folder) = place.parent() {
        fs::create_dir_all(folder).naming("no folder")?;
    }
    match rustix::fs::symlinkat(Path::new(target), CWD, &place) {
        Err(rustix::io::Errno::EXIST) => Ok(()),
        done => done.naming(&format!("no link `{}`", link.display())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_on_the_way_are_found_and_those_behind_them() {
        let home = tempfile::tempdir().unwrap();
        let home = home.path().canonicalize().unwrap();
        fs::create_dir_all(home.join("real/tools")).unwrap();
        std::os::unix::fs::symlink("second", home.join("first")).unwrap();
        std::os::unix::fs::symlink("real", home.join("second")).unwrap();
        let mut links = Vec::new();
        links_on(&home.join("first/tools"), &mut links).unwrap();
        let names: Vec<_> = links
            .iter()
            .map(|(link, _)| link.file_name().unwrap())
            .collect();
        assert_eq!(names, ["first", "second"]);
    }
}
