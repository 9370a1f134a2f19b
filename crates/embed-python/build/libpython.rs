//! Whether this Python can be linked: the decision, apart from the build script, so that a test
//! can put the question too.

use std::path::Path;

/// What a linker needs.
#[derive(Debug, PartialEq)]
pub struct Libpython {
    /// The folder of the shared library.
    pub folder: String,
    /// Its name, without `lib` and without the ending.
    pub name: String,
}

/// What to tell and what to do when there is no shared library.
#[derive(Debug, PartialEq)]
pub struct Missing {
    /// What is not as it should be.
    pub what: String,
    /// The next step.
    pub hint: String,
}

/// Finds the shared library by what the interpreter says of itself.
pub fn find(
    shared: bool,
    folder: Option<&str>,
    name: Option<&str>,
    ending: &str,
) -> Result<Libpython, Missing> {
    let missing = |what: String, hint: &str| {
        Err(Missing {
            what,
            hint: hint.to_owned(),
        })
    };
    let (Some(folder), Some(name)) = (folder, name) else {
        return missing(
            "it does not say where its library is".to_owned(),
            "name a CPython in `PYO3_PYTHON`",
        );
    };
    if !shared {
        return missing(
            format!("it was built without a shared library, and has `lib{name}.a` at most"),
            "name one built with `--enable-shared` in `PYO3_PYTHON`, such as your system's \
             (with pyenv: `PYTHON_CONFIGURE_OPTS=--enable-shared pyenv install …`)",
        );
    }
    let file = Path::new(folder).join(format!("lib{name}{ending}"));
    if !file.exists() {
        return missing(
            format!("there is no `{}`", file.display()),
            "install its development files: `apt install libpython3-dev` or `dnf install \
             python3-devel`",
        );
    }
    Ok(Libpython {
        folder: folder.to_owned(),
        name: name.to_owned(),
    })
}
