//! What letting go of a library does, which is less than its name says. A file of its own: the
//! loader counts for the whole process, and here nothing else may have the library.
#![cfg(all(target_os = "linux", target_env = "gnu"))]

mod support;

use ink_libloading::Library;
use support::libink;

fn is_mapped() -> bool {
    std::fs::read_to_string("/proc/self/maps")
        .unwrap()
        .contains("libink.so")
}

#[test]
fn a_library_with_something_of_a_threads_own_stays() {
    let library = Library::open(&libink()).unwrap();
    library.image(2, 2).unwrap().describe().unwrap();
    assert!(is_mapped());
    drop(library);
    assert!(!is_mapped(), "nothing keeps it");

    // A failing call leaves its message in a thread-local of the library, to be dropped when the
    // thread ends, by code in the library. So the loader keeps the library: `dlclose` gives back
    // a reference, and unloads only if nobody has another.
    let library = Library::open(&libink()).unwrap();
    library.image(0, 2).unwrap_err();
    drop(library);
    assert!(is_mapped());
}
