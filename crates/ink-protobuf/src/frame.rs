//! Messages in a stream of bytes: each is preceded by its length, as a varint. This is protobuf's
//! own "length-delimited" form. The length is a stranger's word, so it is believed only so far.

use std::io::{self, Read, Write};

/// The longest message that is read: an image of the largest size, and room for the rest.
pub const LONGEST: u64 = 64 * 1024 * 1024;

/// What came out of the stream.
#[derive(Debug, PartialEq, Eq)]
pub enum Frame {
    /// A whole message.
    Message(Vec<u8>),
    /// The length of a message that is longer than [`LONGEST`]; nothing of it has been read.
    TooLong(u64),
    /// The stream ended between two messages, as it should.
    End,
}

/// Reads one message. A stream that ends inside of one, or a length that is no number, is an
/// error: nothing after it can be told apart any more.
pub fn read(stream: &mut impl Read) -> io::Result<Frame> {
    let Some(length) = read_length(stream)? else {
        return Ok(Frame::End);
    };
    if length > LONGEST {
        return Ok(Frame::TooLong(length));
    }
    // The room grows with what arrives: to claim a length costs the claimant as many bytes.
    let mut message = Vec::new();
    stream.take(length).read_to_end(&mut message)?;
    if message.len() as u64 == length {
        Ok(Frame::Message(message))
    } else {
        let got = message.len();
        let words = format!("the stream ended after {got} of a message's {length} bytes");
        Err(io::Error::new(io::ErrorKind::UnexpectedEof, words))
    }
}

/// Writes one message.
pub fn write(stream: &mut impl Write, message: &[u8]) -> io::Result<()> {
    let mut rest = message.len();
    while rest >= 0x80 {
        stream.write_all(&[rest as u8 | 0x80])?;
        rest >>= 7;
    }
    stream.write_all(&[rest as u8])?;
    stream.write_all(message)
}

/// A varint: seven bits a byte, the lowest first; the eighth says that more follow. At most ten
/// bytes, and in the tenth only one bit is left of sixty-four.
fn read_length(stream: &mut impl Read) -> io::Result<Option<u64>> {
    let mut length = 0;
    for shift in (0..64).step_by(7) {
        let mut byte = [0];
        match stream.read_exact(&mut byte) {
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof && shift == 0 => {
                return Ok(None);
            }
            result => result?,
        }
        let bits = u64::from(byte[0] & 0x7f);
        if shift == 63 && bits > 1 {
            break;
        }
        length |= bits << shift;
        if byte[0] < 0x80 {
            return Ok(Some(length));
        }
    }
    Err(io::Error::new(
        io::ErrorKind::InvalidData,
        "a message's length is no number",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(mut bytes: &[u8], expect: Frame, left: usize) {
        assert_eq!(read(&mut bytes).unwrap(), expect);
        assert_eq!(bytes.len(), left);
    }

    #[track_caller]
    fn refused(mut bytes: &[u8], kind: io::ErrorKind) {
        assert_eq!(read(&mut bytes).unwrap_err().kind(), kind);
    }

    #[test]
    fn what_is_written_is_read() {
        for length in [0, 1, 127, 128, 300, 16_383, 16_384, 70_000] {
            let message: Vec<u8> = (0..length).map(|n: u32| n as u8).collect();
            let mut bytes = Vec::new();
            write(&mut bytes, &message).unwrap();
            write(&mut bytes, b"next").unwrap();
            check(&bytes, Frame::Message(message), 5);
        }
    }

    #[test]
    fn the_end_between_two_messages_is_the_end() {
        check(b"", Frame::End, 0);
    }

    #[test]
    fn the_end_inside_a_message_or_a_length_is_an_error() {
        refused(b"\x05ink", io::ErrorKind::UnexpectedEof);
        refused(b"\x80", io::ErrorKind::UnexpectedEof);
    }

    #[test]
    fn a_length_that_is_no_number_is_an_error() {
        refused(&[0xff; 11], io::ErrorKind::InvalidData);
        refused(
            b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02",
            io::ErrorKind::InvalidData,
        );
    }

    #[test]
    fn a_message_that_is_too_long_is_not_read() {
        check(
            b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01rest",
            Frame::TooLong(u64::MAX),
            4,
        );
        check(b"\x81\x80\x80\x20x", Frame::TooLong(LONGEST + 1), 1);
    }

    #[test]
    fn a_claimed_length_costs_no_memory() {
        // 64 MiB claimed, three bytes sent: the buffer is as large as what came.
        refused(b"\x80\x80\x80\x20ink", io::ErrorKind::UnexpectedEof);
    }

    #[test]
    fn a_stream_may_hand_out_one_byte_at_a_time() {
        struct Drops<'a>(&'a [u8]);
        impl Read for Drops<'_> {
            fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
                let some = room.len().min(1);
                self.0.read(&mut room[..some])
            }
        }
        let message = vec![7; 300];
        let mut bytes = Vec::new();
        write(&mut bytes, &message).unwrap();
        assert_eq!(read(&mut Drops(&bytes)).unwrap(), Frame::Message(message));
    }
}
