//! The saving state in words: it says "saved" only when storage has said so.

use super::dispatch::Ui;
use super::dom::{El, el};
use super::i18n::{Key, format, words};
use super::icon::{Icon, icon};
use super::panel::{button, trouble};
use crate::app::{Event, SaveState, Topic};

/// The saving state of the open document, announced when it changes.
pub fn saving_state(ui: Ui) -> El {
    el("p").class("saving").attr("role", "status").live(move |place| {
        ui.watch(Topic::Saving);
        let Some(state) = ui.read(|model| model.filling().map(|filling| filling.state.clone())) else { return };
        let (code, mark, words) = match state {
            SaveState::Unchanged => ("unchanged", None, ui.t(Key::NothingChanged).to_owned()),
            SaveState::Waiting | SaveState::Saving => ("saving", None, ui.t(Key::Saving).to_owned()),
            SaveState::Saved(at) => ("saved", Some(Icon::Tick), ui.tf(Key::SavedAt, &[&format::time(ui.locale(), at)])),
            SaveState::Failed(_) => ("failed", Some(Icon::Alert), ui.t(Key::SavingFailed).to_owned()),
        };
        let state = el("span").class("saving-words").attr("data-saving", code);
        place.append(&state.maybe(mark.map(icon)).text(&words));
    })
}

/// What to do when saving failed; nothing otherwise.
pub fn saving_trouble(ui: Ui) -> El {
    el("div").live(move |place| {
        ui.watch(Topic::Saving);
        let problem = ui.read(|model| match model.filling().map(|filling| &filling.state) {
            Some(SaveState::Failed(problem)) => Some(problem.clone()),
            _ => None,
        });
        if let Some(problem) = problem {
            let retry =
                button("button", "retry", None, ui.t(Key::TryAgain)).on_click(move || ui.send(Event::RetryAsked));
            place.append(&trouble(ui, words::not_saved(ui, &problem), [retry]));
        }
    })
}
