//! What `errcheck` has to prove besides.

use oracle::prelude::*;

fn main() -> ExitCode {
    oracle::exercise!()
        .check("functions_nobody_named", functions_nobody_named)
        .check("only_minus_one_is_minus_one", only_minus_one_is_minus_one)
        .check("each_thread_has_its_own", each_thread_has_its_own)
        .run()
}

/// The call raises this one, with this number.
fn raises(py: &mut Subject, call: &str, name: &str, number: i64) -> Verdict {
    let raised = py.eval(call)?.raises(name)?;
    let args = &raised.exception().args;
    if args.len() == 2 && args[0] == Value::from(number) {
        return Ok(());
    }
    Err(Failure::new(
        Kind::WrongError,
        format!("`{call}` raised the wrong exception"),
    )
    .expected(
        format!("`{name}` with the number {number}"),
        Value::Tuple(args.clone()),
    ))
}

/// Functions of the C library: a row of a table, a call that fails, and how.
const FUNCTIONS: [(&str, &str, &str, &str, i64); 7] = [
    (
        "rmdir",
        "[c_char_p], c_int, errcheck.MINUS_ONE",
        "rmdir(b'/no PLACE')",
        "FileNotFoundError",
        2,
    ),
    (
        "unlink",
        "[c_char_p], c_int, errcheck.MINUS_ONE",
        "unlink(b'/no PLACE')",
        "FileNotFoundError",
        2,
    ),
    (
        "chdir",
        "[c_char_p], c_int, errcheck.MINUS_ONE",
        "chdir(b'/dev/null')",
        "NotADirectoryError",
        20,
    ),
    (
        "close",
        "[c_int], c_int, errcheck.MINUS_ONE",
        "close(-1)",
        "OSError",
        9,
    ),
    (
        "kill",
        "[c_int, c_int], c_int, errcheck.MINUS_ONE",
        "kill(0, 9999)",
        "OSError",
        22,
    ),
    (
        "fopen",
        "[c_char_p, c_char_p], c_void_p, errcheck.NULL",
        "fopen(b'/no PLACE', b'r')",
        "FileNotFoundError",
        2,
    ),
    (
        "atoll",
        "[c_char_p], c_longlong, errcheck.CODE",
        "atoll(b'-10')",
        "ChildProcessError",
        10,
    ),
];

fn functions_nobody_named(judge: &mut Judge) -> Verdict {
    let mut py = judge.module()?;
    py.run("from ctypes import c_char_p, c_int, c_longlong, c_void_p")?;
    let place = judge.random.word();
    let mut left = FUNCTIONS.to_vec();
    while !left.is_empty() {
        // A few at a time, each time with a table and a loader of their own.
        let mut chosen = Vec::new();
        for _ in 0..judge.random.within(1..4).min(left.len() as i64) {
            let at = judge.random.within(0..left.len() as i64) as usize;
            chosen.push(left.remove(at));
        }
        let rows: Vec<String> = chosen
            .iter()
            .map(|(name, row, ..)| format!("'{name}': ({row})"))
            .collect();
        let table = format!("errcheck.load(None, {{{}}})", rows.join(", "));
        py.call_into("libc", &format!("(lambda: {table})"), &[])?;
        for (_, _, call, error, number) in chosen {
            let call = format!("libc.{}", call.replace("PLACE", &place));
            raises(&mut py, &call, error, number)?;
        }
    }
    Ok(())
}

fn only_minus_one_is_minus_one(judge: &mut Judge) -> Verdict {
    let mut py = judge.module()?;
    py.run(
        "
        from ctypes import c_char_p, c_int

        def loaded(failure):
            return errcheck.load(None, {'atoi': ([c_char_p], c_int, failure)})

        result, code = loaded(errcheck.MINUS_ONE), loaded(errcheck.CODE)
        number = loaded(errcheck.CANNOT_FAIL)
        ",
    )?;
    let n = judge.random.within(2..30);
    py.eval(&format!("result.atoi(b\"-{n}\")"))?.returns(-n)?;
    py.eval(&format!("number.atoi(b\"-{n}\")"))?.returns(-n)?;
    py.eval("number.atoi(b\"-1\")")?.returns(-1)?;
    raises(&mut py, "code.atoi(b\"-1\")", "PermissionError", 1)?;
    py.eval("result.atoi(b\"-1\")")?.raises("OSError")?;
    let (zero, positive) = (py.eval("code.atoi(b\"0\")")?, n + 1);
    zero.returns(0)?;
    py.eval(&format!("code.atoi(b\"{positive}\")"))?
        .returns(positive)
}

fn each_thread_has_its_own(judge: &mut Judge) -> Verdict {
    let mut py = judge.module()?;
    let path = judge.companion()?.to_string_lossy().into_owned();
    py.call_into("lib", "errcheck.load", &args![path])?;
    py.run(
        "
        import sys
        import threading

        def in_two_threads(rounds):
            wrong, start = [], threading.Barrier(2)
            barriers = [threading.Barrier(2) for _ in range(rounds)]

            def work(name, number):
                # Where one of the two enters a function written in Python, it waits for
                # the other: both have made their call of C before either looks at what
                # it left, and so on step by step.
                def keep_in_step(frame, event, argument):
                    if event == 'call':
                        try:
                            barrier.wait()
                        except threading.BrokenBarrierError:
                            pass

                for barrier in barriers:
                    start.wait()
                    sys.setprofile(keep_in_step)
                    try:
                        lib.depot_open(name)
                        wrong.append('nothing')
                    except OSError as error:
                        if error.errno != number:
                            wrong.append(error.errno)
                    finally:
                        sys.setprofile(None)
                        barrier.abort()

            threads = [
                threading.Thread(target=work, args=row) for row in [(b'vault', 13), (b'', 22)]
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            return wrong
        ",
    )?;
    let rounds = judge.random.within(20..60);
    py.eval(&format!("in_two_threads({rounds})"))?
        .returns(Value::List(vec![]))
}
