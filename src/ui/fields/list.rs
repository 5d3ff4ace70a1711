//! Lists: repeating groups, as cards or as rows of a table, and questions that are answered more than once.

use super::group::{below_answer, children, veiled};
use super::proposal::proposal;
use super::ranking::rankings;
use super::{Field, frame};
use crate::app::Event;
use crate::form::{Basis, Control, Edit, NodeIx};
use crate::ui::dom::{El, distinct, el, yes};
use crate::ui::i18n::Key;
use crate::ui::icon::{Icon, icon};
use crate::ui::panel::{button, named_set};
use crate::ui::reactive::*;
use std::cell::Cell;
use std::rc::Rc;

/// More columns than this do not fit on a sheet beside each other; they stay cards.
const MOST_COLUMNS: usize = 5;

/// The entries of one list.
#[derive(Clone)]
pub struct List {
    /// The entry that was first when the list was drawn; it may be gone, its definition stays.
    pub of: Field,
    /// The node below which it stands; none at the top.
    pub parent: Option<NodeIx>,
}

impl List {
    /// The entries, in order.
    fn entries(&self) -> Vec<NodeIx> {
        self.of.ui.read(|model| {
            let filling = model.filling();
            filling.map(|filling| filling.response.children_of(self.parent, self.of.item).to_vec()).unwrap_or_default()
        })
    }

    /// The entries, watched.
    pub fn watched(&self) -> Vec<NodeIx> {
        self.of.ui.watch_list(self.parent);
        self.entries()
    }

    /// The entry that what concerns the whole list is kept at.
    pub fn first(&self) -> Option<Field> {
        self.entries().first().map(|node| self.of.at(*node))
    }

    /// The number of an entry, from 1.
    pub fn number(&self, node: NodeIx) -> String {
        let position = self.watched().iter().position(|other| *other == node).unwrap_or_default();
        (position + 1).to_string()
    }

    fn is_answers(&self) -> bool {
        self.of.item().kind.is_question()
    }
}

/// The list that a node is the first entry of, while it is asked.
pub fn list(first: Field) -> El {
    let parent = first.ui.read(|model| model.filling().and_then(|filling| filling.response.node(first.node).parent));
    let list = List { of: first, parent };
    let watched = list.clone();
    let asked = distinct(move || {
        // All entries share their conditions, so the first answers for all; an emptied list asks its parent.
        let node = watched.watched().first().copied().or(watched.parent);
        yes(node.is_none_or(|node| {
            watched.of.ui.watch_node(node);
            watched.of.ui.read(|model| model.filling().is_some_and(|filling| filling.response.is_enabled(node)))
        }))
    });
    el("div").class("when-asked").live(move |place| {
        if !asked.get().is_empty() {
            let inner = list.clone();
            place.append(&veiled(&list.of, move |_| asked_list(&inner)));
        }
    })
}

fn asked_list(list: &List) -> El {
    if list.is_answers() {
        let inner = list.clone();
        return frame::listed(list, move |place| rows(&inner, place));
    }
    let of = &list.of;
    let (class, heads) = match table_heads(list) {
        Some(heads) => ("list gtable", Some(heads)),
        None => ("list", None),
    };
    let section = el("section").class(class).attr("data-linkid", &of.item().link_id);
    let section =
        section.child(frame::title(of, "list-title", el("h2"))).maybe(frame::help(of)).maybe(proposal(of)).maybe(heads);
    rows(list, &section);
    section.child(frame::said_of_list(list)).maybe(rankings(list))
}

/// The texts of the questions as heads of columns, where the form asks for a table. On a narrow screen the rows are cards
/// and name their questions themselves, as they do for screen readers everywhere.
fn table_heads(list: &List) -> Option<El> {
    let item = list.of.item();
    let columns = item.children.iter().map(|child| Field { item: *child, ..list.of.clone() });
    let columns: Vec<Field> =
        columns.filter(|column| !column.item().hidden && column.item().control != Some(Control::Rank)).collect();
    let head = |column: &Field| {
        let text = el("p").attr("aria-hidden", "true");
        let text = match column.item().short_text {
            Some(_) => text.class("question-text").text(&column.short()),
            None => frame::title(column, "question-text", text),
        };
        el("div").child(text).maybe(frame::help(column))
    };
    let fits = item.control == Some(Control::GroupTable) && columns.len() <= MOST_COLUMNS;
    fits.then(|| el("div").class("gtable-heads").all(columns.iter().map(head)))
}

/// The entries and the button that adds one.
fn rows(list: &List, place: &El) {
    let ui = list.of.ui;
    let add = button("button button-add", "add", Some(Icon::Plus), ui.t(Key::AddEntry));
    let begun = Rc::new(Cell::new(false));
    let (keys, inner, beside, drawn) = (list.clone(), list.clone(), add.clone(), Rc::clone(&begun));
    let rows = el("div").class("entries").live_list(
        move || keys.watched().into_iter().map(NodeIx::number).collect(),
        move |number| {
            let node = inner.entries().into_iter().find(|node| node.number() == number);
            let Some(node) = node else { return el("div") };
            let entry = entry(&inner, node, &beside);
            // An entry that was just added is what the hand goes on with; those drawn with the page take no focus.
            if drawn.get() {
                entry.focus_within();
            }
            entry
        },
    );
    begun.set(true);
    let (parent, link_id) = (list.parent, list.of.item().link_id.clone());
    place.append(&rows);
    place.append(&add.on_click(move || ui.send(Event::InstanceAdded(parent, link_id.clone()))));
}

fn entry(list: &List, node: NodeIx, add: &El) -> El {
    let (ui, add, of) = (list.of.ui, add.clone(), list.clone());
    let remove =
        el("button").class("button button-quiet entry-remove").attr("type", "button").attr("data-act", "remove");
    let remove = remove.child(icon(Icon::Bin)).child(el("span").text(ui.t(Key::RemoveEntry))).on_click(move || {
        // The button goes with its entry; the focus stays in the list.
        add.focus();
        hand_on_basis(&of, node);
        ui.send(Event::InstanceRemoved(node));
    });
    let field = list.of.at(node);
    if list.is_answers() {
        answer_entry(list, &field).child(remove)
    } else {
        let (name, numbered) = (field.id("-text"), list.clone());
        let heading = el("p").class("entry-title").attr("id", &name).attr("tabindex", "-1");
        let heading = heading.live(move |place| {
            place.append(&el("span").text(&numbered.of.short()).text(" "));
            place.append_text(&numbered.number(node));
        });
        let entry = named_set(&name).class("entry").attr("aria-describedby", &field.id("-problem")).child(heading);
        entry.child(frame::said_wrong(&field)).all(children(ui, node)).child(remove)
    }
}

/// One answer of a list: its control, what is wrong with it, and what is asked below it.
fn answer_entry(list: &List, field: &Field) -> El {
    // The text stands once, at the head of the list.
    let (numbered, node, field) = (list.clone(), field.node, &field.named_by(&list.of.id("-text")));
    let entry = el("div").class("entry entry-answer").attr("role", "group");
    let entry =
        entry.live_attr("aria-label", move || Some(format!("{} {}", numbered.of.short(), numbered.number(node))));
    let place = el("div").class("answer");
    frame::answer(field, &place);
    field.name_within(&place);
    entry.child(place).maybe(below_answer(field))
}

/// What the answers rest on is kept at the first of them; when that goes, the next keeps it.
fn hand_on_basis(list: &List, gone: NodeIx) {
    let entries = list.entries();
    let next = entries.get(1).filter(|_| list.is_answers() && entries.first() == Some(&gone));
    let basis = list.first().and_then(|first| first.content(|content| content.basis));
    if let Some((next, basis)) = next.zip(basis) {
        let basis: Basis = basis;
        list.of.at(*next).edit(Edit::Basis(basis));
    }
}

/// Whether a question is a cell of a table, where there is little room.
pub fn is_cell(field: &Field) -> bool {
    let parent = field.item().parent.map(|parent| field.form.item(parent));
    parent.is_some_and(|parent| parent.is_list && parent.control == Some(Control::GroupTable))
}
