//! What would make cargo call the compiler otherwise than the plan does: variables and
//! configuration files of the user's.

use std::path::{Path, PathBuf};

use super::Why;

/// What says which Python it is for, which a plan knows, and what the workbook's own
/// configuration sets.
const PYTHONS_OWN: [&str; 2] = ["PYO3_PYTHON", "PYO3_BUILD_EXTENSION_MODULE"];

/// The tables of a configuration that change how a crate is compiled.
const TELLING: [&str; 5] = ["build", "target", "profile", "unstable", "env"];

/// Whether nothing asks for other flags, another compiler or another profile.
pub fn are_usual(root: &Path) -> Result<(), Why> {
    for (name, value) in std::env::vars_os() {
        let Some(name) = name.to_str() else { continue };
        let telling = [
            "RUSTFLAGS",
            "CARGO_ENCODED_RUSTFLAGS",
            "RUSTC",
            "CARGO_INCREMENTAL",
        ]
        .contains(&name)
            || name.starts_with("CARGO_PROFILE_")
            || (name.starts_with("CARGO_TARGET_") && name != "CARGO_TARGET_DIR")
            || (name.starts_with("CARGO_BUILD_") && name != "CARGO_BUILD_JOBS")
            || (name.starts_with("PYO3_") && !PYTHONS_OWN.contains(&name));
        if telling && !value.is_empty() {
            return Err(Why::new(format!("`{name}` is set")));
        }
    }
    let own = std::fs::read_to_string(root.join(".cargo/config.toml")).ok();
    for file in configurations(root) {
        let Ok(text) = std::fs::read_to_string(&file) else {
            continue;
        };
        // What the workbook's own says of variables is one of the things that a plan rests on;
        // so it is where one workbook lies within another, and both say the same.
        let ours = own.as_ref() == Some(&text);
        let telling = &TELLING[..TELLING.len() - usize::from(ours)];
        if let Some(line) = changes_the_build(&text, telling) {
            return Err(Why::new(format!("`{}` has `{line}`", file.display())));
        }
    }
    Ok(())
}

/// Every file that cargo reads on its way up from a folder, and the user's own.
fn configurations(from: &Path) -> impl Iterator<Item = PathBuf> {
    let above = from.ancestors().map(|folder| folder.join(".cargo"));
    let own = cargo_home();
    above
        .chain(own)
        .flat_map(|folder| [folder.join("config.toml"), folder.join("config")])
}

fn cargo_home() -> Option<PathBuf> {
    let named = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    named.or_else(|| Some(std::env::home_dir()?.join(".cargo")))
}

/// The first line that changes how a crate is compiled; what only says where crates come
/// from, how many are built at once or who caches them does not.
fn changes_the_build<'a>(text: &'a str, telling: &[&str]) -> Option<&'a str> {
    let harmless = [
        "jobs",
        "rustc-wrapper",
        "rustc-workspace-wrapper",
        "target-dir",
    ];
    let mut inside = "";
    for line in text.lines().map(str::trim) {
        if let Some(table) = line.strip_prefix('[') {
            inside = table
                .trim_start_matches('[')
                .split([']', '.'])
                .next()?
                .trim();
            if telling.contains(&inside) && inside != "build" {
                return Some(line);
            }
            continue;
        }
        let Some((key, _)) = line.split_once('=') else {
            continue;
        };
        let key = key.trim();
        let (table, key) = match (inside, key.split_once('.')) {
            ("", Some((table, key))) => (table, key),
            ("", None) => (key, ""),
            (inside, _) => (inside, key),
        };
        if telling.contains(&table) && !(table == "build" && harmless.contains(&key)) {
            return Some(line);
        }
    }
    None
}

/// Whether the compiler of a plan is the one that rustup would start now.
pub fn have_toolchain(rustc: Option<&Path>) -> Result<(), Why> {
    let (Some(rustc), Some(wanted)) = (rustc, std::env::var_os("RUSTUP_TOOLCHAIN")) else {
        return Ok(());
    };
    let wanted = wanted.to_string_lossy().into_owned();
    let name = rustc.ancestors().nth(2).and_then(Path::file_name);
    let same = name.is_some_and(|name| is_called(&name.to_string_lossy(), &wanted));
    match same || Path::new(&wanted).join("bin/rustc") == rustc {
        true => Ok(()),
        false => Err(Why::new(format!("the toolchain is now `{wanted}`"))),
    }
}

/// Whether a toolchain's full name is that of the one that somebody wants: the machine it is
/// for may be left out, a date may not.
fn is_called(name: &str, wanted: &str) -> bool {
    let rest = name.strip_prefix(wanted);
    rest.is_some_and(|rest| {
        let machine = rest
            .strip_prefix('-')
            .map(|m| m.starts_with(char::is_alphabetic));
        rest.is_empty() || machine == Some(true)
    })
}

/// The files that say which toolchain rustup starts.
pub fn toolchain_files(root: &Path) -> Vec<PathBuf> {
    let above = root.ancestors();
    let named = above.flat_map(|f| [f.join("rust-toolchain.toml"), f.join("rust-toolchain")]);
    let home = std::env::var_os("RUSTUP_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(std::env::home_dir()?.join(".rustup")));
    named
        .chain(home.map(|home| home.join("settings.toml")))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: Option<&str>) {
        assert_eq!(changes_the_build(text, &TELLING), expect, "{text}");
    }

    #[test]
    fn a_configuration_that_changes_the_build_is_told_from_one_that_does_not() {
        check("[source.crates-io]\nreplace-with = 'mirror'\n", None);
        check("[build]\njobs = 2\nrustc-wrapper = \"sccache\"\n", None);
        check("build.jobs = 2\n[net]\nretry = 3\n", None);
        check(
            "[build]\nrustflags = [\"-O\"]\n",
            Some("rustflags = [\"-O\"]"),
        );
        check("build.target = 'x'\n", Some("build.target = 'x'"));
        check("[profile.dev]\nopt-level = 1\n", Some("[profile.dev]"));
        check("[target.x]\nlinker = 'l'\n", Some("[target.x]"));
        check("[[target]]\n", Some("[[target]]"));
        let inline = "build = { rustflags = [\"-O\"] }";
        check(inline, Some(inline));
    }

    #[test]
    fn a_toolchain_of_one_day_is_another_than_that_of_today() {
        let check = |name, wanted, expect| assert_eq!(is_called(name, wanted), expect, "{wanted}");
        check("stable-x86_64-unknown-linux-gnu", "stable", true);
        check(
            "stable-x86_64-unknown-linux-gnu",
            "stable-x86_64-unknown-linux-gnu",
            true,
        );
        check(
            "nightly-2025-01-01-x86_64-unknown-linux-gnu",
            "nightly",
            false,
        );
        check("1.90.0-x86_64-unknown-linux-gnu", "1.9", false);
    }
}
