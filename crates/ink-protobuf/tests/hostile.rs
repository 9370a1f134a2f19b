//! The server from outside, with bytes that no client of ours would send. It answers or ends, and
//! says why; it never panics.

use std::io::{BufReader, Read as _, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use ink_protobuf::DESCRIPTORS;
use ink_protobuf::frame::{self, Frame, LONGEST};
use ink_protobuf::v1::request::Call;
use ink_protobuf::v1::response::Result as Answer;
use ink_protobuf::v1::{LiveAllocations, NewImage, Request, Response, Status};
use prost::Message as _;

struct Server {
    child: Child,
    to: Option<ChildStdin>,
    from: BufReader<ChildStdout>,
}

impl Server {
    fn start() -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_ink-server"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let to = child.stdin.take();
        let mut from = BufReader::new(child.stdout.take().unwrap());
        assert_eq!(
            frame::read(&mut from).unwrap(),
            Frame::Message(DESCRIPTORS.to_vec())
        );
        Self { child, to, from }
    }

    fn send(&mut self, bytes: &[u8]) {
        self.to.as_mut().unwrap().write_all(bytes).unwrap();
    }

    fn message(&mut self, message: &[u8]) -> Answer {
        let mut bytes = Vec::new();
        frame::write(&mut bytes, message).unwrap();
        self.send(&bytes);
        self.answer()
    }

    fn call(&mut self, call: Call) -> Answer {
        self.message(&Request { call: Some(call) }.encode_to_vec())
    }

    fn answer(&mut self) -> Answer {
        match frame::read(&mut self.from).unwrap() {
            Frame::Message(bytes) => Response::decode(&*bytes).unwrap().result.unwrap(),
            other => panic!("{other:?}"),
        }
    }

    /// Closes its stdin, and returns how it ended and what it complained of.
    fn end(mut self) -> (Option<i32>, String) {
        drop(self.to.take());
        assert_eq!(frame::read(&mut self.from).unwrap(), Frame::End);
        let mut words = String::new();
        self.child
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut words)
            .unwrap();
        (self.child.wait().unwrap().code(), words)
    }
}

#[track_caller]
fn refused(answer: Answer, status: Status) -> String {
    match answer {
        Answer::Error(error) => {
            assert_eq!(error.status(), status, "{}", error.message);
            error.message
        }
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn broken(mut server: Server, bytes: &[u8], words: &str) {
    server.send(bytes);
    let (code, text) = server.end();
    assert_eq!(code, Some(1), "{text}");
    assert!(
        text.starts_with("error: the connection is broken: ") && text.contains(words),
        "{text}"
    );
    assert!(
        text.contains("\n\nhint: ") && !text.contains("panicked"),
        "{text}"
    );
}

#[test]
fn stdin_that_ends_between_messages_is_a_good_end() {
    assert_eq!(Server::start().end(), (Some(0), String::new()));
}

#[test]
fn bytes_that_are_no_request_are_answered_and_the_connection_goes_on() {
    let mut server = Server::start();
    refused(server.message(b"\xff\xff\xff\xff"), Status::Malformed);
    refused(server.message(b""), Status::Malformed);
    // A field that this version does not know, as a later client might send.
    refused(server.message(b"\xf8\x7f\x01"), Status::Malformed);
    // A field of the right number and the wrong type.
    refused(server.message(b"\x08\x01"), Status::Malformed);
    assert_eq!(
        server.call(Call::LiveAllocations(LiveAllocations {})),
        Answer::Number(0)
    );
    assert_eq!(server.end(), (Some(0), String::new()));
}

#[test]
fn any_short_bytes_at_all_are_answered() {
    let mut server = Server::start();
    for first in 0..=255_u8 {
        for second in [0, 1, 0x7f, 0x80, 0xff] {
            server.message(&[first, second, second]);
        }
    }
    assert_eq!(server.end(), (Some(0), String::new()));
}

#[test]
fn an_image_of_another_connection_is_no_image_here() {
    let mut first = Server::start();
    let made = first.call(Call::NewImage(NewImage {
        width: 2,
        height: 2,
    }));
    assert!(
        matches!(made, Answer::Made(ref made) if made.image == 1),
        "{made:?}"
    );
    refused(Server::start().call(Call::Describe(1)), Status::NoSuchImage);
    assert_eq!(
        first.call(Call::Describe(1)),
        Answer::Text("Untitled, 2 × 2 pixels".into())
    );
}

#[test]
fn an_image_is_freed_once_and_its_number_means_no_other() {
    let mut server = Server::start();
    let new = || {
        Call::NewImage(NewImage {
            width: 2,
            height: 2,
        })
    };
    server.call(new());
    assert!(matches!(server.call(Call::Free(1)), Answer::Done(_)));
    refused(server.call(Call::Free(1)), Status::NoSuchImage);
    assert!(matches!(server.call(new()), Answer::Made(made) if made.image == 2));
    assert_eq!(
        server.call(Call::LiveAllocations(LiveAllocations {})),
        Answer::Number(1)
    );
}

#[test]
fn an_image_of_a_hostile_size_is_inks_to_refuse() {
    let mut server = Server::start();
    let size = NewImage {
        width: u32::MAX,
        height: u32::MAX,
    };
    refused(server.call(Call::NewImage(size)), Status::BadSize);
}

#[test]
fn a_message_that_is_too_long_is_answered_and_ends_the_connection() {
    let mut server = Server::start();
    server.send(b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01");
    let words = refused(server.answer(), Status::TooLarge);
    assert!(words.contains(&u64::MAX.to_string()) && words.contains(&LONGEST.to_string()));
    assert_eq!(server.end(), (Some(0), String::new()));
}

#[test]
fn a_stream_that_cannot_be_told_apart_ends() {
    broken(Server::start(), &[0xff; 12], "no number");
    broken(
        Server::start(),
        b"\x05ink",
        "after 3 of a message's 5 bytes",
    );
    broken(Server::start(), b"\x80", "");
}

#[cfg(target_os = "linux")]
#[test]
fn a_claimed_length_takes_no_memory() {
    let mut server = Server::start();
    let peak = |server: &Server| -> u64 {
        let path = format!("/proc/{}/status", server.child.id());
        let status = std::fs::read_to_string(path).unwrap();
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("VmPeak:"))
            .unwrap();
        line.trim().trim_end_matches(" kB").parse().unwrap()
    };
    let before = peak(&server);
    server.call(Call::LiveAllocations(LiveAllocations {}));
    server.send(b"\x80\x80\x80\x20ink"); // LONGEST, and three bytes of it
    // There is no answer to wait for: the server is read until it waits for the fourth byte.
    while !std::fs::read_to_string(format!("/proc/{}/wchan", server.child.id()))
        .is_ok_and(|place| place.contains("pipe"))
    {
        std::thread::yield_now();
    }
    assert!(
        peak(&server) - before < LONGEST / 1024 / 2,
        "{before} {}",
        peak(&server)
    );
    let _ = server.end();
}

#[test]
fn the_program_takes_no_other_words() {
    let output = Command::new(env!("CARGO_BIN_EXE_ink-server"))
        .arg("--help")
        .output()
        .unwrap();
    let text = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(
        text.starts_with("error: ") && text.contains("\n\nhint: "),
        "{text}"
    );
}
