//! Who is in the class: a table with a line for each student.
//!
//! Rosters come from many places, so the headings are recognised loosely: Canvas's gradebook,
//! Moodle's worksheet, Gradescope's and GitHub Classroom's rosters, and anything with a column
//! for an id, a login, an email address or a name. Columns that mean nothing here are kept for
//! those who write tables later.
//!
//! Whose something is follows from the id, the login, the address and the name, in that order.
//! Where two students fit, none is chosen.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::intake::IntakeError;
use crate::intake::table::{Table, plain};
use crate::model::{Problem, Student};

/// Who is in the class.
#[derive(Debug)]
pub struct Roster {
    rows: Vec<Row>,
    /// What is to be said of it, such as a student who stands in it twice.
    pub problems: Vec<Problem>,
    ids: Index,
    logins: Index,
    emails: Index,
    mailboxes: Index,
    names: Index,
    canvas_ids: Index,
    moodle_ids: Index,
}

/// One student of a roster.
#[derive(Debug)]
pub struct Row {
    /// What tells this student from all others.
    pub key: String,
    /// Who it is.
    pub student: Student,
}

/// What a name in a collection says of whose it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Claim {
    /// The name, an id, a login, an address.
    pub text: String,
    /// Canvas's number of the student.
    pub canvas_id: Option<String>,
    /// Moodle's number of the participant.
    pub moodle_id: Option<String>,
}

impl Claim {
    /// One without a portal's number.
    pub fn text(text: &str) -> Claim {
        Claim {
            text: text.into(),
            ..Claim::default()
        }
    }
}

/// Whose something is. Rows are counted from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// This student's.
    One(usize),
    /// The roster knows nobody of that name.
    Nobody,
    /// These fit equally well.
    Several(Vec<usize>),
}

/// Who has a value, with upper and lower case made the same.
#[derive(Debug, Default)]
struct Index(BTreeMap<String, BTreeMap<String, BTreeSet<usize>>>);

impl Index {
    fn put(&mut self, value: &str, row: usize) {
        if !value.is_empty() {
            let same = self.0.entry(value.to_lowercase()).or_default();
            same.entry(value.into()).or_default().insert(row);
        }
    }

    fn find(&self, value: &str) -> Found {
        let Some(same) = self.0.get(&value.to_lowercase()) else {
            return Found::Nobody;
        };
        // Two ids that differ in case alone are told apart by it.
        let rows = match same.get(value) {
            Some(exact) if exact.len() == 1 => exact.clone(),
            _ => same.values().flatten().copied().collect(),
        };
        match Vec::from_iter(rows)[..] {
            [row] => Found::One(row),
            ref several => Found::Several(several.to_vec()),
        }
    }
}

impl Roster {
    /// Reads a roster.
    pub fn read(path: &Path) -> Result<Roster, IntakeError> {
        let bytes = fs::read(path).map_err(|source| IntakeError::Unreadable {
            path: path.to_owned(),
            source,
        })?;
        let table = Table::parse(path, &bytes)?;
        let columns = Columns::of(&table);
        let known = [
            "id",
            "sis_id",
            "login",
            "email",
            "name",
            "canvas_id",
            "moodle_id",
        ];
        if !columns
            .0
            .iter()
            .any(|column| known.contains(&column.as_str()))
        {
            return Err(IntakeError::Table {
                path: path.to_owned(),
                why: "has no column `id`, `login`, `email` or `name`".into(),
                hint: "give it a first line such as `id,name,email`",
            });
        }
        let mut roster = Roster::empty();
        let file = path.file_name().unwrap_or_default().to_string_lossy();
        for (line, cells) in &table.rows {
            // Canvas has a line below its headings that is no student's.
            if cells[0] == "Points Possible" {
                continue;
            }
            if let Err(what) = roster.add(columns.student(cells)) {
                let place = format!("{file}:{line}");
                roster.problems.push(Problem { place, what });
            }
        }
        match roster.rows.is_empty() {
            false => Ok(roster),
            true => Err(IntakeError::Table {
                path: path.to_owned(),
                why: "has no students".into(),
                hint: "write a line for each student below the headings",
            }),
        }
    }

    fn empty() -> Roster {
        Roster {
            rows: Vec::new(),
            problems: Vec::new(),
            ids: Index::default(),
            logins: Index::default(),
            emails: Index::default(),
            mailboxes: Index::default(),
            names: Index::default(),
            canvas_ids: Index::default(),
            moodle_ids: Index::default(),
        }
    }

    /// Takes one more student in, or says why not.
    fn add(&mut self, student: Student) -> Result<(), String> {
        let value = |column: &str| student.also.get(column).map_or("", String::as_str);
        let keys = ["id", "sis_id", "login", "email", "canvas_id", "moodle_id"];
        let own = keys.iter().map(|column| value(column));
        let own = own.chain([student.name.as_str()]).find(|v| !v.is_empty());
        let Some(key) = own.map(str::to_owned) else {
            return Err("says of nobody who it is, and is left out".into());
        };
        // Two students of one name are two; two of one id are one.
        if key != student.name && self.rows.iter().any(|row| row.key == key) {
            return Err(format!("`{key}` stands there twice; the first line counts"));
        }
        let row = self.rows.len();
        for column in ["id", "sis_id", "canvas_id"] {
            self.ids.put(value(column), row);
        }
        // A column `id` may be Canvas's, where no other is.
        let canvas_id = [value("canvas_id"), value("id")];
        let canvas_id = canvas_id.into_iter().find(|id| !id.is_empty());
        self.canvas_ids.put(canvas_id.unwrap_or_default(), row);
        self.moodle_ids.put(value("moodle_id"), row);
        self.logins.put(value("login"), row);
        self.emails.put(value("email"), row);
        let mailbox = value("email").split('@').next().unwrap_or_default();
        self.mailboxes.put(mailbox, row);
        self.names.put(&in_order(&student.name), row);
        self.rows.push(Row { key, student });
        Ok(())
    }

    /// The students, in the order of the roster.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Whose something is.
    pub fn find(&self, claim: &Claim) -> Found {
        let text = claim.text.trim();
        if let Some(id) = &claim.canvas_id {
            let by_id = self.canvas_ids.find(id);
            return first_of([by_id, self.find_run_together(text)]);
        }
        let by_name = || self.names.find(&in_order(text));
        if let Some(id) = &claim.moodle_id {
            return first_of([self.moodle_ids.find(id), by_name()]);
        }
        let indices = [&self.ids, &self.logins, &self.emails, &self.mailboxes];
        let found = indices.into_iter().map(|index| index.find(text));
        first_of(found.chain([by_name()]))
    }

    /// Canvas writes a name without what stands between its words, the surname first.
    fn find_run_together(&self, name: &str) -> Found {
        let name = plain(name);
        let fits = |row: &Row| {
            let name_in_order = in_order(&row.student.name);
            let words: Vec<String> = name_in_order.split(' ').map(plain).collect();
            (0..words.len())
                .any(|first| [&words[first..], &words[..first]].concat().concat() == name)
        };
        let rows = self.rows.iter().enumerate().filter(|(_, row)| fits(row));
        match rows.map(|(i, _)| i).collect::<Vec<usize>>()[..] {
            [] => Found::Nobody,
            [row] => Found::One(row),
            ref several => Found::Several(several.to_vec()),
        }
    }

    /// A student, for a human who has to tell two apart.
    pub fn describe(&self, row: usize) -> String {
        let Row { key, student } = &self.rows[row];
        match student.name == *key || student.name.is_empty() {
            true => format!("`{key}`"),
            false => format!("`{key}` ({})", student.name),
        }
    }
}

/// What is found first.
fn first_of(found: impl IntoIterator<Item = Found>) -> Found {
    let mut found = found.into_iter();
    found.find(|f| *f != Found::Nobody).unwrap_or(Found::Nobody)
}

/// `Ng, Ann` as `Ann Ng`, with single spaces.
fn in_order(name: &str) -> String {
    let turned = match name.split_once(',') {
        Some((last, first)) => format!("{first} {last}"),
        None => name.into(),
    };
    turned.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What each column of a table is called in [`Student::also`]; `name`, `first` and `last` make
/// up the name.
struct Columns(Vec<String>);

impl Columns {
    fn of(table: &Table) -> Columns {
        let is_of_canvas = table.column(&["sisuserid", "sisloginid"]).is_some();
        let mut taken = BTreeSet::new();
        let columns = table.headings.iter().map(|heading| {
            let meaning = match plain(heading).as_str() {
                "id" if is_of_canvas => "canvas_id",
                "id"
                | "studentid"
                | "studentnumber"
                | "sid"
                | "number"
                | "idnumber"
                | "identifier"
                | "matriculation"
                | "matriculationnumber"
                | "matrikelnummer" => "id",
                "sisuserid" | "sisid" => "sis_id",
                "canvasid" | "canvasuserid" => "canvas_id",
                "moodleid" => "moodle_id",
                "login" | "loginid" | "sisloginid" | "username" | "user" | "github"
                | "githubusername" => "login",
                "email" | "emailaddress" | "mail" => "email",
                "name" | "fullname" | "student" | "studentname" | "displayname" => "name",
                "firstname" | "first" | "givenname" | "forename" => "first",
                "lastname" | "last" | "surname" | "familyname" => "last",
                "section" | "sections" | "group" => "section",
                _ => heading,
            };
            // The first column of a meaning has it; a second one keeps its heading.
            match taken.insert(meaning.to_owned()) {
                true => meaning.to_owned(),
                false => heading.clone(),
            }
        });
        Columns(columns.collect())
    }

    fn student(&self, cells: &[String]) -> Student {
        let mut also = BTreeMap::new();
        for (column, cell) in self.0.iter().zip(cells) {
            // Moodle's worksheet has `Participant 77` under `Identifier`.
            let participant = cell.strip_prefix("Participant ").filter(|_| column == "id");
            let (column, cell) = match participant {
                Some(number) => ("moodle_id", number),
                None => (column.as_str(), cell.as_str()),
            };
            if !cell.is_empty() {
                also.insert(column.to_owned(), cell.to_owned());
            }
        }
        let (first, last) = (also.remove("first"), also.remove("last"));
        let both = [first, last].into_iter().flatten().collect::<Vec<_>>();
        Student {
            name: also.remove("name").unwrap_or_else(|| both.join(" ")),
            also,
            on_roster: true,
        }
    }
}
