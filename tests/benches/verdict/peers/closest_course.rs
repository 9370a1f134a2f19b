//! The closest course, "Rust-Python interoperability": its own runner, `wr`, and the steps
//! that it takes for each exercise (uv with maturin, `cargo test`, pytest), in a repository of
//! the same shape. Two things differ. The versions of PyO3 and of Python are ours, as
//! everybody's here; and uv is told which Python to use, where the course has it fetch one.
//!
//! At each edit PyO3 is compiled too, and that is the course's own price: uv builds in a fresh
//! environment each time, PyO3's build script asks for its path, and so it is never the same.

use std::path::{Path, PathBuf};

use interpreter::Interpreter;

use super::{installed, library_folder, pyo3};
use crate::contender::{Contender, Edited, How};
use crate::sample::{SHOP, write};
use crate::shell::{command, run, with_tools};

pub const NAME: &str = "closest course (wr, uv, pytest)";

pub fn set_up(scratch: &Path, python: &Interpreter) -> Result<Contender, String> {
    let wr = installed(scratch, "workshop-runner", "0.2.5", "wr")?;
    let tools = uv(scratch, python)?;
    let folder = scratch.join("closest-course");
    let exercise = folder.join("exercises/01_classes/01_shop");
    write(
        &folder,
        &repository(&pyo3()?)
            .each_ref()
            .map(|(name, text)| (*name, &**text)),
    )?;
    if !folder.join(".git").exists() {
        run(command("git", &folder).args(["init", "--quiet"]))?;
    }
    let (library, python) = (library_folder(python), python.executable().to_owned());
    Ok(Contender {
        name: NAME,
        edited: Some(Edited {
            path: exercise.join("src/lib.rs"),
            sample: SHOP,
            tail: String::new(),
        }),
        how: How::Command(Box::new(move || {
            let mut check = with_tools(command(&wr, &exercise), &tools);
            check
                .args(["--verbose", "check"])
                .env("UV_PYTHON", &python)
                .env("LD_LIBRARY_PATH", &library);
            check
        })),
        passes: Some("8 passed"),
    })
}

/// The folder that has uv, which brings maturin and pytest itself.
fn uv(scratch: &Path, python: &Interpreter) -> Result<PathBuf, String> {
    let tools = scratch.join("uv/bin");
    if !tools.join("uv").is_file() {
        eprintln!("installing uv …");
        run(command(python.executable(), scratch).args(["-m", "venv", "uv"]))?;
        run(command(tools.join("python"), scratch).args(["-m", "pip", "install", "--quiet", "uv"]))?;
    }
    Ok(tools)
}

fn repository(pyo3: &str) -> [(&'static str, String); 10] {
    let text = str::to_owned;
    let exercise = "[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2021\"\n\n\
         [lib]\ncrate-type = [\"cdylib\"]\n\n[dependencies]\npyo3 = { workspace = true }\n";
    let build = "[build-system]\nrequires = [\"maturin>=1.8,<2.0\"]\nbuild-backend = \"maturin\"\n\n\
         [project]\nname = \"shop\"\nversion = \"0.1.0\"\nrequires-python = \">=3.10\"\n\n\
         [tool.maturin]\nfeatures = [\"pyo3/extension-module\"]\n\n\
         [tool.uv.config-settings]\nbuild-args = \"--profile=dev\"\n\n\
         [tool.uv]\ncache-keys = [\"pyproject.toml\", \"Cargo.toml\", \"src/*.rs\"]\n\n\
         [tool.uv.sources]\nshop = { workspace = true }\n\n\
         [tool.uv.workspace]\nmembers = [\"sample\"]\n";
    let sample = "[build-system]\nrequires = [\"hatchling\"]\nbuild-backend = \"hatchling.build\"\n\n\
         [project]\nname = \"shop_sample\"\nversion = \"0.1.0\"\nrequires-python = \">=3.10\"\n\
         dependencies = [\"shop\"]\n\n\
         [dependency-groups]\ndev = [\"pytest>=8.2.2\"]\n\n\
         [tool.hatch.build.targets.wheel]\npackages = [\"src/sample\"]\n";
    let runner = "skip_build = true\n\n[[verification]]\ncommand = \"cargo\"\n\
         args = [\"run\", \"--package\", \"verifier\", \"--bin\", \"verifier\"]\n";
    let workspace = format!(
        "[workspace]\nmembers = [\"exercises/*/*\", \"verifier\"]\nresolver = \"2\"\n\n\
         [workspace.dependencies]\npyo3 = \"{pyo3}\"\n"
    );
    let verifier = "[package]\nname = \"verifier\"\nversion = \"0.1.0\"\nedition = \"2021\"\n";
    [
        (".wr.toml", text(runner)),
        (
            ".gitignore",
            text("target/\n.venv/\nexercises/progress.db\n"),
        ),
        ("Cargo.toml", workspace),
        ("verifier/Cargo.toml", text(verifier)),
        ("verifier/src/main.rs", text(include_str!("verifier.rs"))),
        ("exercises/01_classes/01_shop/Cargo.toml", text(exercise)),
        ("exercises/01_classes/01_shop/pyproject.toml", text(build)),
        ("exercises/01_classes/01_shop/src/lib.rs", text(SHOP.answer)),
        (
            "exercises/01_classes/01_shop/sample/pyproject.toml",
            text(sample),
        ),
        (
            "exercises/01_classes/01_shop/sample/tests/test_shop.py",
            text(include_str!("../shop/test_shop.py")),
        ),
    ]
}
