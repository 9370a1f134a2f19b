//! `cargo run -p proof --bin edit_to_verdict [ROUNDS]`
//!
//! From a one-line edit to the verdict: an exercise in a workspace of 1, 10 and
//! 50, beside the same exercise as a crate of its own with cargo's defaults.
//! They take turns, so that a noisy machine is noisy for all of them. It prints
//! ratios; the milliseconds are this machine's, today.

use std::process::ExitCode;
use std::time::Duration;

use proof::bench::{alone, in_a_workspace};
use proof::root;

fn main() -> ExitCode {
    let rounds = std::env::args()
        .nth(1)
        .and_then(|n| n.parse().ok())
        .unwrap_or(12);
    match measure(rounds) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

fn measure(rounds: u32) -> std::io::Result<()> {
    let root = root();
    let contenders = [
        alone(&root)?,
        in_a_workspace(&root, 1)?,
        in_a_workspace(&root, 10)?,
        in_a_workspace(&root, 50)?,
    ];
    for contender in &contenders {
        eprintln!("building {} …", contender.name);
        contender.run(0)?;
    }
    let mut times: Vec<Vec<Duration>> = vec![Vec::new(); contenders.len()];
    for round in 1..=rounds {
        eprint!("\rround {round} of {rounds}");
        for (contender, times) in contenders.iter().zip(&mut times) {
            times.push(contender.run(round)?);
        }
    }
    eprintln!();
    times.iter_mut().for_each(|times| times.sort());
    let (least, middle) = (
        |times: &[Duration]| times[0],
        |times: &[Duration]| times[times.len() / 2],
    );
    println!(
        "{:<22} {:>8} {:>8}   {:>7} {:>7}",
        "edit to verdict", "least", "median", "ratio", "ratio"
    );
    for (contender, mine) in contenders.iter().zip(&times) {
        let ratio =
            |of: fn(&[Duration]) -> Duration| of(mine).as_secs_f64() / of(&times[0]).as_secs_f64();
        println!(
            "{:<22} {:>5} ms {:>5} ms   {:>6.2}x {:>6.2}x",
            contender.name,
            least(mine).as_millis(),
            middle(mine).as_millis(),
            ratio(least),
            ratio(middle),
        );
    }
    Ok(())
}
