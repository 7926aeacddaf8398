//! A pouch's file, opened with this device's keys: what is in it, piece by piece.

use std::fs::File;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use counterseal_model::MissionId;
use counterseal_seal::{ChunkOpener, DeviceSecrets};
use counterseal_sync::{CHUNK, ChunkJoiner, PouchEvent, PouchHeader, PouchReader, PouchRefusal, Unread};

use crate::desk::export::file_error;
use crate::desk::room::Room;
use crate::error::NodeError;

/// Bytes read at a time: no more than one sealed chunk, so that what a chunk holds is had before the next.
const PIECE: usize = CHUNK + 16;

/// Where a pouch is.
#[derive(Debug, Clone, Copy)]
pub enum PouchAt<'a> {
    /// In a file.
    File(&'a Path),
    /// In memory, as it was handed over.
    Memory(&'a [u8]),
}

impl<'a> PouchAt<'a> {
    /// What is read, how long it is, and what it is called.
    fn open(self) -> Result<(Box<dyn Read + 'a>, u64, PathBuf), NodeError> {
        match self {
            Self::Memory(bytes) => Ok((Box::new(Cursor::new(bytes)), bytes.len() as u64, PathBuf::new())),
            Self::File(path) => {
                let failed = |e| file_error("read", path, e);
                let file = File::open(path).map_err(failed)?;
                let size = file.metadata().map_err(failed)?.len();
                Ok((Box::new(file), size, path.to_owned()))
            }
        }
    }

    /// Its bytes.
    pub(super) fn size(self) -> Result<u64, NodeError> {
        Ok(self.open()?.1)
    }
}

/// The events of a pouch.
pub(super) struct Source<'a> {
    file: Box<dyn Read + 'a>,
    path: PathBuf,
    opener: ChunkOpener,
    joiner: Option<ChunkJoiner>,
    reader: PouchReader,
    opened: Vec<u8>,
    taken: usize,
    read: u64,
    size: u64,
    whole: bool,
    /// How much may come, and how much has.
    room: Room,
    came: Room,
}

impl<'a> Source<'a> {
    /// Opens a pouch and finds this device's slot.
    ///
    /// # Errors
    /// `Pouch` when it is no pouch or not for this device.
    pub(super) fn open(
        at: PouchAt<'a>,
        secrets: &DeviceSecrets,
        mission: MissionId,
        room: Room,
    ) -> Result<Self, NodeError> {
        let (mut file, size, path) = at.open()?;
        let mut read = Vec::new();
        let (header, rest) = loop {
            let mut input = read.as_slice();
            if let Some(header) = PouchHeader::read(&mut input)? {
                break (header, input.to_vec());
            }
            // A file that is only the beginning of a head is sealed to nobody.
            if piece(&mut file, &path, &mut read)? == 0 {
                return Err(PouchRefusal::NotForThisDevice.into());
            }
        };
        let slots = header.slots().iter().map(|slot| &*slot.0);
        let found = ChunkOpener::find(secrets, &mission, &header.to_bytes(), slots);
        let opener = found.ok_or(PouchRefusal::NotForThisDevice)?;
        let mut source = Self {
            file,
            path,
            opener,
            joiner: Some(ChunkJoiner::new()),
            reader: PouchReader::new(mission),
            opened: Vec::new(),
            taken: 0,
            read: read.len() as u64,
            size,
            whole: false,
            room,
            came: Room { statements: 0, leaves: 0, entries: 0 },
        };
        if !rest.is_empty() {
            source.take(&rest)?;
        }
        Ok(source)
    }

    /// The next event; `None` after the last.
    ///
    /// # Errors
    /// `Pouch` when the rest cannot be read. What came before stands.
    pub(super) fn next(&mut self) -> Result<Option<PouchEvent>, NodeError> {
        loop {
            let mut input = self.opened.get(self.taken..).unwrap_or_default();
            let before = input.len();
            let event = self.reader.feed(&mut input)?;
            self.taken += before - input.len();
            if let Some(event) = event {
                self.note(&event)?;
                return Ok(Some(event));
            }
            if self.joiner.is_none() {
                return Ok(None);
            }
            let mut sealed = Vec::new();
            self.read += piece(&mut self.file, &self.path, &mut sealed)? as u64;
            self.take(&sealed)?;
        }
    }

    /// Anybody who knows this device's keys can write a pouch, of any length.
    fn note(&mut self, event: &PouchEvent) -> Result<(), NodeError> {
        match event {
            PouchEvent::Statements(new) => {
                self.came.statements += new.envelopes.iter().map(|one| one.len()).sum::<usize>();
            }
            PouchEvent::Leaves(new) => self.came.leaves += new.leaves().len(),
            PouchEvent::Entries(new) => self.came.entries += new.len(),
            PouchEvent::Contents(_) | PouchEvent::LogState(_) | PouchEvent::End => {}
        }
        self.room.check(self.came)
    }

    /// Opens what was read; nothing is the file's end, wherever it is now.
    fn take(&mut self, sealed: &[u8]) -> Result<(), PouchRefusal> {
        let opener = &self.opener;
        let mut open =
            |nonce: counterseal_sync::ChunkNonce, chunk: &[u8]| opener.open(nonce.to_bytes(), chunk);
        self.taken = 0;
        if sealed.is_empty() {
            let Some(joiner) = self.joiner.take() else { return Ok(()) };
            (self.opened, self.whole) = joiner.finish(open);
            return Ok(());
        }
        if let Some(joiner) = &mut self.joiner {
            self.opened = joiner.read(sealed, &mut open)?;
        }
        Ok(())
    }

    /// Bytes read, and bytes there are.
    pub(super) fn progress(&self) -> (u64, u64) {
        (self.read, self.size)
    }

    /// Whether it was read to its end.
    pub(super) fn is_whole(&self) -> bool {
        self.whole && self.reader.is_whole()
    }

    /// What it should have held.
    pub(super) fn unread(&self) -> Unread {
        self.reader.unread()
    }
}

/// Reads on; gives how many bytes came, none at the end.
fn piece(file: &mut dyn Read, path: &Path, into: &mut Vec<u8>) -> Result<usize, NodeError> {
    let read = file.take(PIECE as u64).read_to_end(into);
    read.map_err(|e| file_error("read", path, e))
}
