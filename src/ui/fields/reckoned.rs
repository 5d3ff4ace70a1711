//! Answers that the form reckons: shown as reckoned, and corrected by hand where the form allows it.

use super::{Field, answer_words, controls};
use crate::form::Edit;
use crate::ui::dom::{El, distinct, el, yes};
use crate::ui::i18n::Key;
use crate::ui::icon::Icon;
use crate::ui::panel::{button, line};
use crate::ui::reactive::*;

/// The reckoned answer with a way to correct it, or the correction with the way back.
#[inline(never)] // An entry of tools/parts.json.
pub fn reckoned(field: &Field) -> El {
    let watched = field.clone();
    let by_hand = distinct(move || {
        watched.ui.watch_node(watched.node);
        let reckoned = |model: &crate::app::Model| {
            model.filling().is_some_and(|filling| filling.response.is_reckoned(watched.node))
        };
        yes(!watched.ui.read(reckoned))
    });
    let open = RwSignal::new(!by_hand.get_untracked().is_empty());
    let field = field.clone();
    el("div")
        .class("reckoned")
        .live(move |place| if open.get() { correction(&field, open, place) } else { result(&field, open, place) })
        .on("focusout", move |_| {
            // A correction that was taken away leaves the field to the form again.
            if by_hand.get_untracked().is_empty() {
                open.set(false);
            }
        })
}

fn result(field: &Field, open: RwSignal<bool>, place: &El) {
    let (ui, watched) = (field.ui, field.clone());
    let words =
        distinct(move || watched.watch(|content| answer_words(ui, watched.item(), content).unwrap_or_default()));
    let output = el("output").class("reckoned-value").attr("id", &field.id("")).live(move |place| {
        let words = words.get();
        place.append_text(if words.is_empty() { ui.t(Key::NotReckonedYet) } else { &words });
    });
    place.append(&output);
    place.append(&line("reckoned-note", ui.t(Key::Reckoned)));
    if !field.item().read_only {
        let change = button("button button-quiet", "correct", Some(Icon::Pencil), ui.t(Key::CorrectReckoned));
        let inner = place.clone();
        place.append(&change.on_click(move || {
            open.set(true);
            inner.focus_within();
        }));
    }
}

fn correction(field: &Field, open: RwSignal<bool>, place: &El) {
    let ui = field.ui;
    place.append(&controls::by_hand(field));
    place.append(&line("reckoned-note", ui.t(Key::ReckonedByHand)));
    let back = button("button button-quiet", "reckon", Some(Icon::Back), ui.t(Key::ReckonAgain));
    let (back_to, inner) = (field.clone(), place.clone());
    place.append(&back.on_click(move || {
        back_to.edit(Edit::Cleared);
        open.set(false);
        inner.focus_within();
    }));
}
