//! Links libpython to the programs of this crate, and compiles the host that is written in C.
//!
//! The workspace sets `PYO3_BUILD_EXTENSION_MODULE`, because an extension module must not bring a
//! libpython of its own. With it PyO3 links none, and its `add_libpython_rpath_link_args` does
//! nothing, without a word. So what a host needs is printed here.

#[path = "build/libpython.rs"]
mod libpython;

use std::path::{Path, PathBuf};

use libpython::{Libpython, Missing};
use pyo3_build_config::InterpreterConfig;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=src/c");
    println!("cargo::rustc-check-cfg=cfg(libpython)");
    println!("cargo::rustc-check-cfg=cfg(c_host)");

    let python = pyo3_build_config::get();
    let ending = if cfg!(target_os = "macos") {
        ".dylib"
    } else {
        ".so"
    };
    let executable = python.executable().unwrap_or("python3");
    println!("cargo::rustc-env=EMBED_PYTHON_EXECUTABLE={executable}");
    match libpython::find(python.shared(), python.lib_dir(), python.lib_name(), ending) {
        Ok(found) => {
            println!("cargo::rustc-cfg=libpython");
            for argument in link_arguments(&found) {
                // `-bins`: a test of this crate starts the programs and needs no Python.
                println!("cargo::rustc-link-arg-bins={argument}");
            }
            match compile_c_host(python, &found) {
                Ok(program) => {
                    println!("cargo::rustc-cfg=c_host");
                    println!("cargo::rustc-env=EMBED_PYTHON_C_HOST={}", program.display());
                }
                Err(missing) => remember("C_HOST", &missing),
            }
        }
        Err(missing) => remember("LIBPYTHON", &missing),
    }
}

/// The crate builds all the same; the program says it when somebody wants to run it.
fn remember(of: &str, missing: &Missing) {
    println!("cargo::rustc-env=EMBED_PYTHON_NO_{of}={}", missing.what);
    println!(
        "cargo::rustc-env=EMBED_PYTHON_NO_{of}_HINT={}",
        missing.hint
    );
}

// ANCHOR: what_a_host_links
/// Where to look when linking, what to link, and where to look when the program starts.
fn link_arguments(found: &Libpython) -> [String; 3] {
    [
        format!("-L{}", found.folder),
        format!("-l{}", found.name),
        format!("-Wl,-rpath,{}", found.folder),
    ]
}
// ANCHOR_END: what_a_host_links

/// Compiles and links a whole C program, with the command line that a Makefile would have.
fn compile_c_host(python: &InterpreterConfig, found: &Libpython) -> Result<PathBuf, Missing> {
    let include = python
        .run_python_script("import sysconfig; print(sysconfig.get_path('include'), end='')")
        .map(PathBuf::from)
        .map_err(|error| Missing {
            what: error.to_string(),
            hint: "run `cargo build`".into(),
        })?;
    if !include.join("Python.h").is_file() {
        return Err(Missing {
            what: format!("there is no `{}`", include.join("Python.h").display()),
            hint: "install its headers: `apt install libpython3-dev` or `dnf install \
                   python3-devel`"
                .into(),
        });
    }
    let no_compiler =
        "install a C compiler (`apt install gcc`, `dnf install gcc`) or set `CC` to one";
    let compiler = cc::Build::new()
        .std("c11")
        .try_get_compiler()
        .map_err(|error| Missing {
            what: error.to_string(),
            hint: no_compiler.into(),
        })?;
    let program =
        PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets it")).join("embed-python-c");
    let sources = [
        "host.c",
        "interpreter.c",
        "mistakes.c",
        "native.c",
        "report.c",
        "script.c",
        "status.c",
    ];
    let output = compiler
        .to_command()
        .args([
            "-Wall",
            "-Wextra",
            "-Wno-unused-parameter",
            "-D_GNU_SOURCE",
            "-pthread",
        ])
        .arg("-isystem")
        .arg(&include)
        .args(sources.map(|name| Path::new("src/c").join(name)))
        .args(link_arguments(found))
        .arg("-o")
        .arg(&program)
        .output()
        .map_err(|error| Missing {
            what: error.to_string(),
            hint: no_compiler.into(),
        })?;
    let words = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "the host in C does not compile:\n{words}"
    );
    for line in words.lines() {
        println!("cargo::warning={line}");
    }
    Ok(program)
}
