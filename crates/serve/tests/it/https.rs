//! Who is known by a pin, what is bound to a connection, and how much either side takes.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use counterseal_serve::*;

const SECOND: Duration = Duration::from_secs(1);

/// A server that takes up to a kilobyte and gives it back doubled, and whose exporters are written down.
struct Server {
    address: SocketAddr,
    pin: [u8; 32],
    exporters: Arc<Mutex<Vec<[u8; 32]>>>,
    stop: Stop,
}

impl Server {
    async fn start(doors: Doors) -> Self {
        let identity = TlsIdentity::make("server.invalid").unwrap();
        let patience = Patience { handshake: SECOND, idle: 5 * SECOND, stalled: 5 * SECOND };
        let tls = TlsDoor::new(&identity, &[HTTP], patience).unwrap();
        let (listener, address) = bind(([127, 0, 0, 1], 0).into()).await.unwrap();
        let (stop, exporters) = (Stop::default(), Arc::<Mutex<Vec<_>>>::default());
        let seen = Arc::clone(&exporters);
        let handler = move |request: Request<Incoming>, connection: Connection| {
            seen.lock().unwrap().push(*connection.exporter().unwrap());
            async move {
                if request.uri().path() == "/me" && !connection.keep() {
                    return text(StatusCode::FORBIDDEN, "too late\n");
                }
                match whole_body(request, 1024).await {
                    Some(body) => {
                        answer(StatusCode::OK, "application/octet-stream", [&*body, &*body].concat())
                    }
                    None => text(StatusCode::PAYLOAD_TOO_LARGE, "too long\n"),
                }
            }
        };
        tokio::spawn(serve_https(listener, tls, doors, stop.clone(), handler));
        Self { address, pin: identity.pin().unwrap(), exporters, stop }
    }

    fn client(&self, trust: Trust<'_>) -> HttpClient {
        let url = Url::parse(&format!("https://{}/", self.address)).unwrap();
        HttpClient::new(url, trust, 5 * SECOND).unwrap()
    }
}

#[tokio::test]
async fn a_body_is_bound_to_the_connection_that_it_goes_out_on() {
    let server = Server::start(Doors::new(8, 8)).await;
    let pins = [[0; 32], server.pin];
    let mut client = server.client(Trust::Pins(&pins));
    let mut given = Vec::new();
    for body in ["one", "two"] {
        let make = |exporter: &[u8; 32]| {
            given.push(*exporter);
            Ok(body.as_bytes().to_vec())
        };
        let (status, back) = client.post_bound("x", make).await.unwrap();
        assert_eq!((status, back), (200, body.repeat(2).into_bytes()));
    }
    assert_eq!(*server.exporters.lock().unwrap(), given, "both ends have the same");
    assert_eq!(given[0], given[1], "the connection is kept");
    let mut other = server.client(Trust::Pins(&pins));
    other.post_bound("x", |exporter| Ok(exporter.to_vec())).await.unwrap();
    assert_ne!(server.exporters.lock().unwrap()[2], given[0], "another connection has another");
    let said = client.post_bound("x", |_| Err("no key".to_owned())).await.unwrap_err().to_string();
    assert_eq!(said, "no key");
    assert_eq!(client.request(Method::POST, "x", b"three".to_vec()).await.unwrap().0, 200, "and it goes on");
    server.stop.now();
}

#[tokio::test]
async fn nobody_else_is_taken_for_the_server() {
    let server = Server::start(Doors::new(8, 8)).await;
    for trust in [Trust::Pins(&[]), Trust::Pins(&[[1; 32]]), Trust::Roots] {
        assert!(server.client(trust).request(Method::GET, "x", Vec::new()).await.is_err(), "{trust:?}");
    }
    assert!(server.exporters.lock().unwrap().is_empty(), "and nothing is said to it");
    let clear = Url::parse(&format!("http://{}/", server.address)).unwrap();
    let mut clear = HttpClient::new(clear, Trust::Roots, SECOND).unwrap();
    let failure = clear.post_bound("x", |_| Ok(Vec::new())).await.unwrap_err();
    assert!(failure.to_string().contains("in the clear"), "{failure}");
}

#[tokio::test]
async fn neither_side_takes_more_than_it_said() {
    let server = Server::start(Doors::new(8, 8)).await;
    let pins = [server.pin];
    let mut client = server.client(Trust::Pins(&pins));
    assert_eq!(client.request(Method::POST, "x", vec![7; 1024]).await.unwrap().1.len(), 2048);
    assert_eq!(client.request(Method::POST, "x", vec![7; 1025]).await.unwrap().0, 413);
    let mut modest = server.client(Trust::Pins(&pins)).with_answers_up_to(2047);
    assert!(modest.request(Method::POST, "x", vec![7; 1023]).await.is_ok());
    assert!(modest.request(Method::POST, "x", vec![7; 1024]).await.is_err());
}

#[tokio::test]
async fn who_has_shown_who_they_are_keeps_the_place() {
    let server = Server::start(Doors::new(2, 2)).await;
    let pins = [server.pin];
    let mut clients: Vec<_> = (0..4).map(|_| server.client(Trust::Pins(&pins))).collect();
    let ask = async |client: &mut HttpClient, path: &str| {
        client
            .post_bound(path, |exporter| Ok(exporter.to_vec()))
            .await
            .map(|(status, back)| (status, back[..32].to_vec()))
    };
    let known = ask(&mut clients[0], "me").await.unwrap();
    for client in clients.iter_mut().skip(1) {
        assert_eq!(ask(client, "x").await.unwrap().0, 200, "a stranger gives way to the next");
    }
    assert_eq!(ask(&mut clients[0], "x").await.unwrap(), known, "on the same connection");
}
