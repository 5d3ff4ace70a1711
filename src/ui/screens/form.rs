//! A form on a host's page: a section a page, or all of them.

use super::section::{asking, form_title, mark_open};
use crate::app::view::{PageView, is_asked, page, pages, position_of, reach};
use crate::app::{self, Layout, Screen, Topic};
use crate::domain::DocumentId;
use crate::form::{Issue, NodeIx, Section, Severity};
use crate::ui::dispatch::Ui;
use crate::ui::dom::{El, around, attribute_around, distinct, el, whenever, yes};
use crate::ui::fields::{self, Field, issue_words};
use crate::ui::focus::to_question;
use crate::ui::frame::messages;
use crate::ui::i18n::Key;
use crate::ui::icon::{Icon, icon};
use crate::ui::later::bit_by_bit;
use crate::ui::panel::{button, line};
use crate::ui::reactive::*;
use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;
use web_sys::Event;

/// The form, once the host gave one.
#[inline(never)] // An entry of tools/parts.json.
pub fn form(ui: Ui, outer: &El, screen: Screen) {
    let place = el("div").class("screen form");
    if let Screen::Section(id, position) = screen {
        let name = "form-title";
        let sheet = el("div").class("sheet-main");
        sheet.append(&el("h2").attr("id", name).text(&form_title(ui)));
        sheet.append(&summary(ui, id));
        match layout(ui) {
            Layout::Whole => whole(ui, &sheet),
            Layout::Paged => paged(ui, &sheet, id, position),
        }
        place.append(&sheet.attr("role", "form").attr("aria-labelledby", name));
    }
    outer.append(&place);
    outer.append(&messages(ui, outer));
}

fn layout(ui: Ui) -> Layout {
    ui.read(|model| model.hosted.as_ref().map(|hosted| hosted.layout).unwrap_or_default())
}

fn all_pages(ui: Ui) -> Vec<PageView> {
    ui.read(|model| model.filling().map(|filling| pages(&filling.response)).unwrap_or_default())
}

/// The heading of a section, and its questions.
fn part(ui: Ui, place: &El, page: &PageView) {
    if let Some(title) = page.title.as_ref().map(|title| title.in_language(ui.locale().tag())) {
        place.append(&el("h3").attr("tabindex", "-1").text(title));
    }
    place.append(&fields::page(ui, page.group, &page.nodes));
}

/// All sections, the first at once and the others as the browser finds time.
fn whole(ui: Ui, sheet: &El) {
    let sections = ui.read(|model| model.filling().map(|filling| filling.response.questionnaire().sections()));
    let sections = Rc::new(sections.unwrap_or_default());
    let (all, number) = (Rc::clone(&sections), sections.len());
    let asked = distinct(move || {
        ui.watch(Topic::Sections);
        ui.read(|model| {
            let is_asked = |section| model.filling().is_some_and(|filling| is_asked(&filling.response, section));
            all.iter().map(|section| if is_asked(section) { '1' } else { '0' }).collect()
        })
    });
    let owner = Owner::current().unwrap_or_default();
    // See the stylesheet.
    let used = |event| around(&event, ".form-section").iter().for_each(|place| place.set_attr("data-used", Some("")));
    // Nothing is ever sent: what is done with the answers is the host's.
    sheet.clone().on("focusin", used).on("submit", |event| event.prevent_default());
    let is_asked = move |at| asked.with_untracked(|asked| asked.as_bytes().get(at) == Some(&b'1'));
    let stand = Rc::<RefCell<Vec<Stand>>>::default();
    let (standing, below, form) = (Rc::clone(&stand), owner.clone(), Rc::clone(&sections));
    whenever(move || {
        asked.track();
        let standing = standing.borrow();
        standing.iter().enumerate().for_each(|(at, stand)| stand.show(ui, &below, &form[at], is_asked(at)));
    });
    let (sheet, stood) = (sheet.clone(), Cell::new(0));
    bit_by_bit(number, move |at| {
        // A form each: what fills fields in for people looks through the whole form that a field is in, at every key, and
        // through the whole page for a field in none.
        let place = el("form").class("form-section").flag("novalidate", true).attr("autocomplete", "off");
        let new = Stand { place, asked: Cell::default(), drawn: OnceCell::new() };
        new.show(ui, &owner, &sections[at], is_asked(at));
        stand.borrow_mut().push(new);
        // Whenever questions come onto the page, the browser looks through all that are there. So each time as many come
        // as are there already, and what that takes grows with the form and not faster.
        if at + 1 == number || at + 1 >= 2 * stood.get() {
            stand.borrow()[stood.replace(at + 1)..].iter().for_each(|new| sheet.append(&new.place));
        }
    });
}

/// A section among all of them.
struct Stand {
    place: El,
    asked: Cell<Option<bool>>,
    drawn: OnceCell<El>,
}

impl Stand {
    /// Shows it while it is asked. What is not asked any more stays as it is: nothing in it is drawn twice, and to the
    /// browser nothing is new.
    fn show(&self, ui: Ui, owner: &Owner, section: &Section, asked: bool) {
        if self.asked.replace(Some(asked)) == Some(asked) {
            return;
        }
        let away = (!asked).then_some("");
        self.place.set_attr("data-away", away);
        if asked {
            self.drawn.get_or_init(|| {
                let drawn = el("div");
                let view = ui.read(|model| model.filling().map(|filling| page(&filling.response, section)));
                owner.with(|| view.into_iter().for_each(|view| part(ui, &drawn, &view)));
                self.place.append(&drawn);
                drawn
            });
        }
        // The place around it stays: with one that goes, the browser looks through all others.
        self.drawn.get().into_iter().for_each(|drawn| drawn.set_attr("hidden", away));
    }
}

fn paged(ui: Ui, sheet: &El, id: DocumentId, position: usize) {
    let shown = all_pages(ui);
    let position = position.min(shown.len().saturating_sub(1));
    // An answer may bring further pages or take them away.
    let count = distinct(move || {
        ui.watch(Topic::Sections);
        all_pages(ui).len().to_string()
    });
    let place = el("p").class("section-place").live(move |place| {
        let count = count.get();
        if count != "1" {
            place.append_text(&ui.tf(Key::SectionOf, &[&(position + 1).to_string(), &count]));
        }
    });
    sheet.append(&place);
    if let Some(page) = shown.get(position) {
        part(ui, sheet, page);
    }
    let onward = Screen::Section(id, position + 1);
    sheet.append(&asking(ui, onward));
    mark_open(ui, sheet.clone());
    let more =
        distinct(move || yes(count.with(|count| count.parse::<usize>().is_ok_and(|count| position + 1 < count))));
    sheet.append(&el("div").class("steps-bar").live(move |place| {
        if position > 0 && ui.read(reach).is_some_and(|reach| reach.holds(position - 1)) {
            let back = button("button", "previous", Some(Icon::Back), ui.t(Key::PreviousSection));
            place.append(&back.on_click(move || ui.go(Screen::Section(id, position - 1))));
        }
        if !more.get().is_empty() {
            let next = button("button button-main", "next", None, ui.t(Key::NextSection)).child(icon(Icon::Next));
            place.append(&next.on_click(move || ui.send(app::Event::OnwardRequested(onward))));
        }
    }));
}

/// What the host found wrong, with a way to each question. It takes the focus when the host asks.
fn summary(ui: Ui, id: DocumentId) -> El {
    let drawn = Cell::new(false);
    el("div").class("form-summary").attr("tabindex", "-1").live(move |place| {
        ui.watch(Topic::Summary);
        let found = ui.read(|model| model.hosted.as_ref().map(|hosted| hosted.found.clone())).unwrap_or_default();
        for (severity, key) in [(Severity::Error, Key::MendFirst), (Severity::Warning, Key::AlsoLook)] {
            let issues: Vec<&Issue> = found.iter().filter(|issue| issue.problem.severity() == severity).collect();
            if !issues.is_empty() {
                place.append(&links(ui, id, key, &issues));
            }
        }
        if drawn.replace(true) && !found.is_empty() {
            place.focus();
        }
    })
}

fn links(ui: Ui, id: DocumentId, key: Key, issues: &[&Issue]) -> El {
    let nodes: Vec<Option<NodeIx>> = issues.iter().map(|issue| issue.node).collect();
    let entry = |(at, issue): (usize, &&Issue)| {
        let words = issue_words(ui, issue);
        match issue.node.and_then(|node| Field::new(ui, node)) {
            Some(field) => {
                let link = button("link", "mend", None, &format!("{}: {words}", field.text()));
                el("li").child(link.attr("data-at", &at.to_string()))
            }
            None => el("li").text(&words),
        }
    };
    let list = el("ul").all(issues.iter().enumerate().map(entry)).on("click", move |event| {
        let node = attribute_around(&event, "data-at").and_then(|at| nodes.get(at.parse::<usize>().ok()?).copied()?);
        if let Some(node) = node {
            go_to(ui, id, &event, node);
        }
    });
    let body = el("div").class("trouble-words").child(line("trouble-happened", ui.t(key))).child(list);
    el("div").class("trouble").child(icon(Icon::Alert)).child(body)
}

fn go_to(ui: Ui, id: DocumentId, event: &Event, node: NodeIx) {
    if layout(ui) == Layout::Whole {
        return around(event, ".form").into_iter().for_each(|form| to_question(ui, &form, node));
    }
    let position = ui.read(|model| {
        let response = &model.filling()?.response;
        position_of(response, &pages(response), node)
    });
    if let Some(position) = position {
        ui.send(app::Event::QuestionRequested(Screen::Section(id, position), node));
    }
}
