//! What surrounds every question: its text, help, problems, where the answer comes from, and why there is none.

use super::value::{basis_key, missing_key, problem_words};
use super::{Field, controls};
use crate::form::{Basis, DataAbsentReason, Edit, Guidance, Kind, Sensitivity, problems};
use crate::ui::dom::{El, distinct, el, value};
use crate::ui::i18n::Key;
use crate::ui::icon::{Icon, icon};
use crate::ui::panel::{button, named_set, problem, say_problem};
use leptos::prelude::*;
use std::cell::Cell;

/// One question.
pub fn question(field: &Field) -> El {
    let (outer, text) = if is_set(field) {
        (
            named_set(&field.id("-text")).attr("aria-describedby", &field.id("-problem")),
            el("p").attr("id", &field.id("-text")),
        )
    } else {
        (el("div"), el("label").attr("for", &field.id("")))
    };
    let watched = field.clone();
    let missing = distinct(move || {
        watched.watch(|content| content.absent.map_or_else(String::new, |reason| reason.code().to_owned()))
    });
    let (inner, drawn) = (field.clone(), Cell::new(false));
    let body = el("div").class("body").live(move |place| {
        match DataAbsentReason::from_code(&missing.get()) {
            Some(reason) => absent(&inner, reason, place),
            None => {
                place.append(&controls::control(&inner));
                place.append(&said_wrong(&inner));
                foot(&inner, place);
            }
        }
        // What the hand was on is gone; the focus goes to what took its place.
        if drawn.replace(true) {
            place.focus_within();
        }
    });
    outer
        .class("question")
        .attr("data-linkid", &field.item().link_id)
        .child(title(field, text))
        .maybe(help(field))
        .child(body)
}

/// Whether the question has several controls, so that its text names the set and is not the label of one.
fn is_set(field: &Field) -> bool {
    let item = field.item();
    match item.kind {
        _ if item.read_only || item.is_calculated() => true,
        Kind::Boolean => true,
        Kind::Choice | Kind::OpenChoice => !controls::is_drop_down(item),
        Kind::Date => item.partial_date,
        _ => false,
    }
}

fn title(field: &Field, place: El) -> El {
    let (ui, item) = (field.ui, field.item());
    let prefix = item.prefix.as_ref().map(|prefix| format!("{prefix} ")).unwrap_or_default();
    let required = item.required.then(|| el("span").class("mark").text(ui.t(Key::Required)));
    // Spoken at the head of the section; on each question it is a sign for the eye.
    let sensitive = matches!(item.sensitivity, Some(Sensitivity::S | Sensitivity::X));
    let sensitive = sensitive.then(|| el("span").class("sensitive").child(icon(Icon::Lock)));
    place.class("question-text").text(&format!("{prefix}{}", field.text())).maybe(required).maybe(sensitive)
}

/// The help of the form itself, folded away until asked for.
fn help(field: &Field) -> Option<El> {
    let (ui, language) = (field.ui, field.ui.locale().tag());
    let guidance = &field.item().guidance;
    let list = el("dl");
    for (purpose, text) in guidance {
        let key = match purpose {
            Guidance::HowToAsk => Key::HowToAsk,
            Guidance::WhyAsked => Key::WhyAsked,
            Guidance::Help => Key::Help,
        };
        list.append(&el("dt").text(ui.t(key)));
        list.append(&el("dd").text(text.in_language(language)));
    }
    let summary = el("summary").child(icon(Icon::Help)).child(el("span").text(ui.t(Key::HelpAsking)));
    (!guidance.is_empty()).then(|| el("details").class("help").child(summary).child(list))
}

/// What is wrong, once the field was left or the whole document was looked at.
fn said_wrong(field: &Field) -> El {
    let id = field.id("-problem");
    let field = field.clone();
    problem(&id).live(move |place| {
        field.ui.watch_node(field.node);
        let found = field.ui.read(|model| {
            let filling = model.filling().filter(|filling| filling.is_touched(field.node))?;
            Some(problems(&filling.response, field.node))
        });
        let words: Vec<String> =
            found.unwrap_or_default().iter().map(|problem| problem_words(field.ui, problem)).collect();
        if !words.is_empty() {
            say_problem(place, &words.join(" "));
        }
    })
}

/// In place of the control: why there is no answer, which can be changed, and the way back.
fn absent(field: &Field, reason: DataAbsentReason, place: &El) {
    let ui = field.ui;
    let (back, note) = (field.clone(), field.clone());
    let answer = button("button button-quiet", "answer-after-all", None, ui.t(Key::AnswerAfterAll));
    let answer = answer.on_click(move || back.edit(Edit::Missing(None)));
    place.append(&el("div").class("absent").child(reason_choice(field, Some(reason))).child(answer));
    if matches!(reason, DataAbsentReason::NotAsked | DataAbsentReason::NotPerformed) {
        let input = el("input")
            .class("input")
            .attr("type", "text")
            .attr("value", &field.content(|content| content.absent_note.clone()).unwrap_or_default())
            .on("input", move |event| note.edit(Edit::MissingNote(value(&event))));
        place.append(&el("label").class("absent-note").child(el("span").text(ui.t(Key::WhyNotAsked))).child(input));
    }
}

/// Where the answer comes from, and the missing answers: quiet, below the control, the same for every question.
fn foot(field: &Field, place: &El) {
    let item = field.item();
    if item.basis != Basis::Administrative && !item.read_only && !item.is_calculated() {
        place.append(&el("div").class("foot").child(basis_choice(field)).child(missing_choice(field)));
    }
}

fn basis_choice(field: &Field) -> El {
    let ui = field.ui;
    let now = field.content(|content| content.basis).unwrap_or(field.item().basis);
    let option = |basis: Basis| {
        el("option").attr("value", basis.code()).flag("selected", basis == now).text(ui.t(basis_key(basis)))
    };
    let changed = field.clone();
    let select = el("select").class("quiet-select").attr("data-act", "basis").all(Basis::CHOICES.map(option));
    let select = select.on("change", move |event| {
        if let Some(basis) = Basis::from_code(&value(&event)) {
            changed.edit(Edit::Basis(basis));
        }
    });
    el("label").class("foot-choice").child(el("span").text(ui.t(Key::Source))).child(select)
}

fn missing_choice(field: &Field) -> El {
    reason_choice(field, None)
}

/// The reasons that fit. The keyboard goes through them one by one, so the choice stays where it is when one is taken.
fn reason_choice(field: &Field, chosen: Option<DataAbsentReason>) -> El {
    let ui = field.ui;
    let fitting = field.content(|content| content.basis).unwrap_or(field.item().basis).absent_reasons();
    let reasons = fitting.iter().copied().chain(chosen.filter(|reason| !fitting.contains(reason)));
    let options = reasons.map(|reason| {
        let option = el("option").attr("value", reason.code()).flag("selected", chosen == Some(reason));
        option.text(ui.t(missing_key(reason)))
    });
    let none = chosen.is_none().then(|| el("option").attr("value", "").text(ui.t(Key::NoAnswer)));
    let changed = field.clone();
    el("select")
        .class("quiet-select")
        .attr("data-act", "missing")
        .attr("aria-label", &format!("{}: {}", ui.t(Key::NoAnswer), field.text()))
        .maybe(none)
        .all(options)
        .on("change", move |event| {
            if let Some(reason) = DataAbsentReason::from_code(&value(&event)) {
                changed.edit(Edit::Missing(Some(reason)));
            }
        })
}
