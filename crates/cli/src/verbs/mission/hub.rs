//! `mission hub`: governors name the hub and its witnesses.

use std::path::{Path, PathBuf};

use clap::Args;
use counterseal_register::{
    Bytes, HybridKey, SetHub, SetWitnesses, Witness, WitnessGroup, WitnessName, WitnessUrl,
};

use super::{Governors, secrets_of};
use crate::context::Context;
use crate::failure::Failure;

/// Name the mission's first hub and the witnesses of its logs; governors sign
#[derive(Debug, Args)]
#[command(after_help = "\
What is named are keys: the files that 'hub init', 'witness init' and 'trustee init' wrote. From then on the hub orders the
mission's statements. Give the file made here to 'counterseal hub seed'.
With k of w witnesses, f corrupt ones can be withstood when 2k - w is above f and k above 2f. --weak plans for
none: for demonstrations and first days, and shown wherever the mission is shown.

Examples:
  counterseal mission hub --hub hub.json --witness one.json --witness two.json \\
      --witness three.json --witness four.json --must-cosign 3 \\
      --governor-key governor-1.key --out blue-heron.seed")]
pub(super) struct HubArgs {
    /// The hub's public keys, as 'hub init' wrote them
    #[arg(long, value_name = "FILE")]
    hub: PathBuf,
    /// A witness's public keys, as 'witness init' or 'trustee init' wrote them; one for each
    #[arg(long = "witness", value_name = "FILE", required = true)]
    witnesses: Vec<PathBuf>,
    /// How many witnesses must cosign; three quarters of them unless given
    #[arg(long, value_name = "K")]
    must_cosign: Option<u64>,
    /// How many corrupt witnesses the mission plans for
    #[arg(long, value_name = "F", default_value_t = 1)]
    corrupt: u64,
    /// Plan for no corrupt witness
    #[arg(long)]
    weak: bool,
    /// The file to make for the hub: the mission's statements so far
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    #[command(flatten)]
    governors: Governors,
}

impl HubArgs {
    /// How many must cosign of the trustees' witnesses, and of the others: three quarters of the others, and of the
    /// trustees' what is missing then.
    fn must_cosign_by_group(&self, witnesses: &[Witness]) -> (u64, u64) {
        let all = witnesses.len() as u64;
        let trustees = witnesses.iter().filter(|one| one.group == WitnessGroup::Trustee).count() as u64;
        let must = self.must_cosign.unwrap_or_else(|| (all * 3).div_ceil(4));
        let others = ((all - trustees) * 3).div_ceil(4).min(must).max(must.saturating_sub(trustees));
        match trustees {
            0 => (0, must),
            _ => (must.saturating_sub(others).max(1), others),
        }
    }

    pub(super) fn run(self, ctx: &mut Context) -> Result<(), Failure> {
        let hub = named_hub(ctx, &self.hub)?;
        let mut witnesses =
            self.witnesses.iter().map(|path| named_witness(ctx, path)).collect::<Result<Vec<_>, _>>()?;
        witnesses.sort_by(|a, b| a.name.cmp(&b.name));
        let (trustees, independents) = self.must_cosign_by_group(&witnesses);
        let rule = SetWitnesses {
            independents,
            witnesses,
            trustees,
            faults: if self.weak { 0 } else { self.corrupt },
            weak: self.weak,
            extra: Default::default(),
        };
        let governors = self.governors.open(ctx)?;
        let out = std::path::absolute(&self.out).map_err(|e| Failure::file("find", &self.out, e))?;
        ctx.with_desk(|ctx, desk| {
            // Named already by a run that could not make the file: the file is made now.
            let named = desk.register().hub(desk.moment());
            match named {
                Some(named) if named.statements_key == hub.statements_key.0 => {}
                Some(_) => return Err(ctx.refuse("mission-has-hub", &[])),
                None => desk.name_hub(hub, rule, &secrets_of(&governors))?,
            }
            let written = counterseal_hub::write_statements(&out, &desk.statements()?);
            written.map_err(|error| Failure::Asked(error.to_string()))?;
            ctx.say("mission-hub-named", &[("path", self.out.display().to_string().into())])
        })
    }
}

pub(super) fn read(path: &Path) -> Result<serde_json::Value, Failure> {
    let text = std::fs::read(path).map_err(|e| Failure::file("read", path, e))?;
    let invalid = |e: serde_json::Error| std::io::Error::new(std::io::ErrorKind::InvalidData, e);
    serde_json::from_slice(&text).map_err(|e| Failure::file("read", path, invalid(e)))
}

pub(super) fn key<const N: usize>(
    ctx: &Context,
    path: &Path,
    value: &serde_json::Value,
    name: &str,
) -> Result<[u8; N], Failure> {
    let text = value.get(name).and_then(serde_json::Value::as_str).unwrap_or_default();
    let bytes = hex::decode(text).ok().and_then(|bytes| bytes.try_into().ok());
    let values = [("path", path.display().to_string().into()), ("field", name.into())];
    bytes.ok_or_else(|| ctx.refuse("key-file-bad", &values))
}

pub(super) fn named_hub(ctx: &Context, path: &Path) -> Result<SetHub, Failure> {
    let value = read(path)?;
    Ok(SetHub {
        generation: 1,
        statements_key: Bytes(key(ctx, path, &value, "statementsKey")?),
        journal_key: Bytes(key(ctx, path, &value, "journalKey")?),
        pins: vec![Bytes(key(ctx, path, &value, "pin")?)],
        extra: Default::default(),
    })
}

fn named_witness(ctx: &Context, path: &Path) -> Result<Witness, Failure> {
    let value = read(path)?;
    let name = value.get("name").and_then(serde_json::Value::as_str).and_then(WitnessName::parse);
    let values = [("path", path.display().to_string().into()), ("field", "name".into())];
    let url = match value.get("url").filter(|url| !url.is_null()) {
        None => None,
        Some(url) => {
            let values = [("path", path.display().to_string().into()), ("field", "url".into())];
            let read = url.as_str().and_then(WitnessUrl::parse);
            Some(read.ok_or_else(|| ctx.refuse("key-file-bad", &values))?)
        }
    };
    Ok(Witness {
        name: name.ok_or_else(|| ctx.refuse("key-file-bad", &values))?,
        key: HybridKey {
            ed25519: key(ctx, path, &value, "ed25519")?,
            ml_dsa_44: Box::new(key(ctx, path, &value, "mlDsa44")?),
        },
        group: match value.get("group").and_then(serde_json::Value::as_str) {
            Some("trustees") => WitnessGroup::Trustee,
            _ => WitnessGroup::Independent,
        },
        url,
        extra: Default::default(),
    })
}
