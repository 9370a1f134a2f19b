//! What any tool needs of a system before it does anything of its own.

use std::path::PathBuf;

/// The folders and files of this system that compilers and interpreters rest on, as far as they
/// are here. None of them holds anything of a user's.
pub fn system_folders() -> Vec<PathBuf> {
    [
        "/bin",
        "/lib",
        "/lib32",
        "/lib64",
        "/libx32",
        "/sbin",
        "/usr",
        // Where Debian keeps which of several programs `cc` is.
        "/etc/alternatives",
        "/etc/ld.so.cache",
        "/etc/ld.so.conf",
        "/etc/ld.so.conf.d",
        "/etc/localtime",
        "/nix/store",
    ]
    .map(PathBuf::from)
    .into_iter()
    .filter(|path| path.exists())
    .collect()
}
