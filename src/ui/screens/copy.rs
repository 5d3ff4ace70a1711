//! The copy that the client takes home: as it will be printed, with the ways to hand it over.

use super::section::document_bar;
use super::start;
use crate::app::{Event, Screen, Sheet};
use crate::domain::DocumentId;
use crate::form::CopyKind;
use crate::ui::dispatch::Ui;
use crate::ui::dom::{El, el};
use crate::ui::fields::COPIES;
use crate::ui::i18n::Key;
use crate::ui::panel::{back, button, heading, line};
use crate::ui::paper::copy_runs_along;
use crate::ui::sheet::{code, sheet};

/// The copy of a document.
#[inline(never)] // An entry of tools/parts.json.
pub fn copy(ui: Ui, id: DocumentId) -> El {
    if !ui.read(|model| model.documents.contains(id)) {
        return start::missing(ui);
    }
    let Some(sheet) = sheet(ui) else { return start::opening(ui, id) };
    let draft = ui.read(|model| model.documents.get(id).is_some_and(|document| document.is_draft()));
    copy_runs_along(ui, id, &sheet);
    let out = if draft { Screen::Review(id) } else { Screen::Sealed(id) };
    let ways = COPIES.map(|(kind, mark, key)| {
        let class = if kind == CopyKind::Print { "button button-main" } else { "button" };
        let given = sheet.clone();
        let way = button(class, "give-copy", Some(mark), ui.t(key));
        way.on_click(move || {
            let file = (kind != CopyKind::Print).then(|| given.clone());
            ui.send(Event::CopyMade(kind, file));
        })
    });
    let hint = if draft { Key::CopyRecorded } else { Key::CopyNotRecorded };
    let page = el("div")
        .class("page page-copy")
        .child(back(ui, out, Key::Back))
        .child(heading(ui.t(Key::CopyTitle)))
        .child(line("lead", ui.t(Key::CopySafe)))
        .child(el("div").class("actions").all(ways))
        .child(line("hint", ui.t(hint)))
        .child(paper(&sheet));
    el("div").child(document_bar(ui, id).class("document-bar bar-of-copy")).child(page)
}

/// The sheet as it is printed.
fn paper(sheet: &Sheet) -> El {
    let facts =
        sheet.facts.iter().map(|(name, value)| el("div").child(el("dt").text(name)).child(el("dd").text(value)));
    let mut parts = Vec::new();
    for part in &sheet.parts {
        parts.extend(part.heading.as_ref().map(|heading| el("h3").text(heading)));
        let lines = part.lines.iter().map(|line| el("p").text(line));
        let title = part.title.as_ref().map(|title| el("h4").text(title));
        parts.push(el("div").class("copy-part").maybe(title).child(el("div").all(lines)));
    }
    let marks = sheet.marks.iter().map(|mark| {
        let pictures = mark
            .pictures
            .iter()
            .map(|(kind, data)| el("img").attr("alt", &mark.title).attr("src", &format!("data:{kind};base64,{data}")));
        let place = el("div").class("copy-sign").all(pictures);
        let lines = mark.lines.iter().map(|line| el("p").text(line));
        el("div").class("copy-mark").child(el("h4").text(&mark.title)).child(place).all(lines)
    });
    let foot = el("div").all(sheet.foot.iter().map(|line| el("p").text(line)));
    let foot = el("div").class("copy-foot").child(foot).maybe(code(&sheet.code));
    el("article")
        .class("copy")
        .child(el("div").class("copy-head").all(sheet.letterhead.iter().map(|line| el("p").text(line))))
        .child(el("h2").text(&sheet.title))
        .maybe(sheet.number.as_ref().map(|number| el("p").class("copy-number").text(number)))
        .child(el("dl").class("copy-facts").all(facts))
        .all(parts)
        .child(
            el("div")
                .class("copy-end")
                .maybe(sheet.signed.as_ref().map(|signed| el("p").class("copy-signed").text(signed)))
                .child(el("div").class("copy-marks").all(marks))
                .child(foot),
        )
}
