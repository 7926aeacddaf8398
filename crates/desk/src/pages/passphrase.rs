//! New passphrases: typed twice, with advice, and refused once when they are plainly weak.

use counterseal_seal::{Passphrase, Weakness};
use maud::{Markup, html};

use crate::door::Fields;
use crate::words::Words;

/// The script that shows, while it is typed, how long a passphrase would withstand.
pub(super) const STRENGTH: &[&str] = &["passphrase.js"];

/// Two fields and the advice.
pub(super) fn fields(words: Words, name: &'static str, again: &'static str, label: &str) -> Markup {
    html! {
        div.pair data-strength data-weak=(words.text("pass-meter-weak")) data-fair=(words.text("pass-meter-fair"))
            data-strong=(words.text("pass-meter-strong")) {
            label { span { (words.text(label)) }
                input type="password" name=(name) required minlength=(Passphrase::SHORTEST) autocomplete="new-password" spellcheck="false"; }
            label { span { (words.text("pass-again")) }
                input type="password" name=(again) required minlength=(Passphrase::SHORTEST) autocomplete="new-password" spellcheck="false"; }
        }
    }
}

/// What makes a good one, and the box for who wants a weak one.
pub(super) fn advice(words: Words, was_weak: bool) -> Markup {
    html! {
        p { (words.text("pass-advice")) }
        @if was_weak {
            label.tick { input type="checkbox" name="weak" value="1"; " " (words.text("pass-keep-weak")) }
        }
    }
}

/// Why a new passphrase is not taken.
pub(super) struct NotTaken {
    pub(super) why: String,
    /// It is weak, and may be taken if that is what somebody wants.
    pub(super) weak: bool,
}

/// The passphrase that was typed twice.
pub(super) fn read(words: Words, form: &mut Fields, name: &str, again: &str) -> Result<Passphrase, NotTaken> {
    let not = |key| NotTaken { why: words.text(key), weak: false };
    let (typed, repeated) = (form.secret(name), form.secret(again));
    if *typed != *repeated {
        return Err(not("pass-differs"));
    }
    let passphrase = Passphrase::new(&typed).map_err(|_| not("pass-short"))?;
    match passphrase.weakness() {
        Some(weakness) if !form.is_ticked("weak") => {
            let key = match weakness {
                Weakness::FewCharacters => "pass-few",
                Weakness::Sequence => "pass-sequence",
                Weakness::ShortAndPlain => "pass-plain",
            };
            Err(NotTaken { why: words.text(key), weak: true })
        }
        _ => Ok(passphrase),
    }
}
