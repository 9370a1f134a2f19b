//! The headers, proved by those they are for: a C and a C++ program are compiled against them,
//! linked to the shared library, and run.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

const NO_C_COMPILER: &str = "no C compiler: install one, or name one in `CC`";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Where cargo put `libink.so`: beside this test.
fn library_folder() -> PathBuf {
    env::current_exe().unwrap().parent().unwrap().to_owned()
}

/// The compiler in `variable`, with its arguments, or the system's.
fn compiler(variable: &str, system: &str) -> Command {
    let words = env::var(variable).unwrap_or_default();
    let mut words = words.split_whitespace();
    let mut command = Command::new(words.next().unwrap_or(system));
    command.args(words);
    command
}

/// Compiles one program and returns where it is, or `None` if there is no such compiler.
fn compile(mut compiler: Command, source: &Path, flags: &[&str], into: &Path) -> Option<PathBuf> {
    let libraries = library_folder();
    // So that the program finds the library where it was linked, wherever that is.
    let mut rpath = OsString::from("-Wl,-rpath,");
    rpath.push(&libraries);

    let program = into.join("program");
    compiler
        .args(["-Wall", "-Wextra", "-Werror", "-pedantic", "-g"])
        .args(flags)
        .arg("-I")
        .arg(root().join("include"))
        .arg(root().join("tests/native").join(source))
        .arg("-L")
        .arg(&libraries)
        .arg("-link")
        .arg(rpath)
        .arg("-o")
        .arg(&program);
    let output = match compiler.output() {
        Err(e) if e.kind() == io::ErrorKind::NotFound => return None,
        result => result.unwrap(),
    };
    let words = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "{} does not compile:\n{words}",
        source.display()
    );
    Some(program)
}

fn run(program: &Path, argument: &Path) {
    let output = Command::new(program).arg(argument).output().unwrap();
    let words = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "{} ({})",
        words.trim_end(),
        output.status
    );
}

fn compile_and_run_c(source: &str) {
    let folder = tempfile::tempdir().unwrap();
    let program = compile(
        compiler("CC", "cc"),
        Path::new(source),
        &["-std=gnu11"],
        folder.path(),
    );
    run(
        &program.expect(NO_C_COMPILER),
        &folder.path().join("card.png"),
    );
}

#[test]
fn a_c_program_uses_every_kind_of_ownership() {
    compile_and_run_c("card.c");
}

#[test]
fn every_function_in_the_header_is_in_the_library() {
    let header = fs::read_to_string(root().join("include/ink.h")).unwrap();
    let code = header.lines().filter(|line| !line.starts_with(" *"));
    let names: Vec<&str> = code
        .flat_map(|line| line.split(|c: char| !c.is_ascii_alphanumeric() && c != '_'))
        .filter(|word| word.starts_with("ink_"))
        .collect();
    assert!(names.len() > 20, "{names:?}");

    // A program that needs the address of each does not link if one is missing.
    let uses = names
        .iter()
        .map(|name| format!("    total += (uintptr_t){name};\n"));
    let uses: String = uses.collect();
    let source = format!(
        "#include \"ink.h\"\nint main(void) {{\n    volatile uintptr_t total = 0;\n\
         {uses}    return total == 0;\n}}\n"
    );
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("every.c");
    fs::write(&path, source).unwrap();
    let program = compile(compiler("CC", "cc"), &path, &["-std=gnu11"], folder.path());
    run(&program.expect(NO_C_COMPILER), folder.path());
}

#[cfg(target_os = "linux")]
#[test]
fn no_memory_is_an_error_and_not_the_end() {
    compile_and_run_c("memory.c");
}

#[test]
fn the_cpp_layer_does_what_it_promises() {
    let folder = tempfile::tempdir().unwrap();
    let cpp = compiler("CXX", "c++");
    let Some(program) = compile(cpp, Path::new("album.cpp"), &["-std=c++17"], folder.path()) else {
        // Past the test harness, which would keep the words of a passing test to itself.
        use io::Write;
        let _ = writeln!(
            io::stderr(),
            "skipped: no C++ compiler, so `ink.hpp` was not tried; install one, or name one in `CXX`"
        );
        return;
    };
    run(&program, &folder.path().join("album.png"));
}
