# Approvers and delayed notices; what was trusted to one person.
open-more = More than one approver, or a delayed notice
open-more-approvers = More than one approver
open-approver-2 = A second approver
open-approver-3 = A third approver
open-approver-self = choose somebody else than yourself
open-delay = Tell those concerned only on this day
open-delay-why = For an enquiry into a section: at most 14 days, never in an emergency, and only with two approvers of sections that are neither yours nor the author’s. Then they are told everything: who, when, why, and who approved the delay.
asking-not-all = Not all whom you asked have approved. Where the policy wants them all, wait: a request that is refused stands in the log too.
asking-delayed = Those concerned are told on { $date }.
trust-sure = I know that it is withdrawn at once, and that two persons are needed to lift that
trust-not-sure = Nothing was done: tick that you know what sealing off means, and use the buttons of this page.
trust-open-first = If it is a source, open it first: then it can be handed over. If it rests on a consent, ask again.
trust-settle = Settle what was trusted to me
consent-whose = Whose alone, by the person’s record
consent-whose-why = Where a part is about several people, name the one who said it. Left empty it is everybody’s: a no of all of them, until each has said yes again; or a yes of each who had allowed it.
edit-look = Check without writing
