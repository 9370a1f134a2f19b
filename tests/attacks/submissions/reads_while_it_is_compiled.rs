//! rows: 12
//! exercise: first_so
//! tries: has the compiler say what stands in a file of the machine's
//! blocked-by: the jail
//! comes-to: does-not-build
//! earns: 0

const _: () = panic!(include_str!("@SECRET@"));

#[unsafe(no_mangle)]
pub extern "C" fn add(a: i64, b: i64) -> i64 {
    a.wrapping_add(b)
}
