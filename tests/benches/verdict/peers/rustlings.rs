//! rustlings, with a set of exercises as its `dev new` makes one. It builds, tests, runs
//! Clippy, and then the program.
//!
//! A second exercise stays unsolved: after the last one rustlings would check all of them
//! once more, and that is nothing a learner waits for at each save.

use std::path::Path;

use interpreter::Interpreter;

use super::{installed, library_folder, pyo3};
use crate::contender::{Contender, Edited, How};
use crate::sample::{SHOP, write};
use crate::shell::command;

pub const NAME: &str = "rustlings 6.5.0";

pub fn set_up(scratch: &Path, python: &Interpreter) -> Result<Contender, String> {
    let rustlings = installed(scratch, "rustlings", "6.5.0", "rustlings")?;
    let folder = scratch.join("rustlings-exercises");
    let manifest = format!(
        "bin = [\n  {{ name = \"shop\", path = \"exercises/shop.rs\" }},\n  \
         {{ name = \"later\", path = \"exercises/later.rs\" }},\n]\n\n\
         [package]\nname = \"exercises\"\nedition = \"2024\"\npublish = false\n\n\
         [dependencies]\npyo3 = {{ version = \"{}\", features = [\"auto-initialize\"] }}\n\n\
         [workspace]\n",
        pyo3()?
    );
    let files = [
        ("Cargo.toml", &*manifest),
        (
            "info.toml",
            "format_version = 1\n\n\
             [[exercises]]\nname = \"shop\"\nhint = \"\"\n\n\
             [[exercises]]\nname = \"later\"\nhint = \"\"\n",
        ),
        ("exercises/later.rs", "fn main() {\n    todo!()\n}\n"),
    ];
    write(&folder, &files)?;
    let tests = include_str!("../shop/embedded.rs").replacen("use shop::", "use super::", 1);
    let library = library_folder(python);
    Ok(Contender {
        name: NAME,
        edited: Some(Edited {
            path: folder.join("exercises/shop.rs"),
            sample: SHOP,
            tail: format!("\nfn main() {{}}\n\n#[cfg(test)]\nmod tests {{\n{tests}}}\n"),
        }),
        how: How::Command(Box::new(move || {
            let mut run = command(&rustlings, &folder);
            run.args(["run", "shop"]).env("LD_LIBRARY_PATH", &library);
            run
        })),
        passes: Some("Successfully ran"),
    })
}
