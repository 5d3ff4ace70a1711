//! The tablet: who works on it, how it looks, how safe its storage is.

use super::worker::key_facts;
use crate::app::{Event, Screen, Theme, Topic};
use crate::ui::dispatch::Ui;
use crate::ui::dom::{El, el, whenever};
use crate::ui::i18n::{self, Key, format};
use crate::ui::icon::Icon;
use crate::ui::panel::{button, heading, line};

/// The settings and the health of this tablet.
#[inline(never)] // An entry of tools/parts.json.
pub fn tablet(ui: Ui) -> El {
    let edit = button("button", "edit-worker", Some(Icon::Pencil), ui.t(Key::EnterWorker));
    let keys =
        button("button", "to-keys", Some(Icon::Seal), ui.t(Key::KeysTitle)).on_click(move || ui.go(Screen::Keys));
    let version = ui.tf(Key::Version, &[env!("CARGO_PKG_VERSION"), &ui.build()]);
    let storage = el("div").class("block-body").live(move |place| {
        ui.watch(Topic::Tablet);
        health(ui, place);
    });
    el("div")
        .class("page page-narrow")
        .child(heading(ui.t(Key::ThisTablet)))
        .child(
            block(ui, Key::WorkerTitle)
                .child(line("", &worker(ui)))
                .child(key_facts(ui))
                .child(el("div").class("actions").child(edit.on_click(move || ui.go(Screen::Worker))).child(keys)),
        )
        .child(block(ui, Key::OutboxTitle).child(sending(ui)))
        .child(block(ui, Key::Colours).child(themes(ui)))
        .child(block(ui, Key::Storage).child(storage))
        .child(line("hint", &version))
}

/// What is not received yet, and the way to where it is sent from.
fn sending(ui: Ui) -> El {
    let state = line("", "").live(move |place| {
        ui.watch(Topic::Outbox);
        place.append_text(&i18n::outbox::state(ui));
    });
    let to = button("button", "outbox", Some(Icon::Sheet), ui.t(Key::OutboxTitle));
    el("div").class("block-body").child(state).child(to.on_click(move || ui.go(Screen::Outbox)))
}

fn block(ui: Ui, title: Key) -> El {
    el("section").class("block").child(el("h2").text(ui.t(title)))
}

fn worker(ui: Ui) -> String {
    ui.read(|model| model.worker.as_ref().map(|worker| format!("{}, {}", worker.name, worker.organisation)))
        .unwrap_or_else(|| ui.t(Key::NoWorker).to_owned())
}

fn themes(ui: Ui) -> El {
    let choice = |theme: Theme| {
        let key = match theme {
            Theme::Auto => Key::ThemeAuto,
            Theme::Light => Key::ThemeLight,
            Theme::Dark => Key::ThemeDark,
            Theme::Contrast => Key::ThemeContrast,
        };
        let input = el("input").attr("type", "radio").attr("name", "theme").attr("value", theme.code());
        let shown = input.clone();
        whenever(move || {
            ui.watch(Topic::Theme);
            shown.set_checked(ui.read(|model| model.settings.theme == theme));
        });
        let input = input.on("change", move |_| ui.send(Event::ThemeChosen(theme)));
        el("label").class("option option-small").child(input).child(el("span").text(ui.t(key)))
    };
    el("div")
        .class("options options-row")
        .attr("role", "radiogroup")
        .attr("aria-label", ui.t(Key::Colours))
        .all(Theme::ALL.map(choice))
}

fn health(ui: Ui, place: &El) {
    let (health, update) = ui.read(|model| (model.health, model.update));
    let persistent = match health.and_then(|health| health.persistent) {
        Some(true) => Key::StorageKept,
        Some(false) => Key::StorageNotKept,
        None => Key::StorageUnknown,
    };
    let space = health.and_then(|health| Some((health.used?, health.quota?)));
    let space = space.map(|(used, quota)| {
        el("li").text(&ui.tf(Key::StorageSpace, &[&format::bytes(ui, used), &format::bytes(ui, quota)]))
    });
    let offline = if update.offline_ready { Key::OfflineReady } else { Key::OfflineNotReady };
    let ready = el("li").attr("data-offline", if update.offline_ready { "true" } else { "false" });
    let list = el("ul").class("health").child(el("li").text(ui.t(persistent))).maybe(space);
    place.append(&list.child(ready.text(ui.t(offline))));
    if health.is_some_and(|health| health.persistent == Some(false)) {
        let ask = button("button", "persist", None, ui.t(Key::KeepStorage));
        place.append(&ask.on_click(move || ui.send(Event::PersistenceAsked)));
    }
}
