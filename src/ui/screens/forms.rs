//! Forms from outside: any FHIR R4 Questionnaire, from a file or an address.

use super::start;
use super::version::offer;
use crate::app::{Adding, CatalogueEntry, Event, Screen, Topic};
use crate::domain::{CaseId, Document};
use crate::platform::{read_forms, spawn};
use crate::ui::dispatch::Ui;
use crate::ui::dom::{El, el, value};
use crate::ui::i18n::{Key, words};
use crate::ui::icon::{Icon, icon};
use crate::ui::panel::{back, button, heading, line, reasons, trouble};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

/// The page that adds forms, on the way to a case.
#[inline(never)] // An entry of tools/parts.json.
pub fn forms(ui: Ui, case: CaseId) -> El {
    if !ui.read(|model| model.cases.contains(case)) {
        return start::missing(ui);
    }
    let outcome = el("div").attr("role", "status").live(move |place| {
        ui.watch(Topic::Cases);
        if let Some(adding) = ui.read(|model| model.adding.clone()) {
            place.append(&outcome(ui, case, &adding));
        }
    });
    let added = el("div").live(move |place| {
        ui.watch(Topic::Cases);
        let added = ui.read(|model| model.added.clone());
        if !added.is_empty() {
            place.append(&el("h2").text(ui.t(Key::FormsAdded)));
            place.append(&el("ul").class("tasks").all(added.iter().map(|entry| row(ui, entry))));
        }
    });
    el("div")
        .class("page page-narrow")
        .child(back(ui, Screen::Case(case), Key::Tasks))
        .child(heading(ui.t(Key::OtherForms)))
        .child(line("lead", ui.t(Key::OtherFormsLead)))
        .child(from_file(ui))
        .child(from_address(ui))
        .child(outcome)
        .child(added)
}

fn from_file(ui: Ui) -> El {
    let input = el("input")
        .class("file-input")
        .attr("type", "file")
        .attr("accept", ".json,application/json,application/fhir+json")
        .attr("data-act", "form-file")
        .on("change", move |event| {
            let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
            let Some(files) = input.and_then(|input| input.files()) else { return };
            spawn(Box::pin(async move {
                for (name, read) in read_forms(files).await {
                    ui.send(Event::FormGiven(name, read.map_err(|problem| problem.to_string())));
                }
            }));
        });
    let words = el("span").text(ui.t(Key::ChooseFormFile));
    el("label").class("button file-choose").child(icon(Icon::Sheet)).child(words).child(input)
}

fn from_address(ui: Ui) -> El {
    let typed = Rc::new(RefCell::new(String::new()));
    let given = Rc::clone(&typed);
    let input = el("input")
        .class("input")
        .attr("type", "url")
        .attr("inputmode", "url")
        .attr("autocomplete", "off")
        .attr("name", "form-address")
        .on("input", move |event| *typed.borrow_mut() = value(&event));
    let label = el("label").child(el("span").text(ui.t(Key::FormAddress))).child(input);
    let fetch = button("button", "form-address", None, ui.t(Key::FetchForm)).attr("type", "submit");
    el("form").class("form-address").child(label).child(fetch).on("submit", move |event| {
        event.prevent_default();
        let address = given.borrow().trim().to_owned();
        if !address.is_empty() {
            ui.send(Event::FormAddressGiven(address));
        }
    })
}

fn outcome(ui: Ui, case: CaseId, adding: &Adding) -> El {
    match adding {
        Adding::UnderWay => line("", ui.t(Key::Opening)),
        Adding::Added(entry) => {
            // A draft of another version goes on with that; the new one is not looked for in vain, since it is offered here.
            let draft = ui.read(|model| {
                let own = |document: &&Document| document.case == case && document.instrument.url() == entry.url;
                model.documents.iter().rev().filter(own).find(|document| document.is_draft()).cloned()
            });
            let url = entry.url.clone();
            let key = if draft.is_some() { Key::ContinueFilling } else { Key::BeginFilling };
            let begin = button("button button-main", "begin-added", None, ui.t(key));
            let begin = begin.on_click(move || ui.send(Event::InstrumentChosen(case, url.clone())));
            let words = ui.tf(Key::FormAdded, &[entry.title.in_locale(ui.locale())]);
            let notice = el("div").class("notice").child(icon(Icon::Tick)).child(line("", &words)).child(begin);
            el("div").child(notice).maybe(draft.and_then(|draft| offer(ui, &draft)))
        }
        Adding::Failed(name, problem) => {
            let words = words::adding(ui, name, problem);
            el("div").child(trouble(ui, words, [])).child(reasons(words::refusals(ui, problem)))
        }
    }
}

fn row(ui: Ui, entry: &CatalogueEntry) -> El {
    let url = entry.url.clone();
    let drop = button("button button-quiet", "drop-form", Some(Icon::Bin), ui.t(Key::DropForm));
    let drop = drop.on_click(move || ui.send(Event::FormDropped(url.clone())));
    let words = el("div").class("task-words").child(el("h3").text(entry.title.in_locale(ui.locale())));
    el("li").class("task").child(words.child(line("row-detail", &entry.canonical()))).child(drop)
}
