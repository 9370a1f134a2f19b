//! What `dlopen` has to prove.

use oracle::prelude::*;

fn main() -> ExitCode {
    oracle::exercise!()
        .check("calls_by_name", calls_by_name)
        .check("a_missing_file_is_an_error", a_missing_file_is_an_error)
        .check("a_missing_symbol_is_an_error", a_missing_symbol_is_an_error)
        .check("passes_64_bits", passes_64_bits)
        .check("stays_loaded_until_dropped", stays_loaded_until_dropped)
        .run()
}

/// The library's path, as an argument.
fn numbers(judge: &Judge) -> Verdict<Value> {
    Ok(judge.companion()?.display().to_string().into())
}

fn calls_by_name(judge: &mut Judge) -> Verdict {
    let library = numbers(judge)?;
    let mut host = judge.program()?;
    let plugin = host.call("open", &[library])?.value()?;
    for _ in 0..6 {
        let n = judge.random.within(1..1000);
        let (name, result) =
            [("twice", 2 * n), ("negate", -n), ("next", n + 1)][judge.random.within(0..3) as usize];
        host.call("call", &args![plugin.clone(), name, n])?
            .returns(result)?;
    }
    Ok(())
}

fn a_missing_file_is_an_error(judge: &mut Judge) -> Verdict {
    let library = numbers(judge)?;
    let mut host = judge.program()?;
    let name = format!("lib{}.so", judge.random.word());
    let missing = judge.folder().join(name).display().to_string();
    host.call("open", &args![missing.clone()])?
        .raises("NotLoaded")?
        .says(&missing)?;
    // The host is none the worse for it.
    let plugin = host.call("open", &[library])?.value()?;
    host.call("call", &args![plugin, "twice", 4])?.returns(8)
}

fn a_missing_symbol_is_an_error(judge: &mut Judge) -> Verdict {
    let library = numbers(judge)?;
    let mut host = judge.program()?;
    let plugin = host.call("open", &[library])?.value()?;
    let missing = format!("no_{}", judge.random.word());
    host.call("call", &args![plugin.clone(), missing.clone(), 1])?
        .raises("NoFunction")?
        .says(&missing)?;
    host.call("call", &args![plugin, "twice", 4])?.returns(8)
}

fn passes_64_bits(judge: &mut Judge) -> Verdict {
    let library = numbers(judge)?;
    let mut host = judge.program()?;
    let plugin = host.call("open", &[library])?.value()?;
    let n = judge.random.within(1 << 40..1 << 50);
    host.call("call", &args![plugin.clone(), "negate", n])?
        .returns(-n)?;
    host.call("call", &args![plugin, "next", -n])?
        .returns(1 - n)
}

fn stays_loaded_until_dropped(judge: &mut Judge) -> Verdict {
    let library = numbers(judge)?;
    let mut host = judge.program()?;
    let (a, b) = (judge.random.within(10..100), judge.random.within(10..100));
    let plugin = host.call("open", std::slice::from_ref(&library))?.value()?;
    host.call("call", &args![plugin.clone(), "remember", a])?
        .returns(a)?;
    host.call("call", &args![plugin.clone(), "remember", b])?
        .returns(a + b)
        .map_err(|failure| {
            failure.note(
                "what that means",
                "the library was not the same one for both calls: it was loaded anew between them.",
            )
        })?;
    host.call("close", &[plugin])?.returns(())?;
    let again = host.call("open", &[library])?.value()?;
    host.call("call", &args![again, "remember", a])?.returns(a).map_err(|failure| {
        failure.note("what that means", "the library remembers what it was told before the plugin was closed: somebody kept it loaded.")
    })
}
