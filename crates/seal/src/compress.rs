//! Compression of open parts: one zstd frame (RFC 8878) against the shipped dictionary, without magic
//! number, checksum, dictionary id and content size: the header is authenticated already and says all
//! that. Compression comes before padding: docs/decisions/0003.

use std::sync::LazyLock;

use thiserror::Error;
use zeroize::Zeroizing;
use zstd::bulk;
use zstd::dict::{DecoderDictionary, EncoderDictionary};
use zstd::zstd_safe::{self, CParameter, DParameter, FrameFormat};

/// Most bytes that a part's content may have, before compression.
pub const MAX_CONTENT: usize = 4 * 1024 * 1024;

/// The dictionary that form 1 names. Its SHA-256 is in docs/spec/sealing.md; it never changes, a new one
/// gets a new form.
pub(crate) static DICTIONARY_V1: &[u8] = include_bytes!("../data/dictionary-v1.zstd");

/// The fastest level that brings most reports under the padding's floor (docs/decisions/0003).
const LEVEL: i32 = 1;

/// The first byte of the content: how the rest of it is stored.
const FORM_STORED: u8 = 0;
const FORM_ZSTD_V1: u8 = 1;

/// Enough for nearly every part: tried before the whole of `MAX_CONTENT` is set aside.
const USUAL_CONTENT: usize = 16 * 1024;

static ENCODER: LazyLock<Option<EncoderDictionary<'static>>> =
    LazyLock::new(|| EncoderDictionary::try_new(DICTIONARY_V1, LEVEL).ok());
static DECODER: LazyLock<Option<DecoderDictionary<'static>>> =
    LazyLock::new(|| DecoderDictionary::try_new(DICTIONARY_V1).ok());

/// zstd could not be set up; memory ran out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the compressor could not be set up: close other programs and try again")]
pub struct NoCompressor;

/// Compresses part after part with one context.
pub(crate) struct Compressor {
    context: bulk::Compressor<'static>,
    frame: Zeroizing<Vec<u8>>,
}

impl Compressor {
    pub(crate) fn new() -> Result<Self, NoCompressor> {
        let mut context = ENCODER
            .as_ref()
            .and_then(|dictionary| bulk::Compressor::with_prepared_dictionary(dictionary).ok())
            .ok_or(NoCompressor)?;
        for parameter in [
            CParameter::Format(FrameFormat::Magicless),
            CParameter::ChecksumFlag(false),
            CParameter::DictIdFlag(false),
            CParameter::ContentSizeFlag(false),
        ] {
            context.set_parameter(parameter).map_err(|_| NoCompressor)?;
        }
        Ok(Self { context, frame: Zeroizing::new(Vec::new()) })
    }

    /// Form byte and body, compressed where that is shorter, with room for `spare` bytes more.
    pub(crate) fn pack(&mut self, content: &[u8], spare: impl Fn(usize) -> usize) -> Vec<u8> {
        self.frame.clear();
        self.frame.reserve(zstd_safe::compress_bound(content.len()));
        let compressed = self.context.compress_to_buffer(content, &mut *self.frame);
        let (form, body) = match compressed {
            Ok(len) if len < content.len() => (FORM_ZSTD_V1, self.frame.as_slice()),
            _ => (FORM_STORED, content),
        };
        let mut packed = Vec::with_capacity(spare(1 + body.len()));
        packed.push(form);
        packed.extend_from_slice(body);
        packed
    }
}

/// Form byte and body, not compressed, with room for `spare` bytes more: of a guarded part, whose length
/// must not depend on what it says.
pub(crate) fn store(content: &[u8], spare: impl Fn(usize) -> usize) -> Vec<u8> {
    let mut packed = Vec::with_capacity(spare(1 + content.len()));
    packed.push(FORM_STORED);
    packed.extend_from_slice(content);
    packed
}

/// Undoes `store`, and refuses every other form.
pub(crate) fn stored(packed: &[u8]) -> Option<&[u8]> {
    match packed.split_first()? {
        (&FORM_STORED, content) if content.len() <= MAX_CONTENT => Some(content),
        _ => None,
    }
}

/// Undoes `Compressor::pack`, part after part, with one context.
pub(crate) struct Decompressor(bulk::Decompressor<'static>);

impl Decompressor {
    pub(crate) fn new() -> Result<Self, NoCompressor> {
        let mut context = DECODER
            .as_ref()
            .and_then(|dictionary| bulk::Decompressor::with_prepared_dictionary(dictionary).ok())
            .ok_or(NoCompressor)?;
        context.set_parameter(DParameter::Format(FrameFormat::Magicless)).map_err(|_| NoCompressor)?;
        Ok(Self(context))
    }

    /// The content, if the bytes are a packed one of no more than `MAX_CONTENT` bytes.
    pub(crate) fn unpack(&mut self, packed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let (form, body) = packed.split_first()?;
        match *form {
            FORM_STORED if body.len() <= MAX_CONTENT => Some(Zeroizing::new(body.to_vec())),
            FORM_ZSTD_V1 => self.inflate(body, USUAL_CONTENT).or_else(|| self.inflate(body, MAX_CONTENT)),
            _ => None,
        }
    }

    /// Bounded by the room given: a few bytes that claim to be gigabytes cost no more than that.
    fn inflate(&mut self, frame: &[u8], room: usize) -> Option<Zeroizing<Vec<u8>>> {
        let mut content = Zeroizing::new(Vec::with_capacity(room));
        self.0.decompress_to_buffer(frame, &mut *content).ok()?;
        (content.len() <= MAX_CONTENT).then_some(content)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pack(content: &[u8]) -> Vec<u8> {
        Compressor::new().unwrap().pack(content, |len| len)
    }

    fn unpack(packed: &[u8]) -> Option<Vec<u8>> {
        Decompressor::new().unwrap().unpack(packed).map(|content| content.to_vec())
    }

    #[test]
    fn content_comes_back() {
        let text = "Armed men on motorbikes attacked the village of Kouki. ".repeat(1000);
        for content in [&b""[..], b"x", &text.as_bytes()[..500], text.as_bytes(), &[0; MAX_CONTENT]] {
            assert_eq!(unpack(&pack(content)).as_deref(), Some(content));
        }
    }

    #[test]
    fn what_does_not_get_shorter_is_stored() {
        let noise: Vec<u8> = (0..=255).collect();
        assert_eq!(pack(&noise)[0], FORM_STORED);
        assert_eq!(pack(&noise).len(), 257);
        let text = "a".repeat(300);
        assert_eq!(pack(text.as_bytes())[0], FORM_ZSTD_V1);
    }

    #[test]
    fn a_frame_that_claims_too_much_is_refused() {
        let bomb = pack(&vec![0; MAX_CONTENT + 1]);
        assert!(bomb.len() < 2048 && bomb[0] == FORM_ZSTD_V1);
        assert_eq!(unpack(&bomb), None);
        let mut stored = vec![FORM_STORED];
        stored.resize(MAX_CONTENT + 2, 1);
        assert_eq!(unpack(&stored), None);
    }

    #[test]
    fn other_forms_and_broken_frames_are_refused() {
        assert_eq!(unpack(b""), None);
        assert_eq!(unpack(&[2, 1, 2, 3]), None);
        let packed = pack("a village near Bria, a village near Bria".repeat(9).as_bytes());
        assert_eq!(unpack(&packed[..packed.len() - 1]), None, "cut short");
        let with_magic = [&[FORM_ZSTD_V1, 0x28, 0xb5, 0x2f, 0xfd], &packed[1..]].concat();
        assert_eq!(unpack(&with_magic), None);
    }

    #[test]
    fn one_content_has_one_form_whatever_came_before_it() {
        let mut compressor = Compressor::new().unwrap();
        let contents: Vec<String> =
            (0..50).map(|i| format!("{i} people were reported killed in {i} places near Bria")).collect();
        for content in contents.iter().chain(contents.iter().rev()) {
            assert_eq!(compressor.pack(content.as_bytes(), |len| len), pack(content.as_bytes()));
        }
    }
}
