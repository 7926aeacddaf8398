//! GeoJSON (RFC 7946) as rows: the features of a collection, one by one.
//!
//! The collection is cut into features by counting brackets, without recursion and without
//! keeping it; only one feature at a time, of bounded size, is parsed.

use std::io::Read;

use super::properties::Slots;
use super::stream::Stream;
use super::{Fault, MAX_ROW, Pulled};
use crate::import::ImportError;
use crate::table::{Header, Record};

pub(crate) struct FeatureSource<R> {
    stream: Stream<R>,
    slots: Slots,
    feature: Vec<u8>,
    first: bool,
    done: bool,
}

/// How taking one JSON value ended.
enum Taken {
    Whole,
    TooLong,
    Broken,
}

impl<R: Read> FeatureSource<R> {
    /// Goes to the first feature, past whatever else the collection says.
    pub(crate) fn open(input: R) -> Result<Self, ImportError> {
        let mut source = Self {
            stream: Stream::new(input),
            slots: Slots::new(),
            feature: Vec::new(),
            first: true,
            done: false,
        };
        while source.stream.peek()?.is_some_and(|byte| b"\xef\xbb\xbf".contains(&byte)) {
            source.stream.bump();
        }
        let no_features =
            || ImportError::BadHeader { reason: "this is JSON without a list of features".to_owned() };
        let mut opening = b'{';
        loop {
            if source.stream.peek_sign()? != Some(opening) {
                return Err(no_features());
            }
            opening = b',';
            source.stream.bump();
            source.take_value()?;
            let key = std::mem::take(&mut source.feature);
            if source.stream.peek_sign()? != Some(b':') {
                return Err(no_features());
            }
            source.stream.bump();
            if key == b"\"features\"" && source.stream.peek_sign()? == Some(b'[') {
                source.stream.bump();
                return Ok(source);
            }
            source.take_value()?;
        }
    }

    pub(crate) fn header(&self) -> &Header {
        self.slots.header()
    }

    pub(crate) fn pull(&mut self, record: &mut Record) -> Result<Pulled, ImportError> {
        let sign = self.stream.peek_sign()?;
        if self.done {
            return Ok(Pulled::End);
        }
        match (sign, self.first) {
            (Some(b']'), _) => {
                self.done = true;
                return Ok(Pulled::End);
            }
            (Some(b','), false) => self.stream.bump(),
            (Some(_), true) => {}
            _ => return Ok(self.broken_off()),
        }
        self.first = false;
        self.stream.peek_sign()?;
        let line = self.stream.line();
        Ok(match self.take_value()? {
            Taken::Broken => self.broken_off(),
            Taken::TooLong => {
                let reason = format!("the feature is longer than {MAX_ROW} bytes");
                Pulled::Bad(line, Fault::new(reason, self.feature.get(..4096).unwrap_or_default()))
            }
            Taken::Whole => match self.slots.fill(&self.feature, record) {
                Ok(()) => Pulled::Row(line),
                Err(fault) => Pulled::Bad(line, fault),
            },
        })
    }

    fn broken_off(&mut self) -> Pulled {
        self.done = true;
        let reason = "the list of features breaks off here; nothing after this line was read";
        Pulled::Bad(self.stream.line(), Fault::new(reason, self.feature.get(..4096).unwrap_or(&self.feature)))
    }

    /// Takes one JSON value into `feature`, by its brackets; what it holds is checked later.
    fn take_value(&mut self) -> Result<Taken, ImportError> {
        self.feature.clear();
        let (mut depth, mut in_text, mut escaped, mut too_long) = (0_u64, false, false, false);
        self.stream.peek_sign()?;
        while let Some(byte) = self.stream.peek()? {
            let outside = depth == 0 && !in_text;
            if outside && !self.feature.is_empty() && matches!(byte, b',' | b':' | b']' | b'}') {
                break;
            }
            self.stream.bump();
            too_long |= self.feature.len() >= MAX_ROW;
            if !too_long {
                self.feature.push(byte);
            }
            match byte {
                _ if escaped => escaped = false,
                b'\\' if in_text => escaped = true,
                b'"' => in_text = !in_text,
                b'{' | b'[' if !in_text => depth += 1,
                b'}' | b']' if !in_text => depth = depth.saturating_sub(1),
                _ => continue,
            }
            if depth == 0 && !in_text {
                return Ok(if too_long { Taken::TooLong } else { Taken::Whole });
            }
        }
        let unfinished = depth > 0 || in_text || self.feature.is_empty();
        Ok(if unfinished { Taken::Broken } else { Taken::Whole })
    }
}
