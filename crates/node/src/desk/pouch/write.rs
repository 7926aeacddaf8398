//! Writing a pouch: to a new file, whole or not at all.

use std::io::{self, BufWriter, Write};
use std::path::Path;

use counterseal_seal::{ChunkSealer, PouchMaker, PouchSealError};
use counterseal_sync::{ChunkSplitter, PouchHeader, PouchWriter, SLOT_LEN, Slot, Urgency, slots_for};

use super::options::{PouchOptions, Scope};
use super::plan::{Listed, Plan};
use super::report::PouchReport;
use crate::desk::Desk;
use crate::desk::export::{file_error, take_name};
use crate::desk::statements::{random, recipient};
use crate::error::NodeError;
use crate::store::flush_directory;

/// Entries that are read before they are written.
const BATCH: usize = 256;

impl Desk {
    /// Writes a pouch into a new file at `path`. When this returns it is durable there; when anything fails,
    /// there is no file. `progress` is told how many of how many entries are written.
    ///
    /// # Errors
    /// When there is nobody to receive it, a receiver must not have one, the file is there already, or it
    /// cannot be written.
    pub fn write_pouch(
        &mut self,
        path: &Path,
        options: &PouchOptions,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<PouchReport, NodeError> {
        if path.exists() {
            return Err(file_error("write", path, io::Error::from(io::ErrorKind::AlreadyExists)));
        }
        let scope = self.scope(options)?;
        self.batch_for_pouch(&scope.compartments)?;
        let plan = Plan::of(self, options, &scope)?;
        // A random name: nothing that is there already is written over.
        let mut unfinished = path.as_os_str().to_owned();
        unfinished.push(format!(".{}.unfinished", hex::encode(random::<8>(&mut self.rng))));
        let unfinished = Path::new(&unfinished);
        let written = self.write_unfinished(unfinished, &plan, &scope, progress).and_then(|bytes| {
            take_name(unfinished, path).map_err(|e| file_error("name", path, e))?;
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
            flush_directory(folder.unwrap_or(Path::new("."))).map_err(|e| file_error("write", path, e))?;
            Ok(bytes)
        });
        if written.is_err() {
            // What is half written is of no use; it may not even be there.
            let _gone = std::fs::remove_file(unfinished);
        }
        Ok(report_of(plan, scope, written?))
    }

    fn write_unfinished(
        &mut self,
        path: &Path,
        plan: &Plan,
        scope: &Scope,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<u64, NodeError> {
        let failed = |e| file_error("write", path, e);
        let made = crate::store::private().create_new(true).write(true).open(path);
        let file = made.map_err(|e| file_error("make", path, e))?;
        let written = self.write_to(BufWriter::new(file), path, plan, scope, progress)?;
        let file = written.into_inner().map_err(|e| failed(e.into_error()))?;
        file.sync_all().map_err(failed)?;
        Ok(file.metadata().map_err(failed)?.len())
    }

    /// As `write_pouch`, in memory: for somebody who carries it on. Never more than so many bytes.
    ///
    /// # Errors
    /// As `write_pouch`, and when it would be larger.
    pub fn make_pouch(
        &mut self,
        options: &PouchOptions,
        most: usize,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<(Vec<u8>, PouchReport), NodeError> {
        let scope = self.scope(options)?;
        self.batch_for_pouch(&scope.compartments)?;
        let plan = Plan::of(self, options, &scope)?;
        let sink = Bounded { bytes: Vec::new(), most };
        let made = self.write_to(sink, Path::new("pouch"), &plan, &scope, progress)?.bytes;
        let report = report_of(plan, scope, made.len() as u64);
        Ok((made, report))
    }

    fn write_to<W: Write>(
        &mut self,
        sink: W,
        path: &Path,
        plan: &Plan,
        scope: &Scope,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<W, NodeError> {
        let failed = |e| file_error("write", path, e);
        let (head, sealer) = self.head_of(plan, scope)?;
        let mut out = Out { file: sink, splitter: ChunkSplitter::new(), sealer, path };
        out.file.write_all(&head).map_err(failed)?;
        let (mut writer, begun) = PouchWriter::begin(plan.contents.clone(), plan.logs.clone());
        out.write(&begun)?;
        out.write(&writer.statements(Some(plan.statements.0), plan.statements.1.clone()))?;
        out.write(&writer.statements(None, plan.waiting.clone()))?;
        let total = plan.entries.len() as u64;
        let mut done = 0;
        let flash = plan.entries.iter().take_while(|entry| entry.urgency == Urgency::Flash);
        let (flash, others) = plan.entries.split_at_checked(flash.count()).unwrap_or_default();
        for (part, leaves) in [(flash, true), (others, false)] {
            for batch in
                part.chunk_by(|a, b| a.urgency == b.urgency).flat_map(|one| one.chunks(batch_of(one)))
            {
                out.write(&self.pack(&mut writer, batch)?)?;
                done += batch.len() as u64;
                progress(done, total);
            }
            // A first pouch has many leaves: what is urgent does not wait for them.
            if leaves {
                out.write(&writer.leaves(plan.leaves.0, &plan.leaves.1))?;
            }
        }
        out.write(&writer.end())?;
        out.finish()
    }

    /// The head with a slot for every receiver, and what seals the chunks after it.
    fn head_of(&mut self, plan: &Plan, scope: &Scope) -> Result<(Vec<u8>, ChunkSealer), NodeError> {
        let at = self.moment();
        let keys = scope.receivers.iter().map(|device| recipient(&self.register, *device, at));
        let keys: Vec<_> = keys.collect::<Result<_, _>>()?;
        let mission = self.register.mission();
        let (mut maker, slots) =
            PouchMaker::begin(&mut self.rng, &self.secrets, mission, &keys, &plan.digest())?;
        let mut slots: Vec<Slot> = slots.into_iter().map(Slot).collect();
        let count = slots_for(slots.len()).ok_or(NodeError::NoReceivers)?;
        while slots.len() < count {
            slots.push(Slot(maker.nobodys_slot()?));
        }
        // All slots are there; none is left for the layout to fill.
        let nobody = || Slot(Box::new([0; SLOT_LEN]));
        let header = PouchHeader::new(slots, nobody, |count| maker.below(count));
        let head = header.ok_or(NodeError::NoReceivers)?.to_bytes();
        let sealer = maker.chunks(&head)?;
        Ok((head, sealer))
    }

    fn pack(&self, writer: &mut PouchWriter, batch: &[Listed]) -> Result<Vec<u8>, NodeError> {
        let Some(first) = batch.first() else { return Ok(Vec::new()) };
        let given = batch.iter().map(|listed| Ok((listed.leaf, self.entry(listed.no)?.entry)));
        let given: Vec<_> = given.collect::<Result<_, NodeError>>()?;
        Ok(writer.entries(first.urgency, given.iter().map(|(leaf, entry)| (*leaf, entry))))
    }
}

fn report_of(plan: Plan, scope: Scope, bytes: u64) -> PouchReport {
    PouchReport {
        receivers: scope.receivers,
        statements: (plan.statements.1.len() + plan.waiting.len()) as u64,
        leaves: plan.leaves.1.len() as u64,
        entries: plan.entries.len() as u64,
        bytes,
        left_out: plan.left_out,
    }
}

/// How many entries of one urgency are read at a time: a large one may have megabytes.
fn batch_of(entries: &[Listed]) -> usize {
    if entries.first().is_some_and(|entry| entry.urgency == Urgency::Large) { 2 } else { BATCH }
}

/// Memory with an end.
struct Bounded {
    bytes: Vec<u8>,
    most: usize,
}

impl Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.bytes.len().saturating_add(bytes.len()) > self.most {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What is sealed, and where it goes.
struct Out<'a, W> {
    file: W,
    splitter: ChunkSplitter,
    sealer: ChunkSealer,
    path: &'a Path,
}

impl<W: Write> Out<'_, W> {
    fn write(&mut self, frames: &[u8]) -> Result<(), NodeError> {
        let sealer = &mut self.sealer;
        let sealed = self
            .splitter
            .write::<PouchSealError>(frames, |nonce, chunk| sealer.seal(nonce.to_bytes(), chunk))?;
        self.file.write_all(&sealed).map_err(|e| file_error("write", self.path, e))
    }

    /// The last chunk; gives back what was written to.
    fn finish(mut self) -> Result<W, NodeError> {
        let sealer = &mut self.sealer;
        let sealed =
            self.splitter.finish::<PouchSealError>(|nonce, chunk| sealer.seal(nonce.to_bytes(), chunk))?;
        self.file.write_all(&sealed).map_err(|e| file_error("write", self.path, e))?;
        Ok(self.file)
    }
}
