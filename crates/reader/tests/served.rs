//! The program as it is used: a small book is built, served and built again.

#![cfg(unix)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use tempfile::TempDir;

/// Long: nobody waits for it unless something is wrong.
const PATIENCE: Duration = Duration::from_secs(60);

/// A workbook with a book of three pages, one of them the lesson of an exercise.
struct Workbook {
    folder: TempDir,
}

impl Workbook {
    fn new() -> Workbook {
        let workbook = Workbook {
            folder: tempfile::tempdir().expect("there is room"),
        };
        let summary =
            "# Summary\n\n- [One](one.md)\n- [Two](gil/two.md)\n- [Three](gil/three.md)\n";
        workbook.write("book/book.toml", "[book]\ntitle = \"Small\"\n");
        workbook.write("book/src/SUMMARY.md", summary);
        workbook.write("book/src/one.md", "# One\n\nThe first text.\n");
        workbook.write("book/src/gil/two.md", "# Two\n");
        let lesson = "# Three\n\n{{#include ../../../exercises/06_gil/02_detach/README.md}}\n";
        workbook.write("book/src/gil/three.md", lesson);
        workbook.write("exercises/06_gil/02_detach/README.md", "The first task.\n");
        workbook
    }

    fn root(&self) -> &Path {
        self.folder.path()
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.root().join(name);
        std::fs::create_dir_all(path.parent().expect("it is below the root")).expect("made");
        std::fs::write(path, text).expect("written");
    }
}

/// The program, serving; ended when it is dropped.
struct Reading {
    program: Child,
    lines: Receiver<String>,
    temporary: TempDir,
}

impl Reading {
    fn start(workbook: &Workbook, more: &[&str]) -> Reading {
        // Its builds go where it can be seen what is left of them.
        let temporary = tempfile::tempdir().expect("there is room");
        let mut program = Command::new(env!("CARGO_BIN_EXE_bindery-read"))
            .arg("--root")
            .arg(workbook.root())
            .args(["--no-open", "--port", "0"])
            .args(more)
            .env("TMPDIR", temporary.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts");
        let (sender, lines) = channel();
        let out = program.stdout.take().expect("it is piped");
        let complaints = program.stderr.take().expect("it is piped");
        for stream in [Box::new(out) as Box<dyn Read + Send>, Box::new(complaints)] {
            let sender = sender.clone();
            thread::spawn(move || {
                for line in BufReader::new(stream).lines().map_while(Result::ok) {
                    let _ = sender.send(line);
                }
            });
        }
        Reading {
            program,
            lines,
            temporary,
        }
    }

    /// The next line that holds these words.
    fn says(&self, words: &str) -> String {
        loop {
            let line = self.lines.recv_timeout(PATIENCE);
            let line = line.unwrap_or_else(|_| panic!("it never said {words:?}"));
            if line.contains(words) {
                return line;
            }
        }
    }

    /// Where it serves: the address that it prints, without `http://`, and the page.
    fn address(&self) -> (String, String) {
        let line = self.says("http://");
        let (_, url) = line.split_once("http://").expect("it was looked for");
        let (host, page) = url.split_once('/').expect("an address has a path");
        (host.to_owned(), page.to_owned())
    }

    fn builds_left(&self) -> Vec<PathBuf> {
        let entries = std::fs::read_dir(self.temporary.path()).expect("it is a folder");
        entries.flatten().map(|entry| entry.path()).collect()
    }

    /// Ends it as Ctrl-C does, and says how it went.
    fn interrupt(&mut self) -> std::process::ExitStatus {
        let id = self.program.id().to_string();
        let sent = Command::new("sh")
            .args(["-c", &format!("kill -INT {id}")])
            .status();
        assert!(sent.expect("there is a shell").success());
        self.program.wait().expect("it ends")
    }
}

impl Drop for Reading {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

fn get(host: &str, page: &str, called: &str) -> String {
    let mut stream = TcpStream::connect(host).expect("somebody listens");
    stream
        .set_read_timeout(Some(PATIENCE))
        .expect("it is a socket");
    let request = format!("GET /{page} HTTP/1.1\r\nHost: {called}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).expect("it is read");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("it is sent");
    String::from_utf8_lossy(&answer).into_owned()
}

#[test]
fn serves_the_book_to_this_machine() {
    let workbook = Workbook::new();
    let reading = Reading::start(&workbook, &[]);
    let (host, _) = reading.address();
    assert!(host.starts_with("127.0.0.1:"), "{host}");
    let first = get(&host, "", &host);
    assert!(first.contains("The first text."), "{first}");
    assert!(get(&host, "gil/three.html", &host).contains("The first task."));
    let missing = get(&host, "no/such/page.html", &host);
    assert!(missing.starts_with("HTTP/1.1 404"), "{missing}");
}

#[test]
fn gives_nothing_to_a_page_from_elsewhere_and_nothing_outside_the_book() {
    let workbook = Workbook::new();
    let reading = Reading::start(&workbook, &[]);
    let (host, _) = reading.address();
    for stranger in ["evil.example", "evil.example:80", "127.0.0.1.evil.example"] {
        let answer = get(&host, "", stranger);
        assert!(answer.starts_with("HTTP/1.1 421"), "{stranger}: {answer}");
        assert!(!answer.contains("The first text."));
    }
    for path in [
        "../book/book.toml",
        "%2e%2e/%2e%2e/etc/passwd",
        "gil/../../../etc/passwd",
    ] {
        let answer = get(&host, path, "localhost");
        assert!(answer.starts_with("HTTP/1.1 4"), "{path}: {answer}");
    }
}

#[test]
fn builds_again_when_a_page_or_what_it_includes_is_saved() {
    let workbook = Workbook::new();
    let reading = Reading::start(&workbook, &[]);
    let (host, _) = reading.address();
    reading.says("when a file changes");
    // Some editors write a new file and put it in the place of the old one.
    workbook.write("book/src/one.md.new", "# One\n\nThe second text.\n");
    let page = workbook.root().join("book/src/one.md");
    std::fs::rename(page.with_extension("md.new"), &page).expect("renamed");
    reading.says("Built again");
    assert!(get(&host, "", &host).contains("The second text."));
    workbook.write("exercises/06_gil/02_detach/README.md", "The second task.\n");
    reading.says("Built again");
    assert!(get(&host, "gil/three.html", &host).contains("The second task."));
}

#[test]
fn tells_an_open_page_that_there_is_a_newer_one() {
    let workbook = Workbook::new();
    let reading = Reading::start(&workbook, &[]);
    let (host, _) = reading.address();
    reading.says("when a file changes");
    let mut line = TcpStream::connect(&host).expect("somebody listens");
    line.set_read_timeout(Some(PATIENCE))
        .expect("it is a socket");
    let request = format!(
        "GET /__news HTTP/1.1\r\nHost: {host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
         Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    );
    line.write_all(request.as_bytes()).expect("it is read");
    let mut heard = Vec::new();
    let mut until = |words: &str| {
        while !String::from_utf8_lossy(&heard).contains(words) {
            let mut some = [0; 512];
            let count = line.read(&mut some).expect("something is said");
            assert!(count > 0, "the line is dead: {heard:?}");
            heard.extend_from_slice(&some[..count]);
        }
    };
    until("\r\n\r\n");
    assert!(get(&host, "one.html", &host).contains("__news"));
    workbook.write("book/src/one.md", "# One\n\nNewer.\n");
    until("reload");
}

#[test]
fn a_build_that_fails_leaves_the_one_before_and_says_why() {
    let workbook = Workbook::new();
    let reading = Reading::start(&workbook, &[]);
    let (host, _) = reading.address();
    reading.says("when a file changes");
    workbook.write("book/book.toml", "[book\n");
    reading.says("error: the book cannot be built");
    assert!(get(&host, "", &host).contains("The first text."));
    workbook.write("book/book.toml", "[book]\ntitle = \"Mended\"\n");
    reading.says("Built again");
    assert!(get(&host, "", &host).contains("Mended"));
}

#[test]
fn an_include_that_is_missing_is_named() {
    let workbook = Workbook::new();
    workbook.write(
        "book/src/gil/two.md",
        "# Two\n\n{{#include ../one.md:nowhere}}\n",
    );
    let reading = Reading::start(&workbook, &[]);
    let said = reading.says("warning");
    assert!(
        said.contains("gil/two.md") && said.contains("one.md:nowhere"),
        "{said}"
    );
}

#[test]
fn opens_at_a_page_or_at_the_lesson_of_an_exercise() {
    let workbook = Workbook::new();
    for (name, page) in [
        ("gil/two", "gil/two.html"),
        ("gil/two.md", "gil/two.html"),
        ("exercises/06_gil/02_detach", "gil/three.html"),
    ] {
        let reading = Reading::start(&workbook, &["--", name]);
        assert_eq!(reading.address().1, page, "{name}");
    }
    let mut reading = Reading::start(&workbook, &["--", "gil/tow"]);
    reading.says("error: the book has no page `gil/tow`; similar: `gil/two`");
    assert_eq!(reading.program.wait().expect("it ends").code(), Some(2));
}

#[test]
fn a_port_that_is_taken_is_said_to_be() {
    let workbook = Workbook::new();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("one is free");
    let port = taken.local_addr().expect("it is bound").port().to_string();
    let program = Command::new(env!("CARGO_BIN_EXE_bindery-read"))
        .arg("--root")
        .arg(workbook.root())
        .args(["--no-open", "--port", &port])
        .output()
        .expect("it starts");
    let said = String::from_utf8_lossy(&program.stderr).into_owned();
    assert!(
        said.contains(&format!("port {port}")) && said.contains("hint:"),
        "{said}"
    );
    assert_eq!(program.status.code(), Some(2));
}

#[test]
fn leaves_nothing_behind_when_it_is_interrupted() {
    let workbook = Workbook::new();
    let mut reading = Reading::start(&workbook, &[]);
    let (host, _) = reading.address();
    assert_eq!(reading.builds_left().len(), 1);
    // In the middle of the next build, perhaps.
    workbook.write("book/src/one.md", "# One\n\nNewer.\n");
    assert!(reading.interrupt().success());
    assert_eq!(reading.builds_left(), Vec::<PathBuf>::new());
    assert!(TcpStream::connect(&host).is_err(), "somebody still listens");
}
