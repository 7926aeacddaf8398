//! Opening as a desk does it, and where the time goes.

use std::path::Path;

use counterseal_node::{Desk, LinkError, OpeningTerms, Outside, OutsideLine};
use counterseal_register::{Code, JournalLeaf, KeyId, PartRef, TrusteeAnswer, TrusteeCall};

use super::site::{self, PURPOSE, Running};
use super::{OpenArgs, check};
use crate::measure::{Watch, timed};
use crate::outcome::Outcome;

/// Seconds of each request, by what they were for.
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize)]
pub(super) struct Stages {
    pub(super) leaf: Vec<f64>,
    pub(super) proof: Vec<f64>,
    pub(super) trustees: Vec<f64>,
}

/// What a pass shows, in seconds.
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize)]
pub(super) struct Shown {
    pub(super) bulks: Vec<f64>,
    pub(super) bulk_stages: Stages,
    pub(super) singles: Vec<f64>,
    pub(super) single_stages: Stages,
}

/// The way to hub and trustees, with a clock beside it.
struct Timed {
    line: OutsideLine,
    stages: Stages,
}

impl Outside for Timed {
    fn push_leaf(&mut self, desk: &Desk, leaf: &JournalLeaf) -> Result<u64, LinkError> {
        let (pushed, seconds) = timed(|| self.line.push_leaf(desk, leaf));
        self.stages.leaf.push(seconds);
        pushed
    }

    fn prove_leaf(&mut self, desk: &Desk, leaf: &JournalLeaf, index: u64) -> Result<Vec<u8>, LinkError> {
        let (proof, seconds) = timed(|| self.line.prove_leaf(desk, leaf, index));
        self.stages.proof.push(seconds);
        proof
    }

    fn call(
        &mut self,
        desk: &Desk,
        calls: Vec<(KeyId, TrusteeCall)>,
        heard: &mut dyn FnMut(KeyId, Result<TrusteeAnswer, LinkError>) -> bool,
    ) {
        let ((), seconds) = timed(|| self.line.call(desk, calls, heard));
        self.stages.trustees.push(seconds);
    }
}

/// Bulk requests, and then single ones.
pub(super) fn measure(folder: &Path, args: &OpenArgs) -> Outcome<Shown> {
    let mut running = Running::start(folder)?;
    let parts = site::parts(folder)?;
    let mut shown = Shown::default();
    for _ in 0..args.bulks {
        shown.bulks.push(open(&mut running, &parts, &mut shown.bulk_stages)?);
    }
    for part in parts.iter().cycle().take(args.singles) {
        shown.singles.push(open(&mut running, &[*part], &mut shown.single_stages)?);
    }
    running.stop()?;
    Ok(shown)
}

/// From the request to the parts in memory. The connection is made anew for each, as the command line does.
fn open(running: &mut Running, parts: &[PartRef], stages: &mut Stages) -> Outcome<f64> {
    let purpose = Code::parse(PURPOSE).ok_or("the purpose is no code")?;
    let line = OutsideLine::new(&running.hub(), running.elsewhere()?);
    let mut outside = Timed { line, stages: std::mem::take(stages) };
    let (desk, watch) = (&mut running.reader, Watch::start());
    let asking = desk.prepare_opening(OpeningTerms::new(parts.to_vec(), purpose))?;
    let until = counterseal_model::Timestamp(desk.now().0 + 60);
    let asked = desk.open_parts(asking, &mut outside, until)?;
    let seconds = watch.seconds();
    *stages = outside.stages;
    check(parts.len(), asked.parts.iter().filter(|part| part.content.is_some()).count())?;
    desk.close_opened();
    Ok(seconds)
}
