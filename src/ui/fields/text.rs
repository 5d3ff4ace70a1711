//! Fields to type in.

use super::Field;
use crate::app::Locale;
use crate::domain::Timestamp;
use crate::form::{Answer, Content, Edit, Item, Kind};
use crate::ui::dom::{El, el, value};
use crate::ui::i18n::{Key, format};
use crate::ui::panel::button;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

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
    let wide = matches!(item.kind, Kind::String | Kind::Url);
    let input = typing(field, el("input"))
        .class(if wide { "input" } else { "input input-short" })
        .attr("type", kind)
        .attr("value", &field.content(|content| shown(field, content)));
    input.set_attr("inputmode", mode);
    let unit = item.unit.as_ref().map(|unit| unit.display.as_deref().unwrap_or(&unit.code));
    el("div")
        .class("input-line")
        .child(input)
        .maybe(unit.map(|unit| el("span").class("unit").text(unit)))
        .maybe((item.kind == Kind::DateTime).then(|| now_button(field)))
}

/// What all fields to type in share.
fn typing(field: &Field, input: El) -> El {
    let (typed, left) = (field.clone(), field.clone());
    input
        .attr("id", &field.id(""))
        .attr("autocomplete", "off")
        .attr("aria-describedby", &field.id("-problem"))
        .on("input", move |event| typed.edit(Edit::Typed(value(&event))))
        .on("blur", move |_| left.leave())
}

/// A field of several lines that grows with its text: the stylesheet lays a copy of the text behind the field, so that
/// both are as high as the text needs.
pub fn long(field: &Field) -> El {
    let text = field.content(|content| shown(field, content));
    let outer = el("div").class("grow").attr("data-text", &text);
    let copy = outer.clone();
    let area = typing(field, el("textarea")).class("input").attr("rows", "3").text(&text);
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
        return typed.clone();
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
