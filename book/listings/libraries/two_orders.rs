//! Where Rust puts the fields of one struct, in its own order and in C's.

use std::mem::{align_of, offset_of};

#[allow(dead_code)]
// ANCHOR: in_its_own_order
struct Sample {
    channel: u8,
    volts: f64,
    flags: u16,
}
// ANCHOR_END: in_its_own_order

#[repr(C)]
#[allow(dead_code)]
struct SampleOfC {
    channel: u8,
    volts: f64,
    flags: u16,
}

macro_rules! show {
    ($title:literal, $of:ty) => {
        println!(
            "{}: {} bytes, aligned to {}",
            $title,
            size_of::<$of>(),
            align_of::<$of>()
        );
        println!("  channel at {:2}", offset_of!($of, channel));
        println!("  volts   at {:2}", offset_of!($of, volts));
        println!("  flags   at {:2}", offset_of!($of, flags));
    };
}

fn main() {
    show!("Rust's own", Sample);
    show!("repr(C)", SampleOfC);
}
