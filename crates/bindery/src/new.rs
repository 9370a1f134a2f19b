//! `new`: the two folders of a new exercise, and its page in the book.
//!
//! What is in them is left to `skeleton`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::builder::PossibleValuesParser;
use clap::builder::TypedValueParser as _;
use console::style;
use course::{Course, Exercise, Kind, is_snake_case, reserved};
use serde_json::Value;

use crate::screen::me;
use crate::skeleton::{LESSON, Skeleton};
use crate::trouble::Trouble;
use crate::workshop::root;

const KINDS: [Kind; 5] = [
    Kind::Module,
    Kind::CModule,
    Kind::Library,
    Kind::Python,
    Kind::Program,
];

/// What was typed.
#[derive(clap::Args)]
pub struct Options {
    /// Chapter and name, as `gil/pinned`; a new chapter with its number, as `09_buffers/pinned`
    pub name: String,
    /// What an answer is built into
    #[arg(long, default_value = Kind::Module.as_str(), value_parser = kind_parser())]
    pub kind: Kind,
    /// The title, for people
    #[arg(long)]
    pub title: Option<String>,
    /// Its place in the chapter; without it, behind the last one
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=99))]
    pub number: Option<u32>,
}

fn kind_parser() -> impl clap::builder::TypedValueParser<Value = Kind> {
    let named = |name: String| KINDS.into_iter().find(|kind| kind.as_str() == name);
    PossibleValuesParser::new(KINDS.map(Kind::as_str))
        .map(move |name| named(name).unwrap_or(Kind::Module))
}

pub fn run(options: &Options) -> Result<ExitCode, Trouble> {
    let root = root()?;
    if !root.join("solutions").is_dir() {
        return Err(Trouble::new(
            "this workbook has no `solutions/`, where the answer would go",
            "write exercises in a git checkout of the course",
        ));
    }
    let draft = Draft::of(options, &root)?;
    let page = draft.write(&root)?;
    println!("Wrote `{}`\n", draft.id());
    let say = |word: &str, text: &str| println!("  {} {text}", style(format!("{word:<8}")).dim());
    say("exercise", &format!("exercises/{}/", draft.id()));
    say("solution", &format!("solutions/{}/", draft.id()));
    say("page", &page);
    println!();
    let slug = &draft.slug;
    say(
        "next",
        "write what is marked `FILL IN`; this says what is left:",
    );
    say(
        "",
        &format!("`cargo test -p proof --test exercises -- {slug}`"),
    );
    say(
        "then",
        &format!("`{} check {slug}`, as a learner does", me()),
    );
    Ok(ExitCode::SUCCESS)
}

/// A new exercise, with all its names.
struct Draft {
    chapter: String,
    number: u32,
    slug: String,
    title: String,
    kind: Kind,
}

impl Draft {
    fn of(options: &Options, root: &Path) -> Result<Draft, Trouble> {
        let course = Course::survey(root).course;
        let usage = || format!("name both, as in `{} new gil/pinned`", me());
        let Some((chapter, slug)) = options.name.split_once('/') else {
            let message = format!("`{}` is no chapter and name", options.name);
            return Err(Trouble::new(message, usage()));
        };
        is_free(slug, &course)?;
        let chapter = chapter_named(chapter, &course)?;
        let taken = numbers_in(&root.join("exercises").join(&chapter));
        let number = match options.number {
            Some(number) if taken.contains(&number) => {
                let free = (1..).find(|n| !taken.contains(n)).unwrap_or(number);
                return Err(Trouble::new(
                    format!("number {number} of `{chapter}` is taken"),
                    format!("free is `--number {free}`"),
                ));
            }
            Some(number) => number,
            None => taken.iter().max().unwrap_or(&0) + 1,
        };
        Ok(Draft {
            chapter,
            number,
            slug: slug.to_owned(),
            title: options.title.clone().unwrap_or_else(|| words(slug)),
            kind: options.kind,
        })
    }

    fn id(&self) -> String {
        format!("{}/{:02}_{}", self.chapter, self.number, self.slug)
    }

    /// A text with the names put in.
    fn filled(&self, text: &str, skeleton: &Skeleton) -> String {
        let library = skeleton
            .library
            .map_or(String::new(), |path| format!("library = \"{path}\"\n"));
        text.replace("{{slug}}", &self.slug)
            .replace("{{id}}", &self.id())
            .replace("{{heading}}", &self.title)
            // What JSON makes of a text is a string of TOML's too.
            .replace("{{title}}", &Value::from(self.title.as_str()).to_string())
            .replace("{{kind}}", self.kind.as_str())
            .replace("{{concept}}", &self.slug.replace('_', "-"))
            .replace("{{edited}}", skeleton.edited)
            .replace("{{library}}\n", &(library + "\n"))
    }

    /// Writes all of it; answers where the lesson is. Where something cannot be written, the
    /// two folders are gone again.
    fn write(&self, root: &Path) -> Result<String, Trouble> {
        let skeleton = Skeleton::of(self.kind);
        let exercise = root.join("exercises").join(self.id());
        let solution = root.join("solutions").join(self.id());
        if let Some(taken) = [&exercise, &solution].into_iter().find(|dir| dir.exists()) {
            let message = format!("`{}` is there already", taken.display());
            return Err(Trouble::new(message, "choose another name, or delete it"));
        }
        let written = self
            .write_folders(&exercise, &solution, &skeleton)
            .and_then(|()| self.write_lesson(root, &skeleton));
        if written.is_err() {
            let _ = fs::remove_dir_all(&exercise);
            let _ = fs::remove_dir_all(&solution);
        }
        written
    }

    fn write_folders(
        &self,
        exercise: &Path,
        solution: &Path,
        skeleton: &Skeleton,
    ) -> Result<(), Trouble> {
        for (path, text) in &skeleton.exercise {
            write(&exercise.join(path), &self.filled(text, skeleton))?;
            // What the learner edits is a copy of its starter.
            if let Some(edited) = path.strip_prefix("starter/") {
                write(&exercise.join(edited), &self.filled(text, skeleton))?;
            }
        }
        for (path, text) in &skeleton.solution {
            write(&solution.join(path), &self.filled(text, skeleton))?;
        }
        Ok(())
    }

    /// The page of the book and its line in the summary; a page that is there already gets the
    /// task at its end.
    fn write_lesson(&self, root: &Path, skeleton: &Skeleton) -> Result<String, Trouble> {
        let (_, chapter) = self.chapter.split_once('_').unwrap_or(("", &self.chapter));
        let name = format!("{chapter}/{}.md", self.slug);
        let page = root.join("book/src").join(&name);
        let lesson = self.filled(LESSON, skeleton);
        if let Ok(text) = fs::read_to_string(&page) {
            let task = lesson.split_once("\n---\n").map_or("", |(_, task)| task);
            write(&page, &format!("{}\n\n---\n{task}", text.trim_end()))?;
            return Ok(format!(
                "book/src/{name}, which was there, has the task at its end"
            ));
        }
        let summary = root.join("book/src/SUMMARY.md");
        let text = fs::read_to_string(&summary).map_err(|e| unwritable(&summary, &e))?;
        write(&page, &lesson)?;
        write(
            &summary,
            &with_line(&text, chapter, &format!("- [{}]({name})", self.title)),
        )?;
        Ok(format!(
            "book/src/{name}, with a line in book/src/SUMMARY.md"
        ))
    }
}

/// The summary with one more line: behind the chapter's last page, or in a new part.
fn with_line(summary: &str, chapter: &str, line: &str) -> String {
    let mut lines: Vec<&str> = summary.lines().collect();
    let of_chapter = format!("]({chapter}/");
    match lines.iter().rposition(|line| line.contains(&of_chapter)) {
        Some(last) => {
            lines.insert(last + 1, line);
            lines.join("\n") + "\n"
        }
        None => format!("{}\n\n# {}\n\n{line}\n", summary.trim_end(), words(chapter)),
    }
}

/// Whether an exercise may have this name.
fn is_free(slug: &str, course: &Course) -> Result<(), Trouble> {
    let rename = "choose another name: it is a crate and a Python module at once";
    if !is_snake_case(slug) {
        let message = format!("`{slug}` is no name in small letters, digits and underscores");
        return Err(Trouble::new(message, rename));
    }
    if let Some(exercise) = course.exercises.iter().find(|e| e.slug == slug) {
        let message = format!("`{slug}` is the exercise `{}` already", exercise.id());
        return Err(Trouble::new(message, rename));
    }
    let formerly = |e: &&Exercise| e.manifest.formerly.iter().any(|old| old == slug);
    if let Some(exercise) = course.exercises.iter().find(formerly) {
        // Work that somebody has done under the old name would be taken for work on this one.
        let message = format!("`{slug}` is what `{}` was called before", exercise.id());
        return Err(Trouble::new(message, rename));
    }
    let lock = fs::read_to_string(course.root.join("Cargo.lock")).unwrap_or_default();
    let is_ours = lock
        .lines()
        .any(|line| line == format!("name = \"{slug}\""));
    let hidden = match reserved::shadowed_by(slug, &lock)? {
        Some(shadow) => shadow.to_string(),
        None if is_ours => format!("the crate `{slug}` of this workspace"),
        None => return Ok(()),
    };
    Err(Trouble::new(
        format!("`{slug}` would hide {hidden}"),
        rename,
    ))
}

/// The folder of a chapter, by its whole name, without its number, or by the number alone.
fn chapter_named(typed: &str, course: &Course) -> Result<String, Trouble> {
    let folders: Vec<String> = course.chapters().map(|(c, _)| c.folder()).collect();
    let is_meant = |folder: &&String| {
        let (number, name) = folder.split_once('_').unwrap_or(("", folder));
        [folder.as_str(), number, name].contains(&typed)
    };
    if let Some(folder) = folders.iter().find(is_meant) {
        return Ok(folder.clone());
    }
    let is_new = typed.split_once('_').is_some_and(|(number, name)| {
        let digits = number.len() == 2 && number.bytes().all(|b| b.is_ascii_digit());
        digits && is_snake_case(name) && !folders.iter().any(|f| f.starts_with(number))
    });
    match is_new {
        true => Ok(typed.to_owned()),
        false => Err(Trouble::new(
            format!(
                "there is no chapter `{typed}`; there are `{}`",
                folders.join("`, `")
            ),
            "name one of them, or a new one with a number of its own, as in `09_buffers`",
        )),
    }
}

/// The numbers that the exercises of a chapter have, those that cannot be read too.
fn numbers_in(chapter: &Path) -> Vec<u32> {
    let entries = fs::read_dir(chapter).into_iter().flatten().flatten();
    let number = |name: &str| name.split_once('_')?.0.parse().ok();
    entries
        .filter_map(|entry| number(&entry.file_name().to_string_lossy()))
        .collect()
}

/// A name as words: `Who frees` for `who_frees`.
fn words(name: &str) -> String {
    let words = name.replace('_', " ");
    let mut letters = words.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

fn write(path: &Path, text: &str) -> Result<(), Trouble> {
    let folder = path.parent().map_or_else(PathBuf::new, Path::to_owned);
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(path, text))
        .map_err(|e| unwritable(path, &e))
}

fn unwritable(path: &Path, error: &std::io::Error) -> Trouble {
    Trouble::new(
        format!("`{}` cannot be written: {error}", path.display()),
        format!("look at its permissions with `ls -ld {}`", path.display()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_comes_behind_the_last_of_its_chapter() {
        let summary =
            "# Summary\n\n# The GIL\n\n- [One](gil/one.md)\n\n# Errors\n\n- [Two](errors/two.md)\n";
        let check = |chapter: &str, expected: &str| {
            assert_eq!(with_line(summary, chapter, "- [New](x)"), expected);
        };
        check(
            "gil",
            &summary.replace("one.md)\n", "one.md)\n- [New](x)\n"),
        );
        check("errors", &format!("{summary}- [New](x)\n"));
        check(
            "zero_copy",
            &format!("{summary}\n# Zero copy\n\n- [New](x)\n"),
        );
    }
}
