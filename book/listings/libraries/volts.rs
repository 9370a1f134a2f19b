//! Reads one field of a struct that lives in somebody else's memory.

use std::ffi::c_void;

/// In an order that Rust chose.
#[allow(dead_code)]
struct Sample {
    channel: u8,
    volts: f64,
    flags: u16,
}

/// In the order that it is written in.
#[repr(C)]
#[allow(dead_code)]
struct SampleOfC {
    channel: u8,
    volts: f64,
    flags: u16,
}

// ANCHOR: two_readers
/// # Safety
///
/// `sample` points to a `struct sample` of C. It does, and the result is wrong.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn volts_in_rusts_order(sample: *const c_void) -> f64 {
    // SAFETY: there is none. That is what this function is here to show.
    unsafe { (*sample.cast::<Sample>()).volts }
}

/// # Safety
///
/// `sample` points to a `struct sample` of C.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn volts_in_cs_order(sample: *const c_void) -> f64 {
    // SAFETY: the caller vouches for it, and the layouts are the same.
    unsafe { (*sample.cast::<SampleOfC>()).volts }
}
// ANCHOR_END: two_readers

// ANCHOR: by_value_in_rust
#[unsafe(no_mangle)]
extern "C" fn scaled(mut sample: SampleOfC, factor: f64) -> SampleOfC {
    sample.volts *= factor;
    sample
}
// ANCHOR_END: by_value_in_rust
