//! The key of this tablet, and the keys that it knows.

use super::known::{known_keys, statement};
use super::signers::passphrase;
use super::worker::role_words;
use crate::app::{Event, Given, KeyCard, KeysEvent, Renewal, Screen, Told, Topic, own_card};
use crate::platform::{Part, read_files, spawn};
use crate::ui::dispatch::Ui;
use crate::ui::dom::{El, el};
use crate::ui::i18n::{Key, format, keys as words};
use crate::ui::icon::{Icon, icon};
use crate::ui::panel::{back, button, facts, heading, line, trouble};
use crate::ui::parts::parted;
use crate::ui::sheet::{code, matrix};
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

/// The page about keys.
#[inline(never)] // An entry of tools/parts.json.
pub fn keys(ui: Ui) -> El {
    let outcome = el("div").attr("role", "status").live(move |place| {
        ui.watch(Topic::Keys);
        if let Some(told) = ui.read(|model| model.enrolment.told.clone()) {
            place.append(&told_words(ui, &told));
        }
    });
    let given = el("div").live(move |place| {
        ui.watch(Topic::Keys);
        if let Some(given) = ui.read(|model| model.enrolment.given.clone()) {
            let shown = compare(ui, &given);
            place.append(&shown);
            shown.focus_within();
        }
    });
    let listed = el("div").class("block-body").live(move |place| {
        ui.watch(Topic::Keys);
        place.append(&known_keys(ui));
    });
    el("div")
        .class("page page-narrow")
        .child(back(ui, Screen::Tablet, Key::ThisTablet))
        .child(heading(ui.t(Key::KeysTitle)))
        .child(line("lead", ui.t(Key::KeysLead)))
        .child(block(ui, Key::OwnPublic).child(own(ui)))
        .child(block(ui, Key::CredentialTitle).child(credential(ui)))
        .child(adding(ui).child(outcome).child(given))
        .child(block(ui, Key::KnownKeys).child(listed))
        .child(block(ui, Key::RenewOwn).child(renewal(ui)))
}

fn block(ui: Ui, title: Key) -> El {
    el("section").class("block").child(el("h2").text(ui.t(title)))
}

fn own(ui: Ui) -> El {
    let Some(card) = ui.read(own_card) else {
        let enter = button("button button-main", "edit-worker", Some(Icon::Pencil), ui.t(Key::EnterWorker));
        let enter = enter.on_click(move || ui.go(Screen::Worker));
        return el("div").class("block-body").child(line("", ui.t(Key::NoKeyYet))).child(enter);
    };
    let text = card.code();
    let copied = el("textarea")
        .class("input key-code")
        .attr("id", "own-code")
        .attr("rows", "3")
        .flag("readonly", true)
        .text(&text);
    let label = el("label").class("question-text").attr("for", "own-code").text(ui.t(Key::OwnKeyCode));
    let picture = el("div").class("key-qr").attr("role", "img").attr("aria-label", ui.t(Key::OwnKeyQr)).child(parted(
        ui,
        Part::Record,
        move || code(&matrix(&text)).unwrap_or_else(|| el("div")),
        |_| {},
    ));
    let save = button("button", "save-card", Some(Icon::Download), ui.t(Key::SaveCard));
    el("div")
        .class("block-body")
        .child(
            line("fingerprint key-large", &card.kid().fingerprint().to_string())
                .attr("data-kid", &card.kid().to_string()),
        )
        .child(facts(card_facts(ui, &card)))
        .child(line("hint", ui.t(Key::OwnKeyHow)))
        .child(picture)
        .child(el("div").class("actions").child(save.on_click(move || ui.send(Event::Keys(KeysEvent::CardAsked)))))
        .child(
            el("details").class("key-more").child(el("summary").text(ui.t(Key::OwnKeyCode))).child(label).child(copied),
        )
}

fn card_facts(ui: Ui, card: &KeyCard) -> Vec<(&'static str, String)> {
    let mut list = vec![
        (ui.t(Key::WorkerName), card.name.clone()),
        (ui.t(Key::WorkerRole), role_words(ui, &card.role)),
        (ui.t(Key::Organisation), card.organisation.clone()),
    ];
    list.extend(card.licence_number.clone().map(|number| (ui.t(Key::LicenceNumber), number)));
    list
}

fn credential(ui: Ui) -> El {
    el("div").class("block-body").live(move |place| {
        ui.watch(Topic::Keys);
        let Some(kept) = ui.read(|model| model.enrolment.credential.clone()) else {
            return place.append(&line("", ui.t(Key::CredentialNone)));
        };
        let time = |time: Option<crate::domain::Timestamp>| {
            time.map_or_else(|| ui.t(Key::CountsAlways).to_owned(), |time| format::date_time(ui.locale(), time))
        };
        let key = &kept.credential.key;
        place.append(&facts([
            (ui.t(Key::CredentialBy), kept.issuer.clone()),
            (ui.t(Key::CredentialFor), key.name.clone().unwrap_or_default()),
            (ui.t(Key::CountsFrom), time(key.valid_from)),
            (ui.t(Key::CountsUntil), time(key.valid_until)),
        ]));
        place.append(&line("hint", ui.t(Key::CredentialStays)));
    })
}

/// A file or a code of somebody else's key.
fn adding(ui: Ui) -> El {
    let input = el("input")
        .class("file-input")
        .attr("type", "file")
        .attr("accept", ".json,application/json")
        .attr("data-act", "key-file")
        .flag("multiple", true)
        .on("change", move |event| {
            let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
            let Some(files) = input.and_then(|input| input.files()) else { return };
            spawn(Box::pin(async move {
                ui.send(Event::Keys(KeysEvent::FilesGiven(read_files(files).await)));
            }));
        });
    let choose = el("span").text(ui.t(Key::ChooseKeyFile));
    let file = el("label").class("button file-choose").child(icon(Icon::Sheet)).child(choose).child(input);
    let pasted =
        el("textarea").class("input key-code").attr("id", "key-code").attr("rows", "3").attr("autocomplete", "off");
    let given = pasted.clone();
    let read = button("button", "read-code", None, ui.t(Key::ReadCode)).attr("type", "submit");
    let form = el("form")
        .class("question")
        .child(el("label").class("question-text").attr("for", "key-code").text(ui.t(Key::PasteCode)))
        .child(pasted)
        .child(read)
        .on("submit", move |event| {
            event.prevent_default();
            ui.send(Event::Keys(KeysEvent::CodeGiven(given.value())));
        });
    block(ui, Key::KnowOther).child(line("", ui.t(Key::AddKeyLead))).child(file).child(form)
}

/// A key that was given, to be compared by a person.
fn compare(ui: Ui, given: &Given) -> El {
    let card = &given.card;
    let act = |class, act, mark, key, event: fn() -> KeysEvent| {
        button(class, act, mark, ui.t(key)).on_click(move || ui.send(Event::Keys(event())))
    };
    let replaced = given.replaces.as_ref().map(|old| {
        let kid = old.key.kid.fingerprint().to_string();
        line("", &ui.tf(Key::CompareReplaces, &[&kid]))
    });
    let mut said = card_facts(ui, card);
    let limits = [Key::CountsFrom, Key::CountsUntil].into_iter().zip(given.limits);
    said.extend(limits.filter_map(|(key, time)| Some((ui.t(key), format::date_time(ui.locale(), time?)))));
    el("section")
        .class("key-given")
        .child(el("h3").text(ui.t(Key::CompareTitle)))
        .child(facts(said))
        .maybe(replaced)
        .child(line("fingerprint key-large", &card.kid().fingerprint().to_string()))
        .child(line("", &ui.tf(Key::CompareHow, &[&card.name])))
        .child(el("div").class("actions").all([
            act("button button-main", "confirm-key", Some(Icon::Tick), Key::CompareSame, || KeysEvent::GivenConfirmed),
            act("button", "drop-key", None, Key::CompareOther, || KeysEvent::GivenDropped),
        ]))
}

fn told_words(ui: Ui, told: &Told) -> El {
    let calm = |words: &str| el("div").class("notice").child(icon(Icon::Tick)).child(line("", words));
    match told {
        Told::Known(name) => calm(&ui.tf(Key::NowKnown, &[name])),
        Told::Credential => calm(ui.t(Key::CredentialTaken)),
        Told::Register(count) => calm(&ui.tf(Key::RegisterTaken, &[&count.to_string()])),
        Told::Refused(refused) => trouble(ui, words::refused(ui, refused), []),
    }
}

fn renewal(ui: Ui) -> El {
    el("div").class("block-body").live(move |place| {
        ui.watch(Topic::Keys);
        place.append(&line("", ui.t(Key::NewKeyLead)));
        let (step, able) = ui.read(|model| (model.enrolment.renewal.clone(), own_card(model).is_some()));
        let ask = || {
            let ask = button("button", "renew-key", None, ui.t(Key::NewKeyAsk)).flag("disabled", !able);
            ask.on_click(move || ui.send(Event::Keys(KeysEvent::RenewalAsked)))
        };
        match step {
            None => place.append(&ask()),
            Some(Renewal::Failed(problem)) => {
                place.append(&trouble(ui, words::not_renewed(ui, &problem), []));
                place.append(&el("div").maybe(passphrase(ui, Some(&problem))));
                place.append(&ask());
            }
            Some(Renewal::Done(old)) => {
                let notice = el("div").class("notice").child(icon(Icon::Tick)).child(line("", ui.t(Key::NewKeyDone)));
                place.append(&notice.child(statement(ui, old)));
            }
            Some(_) => place.append(&line("", ui.t(Key::NewKeyMaking)).attr("role", "status")),
        }
    })
}
