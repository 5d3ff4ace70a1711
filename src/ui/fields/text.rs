//! Fields to type in.

use super::{Field, answer_words};
use crate::app::Locale;
use crate::domain::Timestamp;
use crate::form::{Answer, Coding, Content, Edit, Item, Kind, typed_parts, unit_of};
use crate::ui::dom::{El, el, target, value};
use crate::ui::i18n::{Key, format};
use crate::ui::icon::Icon;
use crate::ui::panel::button;
use crate::ui::reactive::*;
use std::cell::Cell;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement};

/// A field of one line, in the kind of its item.
pub fn short(field: &Field) -> El {
    let item = field.item();
    let (kind, mode) = match item.kind {
        Kind::Integer => ("text", Some("numeric")),
        Kind::Decimal | Kind::Quantity => ("text", Some("decimal")),
        Kind::Date => ("date", None),
        Kind::DateTime => ("datetime-local", None),
        Kind::Time => ("time", None),
        Kind::Url => ("url", Some("url")),
        _ => ("text", Some("text")),
    };
    let wide = matches!(item.kind, Kind::String | Kind::Url | Kind::OpenChoice);
    let input = typing(field, el("input"))
        .class(if wide { "input" } else { "input input-short" })
        .attr("type", kind)
        .attr("value", &field.content(|content| shown(field, content)));
    input.set_attr("inputmode", mode);
    if item.units.len() > 1 {
        return measured(field, input);
    }
    let unit = item.unit.as_ref().map(|unit| el("span").class("unit").text(unit_text(unit)));
    let line = el("div").class("input-line").child(input.on("input", typed(field)));
    line.maybe(unit).maybe((item.kind == Kind::DateTime).then(|| now_button(field)))
}

fn unit_text(unit: &Coding) -> &str {
    unit.display.as_deref().unwrap_or(&unit.code)
}

/// A number and the choice of its unit.
fn measured(field: &Field, number: El) -> El {
    let (item, ui) = (field.item(), field.ui);
    let chosen = field.content(|content| unit_of(item, content));
    let option = |(position, unit): (usize, &Coding)| {
        let option = el("option").attr("value", &position.to_string()).flag("selected", position == chosen);
        option.text(unit_text(unit))
    };
    let left = field.clone();
    let units = el("select")
        .class("input input-unit")
        .attr("aria-label", &ui.tf(Key::UnitOf, &[&field.text()]))
        .all(item.units.iter().enumerate().map(option))
        .on("blur", move |_| left.leave());
    let field = field.clone();
    // Both are read at every change of one. Select elements send the same kind of event.
    el("div").class("input-line").child(number).child(units).on("input", move |event| {
        let line = target(&event).and_then(|part| part.closest(".input-line").ok().flatten());
        let part = |selector| line.as_ref().and_then(|line| line.query_selector(selector).ok().flatten());
        let part = |selector| part(selector).map(|part| part.unchecked_into::<HtmlInputElement>().value());
        let unit = part("select").and_then(|unit| unit.parse().ok()).unwrap_or_default();
        field.edit(Edit::Measured(part("input").unwrap_or_default(), unit));
    })
}

/// A day, perhaps with a time. One that is known in part only is shown in words until it is changed: the browser's field
/// would show nothing of it.
pub fn date(field: &Field) -> El {
    let whole = if field.item().kind == Kind::Date { "2000-01-01" } else { "2000-01-01T00:00" };
    let part = field.content(|content| !content.answers.is_empty() && shown(field, content).len() != whole.len());
    let partial = RwSignal::new(part);
    let field = field.clone();
    let drawn = Cell::new(false);
    el("div").live(move |place| {
        if partial.get() {
            let words = field.content(|content| answer_words(field.ui, field.item(), content)).unwrap_or_default();
            let change = button("button button-quiet", "change-date", Some(Icon::Pencil), field.ui.t(Key::Change));
            let change = change.on_click(move || partial.set(false));
            place.append(&el("div").class("input-line").child(el("span").text(&words)).child(change));
        } else {
            place.append(&short(&field));
        }
        if drawn.replace(true) {
            place.focus_within();
        }
    })
}

/// What all fields to type in share.
fn typing(field: &Field, input: El) -> El {
    let left = field.clone();
    input
        .attr("id", &field.id(""))
        .attr("autocomplete", "off")
        .attr("aria-describedby", &field.described())
        .on("blur", move |_| left.leave())
}

fn typed(field: &Field) -> impl FnMut(Event) + 'static {
    let field = field.clone();
    move |event| field.edit(Edit::Typed(value(&event)))
}

/// A field of several lines that grows with its text: the stylesheet lays a copy of the text behind the field, so that
/// both are as high as the text needs.
pub fn long(field: &Field) -> El {
    let text = field.content(|content| shown(field, content));
    let outer = el("div").class("grow").attr("data-text", &text);
    let copy = outer.clone();
    let area = typing(field, el("textarea")).class("input").attr("rows", "3").text(&text).on("input", typed(field));
    outer.child(area.on("input", move |event| copy.set_attr("data-text", Some(&value(&event)))))
}

/// Sets a date and time to now: the usual answer while sitting together.
fn now_button(field: &Field) -> El {
    let (id, ui, field) = (field.id(""), field.ui, field.clone());
    button("button button-quiet", "now", None, ui.t(Key::Now)).on("click", move |event| {
        let now = local(crate::platform::stamp().now);
        let line =
            event.current_target().and_then(|button| button.dyn_into::<web_sys::Element>().ok()?.parent_element());
        let input = line.and_then(|line| line.query_selector(&format!("#{id}")).ok().flatten());
        if let Some(input) = input.and_then(|input| input.dyn_into::<HtmlInputElement>().ok()) {
            input.set_value(&now);
        }
        field.edit(Edit::Typed(now));
        field.leave();
    })
}

/// What a field shows of its content.
fn shown(field: &Field, content: &Content) -> String {
    if let Some(typed) = &content.typed {
        return typed_parts(typed).next().unwrap_or_default().to_owned();
    }
    content.answers.first().map(|answer| text_of(field.item(), answer, field.ui.locale())).unwrap_or_default()
}

fn text_of(item: &Item, answer: &Answer, locale: Locale) -> String {
    match answer {
        Answer::String(text) | Answer::Uri(text) => text.clone(),
        Answer::Integer(number) => number.to_string(),
        Answer::Decimal(number) => format::decimal(locale, number),
        Answer::Quantity(quantity) => format::decimal(locale, &quantity.value),
        Answer::Date(date) => date.calendar.map(|calendar| calendar.to_string()).unwrap_or_default(),
        Answer::DateTime(text) => Timestamp::parse(text).map(local).unwrap_or_default(),
        Answer::Time(text) if item.kind == Kind::Time => text.chars().take(5).collect(),
        _ => String::new(),
    }
}

/// A time as `datetime-local` fields take it.
fn local(time: Timestamp) -> String {
    let (hour, minute) = time.hour_minute();
    format!("{}T{hour:02}:{minute:02}", time.date())
}
