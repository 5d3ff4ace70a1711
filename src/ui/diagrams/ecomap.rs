//! The editor of an ecomap: the picture, the list it is drawn from, and the system the hand is on.

use super::handing::{File, saving};
use super::legend::sign_list;
use super::shapes::drawn;
use super::stage::Stage;
use super::tools::{self, folded, mark_chosen, questions};
use super::words::{Said, language, said};
use crate::app::family::{Surroundings, surroundings};
use crate::app::{Event, Topic};
use crate::diagram::ecomap::{Flow, Kind, Sign, System, SystemKind, Tension, scene};
use crate::diagram::{Mark, Of, Scene, titled};
use crate::form::NodeIx;
use crate::platform::stamp;
use crate::ui::dispatch::Ui;
use crate::ui::dom::{El, attribute_around, el, property, whenever};
use crate::ui::fields::{self, Field};
use crate::ui::icon::Icon;
use crate::ui::panel::{button, line};
use crate::ui::reactive::*;
use crate::wording::{ecomap_summary, ecomap_word};

/// The attribute by which a system in the picture is known.
const SYSTEM: &str = "data-system";

/// What the drawing shows of a system; its kind is chosen with the button that adds it.
const DRAWN: [&str; 6] = ["name", "strength", "tension", "flow", "importance", "wish"];

/// The editor of one ecomap.
#[derive(Clone)]
struct Editor {
    ui: Ui,
    group: NodeIx,
    /// The system the hand is on, by its number; empty for none.
    chosen: RwSignal<String>,
    shows_lists: RwSignal<bool>,
    stage: Stage,
    legend: El,
}

/// The editor of a group with the control `ecomap`.
#[inline(never)] // An entry of tools/parts.json.
pub fn ecomap(field: &Field) -> El {
    let ui = field.ui;
    let editor = Editor {
        ui,
        group: field.node,
        chosen: RwSignal::new(String::new()),
        shows_lists: RwSignal::new(false),
        stage: Stage::new(word(ui, Sign::Ecomap)),
        legend: el("div").class("diagram-legend"),
    };
    let moved = editor.clone();
    tools::listen(&editor.stage, SYSTEM, editor.chosen, move |event| moved.key(event));
    let stepped = editor.clone();
    let step = move |back: bool| {
        stepped.ui.send(if back { Event::StepUndone } else { Event::StepRedone });
        stepped.stay();
    };
    let toolbar = tools::toolbar(ui, editor.shows_lists, step);
    el("div").class("diagram").attr("data-linkid", &field.item().link_id).child(toolbar).child(editor.views())
}

fn word(ui: Ui, sign: Sign) -> &'static str {
    ecomap_word(language(ui), sign)
}

/// What a system is, in words.
fn kind_words(ui: Ui, system: &System) -> Option<String> {
    Some(match system.kind.as_ref()? {
        Kind::Of(kind) => word(ui, Sign::Kind(*kind)).to_owned(),
        Kind::Own(words) => words.clone(),
    })
}

/// What a system is called.
fn name(ui: Ui, system: &System) -> String {
    let name = Some(system.name.clone()).filter(|name| !name.is_empty());
    name.or_else(|| kind_words(ui, system)).unwrap_or_else(|| said(ui, Said::Unnamed).to_owned())
}

/// A system in one line: name, kind, and how it relates.
pub fn system_line(ui: Ui, system: &System) -> String {
    let kind = kind_words(ui, system).filter(|_| !system.name.is_empty());
    let head = match kind {
        Some(kind) => format!("{} ({})", name(ui, system), kind.to_lowercase()),
        None => name(ui, system),
    };
    let strength = system.strength.map(|strength| word(ui, Sign::Strength(strength)));
    let tension = system.tension.filter(|tension| *tension != Tension::None);
    let tension = tension.map(|tension| word(ui, Sign::Tension(tension)));
    let flow = system.flow.map(|flow| {
        said(
            ui,
            match flow {
                Flow::ToClient => Said::FlowIn,
                Flow::FromClient => Said::FlowOut,
                Flow::Both => Said::FlowBoth,
                Flow::None => Said::FlowNone,
            },
        )
    });
    let importance = system.importance.map(|importance| word(ui, Sign::Importance(importance)));
    let wish = system.wish.map(|wish| word(ui, Sign::Wish(wish)));
    let parts = [strength, tension, flow, importance, wish].into_iter().flatten().map(str::to_lowercase);
    let parts: Vec<String> = parts.collect();
    if parts.is_empty() { head } else { format!("{head}: {}", parts.join(", ")) }
}

impl Editor {
    /// The map as it stands.
    fn map(&self) -> Surroundings {
        self.ui.read(|model| {
            let Some(filling) = model.filling() else { return Surroundings::default() };
            let case = model.case_of(filling.document.id);
            surroundings(&filling.response, self.group, case.map_or("", |case| &case.name), stamp().now.date())
        })
    }

    fn entry(&self) -> Option<NodeIx> {
        let id = self.chosen.get_untracked();
        let made = self.ui.read(|model| model.filling().and_then(|filling| filling.made));
        let known = self.map().systems.into_iter().find(|(own, _)| *own.0 == *id).map(|(_, entry)| entry);
        // One that was just added and says nothing yet is not drawn.
        known.or_else(|| made.filter(|entry| entry.number().to_string() == id))
    }

    /// Whom the hand was on may be gone.
    fn stay(&self) {
        if self.entry().is_none() {
            self.chosen.set(String::new());
        }
    }

    fn add(&self, kind: Option<SystemKind>) {
        self.ui.send(Event::SystemAdded(self.group, kind));
        let made = self.ui.read(|model| model.filling().and_then(|filling| filling.made));
        if let Some(entry) = made {
            self.chosen.set(entry.number().to_string());
        }
        if let Some(panel) = self.stage.surface.around(".diagram").and_then(|place| place.find(".person-panel")) {
            panel.focus_within();
        }
    }

    fn views(&self) -> El {
        let (picture, lists) = (self.clone(), self.clone());
        tools::views(self.shows_lists, move || [picture.picture(), picture.chosen_panel()], move || lists.lists())
    }

    /// The same as text, and everything as it was entered.
    fn lists(&self) -> El {
        let (ui, editor) = (self.ui, self.clone());
        let text = el("div").class("diagram-text").live(move |place| {
            ui.watch_later(Topic::Drawing);
            let map = editor.map();
            place.append(&line("", &ecomap_summary(language(ui), &map.ecomap)));
            let rows = map.ecomap.systems.iter().map(|system| {
                let (editor, id) = (editor.clone(), system.id.0.to_string());
                let link = el("button").class("link").attr("type", "button").text(&system_line(ui, system));
                el("li").child(link.on_click(move || {
                    editor.chosen.set(id.clone());
                    editor.shows_lists.set(false);
                }))
            });
            place.append(&el("ul").class("family-tree").all(rows));
        });
        tools::lists(ui, self.group, text)
    }

    fn picture(&self) -> El {
        let (ui, editor) = (self.ui, self.clone());
        let surface = self.stage.surface.clone();
        whenever(move || {
            ui.watch_later(Topic::Drawing);
            editor.draw();
        });
        let (marked, chosen) = (surface.clone(), self.chosen);
        whenever(move || mark_chosen(&marked, SYSTEM, &chosen.get()));
        let frame = el("div").class("stage").child(surface).child(tools::zoom(ui, &self.stage));
        let stage = el("div").class("stage-box").child(frame);
        let summary = el("summary").child(el("span").text(said(ui, Said::Legend)));
        let legend = el("details").class("person-tie").child(summary).child(self.legend.clone());
        let own = self.clone();
        let summary = el("summary").child(el("span").text(said(ui, Said::Out)));
        let out = el("details").class("person-tie").attr("data-act", "out").child(summary);
        let out = out.child(saving(ui, move || own.file(), None));
        let group = self.group;
        let about = folded(said(ui, Said::AboutMap), move || {
            el("div").class("questions").all(fields::below(ui, group, &|item| !item.is_list))
        });
        let box_of = el("div").class("picture-box").child(stage).child(self.kinds());
        box_of.child(about.attr("data-act", "about-map")).child(legend).child(out)
    }

    /// A button for each kind: touching it brings such a system.
    fn kinds(&self) -> El {
        let ui = self.ui;
        let label = el("p").class("question-text").attr("id", "add-system").text(said(ui, Said::AddSystem));
        let row = el("div").class("actions system-kinds").attr("role", "group").attr("aria-labelledby", "add-system");
        let kinds = SystemKind::ALL.iter().map(|kind| (Some(*kind), word(ui, Sign::Kind(*kind))));
        let all = kinds.chain([(None, said(ui, Said::OtherKind))]).map(|(kind, words)| {
            let editor = self.clone();
            button("button button-add-kin", "add-system", Some(Icon::Plus), words).on_click(move || editor.add(kind))
        });
        el("div").class("person-adding").child(label).child(row.all(all))
    }

    fn scene(&self) -> Option<Scene> {
        scene(&self.map().ecomap, &|sign| word(self.ui, sign).to_owned()).ok()
    }

    fn file(&self) -> Option<File> {
        let scene = self.scene()?;
        let summary = ecomap_summary(language(self.ui), &self.map().ecomap);
        let title = word(self.ui, Sign::Ecomap);
        let text = titled(&scene, title, &summary);
        Some(File { title: title.to_owned(), text, size: (scene.width, scene.height) })
    }

    fn draw(&self) {
        let (ui, map) = (self.ui, self.map());
        let had_focus = self.stage.surface.find(":focus").is_some();
        self.stage.surface.clear();
        self.legend.clear();
        let Some(scene) = self.scene() else { return };
        let system = |mark: &Mark, group: El| match &mark.of {
            Of::System(id, ..) => {
                let system = map.ecomap.systems.iter().find(|system| system.id == *id);
                let words = system.map(|system| system_line(ui, system)).unwrap_or_default();
                group.attr(SYSTEM, &id.0).attr("role", "button").attr("tabindex", "-1").attr("aria-label", &words)
            }
            _ => group.attr("aria-hidden", "true"),
        };
        self.stage.surface.append(&drawn(&scene, &|mark| !matches!(mark.of, Of::EcomapLegend(_)), system));
        self.legend.append(&sign_list(&scene));
        mark_chosen(&self.stage.surface, SYSTEM, &self.chosen.get_untracked());
        self.stage.holds(scene.drawing, None);
        let label = ecomap_summary(language(ui), &map.ecomap);
        self.stage.surface.set_attr("aria-label", Some(&label));
        if had_focus {
            self.focus_chosen();
        }
    }

    fn focus_chosen(&self) {
        if let Some(system) = self.stage.surface.find(&format!("[{SYSTEM}][tabindex='0']")) {
            system.focus();
        }
    }

    /// Arrows go around the middle.
    fn key(&self, event: &web_sys::Event) {
        let (key, from) = (property(event, "key"), attribute_around(event, SYSTEM));
        let Some(from) = from else { return };
        let all = self.stage.surface.all_below(&format!("[{SYSTEM}]"));
        let at = all.iter().position(|one| one.attribute(SYSTEM).as_deref() == Some(&*from)).unwrap_or_default();
        let to = match key.as_str() {
            "Enter" | " " => at,
            "ArrowRight" | "ArrowDown" => (at + 1) % all.len().max(1),
            "ArrowLeft" | "ArrowUp" => (at + all.len().saturating_sub(1)) % all.len().max(1),
            _ => return,
        };
        event.prevent_default();
        if let Some(id) = all.get(to).and_then(|one| one.attribute(SYSTEM)) {
            self.chosen.set(id.clone());
            mark_chosen(&self.stage.surface, SYSTEM, &id);
            self.focus_chosen();
        }
    }

    fn chosen_panel(&self) -> El {
        let (editor, chosen) = (self.clone(), self.chosen);
        el("div").class("chosen").live(move |place| {
            chosen.get();
            match editor.entry() {
                Some(entry) => place.append(&editor.panel(entry)),
                None => place.append(&line("hint", said(editor.ui, Said::ChooseSystem))),
            }
        })
    }

    fn panel(&self, entry: NodeIx) -> El {
        let (ui, named) = (self.ui, self.clone());
        let heading = el("h2").class("person-name").attr("id", "chosen-person").attr("tabindex", "-1");
        let heading = heading.live(move |place| {
            ui.watch_later(Topic::Drawing);
            let map = named.map();
            let id = map.systems.iter().find(|(_, own)| *own == entry).map(|(id, _)| id.clone());
            let system = id.and_then(|id| map.ecomap.systems.into_iter().find(|system| system.id == id));
            place.append_text(&system.map_or_else(|| said(ui, Said::Unnamed).to_owned(), |one| name(ui, &one)));
        });
        let removing = self.clone();
        let remove = button("button button-quiet", "remove-system", Some(Icon::Bin), said(ui, Said::RemoveSystem));
        let remove = remove.on_click(move || {
            removing.ui.send(Event::InstanceRemoved(entry));
            removing.chosen.set(String::new());
        });
        let (drawn, others) = questions(ui, entry, &DRAWN);
        let panel = el("section").class("person-panel").attr("aria-labelledby", "chosen-person");
        panel.child(heading).child(drawn).child(others).child(remove)
    }
}
