//! One of many options, found by typing: a combobox with a list (WAI-ARIA Authoring Practices, "Editable combobox with
//! list autocomplete").

use super::Field;
use super::choice::option_text;
use crate::form::{Edit, Kind, other_of};
use crate::ui::dom::{El, el, folded, property, target};
use crate::ui::i18n::Key;
use crate::ui::panel::{button, line};
use crate::ui::reactive::*;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use web_sys::Event;

/// No more options than this are shown at once; typing narrows them.
const MOST_SHOWN: usize = 50;

struct Combo {
    field: Field,
    input: El,
    popup: El,
    list: El,
    status: El,
    names: Vec<String>,
    /// The names without case and accents, as they are searched.
    plain: Vec<String>,
    /// The options on the list, by position.
    found: RefCell<Vec<usize>>,
    /// Which of them the arrow keys are on.
    active: Cell<Option<usize>>,
}

/// The field with its list.
#[inline(never)] // An entry of tools/parts.json.
pub fn autocomplete(field: &Field) -> El {
    let (item, ui) = (field.item(), field.ui);
    let names: Vec<String> = item.options.iter().map(|option| option_text(field, option)).collect();
    let input = el("input")
        .class("input")
        .attr("id", &field.id(""))
        .attr("type", "text")
        .attr("role", "combobox")
        .attr("autocomplete", "off")
        .attr("aria-autocomplete", "list")
        .attr("aria-controls", &field.id("-list"))
        .attr("aria-describedby", &format!("{} {}", field.described(), field.id("-status")))
        .attr("placeholder", ui.t(Key::TypeToFind))
        .attr("value", &chosen(field, &names));
    let combo = Combo {
        field: field.clone(),
        popup: el("div").class("combo-popup"),
        list: el("ul").attr("id", &field.id("-list")).attr("role", "listbox").attr("aria-label", &field.text()),
        status: line("hint", "").attr("id", &field.id("-status")).attr("role", "status"),
        plain: folded(&names.join("\n")).split('\n').map(str::to_owned).collect(),
        names,
        input,
        found: RefCell::default(),
        active: Cell::default(),
    };
    combo.hide();
    listen(combo)
}

/// What stands in the field: the chosen option, or what was typed and is none.
fn chosen(field: &Field, names: &[String]) -> String {
    field
        .content(|content| {
            let item = field.item();
            let option =
                content.answers.first().and_then(|answer| item.options.iter().position(|one| one.matches(answer)));
            option.map(|position| names[position].clone()).or_else(|| other_of(item, content).map(str::to_owned))
        })
        .unwrap_or_default()
}

fn listen(combo: Combo) -> El {
    let (input, list, popup) = (combo.input.clone(), combo.list.clone(), combo.popup.clone());
    let popup = popup.child(combo.status.clone());
    let clear = button("combo-clear", "clear", None, "×").attr("aria-label", combo.field.ui.t(Key::ClearAnswer));
    // Held by the part of the screen around it and not by the functions below, which its own elements hold.
    let held = StoredValue::new_local(Rc::new(combo));
    let with = move |act: &dyn Fn(&Combo)| {
        if let Some(combo) = held.try_with_value(Rc::clone) {
            act(&combo);
        }
    };
    let input = input
        .on("input", move |_| with(&Combo::typed))
        .on("click", move |_| with(&Combo::show))
        .on("keydown", move |event| with(&|combo| combo.key(&event)))
        .on("blur", move |_| {
            with(&|combo| {
                combo.hide();
                combo.field.leave();
            });
        });
    // The field keeps the focus while an option is pressed.
    let list = list.on("mousedown", |event| event.prevent_default()).on("click", move |event| {
        let option = target(&event).and_then(|pressed| pressed.closest("[data-at]").ok().flatten());
        if let Some(at) = option.and_then(|option| option.get_attribute("data-at")?.parse().ok()) {
            with(&|combo| combo.choose(at));
        }
    });
    let clear = clear.on_click(move || with(&Combo::empty));
    el("div").class("combo").child(input).child(clear).child(popup.child(list))
}

impl Combo {
    /// The text in the field names an option, is the worker's own words, or nothing.
    fn typed(&self) {
        let text = self.input.value();
        let plain = folded(text.trim());
        let edit = match self.plain.iter().position(|name| *name == plain) {
            _ if plain.is_empty() => Edit::Cleared,
            Some(position) => Edit::Option { position, chosen: true },
            None if self.field.item().kind == Kind::OpenChoice => Edit::Other(Some(text)),
            // Kept as it stands; beside the field it is said that this is no option.
            None => Edit::Typed(text),
        };
        self.field.edit(edit);
        self.show();
    }

    /// Shows the options that what was typed leaves: those that begin with it, then those that hold it.
    fn show(&self) {
        let text = self.input.value();
        // An option that is already chosen narrows nothing: the list then shows what there is beside it.
        let typed = if self.names.contains(&text) { String::new() } else { folded(text.trim()) };
        let begins = (0..).zip(&self.plain).filter(|(_, name)| name.starts_with(&typed));
        let holds = (0..).zip(&self.plain).filter(|(_, name)| !name.starts_with(&typed) && name.contains(&typed));
        let mut found: Vec<usize> = begins.chain(holds).map(|(position, _)| position).collect();
        let all = found.len();
        found.truncate(MOST_SHOWN);
        self.popup.set_attr("hidden", None);
        self.list.clear();
        for (at, position) in found.iter().enumerate() {
            let option = el("li").attr("id", &self.id(at)).attr("role", "option").attr("data-at", &at.to_string());
            self.list.append(&option.attr("aria-selected", "false").text(&self.names[*position]));
        }
        self.say(all, found.len());
        self.input.set_attr("aria-expanded", Some(if found.is_empty() { "false" } else { "true" }));
        self.found.replace(found);
        self.mark(None);
    }

    fn say(&self, all: usize, shown: usize) {
        let (ui, all, rest) = (self.field.ui, all.to_string(), (all - shown).to_string());
        let words = match (shown, rest.as_str()) {
            (0, _) if self.field.item().kind == Kind::OpenChoice => ui.t(Key::OwnWords).to_owned(),
            (0, _) => ui.t(Key::NoOptionFound).to_owned(),
            (_, "0") => ui.tf(Key::OptionsFound, &[&all]),
            _ => ui.tf(Key::OptionsMore, &[&shown.to_string(), &rest]),
        };
        self.status.clear();
        self.status.append_text(&words);
    }

    fn hide(&self) {
        self.popup.set_attr("hidden", Some(""));
        self.list.clear();
        self.found.replace(Vec::new());
        self.input.set_attr("aria-expanded", Some("false"));
        self.mark(None);
    }

    fn id(&self, at: usize) -> String {
        self.field.id(&format!("-o{at}"))
    }

    /// Puts the arrow keys' mark on an option.
    fn mark(&self, at: Option<usize>) {
        let mark = |at: Option<usize>, on: &str| {
            let option = at.and_then(|at| self.list.find(&format!("[id='{}']", self.id(at))))?;
            option.set_attr("aria-selected", Some(on));
            Some(option)
        };
        mark(self.active.replace(at), "false");
        mark(at, "true").iter().for_each(El::show);
        self.input.set_attr("aria-activedescendant", at.map(|at| self.id(at)).as_deref());
    }

    fn key(&self, event: &Event) {
        let (shown, active) = (self.found.borrow().len(), self.active.get());
        match property(event, "key").as_str() {
            "ArrowDown" | "ArrowUp" if shown == 0 => self.show(),
            "ArrowDown" => self.mark(Some(active.map_or(0, |at| (at + 1) % shown))),
            "ArrowUp" => self.mark(Some(active.map_or(shown - 1, |at| (at + shown - 1) % shown))),
            "Enter" if shown > 0 => match active {
                Some(at) => self.choose(at),
                None if shown == 1 => self.choose(0),
                None => self.hide(),
            },
            "Escape" if shown > 0 => self.hide(),
            "Escape" => self.empty(),
            _ => return,
        }
        event.prevent_default();
    }

    fn choose(&self, at: usize) {
        let position = self.found.borrow().get(at).copied();
        if let Some(position) = position {
            self.input.set_value(&self.names[position]);
            self.field.edit(Edit::Option { position, chosen: true });
        }
        self.hide();
    }

    fn empty(&self) {
        self.input.set_value("");
        self.field.edit(Edit::Cleared);
        self.hide();
        self.input.focus();
    }
}
