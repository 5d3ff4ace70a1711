//! One section of a document a page.

use super::case::state_mark;
use super::change::change_links;
use super::{casework, start, version};
use crate::app::view::{SectionView, State, first_open, open_here, reach, sections, told_open};
use crate::app::{Event, Screen, Topic};
use crate::domain::{CaseId, DocumentId};
use crate::form::{EntryMode, Sensitivity};
use crate::ui::dispatch::Ui;
use crate::ui::dom::{El, distinct, el, whenever, yes};
use crate::ui::fields::{self, Field};
use crate::ui::i18n::Key;
use crate::ui::icon::{Icon, icon};
use crate::ui::panel::{button, heading, line, named_set};
use crate::ui::reactive::*;
use crate::ui::saving::{saving_state, saving_trouble};
use std::cell::{Cell, RefCell};

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
        .maybe(fields::proposals(ui, &view.nodes))
        .child(fields::page(ui, view.group, &view.nodes))
        .maybe(asks_about_change(ui, id, view).map(|case| change_links(ui, case)))
        .child(asking(ui, onward(id, position, last)))
        .child(steps(ui, id, position, last));
    mark_open(ui, main.clone());
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

/// The case, where a question of the section is about what changed over time.
fn asks_about_change(ui: Ui, id: DocumentId, view: &SectionView) -> Option<CaseId> {
    ui.read(|model| {
        let response = &model.filling()?.response;
        let mut nodes = view.group.into_iter().chain(response.walk(&view.nodes));
        nodes.any(|node| response.item(node).shows_change()).then(|| model.case_of(id).map(|case| case.id))?
    })
}

fn title(ui: Ui, view: &SectionView) -> String {
    let text = view.title.as_ref().map(|title| title.in_language(ui.locale().tag()).to_owned());
    text.filter(|text| !text.is_empty()).unwrap_or_else(|| ui.t(Key::OtherQuestions).to_owned())
}

/// The title as the list of sections says it.
fn short_title(ui: Ui, view: &SectionView) -> String {
    let short = view.group.and_then(|group| Field::new(ui, group)).map(|group| group.short());
    short.filter(|short| !short.is_empty()).unwrap_or_else(|| title(ui, view))
}

/// A page of a draft: the bar with whose it is, the list of sections, and the sheet.
pub fn document(ui: Ui, id: DocumentId, here: Option<usize>, main: El) -> El {
    let views = views(ui).unwrap_or_default();
    let drawn = here.and_then(|here| views.get(here)?.group).is_some_and(|group| fields::is_drawing(ui, group));
    // A drawing needs the room beside it.
    let (class, open) = if drawn { ("sheet sheet-drawn", false) } else { ("sheet", wide(ui)) };
    let sheet = el("div").class(class).child(contents(ui, id, here, open)).child(main);
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

/// The list of sections with their states; folded where there is no room for it.
fn contents(ui: Ui, id: DocumentId, here: Option<usize>, open: bool) -> El {
    let client = fields::read_together(ui, "button");
    let any = distinct(move || {
        ui.watch_later(Topic::Sections);
        yes(ui.read(|model| {
            let found = model.filling().and_then(|filling| first_open(&filling.response));
            found.zip(reach(model)).is_some_and(|((position, _), reach)| reach.holds(position))
        }))
    });
    let jump = el("div").live(move |place| {
        if !any.get().is_empty() {
            let jump = button("button button-quiet", "first-open", Some(Icon::Next), ui.t(Key::FirstOpen));
            place.append(&jump.on_click(move || ui.send(Event::FirstOpenRequested)));
        }
    });
    let summary = el("summary").child(icon(Icon::List)).text(ui.t(Key::Sections));
    let details =
        el("details").flag("open", open).child(summary).maybe(order(ui)).child(section_rows(ui, id, here)).child(jump);
    let details = details.child(client).child(version::offers(ui));
    el("nav").class("contents").attr("aria-label", ui.t(Key::Sections)).child(details)
}

/// The rows of the list of sections, and of the review. A row is drawn anew only when it leads elsewhere: how far a section
/// is shows a moment after an answer, and must not take the row away from under the finger.
fn section_rows(ui: Ui, id: DocumentId, here: Option<usize>) -> El {
    let counted = distinct(move || {
        ui.watch_later(Topic::Sections);
        listed(ui)
    });
    let shape = distinct(move || counted.get().lines().filter_map(|line| line.get(1..)).collect::<Vec<_>>().join("\n"));
    el("ol").live(move |list| {
        let shape = shape.get();
        let count = shape.lines().count();
        for (position, line) in shape.lines().enumerate() {
            let is_review = position + 1 == count;
            let (mark, title) = line.split_at_checked(1).unwrap_or_default();
            let number = el("span").class("contents-number");
            let row = if is_review {
                let row = row(number.child(icon(Icon::Seal)), ui.t(Key::ReviewAndSeal), here.is_none());
                row.attr("data-act", "to-review").on_click(move || ui.go(Screen::Review(id)))
            } else {
                let number = number.attr("aria-hidden", "true").text(&(position + 1).to_string());
                row(number, title, here == Some(position))
                    .attr("data-section", &position.to_string())
                    .child(state_of(ui, counted, position))
                    .on_click(move || ui.go(Screen::Section(id, position)))
            };
            list.append(&el("li").child(row.flag("disabled", mark == CLOSED)));
        }
    })
}

/// A section that cannot be gone to.
const CLOSED: &str = "-";

/// A line for each section and one for the review: how far it is, whether it can be gone to, and its title.
fn listed(ui: Ui) -> String {
    let reach = ui.read(reach);
    let mark = |open: bool| if open { "+" } else { CLOSED };
    let mut lines = String::new();
    for (position, view) in views(ui).unwrap_or_default().iter().enumerate() {
        let open = reach.is_none_or(|reach| reach.holds(position));
        let title = short_title(ui, view).replace('\n', " ");
        lines += &format!("{}{}{title}\n", view.progress.state() as u8, mark(open));
    }
    lines + "0" + mark(reach.is_none_or(|reach| reach.review))
}

/// How far a section is, as sign and word.
fn state_of(ui: Ui, counted: Memo<String>, position: usize) -> El {
    const STATES: [State; 5] = [State::NotStarted, State::InProgress, State::Done, State::NeedsCheck, State::Optional];
    let code = distinct(move || {
        counted.get().lines().nth(position).and_then(|line| line.get(..1)).unwrap_or_default().to_owned()
    });
    el("span").class("contents-state").live(move |place| {
        let code = code.get();
        if let Some(state) = STATES.into_iter().find(|state| (*state as u8).to_string() == code) {
            place.append(&state_mark(ui, state));
        }
    })
}

/// Says that the form is filled in page by page, where it is.
fn order(ui: Ui) -> Option<El> {
    let mode = ui.read(|model| model.filling().map(|filling| filling.response.questionnaire().entry_mode));
    match mode? {
        EntryMode::Random => None,
        EntryMode::PriorEdit => Some(line("hint", ui.t(Key::PageByPage))),
        EntryMode::Sequential => Some(line("hint", ui.t(Key::NoWayBack))),
    }
}

fn row(number: El, title: &str, here: bool) -> El {
    let row = el("button").class("contents-row").attr("type", "button").child(number);
    row.set_attr("aria-current", here.then_some("page"));
    row.child(el("span").class("contents-title").text(title))
}

/// Whether the list of sections has room beside the questions: the stylesheet's 50em and the margins of the screen.
fn wide(ui: Ui) -> bool {
    ui.width() >= 960
}

/// What comes behind a page.
const fn onward(id: DocumentId, position: usize, last: usize) -> Screen {
    if position < last { Screen::Section(id, position + 1) } else { Screen::Review(id) }
}

fn steps(ui: Ui, id: DocumentId, position: usize, last: usize) -> El {
    let onward = onward(id, position, last);
    let label = if position < last { Key::NextSection } else { Key::ReviewAndSeal };
    let back = position > 0 && ui.read(reach).is_some_and(|reach| reach.holds(position - 1));
    let previous = || {
        let back = button("button", "previous", Some(Icon::Back), ui.t(Key::PreviousSection));
        back.on_click(move || ui.go(Screen::Section(id, position - 1)))
    };
    let next = button("button button-main", "next", None, ui.t(label)).child(icon(Icon::Next));
    let next = next.on_click(move || ui.send(Event::OnwardRequested(onward)));
    el("div").class("steps-bar").maybe(back.then(previous)).child(next)
}

/// Says once that questions of the page are open, and what may be done about it. It stands above the way on, which it
/// does not bar.
pub fn asking(ui: Ui, onward: Screen) -> El {
    let count = distinct(move || {
        ui.watch(Topic::Sections);
        let open =
            ui.read(|model| if model.asking { open_here(model) } else { None }).map_or(0, |(_, open)| open.len());
        Some(open).filter(|open| *open > 0).map(|open| open.to_string()).unwrap_or_default()
    });
    let drawn = Cell::new(false);
    el("div").live(move |place| {
        let (count, redrawn) = (count.get(), drawn.replace(true));
        if count.is_empty() {
            return;
        }
        let said = line("asking-words", &ui.tf(Key::OpenHere, &[&count])).attr("id", "asking").attr("tabindex", "-1");
        place.append(&asking_panel(ui, onward, said.clone()));
        if redrawn {
            said.focus_in_view();
        }
    })
}

fn asking_panel(ui: Ui, onward: Screen, said: El) -> El {
    let record = button("button", "record-open", None, ui.t(Key::RecordOpen));
    let see = button("button button-quiet", "see-open", None, ui.t(Key::SeeOpen));
    let acts = [
        record.on_click(move || ui.send(Event::OpenRecorded(onward))),
        see.on_click(move || ui.send(Event::FirstOpenHereRequested)),
    ];
    let panel = named_set("asking").class("asking").child(said).child(line("", ui.t(Key::OpenHereWhy)));
    panel.child(el("div").class("actions").all(acts))
}

/// Marks the open questions of a page, once the worker was told of them.
pub fn mark_open(ui: Ui, page: El) {
    let marked: RefCell<Vec<El>> = RefCell::default();
    whenever(move || {
        ui.watch(Topic::Sections);
        let open = ui.read(told_open);
        for part in marked.take() {
            part.set_attr("data-open", None);
        }
        for node in open {
            let said = page.find(&format!("[id='q{}-problem']", node.number()));
            let question = said.and_then(|said| said.around(".question"));
            // The stylesheet marks the question, and says so behind its text.
            for part in
                question.iter().cloned().chain(question.as_ref().and_then(|question| question.find(".question-text")))
            {
                part.set_attr("data-open", Some(ui.t(Key::NotAnsweredYet)));
                marked.borrow_mut().push(part);
            }
        }
    });
}
