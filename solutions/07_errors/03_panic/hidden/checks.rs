//! What `panic` has to prove besides.

use oracle::prelude::*;

fn main() -> ExitCode {
    oracle::exercise!()
        .check("a_nul_does_not_cut_the_words", a_nul_does_not_cut_the_words)
        .check("each_thread_hears_of_its_own", each_thread_hears_of_its_own)
        .check("panics_leave_nothing_behind", panics_leave_nothing_behind)
        .run()
}

fn library(judge: &mut Judge) -> Verdict<Subject> {
    let mut py = judge.library()?;
    py.run(
        "
        from ctypes import POINTER, byref, c_char_p, c_int64, c_size_t

        lib.ledger_total.argtypes = [c_char_p, c_size_t, c_size_t, POINTER(c_int64)]
        lib.ledger_last_error.restype = c_char_p

        def last_error():
            return (lib.ledger_last_error() or b'').decode('utf-8', 'backslashreplace')

        def words_about(table):
            table = table.encode()
            code = lib.ledger_total(table, len(table), 0, byref(c_int64()))
            return [code, last_error()]

        def in_turn(mine, other):
            from threading import Thread

            seen = [words_about(mine)]

            def elsewhere():
                seen.append([0, last_error()])
                seen.append(words_about(other))
            thread = Thread(target=elsewhere)
            thread.start()
            thread.join()
            seen.append([1, last_error()])
            return seen

        def fail_and_ask():
            words_about('a rather long cell that is certainly no amount of anything at all')
            last_error()
        ",
    )?;
    Ok(py)
}

fn a_nul_does_not_cut_the_words(judge: &mut Judge) -> Verdict {
    let mut py = library(judge)?;
    let (before, after) = (judge.random.word(), judge.random.word());
    let table = format!("{before}\0{after}");
    match py.call("words_about", &args![table])?.value()? {
        Value::List(parts)
            if matches!(parts.as_slice(),
            [code, Value::Str(words)] if *code == 1.into() && words.contains(&before) && words.contains(&after)) =>
        {
            Ok(())
        }
        got => Err(Failure::new(
            Kind::WrongValue,
            "a NUL in the message took the words after it away",
        )
        .expected(
            format!("[1, words that hold {before:?} and {after:?}]"),
            got,
        )),
    }
}

fn each_thread_hears_of_its_own(judge: &mut Judge) -> Verdict {
    let mut py = library(judge)?;
    let (mine, other) = (judge.random.word(), judge.random.word());
    let words = |cell: &str| Value::from([Value::from(1), format!("`{cell}` is no amount").into()]);
    let nothing_yet = Value::from([Value::from(0), "".into()]);
    py.call("in_turn", &args![mine.clone(), other.clone()])?
        .returns([words(&mine), nothing_yet, words(&other), words(&mine)])
}

fn panics_leave_nothing_behind(judge: &mut Judge) -> Verdict {
    let mut py = library(judge)?;
    py.memory("fail_and_ask", &mut judge.random)?
        .is_given_back()
}
