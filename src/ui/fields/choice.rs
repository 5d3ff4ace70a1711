//! Choices: yes and no, one of several, any of several, drop-downs, scales, and "Lainnya (tulis)".

use super::{Field, controls, rich};
use crate::form::{Answer, AnswerOption, Edit, Kind, Orientation, other_of};
use crate::ui::dom::{El, checked, distinct, el, value, whenever, yes};
use crate::ui::i18n::Key;
use crate::ui::reactive::*;

/// The value of "Lainnya" in a field, which no option has.
const OTHER: &str = "__other";

/// Yes or no.
pub fn yes_no(field: &Field) -> El {
    let choices = [(true, "true", Key::Yes), (false, "false", Key::No)];
    let inputs: Vec<(El, bool)> =
        choices.iter().map(|(value, code, _)| (input(field, "radio", code), *value)).collect();
    let row = el("div").class("options options-row");
    for ((input, value), (_, _, key)) in inputs.iter().zip(choices) {
        let (chosen, value) = (field.clone(), *value);
        let input = input.clone().on("change", move |_| chosen.edit(Edit::Decided(value)));
        row.append(&label("option option-wide", input, plain(field.ui.t(key))));
    }
    let shown = field.clone();
    whenever(move || {
        let answer = shown.watch(|content| content.answers.first().cloned());
        for (input, value) in &inputs {
            input.set_checked(answer == Some(Answer::Boolean(*value)));
        }
    });
    row
}

fn input(field: &Field, kind: &str, code: &str) -> El {
    let left = field.clone();
    let input = el("input").attr("type", kind).attr("name", &field.id("")).attr("value", code);
    input.on("blur", move |_| left.leave())
}

fn label(class: &str, input: El, words: El) -> El {
    el("label").class(class).child(input).child(words)
}

fn plain(words: &str) -> El {
    el("span").text(words)
}

/// One or any of several options; points of a scale stand side by side where there is room.
pub fn options(field: &Field) -> El {
    let item = field.item();
    let kind = if controls::takes_several(item) { "checkbox" } else { "radio" };
    let inputs: Vec<El> = item.options.iter().map(|option| input(field, kind, option.code())).collect();
    let list = el("div").class(match item.orientation {
        _ if controls::is_scale(item) => "options scale",
        Some(Orientation::Vertical) => "options options-column",
        _ => "options",
    });
    for (position, (input, option)) in inputs.iter().zip(item.options.iter()).enumerate() {
        let chosen = field.clone();
        let input = input.clone().on("change", move |event| {
            chosen.edit(Edit::Option { position, chosen: checked(&event) });
        });
        let prefix = option.prefix.as_ref().map(|prefix| plain(&format!("{prefix} ")));
        let words = el("span").maybe(prefix).child(rich::name(&option.text, field.ui.locale()));
        list.append(&label("option", input, words));
    }
    let shown = field.clone();
    whenever(move || {
        let answers = shown.watch(|content| content.answers.clone());
        for (input, option) in inputs.iter().zip(shown.item().options.iter()) {
            input.set_checked(answers.iter().any(|answer| option.matches(answer)));
        }
    });
    list.maybe((item.kind == Kind::OpenChoice).then(|| other(field, kind)))
}

/// What an option is called, with what the form puts in front of it.
pub fn option_text(field: &Field, option: &AnswerOption) -> String {
    let prefix = option.prefix.as_ref().map(|prefix| format!("{prefix} ")).unwrap_or_default();
    format!("{prefix}{}", option.text.in_language(field.ui.locale().tag()))
}

/// "Lainnya (tulis)": an option that opens a field.
fn other(field: &Field, kind: &str) -> El {
    let open = is_other(field);
    let chosen = field.clone();
    let box_input = input(field, kind, OTHER).on("change", move |event| {
        chosen.edit(Edit::Other(checked(&event).then(String::new)));
    });
    let shown = box_input.clone();
    whenever(move || shown.set_checked(!open.get().is_empty()));
    let box_label = label("option", box_input, plain(field.ui.t(Key::Other)));
    el("div").class("option-other").child(box_label).child(other_place(field, open))
}

fn is_other(field: &Field) -> Memo<String> {
    let watched = field.clone();
    distinct(move || yes(watched.watch(|content| other_of(watched.item(), content).is_some())))
}

/// The field for "Lainnya", while that is chosen.
fn other_place(field: &Field, open: Memo<String>) -> El {
    let field = field.clone();
    el("div").live(move |place| {
        if !open.get().is_empty() {
            place.append(&other_field(&field));
        }
    })
}

fn other_field(field: &Field) -> El {
    let text = field.content(|content| other_of(field.item(), content).map(str::to_owned)).unwrap_or_default();
    let (typed, left) = (field.clone(), field.clone());
    el("input")
        .class("input")
        .attr("type", "text")
        .attr("aria-label", &field.ui.tf(Key::OtherFor, &[&field.text()]))
        .attr("value", &text)
        .on("input", move |event| typed.edit(Edit::Other(Some(value(&event)))))
        .on("blur", move |_| left.leave())
}

/// One of many options, or other words.
pub fn drop_down(field: &Field) -> El {
    let item = field.item();
    let (chosen, other) = field.content(|content| {
        let answer = content.answers.first();
        let chosen = answer.and_then(|answer| item.options.iter().position(|option| option.matches(answer)));
        (chosen, item.kind == Kind::OpenChoice && other_of(item, content).is_some())
    });
    let options = item.options.iter().enumerate().map(|(position, option)| {
        el("option")
            .attr("value", &position.to_string())
            .flag("selected", chosen == Some(position))
            .text(&option_text(field, option))
    });
    let open = item.kind == Kind::OpenChoice;
    let own_words = || el("option").attr("value", OTHER).flag("selected", other).text(field.ui.t(Key::Other));
    let (changed, left) = (field.clone(), field.clone());
    let select = el("select")
        .class("input")
        .attr("id", &field.id(""))
        .attr("aria-describedby", &field.described())
        .child(el("option").attr("value", "").text(field.ui.t(Key::Choose)))
        .all(options)
        .maybe(open.then(own_words))
        .on("change", move |event| match value(&event) {
            other if other == OTHER => changed.edit(Edit::Other(Some(String::new()))),
            position => changed.edit(match position.parse() {
                Ok(position) => Edit::Option { position, chosen: true },
                Err(_) => Edit::Cleared,
            }),
        })
        .on("blur", move |_| left.leave());
    el("div").class("option-other").child(select).maybe(open.then(|| other_place(field, is_other(field))))
}
