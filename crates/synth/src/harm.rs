//! How many were harmed: mostly nobody or one, sometimes very many.

use counterseal_model::Term;
use counterseal_model::record::{Casualties, Displacement};

use crate::draw::Draw;

/// Numbers of people.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Harm {
    pub(crate) killed: u64,
    pub(crate) low: u64,
    pub(crate) high: u64,
    pub(crate) civilians: u64,
    pub(crate) injured: u64,
    pub(crate) displaced: u64,
}

impl Harm {
    /// Draws the harm, given how often such an incident kills, in a thousand.
    pub(crate) fn draw(draw: &mut Draw, lethal: u64) -> Self {
        let killed = if draw.chance(lethal) { draw.heavy_tail(600) } else { 0 };
        // The larger the number, the wider the doubt.
        let doubt = killed / 2 + u64::from(draw.chance(200));
        Self {
            killed,
            low: killed - draw.between(0, doubt).min(killed),
            high: killed + draw.between(0, doubt),
            civilians: if killed > 0 && draw.chance(300) { draw.between(1, killed) } else { 0 },
            injured: if draw.chance(lethal / 2) { draw.heavy_tail(200) + 1 } else { 0 },
            displaced: if draw.chance(60) { draw.heavy_tail(400) * 50 } else { 0 },
        }
    }

    /// As the data model has it: the total first, then the groups.
    pub(crate) fn casualties(&self, civilians: &Term, injured: &Term) -> Vec<Casualties> {
        let mut all = Vec::with_capacity(3);
        all.push(Casualties {
            best: Some(self.killed),
            low: Some(self.low),
            high: Some(self.high),
            ..Casualties::default()
        });
        if self.civilians > 0 {
            all.push(Casualties {
                group: Some(civilians.clone()),
                best: Some(self.civilians),
                ..Casualties::default()
            });
        }
        if self.injured > 0 {
            all.push(Casualties {
                harm: Some(injured.clone()),
                best: Some(self.injured),
                ..Casualties::default()
            });
        }
        all
    }

    /// Who had to leave, if anyone.
    pub(crate) fn displacement(&self, towards: &str) -> Vec<Displacement> {
        if self.displaced == 0 {
            return Vec::new();
        }
        vec![Displacement {
            households: Some(self.displaced / 5),
            people: Some(self.displaced),
            destination: Some(towards.to_owned()),
            ..Displacement::default()
        }]
    }
}
