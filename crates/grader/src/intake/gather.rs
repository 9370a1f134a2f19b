//! What is met in a collection, each thing under its student's name: what may be an answer is
//! kept, all else is passed by unread.
//!
//! The limits are a student's own. One whose archive is a bomb spoils nothing for the others.

use std::collections::BTreeMap;
use std::io::Read;

use crate::intake::archive::{Packed, capped};
use crate::intake::bytes::answer;
use crate::intake::names::{Kind, Label, Reader};
use crate::intake::place::{Place, attempt_of, ends_like_an_answer, is_left_alone, place};
use crate::model::Problem;
use crate::text::one_line;

/// How many things a student may hand in, folders and all.
const ENTRIES: usize = 20_000;
/// How many bytes of answers, in all attempts.
const BYTES: u64 = 16 << 20;
/// How many things are pointed out for one student.
const POINTED_OUT: usize = 20;
/// The longest list of receipts.
const RECEIPTS: u64 = 16 << 20;

/// What has been gathered so far.
pub(super) struct Gather<'a> {
    reader: Reader<'a>,
    /// The longest file that is taken.
    file_size: u64,
    /// How many names lead to a student's own folder, archive or file.
    depth: usize,
    /// A folder that holds the whole collection, where an archive has been made of that.
    wrapper: Option<String>,
    /// What students handed in, by the name in the collection.
    pub hand_ins: BTreeMap<String, HandIn>,
    /// What `receipts.csv` holds.
    pub receipts: Option<Vec<u8>>,
    /// What is nobody's.
    pub problems: Vec<Problem>,
    /// Why the collection itself could not be opened.
    pub unopened: Option<String>,
}

/// What lies under one name.
pub(super) struct HandIn {
    /// Whose it is, or why nobody can say.
    pub label: Result<Label, String>,
    /// What it is.
    pub kind: Kind,
    /// What may be an answer.
    pub candidates: Vec<Candidate>,
    /// What could not be opened: the answers may be in there.
    pub unopened: Vec<Unopened>,
    /// What a human should know.
    pub problems: Vec<Problem>,
    /// A few files that are programs and no answers.
    pub strangers: Vec<String>,
    entries: usize,
    bytes: u64,
    is_over: bool,
}

/// A file that may be an answer.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    /// What it is, going by where it lies.
    pub place: Place,
    /// Where it lies in the collection, as it is shown.
    pub source: String,
    /// Its text, or why it has none.
    pub content: Result<Vec<u8>, String>,
}

/// Something that could not be opened.
#[derive(Clone, Debug)]
pub(super) struct Unopened {
    /// Which attempt it belongs to.
    pub attempt: u32,
    /// Where it lies.
    pub source: String,
    /// Why not, as the rest of a sentence.
    pub why: String,
}

/// What is to be done with a file.
pub(super) enum Look {
    /// Nothing.
    Pass,
    /// It may be an answer.
    Answer(Place),
    /// There may be answers in it.
    Archive(Packed),
    /// It says when things were received.
    Receipts,
}

impl<'a> Gather<'a> {
    pub fn new(reader: Reader<'a>, file_size: u64, wrapper: Option<String>) -> Gather<'a> {
        Gather {
            depth: match reader.whose {
                Some(_) => 0,
                None => reader.pattern.map_or(1, |pattern| pattern.depth()),
            },
            reader,
            file_size,
            wrapper,
            hand_ins: BTreeMap::new(),
            receipts: None,
            problems: Vec::new(),
            unopened: None,
        }
    }

    /// A path without the folder that holds the whole collection.
    fn own<'p>(&self, path: &'p [String]) -> &'p [String] {
        match (path, &self.wrapper) {
            ([first, rest @ ..], Some(wrapper)) if first == wrapper => rest,
            _ => path,
        }
    }

    /// The name of what a path belongs to, and what is below that.
    fn split<'p>(&self, path: &'p [String]) -> Option<(String, &'p [String])> {
        let (name, inner) = self.own(path).split_at_checked(self.depth)?;
        let is_nobodys = name.iter().any(|n| n.starts_with('.') || n == "__MACOSX");
        (!is_nobodys).then(|| (name.join("/"), inner))
    }

    /// Whether a path names all that a student handed in, and not a part of it.
    pub fn is_a_hand_in(&self, path: &[String]) -> bool {
        self.own(path).len() == self.depth
    }

    fn hand_in(&mut self, name: &str, kind: Kind) -> &mut HandIn {
        if !self.hand_ins.contains_key(name) {
            let label = self.reader.read(name, kind);
            self.hand_ins.insert(name.into(), HandIn::new(label, kind));
        }
        self.hand_ins.get_mut(name).expect("it has been put there")
    }

    /// The hand-in that a path lies in, and what is below its name.
    fn around<'p>(&mut self, path: &'p [String]) -> Option<(&mut HandIn, &'p [String])> {
        let (name, inner) = self.split(path)?;
        Some((self.hand_in(&name, Kind::Folder), inner))
    }

    /// There is a folder.
    pub fn folder(&mut self, path: &[String]) {
        if self.is_a_hand_in(path) {
            self.around(path);
        }
    }

    /// Whether nobody looks into a folder.
    pub fn is_left_alone(&self, path: &[String]) -> bool {
        match self.split(path) {
            Some((_, [above @ .., folder])) => {
                is_left_alone(above.last().map(String::as_str), folder)
            }
            Some((_, [])) => false,
            None => self
                .own(path)
                .last()
                .is_some_and(|f| f.starts_with('.') || f == "__MACOSX"),
        }
    }

    /// Counts one thing; whether it is to be looked at.
    pub fn count(&mut self, path: &[String]) -> bool {
        let Some((name, [_, ..])) = self.split(path) else {
            return true;
        };
        let hand_in = self.hand_in(&name, Kind::Folder);
        hand_in.entries += 1;
        if hand_in.entries > ENTRIES && !hand_in.is_over {
            let why = format!("holds more than {ENTRIES} files: hand in your own files only");
            hand_in.end(one_line(&name), why);
        }
        !hand_in.is_over
    }

    /// Whether all further is passed by.
    pub fn is_over(&mut self, path: &[String]) -> bool {
        self.around(path)
            .is_some_and(|(hand_in, _)| hand_in.is_over)
    }

    /// What is to be done with the file at a path.
    pub fn look(&mut self, path: &[String]) -> Look {
        let Some((name, inner)) = self.split(path) else {
            if self.own(path).len() < self.depth {
                return self.look_at_a_stray(path);
            }
            return Look::Pass;
        };
        match inner {
            [] => self.look_at_a_lone_file(path, &name),
            inner => self.look_within(path, &name, inner),
        }
    }

    /// A file above what students handed in.
    fn look_at_a_stray(&mut self, path: &[String]) -> Look {
        match self.own(path) {
            [name] if name == "receipts.csv" => Look::Receipts,
            [.., name] if name.ends_with(".csv") || name.starts_with('.') => Look::Pass,
            _ => {
                self.problems.push(Problem {
                    place: one_line(&path.join("/")),
                    what: "is not named like something that a student handed in".into(),
                });
                Look::Pass
            }
        }
    }

    fn look_at_a_lone_file(&mut self, path: &[String], name: &str) -> Look {
        let last = path.last().map_or("", String::as_str);
        if let Some(packed) = Packed::of(last) {
            self.hand_in(name, Kind::Archive);
            return Look::Archive(packed);
        }
        if !ends_like_an_answer(self.reader.wanted, last) {
            return self.look_at_a_stray(path);
        }
        let label = self.hand_in(name, Kind::File).label.clone();
        let found = label
            .ok()
            .and_then(|label| self.reader.lone_file(&label, last));
        match found {
            Some(place) => Look::Answer(place),
            None => {
                self.hand_in(name, Kind::File).stranger(one_line(name));
                Look::Pass
            }
        }
    }

    fn look_within(&mut self, path: &[String], name: &str, inner: &[String]) -> Look {
        let (file, folders) = inner.split_last().expect("it lies within something");
        let above = |i: usize| i.checked_sub(1).map(|i| folders[i].as_str());
        let mut folders_here = folders.iter().enumerate();
        if folders_here.any(|(i, folder)| is_left_alone(above(i), folder)) || file.starts_with('.')
        {
            return Look::Pass;
        }
        let hand_in = self.hand_in(name, Kind::Folder);
        let label = match &hand_in.label {
            Ok(label) if !hand_in.is_over => label.clone(),
            _ => return Look::Pass,
        };
        // The archive's own name may say which exercise is in it.
        let stem = label.own_name.as_deref().map(Packed::stem);
        let stem = stem.filter(|_| hand_in.kind == Kind::Archive);
        let inner = [Vec::from_iter(stem.map(str::to_owned)).as_slice(), inner].concat();
        let inner = inner.as_slice();
        let found = match label.exercise {
            Some(only) => place(&self.reader.wanted[only..=only], inner).map(|place| Place {
                exercise: only,
                ..place
            }),
            None => place(self.reader.wanted, inner),
        };
        if let Some(mut place) = found {
            if place.attempt == 0 {
                place.attempt = label.attempt;
            }
            return Look::Answer(place);
        }
        if let Some(packed) = Packed::of(file) {
            return Look::Archive(packed);
        }
        if ends_like_an_answer(self.reader.wanted, file) {
            self.hand_in(name, Kind::Folder)
                .stranger(one_line(&path.join("/")));
        }
        Look::Pass
    }

    /// Takes what may be an answer.
    pub fn take(&mut self, path: &[String], place: Place, reader: &mut dyn Read) {
        let most = self.file_size;
        let source = one_line(&self.own(path).join("/"));
        let Some((hand_in, _)) = self.around(path) else {
            return;
        };
        let mut bytes = Vec::new();
        let content = match reader.take(most + 1).read_to_end(&mut bytes) {
            Err(_) => Err("cannot be read".into()),
            Ok(_) if bytes.len() as u64 > most => {
                bytes.truncate(0);
                Err(format!("is longer than {}", size(most)))
            }
            Ok(_) => Ok(std::mem::take(&mut bytes)),
        };
        hand_in.bytes += content.as_ref().map_or(0, |bytes| bytes.len() as u64);
        if hand_in.bytes > BYTES {
            return hand_in.end(source, format!("makes it more than {}", size(BYTES)));
        }
        hand_in.candidates.push(Candidate {
            place,
            source,
            content: content.and_then(answer),
        });
    }

    /// Takes the list of receipts.
    pub fn take_receipts(&mut self, reader: &mut dyn Read) {
        self.receipts = capped(reader, RECEIPTS);
        if self.receipts.is_none() {
            self.problems.push(Problem {
                place: "receipts.csv".into(),
                what: "cannot be read or is too long, and nothing is known of receipts".into(),
            });
        }
    }

    /// There is something that is no file.
    pub fn not_a_file(&mut self, path: &[String], why: &str) {
        let look = match self.split(path) {
            Some((_, [])) | None => Look::Pass,
            Some((name, inner)) => self.look_within(path, &name, inner),
        };
        self.unreadable(path, look, why);
    }

    /// A file cannot be read that `look` asks for.
    pub fn unreadable(&mut self, path: &[String], look: Look, why: &str) {
        let source = one_line(&self.own(path).join("/"));
        match look {
            Look::Answer(place) => {
                if let Some((hand_in, _)) = self.around(path) {
                    hand_in.candidates.push(Candidate {
                        place,
                        source,
                        content: Err(why.into()),
                    });
                }
            }
            Look::Archive(_) => self.cannot_open(path, why),
            Look::Pass | Look::Receipts => self.point_out(path, why),
        }
    }

    /// An archive cannot be opened.
    pub fn cannot_open(&mut self, path: &[String], why: &str) {
        let source = one_line(&self.own(path).join("/"));
        if let Some((hand_in, inner)) = self.around(path) {
            let own = hand_in.label.as_ref().map_or(0, |label| label.attempt);
            let attempt = match attempt_of(inner) {
                0 => own,
                attempt => attempt,
            };
            let why = why.into();
            hand_in.unopened.push(Unopened {
                attempt,
                source,
                why,
            });
        } else {
            self.unopened = Some(why.into());
        }
    }

    /// Tells the instructor something about a path.
    pub fn point_out(&mut self, path: &[String], what: &str) {
        let problem = Problem {
            place: one_line(&self.own(path).join("/")),
            what: what.into(),
        };
        match self.split(path) {
            // A link or a device in a student's place is nobody's hand-in.
            Some((_, [])) | None => self.problems.push(problem),
            Some((name, _)) => {
                let problems = &mut self.hand_in(&name, Kind::Folder).problems;
                if problems.len() < POINTED_OUT {
                    problems.push(problem);
                }
            }
        }
    }
}

impl HandIn {
    fn new(label: Result<Label, String>, kind: Kind) -> HandIn {
        HandIn {
            label,
            kind,
            candidates: Vec::new(),
            unopened: Vec::new(),
            problems: Vec::new(),
            strangers: Vec::new(),
            entries: 0,
            bytes: 0,
            is_over: false,
        }
    }

    fn stranger(&mut self, path: String) {
        if self.strangers.len() < 3 {
            self.strangers.push(path);
        }
    }

    /// Too much: nothing of it is taken, since what was met first is chance.
    fn end(&mut self, source: String, why: String) {
        self.is_over = true;
        self.candidates.clear();
        self.unopened = vec![Unopened {
            attempt: 0,
            source,
            why,
        }];
    }
}

/// A number of bytes, for people.
fn size(bytes: u64) -> String {
    match bytes >> 20 {
        0 => format!("{bytes} bytes"),
        mebibytes => format!("{mebibytes} MiB"),
    }
}
