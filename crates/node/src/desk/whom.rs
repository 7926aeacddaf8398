//! Who holds an office, as this desk's register has it: whom a refusal sends its reader to.

use counterseal_model::{CompartmentId, PersonId};
use counterseal_policy::Office;
use counterseal_register::Office as Appointed;

use super::Desk;

impl Desk {
    /// The persons to ask in an office, in the order of their ids; of a compartment's members its managers. Nobody, where
    /// nobody holds it, and for governors and approvers, who are no persons of the register.
    #[must_use]
    pub fn holders(&self, office: Office, compartment: Option<CompartmentId>) -> Vec<PersonId> {
        let at = self.moment();
        let appointed = |wanted: Appointed| -> Vec<PersonId> {
            let holds = |person: &PersonId| {
                self.register.offices_of(*person, at).iter().any(|(office, _)| *office == wanted)
            };
            self.register.people().filter(holds).collect()
        };
        match office {
            Office::DataProtection => appointed(Appointed::DataProtection),
            Office::Watch => appointed(Appointed::Watch),
            Office::Training => appointed(Appointed::Training),
            Office::Review => appointed(Appointed::Review),
            Office::Attestation => appointed(Appointed::Attestation),
            Office::Registrar => {
                self.register.people().filter(|person| self.register.is_registrar(*person, at)).collect()
            }
            Office::Member => match compartment {
                Some(compartment) => {
                    let manages = |person: &PersonId| self.register.is_manager(compartment, *person, at);
                    self.register.people().filter(manages).collect()
                }
                None => Vec::new(),
            },
            Office::Governors | Office::Approver => Vec::new(),
        }
    }
}
