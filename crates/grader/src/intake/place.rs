//! Where in what a student handed in an answer lies, by names alone.
//!
//! People hand in the whole workbook, a folder called like the exercise, or the file. The more
//! of the course's own names lead to a file, the surer it is the answer, and the surest one is
//! taken. Nothing is read here.

use course::Exercise;

use crate::intake::archive::Packed;

/// An exercise that answers are looked for, and its editable files.
pub(super) struct Wanted<'a> {
    /// The exercise.
    pub exercise: &'a Exercise,
    /// Their paths in its folder, as text.
    pub files: Vec<String>,
}

impl<'a> Wanted<'a> {
    pub fn new(exercise: &'a Exercise) -> Wanted<'a> {
        let files = exercise.manifest.editable.iter();
        Wanted {
            exercise,
            files: files.map(|f| f.to_string_lossy().into_owned()).collect(),
        }
    }
}

/// What a file is, going by where it lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// Which of the wanted exercises it answers.
    pub exercise: usize,
    /// Which of the exercise's editable files it is.
    pub file: usize,
    /// Which attempt it belongs to.
    pub attempt: u32,
    /// How sure that is; the lowest is the surest.
    pub rank: u8,
    /// What stands for the exercise's folder.
    pub folder: String,
}

/// The ranks. One more where upper and lower case differ from the course's.
const FOLDER: u8 = 0;
const FOLDER_OF_FILES: u8 = 2;
const FILE_CALLED_SO: u8 = 4;
const ONLY_PATH: u8 = 6;
const ONLY_NAME: u8 = 8;
/// Its ending is all that speaks for it.
pub(super) const ONLY_ENDING: u8 = 10;

/// What a file is, or nothing where it is no answer to what is wanted.
///
/// `path` is below the student's own folder or archive.
pub(super) fn place(wanted: &[Wanted<'_>], path: &[String]) -> Option<Place> {
    let (attempt, path) = without_attempt(path);
    let mut best: Option<Place> = None;
    for (exercise, w) in wanted.iter().enumerate() {
        for (file, editable) in w.files.iter().enumerate() {
            let alone = is_alone(wanted, exercise, editable);
            let Some((rank, folder)) = rank(w, editable, &path, alone) else {
                continue;
            };
            if best.as_ref().is_none_or(|b| rank < b.rank) {
                best = Some(Place {
                    exercise,
                    file,
                    attempt,
                    rank,
                    folder: folder.join("/"),
                });
            }
        }
    }
    best
}

/// How sure it is that the file at `path` is this editable file, and which part of the path
/// stands for the exercise's folder.
fn rank<'p>(
    w: &Wanted<'_>,
    editable: &str,
    path: &[&'p str],
    alone: bool,
) -> Option<(u8, Vec<&'p str>)> {
    let (name, folders) = path.split_last()?;
    let inner: Vec<&str> = editable.split('/').collect();
    let own = inner.last()?;
    let mut found = Vec::new();
    let mut offer = |sureness: Option<bool>, rank: u8, folder: &[&'p str]| {
        let rank = sureness.map(|exact| rank + u8::from(!exact));
        found.extend(rank.map(|rank| (rank, folder.to_vec())));
    };

    let whole = path.len().checked_sub(inner.len()).and_then(|at| {
        let (folder, rest) = path.split_at(at);
        let mut pairs = rest.iter().zip(&inner);
        let exact = pairs.try_fold(true, |exact, (a, b)| Some(same(a, b)? && exact))?;
        Some((folder, exact))
    });
    if let Some((folder, exact)) = whole {
        let called = folder.last().and_then(|f| called(w.exercise, f));
        offer(called.map(|called| called && exact), FOLDER, folder);
        offer(
            (alone && !is_in_the_course(folder)).then_some(exact),
            ONLY_PATH,
            folder,
        );
    }
    if let Some(exact) = same(name, own) {
        let above = folders.last().and_then(|f| called(w.exercise, f));
        offer(above.map(|above| above && exact), FOLDER_OF_FILES, folders);
        offer(
            (alone && !is_in_the_course(folders)).then_some(exact),
            ONLY_NAME,
            folders,
        );
    }
    if let ([_], Some((stem, ending))) = (w.files.as_slice(), name.rsplit_once('.'))
        && same_ending(own, ending)
        && !is_in_the_course(folders)
    {
        offer(called(w.exercise, stem), FILE_CALLED_SO, folders);
    }
    found.into_iter().min_by_key(|(rank, _)| *rank)
}

/// The one editable file that a file with this name can be, going by its ending, where each
/// student handed in files and no folders.
pub(super) fn by_ending(wanted: &[Wanted<'_>], name: &str) -> Option<(usize, usize)> {
    let (_, ending) = name.rsplit_once('.')?;
    let all = wanted.iter().enumerate().flat_map(|(exercise, w)| {
        let files = w.files.iter().enumerate();
        files.map(move |(file, editable)| (exercise, file, editable))
    });
    let mut fitting = all.filter(|(_, _, editable)| same_ending(editable, ending));
    match (fitting.next(), fitting.next()) {
        (Some((exercise, file, _)), None) => Some((exercise, file)),
        _ => None,
    }
}

/// Whether some wanted file ends like this one.
pub(super) fn ends_like_an_answer(wanted: &[Wanted<'_>], name: &str) -> bool {
    let files = || wanted.iter().flat_map(|w| &w.files);
    name.rsplit_once('.')
        .is_some_and(|(_, ending)| files().any(|f| same_ending(f, ending)))
}

fn same_ending(editable: &str, ending: &str) -> bool {
    editable
        .rsplit_once('.')
        .is_some_and(|(_, own)| own.eq_ignore_ascii_case(ending))
}

/// Whether no other wanted exercise has an editable file of this name.
fn is_alone(wanted: &[Wanted<'_>], exercise: usize, editable: &str) -> bool {
    let name = |path: &str| path.rsplit('/').next().map(str::to_ascii_lowercase);
    let own = name(editable);
    let mut others = wanted.iter().enumerate().filter(|(i, _)| *i != exercise);
    !others.any(|(_, w)| w.files.iter().any(|f| name(f) == own))
}

/// Whether a folder or the stem of a file is called like the exercise; and if so, whether in
/// upper and lower case too.
pub(super) fn called(exercise: &Exercise, name: &str) -> Option<bool> {
    let bare = match is_numbered(name) {
        true => &name[3..],
        false => name,
    };
    exercise.slugs().find_map(|slug| {
        let with_number = same(name, slug);
        with_number.or_else(|| same(bare, slug))
    })
}

/// Whether two names are the same, and if so, whether in upper and lower case too.
fn same(a: &str, b: &str) -> Option<bool> {
    a.eq_ignore_ascii_case(b).then(|| a == b)
}

/// Whether this is how the course calls its folders: `02_detach`.
fn is_numbered(name: &str) -> bool {
    matches!(name.as_bytes(), [a, b, b'_', c, ..]
        if a.is_ascii_digit() && b.is_ascii_digit() && c.is_ascii_lowercase())
}

/// Whether the course's own folders lead there: then their names say which exercise it is, and
/// a file in the folder of another one is not taken for this.
fn is_in_the_course(folders: &[&str]) -> bool {
    folders.iter().any(|f| is_numbered(f))
}

/// Whether a folder holds nothing that somebody has written as an answer.
pub(super) fn is_left_alone(above: Option<&str>, folder: &str) -> bool {
    let by_tools = ["target", "__MACOSX", "__pycache__", "node_modules", "venv"];
    folder.starts_with('.')
        || by_tools.contains(&folder)
        || folder == "starter"
        // The course's published answers; a student's own folder may be called so.
        || (above == Some("solutions") && is_numbered(folder))
}

/// Which attempt a path belongs to, by a folder such as `attempt-2`, and the path without it.
fn without_attempt(path: &[String]) -> (u32, Vec<&str>) {
    let mut rest: Vec<&str> = path.iter().map(String::as_str).collect();
    let folders = rest.len().saturating_sub(1);
    let attempt = (0..folders).find_map(|i| Some((i, attempt(rest[i])?)));
    match attempt {
        Some((i, number)) => {
            rest.remove(i);
            (number, rest)
        }
        None => (0, rest),
    }
}

/// Which attempt an archive belongs to, by its name or a folder's; 0 where they do not say.
pub(super) fn attempt_of(path: &[String]) -> u32 {
    let mut names = path.iter().map(|name| Packed::stem(name));
    names.find_map(attempt).unwrap_or(0)
}

fn attempt(folder: &str) -> Option<u32> {
    let folder = folder.to_ascii_lowercase();
    let words = ["attempt", "submission", "try", "version"];
    let number = words.iter().find_map(|word| folder.strip_prefix(word))?;
    let number = number.trim_start_matches(['-', '_', ' ', '#']);
    let digits = number.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| number.parse().ok())?
}
