//! What a witness answers (tlog-witness, "add-checkpoint"), as the log reads it.

use crate::note::SignatureLine;
use crate::text::{Malformed, parse_decimal};

/// A witness's answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// 200: its cosignatures, which nobody has checked yet.
    Cosigned(Vec<SignatureLine>),
    /// 409: it last cosigned another size. The log asks again with a proof from there.
    Conflict {
        /// The size that it cosigned last.
        size: u64,
    },
    /// 404: it does not know the log.
    UnknownLog,
    /// 403: no signature by a key that it trusts.
    Forbidden,
    /// 422: the proof does not hold.
    Inconsistent,
}

impl Answer {
    /// Reads an answer's status and body.
    ///
    /// # Errors
    /// When the status is none of a witness's, or the body is not what the status promises.
    pub fn parse(status: u16, body: &[u8]) -> Result<Self, Malformed> {
        let wrong = |why| Malformed { what: "answer of a witness", why };
        let text = || str::from_utf8(body).map_err(|_| wrong("it is not UTF-8"));
        match status {
            200 => Ok(Self::Cosigned(SignatureLine::parse_all(text()?)?)),
            409 => {
                let size = text()?.strip_suffix('\n').and_then(parse_decimal);
                Ok(Self::Conflict { size: size.ok_or_else(|| wrong("it has no size"))? })
            }
            404 => Ok(Self::UnknownLog),
            403 => Ok(Self::Forbidden),
            422 => Ok(Self::Inconsistent),
            _ => Err(wrong("its status is not one that witnesses give")),
        }
    }
}

/// The body of a 200: each line ended by a newline.
#[must_use]
pub fn cosignature_lines(lines: &[SignatureLine]) -> String {
    lines.iter().map(|line| format!("{line}\n")).collect()
}
