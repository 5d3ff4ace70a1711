//! One section of a document a page.

use super::case::state_mark;
use super::{casework, start};
use crate::app::view::{SectionView, sections};
use crate::app::{Event, Screen, Topic};
use crate::domain::DocumentId;
use crate::form::Sensitivity;
use crate::ui::dispatch::Ui;
use crate::ui::dom::{El, distinct, el, yes};
use crate::ui::fields;
use crate::ui::i18n::Key;
use crate::ui::icon::{Icon, icon};
use crate::ui::panel::{button, heading, line};
use crate::ui::saving::{saving_state, saving_trouble};
use leptos::prelude::*;

/// A section of a draft.
pub fn section(ui: Ui, id: DocumentId, position: usize) -> El {
    if !ui.read(|model| model.documents.contains(id)) {
        return start::missing(ui);
    }
    let Some(views) = views(ui) else { return start::opening(ui, id) };
    let last = views.len().saturating_sub(1);
    let position = position.min(last);
    let Some(view) = views.get(position) else { return start::missing(ui) };
    let place = ui.tf(Key::SectionOf, &[&(position + 1).to_string(), &views.len().to_string()]);
    let head =
        el("div").class("section-head").child(line("section-place", &place)).child(heading(&title(ui, view))).maybe(
            is_sensitive(ui, view).then(|| line("section-sensitive", ui.t(Key::Sensitive)).child(icon(Icon::Lock))),
        );
    let main = el("div")
        .class("sheet-main")
        .child(head)
        .child(saving_trouble(ui))
        .child(casework::held_up(ui, id))
        .child(fields::proposals(ui, &view.nodes))
        .child(fields::page(ui, view.group, &view.nodes))
        .child(steps(ui, id, position, last));
    document(ui, id, Some(position), main)
}

fn views(ui: Ui) -> Option<Vec<SectionView>> {
    ui.read(|model| model.filling().map(|filling| sections(&filling.response)))
}

/// Whether a question of the section asks for specific personal data.
fn is_sensitive(ui: Ui, view: &SectionView) -> bool {
    ui.read(|model| {
        model.filling().is_some_and(|filling| {
            let mut nodes = filling.response.walk(&view.nodes).into_iter();
            nodes.any(|node| filling.response.item(node).sensitivity >= Some(Sensitivity::S))
        })
    })
}

fn title(ui: Ui, view: &SectionView) -> String {
    let text = view.title.as_ref().map(|title| title.in_language(ui.locale().tag()).to_owned());
    text.filter(|text| !text.is_empty()).unwrap_or_else(|| ui.t(Key::OtherQuestions).to_owned())
}

/// A page of a draft: the bar with whose it is, the list of sections, and the sheet.
pub fn document(ui: Ui, id: DocumentId, here: Option<usize>, main: El) -> El {
    let sheet = el("div").class("sheet").child(contents(ui, id, here)).child(main);
    el("div").child(document_bar(ui, id)).child(sheet)
}

/// Which document of whom, whether it is saved, and the way out: the client may stop at any time.
pub fn document_bar(ui: Ui, id: DocumentId) -> El {
    let (out, name) = ui.read(|model| {
        let case = model.case_of(id);
        (case.map_or(Screen::Home, |case| Screen::Case(case.id)), case.map(|case| case.name.clone()))
    });
    let name = el("p")
        .class("document-name")
        .child(el("strong").text(&name.unwrap_or_default()))
        .text(" ")
        .child(el("span").text(&form_title(ui)));
    let stop = button("button button-quiet", "stop", None, ui.t(Key::StopHere)).on_click(move || ui.go(out));
    el("div").class("document-bar").child(name).child(saving_state(ui)).child(stop)
}

/// The title of the form that the open document answers.
pub fn form_title(ui: Ui) -> String {
    ui.read(|model| {
        let form = model.filling().map(|filling| filling.response.questionnaire().title.clone());
        form.map(|title| title.in_language(model.locale().tag()).to_owned()).unwrap_or_default()
    })
}

/// The list of sections with their states; folded on narrow screens.
fn contents(ui: Ui, id: DocumentId, here: Option<usize>) -> El {
    let rows = el("ol").live(move |list| {
        ui.watch(Topic::Sections);
        for (position, view) in (0..).zip(views(ui).unwrap_or_default()) {
            let number =
                el("span").class("contents-number").attr("aria-hidden", "true").text(&(position + 1).to_string());
            let row = row(ui, number, &title(ui, &view), here == Some(position))
                .attr("data-section", &position.to_string())
                .child(state_mark(ui, view.progress.state()))
                .on_click(move || ui.go(Screen::Section(id, position)));
            list.append(&el("li").child(row));
        }
        let seal = el("span").class("contents-number").child(icon(Icon::Seal));
        let review = row(ui, seal, ui.t(Key::ReviewAndSeal), here.is_none()).attr("data-act", "to-review");
        list.append(&el("li").child(review.on_click(move || ui.go(Screen::Review(id)))));
    });
    let client = fields::read_together(ui, "button");
    let any = distinct(move || {
        ui.watch(Topic::Sections);
        yes(views(ui).unwrap_or_default().iter().any(|view| view.progress.open() > 0))
    });
    let jump = el("div").live(move |place| {
        if !any.get().is_empty() {
            let jump = button("button button-quiet", "first-open", Some(Icon::Next), ui.t(Key::FirstOpen));
            place.append(&jump.on_click(move || ui.send(Event::FirstOpenRequested)));
        }
    });
    let summary = el("summary").child(icon(Icon::List)).text(ui.t(Key::Sections));
    let details = el("details").flag("open", wide(ui)).child(summary).child(rows).child(jump).child(client);
    el("nav").class("contents").attr("aria-label", ui.t(Key::Sections)).child(details)
}

fn row(_: Ui, number: El, title: &str, here: bool) -> El {
    let row = el("button").class("contents-row").attr("type", "button").child(number);
    row.set_attr("aria-current", here.then_some("page"));
    row.child(el("span").class("contents-title").text(title))
}

/// Whether the list of sections has room beside the questions: the stylesheet's 50em and the margins of the screen.
fn wide(ui: Ui) -> bool {
    ui.width() >= 960
}

fn steps(ui: Ui, id: DocumentId, position: usize, last: usize) -> El {
    let (onward, label) = if position < last {
        (Screen::Section(id, position + 1), Key::NextSection)
    } else {
        (Screen::Review(id), Key::ReviewAndSeal)
    };
    let previous = || {
        let back = button("button", "previous", Some(Icon::Back), ui.t(Key::PreviousSection));
        back.on_click(move || ui.go(Screen::Section(id, position - 1)))
    };
    let next = button("button button-main", "next", None, ui.t(label)).child(icon(Icon::Next));
    el("div").class("steps-bar").maybe((position > 0).then(previous)).child(next.on_click(move || ui.go(onward)))
}
