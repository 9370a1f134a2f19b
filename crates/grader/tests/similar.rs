//! How alike answers are found to be that somebody has changed, and answers that nobody has.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use class::{ANNA, BEN, CLEO, STARTER, given, submission};
use grader::similar::{Class, Likeness, Pair, compare};

#[path = "similar/class.rs"]
mod class;

/// Everything about answers to one exercise.
fn compared(
    name: &str,
    starter: &str,
    solution: Option<&str>,
    answers: &[(&str, &str)],
) -> Likeness {
    let submissions: Vec<_> = answers
        .iter()
        .map(|(who, text)| submission(who, name, text))
        .collect();
    let class = Class {
        students: &BTreeMap::new(),
        submissions: &submissions,
        given: &[given(name, starter, solution)],
    };
    compare(&class, 1000)
}

/// The one pair of two answers.
fn pair(name: &str, starter: &str, one: &str, other: &str) -> Pair {
    let likeness = compared(name, starter, None, &[("one", one), ("other", other)]);
    let pair = likeness.pairs.into_iter().next();
    pair.expect("the two have something in common")
}

/// The course's published answers, by their files.
fn solutions() -> Vec<(PathBuf, String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut found = Vec::new();
    for exercise in course::Course::survey(&root).course.exercises {
        let Ok(Some(solution)) = exercise.solution(&root) else {
            continue;
        };
        let read = |path: &Path| fs::read_to_string(path).expect("the course's own file");
        for file in &solution.files {
            let starter = read(&exercise.starter_dir().join(file));
            found.push((file.clone(), starter, read(&solution.dir.join(file))));
        }
    }
    found
}

/// Whether a text of the course has enough in it to be compared.
fn is_comparable(name: &str, starter: &str, text: &str) -> bool {
    let likeness = compared(name, starter, None, &[("one", text)]);
    likeness.exercises[0].too_little.is_empty()
}

const KEYWORDS: &str = " as async await break const continue crate dyn else enum extern false fn for if \
    impl in let loop match mod move mut pub ref return self Self static struct super trait true type \
    unsafe use where while auto bool case char default do double float goto inline int long register \
    restrict short signed sizeof switch typedef union unsigned void volatile False None True and \
    assert class def del elif except finally from global import is lambda nonlocal not or pass raise \
    try with yield r b c f u L rb br ";

/// Every name another one; what stands in quotes changes too, which must make no difference.
fn renamed(text: &str) -> String {
    let mut out = String::new();
    let mut word = String::new();
    for c in text.chars().chain(['\n']) {
        if c.is_alphanumeric() || c == '_' {
            word.push(c);
            continue;
        }
        let is_name = !word.is_empty() && !word.starts_with(|c: char| c.is_ascii_digit());
        let after_backslash = out.ends_with('\\') || out.ends_with('{');
        if is_name && !after_backslash && !KEYWORDS.contains(&format!(" {word} ")) {
            out.push_str("other_");
        }
        out.push_str(&word);
        word.clear();
        out.push(c);
    }
    out
}

#[test]
fn a_renamed_copy_is_found_in_every_language() {
    let mut languages = Vec::new();
    for (file, starter, text) in solutions() {
        let name = file.to_string_lossy();
        if !is_comparable(&name, &starter, &text) {
            continue;
        }
        let pair = pair(&name, &starter, &text, &renamed(&text));
        assert!(pair.likeness >= 0.9, "{:.2} for\n{text}", pair.likeness);
        languages.push(file.extension().expect("a source file").to_owned());
    }
    languages.sort();
    languages.dedup();
    if languages.is_empty() {
        println!("skipped: this copy has no solutions");
        return;
    }
    assert_eq!(languages, ["c", "py", "rs"]);
}

#[test]
fn the_order_of_functions_makes_no_difference() {
    let (before, module) = ANNA.split_once("#[pymodule]").expect("it has one");
    let mut items: Vec<&str> = before.split("\n\n").collect();
    items.reverse();
    let turned = format!("#[pymodule]{module}\n{}", items.join("\n\n"));
    let pair = pair("src/lib.rs", STARTER, ANNA, &renamed(&turned));
    assert!(pair.likeness >= 0.8, "{:.2}", pair.likeness);
    assert!(pair.jaccard >= 0.8, "{:.2}", pair.jaccard);
}

#[test]
fn comments_and_layout_make_no_difference() {
    let lines = ANNA
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    let bare = lines.map(str::trim).collect::<Vec<_>>().join(" ");
    let pair = pair("src/lib.rs", STARTER, ANNA, &bare);
    assert_eq!(pair.likeness, 1.0);
}

#[test]
fn a_copy_among_other_code_stays_one() {
    let mut padded = String::new();
    for (number, line) in ANNA.lines().enumerate() {
        padded.push_str(line);
        padded.push('\n');
        if line.ends_with(';') && line.starts_with("    ") && number % 3 == 0 {
            padded.push_str("let _unused = (1, 2, 3);\n");
        }
    }
    padded.push_str(&CLEO.replace("mod ledger", "mod unused"));
    let pair = pair("src/lib.rs", STARTER, ANNA, &padded);
    assert!(pair.a_in_b >= 0.75, "{:.2}", pair.a_in_b);
    assert!(pair.b_in_a < pair.a_in_b, "{pair:?}");
    assert_eq!(pair.likeness, pair.a_in_b);
}

#[test]
fn who_wrote_it_alone_is_like_nobody() {
    let answers = [("anna", ANNA), ("ben", BEN), ("cleo", CLEO)];
    let likeness = compared("src/lib.rs", STARTER, None, &answers);
    assert!(
        likeness.pairs.iter().all(|pair| pair.likeness < 0.1),
        "{:?}",
        likeness.pairs
    );
    assert_eq!(likeness.exercises[0].histogram.iter().sum::<u64>(), 3);
}

#[test]
fn different_answers_of_the_course_are_less_alike_than_copies() {
    let texts: Vec<_> = solutions()
        .into_iter()
        .filter(|(file, starter, text)| is_comparable(&file.to_string_lossy(), starter, text))
        .collect();
    for (index, (file, starter, text)) in texts.iter().enumerate() {
        let others = texts[index + 1..].iter().filter(|other| other.0 == *file);
        for (_, other_starter, other) in others {
            let both = format!("{starter}\n{other_starter}");
            let answers = [("one", text.as_str()), ("other", other.as_str())];
            let likeness = compared(&file.to_string_lossy(), &both, None, &answers);
            let alike = likeness.pairs.first().map_or(0.0, |pair| pair.likeness);
            assert!(alike < 0.5, "{alike:.2} for\n{text}\nand\n{other}");
        }
    }
}

#[test]
fn what_everybody_was_given_does_not_count() {
    let again = renamed(STARTER);
    let answers = [("one", STARTER), ("other", STARTER), ("third", &again)];
    let likeness = compared("src/lib.rs", STARTER, None, &answers);
    assert_eq!(likeness.pairs, []);
    assert_eq!(likeness.exercises[0].too_little.len(), 3);
    assert_eq!(likeness.exercises[0].histogram.iter().sum::<u64>(), 0);
}

#[test]
fn what_many_wrote_does_not_count() {
    let names: Vec<String> = (0..12).map(|n| format!("s{n:02}")).collect();
    let crowd = |count: usize| -> Vec<(&str, &str)> {
        let alike = names[..count].iter().map(|name| (name.as_str(), ANNA));
        alike.chain([("ben", BEN), ("cleo", CLEO)]).collect()
    };
    let few = compared("src/lib.rs", STARTER, None, &crowd(10));
    assert_eq!(
        few.pairs.iter().filter(|pair| pair.likeness == 1.0).count(),
        45
    );
    let many = compared("src/lib.rs", STARTER, None, &crowd(12));
    assert!(many.pairs.iter().all(|pair| pair.likeness < 0.1));
    assert_eq!(many.exercises[0].too_little.len(), 12);
}

#[test]
fn the_published_answer_is_a_list_of_its_own() {
    let copy = renamed(ANNA);
    let answers = [("ben", BEN), ("copy", &copy)];
    let likeness = compared("src/lib.rs", STARTER, Some(ANNA), &answers);
    assert!(likeness.pairs.iter().all(|pair| pair.likeness < 0.1));
    let nearest = &likeness.solutions[0];
    assert_eq!((nearest.a.0.as_str(), &nearest.b), ("copy", &None));
    assert!(nearest.likeness >= 0.9);
    let columns = likeness.exercises[0].to_solution.as_ref();
    assert_eq!(columns.map(|columns| columns.iter().sum::<u64>()), Some(2));
}

#[test]
fn a_place_is_named_by_its_lines_on_both_sides() {
    let begin = ANNA.find("/// Adds up").expect("it is there");
    let end = ANNA.find("/// Writes the table").expect("it is there");
    let taken = format!("{BEN}\n{}", renamed(&ANNA[begin..end]));
    let pair = pair("src/lib.rs", STARTER, ANNA, &taken);
    let longest = pair.regions.iter().max_by_key(|region| region.tokens);
    let longest = longest.expect("there is a place");
    let line = |text: &str, needle| text.lines().position(|l| l.contains(needle)).map(|n| n + 1);
    assert_eq!(Some(longest.a.first as usize), line(ANNA, "fn add_up"));
    assert_eq!(
        Some(longest.b.first as usize),
        line(&taken, "fn other_add_up")
    );
    assert_eq!(
        longest.a.last - longest.a.first,
        longest.b.last - longest.b.first
    );
    assert_eq!(longest.a.last - longest.a.first, 8);
}

#[test]
fn the_ranking_is_the_same_in_whatever_order_the_answers_come() {
    let padded = format!("{ANNA}\n{BEN}");
    let mut answers = vec![
        ("a", ANNA),
        ("b", ANNA),
        ("c", &padded),
        ("d", CLEO),
        ("e", BEN),
    ];
    let json = |answers: &[(&str, &str)]| {
        let likeness = compared("src/lib.rs", STARTER, Some(CLEO), answers);
        serde_json::to_string(&likeness).expect("it is JSON")
    };
    let first = json(&answers);
    answers.reverse();
    assert_eq!(json(&answers), first);
    let likeness = compared("src/lib.rs", STARTER, None, &answers);
    let first = &likeness.pairs[0];
    assert_eq!(
        (first.a.0.as_str(), first.b.as_ref().map(|b| b.0.as_str())),
        ("a", Some("b"))
    );
}

#[test]
fn the_last_attempt_is_the_one_that_is_compared() {
    let submissions = [
        submission("one", "src/lib.rs", BEN),
        submission("one", "src/lib.rs", ANNA),
        submission("other", "src/lib.rs", ANNA),
    ];
    let class = Class {
        students: &BTreeMap::new(),
        submissions: &submissions,
        given: &[given("src/lib.rs", STARTER, None)],
    };
    let likeness = compare(&class, 10);
    assert_eq!(likeness.pairs.len(), 1);
    assert_eq!(likeness.pairs[0].likeness, 1.0);
}

/// Numbers that look like chance and are always the same.
fn chance(seed: u64) -> impl Iterator<Item = u8> {
    let next = |state: &u64| Some(state.wrapping_mul(6364136223846793005).wrapping_add(1));
    std::iter::successors(next(&seed), next).map(|state| (state >> 56) as u8)
}

#[test]
fn whatever_was_handed_in_is_read() {
    let quotes = b"\"'#/*\\ \n{}()=;:rb0a@\t";
    for name in ["a.rs", "a.c", "a.py", "a", ""] {
        let mut submissions = Vec::new();
        for seed in 0..60 {
            let bytes = chance(seed).take(400);
            let content: Vec<u8> = match seed % 2 {
                0 => bytes.collect(),
                _ => bytes.map(|b| quotes[b as usize % quotes.len()]).collect(),
            };
            let mut submission = submission(&format!("s{seed}"), name, "");
            submission.files.insert(name.to_owned(), content);
            submissions.push(submission);
        }
        // What repeats itself has a match everywhere.
        for text in [
            "a ".repeat(200_000),
            "f(a, b);\n".repeat(30_000),
            "{".repeat(100_000),
        ] {
            for _ in 0..2 {
                let who = format!("long{}", submissions.len());
                submissions.push(submission(&who, name, &text));
            }
        }
        let class = Class {
            students: &BTreeMap::new(),
            submissions: &submissions,
            given: &[given(name, STARTER, Some(ANNA))],
        };
        compare(&class, 50);
    }
}
