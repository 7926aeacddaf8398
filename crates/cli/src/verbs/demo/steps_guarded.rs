//! The steps of `demo --check` with trustees: what two seals hold to.

use counterseal_node::OpeningFailure;

use super::check::{Walk, Wrong};
use super::clear::Planted;
use super::guarded::{FORBIDDEN, PERMITTED, is_the_source, released};
use super::make;
use super::together::JOINING;
use super::trustees::{MUST_RELEASE, TRUSTEES};

/// Who seals and who opens, of those who joined.
const AUTHOR: usize = 0;
const READER: usize = 1;
/// Words that only the sealed source has.
const WORDS: [&str; 2] = ["sailmaker", "NIGHTJAR"];

/// Trustees are named and started, and a source is sealed to them.
pub(super) fn sealed_twice(walk: &mut Walk<'_>) -> Result<String, Wrong> {
    let (base, governor) = (walk.base(), make::governor_file(walk.home.path()));
    let part = walk.all_together(|ctx, founder, together| {
        let sources = together.guard(ctx, &base, founder, &governor)?;
        together.seal_source(ctx, AUTHOR, sources)
    })?;
    walk.source = Some(part);
    Ok(part.entry.short())
}

/// Another desk opens it for a purpose that the policy permits, and its author's desk is told.
pub(super) fn opened(walk: &mut Walk<'_>) -> Result<String, Wrong> {
    open(walk, MUST_RELEASE)
}

/// With one trustee stopped it opens as before.
pub(super) fn opened_without_one(walk: &mut Walk<'_>) -> Result<String, Wrong> {
    walk.all_together(|ctx, _, together| {
        let trustees = together.trustees.as_mut().ok_or_else(|| ctx.refuse("check-nobody", &[]))?;
        trustees.stop_one();
        Ok(())
    })?;
    open(walk, TRUSTEES.len() - 1)
}

fn open(walk: &mut Walk<'_>, least: usize) -> Result<String, Wrong> {
    let part = walk.source()?;
    let asked = walk.all_together(|ctx, _, together| {
        let asked = together.open_source(ctx, READER, part, PERMITTED)?;
        if let Ok(asked) = &asked {
            together.told(ctx, AUTHOR, asked)?;
        }
        Ok(asked)
    })?;
    let asked = asked.map_err(|failure| walk.wrong(failure.into()))?;
    if !is_the_source(&asked) || released(&asked) < least {
        return Err(walk.differs(least, released(&asked)));
    }
    let values = [
        ("released", released(&asked).to_string().into()),
        ("count", TRUSTEES.len().to_string().into()),
        ("leaf", asked.leaf.to_string().into()),
    ];
    Ok(walk.ctx.words.with("check-released", &values))
}

/// For a purpose that the policy forbids it does not open, and the refusal names the row.
pub(super) fn refused(walk: &mut Walk<'_>) -> Result<String, Wrong> {
    let part = walk.source()?;
    let (purpose, row) = FORBIDDEN;
    let asked = walk.all_together(|ctx, _, together| together.open_source(ctx, READER, part, purpose))?;
    let named = |refused: &[(_, counterseal_register::RefusedOpening)]| {
        refused.iter().all(|(_, refused)| refused.rule == Some(row))
    };
    match asked {
        Err(failure @ OpeningFailure::Refused { .. }) => match &failure {
            OpeningFailure::Refused { refused } if named(refused) => Ok(failure.reason()),
            _ => Err(failure.reason()),
        },
        Err(other) => Err(walk.wrong(other.into())),
        Ok(_) => Err(walk.ctx.words.text("check-opened-all-the-same")),
    }
}

/// No word of it stands in any file of a server's or a desk's, not even where it was written or opened.
pub(super) fn clear_of_it(walk: &mut Walk<'_>) -> Result<String, Wrong> {
    let (base, planted) = (walk.base(), Planted::of_words(&WORDS));
    let mut folders = walk.all_together(|ctx, _, together| {
        let trustees = together.trustees.as_ref().ok_or_else(|| ctx.refuse("check-nobody", &[]))?;
        let mut folders: Vec<_> = trustees.folders().collect();
        folders.extend(together.served.witness_folders());
        folders.push(together.served.hub_folder().to_owned());
        Ok(folders)
    })?;
    folders.extend(JOINING.iter().map(|(_, folder)| base.join(folder)));
    let searched: Result<Vec<_>, _> = folders.iter().map(|folder| planted.in_files(folder)).collect();
    walk.searched(&planted, &searched.map_err(|e| e.to_string())?)
}
