//! A hub whose certificate the register does not name may be the next one: it is asked for the governors'
//! statements that say so. Nothing else is said to it, and nothing that it answers counts but by who signed it.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};

use rustls::StreamOwned;

use super::connection::client;
use super::error::LinkError;
use super::patience::{Patience, Since};

/// Most bytes of an answer: a few statements with the signatures of governors.
const MOST: usize = 1 << 20;
const ASK: &[u8] = b"GET /succession HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n";

/// The statements that whoever answers at an address shows; none if it shows nothing of the kind.
pub(super) fn ask(address: SocketAddr, patience: Patience) -> Result<Vec<Vec<u8>>, LinkError> {
    let socket = TcpStream::connect_timeout(&address, patience.connect)?;
    socket.set_read_timeout(Some(patience.connect))?;
    socket.set_write_timeout(Some(patience.connect))?;
    let begun = Since::now();
    let (tls, _) = client(address, None, b"http/1.1")?;
    let mut stream = StreamOwned::new(tls, socket);
    stream.write_all(ASK)?;
    let (mut answer, mut chunk) = (Vec::new(), vec![0; 16 * 1024]);
    // However the bytes come: one now and then would go on for ever.
    while answer.len() < MOST && !begun.is_longer_than(patience.handshake) {
        match stream.read(&mut chunk) {
            Ok(0) => break,
            Ok(count) => answer.extend_from_slice(chunk.get(..count).unwrap_or_default()),
            // Who hangs up without a word has said all; what was cut off is no whole statement.
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => break,
            Err(error) => return Err(error.into()),
        }
    }
    Ok(statements(&answer))
}

/// The statements in an answer, each after its length as a big-endian u32.
fn statements(answer: &[u8]) -> Vec<Vec<u8>> {
    const BLANK: &[u8] = b"\r\n\r\n";
    let head = answer.windows(BLANK.len()).position(|window| window == BLANK);
    let Some((head, body)) = head.and_then(|head| answer.split_at_checked(head + BLANK.len())) else {
        return Vec::new();
    };
    if !head.starts_with(b"HTTP/1.1 200 ") {
        return Vec::new();
    }
    let (mut statements, mut rest) = (Vec::new(), body);
    while let Some((length, after)) = rest.split_first_chunk() {
        let length = usize::try_from(u32::from_be_bytes(*length)).unwrap_or(usize::MAX);
        let Some((statement, after)) = after.split_at_checked(length) else { break };
        statements.push(statement.to_vec());
        rest = after;
    }
    statements
}

#[cfg(test)]
mod tests {
    use super::statements;

    #[test]
    fn an_answer_is_read_as_far_as_it_is_whole() {
        let body = [&b"\0\0\0\x02ab"[..], b"\0\0\0\x01c", b"\0\0\0\x09cut"].concat();
        let answer = [&b"HTTP/1.1 200 OK\r\nx: y\r\n\r\n"[..], &body].concat();
        assert_eq!(statements(&answer), [b"ab".to_vec(), b"c".to_vec()]);
        assert!(statements(&[&b"HTTP/1.1 404 Not Found\r\n\r\n"[..], &body].concat()).is_empty());
        assert!(statements(b"HTTP/1.1 200 OK\r\n").is_empty());
        assert!(statements(b"\xff\xff\xff\xff").is_empty());
    }
}
