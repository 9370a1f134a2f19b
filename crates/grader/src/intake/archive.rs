//! Archives, read where they lie: nothing is ever unpacked to disk.
//!
//! So a name that leads out of the archive, or a link, has nothing to lead to; it is pointed
//! out all the same. What is too much is not read to its end: a zip's list is looked through
//! and only answers are unpacked; a tar has to be read from its beginning, as far as a limit.

use std::cell::Cell;
use std::io::{self, BufReader, Cursor, ErrorKind, Read, Seek};
use std::rc::Rc;

use flate2::read::MultiGzDecoder;
use tar::EntryType;
use zip::ZipArchive;

use crate::intake::bytes::name_of;
use crate::intake::gather::{Gather, Look};

/// The longest archive that is opened where it lies.
pub(super) const LONGEST: u64 = 64 << 20;
/// The longest archive that is opened within another one, and so in memory.
const LONGEST_WITHIN: u64 = 16 << 20;
/// How many archives may lie around a file.
const NESTED: usize = 2;
/// As far as a tar is read.
const STREAM: u64 = 1 << 30;
/// What unpacks to this is looked at for being a bomb.
const SUSPICIOUS: u64 = 16 << 20;
/// How many times as long as what it was packed into a sane text is.
const RATIO: u64 = 200;
/// The longest path within an archive.
const PATH: u64 = 4096;
/// How many folders deep a file may lie.
pub(super) const DEPTH: usize = 32;

/// How an archive is packed, by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Packed {
    Zip,
    Tar,
    TarGz,
    /// In a way that is not opened here.
    Otherwise,
}

const ENDINGS: [(&str, Packed); 14] = [
    (".zip", Packed::Zip),
    (".tar", Packed::Tar),
    (".tar.gz", Packed::TarGz),
    (".tgz", Packed::TarGz),
    (".tar.bz2", Packed::Otherwise),
    (".tbz2", Packed::Otherwise),
    (".tar.xz", Packed::Otherwise),
    (".txz", Packed::Otherwise),
    (".tar.zst", Packed::Otherwise),
    (".7z", Packed::Otherwise),
    (".rar", Packed::Otherwise),
    (".gz", Packed::Otherwise),
    (".xz", Packed::Otherwise),
    (".bz2", Packed::Otherwise),
];

impl Packed {
    /// How a file of this name is packed, if at all.
    pub fn of(name: &str) -> Option<Packed> {
        Packed::split(name).map(|(_, packed)| packed)
    }

    /// A name without what says how it is packed.
    pub fn stem(name: &str) -> &str {
        Packed::split(name).map_or(name, |(stem, _)| stem)
    }

    fn split(name: &str) -> Option<(&str, Packed)> {
        ENDINGS.iter().find_map(|(ending, packed)| {
            let (stem, own) = name.split_at_checked(name.len().checked_sub(ending.len())?)?;
            let fits = !stem.is_empty() && own.eq_ignore_ascii_case(ending);
            fits.then_some((stem, *packed))
        })
    }
}

/// Shows all that is in the archive at `path` to `gather`. It is the `nested`-th archive around
/// what is in it.
pub(super) fn unpack(
    gather: &mut Gather<'_>,
    packed: Packed,
    reader: impl Read + Seek,
    path: &[String],
    nested: usize,
) {
    let unpacked = match packed {
        _ if nested > NESTED => Err("lies in too many archives: pack it once"),
        Packed::Zip => zip(gather, reader, &inside(gather, path), nested),
        Packed::Tar => {
            let read = Rc::new(Cell::new(0));
            let counted = Counted(BufReader::new(reader), read.clone());
            let meter = Meter::new(counted, read);
            tar(gather, meter, &inside(gather, path), nested)
        }
        Packed::TarGz => {
            let read = Rc::new(Cell::new(0));
            let counted = Counted(BufReader::new(reader), read.clone());
            let meter = Meter::new(MultiGzDecoder::new(counted), read);
            tar(gather, meter, &inside(gather, path), nested)
        }
        Packed::Otherwise => Err("is packed in a way that is not opened here: use zip or tar.gz"),
    };
    if let Err(why) = unpacked {
        gather.cannot_open(path, why);
    }
}

/// Why an archive could not be read to its end, for its student.
type Unpacked = Result<(), &'static str>;

fn zip(
    gather: &mut Gather<'_>,
    reader: impl Read + Seek,
    at: &[String],
    nested: usize,
) -> Unpacked {
    let Ok(mut zip) = ZipArchive::new(reader) else {
        return Err("cannot be opened as a zip archive: pack it again");
    };
    for index in 0..zip.len() {
        let Ok(entry) = zip.by_index_data(index) else {
            continue;
        };
        let (is_folder, is_locked) = (entry.is_dir(), entry.encrypted());
        let kind = entry.unix_mode().map(|mode| mode & 0o170_000);
        let name = entry.name_raw().to_vec();
        let Some(path) = within(gather, at, &name) else {
            continue;
        };
        if is_folder {
            gather.folder(&path);
            continue;
        }
        // Programs that know no kinds of files write 0.
        if !matches!(kind, None | Some(0 | 0o100_000)) {
            gather.not_a_file(&path, other_kind(kind == Some(0o120_000)));
            continue;
        }
        let look = gather.look(&path);
        if matches!(look, Look::Pass) {
            continue;
        }
        if is_locked {
            gather.unreadable(&path, look, "is locked with a password");
            continue;
        }
        match zip.by_index(index) {
            Ok(mut file) => meet(gather, &path, look, &mut file, nested),
            Err(_) => gather.unreadable(&path, look, "cannot be unpacked"),
        }
    }
    Ok(())
}

fn tar(gather: &mut Gather<'_>, reader: impl Read, at: &[String], nested: usize) -> Unpacked {
    let mut archive = tar::Archive::new(reader);
    // Raw, since the crate would read a long name into memory however long it is.
    let Ok(entries) = archive.entries().map(|entries| entries.raw(true)) else {
        return Err("cannot be opened as a tar archive: pack it again");
    };
    let mut long_name = None;
    for entry in entries {
        let mut entry = match entry {
            Ok(entry) => entry,
            Err(e) if e.kind() == ErrorKind::FileTooLarge => {
                return Err("unpacks to too much: hand in your own files only");
            }
            Err(_) => {
                return Err("cannot be read to its end as a tar archive: pack it again");
            }
        };
        let kind = entry.header().entry_type();
        match kind {
            EntryType::GNULongName => {
                long_name = capped(&mut entry, PATH).map(without_end).or(long_name);
                continue;
            }
            EntryType::XHeader => {
                long_name = capped(&mut entry, PATH * 4)
                    .and_then(|pax| pax_path(&pax))
                    .or(long_name);
                continue;
            }
            EntryType::GNULongLink | EntryType::XGlobalHeader => continue,
            _ => {}
        }
        let name = long_name
            .take()
            .unwrap_or_else(|| entry.path_bytes().into_owned());
        let Some(path) = within(gather, at, &name) else {
            continue;
        };
        match kind {
            EntryType::Directory => gather.folder(&path),
            EntryType::Regular | EntryType::Continuous => {
                let look = gather.look(&path);
                meet(gather, &path, look, &mut entry, nested);
            }
            _ => gather.not_a_file(
                &path,
                other_kind(matches!(kind, EntryType::Symlink | EntryType::Link)),
            ),
        }
        // In a student's archive nothing more is wanted then; in the class's, others come.
        if !at.is_empty() && gather.is_over(&path) {
            break;
        }
    }
    Ok(())
}

fn other_kind(is_link: bool) -> &'static str {
    match is_link {
        true => "is a link: hand in the file itself",
        false => "is no ordinary file",
    }
}

/// Reads one file of an archive as far as `look` asks for it.
fn meet(
    gather: &mut Gather<'_>,
    path: &[String],
    look: Look,
    reader: &mut dyn Read,
    nested: usize,
) {
    match look {
        Look::Pass => {}
        Look::Answer(place) => gather.take(path, place, reader),
        Look::Receipts => gather.take_receipts(reader),
        Look::Archive(packed) => match capped(reader, LONGEST_WITHIN) {
            Some(bytes) => unpack(gather, packed, Cursor::new(bytes), path, nested + 1),
            None => gather.cannot_open(path, "is too long or cannot be unpacked"),
        },
    }
}

/// What is in an archive lies in a folder of its name, without the ending. A student's only
/// archive stands for the student, and keeps it.
fn inside(gather: &Gather<'_>, path: &[String]) -> Vec<String> {
    let mut path = path.to_vec();
    if !gather.is_a_hand_in(&path)
        && let Some(last) = path.last_mut()
    {
        *last = Packed::stem(last).to_owned();
    }
    path
}

/// The path of an entry, below `at`.
fn within(gather: &mut Gather<'_>, at: &[String], name: &[u8]) -> Option<Vec<String>> {
    let text = name_of(name);
    let own = parts(&text).map(|parts| parts.map(str::to_owned).collect::<Vec<_>>());
    match own {
        Ok(parts) => {
            let path = [at, &parts].concat();
            // An entry is counted for its student, or for nobody where it is above all.
            (path.len() > at.len() && gather.count(&path)).then_some(path)
        }
        Err(why) => {
            let path = [at, &[text]].concat();
            if gather.count(&path) {
                gather.point_out(&path, why);
            }
            None
        }
    }
}

/// The folders and the file that an entry's name goes through.
fn parts(name: &str) -> Result<impl Iterator<Item = &str>, &'static str> {
    let parts = || {
        name.split(['/', '\\'])
            .filter(|part| !matches!(*part, "" | "."))
    };
    let has_drive = name.as_bytes().get(1) == Some(&b':');
    if name.starts_with(['/', '\\']) || has_drive {
        return Err("has an absolute name in its archive, and is left there");
    }
    if parts().any(|part| part == "..") {
        return Err("leads out of its archive, and is left there");
    }
    if parts().count() > DEPTH || name.len() as u64 > PATH {
        return Err("lies too deep in its archive, and is left there");
    }
    Ok(parts())
}

/// All that comes, or nothing where that is more than `most` or breaks off.
pub(super) fn capped(reader: &mut (impl Read + ?Sized), most: u64) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(most + 1).read_to_end(&mut bytes).ok()?;
    (bytes.len() as u64 <= most).then_some(bytes)
}

fn without_end(mut name: Vec<u8>) -> Vec<u8> {
    while name.last() == Some(&0) {
        name.pop();
    }
    name
}

fn pax_path(extensions: &[u8]) -> Option<Vec<u8>> {
    let mut extensions = tar::PaxExtensions::new(extensions).flatten();
    let path = extensions.find(|extension| extension.key_bytes() == b"path")?;
    Some(path.value_bytes().to_vec())
}

/// Counts what is read through it.
struct Counted<R>(R, Rc<Cell<u64>>);

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.0.read(buffer)?;
        self.1.set(self.1.get() + n as u64);
        Ok(n)
    }
}

/// Ends the reading of what unpacks to too much.
struct Meter<R> {
    unpacked: R,
    length: u64,
    packed: Rc<Cell<u64>>,
}

impl<R: Read> Meter<R> {
    fn new(unpacked: R, packed: Rc<Cell<u64>>) -> Meter<R> {
        Meter {
            unpacked,
            length: 0,
            packed,
        }
    }
}

impl<R: Read> Read for Meter<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.unpacked.read(buffer)?;
        self.length += n as u64;
        let is_bomb = self.length > SUSPICIOUS && self.length / RATIO > self.packed.get();
        match is_bomb || self.length > STREAM {
            true => Err(ErrorKind::FileTooLarge.into()),
            false => Ok(n),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_archive_is_known_by_its_name() {
        let check = |name: &str, expect| assert_eq!(Packed::split(name), expect, "{name}");
        check("a.zip", Some(("a", Packed::Zip)));
        check("a.tar.GZ", Some(("a", Packed::TarGz)));
        check("a.tar.xz", Some(("a", Packed::Otherwise)));
        check(".zip", None);
        check("é.rs", None);
        check("ip", None);
    }

    #[test]
    fn a_name_that_leads_elsewhere_is_left() {
        let check = |name: &str, expect: Option<&[&str]>| {
            let parts = parts(name).ok().map(|parts| parts.collect::<Vec<_>>());
            assert_eq!(parts.as_deref(), expect, "{name}");
        };
        check("./a//lib.rs", Some(&["a", "lib.rs"]));
        check("a\\src\\lib.rs", Some(&["a", "src", "lib.rs"]));
        check("../lib.rs", None);
        check("a/../../lib.rs", None);
        check("/etc/passwd", None);
        check("C:\\lib.rs", None);
        check(&"a/".repeat(40), None);
    }
}
