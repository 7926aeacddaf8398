//! What trustees are asked, and over which connection.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::mpsc::{Receiver, channel};

use counterseal_model::cbor::to_bytes;
use counterseal_register::{DeviceCall, SignedBody, sha256};
use rcgen::PublicKeyData;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use super::*;

/// A call as it came, and the exporter of its connection.
type Called = (Vec<u8>, [u8; 32]);

/// A server's certificate, its key, and its pin.
struct Identity {
    certificate: CertificateDer<'static>,
    key: PrivateKeyDer<'static>,
    pin: [u8; 32],
}

impl Identity {
    fn make() -> Self {
        let pair = rcgen::KeyPair::generate().unwrap();
        let made = rcgen::CertificateParams::new(vec!["trustee".to_owned()]).unwrap().self_signed(&pair);
        let pin = sha256(&[&pair.subject_public_key_info()]);
        let key = PrivateKeyDer::try_from(pair.serialize_der()).unwrap();
        Self { certificate: made.unwrap().der().clone(), key, pin }
    }

    /// Answers one connection's calls with these answers; gives its address, and what was called in a
    /// connection with which exporter.
    fn serve(&self, answers: Vec<Vec<u8>>) -> (String, Receiver<Called>) {
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let builder = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
        let builder = builder.unwrap().with_no_client_auth();
        let mut config =
            builder.with_single_cert(vec![self.certificate.clone()], self.key.clone_key()).unwrap();
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("localhost:{}", listener.local_addr().unwrap().port());
        let (sender, called) = channel();
        std::thread::spawn(move || {
            let (socket, _) = listener.accept().unwrap();
            let mut tls = StreamOwned::new(ServerConnection::new(Arc::new(config)).unwrap(), socket);
            for answer in answers {
                let Some(body) = body_of(&mut tls) else { return };
                let label = b"EXPORTER-counterseal-sync";
                let exporter = tls.conn.export_keying_material([0; 32], label, None).unwrap();
                sender.send((body, exporter)).unwrap();
                let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", answer.len());
                tls.write_all(&[head.as_bytes(), &answer].concat()).unwrap();
                tls.flush().unwrap();
            }
        });
        (address, called)
    }
}

/// The body of the next request; none when the other side goes.
fn body_of(stream: &mut impl Read) -> Option<Vec<u8>> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        stream.read_exact(&mut byte).ok()?;
        head.push(byte[0]);
    }
    let head = String::from_utf8(head).unwrap();
    assert!(head.starts_with("POST /call HTTP/1.1\r\n"), "{head}");
    let length = head.lines().find_map(|line| line.strip_prefix("Content-Length: ")).unwrap();
    let mut body = vec![0; length.parse().unwrap()];
    stream.read_exact(&mut body).ok()?;
    Some(body)
}

#[test]
fn calls_are_signed_for_their_connection_and_only_who_shows_the_pinned_certificate_is_asked() {
    let identities: Vec<_> = (0..3).map(|_| Identity::make()).collect();
    let pins: Vec<_> = identities.iter().map(|one| one.pin).collect();
    let mut world = world_at(95, 2, &pins, HoldRule::None);
    let (compartment, ids) = (world.compartment, world.trustees.iter().map(Played::id).collect::<Vec<_>>());
    let key = Blob(world.trustees[0].key(&world.desk, compartment, 1));
    let keys = to_bytes(&TrusteeAnswer::Signed { objects: vec![key] });
    let (good, called) = identities[0].serve(vec![keys.clone(), to_bytes(&TrusteeAnswer::Done {})]);
    let (impostor, asked) = Identity::make().serve(vec![keys]);
    let (babbles, _heard) = identities[2].serve(vec![b"noise".to_vec(), b"noise".to_vec()]);
    let elsewhere = BTreeMap::from([(ids[0], good), (ids[1], impostor), (ids[2], babbles)]);
    let heard = world.desk.ask_trustees(&elsewhere).unwrap();
    assert_eq!(heard.iter().map(|one| one.trustee).collect::<Vec<_>>(), ids);

    assert_eq!((heard[0].keys, heard[0].silent.as_deref()), (1, None), "{:?}", heard[0]);
    assert_eq!(heard[0].lies, [TrusteeLie::OtherAnswer], "that is no answer to a call for post");
    for (body, exporter) in called.iter().take(2) {
        let call = SignedBody::<DeviceCall>::parse(&body).unwrap();
        let device = world.desk.device();
        let author = world.desk.register().device_keys(device).unwrap();
        let call = call.verify_device(world.desk.mission(), device.into(), author).unwrap().into_body();
        assert_eq!((call.trustee, call.device, call.exporter.0), (ids[0], device, exporter));
    }
    assert!(heard[1].silent.is_some() && heard[1].keys == 0, "{:?}", heard[1]);
    assert_eq!(asked.try_iter().count(), 0, "nothing is said to a stranger");
    assert_eq!(heard[2].silent.as_deref(), Some("its answer cannot be read"));

    // Nobody is there, and no address is known.
    let gone = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let heard = world.desk.ask_trustees(&BTreeMap::from([(ids[0], gone)])).unwrap();
    assert!(heard.iter().all(|one| one.silent.is_some()), "{heard:?}");
}

#[test]
fn trustees_are_asked_of_covers_like_of_others_and_brought_what_they_lack_after_a_while() {
    let mut world = world(80, 2, 3, HoldRule::None);
    world.give_keys(1);
    world.write("source");
    let calls = |world: &World| world.desk.trustees_to_ask().unwrap().remove(1).calls;
    assert_eq!(calls(&world).len(), 2, "keys and post: what has not left is not named");
    world.desk.release_batches().unwrap();
    let asked = calls(&world);
    let [TrusteeCall::Keys { .. }, TrusteeCall::Acks { entries }, TrusteeCall::Post { after: 0 }] =
        &asked[..]
    else {
        panic!("{asked:?}");
    };
    assert_eq!(entries.len(), 4);
    world.pass(30 * 60);
    let asked = calls(&world);
    let delivered = asked.iter().find_map(|call| match call {
        TrusteeCall::Deliver { headers } => {
            Some(headers.iter().map(|header| header.0.clone()).collect::<Vec<_>>())
        }
        _ => None,
    });
    assert_eq!(delivered.unwrap(), world.headers());
    let header = world.headers()[0].clone();
    world.acknowledge(1, &header);
    let asked = calls(&world);
    assert!(asked.contains(&TrusteeCall::Deliver {
        headers: world.headers()[1..].iter().cloned().map(Blob).collect()
    }));
}

#[test]
fn answers_to_other_calls_count_for_nothing() {
    let mut world = world(90, 1, 1, HoldRule::None);
    let (trustee, compartment) = (world.trustees[0].id(), world.compartment);
    let key = world.trustees[0].key(&world.desk, compartment, 1);
    let heard = answer(&mut world.desk, trustee, TrusteeCall::Post { after: 0 }, vec![key]);
    assert_eq!((heard.keys, heard.lies.as_slice()), (0, &[TrusteeLie::OtherAnswer][..]));
    let code = Code::parse("not-mirrored").unwrap();
    let answers = [(keys_of(compartment), TrusteeAnswer::NotNow { code: code.clone() })];
    assert_eq!(world.desk.take_trustee_answers(trustee, &answers).unwrap().not_now, [code]);
}
