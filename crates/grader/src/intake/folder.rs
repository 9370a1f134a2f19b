//! Folders, walked beneath a descriptor: no link is followed, nothing is waited for, and what
//! is looked at is what is read, whoever renames something meanwhile.

use std::ffi::CString;
use std::fs::File;
use std::io;
use std::path::Path;

use rustix::fd::OwnedFd;
use rustix::fs::{AtFlags, CWD, Dir, FileType, Mode, OFlags, fstat, openat, statat};

use crate::intake::archive::{DEPTH, LONGEST, unpack};
use crate::intake::bytes::name_of;
use crate::intake::gather::{Gather, Look};

/// Shows all that is in the collection's folder to `gather`.
pub(super) fn walk(gather: &mut Gather<'_>, root: &Path) -> io::Result<()> {
    let folder = openat(CWD, root, FOLDER, Mode::empty())?;
    go_through(gather, &folder, &mut Vec::new())
}

const FOLDER: OFlags = OFlags::RDONLY
    .union(OFlags::DIRECTORY)
    .union(OFlags::CLOEXEC);
/// A FIFO that nobody writes to is not waited for, and a terminal does not become ours.
const FILE: OFlags = OFlags::RDONLY
    .union(OFlags::NOFOLLOW)
    .union(OFlags::NONBLOCK)
    .union(OFlags::NOCTTY)
    .union(OFlags::CLOEXEC);

fn go_through(gather: &mut Gather<'_>, folder: &OwnedFd, at: &mut Vec<String>) -> io::Result<()> {
    let mut names = Vec::new();
    for entry in Dir::read_from(folder)? {
        let name = entry?.file_name().to_owned();
        if matches!(name.as_bytes(), b"." | b"..") {
            continue;
        }
        at.push(name_of(name.as_bytes()));
        let goes_on = gather.count(at);
        at.pop();
        if !goes_on {
            return Ok(());
        }
        names.push(name);
    }
    // The file system's order is chance.
    names.sort();
    for name in names {
        at.push(name_of(name.as_bytes()));
        meet(gather, folder, &name, at);
        at.pop();
    }
    Ok(())
}

/// One thing in a folder. What cannot be read is pointed out, and the rest goes on.
fn meet(gather: &mut Gather<'_>, folder: &OwnedFd, name: &CString, at: &mut Vec<String>) {
    let Ok(stat) = statat(folder, name, AtFlags::SYMLINK_NOFOLLOW) else {
        return gather.point_out(at, "cannot be looked at");
    };
    match FileType::from_raw_mode(stat.st_mode) {
        FileType::Directory => {
            if gather.is_left_alone(at) {
                return;
            }
            gather.folder(at);
            if at.len() > DEPTH {
                return gather.point_out(at, "lies too deep, and is left there");
            }
            let below = openat(folder, name, FOLDER | OFlags::NOFOLLOW, Mode::empty());
            let gone_through = below
                .map_err(io::Error::from)
                .and_then(|below| go_through(gather, &below, at));
            if gone_through.is_err() {
                gather.point_out(at, "cannot be read");
            }
        }
        FileType::RegularFile => {
            let look = gather.look(at);
            if !matches!(look, Look::Pass) {
                read(gather, folder, name, at, look);
            }
        }
        FileType::Symlink => gather.not_a_file(at, "is a link: hand in the file itself"),
        _ => gather.not_a_file(at, "is no ordinary file"),
    }
}

fn read(gather: &mut Gather<'_>, folder: &OwnedFd, name: &CString, at: &[String], look: Look) {
    let opened = openat(folder, name, FILE, Mode::empty());
    let Some((file, stat)) = opened
        .ok()
        .and_then(|fd| fstat(&fd).ok().map(|stat| (fd, stat)))
    else {
        return gather.unreadable(at, look, "cannot be read");
    };
    if FileType::from_raw_mode(stat.st_mode) != FileType::RegularFile {
        return gather.not_a_file(at, "is no ordinary file");
    }
    // Another name of the same file may be somebody else's.
    if stat.st_nlink > 1 {
        return gather.unreadable(at, look, "is a hard link: hand in a file of its own");
    }
    let mut file = File::from(file);
    match look {
        Look::Pass => {}
        Look::Answer(place) => gather.take(at, place, &mut file),
        Look::Receipts => gather.take_receipts(&mut file),
        Look::Archive(_) if stat.st_size as u64 > LONGEST => {
            gather.cannot_open(at, "is longer than 64 MiB: hand in your own files only");
        }
        Look::Archive(packed) => unpack(gather, packed, file, at, 1),
    }
}
