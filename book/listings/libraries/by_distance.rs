//! A closure for a C function that calls back, and has a place for data.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::ffi::{c_int, c_void};

type Compare = unsafe extern "C" fn(*const i32, *const i32, *mut c_void) -> c_int;

// ANCHOR: a_place_for_data
unsafe extern "C" {
    fn qsort_r(
        base: *mut c_void,
        count: usize,
        size: usize,
        compare: Compare,
        user_data: *mut c_void,
    );
}
// ANCHOR_END: a_place_for_data

// ANCHOR: a_way_back_to_the_type
unsafe extern "C" fn call_the_closure<F>(
    a: *const i32,
    b: *const i32,
    user_data: *mut c_void,
) -> c_int
where
    F: FnMut(i32, i32) -> Ordering,
{
    // SAFETY: `user_data` is what `sort` passed, the address of an `F`, and C calls
    // while `sort` waits.
    let compare = unsafe { &mut *user_data.cast::<F>() };
    // SAFETY: these are elements of the array.
    let (a, b) = unsafe { (*a, *b) };
    compare(a, b) as c_int
}
// ANCHOR_END: a_way_back_to_the_type

// ANCHOR: the_closure_stays_here
fn sort<F>(numbers: &mut [i32], mut compare: F)
where
    F: FnMut(i32, i32) -> Ordering,
{
    // SAFETY: the array and its size belong together, and so do `F` and its function.
    unsafe {
        qsort_r(
            numbers.as_mut_ptr().cast(),
            numbers.len(),
            size_of::<i32>(),
            call_the_closure::<F>,
            (&raw mut compare).cast(),
        );
    }
}
// ANCHOR_END: the_closure_stays_here

fn main() {
    // ANCHOR: sorts_by_distance
    let (target, mut seen) = (50, BTreeSet::new());
    let mut numbers = [3, 47, 90, 52, 61];
    sort(&mut numbers, |a: i32, b: i32| {
        seen.extend([a, b]);
        a.abs_diff(target).cmp(&b.abs_diff(target))
    });
    println!("{numbers:?}");
    println!("the closure saw {seen:?}");
    // ANCHOR_END: sorts_by_distance
}
