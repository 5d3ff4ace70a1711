//! Before and instead of the first screen.

use crate::app::{Event, Notice, Screen, StorageProblem, Topic};
use crate::domain::DocumentId;
use crate::ui::dispatch::Ui;
use crate::ui::dom::{El, el};
use crate::ui::i18n::{Key, words};
use crate::ui::panel::{button, heading, line, trouble};
use std::cell::Cell;

/// While something is read.
pub fn loading(ui: Ui) -> El {
    line("loading", ui.t(Key::Opening)).attr("role", "status")
}

/// While a document is read, and when it turned out that it cannot be: why is said by the message above every screen,
/// which may be put away, and then this must not look as if the document were still coming.
pub fn opening(ui: Ui, id: DocumentId) -> El {
    let failed = Cell::new(false);
    el("div").live(move |place| {
        ui.watch(Topic::Notice);
        let told = ui.read(|model| match model.notice {
            Some(Notice::DocumentUnreadable(of, _) | Notice::FormUnusable(Some(of), _)) => of == id,
            _ => false,
        });
        failed.set(failed.get() || told);
        place.append(&if failed.get() { closed(ui) } else { loading(ui) });
    })
}

fn closed(ui: Ui) -> El {
    el("div").class("page page-narrow").child(heading(ui.t(Key::DocumentNotOpened))).child(home(ui))
}

fn home(ui: Ui) -> El {
    button("button", "home", None, ui.t(Key::ToCases)).on_click(move || ui.go(Screen::Home))
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
        .child(home(ui))
}
