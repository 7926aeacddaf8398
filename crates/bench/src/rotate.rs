//! `bench rotate`: a whole contingent leaves and another arrives, in one go; one removal likewise. Beside it the bare
//! cryptography that no way around could save: one HPKE wrap for each device that stays or comes, and compartment.

use counterseal_model::{CompartmentId, EpochId, PersonId};
use counterseal_node::{
    Change, Desk, InvitationTerms, Invited, Invitee, Newcomer, RotationReport, RotationRow,
};
use counterseal_register::{Charter, HistoryRule, JoinChallenge, Rule};
use counterseal_seal::{DeviceSecrets, EpochPlace, EpochSecret, Recipient};
use rand::SeedableRng;
use rand_chacha::ChaCha20Rng;

use crate::figure::{Figure, Target};
use crate::home;
use crate::measure::timed;
use crate::outcome::{Outcome, differ};

/// Compartments beside that of everyone.
const COMPARTMENTS: [&str; 3] = ["protection", "convoys", "camps"];

pub(crate) fn run(people: u64, seed: u64) -> Outcome<Vec<Figure>> {
    let dir = tempfile::tempdir()?;
    let mut desk = home::found(dir.path(), seed)?;
    let mut compartments = vec![desk.default_compartment()?];
    for name in COMPARTMENTS {
        compartments.push(desk.create_compartment(name, Charter::new(Rule::Open, HistoryRule::Full))?);
    }
    let first = come(&mut desk, 0..people, &compartments)?;
    rotate(&mut desk, &first)?;
    let old: Vec<PersonId> = first.iter().filter_map(person_of).collect();

    let mut rows = come(&mut desk, people..2 * people, &compartments)?;
    rows.extend(go(people + 1, &old));
    let before = bytes_of(&desk)?;
    let (report, seconds) = timed(|| rotate(&mut desk, &rows));
    let (report, bytes) = (report?, bytes_of(&desk)? - before);
    let wrapped = wraps(&rows, report.wraps, seed)?;

    let one: Vec<PersonId> = rows.iter().filter_map(person_of).take(1).collect();
    let before = bytes_of(&desk)?;
    let (removed, alone) = timed(|| rotate(&mut desk, &go(1, &one)));
    let (removed, alone_bytes) = (removed?, bytes_of(&desk)? - before);
    let alone_wrapped = wraps(&rows, removed.wraps, seed)?;

    let pair = |what, ours, peer| Figure::new("rotate", what, "s", (ours, Some(peer)), Target::Stated);
    let stated = |what: String, unit, value| Figure::stated("rotate", what, unit, value);
    Ok(vec![
        pair(format!("{people} out, {people} in, against the bare wraps"), seconds, wrapped),
        stated("of it statements".to_owned(), "", report.statements as f64),
        stated("of it wraps".to_owned(), "", report.wraps as f64),
        stated("bytes of all statements".to_owned(), "kB", bytes as f64 / 1e3),
        pair("one removed, against the bare wraps".to_owned(), alone, alone_wrapped),
        stated("bytes of its statements".to_owned(), "kB", alone_bytes as f64 / 1e3),
    ])
}

fn rotate(desk: &mut Desk, rows: &[RotationRow]) -> Outcome<RotationReport> {
    Ok(desk.rotate(rows, &mut |_, _| {})?)
}

/// Bytes of all the mission's statements.
fn bytes_of(desk: &Desk) -> Outcome<usize> {
    Ok(desk.statements_file()?.len())
}

fn person_of(row: &RotationRow) -> Option<PersonId> {
    match &row.change {
        Change::In { who, .. } => Some(who.person()),
        Change::Out { .. } => None,
    }
}

/// Somebody new asks by an invitation, is answered, and has the string compared.
fn invitee(desk: &mut Desk, seed: u64) -> Outcome<Invitee> {
    let invited = Invited::NewPerson { name: format!("Officer {seed}"), until: None };
    let invitation = desk.invite(&InvitationTerms { invited, days: 7, hub: None })?;
    let device = DeviceSecrets::make(&mut ChaCha20Rng::seed_from_u64(seed))?;
    let mut id = [0; 16];
    id.iter_mut().zip(seed.to_be_bytes()).for_each(|(to, from)| *to = from);
    let request = invitation.ask(&device, PersonId::from_bytes(id))?.to_bytes();
    let challenge = JoinChallenge::parse(&desk.answer_request(&request)?.challenge)?;
    let opened = invitation.open_challenge(&device, &request, &challenge)?;
    let string = invitation.compared_string(&request, &opened);
    Ok(desk.invitee(&hex::encode(invitation.commitment), string)?)
}

fn come(
    desk: &mut Desk,
    numbers: std::ops::Range<u64>,
    compartments: &[CompartmentId],
) -> Outcome<Vec<RotationRow>> {
    let mut rows = Vec::new();
    for (row, number) in (1..).zip(numbers) {
        let who = Newcomer::Invited(Box::new(invitee(desk, 10_000 + number)?));
        let compartments = compartments.to_vec();
        let change = Change::In { who, compartments, manager: false, until: None };
        rows.push(RotationRow { row, change, from: None });
    }
    Ok(rows)
}

fn go(from: u64, people: &[PersonId]) -> Vec<RotationRow> {
    let row = |(row, person): (u64, &PersonId)| RotationRow {
        row,
        change: Change::Out { person: *person, device: None, compartments: vec![], until: None },
        from: None,
    };
    (from..).zip(people).map(row).collect()
}

/// Seconds for so many wraps alone, to keys of devices that came.
fn wraps(rows: &[RotationRow], count: u64, seed: u64) -> Outcome<f64> {
    let mut rng = ChaCha20Rng::seed_from_u64(seed);
    let devices: Vec<DeviceSecrets> =
        rows.iter().take(16).map(|_| DeviceSecrets::make(&mut rng)).collect::<Result<_, _>>()?;
    let secret = EpochSecret::make(&mut rng);
    let place = EpochPlace {
        mission: counterseal_model::MissionId::from_bytes([1; 32]),
        compartment: CompartmentId::from_bytes([2; 16]),
        epoch: EpochId::from_bytes([3; 32]),
    };
    let (done, seconds) = timed(|| -> Outcome<u64> {
        let mut made = 0;
        for device in devices.iter().cycle().take(usize::try_from(count)?) {
            let to = Recipient { device: device.id(), hpke: &device.public().hpke.0 };
            secret.wrap(&mut rng, &place, to)?;
            made += 1;
        }
        Ok(made)
    });
    match done? {
        made if made == count => Ok(seconds),
        made => Err(differ(format!("{made} wraps of {count}"))),
    }
}
