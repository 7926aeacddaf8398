//! Frames out of a stream of bytes that comes in any pieces.

use super::{Frame, FrameRefusal, FrameType};
use crate::limits::FRAME_HEAD;

/// Puts frames together from chunks of any length. It holds at most one frame, and of a frame only what
/// has come: the length is a peer's word until then.
#[derive(Debug)]
pub struct FrameReader {
    accepts: &'static [FrameType],
    head: Vec<u8>,
    body: Vec<u8>,
    refused: Option<FrameRefusal>,
}

impl FrameReader {
    /// Reads frames of these types; others are refused before their body is taken in.
    #[must_use]
    pub fn new(accepts: &'static [FrameType]) -> Self {
        Self { accepts, head: Vec::with_capacity(FRAME_HEAD), body: Vec::new(), refused: None }
    }

    /// Takes what the present frame needs from the front of `input`; gives the frame when it is whole,
    /// and its bytes. `None` when the input is used up.
    ///
    /// # Errors
    /// See `FrameRefusal`. After one, it gives the same for ever.
    pub fn read(&mut self, input: &mut &[u8]) -> Result<Option<(Frame, u64)>, FrameRefusal> {
        if let Some(refusal) = &self.refused {
            return Err(refusal.clone());
        }
        let read = self.read_on(input);
        if let Err(refusal) = &read {
            self.refused = Some(refusal.clone());
            (self.head, self.body) = (Vec::new(), Vec::new());
        }
        read
    }

    /// Whether a frame has begun and is not whole yet.
    #[must_use]
    pub fn is_within_frame(&self) -> bool {
        !self.head.is_empty()
    }

    fn read_on(&mut self, input: &mut &[u8]) -> Result<Option<(Frame, u64)>, FrameRefusal> {
        take(input, &mut self.head, FRAME_HEAD);
        let Some((kind, length)) = self.check_head()? else { return Ok(None) };
        take(input, &mut self.body, length);
        if self.body.len() < length {
            return Ok(None);
        }
        let body = std::mem::take(&mut self.body);
        self.head.clear();
        let bytes = (FRAME_HEAD + body.len()) as u64;
        Frame::parse(kind, &body).map(|frame| Some((frame, bytes)))
    }

    fn check_head(&self) -> Result<Option<(FrameType, usize)>, FrameRefusal> {
        // The type is refused as soon as it is there.
        let Some(&code) = self.head.first() else { return Ok(None) };
        let kind = FrameType::from_code(code).ok_or(FrameRefusal::UnknownType { code })?;
        if !self.accepts.contains(&kind) {
            return Err(FrameRefusal::NotHere { kind });
        }
        let Some(length) = self.head.last_chunk::<4>().filter(|_| self.head.len() == FRAME_HEAD) else {
            return Ok(None);
        };
        let length = u32::from_be_bytes(*length);
        match usize::try_from(length).ok().filter(|length| *length <= kind.limit()) {
            Some(length) => Ok(Some((kind, length))),
            None => Err(FrameRefusal::TooLong { kind, bytes: u64::from(length) }),
        }
    }
}

/// Moves bytes from the front of `input` until `to` has `length`.
fn take(input: &mut &[u8], to: &mut Vec<u8>, length: usize) {
    let wanted = length.saturating_sub(to.len());
    if let Some((taken, rest)) = input.split_at_checked(wanted.min(input.len())) {
        to.extend_from_slice(taken);
        *input = rest;
    }
}
