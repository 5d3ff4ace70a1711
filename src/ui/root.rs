//! The outermost view: colours, language, the screen, and where the focus goes.

use super::dispatch::Ui;
use super::dom::{El, el, whenever};
use super::frame::frame;
use super::screens;
use crate::app::{Locale, Screen, Startup, Topic};
use std::cell::Cell;

/// The whole app.
pub fn root(ui: Ui) -> El {
    let outer = el("div")
        .class("app")
        .live_attr("data-theme", move || {
            ui.watch(Topic::Theme);
            ui.watch(Topic::Screen);
            Some(ui.read(|model| model.theme().code()).to_owned())
        })
        .live_attr("lang", move || {
            ui.watch(Topic::Screen);
            Some(ui.locale().tag().to_owned())
        })
        .live(move |outer| {
            ui.watch(Topic::Screen);
            screen(ui, outer);
        })
        .on("pointerdown", move |_| ui.press(true))
        .on("pointerup", move |_| ui.press(false))
        .on("pointercancel", move |_| ui.press(false))
        .on("pointerleave", move |_| ui.press(false));
    outer.set_attr("data-mode", ui.owns_page().then_some("page"));
    follow_focus(ui, outer.clone());
    outer
}

fn screen(ui: Ui, outer: &El) {
    let (startup, screen) = ui.read(|model| (model.startup.clone(), model.screen));
    match startup {
        Startup::Loading => outer.append(&screens::loading(ui)),
        Startup::Failed(problem) => frame(ui, outer, &screens::failed(ui, &problem)),
        Startup::Ready => {
            let shown = match screen {
                Screen::Home => screens::home(ui),
                Screen::NewCase => screens::case_form(ui, None),
                Screen::EditCase(id) => screens::case_form(ui, Some(id)),
                Screen::Case(id) => screens::case(ui, id),
                Screen::Section(id, position) => screens::section(ui, id, position),
                Screen::Review(id) => screens::review(ui, id),
                Screen::Sealed(id) => screens::sealed(ui, id),
                Screen::Client(id) => return outer.append(&screens::client(ui, id)),
                Screen::Copy(id) => screens::copy(ui, id),
                Screen::Forms(id) => screens::forms(ui, id),
                Screen::Verify => screens::verify(ui),
                Screen::Worker => screens::worker(ui),
                Screen::Tablet => screens::tablet(ui),
            };
            frame(ui, outer, &shown);
        }
    }
}

/// After another screen was drawn its heading takes the focus, so that a screen reader says where one is and the top is
/// in view; after a change of language the focus stays on the switch. The first screen takes nothing from the page.
fn follow_focus(ui: Ui, outer: El) {
    let before: Cell<Option<(Screen, Locale)>> = Cell::new(None);
    whenever(move || {
        ui.watch(Topic::Screen);
        let (ready, screen, locale, question) =
            ui.read(|model| (model.startup == Startup::Ready, model.screen, model.locale(), model.focus));
        let shown = before.replace(ready.then_some((screen, locale)));
        let Some((old_screen, old_locale)) = shown else { return };
        if old_locale != locale {
            focus(&outer, "[data-language]");
        } else if old_screen != screen || question.is_some() {
            let control = question
                .map(|node| format!("[id^='q{0}']:is(input,textarea,select,[tabindex]),[name='q{0}']", node.number()));
            focus(&outer, control.as_deref().unwrap_or("h1"));
        }
    });
}

fn focus(within: &El, selector: &str) {
    if let Some(element) = within.find(selector) {
        // Focusing fails only for elements that were removed meanwhile.
        let _ = element.focus();
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}
