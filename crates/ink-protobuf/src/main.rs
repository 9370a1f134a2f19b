//! `ink-server [--may-crash]`: answers requests from stdin on stdout, until stdin ends.
//!
//! Nothing is ever printed on stdout: it is the connection. Complaints go to stderr.

use std::io::{self, BufReader, BufWriter, IsTerminal as _, Write as _};
use std::process::ExitCode;

use ink_protobuf::frame::{self, Frame, LONGEST};
use ink_protobuf::v1::{Error, Response, Status, response};
use ink_protobuf::{DESCRIPTORS, Server};
use prost::Message as _;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    let may_crash = match arguments.as_slice() {
        [] => false,
        [only] if only == "--may-crash" => true,
        _ => return refuse("`ink-server` takes `--may-crash` or nothing"),
    };
    if io::stdin().is_terminal() {
        return refuse("`ink-server` speaks protobuf, and stdin is a keyboard");
    }
    match serve(may_crash) {
        Ok(()) => ExitCode::SUCCESS,
        // The client is gone: nobody is left to be told.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: the connection is broken: {error}\n");
            eprintln!("hint: send each message with its length before it");
            ExitCode::FAILURE
        }
    }
}

fn refuse(what: &str) -> ExitCode {
    eprintln!("error: {what}\n\nhint: run `cargo bindery demo protobuf`, which talks to it");
    ExitCode::from(2)
}

fn serve(may_crash: bool) -> io::Result<()> {
    let mut requests = BufReader::new(io::stdin().lock());
    let mut responses = BufWriter::new(io::stdout().lock());
    frame::write(&mut responses, DESCRIPTORS)?;
    responses.flush()?;

    // The images live here. When stdin ends, because the client closed it or because there is no
    // client any more, they are dropped.
    let mut server = Server::new(may_crash);
    loop {
        match frame::read(&mut requests)? {
            Frame::End => return Ok(()),
            Frame::Message(request) => {
                frame::write(&mut responses, &server.answer(&request).encode_to_vec())?;
                responses.flush()?;
            }
            Frame::TooLong(length) => {
                // Where the next message would begin is past all that, so this is the last answer.
                let message = format!("a message of {length} bytes is too long; {LONGEST} may be");
                let error = Error {
                    status: Status::TooLarge.into(),
                    message,
                };
                let response = Response {
                    result: Some(response::Result::Error(error)),
                };
                frame::write(&mut responses, &response.encode_to_vec())?;
                return responses.flush();
            }
        }
    }
}
