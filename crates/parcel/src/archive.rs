//! Files in one piece of memory, as a program carries them.
//!
//! A count, then for each file the length of its path, the path, whether it is a program, the
//! length of its content, the content; numbers have eight bytes, the least first. Nothing is
//! compressed: a few megabytes more in a program cost nobody anything, and something to
//! uncompress them with would have to be compiled by everybody.
//!
//! `bindery`'s build script includes this file, so it needs nothing but the standard library.

use crate::files::File;

/// Puts files into one piece.
pub fn pack(files: &[File]) -> Vec<u8> {
    let mut packed = number(files.len());
    for file in files {
        packed.extend(number(file.path.len()));
        packed.extend(file.path.as_bytes());
        packed.push(file.executable.into());
        packed.extend(number(file.content.len()));
        packed.extend(&file.content);
    }
    packed
}

/// Takes them out again; nothing, where this is not what [`pack`] has made.
pub fn unpack(packed: &[u8]) -> Option<Vec<File>> {
    let mut rest = packed;
    let count = take_number(&mut rest)?;
    let mut files = Vec::new();
    for _ in 0..count {
        let length = take_number(&mut rest)?;
        let path = String::from_utf8(take(&mut rest, length)?.to_vec()).ok()?;
        let executable = take(&mut rest, 1)? == [1];
        let length = take_number(&mut rest)?;
        let content = take(&mut rest, length)?.to_vec();
        files.push(File {
            path,
            content,
            executable,
        });
    }
    rest.is_empty().then_some(files)
}

fn number(n: usize) -> Vec<u8> {
    (n as u64).to_le_bytes().to_vec()
}

fn take<'a>(rest: &mut &'a [u8], length: usize) -> Option<&'a [u8]> {
    let (taken, left) = rest.split_at_checked(length)?;
    *rest = left;
    Some(taken)
}

fn take_number(rest: &mut &[u8]) -> Option<usize> {
    let bytes = take(rest, 8)?.try_into().ok()?;
    usize::try_from(u64::from_le_bytes(bytes)).ok()
}
