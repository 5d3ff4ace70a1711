//! A sealed document: proof that it is whole, the file, and the answers to read or print.

use super::review::answers;
use super::section::{document_bar, form_title};
use super::{difference, start, verify};
use crate::app::view::{cards, review as rows};
use crate::app::{Event, Screen, SealCheck, Topic};
use crate::domain::DocumentId;
use crate::ui::dispatch::Ui;
use crate::ui::dom::{El, el};
use crate::ui::fields::read_together;
use crate::ui::i18n::{Key, words};
use crate::ui::icon::{Icon, icon};
use crate::ui::panel::{button, heading, line, trouble};

/// A sealed document.
pub fn sealed(ui: Ui, id: DocumentId) -> El {
    if !ui.read(|model| model.documents.contains(id)) {
        return start::missing(ui);
    }
    let Some(sections) = ui.read(|model| model.filling().map(|filling| rows(&filling.response))) else {
        return start::opening(ui, id);
    };
    let proof = el("div").live(move |place| {
        ui.watch(Topic::Sealing);
        place.append(&check(ui));
    });
    let panel = el("section")
        .class("sealed-panel")
        .child(el("h2").child(icon(Icon::Seal)).text(ui.t(Key::Sealed)))
        .child(proof)
        .child(actions(ui))
        .maybe(for_client(ui, id))
        .child(line("hint", ui.t(Key::CorrectHint)));
    let page = el("div").class("page").child(heading(&form_title(ui))).child(panel).child(difference::panel(ui));
    let page = page.child(answers(ui, None, &sections));
    el("div").child(document_bar(ui, id)).child(page)
}

/// What can be shown and given to the client, where the form says what is theirs to know.
fn for_client(ui: Ui, id: DocumentId) -> Option<El> {
    ui.read(|model| model.filling().is_some_and(|filling| !cards(&filling.response).is_empty())).then(|| {
        let copy = button("button", "to-copy", Some(Icon::Sheet), ui.t(Key::MakeCopy));
        el("div")
            .class("actions")
            .child(copy.on_click(move || ui.go(Screen::Copy(id))))
            .child(read_together(ui, "button"))
    })
}

fn check(ui: Ui) -> El {
    match ui.read(|model| model.filling().and_then(|filling| filling.check.clone())) {
        None | Some(SealCheck::Running(_)) => line("", ui.t(Key::Checking)).attr("role", "status"),
        Some(SealCheck::Unreadable(unreadable)) => trouble(ui, words::unreadable(ui, &unreadable), []),
        Some(SealCheck::NoCrypto) => trouble(ui, words::no_crypto(ui), []),
        Some(SealCheck::Done(report)) => verify::report(ui, &report),
    }
}

fn actions(ui: Ui) -> El {
    let act = |class, act, mark, key, event: fn() -> Event| {
        button(class, act, Some(mark), ui.t(key)).on_click(move || ui.send(event()))
    };
    el("div").class("actions").all([
        act("button button-main", "export", Icon::Download, Key::ExportFile, || Event::ExportAsked),
        act("button", "print", Icon::Printer, Key::Print, || Event::PrintAsked),
        act("button", "correct", Icon::Pencil, Key::Correct, || Event::CorrectionAsked),
    ])
}
