//! A verdict in words: each check's claim, whether it holds, and what is known where it does
//! not. `check` prints it, and the screen of `watch` shows the same lines.

use console::{Term, style};
use course::Exercise;

use crate::judging::{Judged, Status};
use crate::screen::{here, indent, me};
use crate::workshop::Workshop;

/// What an exercise came to, in lines no wider than `width`. The last says how many checks
/// pass; what to do next is left to whoever shows them.
pub fn lines(exercise: &Exercise, judged: &Judged, width: usize) -> Vec<String> {
    let _ = width;
    let (checks, warnings) = match judged {
        Judged::DoesNotBuild(messages) => {
            let mut lines: Vec<String> = messages.trim_end().lines().map(str::to_owned).collect();
            lines.push(String::new());
            lines.push(format!(
                "{} it does not compile yet",
                style("FAIL").red().bold()
            ));
            return lines;
        }
        Judged::Ran {
            checks, warnings, ..
        } => (checks, warnings),
    };
    let mut text = String::new();
    let mut passed = 0;
    for check in checks {
        let word = match check.status {
            Status::Passed => {
                passed += 1;
                style("pass").green()
            }
            Status::Failed => style("FAIL").red().bold(),
            Status::Error => style("ERROR").magenta().bold(),
        };
        text += &format!("{word}  {}\n", check.claim);
        if check.status == Status::Passed {
            continue;
        }
        text += &format!("\n{}\n", indent(&check.message, 6));
        if let (Some(expected), Some(got)) = (&check.expected, &check.got) {
            text += &format!("        expected  {expected}\n        got       {got}\n");
        }
        for (title, body) in &check.notes {
            text += &format!("\n      {title}:\n{}\n", indent(body, 8));
        }
        text.push('\n');
    }
    text += &format!("\n{}\n", warnings.trim_end());
    text += &format!(
        "\n{passed} of {} checks pass, {} of {} points",
        checks.len(),
        judged.points(),
        exercise.total_points()
    );
    text.lines().map(str::to_owned).collect()
}

/// The signature of the hint that is keyed to what went wrong, where the exercise has one.
pub fn keyed_hint(exercise: &Exercise, judged: &Judged) -> Option<String> {
    let hints = exercise.hints().ok()?;
    let keyed = |text: &str| hints.keyed(text).map(|hint| hint.title.clone());
    match judged {
        Judged::DoesNotBuild(messages) => keyed(messages),
        Judged::Ran { checks, .. } => {
            let failed = checks.iter().filter(|c| c.status == Status::Failed);
            failed.map(|c| c.message.as_str()).find_map(keyed)
        }
    }
}

/// Prints what an exercise came to, and the next command.
pub fn print(workshop: &Workshop, exercise: &Exercise, judged: &Judged) {
    let slug = &exercise.slug;
    println!(
        "{}  {}\n",
        style(format!("{slug}: {}", exercise.manifest.title)).bold(),
        style(here(&exercise.dir)).dim()
    );
    let width = usize::from(Term::stdout().size().1);
    for line in lines(exercise, judged, width) {
        println!("{line}");
    }
    if let Judged::Ran { said, .. } = judged
        && !said.trim().is_empty()
    {
        eprintln!("{}", said.trim_end());
    }
    if judged.code() == 0 {
        match workshop.next() {
            Some(next) => println!(
                "\nnext: {}, in {}: `{} check {}`",
                next.slug,
                here(&next.dir),
                me(),
                next.slug
            ),
            None => println!(
                "\nThat was the last one: all {} exercises are done.",
                workshop.exercises().len()
            ),
        }
        return;
    }
    let hint = style("hint:").cyan().bold();
    match keyed_hint(exercise, judged) {
        Some(signature) => println!(
            "\n{hint} there is one for this: `{} hint {slug} --for \"{signature}\"`",
            me()
        ),
        None => println!("\n{hint} `{} hint {slug}`", me()),
    }
}
