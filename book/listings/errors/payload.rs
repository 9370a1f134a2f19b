//! What a caught panic brings along.

use std::panic::catch_unwind;

fn main() {
    // ANCHOR: two_kinds_of_words
    let short = catch_unwind(|| panic!("too large"));
    let long = catch_unwind(|| panic!("{} is too large", 7 * 6));

    for caught in [short, long] {
        let payload = caught.expect_err("it panicked");
        println!("&str: {:?}", payload.downcast_ref::<&str>());
        println!("String: {:?}", payload.downcast_ref::<String>());
    }
    // ANCHOR_END: two_kinds_of_words
}
