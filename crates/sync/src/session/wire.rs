//! What both ends of a session have in common: frames in, frames out, pings, the end.

use std::collections::VecDeque;

use super::progress::Progress;
use super::refusal::SessionRefusal;
use crate::bounded::{Code, Data};
use crate::frame::{Beat, Ended, Frame, FrameReader, FrameType};
use crate::limits::MAX_WAITING;

#[derive(Debug)]
pub(super) struct Wire {
    reader: FrameReader,
    out: VecDeque<Vec<u8>>,
    ping: Option<[u8; 8]>,
    over: Option<Over>,
    pub(super) progress: Progress,
}

/// How a session came to its end.
#[derive(Debug)]
enum Over {
    /// This side refused what the other did.
    Refused(SessionRefusal),
    /// One of the two said that it ends.
    Ended,
}

impl Wire {
    pub(super) fn new(accepts: &'static [FrameType]) -> Self {
        let (reader, progress) = (FrameReader::new(accepts), Progress::default());
        Self { reader, out: VecDeque::new(), ping: None, over: None, progress }
    }

    /// The next frame that is not about the connection itself, and its bytes.
    pub(super) fn read(&mut self, input: &mut &[u8]) -> Result<Option<(Frame, u64)>, SessionRefusal> {
        match &self.over {
            Some(Over::Refused(refusal)) => return Err(refusal.clone()),
            Some(Over::Ended) => return Ok(None),
            None => {}
        }
        while let Some((frame, bytes)) = self.reader.read(input)? {
            self.progress.bytes_in = self.progress.bytes_in.saturating_add(bytes);
            match frame {
                Frame::Ping(_) if self.out.len() >= MAX_WAITING => return Err(SessionRefusal::TooManyPings),
                Frame::Ping(beat) => drop(self.send(&Frame::Pong(beat))),
                Frame::Pong(beat) if self.ping.take() != Some(beat.mark.0) => {
                    return Err(SessionRefusal::PongUnsolicited);
                }
                Frame::Pong(_) => {}
                frame => return Ok(Some((frame, bytes))),
            }
        }
        Ok(None)
    }

    /// Puts a frame in the queue; its bytes.
    pub(super) fn send(&mut self, frame: &Frame) -> u64 {
        let bytes = frame.to_bytes().unwrap_or_default();
        let length = bytes.len() as u64;
        self.out.extend((length > 0).then_some(bytes));
        length
    }

    /// Puts frames in the queue that were written already.
    pub(super) fn send_all(&mut self, frames: Vec<Vec<u8>>) {
        self.out.extend(frames);
    }

    pub(super) fn next(&mut self) -> Option<Vec<u8>> {
        let bytes = self.out.pop_front()?;
        self.progress.bytes_out = self.progress.bytes_out.saturating_add(bytes.len() as u64);
        Some(bytes)
    }

    pub(super) fn waiting(&self) -> usize {
        self.out.len()
    }

    pub(super) fn is_over(&self) -> bool {
        self.over.is_some()
    }

    pub(super) fn ping(&mut self, mark: [u8; 8]) {
        if self.ping.is_none() && !self.is_over() {
            self.ping = Some(mark);
            self.send(&Frame::Ping(Beat::new(mark)));
        }
    }

    pub(super) fn awaits_pong(&self) -> bool {
        self.ping.is_some()
    }

    /// Ends the session for a reason; what waits to be sent is dropped, but for that reason.
    pub(super) fn end(&mut self, code: Code, detail: Option<Data<64>>) {
        self.out.clear();
        self.send(&Frame::Ended(Ended { detail, ..Ended::new(code) }));
        self.over = Some(Over::Ended);
    }

    /// The other side has ended the session.
    pub(super) fn ended(&mut self) {
        self.out.clear();
        self.over = Some(Over::Ended);
    }

    /// Passes a result on; a refusal ends the session and is told to the other side.
    pub(super) fn judge<T>(&mut self, result: Result<T, SessionRefusal>) -> Result<T, SessionRefusal> {
        if let Err(refusal) = &result
            && !matches!(self.over, Some(Over::Refused(_)))
        {
            if let Some(code) = Code::new(refusal.code()) {
                self.end(code, None);
            }
            self.over = Some(Over::Refused(refusal.clone()));
        }
        result
    }
}
