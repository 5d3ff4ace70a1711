//! The list of known keys, and how each stands.

use super::worker::role_words;
use crate::app::{Event, How, KeysEvent, KnownKey, Reading, Standing};
use crate::platform::stamp;
use crate::seal::Kid;
use crate::ui::dispatch::Ui;
use crate::ui::dom::{El, el};
use crate::ui::i18n::{Key, format};
use crate::ui::icon::Icon;
use crate::ui::panel::{button, line};

/// All known keys, those first that count.
pub fn known_keys(ui: Ui) -> El {
    let (mut known, reading, lost): (Vec<KnownKey>, Reading, usize) = ui.read(|model| {
        (model.known.iter().cloned().collect(), model.enrolment.reading, model.enrolment.unreadable.len())
    });
    if reading == Reading::UnderWay {
        return line("loading", ui.t(Key::Opening)).attr("role", "status");
    }
    let now = stamp().now;
    let counts = |known: &KnownKey| known.standing(now) == Standing::Counts;
    known.sort_by(|one, other| (!counts(one), one.name()).cmp(&(!counts(other), other.name())));
    let body = el("div").class("block-body");
    let body = if known.is_empty() { body.child(line("", ui.t(Key::KnownNone))) } else { body };
    let body = if lost > 0 { body.child(line("", &ui.tf(Key::KeysUnreadable, &[&lost.to_string()]))) } else { body };
    body.child(el("ul").class("tasks").all(known.iter().map(|known| row(ui, known, known.standing(now)))))
}

fn row(ui: Ui, known: &KnownKey, standing: Standing) -> El {
    let kid = known.key.kid;
    let who = [role_words(ui, known.role()), known.key.organisation.clone().unwrap_or_default()];
    let who: Vec<&str> = who.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    let how = match known.how {
        How::Fingerprint => Key::HowFingerprint,
        How::Credential => Key::HowCredential,
        How::Register => Key::HowRegister,
        How::Host => Key::HowHost,
        How::Own => Key::HowOwn,
    };
    let since = format::date_time(ui.locale(), known.confirmed);
    let words = el("div")
        .class("task-words")
        .child(el("h3").text(known.name()))
        .child(line("row-detail", &who.join(", ")))
        .child(line("row-detail fingerprint", &kid.fingerprint().to_string()))
        .child(line("row-detail", &standing_words(ui, known, standing)).attr("data-standing", code(standing)))
        .child(line("row-detail", &ui.tf(Key::KnownSince, &[&since, ui.t(how)])));
    let withdraw = known.key.revoked.is_none().then(|| {
        let withdraw = button("button", "withdraw-key", Some(Icon::Bin), &ui.tf(Key::WithdrawOf, &[known.name()]));
        let withdraw = withdraw.on_click(move || ui.send(Event::Keys(KeysEvent::Withdrawn(kid))));
        // There is no way back, so the hand is asked first.
        el("details")
            .class("key-withdraw")
            .child(el("summary").text(ui.t(Key::Withdraw)))
            .child(line("hint", ui.t(Key::WithdrawHint)))
            .child(withdraw)
    });
    let announced = ui.read(|model| model.enrolment.statements.iter().any(|(old, _)| *old == kid));
    let save = announced.then(|| statement(ui, kid));
    el("li").class("task").attr("data-known", &kid.to_string()).child(words).maybe(save).maybe(withdraw)
}

/// Saves what a former key of this tablet said about the one that took its place.
pub fn statement(ui: Ui, old: Kid) -> El {
    let save = button("button", "save-statement", Some(Icon::Download), ui.t(Key::SaveStatement));
    save.on_click(move || ui.send(Event::Keys(KeysEvent::StatementAsked(old))))
}

const fn code(standing: Standing) -> &'static str {
    match standing {
        Standing::Counts => "counts",
        Standing::NotYet(_) => "not-yet",
        Standing::Expired(_) => "expired",
        Standing::Withdrawn(_) => "withdrawn",
    }
}

fn standing_words(ui: Ui, known: &KnownKey, standing: Standing) -> String {
    let day = |time| format::date_time(ui.locale(), time);
    match standing {
        Standing::Counts => match known.key.valid_until {
            Some(until) => format!("{} {}", ui.t(Key::CountsUntil), day(until)),
            None => ui.t(Key::CountsNow).to_owned(),
        },
        Standing::NotYet(from) => ui.tf(Key::CountsNotYet, &[&day(from)]),
        Standing::Expired(until) => ui.tf(Key::CountedUntil, &[&day(until)]),
        Standing::Withdrawn(at) => {
            let reason = known.key.revoked.as_ref().and_then(|revoked| revoked.reason.clone());
            let reason = reason.map(|reason| format!(": {reason}")).unwrap_or_default();
            format!("{}{reason}", ui.tf(Key::WithdrawnOn, &[&day(at)]))
        }
    }
}
