//! Frames: four bytes of length, big end first, then the JSON.

use std::io::{ErrorKind, Read, Write};

use crate::WireError;

/// The longest message either side accepts.
pub const MAX_FRAME: usize = 8 << 20;

/// Writes one message.
pub fn write_frame(to: &mut impl Write, message: &serde_json::Value) -> Result<(), WireError> {
    let body = message.to_string().into_bytes();
    if body.len() > MAX_FRAME {
        return Err(WireError::TooLong(body.len()));
    }
    // One write for both parts: a reader never sees a length without its body
    // unless the writer died in between.
    let mut whole = Vec::with_capacity(body.len() + 4);
    whole.extend_from_slice(&(body.len() as u32).to_be_bytes());
    whole.extend_from_slice(&body);
    to.write_all(&whole)?;
    to.flush()?;
    Ok(())
}

/// Reads one message, and waits for it.
pub fn read_frame(from: &mut impl Read) -> Result<serde_json::Value, WireError> {
    let mut length = [0; 4];
    fill(from, &mut length)?;
    let length = u32::from_be_bytes(length) as usize;
    if length > MAX_FRAME {
        return Err(WireError::TooLong(length));
    }
    let mut body = vec![0; length];
    fill(from, &mut body)?;
    serde_json::from_slice(&body).map_err(|e| WireError::Malformed(e.to_string()))
}

fn fill(from: &mut impl Read, buffer: &mut [u8]) -> Result<(), WireError> {
    from.read_exact(buffer).map_err(|e| match e.kind() {
        ErrorKind::UnexpectedEof | ErrorKind::ConnectionReset => WireError::Closed,
        _ => WireError::Io(e),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_message_survives_the_trip() {
        let mut bytes = Vec::new();
        write_frame(&mut bytes, &json!({"op": "hello", "n": 3})).unwrap();
        assert_eq!(
            read_frame(&mut bytes.as_slice()).unwrap(),
            json!({"op": "hello", "n": 3})
        );
    }

    #[test]
    fn a_cut_message_is_a_closed_channel() {
        let mut bytes = Vec::new();
        write_frame(&mut bytes, &json!([1, 2, 3])).unwrap();
        bytes.pop();
        assert!(matches!(
            read_frame(&mut bytes.as_slice()),
            Err(WireError::Closed)
        ));
    }

    #[test]
    fn a_length_over_the_limit_is_refused_before_it_is_allocated() {
        let bytes = u32::MAX.to_be_bytes();
        let error = read_frame(&mut bytes.as_slice()).unwrap_err();
        assert!(
            matches!(error, WireError::TooLong(n) if n == u32::MAX as usize),
            "{error}"
        );
    }

    #[test]
    fn bytes_that_are_no_json_are_malformed() {
        let bytes = [&[0, 0, 0, 2][..], b"\xff{"].concat();
        assert!(matches!(
            read_frame(&mut bytes.as_slice()),
            Err(WireError::Malformed(_))
        ));
    }
}
