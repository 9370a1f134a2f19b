//! The jail on its own, as the tests of this crate start it: `jail POLICY -- program args…`.
//! `bindery jail` is the same.

fn main() -> std::process::ExitCode {
    let mut args = std::env::args_os().skip(1);
    let (Some(policy), Some(_), Some(program)) = (args.next(), args.next(), args.next()) else {
        eprintln!(
            "error: a jail needs a policy and a program\n\nhint: jail POLICY.json -- PROGRAM"
        );
        return std::process::ExitCode::from(2);
    };
    let error = sandbox::enter(policy.as_ref(), &program, &args.collect::<Vec<_>>());
    eprintln!("error: {error}");
    std::process::ExitCode::from(sandbox::NO_JAIL)
}
