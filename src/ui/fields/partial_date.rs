//! Partial dates: what is known of day, month and year, or an age.

use super::Field;
use crate::app::DateForm;
use crate::domain::Qualifier;
use crate::form::{DateParts, Edit, age_of};
use crate::ui::dispatch::Ui;
use crate::ui::dom::{El, el, value};
use crate::ui::i18n::{Key, format};
use crate::ui::panel::line;
use crate::ui::reactive::*;
use std::rc::Rc;

/// A partial date as the answer to a question.
pub fn question(field: &Field) -> El {
    let by_age = RwSignal::new(field.content(|content| age_of(content).is_some()));
    let (read, written, left) = (field.clone(), field.clone(), field.clone());
    fields(&Host {
        ui: field.ui,
        id: field.id(""),
        with_event: true,
        get: Rc::new(move || DateForm {
            parts: read.content(DateParts::of),
            age: read.content(age_of).unwrap_or_default(),
            by_age: by_age.get_untracked(),
        }),
        set: Rc::new(move |form: DateForm| {
            // Looking at the other way to tell a date takes no answer away; typing there replaces it.
            if by_age.get_untracked() != form.by_age {
                return by_age.set(form.by_age);
            }
            written.edit(if form.by_age { Edit::Age(form.age) } else { Edit::Date(form.parts) });
        }),
        leave: Rc::new(move || left.leave()),
    })
}

/// A partial date in a form that is not an instrument.
pub fn date_fields(ui: Ui, id: &str, get: impl Fn() -> DateForm + 'static, set: impl Fn(DateForm) + 'static) -> El {
    let (get, set) = (Rc::new(get), Rc::new(set));
    fields(&Host { ui, id: id.to_owned(), with_event: false, get, set, leave: Rc::new(|| {}) })
}

/// Where the date is read from and written to.
#[derive(Clone)]
struct Host {
    ui: Ui,
    id: String,
    with_event: bool,
    get: Rc<dyn Fn() -> DateForm>,
    set: Rc<dyn Fn(DateForm)>,
    leave: Rc<dyn Fn()>,
}

impl Host {
    fn change(&self, change: impl FnOnce(&mut DateForm)) {
        let mut form = (self.get)();
        change(&mut form);
        (self.set)(form);
    }

    /// A field of the date with its label; `write` puts what was typed into its place.
    fn part(&self, suffix: &str, key: Key, control: El, write: fn(&mut DateForm, String)) -> El {
        let (typed, left) = (self.clone(), self.clone());
        // Select elements send both kinds of event at every choice.
        let control = control
            .attr("id", &format!("{}-{suffix}", self.id))
            .on("input", move |event| typed.change(|form| write(form, value(&event))))
            .on("blur", move |_| (left.leave)());
        el("label").class("date-part").child(el("span").text(self.ui.t(key))).child(control)
    }
}

fn fields(host: &Host) -> El {
    let by_age = RwSignal::new((host.get)().by_age);
    let mode = |age: bool, key: Key| {
        let changed = host.clone();
        let input = el("input")
            .attr("type", "radio")
            .attr("name", &format!("{}-mode", host.id))
            .attr("value", if age { "age" } else { "date" })
            .flag("checked", by_age.get_untracked() == age)
            .on("change", move |_| {
                by_age.set(age);
                changed.change(|form| form.by_age = age);
            });
        el("label").class("option option-small").child(input).child(el("span").text(host.ui.t(key)))
    };
    let modes = el("div").class("options options-row").child(mode(false, Key::ByDate)).child(mode(true, Key::ByAge));
    let inner = host.clone();
    let parts = el("div").class("date-parts").live(move |place| {
        if by_age.get() {
            place.append(
                &inner.part("age", Key::AgeInYears, number(3, &(inner.get)().age), |form, text| form.age = text),
            );
        } else {
            date(&inner, place);
        }
    });
    el("div").class("date").child(modes).child(parts).child(line("hint", host.ui.t(Key::DateHint)))
}

/// A field for digits.
fn number(digits: u8, text: &str) -> El {
    el("input")
        .class(if digits > 3 { "input input-year" } else { "input input-day" })
        .attr("type", "text")
        .attr("inputmode", "numeric")
        .attr("autocomplete", "off")
        .attr("maxlength", &digits.to_string())
        .attr("value", text)
}

fn date(host: &Host, place: &El) {
    let parts = (host.get)().parts;
    let qualifier = RwSignal::new(parts.qualifier);
    place.append(&host.part("day", Key::Day, number(2, &parts.day), |form, text| form.parts.day = text));
    place.append(&host.part("month", Key::Month, month(host.ui, &parts.month), |form, text| form.parts.month = text));
    place.append(&host.part("year", Key::Year, number(4, &parts.year), |form, text| form.parts.year = text));
    let sure = how_sure(host.ui, parts.qualifier).on("input", move |event| {
        qualifier.set(Qualifier::from_code(&value(&event)).unwrap_or_default());
    });
    place.append(&host.part("qualifier", Key::HowSure, sure, |form, code| {
        form.parts.qualifier = Qualifier::from_code(&code).unwrap_or_default();
    }));
    if host.with_event {
        let host = host.clone();
        place.append(&el("div").class("date-event").live(move |place| {
            if matches!(qualifier.get(), Qualifier::Before | Qualifier::After) {
                let input = el("input").class("input").attr("type", "text").attr("value", &(host.get)().parts.event);
                place.append(&host.part("event", Key::DateEvent, input, |form, text| form.parts.event = text));
            }
        }));
    }
}

fn month(ui: Ui, chosen: &str) -> El {
    let option = |(number, name): (u8, String)| {
        let number = number.to_string();
        el("option").attr("value", &number).flag("selected", number == chosen).text(&name)
    };
    el("select")
        .class("input input-month")
        .child(el("option").attr("value", "").text("–"))
        .all((1..).zip(format::months(ui.locale())).map(option))
}

fn how_sure(ui: Ui, chosen: Qualifier) -> El {
    let option = |qualifier: Qualifier| {
        let key = match qualifier {
            Qualifier::Exact => Key::DateExact,
            Qualifier::About => Key::DateAbout,
            Qualifier::Before => Key::DateBefore,
            Qualifier::After => Key::DateAfter,
        };
        el("option").attr("value", qualifier.code()).flag("selected", qualifier == chosen).text(ui.t(key))
    };
    el("select").class("input").all(Qualifier::ALL.map(option))
}
