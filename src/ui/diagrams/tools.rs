//! Tools that both editors have: the way between picture and lists, steps back and on, and how large the picture is.

use super::stage::Stage;
use super::words::{Said, said};
use crate::app::Topic;
use crate::form::{Item, NodeIx};
use crate::ui::dispatch::Ui;
use crate::ui::dom::{El, attribute_around, el};
use crate::ui::fields;
use crate::ui::icon::{Icon, icon};
use crate::ui::panel::button;
use crate::ui::reactive::*;
use gloo_timers::callback::Timeout;
use web_sys::Event;

/// The buttons above a drawing; `step` takes the last step back, or does it again.
pub fn toolbar(ui: Ui, shows_lists: RwSignal<bool>, step: impl Fn(bool) + Clone + 'static) -> El {
    let views = el("div").class("diagram-views").attr("role", "group").attr("aria-label", said(ui, Said::Views));
    let view = |key: Said, act: &str, lists: bool| {
        button("button", act, None, said(ui, key))
            .live_attr("aria-pressed", move || Some((shows_lists.get() == lists).to_string()))
            .on_click(move || shows_lists.set(lists))
    };
    let views = views.child(view(Said::Picture, "show-picture", false)).child(view(Said::Lists, "show-lists", true));
    let undo = turn(ui, Said::Undo, "undo-step", Icon::Undo, true, step.clone());
    let redo = turn(ui, Said::Redo, "redo-step", Icon::Redo, false, step);
    el("div").class("diagram-tools").child(views).child(undo).child(redo)
}

/// At the end the button stays where it is, so that the focus does.
fn turn(ui: Ui, key: Said, act: &str, sign: Icon, back: bool, step: impl Fn(bool) + 'static) -> El {
    let can = move || {
        ui.watch(Topic::Drawing);
        ui.read(|model| {
            let history = model.filling().map(|filling| &filling.history);
            history.is_some_and(|history| if back { history.can_undo() } else { history.can_redo() })
        })
    };
    button("button", act, Some(sign), said(ui, key))
        .live_attr("aria-disabled", move || (!can()).then(|| "true".to_owned()))
        .on_click(move || step(back))
}

/// Picture and panel beside each other, or the lists.
pub fn views(
    shows_lists: RwSignal<bool>,
    picture: impl Fn() -> [El; 2] + 'static,
    lists: impl Fn() -> El + 'static,
) -> El {
    el("div").class("diagram-view").live(move |place| {
        let shown = if shows_lists.get() { lists() } else { el("div").class("diagram-picture").all(picture()) };
        place.append(&shown);
    })
}

/// The content of a drawing as text, and everything as it was entered.
pub fn lists(ui: Ui, group: NodeIx, text: El) -> El {
    let entries = folded(said(ui, Said::AllEntries), move || {
        el("div").class("questions").all(fields::below(ui, group, &|_| true))
    });
    el("div").class("diagram-lists").child(text).child(entries.attr("data-act", "all-entries"))
}

/// The buttons beside the picture.
pub fn zoom(ui: Ui, stage: &Stage) -> El {
    let tool = |key: Said, act: &str, sign: Icon, larger: Option<bool>| {
        let stage = stage.clone();
        let button = el("button").class("button").attr("type", "button").attr("data-act", act).child(icon(sign));
        button.attr("aria-label", said(ui, key)).on_click(move || match larger {
            Some(larger) => stage.zoom(larger),
            None => stage.fit(),
        })
    };
    el("div")
        .class("stage-tools")
        .attr("role", "group")
        .attr("aria-label", said(ui, Said::Tools))
        .child(tool(Said::Larger, "zoom-in", Icon::Plus, Some(true)))
        .child(tool(Said::Smaller, "zoom-out", Icon::Minus, Some(false)))
        .child(tool(Said::Fit, "zoom-fit", Icon::Fit, None))
}

/// What a drawing shows of an entry, by the ends of the linkIds, and, folded away, what else is asked about it.
pub fn questions(ui: Ui, entry: NodeIx, drawn: &[&str]) -> (El, El) {
    let is_drawn = |item: &Item| item.link_id.split('.').next_back().is_some_and(|last| drawn.contains(&last));
    let shown = el("div").class("questions").all(fields::below(ui, entry, &is_drawn));
    let ends: Vec<String> = drawn.iter().map(|end| (*end).to_owned()).collect();
    let more = folded(said(ui, Said::MoreAbout), move || {
        let is_other =
            |item: &Item| !item.link_id.split('.').next_back().is_some_and(|last| ends.iter().any(|end| end == last));
        el("div").class("questions").all(fields::below(ui, entry, &is_other))
    });
    (shown, more)
}

/// Something folded away, which is made when it is first opened.
pub fn folded(title: &str, make: impl Fn() -> El + 'static) -> El {
    let place = el("div");
    let (body, owner) = (place.clone(), Owner::current().unwrap_or_default());
    let is_made = std::cell::Cell::new(false);
    let details = el("details").class("person-tie").child(el("summary").child(el("span").text(title))).child(place);
    details.on("toggle", move |_| {
        if !is_made.replace(true) {
            body.append(&owner.with(&make));
        }
    })
}

/// Listens to hands and keys in a picture. The picture stays the same while it is looked at and while it is not, so this is
/// done once.
pub fn listen(stage: &Stage, of: &'static str, chosen: RwSignal<String>, key: impl Fn(&Event) + 'static) {
    let pressed = stage.clone();
    let surface = stage.surface.clone().on("click", move |event| {
        if let Some(id) = attribute_around(&event, of).filter(|_| !pressed.has_moved()) {
            choose(&pressed.surface, of, id, chosen);
        }
    });
    surface.on("keydown", move |event| key(&event));
}

/// Marks what was touched at once, and goes on with it when that is seen: what is known of it takes a moment to be drawn.
fn choose(surface: &El, of: &str, id: String, chosen: RwSignal<String>) {
    mark_chosen(surface, of, &id);
    // The screen may be gone by then.
    Timeout::new(FRAME, move || drop(chosen.try_set(id))).forget();
}

/// A little more than a frame, in milliseconds.
const FRAME: u32 = 20;

/// Marks what the hand is on; it alone is reached by the tabulator, the rest by arrows. `of` names the attribute that
/// holds the identifier.
pub fn mark_chosen(surface: &El, of: &str, id: &str) {
    if let Some(before) = surface.find("[aria-pressed='true']") {
        before.set_attr("aria-pressed", Some("false"));
        before.set_attr("tabindex", Some("-1"));
    }
    // Identifiers come from files too, so they are not put into a selector.
    let all = surface.all_below(&format!("[{of}]"));
    let chosen = all.iter().find(|one| one.attribute(of).as_deref() == Some(id)).or_else(|| all.first());
    if let Some(chosen) = chosen {
        let is_chosen = chosen.attribute(of).as_deref() == Some(id);
        chosen.set_attr("aria-pressed", Some(if is_chosen { "true" } else { "false" }));
        chosen.set_attr("tabindex", Some("0"));
    }
}
