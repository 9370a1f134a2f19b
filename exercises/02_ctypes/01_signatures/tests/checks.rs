//! What `signatures` has to prove.

use oracle::prelude::*;

fn main() -> ExitCode {
    oracle::exercise!()
        .check(
            "a_double_goes_in_and_comes_out",
            a_double_goes_in_and_comes_out,
        )
        .check("a_number_keeps_its_64_bits", a_number_keeps_its_64_bits)
        .check("a_bool_and_a_text_come_back", a_bool_and_a_text_come_back)
        .check(
            "a_pointer_above_4_gib_survives",
            a_pointer_above_4_gib_survives,
        )
        .check(
            "a_text_that_is_ours_is_given_back",
            a_text_that_is_ours_is_given_back,
        )
        .check("refuses_a_wrong_type", refuses_a_wrong_type)
        .run()
}

/// A Python in which the learner's `load` has opened the library, as `lib`.
fn library(judge: &mut Judge) -> Verdict<Subject> {
    let mut py = judge.module()?;
    let path = judge.companion()?.to_string_lossy().into_owned();
    py.call_into("lib", "signatures.load", &args![path])?;
    Ok(py)
}

/// The same, with a shelf that the library gave out, as `shelf`.
fn shelf(judge: &mut Judge) -> Verdict<Subject> {
    let mut py = library(judge)?;
    py.call_into("shelf", "lib.shelf_new", &[])?;
    Ok(py)
}

/// A valid number of the German group, and as it is printed in a book.
fn isbn(judge: &mut Judge) -> (i64, String) {
    let first_twelve = 978_300_000_000 + judge.random.within(0..100_000_000);
    let digits: Vec<i64> = first_twelve
        .to_string()
        .bytes()
        .map(|digit| i64::from(digit - b'0'))
        .collect();
    let sum: i64 = digits
        .iter()
        .enumerate()
        .map(|(place, digit)| digit * if place % 2 == 0 { 1 } else { 3 })
        .sum();
    let number = first_twelve * 10 + (10 - sum % 10) % 10;
    let text = number.to_string();
    (
        number,
        format!(
            "{}-{}-{}-{}",
            &text[..3],
            &text[3..4],
            &text[4..12],
            &text[12..]
        ),
    )
}

fn bytes(text: &str) -> Value {
    Value::Bytes(text.as_bytes().to_vec())
}

fn a_double_goes_in_and_comes_out(judge: &mut Judge) -> Verdict {
    let mut py = library(judge)?;
    let leaves = judge.random.within(100..900);
    py.call("lib.spine_width", &args![leaves, 0.1])?
        .returns(leaves as f64 * 0.1)?;
    // More leaves than 32 bits can count.
    let all_the_books = (1 << 33) + leaves;
    py.call("lib.spine_width", &args![all_the_books, 0.0625])?
        .returns(all_the_books as f64 * 0.0625)
}

fn a_number_keeps_its_64_bits(judge: &mut Judge) -> Verdict {
    let mut py = library(judge)?;
    let (number, printed) = isbn(judge);
    py.call("lib.isbn_of", &[bytes(&printed)])?
        .returns(number)?;
    py.call("lib.isbn_language", &args![number])?
        .returns(bytes("German"))
}

fn a_bool_and_a_text_come_back(judge: &mut Judge) -> Verdict {
    let mut py = library(judge)?;
    let (number, _) = isbn(judge);
    py.call("lib.isbn_is_valid", &args![number])?
        .returns(true)?;
    py.call("lib.isbn_is_valid", &args![number + 1])?
        .returns(false)?;
    py.call("lib.isbn_language", &args![7])?
        .returns(bytes("another"))
}

fn a_pointer_above_4_gib_survives(judge: &mut Judge) -> Verdict {
    let mut py = shelf(judge)?;
    py.eval("lib.shelf_count(shelf)")?.returns(0)?;
    let (number, _) = isbn(judge);
    py.eval(&format!("lib.shelf_put(shelf, {number})"))?
        .returns(true)?;
    py.eval(&format!("lib.shelf_put(shelf, {})", number + 1))?
        .returns(false)?;
    py.eval("lib.shelf_count(shelf)")?.returns(1)?;
    py.eval("lib.shelf_free(shelf)")?.returns(())
}

fn a_text_that_is_ours_is_given_back(judge: &mut Judge) -> Verdict {
    let mut py = shelf(judge)?;
    py.run("from ctypes import string_at")?;
    let books = [isbn(judge).0, isbn(judge).0];
    for number in books {
        py.eval(&format!("lib.shelf_put(shelf, {number})"))?
            .returns(true)?;
    }
    for (newest_first, [one, other]) in [(false, books), (true, [books[1], books[0]])] {
        let python = if newest_first { "True" } else { "False" };
        py.call_into(
            "text",
            &format!("(lambda: lib.shelf_list(shelf, {python}))"),
            &[],
        )?;
        py.eval("string_at(text)")?
            .returns(bytes(&format!("{one}\n{other}\n")))?;
        py.eval("lib.shelf_list_free(text)")?.returns(())?;
    }
    Ok(())
}

fn refuses_a_wrong_type(judge: &mut Judge) -> Verdict {
    let mut py = library(judge)?;
    let (number, printed) = isbn(judge);
    let refused = "ctypes.ArgumentError";
    // To a function without a signature, a str is a `wchar_t *`.
    py.call("lib.isbn_of", &args![printed.clone()])?
        .raises(refused)?;
    py.call("lib.isbn_of", &args![number])?.raises(refused)?;
    py.call("lib.isbn_is_valid", &args![printed.clone()])?
        .raises(refused)?;
    py.call("lib.isbn_language", &[bytes(&printed)])?
        .raises(refused)?;
    py.call("lib.spine_width", &args![printed, 0.1])?
        .raises(refused)?;
    py.call("lib.shelf_count", &args![2.5])?
        .raises(refused)
        .map(drop)
}
