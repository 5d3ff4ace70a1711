//! The editor of a genogram: the picture, the lists it is drawn from, and the person the hand is on.

use super::arrows::{centre, led};
use super::handing::handing;
use super::legend::sign_list;
use super::panel::{person_panel, send};
use super::people::{Told, covers_three, summary};
use super::shapes::drawn;
use super::stage::Stage;
use super::tools::{self, mark_chosen};
use super::tree::tree;
use super::words::{Said, filled, said, term};
use crate::app::family::{FamilyAct, family};
use crate::app::{Event, Topic};
use crate::diagram::{Feeling, GenogramRefusal, Mark, Of, PersonId, STEP, Scene, scene};
use crate::form::NodeIx;
use crate::platform::{spawn, stamp};
use crate::ui::dispatch::Ui;
use crate::ui::dom::{El, attribute_around, el, is_held, property, whenever};
use crate::ui::fields::Field;
use crate::ui::icon::{Icon, icon};
use crate::ui::panel::{button, line};
use crate::ui::reactive::*;
use std::cell::RefCell;
use std::rc::Rc;

/// The attribute by which somebody in the picture is known.
const PERSON: &str = "data-person";

/// The editor of one genogram.
#[derive(Clone)]
pub struct Editor {
    /// The app.
    pub ui: Ui,
    /// The group that holds the lists.
    pub group: NodeIx,
    /// The person the hand is on; empty for nobody.
    chosen: RwSignal<String>,
    shows_lists: RwSignal<bool>,
    shows_violence: RwSignal<bool>,
    /// Wakes the panel, also where the person stays.
    panel: RwSignal<u32>,
    stage: Stage,
    legend: El,
    scene: Rc<RefCell<Option<Scene>>>,
    told: Rc<RefCell<Option<Read>>>,
}

/// A family as it was read, after so many changes, with or without violence.
type Read = ((u64, bool), Rc<Told>);

/// The editor of a group with the control `genogram`.
#[inline(never)] // An entry of tools/parts.json.
pub fn genogram(field: &Field) -> El {
    let ui = field.ui;
    let editor = Editor {
        ui,
        group: field.node,
        chosen: RwSignal::new(String::new()),
        shows_lists: RwSignal::new(false),
        shows_violence: RwSignal::new(false),
        panel: RwSignal::new(0),
        stage: Stage::new(&filled(ui, Said::Drawing, &[""])),
        legend: el("div").class("diagram-legend"),
        scene: Rc::default(),
        told: Rc::default(),
    };
    let moved = editor.clone();
    let dragged = editor.clone();
    editor.stage.lets_move(move |along| {
        #[allow(clippy::cast_possible_truncation, reason = "drawings are small, and such a cast saturates")]
        let steps = (along / f64::from(STEP)).round() as i16;
        if let Some(id) = dragged.chosen() {
            dragged.nudge(id, Some(steps));
        }
    });
    tools::listen(&editor.stage, PERSON, editor.chosen, move |event| moved.key(event));
    editor.chosen.set(editor.index().map(|id| id.0.to_string()).unwrap_or_default());
    let place = el("div").class("diagram").attr("data-linkid", &field.item().link_id);
    place.child(editor.earlier()).child(editor.toolbar()).child(editor.views())
}

impl Editor {
    /// The family as it stands. It is read once for each change, as much is asked of it with every touch.
    pub fn told(&self) -> Rc<Told> {
        let shows = self.shows_violence.get_untracked();
        let drawn = self.ui.read(|model| model.filling().map_or(0, |filling| filling.drawn));
        if let Some((known, told)) = &*self.told.borrow()
            && *known == (drawn, shows)
        {
            return Rc::clone(told);
        }
        let today = stamp().now.date();
        let family = self.ui.read(|model| {
            model.filling().map(|filling| family(&filling.response, self.group, today, shows)).unwrap_or_default()
        });
        let told = Rc::new(Told::of(family));
        self.told.replace(Some(((drawn, shows), Rc::clone(&told))));
        told
    }

    fn index(&self) -> Option<PersonId> {
        let told = self.told();
        told.family.genogram.people.iter().find(|person| person.is_index).map(|person| person.id.clone())
    }

    /// The person the hand is on.
    fn chosen(&self) -> Option<PersonId> {
        let id = self.chosen.get_untracked();
        (!id.is_empty()).then(|| PersonId(id.as_str().into()))
    }

    /// Does something to the family, and takes the hand to whom that brought.
    pub fn act(&self, act: FamilyAct) {
        let removed = matches!(act, FamilyAct::RemovePerson(_));
        // What was just said has to be seen, or it would be said again.
        if matches!(act, FamilyAct::Feeling(_, _, Feeling::Violent)) {
            self.shows_violence.set(true);
        }
        send(self, act);
        let made = self.ui.read(|model| model.filling().and_then(|filling| filling.made));
        let made = made.and_then(|entry| self.told().family.at(entry).cloned());
        if let Some(id) = made {
            self.chosen.set(id.0.to_string());
        } else if removed {
            self.chosen.set(self.index().map(|id| id.0.to_string()).unwrap_or_default());
        }
        self.redraw_panel();
        // What the hand was on is gone with the old panel.
        let surface = self.stage.surface.clone();
        spawn(Box::pin(async move {
            if let Some(heading) = surface.around(".diagram").and_then(|place| place.find("#chosen-person")) {
                heading.focus();
            }
        }));
    }

    /// Moves somebody along their generation; back to where the layout puts them without any steps.
    pub fn nudge(&self, id: PersonId, steps: Option<i16>) {
        send(self, FamilyAct::Nudge(id, steps));
    }

    /// Draws the panel anew.
    pub fn redraw_panel(&self) {
        self.panel.update(|times| *times += 1);
    }

    fn step(&self, event: Event) {
        self.ui.send(event);
        // Whom the hand was on may be gone.
        let told = self.told();
        if self.chosen().is_none_or(|id| told.family.entry(&id).is_none()) {
            self.chosen.set(self.index().map(|id| id.0.to_string()).unwrap_or_default());
        }
        self.redraw_panel();
    }

    fn toolbar(&self) -> El {
        let editor = self.clone();
        let step = move |back: bool| editor.step(if back { Event::StepUndone } else { Event::StepRedone });
        tools::toolbar(self.ui, self.shows_lists, step).child(self.covered())
    }

    /// The way on from an earlier drawing of the case, while the client stands alone here.
    fn earlier(&self) -> El {
        let (ui, editor) = (self.ui, self.clone());
        el("div").live(move |place| {
            ui.watch(Topic::Drawing);
            let is_there = ui.read(|model| model.filling().is_some_and(|filling| filling.earlier.is_some()));
            if is_there && editor.told().family.genogram.people.len() <= 1 {
                let go_on = button("button", "continue-drawing", None, said(ui, Said::Continue));
                let go_on = go_on.on_click(move || ui.send(Event::DrawingContinued));
                place.append(&el("div").class("diagram-earlier").child(line("", said(ui, Said::Earlier))).child(go_on));
            }
        })
    }

    /// Whether three generations are there: told, never asked for.
    fn covered(&self) -> El {
        let (ui, editor) = (self.ui, self.clone());
        el("p").class("hint diagram-covered").live(move |place| {
            ui.watch_later(Topic::Drawing);
            let key = if covers_three(&editor.told().family.genogram) { Said::CoveredYes } else { Said::CoveredPartly };
            place.append_text(&format!("{}: {}", said(ui, Said::ThreeGenerations), said(ui, key)));
        })
    }

    fn views(&self) -> El {
        let (picture, lists) = (self.clone(), self.clone());
        tools::views(self.shows_lists, move || [picture.picture(), picture.chosen_panel()], move || lists.lists())
    }

    /// The same people as a nested list, and everything as it was entered.
    fn lists(&self) -> El {
        let (ui, editor) = (self.ui, self.clone());
        let tree = el("div").class("diagram-text").live(move |place| {
            ui.watch_later(Topic::Drawing);
            let told = editor.told();
            place.append(&line("", &summary(ui, &told.family.genogram)));
            let choose = |link: El, id: &PersonId| {
                let (editor, id) = (editor.clone(), id.0.to_string());
                link.on_click(move || {
                    editor.chosen.set(id.clone());
                    editor.shows_lists.set(false);
                })
            };
            place.append(&tree(ui, &told, &choose));
        });
        tools::lists(ui, self.group, tree)
    }

    fn picture(&self) -> El {
        let (ui, editor) = (self.ui, self.clone());
        let surface = self.stage.surface.clone().attr("aria-describedby", "stage-hint");
        whenever(move || {
            ui.watch_later(Topic::Drawing);
            editor.shows_violence.get();
            editor.draw();
        });
        let (marked, chosen) = (surface.clone(), self.chosen);
        whenever(move || mark_chosen(&marked, PERSON, &chosen.get()));
        let hint = el("p").class("hint").attr("id", "stage-hint").text(said(ui, Said::TouchHint)).text(" ");
        let hint = hint.child(el("span").class("key-hint").text(said(ui, Said::KeyHint)));
        let refused = self.refusal();
        let frame = el("div").class("stage").child(surface).child(tools::zoom(ui, &self.stage));
        let summary = el("summary").child(el("span").text(said(ui, Said::Legend)));
        let legend = el("details").class("person-tie").child(summary).child(self.legend.clone());
        let stage = el("div").class("stage-box").child(refused).child(frame);
        el("div")
            .class("picture-box")
            .child(stage)
            .child(hint)
            .maybe(self.violence())
            .child(legend)
            .child(handing(self))
    }

    /// Lines of violence are not for everybody's eyes; they stand in the picture when asked for.
    fn violence(&self) -> Option<El> {
        let (ui, shows) = (self.ui, self.shows_violence);
        let button = button("button button-quiet", "show-violence", Some(Icon::Veil), "").live(move |place| {
            let key = if shows.get() { Said::HideViolence } else { Said::ShowViolence };
            place.append(&icon(Icon::Veil));
            place.append_text(said(ui, key));
        });
        Some(button.on_click(move || shows.update(|shows| *shows = !*shows)))
    }

    /// Why no drawing can be made, where the lists say what cannot be.
    fn refusal(&self) -> El {
        let (ui, editor) = (self.ui, self.clone());
        el("div").attr("role", "status").live(move |place| {
            ui.watch_later(Topic::Drawing);
            let told = editor.told();
            if let Err(refusal) = crate::diagram::check(&told.family.genogram) {
                let words = match &refusal {
                    GenogramRefusal::OwnAncestors(people) => {
                        filled(ui, Said::OwnAncestors, &[&told.names(ui, people.iter())])
                    }
                    _ => said(ui, Said::NotDrawn).to_owned(),
                };
                let body = el("div").class("trouble-words").child(line("trouble-happened", &words));
                let body = body.child(line("", said(ui, Said::MendLists)));
                place.append(&el("div").class("trouble").child(icon(Icon::Alert)).child(body));
            }
        })
    }

    fn draw(&self) {
        let (ui, told) = (self.ui, self.told());
        let had_focus = self.stage.surface.find(":focus").is_some();
        self.stage.surface.clear();
        let words = |key| term(ui, key).to_owned();
        let Ok(scene) = scene(&told.family.genogram, &words) else { return };
        let people = |mark: &Mark, group: El| match &mark.of {
            Of::Person(id, _) => group
                .attr(PERSON, &id.0)
                .attr("role", "button")
                .attr("tabindex", "-1")
                .attr("aria-label", &told.line(ui, id)),
            _ => group.attr("aria-hidden", "true"),
        };
        let is_legend = |mark: &Mark| matches!(mark.of, Of::Legend(_));
        self.stage.surface.append(&drawn(&scene, &|mark| !is_legend(mark), people));
        self.legend.clear();
        self.legend.append(&sign_list(&scene));
        let about = self.chosen().and_then(|id| centre(&scene, &id));
        mark_chosen(&self.stage.surface, PERSON, &self.chosen.get_untracked());
        self.stage.holds(scene.drawing, about);
        let label = filled(ui, Said::Drawing, &[&summary(ui, &told.family.genogram)]);
        self.stage.surface.set_attr("aria-label", Some(&label));
        self.scene.replace(Some(scene));
        if had_focus {
            self.focus_chosen();
        }
    }

    fn focus_chosen(&self) {
        if let Some(person) = self.stage.surface.find(".person[aria-pressed='true']") {
            person.focus();
        }
    }

    fn key(&self, event: &web_sys::Event) {
        let (key, from) = (property(event, "key"), attribute_around(event, PERSON));
        let Some(from) = from.map(|id| PersonId(id.as_str().into())) else { return };
        if key == "Enter" || key == " " {
            event.prevent_default();
            self.chosen.set(from.0.to_string());
            return;
        }
        if is_held(event, "shiftKey")
            && let Some(steps) = arrow_steps(&key)
        {
            event.prevent_default();
            return self.nudge(from, Some(steps));
        }
        let drawn = self.scene.borrow();
        let Some(scene) = drawn.as_ref() else { return };
        if let Some(to) = led(&key, &from, &self.told().family.genogram, scene) {
            event.prevent_default();
            let about = centre(scene, &to);
            let size = scene.drawing;
            drop(drawn);
            self.chosen.set(to.0.to_string());
            self.stage.holds(size, about);
            mark_chosen(&self.stage.surface, PERSON, &to.0);
            self.focus_chosen();
        }
    }

    fn chosen_panel(&self) -> El {
        let (editor, chosen, panel) = (self.clone(), self.chosen, self.panel);
        el("div").class("chosen").live(move |place| {
            let id = chosen.get();
            panel.get();
            match person_panel(&editor, &PersonId(id.as_str().into())).filter(|_| !id.is_empty()) {
                Some(panel) => place.append(&panel),
                None => place.append(&line("hint", said(editor.ui, Said::ChooseFirst))),
            }
        })
    }
}

/// How far one press moves somebody, in steps.
pub const PRESS: i16 = 2;

/// How far an arrow moves somebody.
fn arrow_steps(key: &str) -> Option<i16> {
    match key {
        "ArrowLeft" => Some(-PRESS),
        "ArrowRight" => Some(PRESS),
        _ => None,
    }
}
