//! The line to other trustees: a successor fetches what it answers for, by itself, as long as it runs
//! (docs/spec/succession.md, sections 4 and 5).

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use counterseal_model::{EntryId, Timestamp};
use counterseal_register::{Blob, Bytes, KeyId, RepairOrder, SuccessionAsk, SuccessionSaid};
use counterseal_serve::{HttpClient, HttpFailure, Trust, Url};
use tokio::time::sleep;

use super::Shared;
use super::lists::Lists;
use super::worker::Undone;
use crate::service::{
    HandedOver, Helped, MOST_HANDED, RepairNeeded, Service, ServiceError, digest_of, lists,
};

/// For one call.
const PATIENCE: Duration = Duration::from_secs(30);
/// Most bytes of an answer: headers of 64 entries, and 4096 pads.
const MOST: usize = 8 << 20;
/// When there was nothing to fetch, so many times the usual pause passes before the next look: entries that were
/// sealed for the old trustee come late.
const QUIET: u32 = 30;
/// When another trustee was of no use, so many.
const AGAIN: u32 = 5;
/// Most lists of one look.
const MOST_LISTS: usize = 4096;
/// After so many seconds a repair is tried again whose sums were wrong by every list of helpers.
const WRONG: i64 = Timestamp::DAY;

/// Why another trustee was of no use.
#[derive(Debug, thiserror::Error)]
enum Silence {
    #[error(transparent)]
    Http(#[from] HttpFailure),
    #[error("the other trustee answers with status {0}")]
    Status(u16),
    #[error("the other trustee's answer is not its word on what was asked")]
    NotItsWord,
    #[error("the other trustee gives nothing now: {0}")]
    NotNow(counterseal_register::Code),
    #[error("no address of the other trustee is known; name it in the configuration")]
    NoAddress,
    #[error(transparent)]
    Service(#[from] ServiceError),
    #[error("this trustee stops")]
    Stopping,
}

impl From<Undone> for Silence {
    fn from(_: Undone) -> Self {
        Self::Stopping
    }
}

/// What one look came to.
#[derive(Default)]
struct Looked {
    /// Entries that others hold for the place.
    entries: Vec<EntryId>,
    /// Those that are not here yet.
    waiting: Vec<EntryId>,
    /// How many came with this look.
    came: u64,
}

/// What the loop remembers.
pub(super) struct Successor {
    shared: Arc<Shared>,
    lines: BTreeMap<KeyId, HttpClient>,
    /// Whether another trustee was of no use in this look.
    failed: bool,
    /// What others have listed.
    lists: Lists,
    /// Entries whose sums were wrong by every list of helpers, and when.
    wrong: BTreeMap<EntryId, Timestamp>,
}

impl Successor {
    pub(super) fn new(shared: Arc<Shared>) -> Self {
        let (lists, wrong) = (Lists::default(), BTreeMap::new());
        Self { shared, lines: BTreeMap::new(), failed: false, lists, wrong }
    }

    /// Looks again and again, until the trustee stops.
    pub(super) async fn run(mut self, every: Duration) {
        let shared = Arc::clone(&self.shared);
        loop {
            self.failed = false;
            let Some(moved) = shared.stop.or(self.look()).await else { return };
            let pauses = match (moved, self.failed) {
                (true, _) => 1,
                (false, true) => AGAIN,
                (false, false) => QUIET,
            };
            let pause = every.saturating_mul(pauses);
            if shared.stop.or(sleep(pause)).await.is_none() {
                return;
            }
        }
    }

    /// Looks at every place that this trustee answers for; whether anything came.
    async fn look(&mut self) -> bool {
        let Ok(places) = self.shared.worker.do_in_turn(|service| service.places_to_take()).await else {
            return false;
        };
        let mut moved = false;
        for of in &places {
            moved |= self.take_over(*of).await;
        }
        if !moved && let Some(of) = places.first() {
            moved = self.hear_letters(*of).await;
        }
        if moved {
            self.shared.look(false).await;
        }
        moved
    }

    async fn take_over(&mut self, of: KeyId) -> bool {
        let view = self.shared.view();
        let mut chain = view.register.trustee_chain(of, view.now(self.shared.clock.now()));
        // Whoever held it last has it, and after that whoever held it before.
        chain.retain(|id| *id != view.trustee);
        chain.reverse();
        let lost = self.shared.config.lost_trustees();
        let mut moved = false;
        for giver in chain.iter().filter(|giver| !lost.contains(giver)) {
            match self.fetch(of, *giver).await {
                Ok(looked) => {
                    moved |= self.keep(of, &looked).await;
                    if looked.waiting.is_empty() {
                        return moved;
                    }
                }
                Err(silence) => {
                    tracing::warn!(%silence, "pads could not be taken over");
                    self.lines.remove(giver);
                    self.failed = true;
                }
            }
        }
        if chain.iter().any(|giver| lost.contains(giver)) {
            match self.repair(of).await {
                Ok(looked) => moved |= self.keep(of, &looked).await,
                Err(silence) => {
                    tracing::warn!(%silence, "pads could not be repaired");
                    self.lines.clear();
                    self.failed = true;
                }
            }
        }
        moved
    }

    async fn keep(&self, of: KeyId, looked: &Looked) -> bool {
        let (entries, waiting) = (looked.entries.len() as u64, looked.waiting.len() as u64);
        let kept = self.shared.worker.do_in_turn(move |service| service.keep_progress(of, entries, waiting));
        if let Ok(Err(error)) = kept.await {
            tracing::error!(%error, "how far a place is taken over could not be kept");
        }
        if looked.came > 0 {
            tracing::info!(came = looked.came, entries, waiting, "entries of a predecessor were taken over");
        }
        looked.came > 0
    }

    /// Has another trustee tell what all of them were told: the first one that answers.
    async fn hear_letters(&mut self, of: KeyId) -> bool {
        let view = self.shared.view();
        let now = view.now(self.shared.clock.now());
        let mut tellers = view.register.trustee_chain(of, now);
        let set = view.register.trustees(now);
        tellers.extend(set.iter().flat_map(|set| set.trustees.iter().map(counterseal_register::Trustee::id)));
        let lost = self.shared.config.lost_trustees();
        for teller in tellers.into_iter().filter(|id| *id != view.trustee && !lost.contains(id)) {
            match self.letters(of, teller).await {
                Ok(came) => return came > 0,
                Err(silence) => tracing::warn!(%silence, "letters could not be taken over"),
            }
        }
        false
    }

    async fn letters(&mut self, of: KeyId, teller: KeyId) -> Result<u64, Silence> {
        let (mut all, mut after) = (Vec::new(), [0; 32]);
        for _ in 0..MOST_LISTS {
            let (asked, said) = self.ask(of, teller, SuccessionAsk::Letters { after: Bytes(after) }).await?;
            let SuccessionSaid::Letters { sealed, next, more } = said else {
                return Err(Silence::NotItsWord);
            };
            let read = move |service: &mut Service| service.read_letters(teller, asked, &sealed);
            let letters = self.shared.worker.do_in_turn(read).await?;
            all.extend(letters.ok_or(Silence::NotItsWord)?);
            if !more || next.0 <= after {
                break;
            }
            after = next.0;
        }
        Ok(self.shared.worker.do_in_turn(move |service| service.take_letters(&all)).await??)
    }

    /// Has the old trustee hand over what is not here.
    async fn fetch(&mut self, of: KeyId, giver: KeyId) -> Result<Looked, Silence> {
        let entries = self.list(of, giver).await?;
        let mut looked = self.looked(entries, false).await?;
        let mut rest = looked.waiting.clone();
        while !rest.is_empty() {
            let some = rest.iter().take(MOST_HANDED).copied().collect();
            let (asked, said) = self.ask(of, giver, SuccessionAsk::Give { entries: some }).await?;
            let SuccessionSaid::Given { entries, sealed } = said else { return Err(Silence::NotItsWord) };
            // What did not fit into the answer is asked for again; without progress it is left for another look.
            let gone = if entries.is_empty() { MOST_HANDED } else { entries.len() };
            rest.drain(..gone.min(rest.len()));
            let take =
                move |service: &mut Service| service.take_handed(of, (giver, asked), &entries, &sealed);
            looked.came += self.taken(take).await?.taken;
        }
        let done = self.looked(looked.entries, false).await?;
        if done.waiting.is_empty() && !self.lists.is_noted((of, giver)) {
            let (count, digest) = (done.entries.len() as u64, Bytes(digest_of(&done.entries)));
            match self.ask(of, giver, SuccessionAsk::Have { count, digest }).await {
                Ok(_) => self.lists.note((of, giver)),
                // One came meanwhile, or its numbers are another store's.
                Err(_) => self.lists.forget(of, giver),
            }
        }
        Ok(Looked { came: looked.came, ..done })
    }

    /// Has the helpers of every set repair what is not here.
    async fn repair(&mut self, of: KeyId) -> Result<Looked, Silence> {
        let needed = self.shared.worker.do_in_turn(move |service| service.repairs_needed(of)).await?;
        let mut all = Looked::default();
        for one in needed {
            let looked = self.repair_set(of, one).await?;
            all.came += looked.came;
            all.entries.extend(looked.entries);
            all.waiting.extend(looked.waiting);
        }
        Ok(all)
    }

    async fn repair_set(&mut self, of: KeyId, needed: RepairNeeded) -> Result<Looked, Silence> {
        let (first, mut entries) = self.hear_helpers(of, &needed.helpers, needed.threshold).await;
        entries.sort_unstable();
        entries.dedup();
        let looked = self.looked(entries, true).await?;
        let now = self.shared.clock.now();
        self.wrong.retain(|_, since| (0..WRONG).contains(&now.0.saturating_sub(since.0)));
        let mut wrong: Vec<EntryId> =
            looked.waiting.iter().filter(|id| !self.wrong.contains_key(id)).copied().collect();
        if first.len() < needed.threshold || wrong.is_empty() {
            return Ok(looked);
        }
        let done = self.repair_by(of, &needed, first.clone(), &wrong).await?;
        let mut came = done.taken;
        if !done.false_pads.is_empty() {
            let (heard, _) = self.hear_helpers(of, &needed.helpers, needed.helpers.len()).await;
            wrong = done.false_pads;
            for list in lists(&heard, needed.threshold, &first) {
                came += self.repair_by(of, &needed, list, &wrong).await?.taken;
                wrong = self.looked(wrong, true).await?.waiting;
                if wrong.is_empty() {
                    break;
                }
            }
            self.wrong.extend(wrong.into_iter().map(|id| (id, now)));
        }
        Ok(Looked { came, ..self.looked(looked.entries, true).await? })
    }

    /// Asks helpers for what they hold until so many have answered: those, and what they listed.
    async fn hear_helpers(
        &mut self,
        of: KeyId,
        helpers: &[KeyId],
        most: usize,
    ) -> (Vec<KeyId>, Vec<EntryId>) {
        let lost = self.shared.config.lost_trustees();
        let (mut heard, mut entries) = (Vec::new(), Vec::new());
        for helper in helpers.iter().filter(|id| !lost.contains(id)) {
            match self.list(of, *helper).await {
                Ok(listed) => {
                    entries.extend(listed);
                    heard.push(*helper);
                }
                Err(silence) => tracing::warn!(%silence, "a helper of a repair was not heard"),
            }
            if heard.len() == most {
                break;
            }
        }
        (heard, entries)
    }

    /// A repair by these helpers.
    async fn repair_by(
        &mut self,
        of: KeyId,
        needed: &RepairNeeded,
        helpers: Vec<KeyId>,
        entries: &[EntryId],
    ) -> Result<HandedOver, Silence> {
        let (set, mut all) = (needed.set, HandedOver::default());
        let begin = move |service: &mut Service| service.begin_repair(of, set, helpers);
        let Some(order) = self.shared.worker.do_in_turn(begin).await? else { return Ok(all) };
        let mut seeds = Vec::new();
        for helper in &order.helpers {
            let ask = SuccessionAsk::Seeds { order: order.clone() };
            let (_, said) = self.ask(of, *helper, ask).await?;
            let SuccessionSaid::Seeded { seeds: signed } = said else { return Err(Silence::NotItsWord) };
            seeds.push(signed);
        }
        for some in entries.chunks(MOST_HANDED) {
            let done = self.help(&order, &seeds, some).await?;
            all.taken += done.taken;
            all.left += done.left;
            all.false_pads.extend(done.false_pads);
        }
        Ok(all)
    }

    async fn help(
        &mut self,
        order: &RepairOrder,
        seeds: &[Blob],
        entries: &[EntryId],
    ) -> Result<HandedOver, Silence> {
        let mut helped = Vec::new();
        for helper in order.helpers.clone() {
            let (order, seeds, entries) = (order.clone(), seeds.to_vec(), entries.to_vec());
            let of = order.of;
            let (asked, said) = self.ask(of, helper, SuccessionAsk::Help { order, seeds, entries }).await?;
            let SuccessionSaid::Given { entries, sealed } = said else { return Err(Silence::NotItsWord) };
            helped.push(Helped { helper, asked, entries, sealed });
        }
        let order = order.clone();
        self.taken(move |service| service.take_repaired(&order, &helped)).await
    }

    async fn taken(
        &self,
        take: impl FnOnce(&mut Service) -> Result<HandedOver, ServiceError> + Send + 'static,
    ) -> Result<HandedOver, Silence> {
        let done = self.shared.worker.do_in_turn(take).await??;
        if done.left > 0 {
            tracing::warn!(left = done.left, "entries that were handed over were not taken");
        }
        Ok(done)
    }

    async fn looked(&self, entries: Vec<EntryId>, by_helpers: bool) -> Result<Looked, Silence> {
        let look = move |service: &mut Service| (service.lacking(&entries, by_helpers), entries);
        let (waiting, entries) = self.shared.worker.do_in_turn(look).await?;
        Ok(Looked { entries, waiting: waiting?, came: 0 })
    }

    async fn list(&mut self, of: KeyId, from: KeyId) -> Result<Vec<EntryId>, Silence> {
        let line = (of, from);
        for _ in 0..MOST_LISTS {
            let after = self.lists.begin(line, self.shared.clock.now());
            let (_, said) = self.ask(of, from, SuccessionAsk::List { after }).await?;
            let SuccessionSaid::Listed { entries, next, more } = said else {
                return Err(Silence::NotItsWord);
            };
            if !self.lists.add(line, entries, (next, more)) {
                break;
            }
        }
        Ok(self.lists.entries(line))
    }

    /// One call; gives what names it, and the answer.
    async fn ask(
        &mut self,
        of: KeyId,
        trustee: KeyId,
        ask: SuccessionAsk,
    ) -> Result<([u8; 32], SuccessionSaid), Silence> {
        let shared = Arc::clone(&self.shared);
        let client = self.line(trustee)?;
        let exporter = client.exporter().await?;
        let sign = move |service: &mut Service| service.ask_succession(Bytes(exporter), (trustee, of), ask);
        let (signed, asked) = shared.worker.do_in_turn(sign).await??;
        let bound = |now: &[u8; 32]| match *now == exporter {
            true => Ok(signed),
            false => Err("the connection was lost meanwhile".to_owned()),
        };
        let answer = match client.post_bound("succession", bound).await? {
            (200, body) => body,
            (status, _) => return Err(Silence::Status(status)),
        };
        let read = move |service: &mut Service| service.read_succession(trustee, asked, &answer);
        match shared.worker.do_in_turn(read).await?.ok_or(Silence::NotItsWord)? {
            SuccessionSaid::NotNow { code } => Err(Silence::NotNow(code)),
            said => Ok((asked, said)),
        }
    }

    /// A connection to a trustee, at the address and with the certificates that the newest set with it names.
    fn line(&mut self, trustee: KeyId) -> Result<&mut HttpClient, Silence> {
        if !self.lines.contains_key(&trustee) {
            let view = self.shared.view();
            let sets: Vec<_> = view.register.trustee_sets(view.now(self.shared.clock.now())).collect();
            let named = sets.into_iter().rev().find_map(|set| set.find(trustee)).ok_or(Silence::NoAddress)?.1;
            let address = self.shared.config.address_of(trustee);
            let address = address.or_else(|| named.url.as_ref().map(ToString::to_string));
            let url = address.and_then(|address| Url::parse(&address)).ok_or(Silence::NoAddress)?;
            let pins: Vec<[u8; 32]> = named.pins.iter().map(|pin| pin.0).collect();
            let client = HttpClient::new(url, Trust::Pins(&pins), PATIENCE)?.with_answers_up_to(MOST);
            self.lines.insert(trustee, client);
        }
        self.lines.get_mut(&trustee).ok_or(Silence::NoAddress)
    }
}
