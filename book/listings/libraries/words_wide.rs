//! How wide closures are, and pointers to them.

fn words<T>(what: &str, _: &T) {
    match size_of::<T>() / size_of::<usize>() {
        1 => println!("{what}: one word"),
        n => println!("{what}: {n} words"),
    }
}

fn main() {
    // ANCHOR: one_word_or_two
    let (one, two) = (1_usize, 2_usize);
    let mut adds = move |n: usize| n + one + two;
    words("a function pointer", &(main as fn()));
    words("a closure that owns two numbers", &adds);
    words("the address of that closure", &(&raw mut adds));
    let any: Box<dyn FnMut(usize) -> usize> = Box::new(adds);
    words("a Box<dyn FnMut>", &any);
    words("a Box of that", &Box::new(any));
    // ANCHOR_END: one_word_or_two
}
