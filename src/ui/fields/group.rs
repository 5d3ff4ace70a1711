//! Groups, lists of entries, and which items are shown at all.

use super::{Field, frame};
use crate::app::Event;
use crate::form::{ItemIx, Kind, NodeIx, Questionnaire, Sensitivity};
use crate::ui::dispatch::Ui;
use crate::ui::dom::{El, distinct, el, yes};
use crate::ui::i18n::Key;
use crate::ui::icon::{Icon, icon};
use crate::ui::panel::{button, line, named_set};
use leptos::prelude::*;
use std::cell::Cell;
use std::rc::Rc;

/// The questions of a page, headed by `group` if any.
pub fn page(ui: Ui, group: Option<NodeIx>, nodes: &[NodeIx]) -> El {
    let nodes = nodes.to_vec();
    let questions = move || el("div").class("questions").all(items(ui, &nodes));
    match group.and_then(|group| Field::new(ui, group)).filter(|head| is_x(&head.form, head.item)) {
        Some(head) => cover(ui, &head.text(), questions),
        None => questions(),
    }
}

/// The items among `nodes`, each shown when it is asked. The entries of a list are drawn together.
fn items(ui: Ui, nodes: &[NodeIx]) -> Vec<El> {
    let mut shown = Vec::new();
    let mut lists: Vec<ItemIx> = Vec::new();
    for &node in nodes {
        let Some(field) = Field::new(ui, node) else { continue };
        if field.item().hidden || lists.contains(&field.item) {
            continue;
        }
        if field.item().is_list {
            lists.push(field.item);
            shown.push(list(field));
        } else {
            shown.push(when_asked(field));
        }
    }
    shown
}

/// An item, drawn only while its conditions hold.
fn when_asked(field: Field) -> El {
    // What stands below a question is asked once that has an answer.
    let below_a_question = field.item().parent.is_some_and(|parent| field.form.item(parent).kind.is_question());
    if !field.item().is_conditional() && !below_a_question {
        return item(&field);
    }
    let (ui, node) = (field.ui, field.node);
    let asked = distinct(move || {
        ui.watch_node(node);
        yes(ui.read(|model| model.filling().is_some_and(|filling| filling.response.is_enabled(node))))
    });
    el("div").class("when-asked").live(move |place| {
        if !asked.get().is_empty() {
            place.append(&item(&field));
        }
    })
}

fn item(field: &Field) -> El {
    match field.item().kind {
        Kind::Display => line("display", &field.text()),
        Kind::Group => veiled(field, group),
        _ => veiled(field, question),
    }
}

fn children(ui: Ui, node: NodeIx) -> Vec<El> {
    let children = ui
        .read(|model| model.filling().map(|filling| filling.response.node(node).children.clone()).unwrap_or_default());
    items(ui, &children)
}

/// A question, and what is asked below its answer.
fn question(field: &Field) -> El {
    let below = children(field.ui, field.node);
    let question = frame::question(field);
    if below.is_empty() {
        return question;
    }
    el("div").class("with-below").child(question).child(el("div").class("below").all(below))
}

fn group(field: &Field) -> El {
    let title = field.text();
    let name = field.id("-text");
    let heading = (!title.is_empty()).then(|| el("p").class("group-title").attr("id", &name).text(&title));
    named_set(&name)
        .class("group")
        .attr("data-linkid", &field.item().link_id)
        .maybe(heading)
        .all(children(field.ui, field.node))
}

/// Covers what needs privacy on the screen until the worker says that nobody else is looking; the cover comes down again
/// with the next screen. Only the outermost of nested sensitive items has a cover.
fn veiled(field: &Field, inner: fn(&Field) -> El) -> El {
    let form = &field.form;
    if !is_x(form, field.item) || field.item().parent.is_some_and(|parent| is_x(form, parent)) {
        return inner(field);
    }
    let covered = field.clone();
    cover(field.ui, &field.text(), move || inner(&covered))
}

fn is_x(form: &Questionnaire, item: ItemIx) -> bool {
    form.item(item).sensitivity == Some(Sensitivity::X)
}

fn cover(ui: Ui, title: &str, inner: impl Fn() -> El + 'static) -> El {
    let title = title.to_owned();
    let lifted = RwSignal::new(false);
    el("div").live(move |place| {
        if lifted.get() {
            return place.append(&inner());
        }
        let lift = button("button", "lift-veil", None, ui.t(Key::VeilLift)).on_click(move || lifted.set(true));
        let words = el("div").child(line("veil-title", &title)).child(line("", ui.t(Key::VeilWhy))).child(lift);
        place.append(&el("div").class("veil").child(icon(Icon::Veil)).child(words));
    })
}

/// The entries of a repeating group, and the button that adds one.
fn list(first: Field) -> El {
    let (ui, item) = (first.ui, first.item);
    let parent = ui.read(|model| model.filling().and_then(|filling| filling.response.node(first.node).parent));
    let asked = distinct(move || {
        ui.watch_list(parent);
        // All entries share their conditions, so the first answers for all; an emptied list asks its parent.
        let node = entries(ui, parent, item).first().copied().or(parent);
        yes(node.is_none_or(|node| {
            ui.watch_node(node);
            ui.read(|model| model.filling().is_some_and(|filling| filling.response.is_enabled(node)))
        }))
    });
    el("div").class("when-asked").live(move |place| {
        if !asked.get().is_empty() {
            place.append(&asked_list(&first, parent));
        }
    })
}

fn asked_list(first: &Field, parent: Option<NodeIx>) -> El {
    let (ui, item) = (first.ui, first.item);
    let (title, link_id) = (first.text(), first.item().link_id.clone());
    let entry_title = title.clone();
    let add = button("button button-add", "add", Some(Icon::Plus), ui.t(Key::AddEntry));
    let (beside, begun) = (add.clone(), Rc::new(Cell::new(false)));
    let drawn = Rc::clone(&begun);
    let rows = el("div").class("entries").live_list(
        move || {
            ui.watch_list(parent);
            entries(ui, parent, item).into_iter().map(NodeIx::number).collect()
        },
        move |number| {
            let node = entries(ui, parent, item).into_iter().find(|node| node.number() == number);
            let Some(node) = node else { return el("div") };
            let entry = entry(ui, parent, node, &entry_title, &beside);
            // An entry that was just added is what the hand goes on with; those drawn with the page take no focus.
            if drawn.get() {
                entry.focus_within();
            }
            entry
        },
    );
    begun.set(true);
    let list = el("section").class("list").attr("data-linkid", &link_id);
    let add = add.on_click(move || ui.send(Event::InstanceAdded(parent, link_id.clone())));
    list.child(el("h2").class("list-title").text(&title)).child(rows).child(add)
}

fn entries(ui: Ui, parent: Option<NodeIx>, item: ItemIx) -> Vec<NodeIx> {
    ui.read(|model| {
        model.filling().map(|filling| filling.response.children_of(parent, item).collect()).unwrap_or_default()
    })
}

fn entry(ui: Ui, parent: Option<NodeIx>, node: NodeIx, title: &str, add: &El) -> El {
    let add = add.clone();
    let remove = button("button button-quiet entry-remove", "remove", Some(Icon::Bin), ui.t(Key::RemoveEntry));
    let remove = remove.on_click(move || {
        // The button goes with its entry; the focus stays in the list.
        add.focus();
        ui.send(Event::InstanceRemoved(node));
    });
    match Field::new(ui, node).filter(|field| field.item().kind.is_question()) {
        Some(answer) => el("div").class("entry entry-answer").child(question(&answer)).child(remove),
        None => group_entry(ui, parent, node, title).child(remove),
    }
}

fn group_entry(ui: Ui, parent: Option<NodeIx>, node: NodeIx, title: &str) -> El {
    let (title, name) = (title.to_owned(), format!("q{}-text", node.number()));
    let heading = el("p").class("entry-title").attr("id", &name).live(move |place| {
        ui.watch_list(parent);
        let item = Field::new(ui, node).map(|field| field.item);
        let entries = item.map(|item| entries(ui, parent, item)).unwrap_or_default();
        let position = entries.iter().position(|other| *other == node).unwrap_or_default();
        place.append_text(&format!("{title} {}", position + 1));
    });
    named_set(&name).class("entry").child(heading).all(children(ui, node))
}
