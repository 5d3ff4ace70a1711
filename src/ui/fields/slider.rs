//! Numbers on a slider. Nothing is answered before a hand has moved it.

use super::Field;
use super::value::answer_words;
use crate::form::{Answer, Control, Edit, Item};
use crate::json::Number;
use crate::ui::dom::{El, distinct, el, property, value, whenever};
use crate::ui::i18n::Key;
use crate::ui::panel::button;
use crate::ui::reactive::*;

/// Whether a question is answered on a slider: the form asks for one and says where it begins and ends.
pub fn is_slider(item: &Item) -> bool {
    item.control == Some(Control::Slider)
        && number(item.bounds.min.as_ref()).is_some()
        && number(item.bounds.max.as_ref()).is_some()
}

fn number(answer: Option<&Answer>) -> Option<String> {
    match answer? {
        Answer::Integer(number) => Some(number.to_string()),
        Answer::Decimal(number) => Some(number.lexeme().to_owned()),
        Answer::Quantity(quantity) => Some(quantity.value.lexeme().to_owned()),
        _ => None,
    }
}

/// The slider with the chosen value in words and the meaning of its ends.
#[inline(never)] // An entry of tools/parts.json.
pub fn slider(field: &Field) -> El {
    let (item, ui, ends) = (field.item(), field.ui, field.id("-ends"));
    let bound = |answer: Option<&Answer>| number(answer).unwrap_or_default();
    let (moved, tapped, pressed, left) = (field.clone(), field.clone(), field.clone(), field.clone());
    let input = el("input")
        .class("slider")
        .attr("id", &field.id(""))
        .attr("min", &bound(item.bounds.min.as_ref()))
        .attr("max", &bound(item.bounds.max.as_ref()))
        .attr("step", item.slider_step.as_ref().map_or("1", Number::lexeme))
        // Last, so that it rests in the middle between its ends.
        .attr("type", "range")
        .attr("aria-describedby", &format!("{} {ends}", field.described()))
        .on("input", move |event| moved.edit(Edit::Slid(value(&event))))
        // The place where the slider rests is an answer only once it was touched or confirmed there.
        .on("pointerup", move |event| tapped.edit(Edit::Slid(value(&event))))
        .on("keydown", move |event| {
            if matches!(property(&event, "key").as_str(), "Enter" | " ") {
                pressed.edit(Edit::Slid(value(&event)));
            }
        })
        .on("blur", move |_| left.leave());
    let end = |at: usize| {
        let words = item.ends[at].as_ref().map(|text| text.in_language(ui.locale().tag()).to_owned());
        el("span").text(&words.unwrap_or_else(|| bound([&item.bounds.min, &item.bounds.max][at].as_ref())))
    };
    let chosen = el("p").class("slider-value");
    show(field, &input, &chosen);
    el("div")
        .class("slider-box")
        .child(chosen)
        .child(input)
        .child(el("div").class("slider-ends").attr("id", &ends).child(end(0)).text(" ").child(end(1)))
}

/// Keeps the slider and the words above it at what is answered.
fn show(field: &Field, input: &El, chosen: &El) {
    let (read, ui) = (field.clone(), field.ui);
    let now = distinct(move || read.watch(|content| number(content.answers.first()).unwrap_or_default()));
    let (field, input, chosen) = (field.clone(), input.clone(), chosen.clone());
    whenever(move || {
        let number = now.get();
        chosen.clear();
        input.set_attr("data-blank", number.is_empty().then_some(""));
        let words = field.content(|content| answer_words(ui, field.item(), content)).filter(|_| !number.is_empty());
        let words = words.unwrap_or_else(|| ui.t(Key::NotMovedYet).to_owned());
        input.set_attr("aria-valuetext", Some(&words));
        chosen.append(&el("span").text(&words));
        if !number.is_empty() {
            input.set_value(&number);
            let cleared = field.clone();
            let clear = button("button button-quiet", "clear", None, ui.t(Key::ClearAnswer));
            chosen.append(&clear.on_click(move || cleared.edit(Edit::Cleared)));
        }
    });
}
