//! A sealed document: proof that it is whole, the file, and the answers to read or print, as they were sealed.

use super::reading::{Discretion, Manner, answers};
use super::section::{document_bar, form_title};
use super::{difference, signers, start, verify};
use crate::app::view::{cards, record, withholds};
use crate::app::{Event, Recorded, Screen, SealCheck, Topic, recorded};
use crate::domain::DocumentId;
use crate::platform::stamp;
use crate::seal::Verdict;
use crate::ui::dispatch::Ui;
use crate::ui::dom::{El, el};
use crate::ui::fields::read_together;
use crate::ui::i18n::{Key, words};
use crate::ui::icon::{Icon, icon};
use crate::ui::panel::{button, heading, line, trouble};
use crate::ui::paper::{Choices, Running, made, paper_head, print_button, print_choices, run_along, seal_line};
use crate::ui::reactive::*;
use std::rc::Rc;

/// A sealed document.
#[inline(never)] // An entry of tools/parts.json.
pub fn sealed(ui: Ui, id: DocumentId) -> El {
    if !ui.read(|model| model.documents.contains(id)) {
        return start::missing(ui);
    }
    // A file that is no sealed document is told of by the check; the journal still has its answers.
    let read = ui.read(|model| {
        let filling = model.filling()?;
        let document = recorded(model, filling, stamp().now);
        let response = document.as_ref().map_or(&filling.response, |document| &document.response).clone();
        Some((document, response))
    });
    let Some((document, response)) = read else { return start::opening(ui, id) };
    let (choices, withheld) = (Choices::new(), withholds(&response));
    let proof = el("div").live(move |place| {
        ui.watch(Topic::Sealing);
        place.append(&check(ui));
        place.append(&el("div").maybe(signers::awaited(ui, id)));
    });
    let panel = el("section")
        .class("sealed-panel")
        .child(el("h2").child(icon(Icon::Seal)).text(ui.t(Key::Sealed)))
        .child(proof)
        .child(actions(ui))
        .maybe(beside(ui))
        .maybe(for_client(ui, id))
        .child(print_choices(ui, choices, withheld))
        .child(line("hint", ui.t(Key::CorrectHint)));
    let response = Rc::new(response);
    let day = document.as_ref().map_or_else(|| stamp().now, Recorded::at).date();
    let sections = record(&response, &[], true).sections;
    let read = el("div").live(move |place| {
        let open = |choice: RwSignal<bool>| if choice.get() { Discretion::Open } else { Discretion::Covered };
        let manner = Manner { sensitive: open(choices.sensitive), numbers: open(choices.numbers), heading: "h2", day };
        place.append(&answers(ui, &response, &sections, manner));
    });
    let page = el("div").class("page").child(heading(&form_title(ui)));
    let page = match &document {
        Some(document) => page.child(on_paper(ui, choices, document)),
        None => page,
    };
    let foot = document.map(|document| line("paper-foot", &seal_line(ui, &document)));
    el("div").child(document_bar(ui, id)).child(page.child(panel).child(difference::panel(ui)).child(read).maybe(foot))
}

/// The head of the first page, and what runs along with all.
fn on_paper(ui: Ui, choices: Choices, document: &Recorded) -> El {
    let (case, title) = (document.head.case, form_title(ui));
    let foot = seal_line(ui, document);
    run_along(ui, choices, Running { case, what: title, day: document.at(), foot });
    let mut facts = made(ui, document);
    if let Some(kid) = document.kid {
        facts.push((ui.t(Key::Fingerprint), kid.fingerprint().to_string()));
    }
    paper_head(ui, choices, case, facts)
}

/// That there is more than the file, where there is.
fn beside(ui: Ui) -> Option<El> {
    let count = ui.read(|model| model.filling().map_or(0, |filling| filling.attachments.len()));
    (count > 0).then(|| line("hint", &ui.tf(Key::AttachmentsBeside, &[&count.to_string()])).attr("data-beside", ""))
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
        Some(SealCheck::Done(report)) => {
            let holds = report.verdict == Verdict::Valid;
            el("div").child(verify::report(ui, &report)).maybe(verify::to_sign(ui, &report)).maybe(holds.then(|| {
                let fhir = button("button", "export-fhir", Some(Icon::Download), ui.t(Key::ExportFhir));
                el("div").class("actions").child(fhir.on_click(move || ui.send(Event::FhirAsked)))
            }))
        }
    }
}

fn actions(ui: Ui) -> El {
    let act = |class, act, mark, key, event: fn() -> Event| {
        button(class, act, Some(mark), ui.t(key)).on_click(move || ui.send(event()))
    };
    el("div").class("actions").all([
        act("button button-main", "export", Icon::Download, Key::ExportFile, || Event::ExportAsked),
        print_button(ui),
        act("button", "correct", Icon::Pencil, Key::Correct, || Event::CorrectionAsked),
    ])
}
