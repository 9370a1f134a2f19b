//! Tools that a listing needs beside Python and a compiler: who names them, how each
//! is looked for, what brings it.
//!
//! A script or a Python file says in its first line what it cannot do without:
//! `# needs: gdb, py-spy`. Where that is missing, the listing is skipped aloud; in CI it
//! fails. Runs nothing but the look, and leaves the listing itself to `chapter.rs`.

use std::path::Path;
use std::process::{Command, Stdio};

use proof::strict;

/// A tool, as a shell sees it.
pub struct Tool {
    name: &'static str,
    /// Succeeds where the tool is there and is allowed to do its work. Has what a
    /// script has, `$PYTHON` too.
    look: &'static str,
    /// One command, and where that may not be enough, what else.
    brought_by: &'static str,
    /// Some interpreters have it and nobody can add it to one that has not: missing, it
    /// is skipped in CI too.
    of_the_interpreter: bool,
}

/// The program of ours that holds a Python: built where a listing needs it, and no good
/// where this Python has no shared library.
pub const HOST: &str = "embed-python";

const TOOLS: [Tool; 6] = [
    Tool {
        name: "valgrind",
        look: "valgrind -q true",
        brought_by: "`apt install valgrind`",
        of_the_interpreter: false,
    },
    Tool {
        name: "gdb",
        look: "gdb --batch -nx -ex run --args true 2>&1 | grep -q 'exited normally'",
        brought_by: "`apt install gdb`; in a container, start that with `--cap-add=SYS_PTRACE`",
        of_the_interpreter: false,
    },
    Tool {
        name: "python-gdb",
        look: "gdb --batch -nx -iex 'set auto-load safe-path /' -ex run -ex py-bt \
               --args \"$PYTHON\" -c 'import os; os.abort()' 2>&1 | grep -q '<string>'",
        brought_by: "set `PYO3_PYTHON` to a Python that was built from source, by pyenv for one: \
                     it has kept its debug symbols and `python-gdb.py`",
        of_the_interpreter: true,
    },
    Tool {
        name: "libasan",
        look: "runtime=$(cc -print-file-name=libasan.so) && test -e \"$runtime\" && \
               LD_PRELOAD=\"$runtime\" ASAN_OPTIONS=detect_leaks=0 \"$PYTHON\" -c ''",
        brought_by: "`apt install gcc`; clang has one of its own, which is not looked for",
        of_the_interpreter: false,
    },
    Tool {
        name: HOST,
        look: "! ./embed-python no.py no 2>&1 | grep -q 'cannot be embedded'",
        brought_by: "set `PYO3_PYTHON` to a Python with a shared library, such as your system's \
                     with its development files",
        of_the_interpreter: true,
    },
    Tool {
        name: "py-spy",
        look: "py-spy record --native --format raw --output /dev/null -- \
               \"$PYTHON\" -c 'import time; time.sleep(0.2)'",
        brought_by: "`pip install py-spy` into an environment that is active, or set `PY_SPY` \
                     to where it is; in a container, start that with `--cap-add=SYS_PTRACE`",
        of_the_interpreter: false,
    },
];

/// What the head of a listing asks for.
pub fn needed_by(listing: &Path) -> Result<Vec<&'static Tool>, String> {
    let name = listing.display();
    let text = std::fs::read_to_string(listing).map_err(|e| format!("{name}: {e}"))?;
    let first = text.lines().next().unwrap_or_default();
    let Some(needs) = first.strip_prefix("# needs: ") else {
        return Ok(Vec::new());
    };
    let wanted = needs.split(',').map(str::trim);
    wanted
        .map(|wanted| {
            let known = TOOLS.iter().find(|tool| tool.name == wanted);
            known.ok_or_else(|| {
                format!("{name} needs `{wanted}`\n\nhint: say in tests/tools.rs how to look for it")
            })
        })
        .collect()
}

/// Whether the head of a listing asks for this one.
pub fn is_needed_by(listing: &Path, name: &str) -> Result<bool, String> {
    Ok(needed_by(listing)?.iter().any(|tool| tool.name == name))
}

impl Tool {
    /// Whether it is there. `shell` is a bare `sh` that has a script's surroundings.
    pub fn is_there(&self, mut shell: Command) -> bool {
        let looked = shell
            .args(["-c", self.look])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        looked.is_ok_and(|status| status.success())
    }

    /// What becomes of a listing without it.
    pub fn is_missed_by(&self, listing: &Path) -> Result<(), String> {
        let said = format!(
            "{} needs `{}`, which is not here or not permitted\n\nhint: {}",
            listing.display(),
            self.name,
            self.brought_by
        );
        if strict() && !self.of_the_interpreter {
            return Err(said);
        }
        println!("skipped: {}", said.replace("\n\n", "\n   "));
        Ok(())
    }
}
