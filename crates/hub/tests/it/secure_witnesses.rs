//! Witnesses behind TLS: the certificate that is trusted for each, and no other.

use std::net::SocketAddr;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use base64ct::{Base64, Encoding};
use rcgen::{CertifiedKey, KeyPair, generate_simple_self_signed};
use rustls::ServerConfig;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

use crate::client::*;
use crate::common::*;

/// TLS before a witness, as an operator puts it there.
struct Before {
    address: SocketAddr,
    certified: CertifiedKey<KeyPair>,
    /// Connections whose handshake was accepted on both sides and that said something.
    heard: Arc<AtomicUsize>,
}

impl Before {
    async fn new(witness: SocketAddr, name: &str) -> Self {
        let certified = generate_simple_self_signed([name.to_owned()]).unwrap();
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(certified.signing_key.serialize_der()));
        let config = ServerConfig::builder_with_provider(provider)
            .with_protocol_versions(&[&rustls::version::TLS13])
            .unwrap();
        let config = config.with_no_client_auth().with_single_cert(vec![certified.cert.der().clone()], key);
        let acceptor = TlsAcceptor::from(Arc::new(config.unwrap()));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (address, heard) = (listener.local_addr().unwrap(), Arc::<AtomicUsize>::default());
        let count = Arc::clone(&heard);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (acceptor, count) = (acceptor.clone(), Arc::clone(&count));
                tokio::spawn(async move {
                    let Ok(mut outside) = acceptor.accept(stream).await else { return };
                    let mut inside = TcpStream::connect(witness).await.unwrap();
                    let copied = tokio::io::copy_bidirectional(&mut outside, &mut inside);
                    count.fetch_add(1, Ordering::SeqCst);
                    drop(copied.await);
                });
            }
        });
        Self { address, certified, heard }
    }

    fn pem(&self, folder: &std::path::Path) -> std::path::PathBuf {
        let path = folder.join(format!("{}.pem", self.address.port()));
        std::fs::write(&path, self.text()).unwrap();
        path
    }

    /// The certificate in PEM (RFC 7468).
    fn text(&self) -> String {
        let encoded = Base64::encode_string(self.certified.cert.der());
        format!("-----BEGIN CERTIFICATE-----\n{encoded}\n-----END CERTIFICATE-----\n")
    }
}

/// A site of three witnesses behind TLS, each with the certificate that `trust` makes of the right one.
async fn site(name: &str) -> (Site, Vec<Before>) {
    let mut site = Site::new(3).await;
    let mut before = Vec::new();
    for n in 0..3 {
        let tls = Before::new(site.witnesses[n].address, name).await;
        let place = &mut site.config.witnesses[n];
        place.url = format!("https://127.0.0.1:{}/", tls.address.port());
        place.certificate = Some(tls.pem(site.folder.path()));
        before.push(tls);
    }
    (site, before)
}

async fn stays_uncosigned(site: &Site, before: &[Before], why: &str) {
    let hub = site.run().await;
    let mut ana = Desk::open(site, hub.address(), &site.world.ana, |_| {}).await;
    ana.push(&site.world.journal(&site.world.ana, 1).entries(1)).await;
    assert_eq!(ana.finish().await.accepted.len(), 1, "witnesses are not needed for what is durable");
    tokio::time::sleep(Duration::from_millis(800)).await;
    let view = hub.sequencer().view();
    assert!(view.statements.cosigned.is_none() && view.journal.cosigned.is_none(), "{why}");
    assert!(before.iter().all(|one| one.heard.load(Ordering::SeqCst) == 0), "{why}: nothing is said to it");
    hub.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn witnesses_behind_tls_cosign_when_their_certificate_is_the_trusted_one() {
    let (site, before) = site("127.0.0.1").await;
    let hub = site.run().await;
    cosigned(&hub).await;
    assert!(before.iter().all(|one| one.heard.load(Ordering::SeqCst) > 0), "by TLS and no other way");
    hub.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_certificate_or_another_name_is_no_witness() {
    let (mut site_of, before) = site("127.0.0.1").await;
    for n in 0..3 {
        site_of.config.witnesses[n].certificate = Some(before[(n + 1) % 3].pem(site_of.folder.path()));
    }
    stays_uncosigned(&site_of, &before, "another's certificate").await;
    for place in &mut site_of.config.witnesses {
        place.certificate = None;
    }
    stays_uncosigned(&site_of, &before, "the system does not vouch for it").await;
    let (site_of, before) = site("witness.example").await;
    stays_uncosigned(&site_of, &before, "another name").await;
}

/// Not a test of its own: it runs where the system's roots are what another test says.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn with_the_roots_of_the_system() {
    if std::env::var("COUNTERSEAL_TEST_ROOTS").is_err() {
        return;
    }
    // The child makes the certificate itself, and the file that the system's roots are read from is its own.
    let (mut site, before) = site("127.0.0.1").await;
    let roots: String = before.iter().map(Before::text).collect();
    std::fs::write(std::env::var("SSL_CERT_FILE").unwrap(), roots).unwrap();
    for place in &mut site.config.witnesses {
        place.certificate = None;
    }
    let hub = site.run().await;
    cosigned(&hub).await;
    hub.stop().await;
}

#[test]
fn without_a_certificate_the_roots_of_the_system_are_trusted() {
    let folder = tempfile::tempdir().unwrap();
    let status = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "secure_witnesses::with_the_roots_of_the_system"])
        .env("COUNTERSEAL_TEST_ROOTS", "1")
        .env("SSL_CERT_FILE", folder.path().join("roots.pem"))
        .stdout(Stdio::null())
        .status()
        .unwrap();
    assert!(status.success());
}
