//! A page that leaves as an export does: with a mark of its own, its classification, and a trace that is durable before
//! anybody sees it.

use counterseal_exchange::Mark;
use counterseal_model::Classification;

use super::chart::Labels;
use super::export::{ExportOptions, ExportReport};
use super::read::{RecordView, view};
use super::statements::random;
use super::{Desk, export};
use crate::error::NodeError;
use crate::query;

/// What a page must show on every sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageMark {
    /// The mark, as `trace` finds it in a file.
    pub mark: String,
    /// The highest classification of what is on it.
    pub classification: Classification,
    /// Whether anything on it is invented.
    pub synthetic: bool,
}

impl Desk {
    /// What would stand on such a page, and how it is to be classified; nothing leaves.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn preview_page(
        &self,
        options: &ExportOptions,
    ) -> Result<(Vec<RecordView>, Classification, bool), NodeError> {
        let reader = self.reader();
        self.store.read(|db| {
            let limit = options.limit.unwrap_or(i64::MAX as usize);
            let found = query::find_incidents(db, &options.filter, options.sort, limit)?;
            let labels = found.iter().try_fold(Labels::default(), |sum, found| {
                Ok::<_, NodeError>(sum.and(Labels::of_incident(db, found.record)?))
            })?;
            let views = found.iter().map(|found| view(db, &reader, found.record));
            // A synthetic mission's page says so even where nothing is on it.
            let synthetic = labels.synthetic || self.register.is_synthetic();
            Ok((views.collect::<Result<_, _>>()?, labels.classification, synthetic))
        })
    }

    /// Draws a page of the incidents that `options` choose, called `form` in the trace. Its classification is theirs: of
    /// others it may say totals, and nothing else. The trace is durable when this returns, and nothing is drawn that the policy forbids.
    ///
    /// # Errors
    /// As `export`; when the page cannot be drawn.
    pub fn export_page(
        &mut self,
        options: &ExportOptions,
        form: &str,
        draw: impl FnOnce(&Self, &PageMark, &[RecordView]) -> Result<String, NodeError>,
    ) -> Result<(String, ExportReport), NodeError> {
        let mark = hex::encode(random::<16>(&mut self.rng));
        let leaving = self.check_export(options)?;
        let (views, classification, synthetic) = self.preview_page(options)?;
        let stands = Mark::new(&mark).map_err(|e| NodeError::Verification(e.to_string()))?.in_file();
        let drawn = draw(self, &PageMark { mark: stands, classification, synthetic }, &views)?;
        let mut hash = export::sha256();
        hash.update(drawn.as_bytes());
        let count = views.len() as u64;
        let report = self.keep_trace((options, form), leaving, mark, (count, classification), hash)?;
        Ok((drawn, report))
    }
}
