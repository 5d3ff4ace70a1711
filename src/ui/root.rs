//! The outermost view: colours, language, the screen, and where the focus goes.

use super::dispatch::Ui;
use super::dom::{El, el, whenever};
use super::frame::frame;
use super::i18n;
use super::parts::parted;
use super::screens;
use crate::app::{Event, Locale, Screen, Startup, Topic};
use crate::platform::{Part, spawn};
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
    follow_language(ui);
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
                Screen::Review(id) => in_office(ui, move || screens::review(ui, id)),
                Screen::Sealed(id) => in_office(ui, move || screens::sealed(ui, id)),
                Screen::Forms(id) => in_office(ui, move || screens::forms(ui, id)),
                Screen::Verify => in_office(ui, move || screens::verify(ui)),
                Screen::Worker => in_office(ui, move || screens::worker(ui)),
                Screen::Tablet => in_office(ui, move || screens::tablet(ui)),
            };
            frame(ui, outer, &shown);
        }
    }
}

/// A screen that few need before the first form is filled; its heading takes the focus also when it comes late.
fn in_office(ui: Ui, screen: impl Fn() -> El + 'static) -> El {
    parted(ui, Part::Office, screen, |place| focus(place, "h1"))
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

/// Brings the words of the language in force, where they are not there yet, and draws anew with them.
fn follow_language(ui: Ui) {
    whenever(move || {
        ui.watch(Topic::Screen);
        let Some(part) = i18n::missing(ui.locale()) else { return };
        spawn(Box::pin(async move {
            match part.bring().await {
                Ok(()) => ui.redraw(),
                Err(words) => ui.send(Event::LanguageMissing(words)),
            }
        }));
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
