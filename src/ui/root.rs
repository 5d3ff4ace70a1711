//! The outermost view: colours, language and the screen.

use super::dispatch::Ui;
use super::dom::{El, el, whenever};
use super::focus;
use super::frame::frame;
use super::i18n;
use super::paper;
use super::parts::parted;
use super::screens;
use crate::app::{Event, Screen, Startup, Topic};
use crate::platform::{Part, spawn};

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
    follow_language(ui);
    outer
}

fn screen(ui: Ui, outer: &El) {
    let (startup, screen, hosted) = ui.read(|model| (model.startup.clone(), model.screen, model.hosted.is_some()));
    if hosted { screens::form(ui, outer, screen) } else { tablet(ui, outer, startup, screen) }
}

/// A screen of the app.
#[inline(never)] // An entry of tools/parts.json.
fn tablet(ui: Ui, outer: &El, startup: Startup, screen: Screen) {
    match startup {
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
                Screen::Review(id) => in_part(ui, Part::Office, move || screens::review(ui, id)),
                Screen::Version(id, way) => in_part(ui, Part::Office, move || screens::version(ui, id, way)),
                Screen::Sealed(id) => in_part(ui, Part::Record, move || screens::sealed(ui, id)),
                Screen::Change(id) => in_part(ui, Part::Record, move || screens::change(ui, id)),
                Screen::CaseFile(id, part) => in_part(ui, Part::Record, move || screens::case_file(ui, id, part)),
                Screen::Client(id) => {
                    return outer.append(&in_part(ui, Part::Record, move || screens::client(ui, id)));
                }
                Screen::Copy(id) => in_part(ui, Part::Record, move || screens::copy(ui, id)),
                Screen::Forms(id) => in_part(ui, Part::Office, move || screens::forms(ui, id)),
                Screen::Pack(id) => in_part(ui, Part::Office, move || screens::pack(ui, id)),
                Screen::Unpack => in_part(ui, Part::Office, move || screens::unpack(ui)),
                Screen::Outbox => in_part(ui, Part::Office, move || screens::outbox(ui)),
                Screen::Verify => in_part(ui, Part::Office, move || screens::verify(ui)),
                Screen::Cosign => in_part(ui, Part::Office, move || screens::cosign(ui)),
                Screen::Keys => in_part(ui, Part::Office, move || screens::keys(ui)),
                Screen::Worker => in_part(ui, Part::Office, move || screens::worker(ui)),
                Screen::Tablet => in_part(ui, Part::Office, move || screens::tablet(ui)),
            };
            frame(ui, outer, &shown);
        }
    }
}

/// A screen that few need before the first form is filled; its heading takes the focus also when it comes late.
fn in_part(ui: Ui, part: Part, screen: impl Fn() -> El + 'static) -> El {
    parted(ui, part, screen, |place| place.find("h1").iter().for_each(El::focus_in_view))
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
