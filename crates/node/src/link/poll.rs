//! Asking all witnesses at once, beside whatever else goes on. One that does not answer keeps nobody waiting.

use std::collections::BTreeSet;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use counterseal_ledger::MAX_NOTE;

use super::error::LinkError;
use super::http::{HttpGet, Place, Trust};
use super::patience::Since;
use crate::desk::{Desk, Silence, SyncReport, WitnessReport, WitnessSaid, WitnessTarget, WitnessWord};
use crate::error::NodeError;

/// Without a byte for so long, a witness does not answer. Over a satellite a round trip takes most of a second.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long a session that is over waits for witnesses that have not answered meanwhile.
const GRACE: Duration = Duration::from_millis(1500);
/// How long is waited for them where there is no session.
pub(super) const ALONE: Duration = Duration::from_secs(6);
/// The step in which is waited for those that have not answered.
const STEP: Duration = Duration::from_millis(50);

/// Witnesses that are being asked.
pub(crate) struct WitnessPoll {
    targets: Vec<WitnessTarget>,
    words: Receiver<WitnessWord>,
}

impl WitnessPoll {
    /// Asks each on a thread of its own.
    pub(crate) fn start(targets: Vec<WitnessTarget>) -> Self {
        let (sender, words) = channel();
        for target in &targets {
            let (target, sender) = (target.clone(), sender.clone());
            // A thread that cannot be had leaves its witness silent.
            let _asks =
                std::thread::Builder::new().name("witness".to_owned()).spawn(move || ask(&target, &sender));
        }
        Self { targets, words }
    }

    /// What they said, of those that have said it within `grace` from now.
    pub(crate) fn finish(self, grace: Duration) -> Vec<WitnessWord> {
        let mut open: BTreeSet<_> = self
            .targets
            .iter()
            .flat_map(|target| target.files.iter().map(|(log, _)| (target.witness.clone(), *log)))
            .collect();
        let mut said = Vec::new();
        let mut steps = grace.as_millis() / STEP.as_millis();
        while !open.is_empty() {
            match self.words.recv_timeout(STEP) {
                Ok(word) => {
                    open.remove(&(word.witness.clone(), word.log));
                    said.push(word);
                }
                Err(RecvTimeoutError::Timeout) if steps > 0 => steps -= 1,
                Err(_) => break,
            }
        }
        let late = |(witness, log)| WitnessWord { witness, log, said: WitnessSaid::Silent(Silence::Late) };
        said.extend(open.into_iter().map(late));
        said
    }
}

/// The witnesses, asked beside a session, and again as time passes in one that goes on.
pub(super) struct Beside {
    asked: Option<WitnessPoll>,
    since: Since,
    /// What they said the last time.
    heard: Option<WitnessReport>,
}

impl Beside {
    pub(super) fn begin(desk: &Desk) -> Self {
        let mut beside = Self { asked: None, since: Since::now(), heard: None };
        beside.ask(desk);
        beside
    }

    /// Asks all of them, of the logs of the hub that the desk knows now. What those say that were asked before
    /// is not heard.
    pub(super) fn ask(&mut self, desk: &Desk) {
        (self.asked, self.since) = (Some(WitnessPoll::start(desk.witnesses_to_poll())), Since::now());
    }

    /// In a session in which nothing is under way: hears those that have had time to answer, and asks again after
    /// `again`.
    ///
    /// # Errors
    /// When they prove two trees; when the store fails.
    pub(super) fn look(&mut self, desk: &mut Desk, again: Duration) -> Result<(), LinkError> {
        if self.asked.is_none() && self.since.is_longer_than(again) {
            self.ask(desk);
        }
        match self.asked.take_if(|_| self.since.is_longer_than(ALONE.min(again))) {
            Some(asked) => self.hear(desk, &asked.finish(Duration::ZERO), true),
            None => Ok(()),
        }
    }

    /// Hears them at a session's end, whatever the hub did in it: they know what it may have kept back.
    pub(super) fn end(
        mut self,
        desk: &mut Desk,
        outcome: Result<(SyncReport, bool), LinkError>,
    ) -> Result<SyncReport, LinkError> {
        let shown = matches!(outcome, Ok((_, true)));
        if let Some(asked) = self.asked.take() {
            self.hear(desk, &asked.finish(GRACE), shown)?;
        }
        let (report, _) = outcome?;
        Ok(SyncReport { witnesses: self.heard, ..report })
    }

    fn hear(&mut self, desk: &mut Desk, words: &[WitnessWord], shown: bool) -> Result<(), LinkError> {
        let heard = desk.hear_witnesses(words, shown)?;
        if let Some(two) = heard.two_trees.first() {
            return Err(NodeError::from(two.clone()).into());
        }
        self.heard = Some(heard);
        Ok(())
    }
}

fn ask(target: &WitnessTarget, sender: &Sender<WitnessWord>) {
    let words = match words_of(target) {
        Ok(words) => words,
        Err(silence) => target.files.iter().map(|_| WitnessSaid::Silent(silence.clone())).collect(),
    };
    for ((log, _), said) in target.files.iter().zip(words) {
        // Whoever asked may have gone on.
        let _heard = sender.send(WitnessWord { witness: target.witness.clone(), log: *log, said });
    }
}

fn words_of(target: &WitnessTarget) -> Result<Vec<WitnessSaid>, Silence> {
    let parts = target.url.as_ref().and_then(|url| url.parts()).ok_or(Silence::NoAddress)?;
    let (host, path) = (parts.host.to_owned(), parts.path.to_owned());
    let place = Place { tls: parts.tls, host, port: parts.port, path };
    let failed = |error: super::http::HttpFailure| Silence::NotReached(error.to_string());
    let mut witness = HttpGet::connect(&place, Trust::System, PATIENCE).map_err(failed)?;
    let paths: Vec<String> = target.files.iter().map(|(_, path)| path.clone()).collect();
    let answers = witness.get(&paths, MAX_NOTE).map_err(failed)?;
    let said = |(status, body)| match status {
        200 => WitnessSaid::Note(body),
        404 => WitnessSaid::Nothing,
        status => WitnessSaid::Silent(Silence::NotReached(format!("status {status}"))),
    };
    Ok(answers.into_iter().map(said).collect())
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use counterseal_register::{LogKind, WitnessName, WitnessUrl};

    use super::*;

    fn target(name: &str, url: Option<String>) -> WitnessTarget {
        let file = |log: LogKind| (log, format!("{log:?}"));
        WitnessTarget {
            witness: WitnessName::parse(name).unwrap(),
            url: url.map(|url| WitnessUrl::parse(&url).unwrap()),
            files: LogKind::ALL.iter().copied().map(file).collect(),
        }
    }

    #[test]
    fn a_witness_that_accepts_and_says_nothing_keeps_nobody_waiting() {
        let mute = TcpListener::bind("127.0.0.1:0").unwrap();
        let gone = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let targets = vec![
            target("mute", Some(format!("http://{}", mute.local_addr().unwrap()))),
            target("gone", Some(format!("http://{gone}"))),
            target("nowhere", None),
        ];
        let words = WitnessPoll::start(targets).finish(Duration::from_millis(200));
        assert_eq!(words.len(), 6, "each of three, of both logs");
        for word in words {
            let WitnessSaid::Silent(silence) = word.said else { panic!("{} answered", word.witness) };
            match word.witness.as_str() {
                "mute" => assert_eq!(silence, Silence::Late),
                "nowhere" => assert_eq!(silence, Silence::NoAddress),
                _ => assert!(matches!(silence, Silence::NotReached(_)), "{silence:?}"),
            }
        }
    }
}
