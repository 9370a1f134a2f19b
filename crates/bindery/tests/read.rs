//! `bindery read`, from the command to the page: what the served book does has tests of
//! its own, in the crate `reader`.

#![cfg(unix)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Command, Stdio};

#[test]
fn read_serves_the_page_of_an_exercise_until_it_is_interrupted() {
    let mut program = Command::new(env!("CARGO_BIN_EXE_bindery"))
        .args(["read", "detach", "--no-open", "--port", "0"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("NO_COLOR", "1")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .expect("it starts");
    let lines = BufReader::new(program.stdout.take().expect("it is piped")).lines();
    let address = lines
        .map_while(Result::ok)
        .find_map(|line| Some(line.split_once("http://")?.1.to_owned()));
    let address = address.expect("it says where the book is");
    let (host, page) = address.split_once('/').expect("an address has a path");
    assert_eq!(page, "gil/detach.html");
    let mut stream = TcpStream::connect(host).expect("somebody listens");
    let request = format!("GET /{page} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).expect("it is read");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("it is a page");
    assert!(answer.contains("Letting the other threads run"));
    let interrupt = format!("kill -INT {}", program.id());
    let sent = Command::new("sh").args(["-c", &interrupt]).status();
    assert!(sent.expect("there is a shell").success());
    assert!(program.wait().expect("it ends").success());
}
