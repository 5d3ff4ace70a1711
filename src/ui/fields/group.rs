//! Groups, what stands below questions, and which items are shown at all.

use super::bound::hand_over;
use super::list::list;
use super::{Field, frame, rich};
use crate::form::{Control, DisplayCategory, Item, ItemIx, Kind, NodeIx, Questionnaire, Response, Sensitivity};
use crate::platform::Part;
use crate::ui::diagrams;
use crate::ui::dispatch::Ui;
use crate::ui::dom::{El, distinct, el, yes};
use crate::ui::i18n::Key;
use crate::ui::icon::{Icon, icon};
use crate::ui::panel::{button, line, named_set};
use crate::ui::parts::parted;
use crate::ui::reactive::*;
use std::cell::Cell;

/// The questions of a page, headed by `group` if any.
pub fn page(ui: Ui, group: Option<NodeIx>, nodes: &[NodeIx]) -> El {
    let nodes = nodes.to_vec();
    let drawn = group.and_then(|group| Field::new(ui, group)).filter(is_drawn);
    let questions = move || match &drawn {
        Some(field) => drawing(field),
        None => el("div").class("questions").all(items(ui, &nodes)),
    };
    match group.and_then(|group| Field::new(ui, group)).filter(|head| is_x(&head.form, head.item)) {
        Some(head) => cover(&head, questions),
        None => questions(),
    }
}

/// The items among `nodes`, each shown when it is asked. The entries of a list are drawn together.
fn items(ui: Ui, nodes: &[NodeIx]) -> Vec<El> {
    let mut shown = Vec::new();
    let mut lists: Vec<ItemIx> = Vec::new();
    for &node in nodes {
        let Some(field) = Field::new(ui, node) else { continue };
        // What puts a list in order is shown below the list.
        let is_rank = field.item().control == Some(Control::Rank);
        if field.item().hidden || is_rank || lists.contains(&field.item) {
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
        Kind::Display => display(field),
        Kind::Group => veiled(field, group),
        _ => veiled(field, question),
    }
}

/// Whether a group is edited as a drawing: it asks for that, and holds the lists that are drawn.
fn is_drawn(field: &Field) -> bool {
    let lists = match field.item().control {
        Some(Control::Genogram) => ["client", "person.id"],
        Some(Control::Ecomap) => ["system", "system.kind"],
        _ => return false,
    };
    lists.iter().all(|link_id| field.form.find(link_id).is_some())
}

/// Whether a node is a group that is edited as a drawing.
pub fn is_drawing(ui: Ui, group: NodeIx) -> bool {
    Field::new(ui, group).is_some_and(|field| is_drawn(&field))
}

/// A group that is edited as a drawing.
fn drawing(field: &Field) -> El {
    let (ui, field) = (field.ui, field.clone());
    let is_ecomap = field.item().control == Some(Control::Ecomap);
    let drawing = move || if is_ecomap { diagrams::ecomap(&field) } else { diagrams::genogram(&field) };
    parted(ui, Part::Drawing, drawing, |_| {})
}

/// What stands below a node.
pub fn children(ui: Ui, node: NodeIx) -> Vec<El> {
    below(ui, node, &|_| true)
}

/// What stands below a node, as far as it is wanted.
pub fn below(ui: Ui, node: NodeIx, wanted: &dyn Fn(&Item) -> bool) -> Vec<El> {
    let children = ui.read(|model| {
        let response = model.filling().map(|filling| &filling.response);
        let of = |response: &Response| {
            let children = response.node(node).children.iter().copied();
            children.filter(|child| wanted(response.item(*child))).collect::<Vec<_>>()
        };
        response.map(of).unwrap_or_default()
    });
    items(ui, &children)
}

/// A text that is no question, with a sign of what it is for.
fn display(field: &Field) -> El {
    let (class, sign) = match field.item().display_category {
        None => ("display", None),
        Some(DisplayCategory::Instructions) => ("display display-marked", None),
        Some(DisplayCategory::Security) => ("display display-marked", Some(Icon::Lock)),
        Some(DisplayCategory::Help) => ("display display-marked", Some(Icon::Help)),
    };
    el("p").class(class).maybe(sign.map(icon)).child(rich::words(&field.item().text, field.ui.locale()))
}

/// A question, and what is asked below its answer.
fn question(field: &Field) -> El {
    let question = frame::question(field);
    match below_answer(field) {
        Some(below) => el("div").class("with-below").child(question).child(below),
        None => question,
    }
}

/// What is asked below an answer.
pub fn below_answer(field: &Field) -> Option<El> {
    let below = children(field.ui, field.node);
    (!below.is_empty()).then(|| el("div").class("below").all(below))
}

fn group(field: &Field) -> El {
    if is_drawn(field) {
        return drawing(field);
    }
    let name = field.id("-text");
    let heading = || frame::title(field, "group-title", el("p").attr("id", &name).attr("tabindex", "-1"));
    let heading = (!field.text().is_empty()).then(heading);
    named_set(&name)
        .class("group")
        .attr("aria-describedby", &field.id("-problem"))
        .attr("data-linkid", &field.item().link_id)
        .maybe(heading)
        .maybe(frame::help(field))
        .child(frame::said_wrong(field))
        .maybe(hand_over(field))
        .all(children(field.ui, field.node))
}

/// The questions of a group that are the client's to answer, on the client's screen.
pub fn for_client(ui: Ui, group: NodeIx) -> El {
    let wrong = Field::new(ui, group).map(|field| frame::said_wrong(&field));
    el("div").class("questions").all(children(ui, group)).maybe(wrong)
}

/// Covers what needs privacy on the screen until the worker says that nobody else is looking; the cover comes down again
/// with the next screen. Only the outermost of nested sensitive items has a cover.
pub fn veiled(field: &Field, inner: impl Fn(&Field) -> El + 'static) -> El {
    let form = &field.form;
    if !is_x(form, field.item) || field.item().parent.is_some_and(|parent| is_x(form, parent)) {
        return inner(field);
    }
    let covered = field.clone();
    cover(field, move || inner(&covered))
}

fn is_x(form: &Questionnaire, item: ItemIx) -> bool {
    form.item(item).sensitivity == Some(Sensitivity::X)
}

fn cover(field: &Field, inner: impl Fn() -> El + 'static) -> El {
    let lifted = RwSignal::new(is_asked_for(field));
    let (field, drawn) = (field.clone(), Cell::new(false));
    el("div").live(move |place| {
        let redrawn = drawn.replace(true);
        if !lifted.get() {
            return place.append(&veil(&field, lifted));
        }
        place.append(&inner());
        if redrawn {
            place.focus_within();
        }
    })
}

fn veil(field: &Field, lifted: RwSignal<bool>) -> El {
    let (ui, title, why) = (field.ui, field.text(), field.id("-why"));
    let lift = button("button", "lift-veil", None, ui.t(Key::VeilLift)).attr("id", &field.id("-veil"));
    let lift = lift.attr("aria-label", &ui.tf(Key::VeilLiftOf, &[&title])).attr("aria-describedby", &why);
    let lift = lift.on_click(move || lifted.set(true));
    let why = line("", ui.t(Key::VeilWhy)).attr("id", &why);
    let words = el("div").child(line("veil-title", &title)).child(why).child(lift);
    el("div").class("veil").child(icon(Icon::Veil)).child(words)
}

/// Whether the worker asked by its name for a question in what a cover would lie over.
fn is_asked_for(field: &Field) -> bool {
    field.ui.read(|model| {
        let response = model.filling().map(|filling| &filling.response);
        let mut at = model.focus.filter(|_| model.uncovers);
        while let Some((response, ix)) = response.zip(at) {
            if response.node(ix).item == field.item {
                return true;
            }
            at = response.node(ix).parent;
        }
        false
    })
}
