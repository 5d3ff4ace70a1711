//! Who else signs: chosen before sealing, awaited after it; and the passphrase of a key that the browser cannot keep.

use super::worker::role_words;
use crate::app::{Candidate, Event, KeyProblem, KeysEvent, Screen, Topic, candidates, unmet};
use crate::domain::{Awaited, DocumentId};
use crate::platform::stamp;
use crate::ui::dispatch::Ui;
use crate::ui::dom::{El, checked, el};
use crate::ui::i18n::{Key, words};
use crate::ui::icon::{Icon, icon};
use crate::ui::panel::{button, line, named_set, problem, say_problem};

/// The choice of those who have to sign as well; nothing where nobody can and nobody is asked for.
pub fn choice(ui: Ui, id: DocumentId) -> El {
    el("div").live(move |place| {
        ui.watch(Topic::Keys);
        let now = stamp().now;
        let read = ui.read(|model| {
            let filling = model.filling()?;
            Some((candidates(model, filling, now), unmet(model, filling, now)))
        });
        let Some((candidates, unmet)) = read else { return };
        if candidates.is_empty() && unmet.is_empty() {
            return;
        }
        place.append(&el("h3").attr("id", "also-sign").text(ui.t(Key::AlsoSign)));
        place.append(&line("hint", ui.t(Key::AlsoSignLead)));
        if !unmet.is_empty() {
            let roles: Vec<String> = unmet.iter().map(|role| role_words(ui, role)).collect();
            let keys = button("button", "to-keys", None, ui.t(Key::ToKeys)).on_click(move || ui.go(Screen::Keys));
            place.append(&line("", &ui.tf(Key::AlsoSignUnknown, &[&roles.join(", ")])).attr("data-unmet", ""));
            place.append(&keys);
        }
        let boxes = candidates.iter().map(|candidate| one(ui, id, candidate));
        place.append(&named_set("also-sign").class("options").all(boxes));
    })
}

fn one(ui: Ui, id: DocumentId, candidate: &Candidate) -> El {
    let kid = candidate.kid;
    let input = el("input").attr("type", "checkbox").attr("data-signer", &kid.to_string());
    input.set_checked(candidate.chosen);
    let input = input.on("change", move |event| {
        ui.send(Event::Keys(KeysEvent::SignerChosen(id, kid, checked(&event))));
    });
    let asked = if candidate.asked { format!(" – {}", ui.t(Key::AlsoSignAsked)) } else { String::new() };
    let words = format!("{}, {}, {}{asked}", candidate.name, role_words(ui, &candidate.role), candidate.organisation);
    el("label").class("option").child(input).child(el("span").text(&words))
}

/// Whose signatures a sealed document waits for, and what to do; nothing where it waits for nobody.
pub fn awaited(ui: Ui, id: DocumentId) -> Option<El> {
    let awaits = ui.read(|model| model.documents.get(id).map(|document| document.awaits.clone()))?;
    let names: Vec<String> = awaits.iter().map(|one| awaited_words(ui, one)).collect();
    let names = names.join(", ");
    (!awaits.is_empty()).then(|| {
        let check = button("button", "to-verify", Some(Icon::Sheet), ui.t(Key::VerifyFiles));
        el("div")
            .class("notice")
            .attr("data-awaits", "")
            .child(icon(Icon::Half))
            .child(line("", &format!("{}. {}", ui.tf(Key::WaitsFor, &[&names]), ui.tf(Key::WaitsHow, &[&names]))))
            .child(check.on_click(move || ui.go(Screen::Verify)))
    })
}

/// Somebody who is awaited: name and role.
pub fn awaited_words(ui: Ui, awaited: &Awaited) -> String {
    let role = role_words(ui, &awaited.role);
    if awaited.name.is_empty() { role } else { format!("{} ({role})", awaited.name) }
}

/// The field for the passphrase, where this browser keeps no keys: to make a key, or to open it where something failed
/// because it is locked.
pub fn passphrase(ui: Ui, failed: Option<&KeyProblem>) -> Option<El> {
    let make = ui.read(|model| model.key == Err(KeyProblem::NotKept));
    (make || failed == Some(&KeyProblem::Locked)).then(|| field(ui, make))
}

fn field(ui: Ui, make: bool) -> El {
    let (why, act) =
        if make { (Key::PassphraseMake, Key::PassphraseGive) } else { (Key::PassphraseOpen, Key::PassphraseUnlock) };
    let input = el("input")
        .class("input")
        .attr("id", "passphrase")
        .attr("type", "password")
        .attr("autocomplete", if make { "new-password" } else { "current-password" })
        .attr("aria-describedby", "passphrase-problem");
    let typed = input.clone();
    let refused = problem("passphrase-problem").live(move |place| {
        ui.watch(Topic::Keys);
        match ui.read(|model| model.enrolment.passphrase.clone()) {
            None => {}
            Some(KeyProblem::ShortPassphrase) => say_problem(place, ui.t(Key::PassphraseShort)),
            Some(KeyProblem::WrongPassphrase) => say_problem(place, ui.t(Key::PassphraseWrong)),
            Some(problem) => {
                let said = words::key(ui, &problem);
                say_problem(place, &[&said.happened, ui.t(said.safe), ui.t(said.todo)].join(" "));
            }
        }
    });
    let give = button("button button-main", "passphrase", None, ui.t(act)).attr("type", "submit");
    el("form")
        .class("block passphrase")
        .flag("novalidate", true)
        .child(el("h3").text(ui.t(Key::PassphraseTitle)))
        .child(line("", ui.t(why)))
        .child(el("label").class("question-text").attr("for", "passphrase").text(ui.t(Key::Passphrase)))
        .child(input)
        .child(refused)
        .child(el("div").class("actions").child(give))
        .on("submit", move |event| {
            event.prevent_default();
            ui.send(Event::Keys(KeysEvent::PassphraseGiven(typed.value())));
            typed.set_value("");
        })
}
