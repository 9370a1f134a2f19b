//! The subject's side, for a subject that is a Rust program.
//!
//! A host program (one that loads libraries, or embeds Python) is judged from
//! outside like any other subject: it is started, spoken to and believed only
//! in the values it returns.

use std::io::Write;
#[cfg(unix)]
use std::os::unix::net::UnixStream;

use serde_json::{Value as Json, json};

use crate::{
    Exception, Value, WireError, exception_to_json, from_json, read_frame, to_json, write_frame,
};

/// Names the descriptor that the judge left open for the conversation.
pub const CHANNEL: &str = "BINDERY_CHANNEL";

/// What a host program offers: a function by name, its arguments, its answer.
pub type Handler<'a> = dyn FnMut(&str, &[Value]) -> Result<Value, Exception> + 'a;

/// Answers calls until the judge hangs up.
pub fn serve<S: std::io::Read + Write>(
    mut channel: S,
    handler: &mut Handler<'_>,
) -> Result<(), WireError> {
    loop {
        let request = match read_frame(&mut channel) {
            Err(WireError::Closed) => return Ok(()),
            other => other?,
        };
        let mut reply = answer(&request, handler)?;
        reply["id"] = request["id"].clone();
        write_frame(&mut channel, &reply)?;
    }
}

fn answer(request: &Json, handler: &mut Handler<'_>) -> Result<Json, WireError> {
    match request["op"].as_str() {
        Some("hello") => Ok(json!({"value": to_json(&Value::None)})),
        Some("call") => {
            let name = request["target"].as_str().unwrap_or_default();
            let none = Vec::new();
            let args = request["args"].as_array().unwrap_or(&none);
            let args = args.iter().map(from_json).collect::<Result<Vec<_>, _>>()?;
            Ok(match handler(name, &args) {
                Ok(value) => json!({"value": to_json(&value)}),
                Err(exception) => json!({"raised": exception_to_json(&exception)}),
            })
        }
        other => Ok(
            json!({"refused": format!("a host program does not know `{}`", other.unwrap_or(""))}),
        ),
    }
}

/// The descriptor the judge left open, or `None` when nobody is judging.
#[cfg(unix)]
pub fn subject_channel() -> Option<UnixStream> {
    use std::os::fd::{FromRawFd, RawFd};
    let number: RawFd = std::env::var(CHANNEL).ok()?.parse().ok()?;
    // SAFETY: the judge opened this descriptor for this process alone and told
    // it the number; it is taken once, at the start of `main`.
    Some(unsafe { UnixStream::from_raw_fd(number) })
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_host_answers_calls_with_values_and_errors() {
        let (mut judge, host) = UnixStream::pair().unwrap();
        let served = std::thread::spawn(move || {
            serve(host, &mut |name, args| match name {
                "echo" => Ok(args[0].clone()),
                _ => Err(Exception::new("NoSuchFunction", name)),
            })
        });
        write_frame(
            &mut judge,
            &json!({"id": 1, "op": "call", "target": "echo", "args": [["i", "7"]]}),
        )
        .unwrap();
        assert_eq!(
            read_frame(&mut judge).unwrap(),
            json!({"id": 1, "value": ["i", "7"]})
        );
        write_frame(
            &mut judge,
            &json!({"id": 2, "op": "call", "target": "x", "args": []}),
        )
        .unwrap();
        assert_eq!(
            read_frame(&mut judge).unwrap()["raised"]["type"],
            "NoSuchFunction"
        );
        drop(judge);
        served.join().unwrap().unwrap();
    }
}
