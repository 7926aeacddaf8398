//! The place of a statement on its chain: of two with one predecessor the lower index wins, the
//! other is void and shown (PROTOCOL section 2).

use counterseal_model::StatementId;

use super::signers::Said;
use super::state::{Standing, State, Void};
use crate::refusal::Refusal;

/// Where a statement would stand.
pub(super) enum Place {
    /// After its predecessor, which nothing follows yet; or beside the chain.
    Free,
    /// Nowhere: another follows its predecessor already.
    Taken {
        /// The other.
        by: StatementId,
    },
}

impl State {
    /// Finds the place. Of the log, the reader of what was only sighted may hold less than its maker
    /// had seen; a restriction is not refused for that.
    pub(super) fn place(&self, said: &Said<'_>) -> Result<Place, Refusal> {
        let (chain, prev) = (said.statement.chain, said.statement.prev);
        let beside = said.statement.act.is_beside_chain();
        let Some(prev) = prev else {
            return match self.chain_heads.get(&chain) {
                None if !beside => Ok(Place::Free),
                Some(_) if !beside => Ok(Place::Taken { by: self.chain_first(said)? }),
                _ => Err(Refusal::UnknownPredecessor),
            };
        };
        if self.voids.contains_key(&prev) {
            return Err(Refusal::VoidPredecessor { statement: prev });
        }
        match self.standing.get(&(chain, prev)) {
            None if beside && said.sighted => Ok(Place::Free),
            None => Err(Refusal::UnknownPredecessor),
            Some(_) if beside => Ok(Place::Free),
            Some(standing) if standing.beside => Err(Refusal::UnknownPredecessor),
            Some(Standing { successor: Some(by), .. }) => Ok(Place::Taken { by: *by }),
            Some(_) => Ok(Place::Free),
        }
    }

    /// The first statement of a chain: the one that a statement without predecessor loses to.
    fn chain_first(&self, said: &Said<'_>) -> Result<StatementId, Refusal> {
        let chain = said.statement.chain;
        let on_chain = self.standing.iter().filter(|((c, _), standing)| *c == chain && !standing.beside);
        let first = on_chain.min_by_key(|(_, standing)| standing.position);
        first.map(|((_, id), _)| *id).ok_or(Refusal::UnknownPredecessor)
    }

    /// What a statement claims to have seen of the log must lie between its predecessor and itself.
    pub(super) fn check_seen(&self, said: &Said<'_>) -> Result<(), Refusal> {
        let (seen, index) = (said.statement.log_size, said.moment.position.index);
        let prev = said.statement.prev.and_then(|prev| self.standing.get(&(said.statement.chain, prev)));
        let saw_prev = prev.is_none_or(|prev| prev.position.index < seen);
        // Zero: made without sight of a log.
        if seen == 0 || (seen <= index && saw_prev) { Ok(()) } else { Err(Refusal::SeesTheFuture) }
    }

    /// Records that a statement stands.
    pub(super) fn stand(&mut self, said: &Said<'_>) {
        let chain = said.statement.chain;
        let beside = said.statement.act.is_beside_chain();
        if !beside {
            if let Some(prev) = said.statement.prev.and_then(|prev| self.standing.get_mut(&(chain, prev))) {
                prev.successor = Some(said.id);
            }
            self.chain_heads.insert(chain, said.id);
        }
        let standing = Standing { position: said.moment.position, successor: None, beside };
        self.standing.insert((chain, said.id), standing);
        self.last = said.moment;
    }

    /// Records that a statement is void.
    pub(super) fn void(&mut self, said: &Said<'_>, winner: StatementId) {
        let void = Void { statement: said.id, position: said.moment.position, winner };
        self.voids.insert(said.id, void);
        self.last = said.moment;
    }

    /// Whether a statement was applied, standing or void.
    pub(super) fn is_applied(&self, said: &Said<'_>) -> bool {
        self.voids.contains_key(&said.id) || self.standing.contains_key(&(said.statement.chain, said.id))
    }
}
