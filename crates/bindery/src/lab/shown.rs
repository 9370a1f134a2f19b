//! How results look: one experiment, the statements it decides on, two runs side by side,
//! charts in files.

use std::fmt::Write as _;
use std::path::Path;
use std::process::ExitCode;

use ::lab::{
    Change, Claims, Experiment, Ground, Lab, Measurement, Outcome, Pace, Proof, Results, charts,
    compare, shown_range,
};
use console::{Alignment, StyledObject, pad_str, style};

use crate::screen::{here, indent, prose};
use crate::trouble::Trouble;

/// One experiment: the answer, its figures, its findings.
pub fn results(experiment: &Experiment, results: &Results, pace: Pace) {
    let quick = if pace == Pace::Full { "" } else { "  (quick)" };
    println!("{}{}", style(&experiment.title).bold(), style(quick).dim());
    println!("{}\n", prose(&::lab::answer(experiment, results), 2));
    let longest = experiment
        .figure
        .iter()
        .map(|f| f.says.chars().count())
        .max();
    for figure in &experiment.figure {
        let says = pad_str(
            &figure.says,
            longest.unwrap_or_default(),
            Alignment::Left,
            None,
        );
        let number = match results.figures.get(&figure.name) {
            Some(range) => shown_range(range, figure.unit),
            None => "not measured".to_owned(),
        };
        println!("  {says}  {number}");
    }
    if !experiment.figure.is_empty() {
        println!();
    }
    for finding in &experiment.finding {
        let outcome = &results.findings[&finding.name];
        let says = prose(&finding.says, 4);
        println!("  {} {}", sign(outcome), says.trim_start());
        match outcome {
            Outcome::Holds => {}
            Outcome::Skipped(why) => {
                println!("{}", indent(&format!("{}: {why}", outcome.word()), 4))
            }
            Outcome::Fails | Outcome::Unclear => println!("{}", indent(outcome.word(), 4)),
        }
    }
    println!();
}

/// A mark that is read without colour, too.
fn sign(outcome: &Outcome) -> StyledObject<&'static str> {
    match outcome {
        Outcome::Holds => style("+").green(),
        Outcome::Fails => style("-").red(),
        Outcome::Unclear => style("?").yellow(),
        Outcome::Skipped(_) => style(".").dim(),
    }
}

/// What the run says of the statements that people make: how many came out as the book has
/// it, and each that did not.
pub fn statements(claims: &Claims, measured: &Measurement) {
    let (mut same, mut otherwise, mut untold) = (0, Vec::new(), 0);
    for claim in &claims.claims {
        let outcomes = claim.proof.iter().filter_map(|proof| match proof {
            Proof::Finding(experiment, finding) => measured
                .experiments
                .get(experiment)?
                .findings
                .get(finding)
                .cloned(),
            _ => None,
        });
        match outcomes.reduce(Outcome::and) {
            None => {}
            Some(Outcome::Holds) => same += 1,
            Some(Outcome::Fails) => otherwise.push(claim),
            Some(Outcome::Unclear | Outcome::Skipped(_)) => untold += 1,
        }
    }
    if same + untold + otherwise.len() == 0 {
        return;
    }
    print!("Of what people say, {same} came out as the book has it");
    if untold > 0 {
        print!(", {untold} could not be told");
    }
    println!(", {} otherwise.", otherwise.len());
    for claim in otherwise {
        let says = prose(
            &format!("{} The book says: {}.", claim.says, claim.verdict.word()),
            4,
        );
        println!("  {} {}", style("-").red(), says.trim_start());
    }
    println!();
}

/// Two runs side by side.
pub fn differences(
    lab: &Lab,
    first: &Measurement,
    second: &Measurement,
) -> Result<ExitCode, Trouble> {
    let about = |m: &Measurement| {
        let quick = if m.quick { ", quick" } else { "" };
        format!(
            "{}, {}, {}{quick}",
            m.date, m.machine.python, m.machine.processor
        )
    };
    println!("A  {}\nB  {}\n", about(first), about(second));
    let differences = compare(lab, first, second);
    let (mut last, mut contradictions, mut wavering) = ("", 0, 0);
    for difference in &differences {
        let line = match &difference.change {
            Change::OnlyIn(is_first) => {
                format!("only in {}", if *is_first { "A" } else { "B" })
            }
            Change::Finding {
                says,
                outcomes,
                contradiction,
            } => {
                contradictions += usize::from(*contradiction);
                let (a, b) = (outcomes.0.word(), outcomes.1.word());
                let mark = if *contradiction {
                    "contradiction: "
                } else {
                    ""
                };
                format!("{mark}{says}\n  A {a}, B {b}")
            }
            Change::Figure { apart: false, .. } => {
                wavering += 1;
                continue;
            }
            Change::Figure {
                says, unit, ranges, ..
            } => {
                let (a, b) = (shown_range(&ranges.0, *unit), shown_range(&ranges.1, *unit));
                let times = ranges.1.value / ranges.0.value;
                format!("{says}: A {a}, B {b}, {times:.2} times A")
            }
        };
        if last != difference.experiment {
            println!("{}", style(&difference.experiment).bold());
            last = &difference.experiment;
        }
        println!("{}", indent(&line, 2));
    }
    if !differences.is_empty() {
        println!();
    }
    println!(
        "{contradictions} findings contradict each other; {wavering} figures differ within their spread"
    );
    Ok(ExitCode::from(u8::from(contradictions > 0)))
}

/// Draws every chart, twice, and a page with all of them.
pub fn draw(lab: &Lab, measured: &Measurement, out: &Path) -> Result<(), Trouble> {
    let write = |name: &str, text: &str| {
        std::fs::write(out.join(name), text).map_err(|e| {
            Trouble::new(
                format!("cannot write `{}`: {e}", out.join(name).display()),
                "name another folder with `--out`",
            )
        })
    };
    std::fs::create_dir_all(out).map_err(|e| {
        Trouble::new(
            format!("cannot make `{}`: {e}", out.display()),
            "name another folder with `--out`",
        )
    })?;
    let mut count = 0;
    for (ground, ending) in [(Ground::Light, "light"), (Ground::Dark, "dark")] {
        for (name, svg) in charts(lab, measured, ground) {
            let stem = name.trim_end_matches(".svg");
            write(&format!("{stem}-{ending}.svg"), &svg)?;
            count += 1;
        }
    }
    let mut page = PAGE_HEAD.to_owned();
    let machine = &measured.machine;
    let quick = if measured.quick { ", quickly" } else { "" };
    let _ = writeln!(
        page,
        "<p>Measured{quick} on {} with {}, {} cores, {}.</p>",
        measured.date, machine.processor, machine.cores, machine.python
    );
    for (_, svg) in charts(lab, measured, Ground::Page) {
        let _ = writeln!(page, "<figure>\n{svg}</figure>");
    }
    write("index.html", &page)?;
    println!(
        "drew {count} files; open `{}`",
        here(&out.join("index.html"))
    );
    Ok(())
}

const PAGE_HEAD: &str =
    "<!doctype html>\n<meta charset=\"utf-8\">\n<title>Bindery: your measurements</title>
<meta name=\"viewport\" content=\"width=device-width\">
<style>
:root { color-scheme: light dark; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; font-family: sans-serif; }
figure { margin: 2rem 0; }
</style>
<h1>Your measurements</h1>
";
