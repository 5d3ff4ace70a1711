//! Which control a question gets.

use super::attachment::picture;
use super::list::is_cell;
use super::{
    Field, answer_words, attachment, autocomplete, choice, naming, partial_date, reckoned, signature, slider, steps,
    text,
};
use crate::form::{Answer, Control, Item, Kind, Orientation};
use crate::platform::Part;
use crate::ui::dom::{El, distinct, el};
use crate::ui::i18n::Key;
use crate::ui::parts::parted;
use crate::ui::reactive::*;

/// More options than this are shown as a drop-down unless the form says otherwise.
const MANY_OPTIONS: usize = 12;
/// The same in the cell of a table, where there is room for no more.
const MANY_IN_A_CELL: usize = 2;
/// More options than this are searched by typing unless the form says otherwise.
const VERY_MANY_OPTIONS: usize = 40;
/// As many letters as have room side by side on the points of a scale.
const LETTERS_OF_A_SCALE: usize = 76;

/// The control of a question.
pub fn control(field: &Field) -> El {
    if field.item().is_calculated() { reckoned::reckoned(field) } else { by_hand(field) }
}

/// The control of a question that a hand answers.
pub fn by_hand(field: &Field) -> El {
    let item = field.item();
    match item.kind {
        _ if item.read_only => shown(field),
        _ if steps::are_steps(item) => rare(field, Rare::Steps),
        Kind::Boolean => choice::yes_no(field),
        Kind::OpenChoice if item.options.is_empty() => text::short(field),
        Kind::Choice | Kind::OpenChoice => match choice_control(field) {
            Control::Autocomplete => rare(field, Rare::Autocomplete),
            Control::DropDown => choice::drop_down(field),
            _ => choice::options(field),
        },
        Kind::Date if item.partial_date => partial_date::question(field),
        Kind::Date | Kind::DateTime => text::date(field),
        Kind::String if !item.names.is_empty() => naming::choice(field),
        Kind::Text => text::long(field),
        Kind::Attachment if signature::is_signature(item) => rare(field, Rare::Signature),
        Kind::Attachment => rare(field, Rare::Attachment),
        _ if slider::is_slider(item) => rare(field, Rare::Slider),
        _ => text::short(field),
    }
}

/// Controls that few forms have.
#[derive(Clone, Copy)]
enum Rare {
    Attachment,
    Autocomplete,
    Signature,
    Slider,
    Steps,
}

/// A control that few forms have. Where its question was asked for, it takes the focus also when it comes late.
fn rare(field: &Field, kind: Rare) -> El {
    let (field, asked) = (field.clone(), field.clone());
    let control = move || {
        let control = match kind {
            Rare::Attachment => attachment::attachment(&field),
            Rare::Autocomplete => autocomplete::autocomplete(&field),
            Rare::Signature => signature::signature(&field),
            Rare::Slider => slider::slider(&field),
            Rare::Steps => steps::steps(&field),
        };
        field.name_within(&control);
        control
    };
    parted(asked.ui, Part::Fields, control, move |place| {
        if asked.ui.read(|model| model.focus == Some(asked.node)) {
            place.focus_within();
        }
    })
}

/// The answer of a question that cannot be changed by hand.
fn shown(field: &Field) -> El {
    let inner = field.clone();
    let words =
        distinct(move || inner.watch(|content| answer_words(inner.ui, inner.item(), content)).unwrap_or_default());
    let field = field.clone();
    el("div").class("display").live(move |place| {
        let words = words.get();
        let file = field.content(|content| content.answers.first().cloned());
        if let Some(Answer::Attachment(file)) = file
            && let Some(picture) = picture(&field.text(), &file)
        {
            place.append(&picture);
        }
        place.append_text(if words.is_empty() { field.ui.t(Key::NothingHere) } else { &words });
    })
}

/// Whether several answers stand at one question: check boxes.
pub fn takes_several(item: &Item) -> bool {
    item.repeats && !item.is_list
}

/// Whether a choice has an input for each option, so that its text names the set and is not the label of one.
pub fn are_options_shown(field: &Field) -> bool {
    let free = field.item().kind == Kind::OpenChoice && field.item().options.is_empty();
    !free && choice_control(field) == Control::RadioButton
}

fn choice_control(field: &Field) -> Control {
    let item = field.item();
    let most = if is_cell(field) && !is_scale(item) { MANY_IN_A_CELL } else { MANY_OPTIONS };
    match (item.control, item.options.len()) {
        _ if takes_several(item) => Control::RadioButton,
        (Some(Control::DropDown), _) => Control::DropDown,
        (Some(Control::Autocomplete), _) => Control::Autocomplete,
        (Some(Control::RadioButton | Control::CheckBox), _) => Control::RadioButton,
        (_, many) if many > VERY_MANY_OPTIONS => Control::Autocomplete,
        (_, many) if many > most => Control::DropDown,
        _ => Control::RadioButton,
    }
}

/// Whether options are points of a scale: one answer, side by side, with a word on every point.
pub fn is_scale(item: &Item) -> bool {
    let longest = item.options.iter().map(|option| longest_word(option.text.in_language(""))).max().unwrap_or_default();
    let fits = (longest + 2) * item.options.len() <= LETTERS_OF_A_SCALE;
    item.kind == Kind::Choice && !item.repeats && item.orientation == Some(Orientation::Horizontal) && fits
}

fn longest_word(text: &str) -> usize {
    text.split(' ').map(|word| word.chars().count()).max().unwrap_or_default()
}
