//! Loads the C library's own mathematics and calls a function of it.

use std::error::Error;

use libloading::{Library, Symbol};

/// A bare name is searched for where the system keeps its libraries.
const MATHS: &str = if cfg!(target_os = "macos") {
    "libSystem.dylib"
} else {
    "libm.so.6"
};

// ANCHOR: load_and_call
fn cosine(x: f64) -> Result<f64, libloading::Error> {
    // SAFETY: what this library runs while it is loaded may run in any program.
    let maths = unsafe { Library::new(MATHS)? };
    // SAFETY: C declares it `double cos(double)`.
    let cos: Symbol<'_, unsafe extern "C" fn(f64) -> f64> = unsafe { maths.get("cos")? };
    // SAFETY: it takes any double, and the library is still loaded.
    Ok(unsafe { cos(x) })
}
// ANCHOR_END: load_and_call

// ANCHOR: ask_for_too_much
fn main() -> Result<(), Box<dyn Error>> {
    println!("cos(0) = {}", cosine(0.0)?);
    // SAFETY: as above; nothing is called.
    let maths = unsafe { Library::new(MATHS)? };
    // SAFETY: this one is not there to be called.
    let missing = unsafe { maths.get::<unsafe extern "C" fn()>("cosinus") };
    let error = missing.expect_err("there is no such function");
    println!("{error}");
    let why = error.source().expect("the system said why").to_string();
    // The folder in which the system found the file is nobody's concern here.
    println!("{}", why.rsplit('/').next().unwrap_or(&why));
    Ok(())
}
// ANCHOR_END: ask_for_too_much
