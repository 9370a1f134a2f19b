//! What `panic` has to prove.

use oracle::prelude::*;

fn main() -> ExitCode {
    oracle::exercise!()
        .check("totals", totals)
        .check("reports_a_panic", reports_a_panic)
        .check("survives_every_panic", survives_every_panic)
        .check("hands_out_the_words", hands_out_the_words)
        .run()
}

const OK: i64 = 0;
const PANICKED: i64 = 1;
/// What stands in `*total` before each call.
const UNTOUCHED: i64 = -77;

/// A Python that has the library open.
fn library(judge: &mut Judge) -> Verdict<Subject> {
    let mut py = judge.library()?;
    py.run(
        "
        from ctypes import POINTER, byref, c_char_p, c_int32, c_int64, c_size_t, c_void_p, string_at

        lib.ledger_total.argtypes = [c_char_p, c_size_t, c_size_t, POINTER(c_int64)]
        lib.ledger_total.restype = c_int32
        lib.ledger_last_error.restype = c_void_p

        def ledger_total(table, column):
            table = table if isinstance(table, bytes) else table.encode()
            total = c_int64(-77)
            return [lib.ledger_total(table, len(table), column, byref(total)), total.value]

        def ledger_last_error():
            address = lib.ledger_last_error()
            return None if address is None else words_at(address)

        def words_at(address):
            return string_at(address).decode('utf-8', 'backslashreplace')
        ",
    )?;
    Ok(py)
}

fn totals(judge: &mut Judge) -> Verdict {
    let mut py = library(judge)?;
    let (a, b) = (judge.random.within(1..1000), judge.random.within(-1000..0));
    let table = format!("{a},7\n{b},8\n");
    py.call("ledger_total", &args![table.clone(), 0])?
        .returns([OK, a + b])?;
    py.call("ledger_total", &args![table, 1])?.returns([OK, 15])
}

fn reports_a_panic(judge: &mut Judge) -> Verdict {
    let mut py = library(judge)?;
    let n = judge.random.within(1..1000);
    // There is no such column: somebody's index is out of bounds.
    py.call("ledger_total", &args![format!("{n},{n}"), 2])?
        .returns([PANICKED, UNTOUCHED])?;
    py.call("ledger_total", &args![format!("{n}\n{n}"), 0])?
        .returns([OK, 2 * n])?;
    py.call("ledger_total", &args!["1,2", n])?
        .returns([PANICKED, UNTOUCHED])
}

fn survives_every_panic(judge: &mut Judge) -> Verdict {
    let word = judge.random.word();
    let cases: [(Value, i64); 6] = [
        ("".into(), 0),
        (Value::Bytes(b"12,\xff".to_vec()), 0),
        ("1,2\n3".into(), 1),
        (format!("1\n{word}").into(), 0),
        (format!("{}\n1", i64::MAX).into(), 0),
        ("1,,2".into(), 1),
    ];
    let mut py = library(judge)?;
    for (table, column) in cases {
        py.call("ledger_total", &[table, column.into()])?
            .returns([PANICKED, UNTOUCHED])?;
    }
    Ok(())
}

/// The last error holds this text.
fn says(py: &mut Subject, text: &str) -> Verdict {
    match py.call("ledger_last_error", &[])?.value()? {
        Value::Str(words) if words.contains(text) => Ok(()),
        got => {
            let wanted = format!("words that hold {text:?}");
            let failure = Failure::new(
                Kind::WrongValue,
                "`ledger_last_error()` does not say what the panic said",
            );
            Err(failure.expected(wanted, got))
        }
    }
}

fn hands_out_the_words(judge: &mut Judge) -> Verdict {
    let mut py = library(judge)?;
    let before = py.call("ledger_last_error", &[])?.value()?;
    if before != "".into() {
        let message = "`ledger_last_error()` is not empty before the first panic";
        return Err(Failure::new(Kind::WrongValue, message).expected("\"\"", before));
    }
    let word = judge.random.word();
    // The first message is put together when it happens, the second stands in the source.
    py.call("ledger_total", &args![format!("1\n{word}"), 0])?
        .returns([PANICKED, UNTOUCHED])?;
    says(&mut py, &format!("`{word}` is no amount"))?;
    py.call("ledger_total", &args!["", 0])?
        .returns([PANICKED, UNTOUCHED])?;
    says(&mut py, "an empty table has no columns")?;
    // Neither a call that succeeds nor a question may disturb what the caller reads.
    let address = py.call("lib.ledger_last_error", &[])?.value()?;
    py.call("ledger_total", &args!["1\n2\n3", 0])?
        .returns([OK, 6])?;
    says(&mut py, "an empty table has no columns")?;
    let words = py.call("words_at", &[address])?.value()?;
    if words != "an empty table has no columns".into() {
        return Err(Failure::new(
            Kind::WrongValue,
            "what `ledger_last_error()` pointed to changed before the next panic",
        )
        .expected("\"an empty table has no columns\"", words));
    }
    Ok(())
}
