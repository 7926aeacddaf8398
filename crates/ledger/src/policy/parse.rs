//! Reading a policy's text (tlog-policy, "Policy file syntax and structure").

use std::collections::BTreeMap;

use super::{Definition, MAX_DEFINITIONS, MAX_LOGS, MAX_POLICY, Policy, PolicyName};
use crate::note::{SignatureType, VerifierKey};
use crate::text::{Malformed, parse_decimal};

/// Why a text is no policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("line {line} of the policy is wrong: {why}")]
pub struct PolicyError {
    /// The line, counted from 1; 0 is the whole text.
    pub line: usize,
    /// What is wrong.
    pub why: Malformed,
}

impl Policy {
    /// Reads a policy.
    ///
    /// # Errors
    /// When a line is not of the specification's form, or the policy is larger than this crate's
    /// limits.
    pub fn parse(text: &[u8]) -> Result<Self, PolicyError> {
        let whole = |why| PolicyError { line: 0, why: wrong(why) };
        if text.len() > MAX_POLICY {
            return Err(whole("it has more than 1 MiB"));
        }
        let allowed = |b: &u8| matches!(b, b'\t' | b'\n' | 0x20..=0x7e | 0x80..);
        if !text.iter().all(allowed) {
            return Err(whole("it has a control character"));
        }
        let lines = match text {
            [] => &[][..],
            [lines @ .., b'\n'] => lines,
            _ => return Err(whole("it does not end with a newline")),
        };
        let mut builder = Builder::default();
        for (index, line) in lines.split(|b| *b == b'\n').enumerate() {
            builder.line(line).map_err(|why| PolicyError { line: index + 1, why })?;
        }
        builder.finish().map_err(|why| PolicyError { line: 0, why })
    }
}

/// A policy under construction, by whom it is made: a text or a mission's rule.
#[derive(Default)]
pub(crate) struct Builder {
    logs: Vec<(VerifierKey, Option<Vec<u8>>)>,
    definitions: Vec<(PolicyName, Definition)>,
    names: BTreeMap<PolicyName, usize>,
    /// What is a member of a group already.
    taken: Vec<usize>,
    quorum: Option<Option<usize>>,
}

impl Builder {
    fn line(&mut self, line: &[u8]) -> Result<(), Malformed> {
        let mut words = line.split(|b| matches!(b, b' ' | b'\t')).filter(|word| !word.is_empty());
        let Some(keyword) = words.next().filter(|word| !word.starts_with(b"#")) else { return Ok(()) };
        let words: Vec<&[u8]> = words.collect();
        match (keyword, words.as_slice()) {
            (b"log", [key]) => self.log(parse_key(key)?, None),
            (b"log", [key, url]) => self.log(parse_key(key)?, Some(url.to_vec())),
            (b"witness", [name, key]) => self.witness(PolicyName::parse(name)?, parse_key(key)?, None),
            (b"witness", [name, key, url]) => {
                self.witness(PolicyName::parse(name)?, parse_key(key)?, Some(url.to_vec()))
            }
            (b"group", [name, threshold, members @ ..]) => {
                let threshold = match *threshold {
                    b"any" => 1,
                    b"all" => members.len(),
                    number => str::from_utf8(number)
                        .ok()
                        .and_then(parse_decimal)
                        .and_then(|number| usize::try_from(number).ok())
                        .ok_or_else(|| wrong("the threshold is neither any, all nor a number"))?,
                };
                let members: Result<Vec<_>, _> =
                    members.iter().map(|member| PolicyName::parse(member)).collect();
                self.group(PolicyName::parse(name)?, threshold, &members?)
            }
            (b"quorum", [PolicyName::NONE]) => self.quorum(None),
            (b"quorum", [name]) => self.quorum(Some(&PolicyName::parse(name)?)),
            (b"log" | b"witness" | b"group" | b"quorum", _) => Err(wrong("it has too few or too many words")),
            _ => Err(wrong("its first word is none of log, witness, group and quorum")),
        }
    }

    /// "Defining a log". The specification leaves the signature type to the ecosystem; ours is 0x01.
    pub(crate) fn log(&mut self, key: VerifierKey, url: Option<Vec<u8>>) -> Result<(), Malformed> {
        if key.key().signature_type() != SignatureType::Ed25519 {
            return Err(wrong("the log's key is not of type 0x01"));
        }
        if self.logs.iter().any(|(known, _)| known.key() == key.key()) {
            return Err(wrong("another log has this key"));
        }
        if self.logs.len() == MAX_LOGS {
            return Err(wrong("there are more than 64 logs"));
        }
        self.logs.push((key, url));
        Ok(())
    }

    /// "Defining a witness". Two lines whose keys bear one name and are of the two types are one
    /// hybrid witness.
    pub(crate) fn witness(
        &mut self,
        name: PolicyName,
        key: VerifierKey,
        url: Option<Vec<u8>>,
    ) -> Result<(), Malformed> {
        if key.key().signature_type() == SignatureType::Ed25519 {
            return Err(wrong("the witness's key is not of type 0x04 or 0x06"));
        }
        for (_, definition) in &self.definitions {
            let Definition::Witness { key: known, .. } = definition else { continue };
            if known.key() == key.key() {
                return Err(wrong("another witness has this key"));
            }
            let alike = known.key().signature_type() == key.key().signature_type();
            if alike && known.name() == key.name() {
                return Err(wrong("one key name has two keys of one type"));
            }
        }
        self.define(name, Definition::Witness { key, url })
    }

    /// "Defining a witness group".
    pub(crate) fn group(
        &mut self,
        name: PolicyName,
        threshold: usize,
        members: &[PolicyName],
    ) -> Result<(), Malformed> {
        if threshold < 1 || threshold > members.len() {
            return Err(wrong("the threshold is not between 1 and the number of members"));
        }
        let mut indices = Vec::new();
        for member in members {
            let index = *self.names.get(member).ok_or_else(|| wrong("a member is not defined above"))?;
            if self.taken.contains(&index) {
                return Err(wrong("a member stands in a group already"));
            }
            self.taken.push(index);
            indices.push(index);
        }
        self.define(name, Definition::Group { threshold, members: indices })
    }

    /// "Defining the quorum"; `None` is `none`.
    pub(crate) fn quorum(&mut self, name: Option<&PolicyName>) -> Result<(), Malformed> {
        if self.quorum.is_some() {
            return Err(wrong("there is a quorum already"));
        }
        let index = name.map(|name| self.names.get(name).copied().ok_or(wrong("it is not defined above")));
        self.quorum = Some(index.transpose()?);
        Ok(())
    }

    pub(crate) fn finish(self) -> Result<Policy, Malformed> {
        let quorum = self.quorum.ok_or_else(|| wrong("it has no quorum line"))?;
        Ok(Policy { logs: self.logs, definitions: self.definitions, quorum })
    }

    fn define(&mut self, name: PolicyName, definition: Definition) -> Result<(), Malformed> {
        let is_group = |definition: &Definition| matches!(definition, Definition::Group { .. });
        let group = is_group(&definition);
        let alike = self.definitions.iter().filter(|(_, known)| is_group(known) == group).count();
        if alike == MAX_DEFINITIONS {
            return Err(wrong("there are more than 128 witnesses or groups"));
        }
        if self.names.insert(name.clone(), self.definitions.len()).is_some() {
            return Err(wrong("the name is defined already"));
        }
        self.definitions.push((name, definition));
        Ok(())
    }
}

fn parse_key(word: &[u8]) -> Result<VerifierKey, Malformed> {
    VerifierKey::parse(str::from_utf8(word).map_err(|_| wrong("a key is not UTF-8"))?)
}

const fn wrong(why: &'static str) -> Malformed {
    Malformed { what: "policy", why }
}
