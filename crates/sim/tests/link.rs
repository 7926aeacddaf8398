//! The connection to a hub, over loopback: servers that are slow on purpose, somebody else's, or replaced.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::disallowed_methods, reason = "tests")]

use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use counterseal_node::{Desk, Go, LinkError, Patience, SyncOptions, SyncReport};
use counterseal_register::{Bytes, Refusal, SetHub, SetWitnesses, WitnessUrl, sha256};
use counterseal_sim::{SimHub, SimMission, SimWitness};
use counterseal_sync::{Announced, Data, Grown, HubSession};
use rcgen::PublicKeyData;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

const SYNC: &[&[u8]] = &[b"counterseal/1"];
const EXPORTER: &[u8] = b"EXPORTER-counterseal-sync";

/// A hub's certificate.
struct Certificate {
    der: CertificateDer<'static>,
    key: Vec<u8>,
    pin: [u8; 32],
}

impl Certificate {
    fn make() -> Self {
        let made = rcgen::generate_simple_self_signed(["hub.counterseal.invalid".to_owned()]).unwrap();
        let pin = sha256(&[&made.signing_key.subject_public_key_info()]);
        Self { der: made.cert.der().clone(), key: made.signing_key.serialize_der(), pin }
    }

    fn config(&self, protocols: &[&[u8]]) -> Arc<ServerConfig> {
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(self.key.clone()));
        let config = ServerConfig::builder_with_provider(provider)
            .with_protocol_versions(&[&rustls::version::TLS13])
            .unwrap()
            .with_no_client_auth();
        let mut config = config.with_single_cert(vec![self.der.clone()], key).unwrap();
        config.alpn_protocols = protocols.iter().map(|one| one.to_vec()).collect();
        Arc::new(config)
    }
}

/// A mission whose hub has a true certificate beside the simulator's, and a desk that knows it.
fn mission(seed: u64) -> (SimMission, Desk, Certificate) {
    let (mut mission, certificate) = (SimMission::found(seed).unwrap(), Certificate::make());
    let (mut desk, _) = mission.join("Madame Lantern").unwrap();
    name_pins(&mut mission, Some(certificate.pin));
    mission.sync_founder().unwrap();
    mission.tick().unwrap();
    // A further certificate is a further server that is trusted: that waits.
    mission.pass(8 * 24 * 3600);
    mission.sync_founder().unwrap();
    mission.sync(&mut desk).unwrap();
    (mission, desk, certificate)
}

fn name_pins(mission: &mut SimMission, also: Option<[u8; 32]>) {
    let named = SimHub::named(mission.founder.mission(), 1).unwrap();
    let mut pins = named.pins.clone();
    pins.extend(also.map(Bytes));
    pins.sort();
    mission.founder.set_hub(SetHub { pins, ..named }, &[&mission.governor.secrets]).unwrap();
}

fn listen() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    (listener, address)
}

fn hasty() -> Patience {
    let span = Duration::from_millis(400);
    Patience {
        connect: span,
        handshake: span,
        silence: 5 * span,
        stretch: span,
        least: 1024,
        witnesses: span,
    }
}

type Stream = StreamOwned<ServerConnection, TcpStream>;

/// Who comes within ten seconds.
fn come(listener: &TcpListener) -> std::io::Result<TcpStream> {
    listener.set_nonblocking(true)?;
    let begun = Instant::now();
    loop {
        match listener.accept() {
            Err(e) if e.kind() == ErrorKind::WouldBlock && begun.elapsed() < Duration::from_secs(10) => {
                std::thread::sleep(Duration::from_millis(5));
            }
            Err(e) => return Err(e),
            Ok((socket, _)) => {
                socket.set_nonblocking(false)?;
                return Ok(socket);
            }
        }
    }
}

/// One connection, after the handshake.
fn accept(listener: &TcpListener, config: &Arc<ServerConfig>) -> std::io::Result<(Stream, [u8; 32])> {
    let socket = come(listener)?;
    let mut stream = StreamOwned::new(ServerConnection::new(Arc::clone(config)).unwrap(), socket);
    while stream.conn.is_handshaking() {
        stream.conn.complete_io(&mut stream.sock)?;
    }
    let exporter = stream.conn.export_keying_material([0; 32], EXPORTER, None).unwrap();
    stream.sock.set_read_timeout(Some(Duration::from_millis(10)))?;
    Ok((stream, exporter))
}

/// Serves one session to its end; `turn` is asked whenever nothing comes.
fn serve(
    hub: &mut SimHub,
    (mut stream, exporter): (Stream, [u8; 32]),
    mut turn: impl FnMut(&mut SimHub, &mut HubSession),
) {
    let (mut session, mut input, mut chunk) = (hub.session(), Vec::new(), [0; 4096]);
    while !session.is_finished() {
        match stream.read(&mut chunk) {
            Ok(0) => return,
            Ok(read) => input.extend_from_slice(&chunk[..read]),
            Err(e) if matches!(e.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
                turn(hub, &mut session);
            }
            Err(_) => return,
        }
        let mut rest = input.as_slice();
        while let Ok(Some(event)) = session.feed(&mut rest) {
            hub.take(&mut session, event, &exporter).unwrap();
        }
        input = rest.to_vec();
        loop {
            while let Some(frame) = session.next_output() {
                if stream.write_all(&frame).is_err() {
                    return;
                }
            }
            let Some(request) = session.next_request() else { break };
            hub.supply(&mut session, request).unwrap();
        }
        drop(stream.flush());
    }
}

/// The desk syncs on a thread of its own while `server` runs here.
fn beside(
    desk: &mut Desk,
    addresses: &[SocketAddr],
    continuous: bool,
    stop: impl Fn(&SyncReport) -> Go + Send,
    server: impl FnOnce(),
) -> Result<SyncReport, LinkError> {
    let options = SyncOptions { continuous, ..SyncOptions::default() };
    std::thread::scope(|scope| {
        let desk =
            scope.spawn(move || desk.sync_at(addresses, &options, hasty(), &mut |report| stop(report)));
        server();
        desk.join().unwrap()
    })
}

fn on(_: &SyncReport) -> Go {
    Go::On
}

/// What the logs are at now, for a session that goes on.
fn grown(hub: &SimHub) -> Grown {
    let announced = |size: usize, note: &[u8]| Announced {
        size: size as u64,
        checkpoint: Data::new(note.to_vec()).unwrap(),
    };
    let statements = announced(hub.items.len(), &hub.statements.note);
    Grown::new(statements, announced(hub.journal.leaves.len(), &hub.journal.note))
}

#[test]
fn a_hub_whose_certificate_is_withdrawn_is_left_in_the_middle_of_a_session() {
    let (mut mission, mut desk, certificate) = mission(61);
    name_pins(&mut mission, None);
    let withdrawal = mission.founder.waiting_statements().unwrap();
    let ((listener, address), config) = (listen(), certificate.config(SYNC));
    let SimMission { hub, witnesses, .. } = &mut mission;
    let witnesses: &[SimWitness] = witnesses;
    let mut turns = 0;
    let ended = beside(&mut desk, &[address], true, on, || {
        let stream = accept(&listener, &config).unwrap();
        serve(hub, stream, |hub, session| {
            turns += 1;
            if turns == 5 {
                for one in &withdrawal {
                    let _index = hub.append(one.clone());
                }
                hub.tick(witnesses, 3).unwrap();
                session.grow(grown(hub)).unwrap();
            }
            assert!(turns < 1000, "the desk goes on talking to it");
        });
    });
    let Err(LinkError::NotTheHub(refusal)) = ended else { panic!("{ended:?}") };
    assert_eq!(*refusal, Refusal::UnknownPin);
    // Nor does it come back.
    let again = beside(&mut desk, &[address], false, on, || drop(accept(&listener, &config)));
    assert!(matches!(again, Err(LinkError::NotTheHub(_))), "{again:?}");
}

#[test]
fn of_several_addresses_the_one_where_the_hub_answers_is_taken() {
    let (mut mission, mut desk, certificate) = mission(62);
    let (closed, foreign, ours) = (listen().1, listen(), listen());
    let (theirs, config) = (Certificate::make().config(SYNC), certificate.config(SYNC));
    let report = beside(&mut desk, &[closed, foreign.1, ours.1], false, on, || {
        drop(accept(&foreign.0, &theirs));
        serve(&mut mission.hub, accept(&ours.0, &config).unwrap(), |_, _| {});
    });
    assert!(report.unwrap().ended.is_none());
    let refused = beside(&mut desk, &[foreign.1, closed], false, on, || drop(accept(&foreign.0, &theirs)));
    assert!(matches!(refused, Err(LinkError::NotTheHub(_))), "says most: {refused:?}");
    let refused = desk.sync_at(&[closed], &SyncOptions::default(), hasty(), &mut |_| Go::On);
    assert!(matches!(refused, Err(LinkError::Line(_))), "{refused:?}");
}

#[test]
fn a_server_that_speaks_no_sessions_is_told_nothing() {
    let (_mission, mut desk, certificate) = mission(63);
    let ((listener, address), config) = (listen(), certificate.config(&[]));
    let refused = beside(&mut desk, &[address], false, on, || {
        // It may be gone before its own last word of the handshake.
        let Ok((mut stream, _)) = accept(&listener, &config) else { return };
        stream.sock.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
        let mut heard = Vec::new();
        drop(stream.read_to_end(&mut heard));
        assert!(heard.is_empty(), "{} bytes were said to it", heard.len());
    });
    assert!(matches!(refused, Err(LinkError::Tls(rustls::Error::NoApplicationProtocol))), "{refused:?}");
}

#[test]
fn a_handshake_that_comes_byte_by_byte_is_not_waited_for() {
    let (_mission, mut desk, _) = mission(64);
    let (listener, address) = listen();
    let begun = Instant::now();
    let refused = beside(&mut desk, &[address], false, on, || {
        let (mut socket, _) = listener.accept().unwrap();
        let record = [0x16, 3, 3, 0x3f, 0xff].into_iter().chain(std::iter::repeat(2));
        for byte in record {
            if socket.write_all(&[byte]).is_err() {
                break;
            }
            assert!(begun.elapsed() < Duration::from_secs(10), "it is waited for");
            std::thread::sleep(Duration::from_millis(20));
        }
    });
    assert!(matches!(refused, Err(LinkError::Silent)), "{refused:?}");
}

#[test]
fn a_hub_that_only_pings_is_left_and_a_session_at_rest_is_not() {
    let (mut mission, mut desk, certificate) = mission(65);
    let ((listener, address), config) = (listen(), certificate.config(SYNC));
    let begun = Instant::now();
    let refused = beside(&mut desk, &[address], false, on, || {
        let (mut stream, _) = accept(&listener, &config).unwrap();
        let mut session = HubSession::new(desk_mission(&mission));
        let mut chunk = [0; 4096];
        loop {
            // Pings are pings, and bring nothing.
            session.ping(*b"hub ping");
            let frame = session.next_output();
            if frame.is_some_and(|frame| stream.write_all(&frame).and_then(|()| stream.flush()).is_err()) {
                break;
            }
            match stream.read(&mut chunk) {
                Ok(0) => break,
                Ok(read) => {
                    let mut rest = &chunk[..read];
                    while let Ok(Some(_)) = session.feed(&mut rest) {}
                    session = HubSession::new(desk_mission(&mission));
                }
                Err(e) if matches!(e.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {}
                Err(_) => break,
            }
            std::thread::sleep(Duration::from_millis(20));
            assert!(begun.elapsed() < Duration::from_secs(10), "the desk hangs on");
        }
    });
    assert!(matches!(refused, Err(LinkError::Silent)), "{refused:?}");
    // With everything said, a session may be quiet for as long as it likes.
    let begun = Instant::now();
    let stop = move |_: &SyncReport| match begun.elapsed() > 4 * hasty().stretch {
        true => Go::Stop,
        false => Go::On,
    };
    let rested = beside(&mut desk, &[address], true, stop, || {
        serve(&mut mission.hub, accept(&listener, &config).unwrap(), |_, session| session.ping(*b"hub ping"));
    });
    assert!(rested.is_ok(), "{rested:?}");
}

/// A hub that shows one history for as long as a session lasts would otherwise be asked about at its beginning alone.
#[test]
fn in_a_session_that_goes_on_all_witnesses_are_asked_again() {
    let (mut mission, mut desk, certificate) = mission(66);
    let (place, address_of_witnesses) = listen();
    let url = format!("http://{address_of_witnesses}");
    let named = mission.witnesses.iter().map(|witness| {
        let url = WitnessUrl::parse(&url);
        counterseal_register::Witness { url, ..witness.named().unwrap() }
    });
    let rule = SetWitnesses {
        witnesses: named.collect(),
        trustees: 0,
        independents: 3,
        faults: 1,
        weak: false,
        extra: Default::default(),
    };
    mission.founder.set_witnesses(rule, &[&mission.governor.secrets]).unwrap();
    mission.sync_founder().unwrap();
    mission.tick().unwrap();
    mission.pass(8 * 24 * 3600);
    mission.tick().unwrap();
    mission.sync_founder().unwrap();
    mission.sync(&mut desk).unwrap();
    assert!(desk.witnesses_to_poll().iter().all(|target| target.url.is_some()), "they are named so by now");
    let asked = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&asked);
    std::thread::spawn(move || {
        while place.accept().is_ok() {
            counted.fetch_add(1, Ordering::Relaxed);
        }
    });
    let ((listener, address), config, begun) = (listen(), certificate.config(SYNC), Instant::now());
    let enough = Arc::clone(&asked);
    let stop =
        move |_: &SyncReport| match enough.load(Ordering::Relaxed) >= 12 || begun.elapsed().as_secs() > 9 {
            true => Go::Stop,
            false => Go::On,
        };
    beside(&mut desk, &[address], true, stop, || {
        serve(&mut mission.hub, accept(&listener, &config).unwrap(), |_, session| session.ping(*b"hub ping"));
    })
    .unwrap();
    assert!(asked.load(Ordering::Relaxed) >= 12, "each of four, three times");
}

fn desk_mission(mission: &SimMission) -> counterseal_model::MissionId {
    mission.founder.mission()
}
