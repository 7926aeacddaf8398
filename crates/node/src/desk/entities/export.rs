//! A chart goes into a file: marked, weighed by the policy and traced like every export.

use counterseal_exchange::{ExportHead, Exporter, Mark};
use counterseal_model::record::Kind;
use counterseal_model::{Classification, RecordId};

use super::chart::{ChartAsk, Drawing};
use super::ties::word_of;
use crate::desk::Desk;
use crate::desk::chart::{Chart, Labels};
use crate::desk::export::{ExportOptions, ExportReport, Hashing, write_row};
use crate::desk::read::view;
use crate::desk::sharing::parts_shown;
use crate::desk::statements::random;
use crate::error::NodeError;

impl Desk {
    /// Exports what a chart shows, with the records that are said to be one and what says so. The trace is durable when
    /// this returns. Of `options`, everything but the filter counts; the format is GraphML, the one that has a place for it.
    ///
    /// # Errors
    /// `NoRecord`; `NoPurpose` and `NotPermitted` as `export`; when the trace cannot be kept.
    pub fn export_chart(
        &mut self,
        start: RecordId,
        ask: &ChartAsk,
        options: &ExportOptions,
    ) -> Result<(Vec<u8>, ExportReport), NodeError> {
        let number = self.record_number(start)?;
        let reader = self.reader();
        let numbers = self
            .store
            .read(|db| Ok::<_, NodeError>(Drawing::begin(db, &reader, number, ask)?.all_numbers()))?;
        let named = self.store.read(|db| {
            let links = Chart::of_records(db, &reader, &numbers)?;
            parts_shown(db, numbers.iter().copied().chain(links.link_numbers()))
        })?;
        let leaving = self.check_leaving(named, options)?;
        let mark = hex::encode(random::<16>(&mut self.rng));
        let (count, classification, out) = self.write_chart(&numbers, options, &mark)?;
        let form = (options, options.format.word());
        let report = self.keep_trace(form, leaving, mark, (count, classification), out.hash)?;
        Ok((out.out, report))
    }

    fn write_chart(
        &self,
        numbers: &[i64],
        options: &ExportOptions,
        mark: &str,
    ) -> Result<(u64, Classification, Hashing<Vec<u8>>), NodeError> {
        let mark = Mark::new(mark).map_err(|e| NodeError::Verification(e.to_string()))?;
        let reader = self.reader();
        self.store.read(|db| {
            let chart = Chart::of_records(db, &reader, numbers)?;
            let (mut incidents, mut labels) = (Vec::new(), chart.labels);
            for record in numbers {
                if word_of(db, *record)? == Some(Kind::Incident.word()) {
                    let own = Labels::of_incident(db, *record)?;
                    labels = labels.and(own);
                    incidents.push((*record, own));
                }
            }
            let Labels { classification, synthetic } = labels;
            let head = ExportHead { mark, classification, synthetic };
            let mut exporter = Exporter::new(options.format, Hashing::new(Vec::new()), head)?;
            for (record, own) in incidents {
                write_row(db, &mut exporter, &view(db, &reader, record)?, own)?;
            }
            chart.write(&mut exporter)?;
            let (out, written) = exporter.finish()?;
            Ok((written.incidents.saturating_add(written.entities), classification, out))
        })
    }
}
