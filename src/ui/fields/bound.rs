//! What stands beside questions of an agreement: what an answer was bound to and whether that still holds, the way to the
//! client's screen, and copies to hand over.

use super::Field;
use crate::app::view::cards;
use crate::app::{Event, Purpose, Screen, Topic, binding};
use crate::form::{Audience, CopyKind, Edit, NodeIx, Shown};
use crate::seal::short_form;
use crate::ui::dispatch::Ui;
use crate::ui::dom::{El, distinct, el, yes};
use crate::ui::i18n::{Key, format};
use crate::ui::icon::{Icon, icon};
use crate::ui::panel::{button, line};
use crate::ui::reactive::*;

/// The code system and code of the question that going through the cards answers.
const READ_THROUGH: (&str, &str) = ("https://asesmen.id/fhir/CodeSystem/client-view", "read-through");

/// What the form asks to stand beside a question; nothing for most.
pub fn beside(field: &Field) -> Option<El> {
    let item = field.item();
    let reads = item.has_code(READ_THROUGH.0, READ_THROUGH.1);
    let copies = item.options.iter().any(|option| option.copy.is_some());
    if !item.binds_content && !reads && !copies {
        return None;
    }
    let place = el("div").class("beside");
    if reads {
        place.append(&read_together(field.ui, "button button-main"));
    }
    if item.binds_content {
        place.append(&bound(field));
    }
    if copies && !is_hosted(field.ui) {
        place.append(&copy_link(field.ui));
    }
    Some(place)
}

/// Whether the form stands on a host's page, which has neither a client's screen nor copies.
fn is_hosted(ui: Ui) -> bool {
    ui.read(|model| model.hosted.is_some())
}

/// Whether going through the cards answers the question of a linkId.
pub fn is_read_through(ui: Ui, link_id: &str) -> bool {
    ui.read(|model| {
        let form = model.filling().map(|filling| filling.response.questionnaire());
        let item = form.and_then(|form| Some(form.item(form.find(link_id)?)));
        item.is_some_and(|item| item.has_code(READ_THROUGH.0, READ_THROUGH.1))
    })
}

/// Gives the tablet to the client, to go through the cards together.
pub fn read_together(ui: Ui, class: &'static str) -> El {
    el("div").live(move |place| {
        ui.watch(Topic::Sections);
        let id = ui.read(|model| {
            let filling = model.filling().filter(|_| model.hosted.is_none())?;
            (!cards(&filling.response).is_empty()).then_some(filling.document.id)
        });
        if let Some(id) = id {
            let read = button(class, "read-together", Some(Icon::People), ui.t(Key::ReadTogether));
            place.append(&read.on_click(move || ui.send(Event::HandedOver(id, Purpose::Reading))));
        }
    })
}

/// Gives the tablet to the client, to answer or sign on the card of a group that is the client's to answer.
pub fn hand_over(field: &Field) -> Option<El> {
    (field.item().audience == Some(Audience::ClientAnswers) && !is_hosted(field.ui)).then(|| {
        let (ui, node) = (field.ui, field.node);
        let give = button("button", "hand-over", Some(Icon::People), ui.t(Key::HandOver));
        give.on_click(move || {
            if let Some(id) = ui.read(|model| model.screen.document()) {
                ui.send(Event::HandedOver(id, Purpose::Answering(node)));
            }
        })
    })
}

/// Which text an answer was given to; and, where that changed since, that it says nothing any more.
fn bound(field: &Field) -> El {
    let watched = field.clone();
    let said = distinct(move || {
        watched.ui.watch_node(watched.node);
        watched.ui.watch(Topic::Sections);
        let stale = yes(is_stale(watched.ui, watched.node));
        let words = watched.content(|content| content.shown.clone()).map(|shown| words(watched.ui, &shown));
        format!("{stale}\n{}", words.unwrap_or_default())
    });
    let field = field.clone();
    el("div").live(move |place| {
        let said = said.get();
        let (stale, words) = said.split_once('\n').unwrap_or_default();
        if !stale.is_empty() {
            let again = field.clone();
            let clear = button("button", "ask-again", None, field.ui.t(Key::AskAgain));
            let clear = clear.on_click(move || again.edit(Edit::Cleared));
            let warning = el("p").class("problem bound-stale").child(icon(Icon::Alert));
            place.append(&warning.child(el("span").text(field.ui.t(Key::ContentChanged))));
            place.append(&clear);
        } else if !words.is_empty() {
            place.append(&line("row-detail", words));
        }
    })
}

fn words(ui: Ui, shown: &Shown) -> String {
    ui.tf(Key::BoundTo, &[&short_form(&shown.digest), &format::date_time(ui.locale(), shown.at)])
}

/// Whether the content changed after an answer was given.
pub fn is_stale(ui: Ui, node: NodeIx) -> bool {
    ui.read(|model| model.filling().is_some_and(|filling| binding::is_stale(filling, node)))
}

/// The way to the copy for the client.
fn copy_link(ui: Ui) -> El {
    let copy = button("button", "to-copy", Some(Icon::Printer), ui.t(Key::MakeCopy));
    copy.on_click(move || {
        if let Some(id) = ui.read(|model| model.screen.document()) {
            ui.go(Screen::Copy(id));
        }
    })
}

/// The ways of handing a copy over, in the order in which they are offered.
pub const COPIES: [(CopyKind, Icon, Key); 3] = [
    (CopyKind::Print, Icon::Printer, Key::CopyPrint),
    (CopyKind::Image, Icon::Camera, Key::CopyImage),
    (CopyKind::Text, Icon::Sheet, Key::CopyText),
];
