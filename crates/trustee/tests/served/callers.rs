//! A desk's calls.

use std::time::Duration;

use counterseal_model::cbor::{from_bytes_strict, to_bytes};
use counterseal_register::*;
use counterseal_seal::{DeviceSecrets, sign_statement};
use counterseal_serve::{HttpClient, Method, Trust, Url};

use crate::mission::Mission;
use crate::site::Site;

/// A connection of a device to one trustee.
pub(crate) struct Caller<'a> {
    pub(crate) mission: &'a Mission,
    pub(crate) trustee: KeyId,
    pub(crate) device: &'a DeviceSecrets,
    pub(crate) client: HttpClient,
}

pub(crate) fn client(site: &Site, n: usize) -> HttpClient {
    let url = Url::parse(&format!("https://{}/", site.configs[n].listen)).unwrap();
    let client = HttpClient::new(url, Trust::Pins(&[site.named[n].pin]), Duration::from_secs(15)).unwrap();
    client.with_answers_up_to(8 << 20)
}

impl<'a> Caller<'a> {
    pub(crate) fn new(site: &'a Site, n: usize, device: &'a DeviceSecrets) -> Self {
        let (mission, trustee) = (&site.mission, site.named[n].identity.id());
        Self { mission, trustee, device, client: client(site, n) }
    }

    /// Asks as it should be done.
    pub(crate) async fn ask(&mut self, call: TrusteeCall) -> TrusteeAnswer {
        let (status, body) = self.ask_as(call, Label::TRUSTEE_CALL, |_| {}).await;
        assert_eq!(status, 200, "{}", String::from_utf8_lossy(&body));
        from_bytes_strict(&body).unwrap()
    }

    pub(crate) async fn ask_as(
        &mut self,
        call: TrusteeCall,
        label: Label,
        change: impl FnOnce(&mut DeviceCall),
    ) -> (u16, Vec<u8>) {
        let make = |exporter: &[u8; 32]| {
            let mut said = DeviceCall {
                mission: self.mission.register.mission(),
                trustee: self.trustee,
                device: self.device.id(),
                exporter: Bytes(*exporter),
                call,
                extra: Default::default(),
            };
            change(&mut said);
            Ok(sign_statement(&to_bytes(&said), label, &[self.device]).unwrap().bytes().to_vec())
        };
        self.client.post_bound("call", make).await.unwrap()
    }

    pub(crate) async fn get(&mut self, path: &str) -> (u16, Vec<u8>) {
        self.client.request(Method::GET, path, Vec::new()).await.unwrap()
    }
}

/// The objects of an answer that has some.
pub(crate) fn objects(answer: TrusteeAnswer) -> Vec<Vec<u8>> {
    match answer {
        TrusteeAnswer::Signed { objects } => objects.into_iter().map(|object| object.0).collect(),
        other => panic!("nothing signed: {other:?}"),
    }
}
