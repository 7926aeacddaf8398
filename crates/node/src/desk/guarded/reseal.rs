//! A part that a trustee refused, and whose text is held here still: sealed anew, as another entry, to the keys of now.

use counterseal_model::EntryId;
use counterseal_register::HoldRule;
use zeroize::Zeroizing;

use super::seal::OwnGuarded;
use super::view::TrusteeSays;
use crate::desk::Desk;
use crate::desk::write::INDEX_BITS;
use crate::error::NodeError;

impl Desk {
    /// Seals what a refused entry says into a new one, and drops it from the old in the same commit. It is the same version
    /// of the same record, whichever of the two is opened. Gives the new entry.
    ///
    /// # Errors
    /// `NotRefused` when no trustee has refused it; `NotHeld` when this desk does not have its text any more: then it
    /// has to be written again. As `write_guarded`; nothing is changed then.
    pub fn reseal(&mut self, text: &str) -> Result<EntryId, NodeError> {
        let old = self.find_guarded(text)?;
        let is_refused = |says: &TrusteeSays| matches!(says, TrusteeSays::Refused(_) | TrusteeSays::Both(_));
        if !old.trustees.iter().any(|one| is_refused(&one.says)) {
            return Err(NodeError::NotRefused { entry: old.entry });
        }
        let (no, held) = self.store.read(|db| {
            let find = "SELECT no FROM entry WHERE id = ?1";
            let no: i64 = db.query_row(find, [old.entry.as_bytes()], |row| row.get(0))?;
            let mut list =
                db.prepare_cached("SELECT plaintext FROM held WHERE part >> ?2 = ?1 ORDER BY part")?;
            let held = list.query_map((no, INDEX_BITS), |row| row.get(0).map(Zeroizing::new))?;
            Ok::<_, NodeError>((no, held.collect::<Result<Vec<Zeroizing<Vec<u8>>>, _>>()?))
        })?;
        // Each guarded part is an entry of its own.
        let plaintext = held.into_iter().next().ok_or(NodeError::NotHeld { entry: old.entry })?;
        self.check_active()?;
        let epoch = self.writable_epoch(old.compartment)?;
        let mut sealed = self.seal_plaintext(old.compartment, epoch, &plaintext)?;
        let charter = self.register.charter(old.compartment, self.moment());
        let hold = charter.map_or(HoldRule::None, |charter| charter.hold);
        let held = if hold == HoldRule::UntilAcknowledged { vec![plaintext] } else { Vec::new() };
        sealed.guarded = Some(OwnGuarded::new(self.now(), held));
        let new = sealed.id();
        let kept = self.stage(&[sealed]).and_then(|()| {
            self.commit_staged(|tx| {
                tx.execute("DELETE FROM held WHERE part >> ?2 = ?1", (no, INDEX_BITS))?;
                let again =
                    "UPDATE own_guarded SET again = (SELECT no FROM entry WHERE id = ?2) WHERE entry = ?1";
                tx.execute(again, (no, new.as_bytes()))?;
                Ok(())
            })
        });
        if kept.is_err() {
            self.drop_unkept()?;
        }
        kept.map(|()| new)
    }
}
