//! What becomes of a value that Rust lets out of its hands.

struct Loud(&'static str);

impl Drop for Loud {
    fn drop(&mut self) {
        println!("{} is dropped", self.0);
    }
}

fn main() {
    // ANCHOR: give_away_and_take_back
    let address = {
        let first = Box::new(Loud("the first"));
        Box::into_raw(first)
    };
    println!("the block is over");
    // SAFETY: it came from `into_raw`, and nobody has taken it back before.
    let again = unsafe { Box::from_raw(address) };
    println!("{} has an owner again", again.0);
    drop(again);

    let _ = Box::into_raw(Box::new(Loud("the second")));
    println!("main is over");
    // ANCHOR_END: give_away_and_take_back
}
