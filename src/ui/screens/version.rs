//! Another version of the form of a draft: offered quietly, shown with all that would change, chosen or left alone.

use super::differences::differences;
use super::section::document_bar;
use super::start;
use crate::app::view::{earlier, newer};
use crate::app::{Event, Model, Moving, MovingStep, Screen, Topic, Way};
use crate::domain::{Document, DocumentId};
use crate::ui::dispatch::Ui;
use crate::ui::dom::{El, distinct, el};
use crate::ui::fields::{answer_words, told};
use crate::ui::i18n::{Key, words};
use crate::ui::icon::Icon;
use crate::ui::panel::{button, heading, line, number, trouble};
use crate::ui::reactive::*;

/// Both versions in a sentence; a form that was changed without a new number is said to be just that.
fn both(ui: Ui, way: Way, now: &str, other: &str) -> String {
    let key = match way {
        _ if now == other => Key::SameVersionNumber,
        Way::Newer => Key::VersionsAre,
        Way::Earlier => Key::VersionsWere,
    };
    ui.tf(key, &[number(ui, now), number(ui, other)])
}

/// Tells that the form of a draft has another version and leads to what would change; nothing where there is none.
pub fn offer(ui: Ui, document: &Document) -> Option<El> {
    let version = ui.read(|model| newer(model, document).map(|entry| entry.version.clone()))?;
    let id = document.id;
    let look = button("link", "newer-version", Some(Icon::Sheet), ui.t(Key::NewerVersion));
    let look = look.on_click(move || ui.go(Screen::Version(id, Way::Newer)));
    let versions = line("row-detail", &both(ui, Way::Newer, document.instrument.version(), &version));
    Some(el("div").class("version-offer").child(look).child(versions))
}

/// The other versions of the open draft, below the list of its sections.
pub fn offers(ui: Ui) -> El {
    let draft = |model: &Model| model.filling().map(|filling| filling.document.clone());
    // Drawn anew only when it says something else, so that no button goes from under a finger.
    let changed = distinct(move || {
        ui.watch(Topic::Cases);
        ui.read(|model| {
            let document = draft(model)?;
            let newer = newer(model, &document).map(|entry| entry.file.clone() + &entry.version);
            let back = earlier(model, &document).map(|pin| pin.digest.clone());
            Some(newer.unwrap_or_default() + &back.unwrap_or_default())
        })
        .unwrap_or_default()
    });
    el("div").live(move |place| {
        changed.get();
        let Some(document) = ui.read(draft) else { return };
        if let Some(offer) = offer(ui, &document) {
            place.append(&offer);
        }
        let back = ui.read(|model| earlier(model, &document).map(|pin| pin.version().to_owned()));
        if let Some(version) = back {
            let id = document.id;
            let words = ui.tf(Key::EarlierVersion, &[number(ui, &version)]);
            let look = button("button button-quiet", "earlier-version", Some(Icon::Back), &words);
            place.append(&look.on_click(move || ui.go(Screen::Version(id, Way::Earlier))));
        }
    })
}

/// What would change in a draft with another version, and the choice.
#[inline(never)] // An entry of tools/parts.json.
pub fn version(ui: Ui, id: DocumentId, way: Way) -> El {
    if !ui.read(|model| model.documents.contains(id)) {
        return start::missing(ui);
    }
    if ui.read(|model| model.filling().is_none()) {
        return start::opening(ui, id);
    }
    let title = match way {
        Way::Newer => Key::NewerVersion,
        Way::Earlier => Key::EarlierVersionTitle,
    };
    let back = button("back", "back", Some(Icon::Back), ui.t(Key::BackToDraft)).on_click(move || go_back(ui, id));
    // What is shown stays as it is while the choice is carried out, so that the focus stays where it was.
    let stage = distinct(move || {
        ui.watch(Topic::Version);
        ui.read(|model| stage(model.moving.as_ref()))
    });
    let body = el("div").class("versions").live(move |place| {
        stage.get();
        match ui.read(|model| model.moving.as_ref().map(|moving| (moving.step.clone(), moving.prospect.is_some()))) {
            None => place.append(&line("", ui.t(Key::NoOtherVersion))),
            Some((MovingStep::Failed(problem), _)) => {
                let again = button("button", "retry", None, ui.t(Key::TryAgain));
                let again = again.on_click(move || ui.go(Screen::Version(id, way)));
                place.append(&trouble(ui, words::instrument(ui, &problem), [again]));
            }
            Some((MovingStep::Unreadable(problem), _)) => {
                let copy = button("button", "raw-copy", Some(Icon::Download), ui.t(Key::SaveRawCopy));
                let copy = copy.on_click(move || ui.send(Event::RawCopyAsked(id)));
                place.append(&trouble(ui, words::storage(ui, &problem), [copy]));
            }
            Some((_, false)) => place.append(&line("", ui.t(Key::ComparingVersions)).attr("role", "status")),
            Some((_, true)) => shown(ui, id, way, place),
        }
    });
    let page = el("div").class("page page-narrow").child(back).child(heading(ui.t(title))).child(body);
    el("div").child(document_bar(ui, id)).child(page)
}

/// What is drawn: anew only where this becomes another.
fn stage(moving: Option<&Moving>) -> String {
    match moving {
        None => String::new(),
        Some(Moving { prospect: Some(prospect), .. }) => format!("shown {}", prospect.renewed),
        Some(Moving { step: MovingStep::Fetching, .. }) => "fetching".to_owned(),
        Some(_) => "failed".to_owned(),
    }
}

fn go_back(ui: Ui, id: DocumentId) {
    let back = ui.read(|model| model.moving.as_ref().map(|moving| moving.back));
    ui.go(back.unwrap_or(Screen::Section(id, 0)));
}

fn shown(ui: Ui, id: DocumentId, way: Way, place: &El) {
    let versions = ui.read(|model| {
        let (filling, moving) = (model.filling()?, model.moving.as_ref()?);
        Some(both(ui, way, filling.document.instrument.version(), &moving.to.version))
    });
    let lead = format!("{} {}", versions.unwrap_or_default(), ui.t(Key::VersionLead));
    place.append(&line("lead", &lead));
    differences(ui, place);
    let (go, stay) = match way {
        Way::Newer => (Key::MoveToNewer, Key::StayWithOld),
        Way::Earlier => (Key::MoveToEarlier, Key::StayWithThis),
    };
    let go = button("button button-main", "move", None, ui.t(go)).on_click(move || ui.send(Event::MoveAsked));
    let stay = button("button", "stay", None, ui.t(stay)).on_click(move || go_back(ui, id));
    let outcome = el("div").live(move |place| {
        ui.watch(Topic::Version);
        match ui.read(|model| model.moving.as_ref().map(|moving| moving.step.clone())) {
            Some(MovingStep::AwaitingSave | MovingStep::Storing) => {
                place.append(&line("", ui.t(Key::MovingDraft)).attr("role", "status"));
            }
            Some(MovingStep::NotKept(problem)) => place.append(&trouble(ui, words::not_moved(ui, &problem), [])),
            _ => {}
        }
    });
    let choice = el("section").class("version-choice").child(line("", ui.t(Key::MoveIsSafe))).child(outcome);
    place.append(&choice.child(el("div").class("actions").child(go).child(stay)));
}

/// Answers that found no place in a version another window moved to, in full, until they are put away.
pub fn strays(ui: Ui) -> Option<El> {
    let any = ui.read(|model| !model.strays.is_empty());
    any.then(|| all_strays(ui))
}

#[inline(never)] // As `version`.
fn all_strays(ui: Ui) -> El {
    let strays = ui.read(|model| model.strays.clone());
    let close =
        button("button", "dismiss-strays", None, ui.t(Key::Close)).on_click(move || ui.send(Event::StraysDismissed));
    let answers = strays.iter().map(|stray| {
        let item = stray.item();
        let answer = answer_words(ui, item, &stray.content).unwrap_or_default();
        el("div").child(el("dt").text(item.text.in_language(ui.locale().tag()))).child(told(ui, item, answer))
    });
    let list = el("dl").class("facts").all(answers);
    trouble(ui, words::strays(ui), [list, close])
}
