//! What is written down of likeness: the pages, and the same answers for other programs.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::Path;

use class::{ANNA, BEN, CLEO, STARTER, given, submission};
use grader::model::{Student, StudentId, Submission};
use grader::similar::{Class, Likeness, compare, export, write};
use scraper::{Html, Selector};

#[path = "similar/class.rs"]
mod class;

const HOSTILE: &str = "<script>alert(1)</script>\u{202e}\"'&";

struct Room {
    students: BTreeMap<StudentId, Student>,
    submissions: Vec<Submission>,
}

impl Room {
    fn new() -> Room {
        let copy = format!("{ANNA}\n// {HOSTILE}\nfn f() {{ g(\"{HOSTILE}\"); }}\n");
        let answers = [
            ("anna", ANNA),
            ("ben", BEN),
            ("cleo", CLEO),
            ("copy", &copy),
        ];
        let submissions = answers.map(|(who, text)| submission(who, "src/lib.rs", text));
        let named = |name: &str| Student {
            name: name.to_owned(),
            ..Student::default()
        };
        let hostile = (StudentId("copy".to_owned()), named(HOSTILE));
        Room {
            students: BTreeMap::from([hostile]),
            submissions: submissions.to_vec(),
        }
    }

    /// Calls `with` for a class in which Cleo's answer is the published one.
    fn open<T>(&self, with: impl Fn(&Class<'_>) -> T) -> T {
        with(&Class {
            students: &self.students,
            submissions: &self.submissions,
            given: &[given("src/lib.rs", STARTER, Some(CLEO))],
        })
    }
}

fn written(folder: &Path, top: usize) -> Likeness {
    Room::new().open(|class| {
        let likeness = compare(class, top);
        write(class, &likeness, folder).expect("the folder can be written");
        likeness
    })
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).expect("it was written")
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("it is a folder");
    let mut names: Vec<_> = entries
        .map(|entry| entry.expect("it can be read").file_name().into_string())
        .map(|name| name.expect("we named it"))
        .collect();
    names.sort();
    names
}

fn select<'a>(page: &'a Html, what: &str) -> Vec<scraper::ElementRef<'a>> {
    let selector = Selector::parse(what).expect("it is a selector");
    page.select(&selector).collect()
}

#[test]
fn every_link_of_every_page_leads_somewhere() {
    let folder = tempfile::tempdir().expect("there is room");
    written(folder.path(), 50);
    let pages = names(&folder.path().join("pairs"));
    let mut links = 0;
    for page in pages
        .iter()
        .map(|name| format!("pairs/{name}"))
        .chain(["similar.html".into()])
    {
        let path = folder.path().join(&page);
        let html = Html::parse_document(&read(&path));
        for link in select(&html, "a[href]") {
            links += 1;
            let href = link.attr("href").expect("it was selected by it");
            let found = match href.strip_prefix('#') {
                Some(id) => select(&html, "[id]")
                    .iter()
                    .any(|e| e.attr("id") == Some(id)),
                None => path.parent().expect("a folder").join(href).is_file(),
            };
            assert!(found, "{page}: {href}");
        }
    }
    assert!(links > 2 * pages.len(), "{links} links in {pages:?}");
}

#[test]
fn nothing_that_a_student_wrote_becomes_a_part_of_a_page() {
    let folder = tempfile::tempdir().expect("there is room");
    written(folder.path(), 50);
    for page in ["similar.html", "pairs/pair-001.html"] {
        let text = read(&folder.path().join(page));
        let html = Html::parse_document(&text);
        assert_eq!(select(&html, "script").len(), 0, "{page}");
        assert!(text.contains("&lt;script&gt;"), "{page}");
        assert!(!text.contains('\u{202e}'), "{page}");
        let policy = select(&html, "meta[http-equiv=Content-Security-Policy]");
        let policy = policy[0].attr("content");
        assert_eq!(
            policy,
            Some("default-src 'none'; style-src 'unsafe-inline'")
        );
    }
}

#[test]
fn both_sides_show_a_place_by_its_letter() {
    let folder = tempfile::tempdir().expect("there is room");
    let likeness = written(folder.path(), 50);
    let page = Html::parse_document(&read(&folder.path().join("pairs/pair-001.html")));
    let pair = &likeness.pairs[0];
    assert_eq!((pair.a.0.as_str(), pair.likeness), ("anna", 1.0));
    for region in &pair.regions {
        for (side, place) in [("a", &region.a), ("b", &region.b)] {
            let letter = select(&page, &format!("#{side}-{}", region.letter));
            let line = letter[0].parent().and_then(|letter| letter.parent());
            let line = line
                .and_then(scraper::ElementRef::wrap)
                .expect("it is in a line");
            let words: String = line.text().collect();
            assert!(words.starts_with(&place.first.to_string()), "{words}");
        }
    }
    // What the starter had is shown as its.
    let starters = select(&page, ".starters code");
    let text: Vec<String> = starters.iter().map(|code| code.text().collect()).collect();
    assert!(
        text.iter().any(|line| line.contains("fn sums(text: &str")),
        "{text:?}"
    );
}

#[test]
fn pages_of_an_earlier_ranking_are_gone_and_nothing_else_is() {
    let folder = tempfile::tempdir().expect("there is room");
    written(folder.path(), 50);
    let pages = folder.path().join("pairs");
    fs::write(pages.join("pair-notes.html"), "mine").expect("it can be written");
    written(folder.path(), 1);
    let left = ["pair-001.html", "pair-notes.html", "solution-001.html"];
    assert_eq!(names(&pages), left);
    assert_eq!(
        names(folder.path()),
        ["pairs", "similar.html", "similar.json"]
    );
}

#[test]
fn no_page_calls_anybody_names() {
    let folder = tempfile::tempdir().expect("there is room");
    written(folder.path(), 50);
    for page in ["similar.html", "similar.json", "pairs/pair-001.html"] {
        let text = read(&folder.path().join(page)).to_lowercase();
        for word in ["plagiar", "cheat", "suspect", "guilt", "copied"] {
            assert!(!text.contains(word), "{page}: {word}");
        }
    }
}

#[test]
fn jplag_finds_a_folder_for_each_student_and_the_starter_beside_them() {
    let folder = tempfile::tempdir().expect("there is room");
    let room = Room::new();
    room.open(|class| export::jplag(class, folder.path()).expect("it can be written"));
    let exercise = folder.path().join("ledger");
    assert_eq!(names(&exercise), ["base", "submissions"]);
    assert_eq!(
        names(&exercise.join("submissions")),
        ["anna", "ben", "cleo", "copy"]
    );
    assert_eq!(read(&exercise.join("submissions/ben/src/lib.rs")), BEN);
    assert_eq!(read(&exercise.join("base/src/lib.rs")), STARTER);
    // What is there is somebody's.
    let again = room.open(|class| export::jplag(class, folder.path()));
    assert!(again.is_err_and(|e| e.kind() == std::io::ErrorKind::AlreadyExists));
}

#[test]
fn dolos_finds_every_file_of_its_table() {
    let folder = tempfile::tempdir().expect("there is room");
    let room = Room::new();
    let written = room.open(|class| export::dolos(class, folder.path()).expect("it is written"));
    let archive = fs::File::open(&written[0]).expect("it is there");
    let mut archive = zip::ZipArchive::new(archive).expect("it is an archive");
    let mut entry = |name: &str| {
        let mut text = String::new();
        let mut entry = archive.by_name(name).expect("it is in the archive");
        entry.read_to_string(&mut text).expect("it is text");
        text
    };
    let info = entry("info.csv");
    let mut table = csv::Reader::from_reader(info.as_bytes());
    let rows: Vec<BTreeMap<String, String>> = table
        .deserialize()
        .map(|row| row.expect("it is a row"))
        .collect();
    assert_eq!(rows.len(), 5);
    for row in &rows {
        let text = entry(&row["filename"]);
        assert_eq!(row["ignored"] == "true", text == STARTER, "{row:?}");
    }
    assert_eq!(
        rows.iter().filter(|row| row["ignored"] == "true").count(),
        1
    );
    assert!(
        rows[3]["full_name"].starts_with("<script>"),
        "{:?}",
        rows[3]
    );
    assert_eq!(rows[1]["label"], "ben");
}
