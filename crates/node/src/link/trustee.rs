//! Calls to trustees: HTTPS with the certificates that the register pins, each call signed by this device for
//! that connection. All are asked at once, each on a thread of its own, and one that does not answer keeps nobody
//! waiting for long. The threads have no key: what they are to send is signed here.

use std::collections::BTreeMap;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use counterseal_model::cbor::from_bytes_strict;
use counterseal_register::{KeyId, TrusteeAnswer, TrusteeCall};

use super::http::{HttpFailure, HttpGet, Place, Trust};
use super::patience::Since;
use super::pin::Shown;
use crate::desk::{Desk, TrusteeHeard, TrusteeTarget};
use crate::error::NodeError;

/// Without a byte for so long, a trustee does not answer.
const PATIENCE: Duration = Duration::from_secs(5);
/// All of them together take no longer than this; what was answered by then counts.
const ROUND: Duration = Duration::from_secs(20);
/// The step in which is waited.
const STEP: Duration = Duration::from_millis(50);
/// Most bytes of an answer.
const MOST: usize = 4 << 20;

/// A call with its answer.
type Answered = (TrusteeCall, TrusteeAnswer);
/// All that one trustee answered, and why it stopped, if it did.
type Said = (Vec<Answered>, Option<String>);

/// What a thread has to say of the trustee with this place in the list.
enum Word {
    /// A connection stands: the calls are to be signed for it.
    Connected([u8; 32], Sender<Vec<Vec<u8>>>),
    /// The answer to the next call.
    Answer(Vec<u8>),
    /// All is answered, or something went wrong.
    Over(Option<String>),
}

impl Desk {
    /// Asks every trustee what there is to ask: keys for what is written next, acknowledgements of what was, and
    /// what waits for this desk. `elsewhere` names other addresses than the register's, as `host:port`; what
    /// answers there must show a pinned certificate all the same.
    ///
    /// # Errors
    /// When the store fails. That a trustee does not answer, or says what does not count, is in the report.
    pub fn ask_trustees(
        &mut self,
        elsewhere: &BTreeMap<KeyId, String>,
    ) -> Result<Vec<TrusteeHeard>, NodeError> {
        let targets = self.trustees_to_ask()?;
        let said = self.call_trustees(&targets, elsewhere)?;
        let mut report = Vec::with_capacity(said.len());
        for (target, (answers, silent)) in targets.iter().zip(said) {
            let heard = self.take_trustee_answers(target.trustee, &answers)?;
            report.push(TrusteeHeard { silent, ..heard });
        }
        Ok(report)
    }

    /// Asks these trustees their calls, each over one connection, and gives their answers as they came: whoever
    /// takes them in checks them. Fewer than there are calls from one that stopped answering, and why it did.
    /// In the order of the targets.
    ///
    /// # Errors
    /// When a call cannot be signed.
    pub(crate) fn call_trustees(
        &self,
        targets: &[TrusteeTarget],
        elsewhere: &BTreeMap<KeyId, String>,
    ) -> Result<Vec<Said>, NodeError> {
        let (sender, words) = channel();
        for (index, target) in targets.iter().enumerate() {
            let place = place_of(target, elsewhere.get(&target.trustee).map(String::as_str));
            let (pins, sender) = (target.pins.clone(), sender.clone());
            let asks = move || drop(sender.send((index, Word::Over(ask(index, place, pins, &sender)))));
            // A thread that cannot be had leaves its trustee silent.
            let _asks = std::thread::Builder::new().name("trustee".to_owned()).spawn(asks);
        }
        drop(sender);
        self.hear_trustees(targets, &words)
    }

    fn hear_trustees(
        &self,
        targets: &[TrusteeTarget],
        words: &Receiver<(usize, Word)>,
    ) -> Result<Vec<Said>, NodeError> {
        let late = || Some("it does not answer in time".to_owned());
        let mut said: Vec<_> = targets.iter().map(|_| (Vec::new(), late())).collect();
        let mut unreadable = vec![false; targets.len()];
        let begun = Since::now();
        while !begun.is_longer_than(ROUND) {
            let (index, word) = match words.recv_timeout(STEP) {
                Ok(word) => word,
                Err(RecvTimeoutError::Timeout) => continue,
                Err(RecvTimeoutError::Disconnected) => break,
            };
            let of = targets.get(index).zip(said.get_mut(index)).zip(unreadable.get_mut(index));
            let Some(((target, (answers, silent)), unreadable)) = of else { continue };
            match word {
                Word::Connected(exporter, reply) => {
                    let signed =
                        target.calls.iter().map(|call| self.sign_call(target.trustee, &exporter, call));
                    // Whoever waits for them may have given up.
                    let _heard = reply.send(signed.collect::<Result<_, _>>()?);
                }
                // Which call an answer belongs to follows from its place: after one that cannot be read, nothing does.
                Word::Answer(_) if *unreadable => {}
                Word::Answer(bytes) => match (target.calls.get(answers.len()), from_bytes_strict(&bytes)) {
                    (Some(call), Ok(answer)) => answers.push((call.clone(), answer)),
                    _ => *unreadable = true,
                },
                Word::Over(_) if *unreadable => *silent = Some("its answer cannot be read".to_owned()),
                Word::Over(why) => *silent = why,
            }
        }
        Ok(said)
    }
}

/// Where a trustee is reached. Only by TLS: what is asked is signed for the connection.
fn place_of(target: &TrusteeTarget, elsewhere: Option<&str>) -> Option<Place> {
    if let Some((host, port)) = elsewhere.and_then(|place| place.rsplit_once(':')) {
        let (host, path) = (host.to_owned(), String::new());
        return Some(Place { tls: true, host, port: port.parse().ok()?, path });
    }
    let parts = target.url.as_ref()?.parts().filter(|parts| parts.tls)?;
    Some(Place { tls: true, host: parts.host.to_owned(), port: parts.port, path: parts.path.to_owned() })
}

/// Asks one trustee; why it stopped, if it did.
fn ask(
    index: usize,
    place: Option<Place>,
    pins: Vec<[u8; 32]>,
    sender: &Sender<(usize, Word)>,
) -> Option<String> {
    let Some(place) = place else { return Some("no address of it is known".to_owned()) };
    ask_at(index, &place, pins, sender).err().map(|failure| failure.to_string())
}

fn ask_at(
    index: usize,
    place: &Place,
    pins: Vec<[u8; 32]>,
    sender: &Sender<(usize, Word)>,
) -> Result<(), HttpFailure> {
    let mut trustee = HttpGet::connect(place, Trust::Pins(pins, Shown::default()), PATIENCE)?;
    let exporter = trustee.exporter().ok_or(HttpFailure::Answer("it does not speak TLS"))?;
    let (reply, signed) = channel();
    let _heard = sender.send((index, Word::Connected(exporter, reply)));
    // The desk may have gone on without it.
    let Ok(calls) = signed.recv() else { return Ok(()) };
    for call in calls {
        let answer = match trustee.post("call", &call, MOST)? {
            (200, body) => body,
            _ => return Err(HttpFailure::Answer("it does not take the call")),
        };
        let _heard = sender.send((index, Word::Answer(answer)));
    }
    Ok(())
}
