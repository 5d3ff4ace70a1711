//! A procedure as a guided list: each step can be ticked, says what is missing in it, and leads there.

use super::{Field, bound, problem_words};
use crate::app::view::{Lack, Missing, StepView, sections, steps as views};
use crate::app::{Event, Screen, Topic};
use crate::form::{Edit, Item};
use crate::ui::dispatch::Ui;
use crate::ui::dom::{El, checked, distinct, el};
use crate::ui::i18n::Key;
use crate::ui::icon::{Icon, icon};
use crate::ui::panel::{button, line};
use crate::ui::reactive::*;

/// Whether the options of a question are steps.
pub fn are_steps(item: &Item) -> bool {
    item.options.iter().any(|option| !option.covers.is_empty())
}

/// The steps.
#[inline(never)] // An entry of tools/parts.json.
pub fn steps(field: &Field) -> El {
    let count = field.item().options.len();
    el("ol").class("procedure").all((0..count).map(|position| step(field, position)))
}

fn view(field: &Field, position: usize) -> Option<StepView> {
    field.ui.read(|model| views(model.filling()?, field.node).into_iter().nth(position))
}

fn step(field: &Field, position: usize) -> El {
    let ui = field.ui;
    let watched = field.clone();
    // What can be pressed is drawn anew only when it says something else.
    let shown = distinct(move || {
        ui.watch_node(watched.node);
        ui.watch(Topic::Sections);
        view(&watched, position).map(|view| format!("{view:?}")).unwrap_or_default()
    });
    let (inner, changed, left) = (field.clone(), field.clone(), field.clone());
    let tick = el("input")
        .attr("type", "checkbox")
        .attr("name", &field.id(""))
        .on("change", move |event| changed.edit(Edit::Option { position, chosen: checked(&event) }))
        .on("blur", move |_| left.leave());
    let text = field.item().options[position].text.in_language(ui.locale().tag()).to_owned();
    let label = el("label").class("option").child(tick.clone()).child(el("span").text(&text));
    let body = el("div").class("procedure-body").live(move |place| {
        shown.get();
        let Some(view) = untrack(|| view(&inner, position)) else { return };
        tick.set_checked(view.ticked);
        place.append(&state(ui, &view));
        fill(ui, &inner, position, &view, place);
    });
    el("li").class("procedure-step").child(label).child(body)
}

fn state(ui: Ui, view: &StepView) -> El {
    let (class, mark, key) = match (view.open.is_empty(), view.locked, view.ticked) {
        (_, true, _) => ("state", Icon::Lock, Key::StepLocked),
        (true, _, true) => ("state state-done", Icon::Tick, Key::StateDone),
        (true, _, false) => ("state", Icon::Circle, Key::StepReady),
        (false, ..) => ("state state-open", Icon::Half, Key::StepOpen),
    };
    el("span").class(class).child(icon(mark)).child(el("span").text(ui.t(key)))
}

/// What is missing, with links; where nothing is, the sections that the step is about.
fn fill(ui: Ui, field: &Field, position: usize, view: &StepView, place: &El) {
    let Some(id) = ui.read(|model| model.screen.document()) else { return };
    let rows = view.open.iter().map(|missing| {
        let (node, section) = (missing.node, missing.section);
        let link = button("link", "mend", None, &words(ui, missing));
        let go = move || ui.send(Event::QuestionRequested(Screen::Section(id, section), node));
        el("li").child(link.on_click(go))
    });
    let rows: Vec<El> = rows.collect();
    if !rows.is_empty() {
        place.append(&el("ul").all(rows));
    }
    let titles = ui.read(|model| {
        let titles = sections(&model.filling()?.response).into_iter();
        let title = |text: Option<crate::form::Text>| {
            text.map(|text| text.in_language(model.locale().tag()).to_owned()).unwrap_or_default()
        };
        Some(titles.map(|section| title(section.title)).collect::<Vec<_>>())
    });
    let titles = titles.unwrap_or_default();
    let links = view.sections.iter().filter_map(|at| {
        let go = button("button button-quiet", "to-section", Some(Icon::Next), titles.get(*at)?);
        let at = *at;
        Some(go.on_click(move || ui.go(Screen::Section(id, at))))
    });
    place.append(&el("div").class("actions").all(links));
    if field.item().options[position].covers.iter().any(|link_id| bound::is_read_through(ui, link_id)) {
        place.append(&bound::read_together(ui, "button button-main"));
    }
    if view.locked {
        place.append(&line("hint", ui.t(Key::StepLockedWhy)));
    }
}

fn words(ui: Ui, missing: &Missing) -> String {
    let Some(field) = Field::new(ui, missing.node) else { return String::new() };
    let name = field.text();
    let lack = match &missing.lack {
        Lack::Answer => ui.t(Key::NotAnswered).to_owned(),
        Lack::Problem(problem) => problem_words(ui, field.item(), problem),
        Lack::Stale => ui.t(Key::ContentChanged).to_owned(),
    };
    format!("{}: {lack}", name.trim_end_matches('?'))
}
