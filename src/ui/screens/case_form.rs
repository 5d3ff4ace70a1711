//! Opening a case, or changing its details.

use super::start;
use crate::app::{CaseField, Event, Screen, Topic};
use crate::domain::CaseId;
use crate::ui::dispatch::Ui;
use crate::ui::dom::{El, el, value};
use crate::ui::fields::{date_fields, date_key};
use crate::ui::i18n::{Key, words};
use crate::ui::panel::{back, button, heading, line, named_set, problem, say_problem, trouble};

/// The case form; `id` names the case that is changed, none opens a new one.
pub fn case_form(ui: Ui, id: Option<CaseId>) -> El {
    if !id.is_none_or(|id| ui.read(|model| model.cases.contains(id))) {
        return start::missing(ui);
    }
    let out = id.map_or(Screen::Home, Screen::Case);
    let title = if id.is_some() { Key::EditCase } else { Key::NewCase };
    let cancel = button("button button-quiet", "cancel", None, ui.t(Key::Cancel)).on_click(move || ui.go(out));
    let actions = el("div")
        .class("actions")
        .child(button("button button-main", "save-case", None, ui.t(Key::SaveCase)).attr("type", "submit"))
        .child(cancel);
    let form = el("form").flag("novalidate", true);
    let sent = form.clone();
    let form = form
        .on("submit", move |event| {
            event.prevent_default();
            ui.send(Event::CaseSubmitted);
            sent.focus_refused();
        })
        .child(text_question(ui, CaseField::Name))
        .child(text_question(ui, CaseField::RegisterNumber))
        .child(birth(ui))
        .child(outcome(ui))
        .child(actions);
    el("div")
        .class("page page-narrow")
        .child(back(ui, out, Key::Back))
        .child(heading(ui.t(title)))
        .child(line("lead", ui.t(Key::CaseFormLead)))
        .child(form)
}

fn text_question(ui: Ui, field: CaseField) -> El {
    let (id, label, hint) = match field {
        CaseField::Name => ("case-name", Key::ClientName, Key::ClientNameHint),
        CaseField::RegisterNumber => ("case-register", Key::RegisterNumber, Key::RegisterNumberHint),
    };
    let typed = ui.read(|model| match field {
        CaseField::Name => model.case_form.name.clone(),
        CaseField::RegisterNumber => model.case_form.register_number.clone(),
    });
    let input = el("input")
        .class("input")
        .attr("id", id)
        .attr("type", "text")
        .attr("autocomplete", "off")
        .attr("aria-describedby", &format!("{id}-hint {id}-problem"))
        .attr("value", &typed)
        .on("input", move |event| ui.send(Event::CaseTyped(field, value(&event))));
    let is_refused = move || {
        ui.watch(Topic::CaseForm);
        field == CaseField::Name && ui.read(|model| model.case_form.name_refusal.is_some())
    };
    let input = input.live_attr("aria-invalid", move || is_refused().then(|| "true".to_owned()));
    let refused = problem(&format!("{id}-problem")).live(move |place| {
        if is_refused() {
            say_problem(place, ui.t(Key::NameMissing));
        }
    });
    el("div")
        .class("question")
        .child(el("label").class("question-text").attr("for", id).text(ui.t(label)))
        .child(line("hint", ui.t(hint)).attr("id", &format!("{id}-hint")))
        .child(input)
        .child(refused)
}

fn birth(ui: Ui) -> El {
    let get = move || ui.read(|model| model.case_form.birth.clone());
    let set = move |form| ui.send(Event::CaseBirthChanged(form));
    let refused = problem("case-birth-problem").live(move |place| {
        ui.watch(Topic::CaseForm);
        if let Some(refusal) = ui.read(|model| model.case_form.birth_refusal) {
            say_problem(place, ui.t(date_key(refusal)));
        }
    });
    named_set("case-birth-text")
        .class("question")
        .child(el("p").class("question-text").attr("id", "case-birth-text").text(ui.t(Key::Birth)))
        .child(date_fields(ui, "case-birth", get, set))
        .child(refused)
}

fn outcome(ui: Ui) -> El {
    el("div").live(move |place| {
        ui.watch(Topic::CaseForm);
        if let Some(problem) = ui.read(|model| model.case_form.problem.clone()) {
            place.append(&trouble(ui, words::not_kept(ui, &problem), []));
        }
    })
}
