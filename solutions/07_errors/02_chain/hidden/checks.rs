//! What `chain` has to prove besides.

use oracle::prelude::*;

fn main() -> ExitCode {
    oracle::exercise!()
        .check(
            "what_it_was_raised_from_stays",
            what_it_was_raised_from_stays,
        )
        .check(
            "what_is_no_string_is_a_type_error",
            what_is_no_string_is_a_type_error,
        )
        .check("a_chain_may_contain_a_chain", a_chain_may_contain_a_chain)
        .check(
            "errors_leave_no_memory_behind",
            errors_leave_no_memory_behind,
        )
        .run()
}

/// The module, and a look at a chain.
fn desk(judge: &Judge) -> Verdict<Subject> {
    let mut py = judge.module()?;
    py.run(
        "
        def chain_of(error):
            found = []
            while error is not None and len(found) < 50:
                found.append(type(error).__name__)
                error = error.__cause__
            return found

        def raised_from_another(name):
            raised = []
            def fetch(name):
                try:
                    raise KeyError(name)
                except KeyError as error:
                    raised.append(error)
                    raise OSError(name) from error
            try:
                chain.total(name, fetch)
            except Exception as error:
                last = error.__cause__
                return chain_of(error) + [last.__cause__ is raised[0]]

        def raised_beside_another(name):
            raised = []
            def fetch(name):
                try:
                    raise KeyError(name)
                except KeyError as error:
                    raised.append(error)
                    raise OSError(name)
            try:
                chain.total(name, fetch)
            except Exception as error:
                last = error.__cause__
                return chain_of(error) + [last.__context__ is raised[0], last.__suppress_context__]

        def fetched_a_number(number):
            def fetch(name):
                return '@below' if name == 'top' else number
            try:
                chain.total('top', fetch)
            except Exception as error:
                return chain_of(error)

        def total_of_totals(word):
            inner = []
            def fetch(name):
                if name != word:
                    return '@' + word
                try:
                    chain.total('inside', lambda name: word)
                except chain.SheetError as error:
                    inner.append(error)
                    raise
            try:
                chain.total('outside', fetch)
            except Exception as error:
                same = error.__cause__.__cause__.__cause__ is inner[0]
                return chain_of(error) + [same]

        def fail_in_rust():
            try:
                chain.total('a', {'a': '@b', 'b': '7\\n@c', 'c': 'no number at all'}.get)
            except chain.SheetError:
                pass
        ",
    )?;
    Ok(py)
}

/// An answer that sets a cause on every link takes this one's own away.
fn what_it_was_raised_from_stays(judge: &mut Judge) -> Verdict {
    let mut py = desk(judge)?;
    let word = judge.random.word();
    py.call("raised_from_another", &args![word.clone()])?
        .returns(args!["SheetError", "OSError", "KeyError", true].to_vec())?;
    py.call("raised_beside_another", &args![word])?
        .returns(args!["SheetError", "OSError", true, false].to_vec())
}

fn what_is_no_string_is_a_type_error(judge: &mut Judge) -> Verdict {
    let mut py = desk(judge)?;
    let number = judge.random.within(1000..9999);
    py.call("fetched_a_number", &args![number])?
        .returns(args!["SheetError", "LineError", "SheetError", "TypeError"].to_vec())
}

fn a_chain_may_contain_a_chain(judge: &mut Judge) -> Verdict {
    let mut py = desk(judge)?;
    let word = format!("{}_", judge.random.word());
    let outer = args!["SheetError", "LineError", "SheetError"];
    let inner = args!["SheetError", "LineError", "ValueError"];
    let wanted = [outer.to_vec(), inner.to_vec(), args![true].to_vec()].concat();
    py.call("total_of_totals", &args![word])?.returns(wanted)
}

fn errors_leave_no_memory_behind(judge: &mut Judge) -> Verdict {
    let mut py = desk(judge)?;
    py.memory("fail_in_rust", &mut judge.random)?
        .is_given_back()
}
