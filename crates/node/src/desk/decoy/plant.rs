//! Planting: instructions go out, ordinary desks carry them out and report, and keep no list. All of it rides on the
//! exchange of mail with the trustees that every desk has anyway.

use counterseal_model::{CompartmentId, EntryId};
use counterseal_register::{DecoyInstruction, DecoysPlanted, Label, Office, SignedBody};
use counterseal_seal::sign_statement;

use super::body::decoy;
use super::kept::{DONE, Kept, SENT, TODO, named};
use super::plan::MOST_A_DESK;
use crate::desk::opening::Outside;
use crate::desk::{Desk, local};
use crate::error::NodeError;

/// Kinds of mail.
pub(in crate::desk) const INSTRUCTION: u64 = 4;
pub(in crate::desk) const REPORT: u64 = 5;

/// The longest padded length of a decoy.
const LONGEST: u64 = 128 * 1024;

impl Desk {
    /// Sends instructions that wait, carries out those that came, reports what was planted. What cannot be done now is
    /// tried again the next time.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub(crate) fn tend_decoys(&mut self, outside: &mut dyn Outside) -> Result<(), NodeError> {
        for (name, mut kept) in self.kept_decoys(SENT)?.into_iter().filter(|(_, kept)| !kept.sent) {
            let to = kept.instruction()?.planter;
            if self.post(to, INSTRUCTION, &kept.signed, outside) {
                kept.sent = true;
                self.keep_decoys(&name, &kept)?;
            }
        }
        for (name, kept) in self.kept_decoys(TODO)? {
            self.carry_out(&name, kept, outside)?;
        }
        self.forget_done()
    }

    /// Takes an instruction to this desk. One that no watch officer signed, or that is not for this desk, is dropped.
    pub(in crate::desk) fn take_instruction(&mut self, signed: &[u8]) -> Result<(), NodeError> {
        let Ok(parsed) = SignedBody::<DecoyInstruction>::parse(signed) else { return Ok(()) };
        let watch = parsed.claims().watch;
        let Some(keys) = self.register.device_keys(watch).cloned() else { return Ok(()) };
        let Ok(verified) = parsed.verify_device(self.mission(), watch.into(), &keys) else { return Ok(()) };
        let (body, at) = (verified.body(), self.moment());
        let officer = self.person_of(watch);
        let may = officer.is_some_and(|person| self.register.is_officer(person, Office::Watch, None, at));
        let guarded = self.register.charter(body.compartment, at).is_some_and(|now| now.rule.is_guarded());
        let fits = (1..=MOST_A_DESK).contains(&body.lengths.len()) && self.now() <= body.until;
        let (todo, done) = (named(TODO, &body.id.0), named(DONE, &body.id.0));
        if !may || !guarded || !fits || body.planter != self.device() {
            return Ok(());
        }
        let known = self.store.read(|db| {
            Ok::<_, NodeError>(local::get(db, &todo)?.is_some() || local::get(db, &done)?.is_some())
        })?;
        if known {
            return Ok(());
        }
        self.keep_decoys(&todo, &Kept::new(verified.bytes().to_vec(), None))
    }

    /// Takes a report of what was planted for this desk's instruction.
    pub(in crate::desk) fn take_planted(&mut self, signed: &[u8]) -> Result<(), NodeError> {
        let Ok(parsed) = SignedBody::<DecoysPlanted>::parse(signed) else { return Ok(()) };
        let planter = parsed.claims().planter;
        let Some(keys) = self.register.device_keys(planter).cloned() else { return Ok(()) };
        let Ok(verified) = parsed.verify_device(self.mission(), planter.into(), &keys) else { return Ok(()) };
        let body = verified.into_body();
        let name = named(SENT, &body.instruction.0);
        let Some(bytes) = self.store.read(|db| local::get(db, &name))? else { return Ok(()) };
        let mut kept = Kept::read(&bytes)?;
        let asked = kept.instruction()?;
        // A desk that was not asked, or names more than it was asked for, would fill the list with others' records.
        if asked.planter != planter || body.entries.len() > asked.lengths.len() || !kept.entries.is_empty() {
            return Ok(());
        }
        kept.entries = body.entries;
        self.keep_decoys(&name, &kept)
    }

    fn carry_out(&mut self, name: &str, mut kept: Kept, outside: &mut dyn Outside) -> Result<(), NodeError> {
        let instruction = kept.instruction()?;
        while let Some(length) = instruction.lengths.get(kept.entries.len()) {
            if self.now() > instruction.until {
                break;
            }
            match self.plant(name, &kept, instruction.compartment, (*length).min(LONGEST)) {
                Ok(now) => kept = now,
                Err(error @ NodeError::Store(_)) => return Err(error),
                // No keys of trustees at hand, no member for now: later.
                Err(_) => {
                    self.drop_unkept()?;
                    return Ok(());
                }
            }
        }
        let report = DecoysPlanted {
            mission: self.mission(),
            planter: self.device(),
            instruction: instruction.id,
            entries: kept.entries,
            made: self.now(),
            extra: Default::default(),
        };
        let signed = sign_statement(&report.payload(), Label::DECOYS_PLANTED, &[&self.secrets])?;
        if !self.post(instruction.watch, REPORT, signed.bytes(), outside) {
            return Ok(());
        }
        // From here on nothing on this desk says which of its entries are decoys.
        let done = named(DONE, &instruction.id.0);
        self.store.commit(|tx| {
            local::remove(tx, name)?;
            local::set(tx, &done, &instruction.until.0.to_be_bytes())
        })
    }

    /// Seals one decoy as the journal's next entry, and notes it in the same commit.
    fn plant(
        &mut self,
        name: &str,
        kept: &Kept,
        compartment: CompartmentId,
        length: u64,
    ) -> Result<Kept, NodeError> {
        let part = decoy(self.make_record_id(), self.now(), length);
        let sealed = self.seal(compartment, vec![part])?;
        self.stage(&[sealed])?;
        let (device, mut kept) = (self.device(), kept.clone());
        self.commit_staged(|tx| {
            let mut newest = tx.prepare_cached(
                "SELECT id FROM entry WHERE device = ?1 AND compartment = ?2 ORDER BY no DESC LIMIT 1",
            )?;
            let id = newest.query_row((device.as_bytes(), compartment.as_bytes()), |row| row.get(0))?;
            kept.entries.push(EntryId::from_bytes(id));
            local::set(tx, name, &kept.bytes())?;
            Ok(())
        })?;
        Ok(kept)
    }

    /// Whether a trustee keeps a mail for a device.
    fn post(
        &mut self,
        to: counterseal_model::DeviceId,
        kind: u64,
        signed: &[u8],
        outside: &mut dyn Outside,
    ) -> bool {
        let Some(person) = self.person_of(to) else { return false };
        let mail = crate::desk::opening::letter(kind, signed);
        self.send_mail(person, Some(to), &mail, outside).is_ok()
    }

    /// Forgets instructions that nobody may carry out any more.
    fn forget_done(&mut self) -> Result<(), NodeError> {
        let now = self.now().0;
        let over: Vec<String> = self
            .store
            .read(|db| local::beginning(db, DONE))?
            .into_iter()
            .filter(|(_, until)| {
                <[u8; 8]>::try_from(until.as_slice()).is_ok_and(|until| i64::from_be_bytes(until) < now)
            })
            .map(|(name, _)| name)
            .collect();
        if over.is_empty() {
            return Ok(());
        }
        self.store.commit(|tx| over.iter().try_for_each(|name| local::remove(tx, name)))
    }
}
