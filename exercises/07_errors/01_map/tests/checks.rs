//! What `map` has to prove.

use oracle::prelude::*;

const ENOENT: i64 = 2;
const EISDIR: i64 = 21;

fn main() -> ExitCode {
    oracle::exercise!()
        .check("reads_the_palette", reads_the_palette)
        .check(
            "a_bad_colour_is_a_value_error",
            a_bad_colour_is_a_value_error,
        )
        .check(
            "an_unreadable_file_is_an_os_error",
            an_unreadable_file_is_an_os_error,
        )
        .check(
            "an_unknown_name_is_an_unknown_colour",
            an_unknown_name_is_an_unknown_colour,
        )
        .run()
}

/// The module, and `look_up_in` and `names_in`, which take a palette's text.
fn desk(judge: &Judge) -> Verdict<Subject> {
    let mut py = judge.module()?;
    py.run(
        "
        import os, tempfile

        def in_a_file(text, use):
            with tempfile.TemporaryDirectory() as folder:
                path = os.path.join(folder, 'colours.palette')
                with open(path, 'w') as file:
                    file.write(text)
                return use(path)

        def look_up_in(text, name):
            return in_a_file(text, lambda path: map.look_up(path, name))

        def names_in(text):
            return in_a_file(text, map.names)

        def errno_and_filename(path):
            try:
                map.look_up(path, 'teal')
            except OSError as error:
                return [error.errno, error.filename]
        ",
    )?;
    Ok(py)
}

fn reads_the_palette(judge: &mut Judge) -> Verdict {
    let mut py = desk(judge)?;
    let (name, blue) = (judge.random.word(), judge.random.within(0..256));
    let text = format!("teal = #008080\n\n{name} = #01ff{blue:02x}\n");
    let colour = Value::Tuple(args![1, 255, blue].into());
    py.call("look_up_in", &args![text.clone(), name.clone()])?
        .returns(colour)?;
    py.call("names_in", &args![text])?
        .returns(vec!["teal".to_owned(), name])
}

fn a_bad_colour_is_a_value_error(judge: &mut Judge) -> Verdict {
    let mut py = desk(judge)?;
    let (name, before) = (judge.random.word(), judge.random.within(0..9));
    let line = format!("{name} = quite green");
    let text = format!("{}{line}\n", "\n".repeat(before as usize));
    let its = args![before + 1, line];
    py.call("look_up_in", &args![text.clone(), name])?
        .raises("ValueError")?
        .with_args(&its)?;
    py.call("names_in", &args![text])?
        .raises("ValueError")?
        .with_args(&its)
        .map(drop)
}

fn an_unreadable_file_is_an_os_error(judge: &mut Judge) -> Verdict {
    let mut py = desk(judge)?;
    let missing = format!("/no/such/folder/{}", judge.random.word());
    for (path, errno, fits) in [
        (missing.as_str(), ENOENT, "FileNotFoundError"),
        ("/", EISDIR, "IsADirectoryError"),
    ] {
        let raised = py.call("map.look_up", &args![path, "teal"])?.raises(fits)?;
        let text = raised.exception().message.clone();
        let got = py.call("errno_and_filename", &args![path])?.value()?;
        let wanted = Value::from(args![errno, path].to_vec());
        if got != wanted {
            let message =
                format!("the `{fits}` for {path:?} does not carry its errno and filename");
            return Err(Failure::new(Kind::WrongError, message)
                .expected(wanted, got)
                .note("its text", text));
        }
        py.call("map.names", &args![path])?.raises(fits)?;
    }
    Ok(())
}

fn an_unknown_name_is_an_unknown_colour(judge: &mut Judge) -> Verdict {
    let mut py = desk(judge)?;
    let name = judge.random.word();
    let upper = name.to_uppercase();
    let text = format!("teal = #008080\n{upper} = #102030\n");
    let raised = py.call("look_up_in", &args![text.clone(), name.clone()])?;
    raised
        .raises("map.UnknownColour")?
        .with_args(&args![name, upper])?;
    let raised = py
        .call("look_up_in", &args![text.clone(), "plum"])?
        .raises("LookupError")?;
    raised.with_args(&args!["plum", Value::None])?;
    py.run(
        "
        def caught_as_map_UnknownColour(text, name):
            try:
                look_up_in(text, name)
            except map.UnknownColour as error:
                return True
            except Exception:
                return False
        ",
    )?;
    py.call("caught_as_map_UnknownColour", &args![text, "plum"])?
        .returns(true)
}
