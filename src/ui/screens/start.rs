//! Before and instead of the first screen.

use crate::app::{Event, Screen, StorageProblem};
use crate::ui::dispatch::Ui;
use crate::ui::dom::{El, el};
use crate::ui::i18n::{Key, words};
use crate::ui::panel::{button, heading, line, trouble};

/// While something is read.
pub fn loading(ui: Ui) -> El {
    line("loading", ui.t(Key::Opening)).attr("role", "status")
}

/// Storage cannot be used.
pub fn failed(ui: Ui, problem: &StorageProblem) -> El {
    el("div").class("page page-narrow").child(heading(ui.t(Key::CannotOpen))).child(trouble(
        ui,
        words::no_storage(ui, problem),
        [retry(ui)],
    ))
}

/// Starts anew.
pub fn retry(ui: Ui) -> El {
    button("button", "retry", None, ui.t(Key::TryAgain)).on_click(move || ui.send(Event::Connected))
}

/// A link leads to something that is not on this tablet.
pub fn missing(ui: Ui) -> El {
    el("div")
        .class("page page-narrow")
        .child(heading(ui.t(Key::NotHere)))
        .child(line("lead", ui.t(Key::NotHereWhy)))
        .child(button("button", "home", None, ui.t(Key::ToCases)).on_click(move || ui.go(Screen::Home)))
}
