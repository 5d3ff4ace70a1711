//! The outermost view: colours, language and the screen.

use super::dispatch::Ui;
use super::dom::{El, el};
use super::focus;
use super::frame::frame;
use super::{paper, screens};
use crate::app::{Screen, Startup, Topic};

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
    focus::follow(ui, outer.clone());
    outer
}

fn screen(ui: Ui, outer: &El) {
    let (startup, screen, hosted) = ui.read(|model| (model.startup.clone(), model.screen, model.hosted.is_some()));
    match startup {
        _ if hosted => screens::form(ui, outer, screen),
        Startup::Loading => outer.append(&screens::loading(ui)),
        Startup::Failed(problem) => frame(ui, outer, &screens::failed(ui, &problem)),
        Startup::Ready => {
            paper::plain(ui);
            let shown = match screen {
                Screen::Home => screens::home(ui),
                Screen::NewCase => screens::case_form(ui, None),
                Screen::EditCase(id) => screens::case_form(ui, Some(id)),
                Screen::Case(id) => screens::case(ui, id),
                Screen::Section(id, position) => screens::section(ui, id, position),
                Screen::Review(id) => screens::review(ui, id),
                Screen::Version(id, way) => screens::version(ui, id, way),
                Screen::Sealed(id) => screens::sealed(ui, id),
                Screen::Change(id) => screens::change(ui, id),
                Screen::CaseFile(id, part) => screens::case_file(ui, id, part),
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
