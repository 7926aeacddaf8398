//! `mission trustees`: governors name the trustees.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::Args;
use counterseal_node::Desk;
use counterseal_register::{Bytes, HybridKey, KeyId, SetTrustees, Trustee, WitnessUrl};

use super::hub::{key, read};
use super::{Governors, secrets_of};
use crate::context::Context;
use crate::failure::Failure;

/// Name the mission's trustees, and how many of them must release; governors sign
#[derive(Debug, Args)]
#[command(after_help = "\
The file is a table in TOML; docs/trustees.toml is a template. What it names are keys: the files that
'trustee init' wrote. Where they are placed is checked first, and what seems unwise is said. The first trustees
count at once; later only what asks for more does, everything else waits for the mission's waiting days.
A trustee with 'succeeds' takes another's place: it answers for what was sealed before, and fetches by itself what
the other holds. Without it what is older opens with fewer trustees, for ever.
Exit code 3: something about where they are placed needs a person's attention.

Examples:
  counterseal mission trustees trustees.toml --dry-run
  counterseal mission trustees trustees.toml --governor-key governor-1.key")]
pub(super) struct TrusteesArgs {
    /// The trustees, in TOML
    file: PathBuf,
    /// Only check where they are placed
    #[arg(long, conflicts_with_all = ["keys", "governor_passphrase_file"])]
    dry_run: bool,
    /// A governor's key file; as many as must sign
    #[arg(long = "governor-key", value_name = "FILE", required_unless_present = "dry_run")]
    keys: Vec<PathBuf>,
    /// File with the governors' passphrase
    #[arg(long, value_name = "FILE")]
    governor_passphrase_file: Option<PathBuf>,
}

/// Where a trustee is, and who runs it.
struct Placed {
    trustee: Trustee,
    country: String,
    operator: String,
}

/// What the file says.
struct Plan {
    threshold: u64,
    host_country: Option<String>,
    most_in_host_country: u64,
    placed: Vec<Placed>,
}

impl TrusteesArgs {
    /// Whether something needs attention.
    pub(super) fn run(self, ctx: &mut Context) -> Result<bool, Failure> {
        let plan = Plan::read(ctx, &self.file)?;
        let warnings = plan.warnings();
        for (key, values) in &warnings {
            let values: Vec<_> = values.iter().map(|(name, value)| (*name, value.as_str().into())).collect();
            ctx.note(key, &values);
        }
        let (t, n) = (plan.threshold.to_string(), plan.placed.len().to_string());
        if self.dry_run {
            ctx.say("trustees-checked", &[("threshold", t.into()), ("count", n.into())])?;
            return Ok(!warnings.is_empty());
        }
        let governors = Governors::of(self.keys, self.governor_passphrase_file).open(ctx)?;
        let mut left = Vec::new();
        ctx.with_desk(|ctx, desk| {
            let act = plan.act();
            left = left_out(desk, &act);
            desk.set_trustees(act, &secrets_of(&governors))?;
            for trustee in &left {
                ctx.note("trustees-left-out", &[("trustee", trustee.as_str().into())]);
            }
            let days = desk.register().waiting_days(desk.moment()).to_string();
            ctx.say("trustees-set", &[("threshold", t.into()), ("count", n.into()), ("days", days.into())])
        })?;
        Ok(!warnings.is_empty() || !left.is_empty())
    }
}

/// Trustees of now that are not named any more, and that nobody succeeds.
fn left_out(desk: &Desk, act: &SetTrustees) -> Vec<String> {
    let present = desk.register().trustees(desk.moment()).map(|set| set.trustees.as_slice());
    let stays = |old: KeyId| act.trustees.iter().any(|one| one.id() == old || one.succeeds == Some(old));
    let gone = present.unwrap_or_default().iter().map(Trustee::id).filter(|old| !stays(*old));
    gone.map(|id| id.to_string().chars().take(8).collect()).collect()
}

impl Plan {
    fn read(ctx: &Context, path: &Path) -> Result<Self, Failure> {
        let text = std::fs::read_to_string(path).map_err(|e| Failure::file("read", path, e))?;
        let invalid = |e: toml::de::Error| std::io::Error::new(std::io::ErrorKind::InvalidData, e);
        let table: toml::Table = text.parse().map_err(|e| Failure::file("read", path, invalid(e)))?;
        let known = ["threshold", "host-country", "most-in-host-country", "trustee"];
        let bad = |field: &str| {
            ctx.refuse(
                "key-file-bad",
                &[("path", path.display().to_string().into()), ("field", field.to_owned().into())],
            )
        };
        if let Some(field) = table.keys().find(|field| !known.contains(&field.as_str())) {
            return Err(bad(field));
        }
        let number = |field: &str, otherwise: Option<u64>| {
            let found = table.get(field).map(|value| value.as_integer().and_then(|n| u64::try_from(n).ok()));
            found.unwrap_or(otherwise).ok_or_else(|| bad(field))
        };
        let trustees = table.get("trustee").and_then(toml::Value::as_array).ok_or_else(|| bad("trustee"))?;
        let folder = path.parent().unwrap_or(Path::new(""));
        let placed = trustees.iter().zip(1..).map(|(one, place)| {
            placed(ctx, folder, one.as_table().ok_or_else(|| bad("trustee"))?, place, &bad)
        });
        let mut placed = placed.collect::<Result<Vec<_>, _>>()?;
        placed.sort_by_key(|one| one.trustee.id());
        Ok(Self {
            threshold: number("threshold", None)?,
            host_country: table.get("host-country").and_then(toml::Value::as_str).map(str::to_owned),
            most_in_host_country: number("most-in-host-country", Some(1))?,
            placed,
        })
    }

    fn act(self) -> SetTrustees {
        let single = self.placed.len() == 1;
        let trustees = self.placed.into_iter().map(|one| one.trustee).collect();
        SetTrustees { threshold: self.threshold, trustees, single, extra: Default::default() }
    }

    /// What seems unwise: sentences of the catalogue, and their values.
    fn warnings(&self) -> Vec<(&'static str, Vec<(&'static str, String)>)> {
        let (t, n) = (self.threshold, self.placed.len() as u64);
        let mut warnings = Vec::new();
        if n == 1 {
            warnings.push(("trustees-single", Vec::new()));
        } else if t >= n {
            warnings.push(("trustees-none-may-fail", vec![("count", n.to_string())]));
        }
        let mut say = |key, of: BTreeMap<&str, u64>, most: u64| {
            for (place, count) in of.into_iter().filter(|(place, count)| !place.is_empty() && *count >= most)
            {
                let values = vec![
                    ("place", place.to_owned()),
                    ("count", count.to_string()),
                    ("threshold", t.to_string()),
                ];
                warnings.push((key, values));
            }
        };
        if n > 1 {
            say("trustees-one-country", self.count(|one| one.country.as_str()), t);
            say("trustees-one-operator", self.count(|one| one.operator.as_str()), t);
        }
        if let Some(host) = &self.host_country {
            let there = self.placed.iter().filter(|one| one.country == *host).count() as u64;
            if there > self.most_in_host_country {
                let most = self.most_in_host_country.to_string();
                let values = vec![("place", host.clone()), ("count", there.to_string()), ("most", most)];
                warnings.push(("trustees-host-country", values));
            }
        }
        if self.placed.iter().any(|one| one.country.is_empty() || one.operator.is_empty()) {
            warnings.push(("trustees-unplaced", Vec::new()));
        }
        warnings
    }

    fn count<'a>(&'a self, by: impl Fn(&'a Placed) -> &'a str) -> BTreeMap<&'a str, u64> {
        let mut counts = BTreeMap::new();
        self.placed.iter().for_each(|one| *counts.entry(by(one)).or_default() += 1);
        counts
    }
}

/// One `[[trustee]]`. Its keys are in a file beside the plan.
fn placed(
    ctx: &Context,
    folder: &Path,
    table: &toml::Table,
    place: u64,
    bad: &impl Fn(&str) -> Failure,
) -> Result<Placed, Failure> {
    let known = ["keys", "x", "url", "country", "operator", "succeeds"];
    if let Some(field) = table.keys().find(|field| !known.contains(&field.as_str())) {
        return Err(bad(field));
    }
    let text = |field: &str| match table.get(field) {
        None => Ok(None),
        Some(value) => value.as_str().map(Some).ok_or_else(|| bad(field)),
    };
    let path = folder.join(text("keys")?.ok_or_else(|| bad("keys"))?);
    let keys = read(&path)?;
    let url = text("url")?.or_else(|| keys.get("url").and_then(serde_json::Value::as_str));
    let url = url.map(|url| WitnessUrl::parse(url).ok_or_else(|| bad("url"))).transpose()?;
    let x = match table.get("x") {
        None => place,
        Some(x) => x.as_integer().and_then(|x| u64::try_from(x).ok()).ok_or_else(|| bad("x"))?,
    };
    let succeeds = text("succeeds")?.map(|old| old_trustee(ctx, folder, old)).transpose()?;
    let trustee = Trustee {
        key: identity(ctx, &path, &keys)?,
        x,
        requests: Bytes(key(ctx, &path, &keys, "requests")?),
        pins: vec![Bytes(key(ctx, &path, &keys, "pin")?)],
        url,
        succeeds,
        extra: Default::default(),
    };
    let owned = |field: &str| Ok::<_, Failure>(text(field)?.unwrap_or_default().to_owned());
    Ok(Placed { trustee, country: owned("country")?, operator: owned("operator")? })
}

fn identity(ctx: &Context, path: &Path, keys: &serde_json::Value) -> Result<HybridKey, Failure> {
    let ml_dsa_44 = Box::new(key(ctx, path, keys, "mlDsa44")?);
    Ok(HybridKey { ed25519: key(ctx, path, keys, "ed25519")?, ml_dsa_44 })
}

/// The trustee whose place another takes: by its id, or by the file of its keys.
fn old_trustee(ctx: &Context, folder: &Path, named: &str) -> Result<KeyId, Failure> {
    let mut id = [0; 32];
    if hex::decode_to_slice(named, &mut id).is_ok() {
        return Ok(KeyId(id));
    }
    let path = folder.join(named);
    Ok(identity(ctx, &path, &read(&path)?)?.id())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn placed(n: u8, country: &str, operator: &str) -> Placed {
        let trustee = Trustee {
            key: HybridKey { ed25519: [n; 32], ml_dsa_44: Box::new([n; 1312]) },
            x: n.into(),
            requests: Bytes([n; 1216]),
            pins: vec![Bytes([n; 32])],
            url: None,
            succeeds: None,
            extra: Default::default(),
        };
        Placed { trustee, country: country.into(), operator: operator.into() }
    }

    fn warned(threshold: u64, places: &[(&str, &str)]) -> Vec<&'static str> {
        let placed = (1..).zip(places).map(|(n, (country, operator))| placed(n, country, operator)).collect();
        let plan = Plan { threshold, host_country: Some("CF".into()), most_in_host_country: 1, placed };
        plan.warnings().into_iter().map(|(key, _)| key).collect()
    }

    #[test]
    fn where_trustees_are_placed_is_checked() {
        let good = [("CH", "a"), ("CF", "b"), ("KE", "c"), ("NO", "d")];
        assert_eq!(warned(2, &good), Vec::<&str>::new());
        assert_eq!(warned(4, &good), ["trustees-none-may-fail"]);
        let host = [("CF", "a"), ("CF", "b"), ("KE", "c"), ("NO", "d")];
        assert_eq!(warned(3, &host), ["trustees-host-country"]);
        assert_eq!(warned(2, &host), ["trustees-one-country", "trustees-host-country"]);
        let one = [("CH", "a"), ("CF", "a"), ("KE", "c")];
        assert_eq!(warned(2, &one), ["trustees-one-operator"]);
        assert_eq!(warned(2, &[("", ""), ("KE", "c"), ("NO", "d")]), ["trustees-unplaced"]);
        assert_eq!(warned(1, &[("CH", "a")]), ["trustees-single"]);
    }
}
