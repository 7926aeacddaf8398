//! How much the system takes from us before it has gone out.

use tokio::net::TcpStream;

/// Bytes that the system holds and has not sent yet, at most: half a frame. With more, a slow line would seem to
/// stand still until megabytes have gone, and something urgent would wait behind them.
const UNSENT: u32 = 32 * 1024;

/// Bounds what waits in the system; where it cannot, more waits there.
pub fn bound_unsent(stream: &TcpStream) {
    #[cfg(any(target_os = "linux", target_os = "android"))]
    drop(socket2::SockRef::from(stream).set_tcp_notsent_lowat(UNSENT));
    #[cfg(not(any(target_os = "linux", target_os = "android")))]
    let _ = (stream, UNSENT);
}

#[cfg(all(test, any(target_os = "linux", target_os = "android")))]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_connection_tells_how_little_waits_in_it() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let stream = std::net::TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        stream.set_nonblocking(true).unwrap();
        let stream = TcpStream::from_std(stream).unwrap();
        bound_unsent(&stream);
        assert_eq!(socket2::SockRef::from(&stream).tcp_notsent_lowat().unwrap(), UNSENT);
    }
}
