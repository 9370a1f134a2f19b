//! What `map` has to prove besides.

use oracle::prelude::*;

const ENOTDIR: i64 = 20;

fn main() -> ExitCode {
    oracle::exercise!()
        .check(
            "a_path_that_was_never_asked_for_is_an_os_error",
            a_path_that_was_never_asked_for_is_an_os_error,
        )
        .check(
            "other_system_errors_choose_their_own_class",
            other_system_errors_choose_their_own_class,
        )
        .check(
            "unknown_colour_is_a_class_like_any_other",
            unknown_colour_is_a_class_like_any_other,
        )
        .run()
}

fn a_path_that_was_never_asked_for_is_an_os_error(judge: &mut Judge) -> Verdict {
    let mut py = judge.module()?;
    py.call("map.names", &args!["no\0file"])?
        .raises("OSError")
        .map(drop)
}

/// An answer that knows two errors by heart is refused.
fn other_system_errors_choose_their_own_class(judge: &mut Judge) -> Verdict {
    let mut py = judge.module()?;
    py.run(
        "
        import errno, os

        def what_comes_of(path):
            try:
                map.names(path)
            except OSError as error:
                return [type(error).__name__, error.errno, error.filename]

        def too_long():
            kind, number, filename = what_comes_of('n' * 5000)
            return [kind, number == errno.ENAMETOOLONG, len(filename)]
        ",
    )?;
    let path = format!("/dev/null/{}", judge.random.word());
    let wanted = args!["NotADirectoryError", ENOTDIR, path.clone()].to_vec();
    py.call("what_comes_of", &args![path])?.returns(wanted)?;
    py.call("too_long", &[])?
        .returns(args!["OSError", true, 5000].to_vec())
}

fn unknown_colour_is_a_class_like_any_other(judge: &mut Judge) -> Verdict {
    let mut py = judge.module()?;
    py.run(
        "
        def about():
            kind = map.UnknownColour
            child = type('Child', (kind,), {})
            return [kind.__module__, kind.__name__, kind.__base__.__name__, issubclass(child, LookupError)]
        ",
    )?;
    py.call("about", &[])?
        .returns(args!["map", "UnknownColour", "LookupError", true].to_vec())
}
