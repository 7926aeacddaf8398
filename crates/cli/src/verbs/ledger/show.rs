//! What the verbs of the logs say in one way.

use counterseal_ledger::{Split, VerifierKey};
use counterseal_model::Timestamp;
use counterseal_node::{Audit, AuditedLog, Finding};
use counterseal_register::LogKind;
use serde_json::{Value, json};

use crate::context::Context;
use crate::failure::{Done, Failure};
use crate::listing::pretty;

/// Who cosigned, and when.
pub(in crate::verbs) fn cosigners(cosigned: &[(String, Timestamp)]) -> String {
    let named = cosigned.iter().map(|(name, time)| format!("{name} {}", time.rfc3339()));
    named.collect::<Vec<_>>().join(", ")
}

pub(in crate::verbs) fn cosigners_json(cosigned: &[(String, Timestamp)]) -> Value {
    cosigned.iter().map(|(name, time)| json!({"witness": name, "time": time.rfc3339()})).collect()
}

/// What came of an audit.
pub(super) fn show_audit(ctx: &Context, audit: &Audit, mission: &str, json: bool) -> Result<Done, Failure> {
    let done = if audit.holds() { Done::Well } else { Done::Attention };
    let logs = [(LogKind::Statements, &audit.statements), (LogKind::Journal, &audit.journal)];
    if json {
        let findings = audit.findings.iter().map(|finding| {
            let Finding { code, log, place, reason } = finding;
            json!({"code": code.word(), "log": log.word(), "place": place, "reason": reason})
        });
        let refused = audit.refused.iter();
        let refused = refused.map(|(index, refusal)| json!({"index": index, "code": refusal.code()}));
        let [statements, journal] = logs.map(|(_, log)| log_json(log));
        ctx.line(&pretty(&json!({
            "holds": audit.holds(), "mission": mission, "statements": statements, "journal": journal,
            "marks": audit.marks, "void": audit.void, "refused": refused.collect::<Value>(),
            "findings": findings.collect::<Value>(),
        })))?;
        return Ok(done);
    }
    for (log, audited) in logs {
        let root = audited.root.map(hex::encode).unwrap_or_default();
        let values = [
            ("log", log.word().into()),
            ("leaves", audited.leaves.to_string().into()),
            ("tiles", audited.tiles.to_string().into()),
            ("root", root.into()),
        ];
        ctx.say("ledger-audited", &values)?;
        if !audited.cosigned.is_empty() {
            ctx.say("ledger-cosigned", &[("witnesses", cosigners(&audited.cosigned).into())])?;
        }
    }
    if audit.register.is_some() {
        let n = |number: u64| number.to_string().into();
        let refused = audit.refused.len() as u64;
        let values = [("marks", n(audit.marks)), ("void", n(audit.void)), ("refused", n(refused))];
        ctx.say("ledger-register", &values)?;
    }
    for finding in &audit.findings {
        ctx.line(&sentence(ctx, finding))?;
    }
    let count = audit.findings.len().to_string();
    match audit.holds() {
        true => ctx.say("ledger-holds", &[])?,
        false => ctx.say("ledger-does-not-hold", &[("count", count.into())])?,
    }
    Ok(done)
}

fn log_json(log: &AuditedLog) -> Value {
    json!({
        "leaves": log.leaves, "tiles": log.tiles, "root": log.root.map(hex::encode),
        "time": log.time.map(Timestamp::rfc3339), "cosigned": cosigners_json(&log.cosigned),
    })
}

fn sentence(ctx: &Context, finding: &Finding) -> String {
    let values = [
        ("log", finding.log.word().into()),
        ("place", finding.place.as_str().into()),
        ("reason", finding.reason.as_str().into()),
    ];
    ctx.words.with(&format!("finding-{}", finding.code.word()), &values)
}

/// A proof of two histories, checked as anyone can.
pub(super) fn show_split(
    ctx: &Context,
    proof: &[u8],
    keys: &[VerifierKey],
    json: bool,
) -> Result<Done, Failure> {
    match Split::check(proof, keys) {
        Ok(split) => {
            let (smaller, larger) = (split.smaller(), split.larger());
            let (origin, sizes) = (smaller.origin().to_string(), [smaller.head().size, larger.head().size]);
            if json {
                ctx.line(&pretty(&json!({"holds": true, "origin": origin, "sizes": sizes})))?;
            } else {
                let [first, second] = sizes.map(|size| size.to_string());
                let values = [("origin", origin.into()), ("first", first.into()), ("second", second.into())];
                ctx.say("ledger-two-histories", &values)?;
            }
            Ok(Done::Well)
        }
        Err(error) => {
            if json {
                ctx.line(&pretty(&json!({"holds": false, "reason": error.to_string()})))?;
            } else {
                ctx.say("ledger-proves-nothing", &[("reason", error.to_string().into())])?;
            }
            Ok(Done::Attention)
        }
    }
}

#[cfg(test)]
mod tests {
    use counterseal_node::FindingCode;

    use crate::catalogue::{SPOKEN, knows};

    #[test]
    fn every_finding_has_its_sentence_in_both_languages() {
        for code in FindingCode::ALL {
            for language in SPOKEN {
                assert!(knows(language, &format!("finding-{}", code.word())), "{}", code.word());
            }
        }
    }
}
