//! What `dlopen` has to prove besides.

use oracle::prelude::*;

fn main() -> ExitCode {
    oracle::exercise!()
        .check(
            "a_file_of_another_kind_is_an_error",
            a_file_of_another_kind_is_an_error,
        )
        .check(
            "a_name_that_cannot_be_one_is_an_error",
            a_name_that_cannot_be_one_is_an_error,
        )
        .check("each_plugin_lives_for_itself", each_plugin_lives_for_itself)
        .run()
}

fn numbers(judge: &Judge) -> Verdict<Value> {
    Ok(judge.companion()?.display().to_string().into())
}

fn a_file_of_another_kind_is_an_error(judge: &mut Judge) -> Verdict {
    let mut host = judge.program()?;
    for name in ["exercise.toml", "native", "native/numbers.c"] {
        let path = judge.folder().join(name).display().to_string();
        host.call("open", &args![path.clone()])?
            .raises("NotLoaded")?
            .says(&path)?;
    }
    host.call("open", &args!["two\0parts"])?
        .raises("NotLoaded")
        .map(drop)
}

fn a_name_that_cannot_be_one_is_an_error(judge: &mut Judge) -> Verdict {
    let library = numbers(judge)?;
    let mut host = judge.program()?;
    let plugin = host.call("open", &[library])?.value()?;
    for name in ["", "twice\0twice", "twice ", "Twice"] {
        host.call("call", &args![plugin.clone(), name, 1])?
            .raises("NoFunction")?;
    }
    host.call("call", &args![plugin, "twice", 21])?.returns(42)
}

fn each_plugin_lives_for_itself(judge: &mut Judge) -> Verdict {
    let library = numbers(judge)?;
    let mut host = judge.program()?;
    let first = host.call("open", std::slice::from_ref(&library))?.value()?;
    let second = host.call("open", &[library])?.value()?;
    let n = judge.random.within(1..1000);
    host.call("close", &[first])?.returns(())?;
    host.call("call", &args![second.clone(), "next", n])?
        .returns(n + 1)?;
    host.call("close", &[second])?.returns(())
}
