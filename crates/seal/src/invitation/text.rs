//! An invitation as text that can be read out: lines of six groups of four signs, each with its own check.
//!
//! ```text
//! body  = [1, mission, inviter, commitment, secret, expires, person / null, hub / null]
//! line  = Crockford's base32 of at most 13 bytes of the body, then 2 bytes of
//!         SHA-256(L("invitation/line") ‖ number of the line ‖ 1 on the last line, else 0 ‖ those bytes)
//! ```

use counterseal_model::cbor::{BodyError, Reader, Value, Writer, check_canonical};
use counterseal_model::{DeviceId, MissionId, PersonId, Timestamp};
use counterseal_register::{Label, SUITE, sha256};
use thiserror::Error;
use zeroize::Zeroizing;

use super::Invitation;
use crate::secrets::InvitationSecret;

/// Bytes of the body on one line, beside the check.
const LINE: usize = 13;
/// Bytes of a line's check.
const CHECK: usize = 2;
/// Signs on a line: 15 bytes.
const SIGNS: usize = 24;
/// Most signs that are read: a body with an address of some hundred bytes.
const MOST_SIGNS: usize = 2_400;
/// Digits and letters without I, L, O and U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Why a text is no invitation. It never says what stood there: that is secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum BadInvitation {
    /// Nothing, or far too much.
    #[error("this is no invitation; give the file or the lines that the registrar's desk made")]
    None,
    /// A line with a wrong sign, or in the wrong place.
    #[error("line {line} of the invitation has a mistake in it or is missing; compare it, and type it again")]
    Line {
        /// Which, from 1.
        line: usize,
    },
    /// The lines are right, and what they say cannot be understood.
    #[error("this invitation is of another version of counterseal; update this program")]
    Unknown,
}

impl Invitation {
    /// The invitation as text, without anything around it.
    #[must_use]
    pub fn to_text(&self) -> Zeroizing<String> {
        let body = self.body();
        let count = body.len().div_ceil(LINE);
        let mut text = Zeroizing::new(String::with_capacity(body.len() * 4));
        for (n, data) in body.chunks(LINE).enumerate() {
            let check = check_of(n, n + 1 == count, data);
            text.push_str(&format!("{:>2}:", n + 1));
            push_signs(&mut text, data, &check);
            text.push('\n');
        }
        text
    }

    /// Reads what `to_text` wrote, however it is broken into lines. Lines that begin with `#`, and what
    /// stands before a colon, are not read.
    ///
    /// # Errors
    /// `BadInvitation`, with the first line that does not fit its check.
    pub fn from_text(text: &str) -> Result<Self, BadInvitation> {
        let signs = signs_of(text)?;
        let count = signs.len().div_ceil(SIGNS);
        let mut body = Zeroizing::new(Vec::with_capacity(count * LINE));
        for (n, line) in signs.chunks(SIGNS).enumerate() {
            let bad = BadInvitation::Line { line: n + 1 };
            let bytes = bytes_of(line).ok_or(bad)?;
            let (data, check) = bytes.split_last_chunk::<CHECK>().ok_or(bad)?;
            if *check != check_of(n, n + 1 == count, data) {
                return Err(bad);
            }
            body.extend_from_slice(data);
        }
        Self::read(&body).map_err(|_| BadInvitation::Unknown)
    }

    fn body(&self) -> Zeroizing<Vec<u8>> {
        let mut w = Writer::with_capacity(1024);
        w.array(8).uint(SUITE);
        self.mission.write(&mut w);
        self.inviter.write(&mut w);
        w.bytes(&self.commitment).bytes(self.secret.reveal());
        self.expires.write(&mut w);
        match &self.person {
            Some(person) => person.write(&mut w),
            None => drop(w.null()),
        }
        match &self.hub {
            Some(hub) => drop(w.text(hub)),
            None => drop(w.null()),
        }
        Zeroizing::new(w.into_bytes())
    }

    fn read(body: &[u8]) -> Result<Self, BodyError> {
        check_canonical(body)?;
        let mut r = Reader::strict(body);
        r.array_of(8, "an invitation")?;
        let offset = r.offset();
        if r.uint()? != SUITE {
            return Err(r.out_of_range(offset, "suite 1"));
        }
        let (mission, inviter) = (MissionId::read(&mut r)?, DeviceId::read(&mut r)?);
        let commitment = r.fixed("a commitment of 32 bytes")?;
        let secret = Zeroizing::new(r.fixed("a secret of 16 bytes")?);
        let expires = Timestamp::read(&mut r)?;
        let person = absent(&mut r)?.map(|mut r| PersonId::read(&mut r)).transpose()?;
        let hub = absent(&mut r)?.map(|mut r| r.text().map(str::to_owned)).transpose()?;
        let secret = InvitationSecret::from_bytes(&secret);
        Ok(Self { mission, inviter, commitment, secret, expires, person, hub })
    }
}

/// The next value, if it is not null.
fn absent<'b>(r: &mut Reader<'b>) -> Result<Option<Reader<'b>>, BodyError> {
    const NULL: &[u8] = &[0xf6];
    let value = r.raw()?;
    Ok((value != NULL).then(|| Reader::strict(value)))
}

fn check_of(n: usize, last: bool, data: &[u8]) -> [u8; CHECK] {
    // At most 100 lines are read.
    let number = u8::try_from(n).unwrap_or(u8::MAX);
    let [a, b, ..] = sha256(&[Label::INVITATION_LINE.bytes(), &[number, last.into()], data]);
    [a, b]
}

/// Writes bytes as groups of four signs; the last sign is filled up with zero bits.
fn push_signs(text: &mut String, data: &[u8], check: &[u8]) {
    let (mut bits, mut held, mut written) = (0u32, 0, 0);
    let mut push = |five: u32| {
        if written % 4 == 0 {
            text.push(' ');
        }
        let sign = ALPHABET.get((five & 31) as usize).copied().unwrap_or(b'0');
        text.push(char::from(sign));
        written += 1;
    };
    for byte in data.iter().chain(check) {
        (bits, held) = ((bits << 8 | u32::from(*byte)) & 0xfff, held + 8);
        while held >= 5 {
            held -= 5;
            push(bits >> held);
        }
    }
    if held > 0 {
        push(bits << (5 - held));
    }
}

/// The values of all signs of a text.
fn signs_of(text: &str) -> Result<Zeroizing<Vec<u8>>, BadInvitation> {
    let mut signs = Zeroizing::new(Vec::with_capacity(MOST_SIGNS));
    for line in text.lines().map(str::trim).filter(|line| !line.starts_with('#')) {
        let line = line.split_once(':').map_or(line, |(_, after)| after);
        for sign in line.chars().filter(|sign| !sign.is_whitespace() && *sign != '-') {
            let value = value_of(sign).ok_or(BadInvitation::Line { line: signs.len() / SIGNS + 1 })?;
            if signs.len() == MOST_SIGNS {
                return Err(BadInvitation::None);
            }
            signs.push(value);
        }
    }
    if signs.is_empty() { Err(BadInvitation::None) } else { Ok(signs) }
}

/// What a sign stands for; O is read as zero, I and L as one.
fn value_of(sign: char) -> Option<u8> {
    let sign = match sign.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    let place = ALPHABET.iter().position(|known| char::from(*known) == sign)?;
    u8::try_from(place).ok()
}

/// The bytes of a line's signs; none if bits are left over that are not zero.
fn bytes_of(signs: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(LINE + CHECK));
    let (mut bits, mut held) = (0u32, 0);
    for sign in signs {
        (bits, held) = ((bits << 5 | u32::from(*sign)) & 0xfff, held + 5);
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from(bits >> held & 0xff).ok()?);
        }
    }
    let rest = bits & ((1 << held) - 1);
    (held < 5 && rest == 0).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn invitation(hub: Option<&str>) -> Invitation {
        Invitation {
            mission: MissionId::from_bytes([1; 32]),
            inviter: DeviceId::from_bytes([2; 32]),
            commitment: [3; 32],
            secret: InvitationSecret::from_bytes(&[4; 16]),
            expires: Timestamp(1_790_000_000),
            person: hub.map(|_| PersonId::from_bytes([5; 16])),
            hub: hub.map(str::to_owned),
        }
    }

    #[test]
    fn an_invitation_reads_back_however_it_is_copied() {
        for hub in [None, Some("hub.example:7443"), Some("h")] {
            let invitation = invitation(hub);
            let text = invitation.to_text();
            assert_eq!(Invitation::from_text(&text), Ok(invitation));
            let mangled = text.to_lowercase().replace('0', "o").replace('1', "l");
            let mangled = mangled.lines().map(|line| line.split_once(':').unwrap().1).collect::<String>();
            assert_eq!(*Invitation::from_text(&mangled).unwrap().to_text(), *text);
        }
    }

    #[test]
    fn a_mistyped_line_is_named() {
        let text = invitation(None).to_text();
        let lines: Vec<_> = text.lines().collect();
        for (n, line) in lines.iter().enumerate() {
            for (at, sign) in line.char_indices().filter(|(at, sign)| *at > 2 && *sign != ' ') {
                let other = if sign == 'Z' { "Y" } else { "Z" };
                let mut wrong = (*line).to_owned();
                wrong.replace_range(at..=at, other);
                let mut copy = lines.clone();
                copy[n] = &wrong;
                let read = Invitation::from_text(&copy.join("\n"));
                assert_eq!(read, Err(BadInvitation::Line { line: n + 1 }), "sign {at}");
            }
            let mut copy = lines.clone();
            copy.remove(n);
            assert!(Invitation::from_text(&copy.join("\n")).is_err(), "line {n} left out");
            if n > 0 {
                let mut copy = lines.clone();
                copy.swap(0, n);
                assert!(
                    Invitation::from_text(&copy.join("\n")).is_err(),
                    "line {n} in the place of the first"
                );
            }
        }
        assert_eq!(Invitation::from_text(""), Err(BadInvitation::None));
        assert_eq!(Invitation::from_text("# a note\n"), Err(BadInvitation::None));
        assert_eq!(Invitation::from_text(&"A".repeat(3_000)), Err(BadInvitation::None));
        assert!(Invitation::from_text(&format!("{}\n{}", *text, *text)).is_err());
    }

    #[test]
    fn an_invitation_prints_no_secret() {
        let said = format!("{:?}", invitation(None));
        assert!(said.contains("InvitationSecret(secret)"), "{said}");
    }
}
