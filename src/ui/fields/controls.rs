//! Which control a question gets.

use super::{Field, answer_words, attachment, choice, partial_date, reckoned, text};
use crate::form::{Control, Item, Kind, Orientation};
use crate::ui::dom::El;
use crate::ui::panel::line;

/// More options than this are shown as a drop-down unless the form says otherwise.
const MANY_OPTIONS: usize = 12;

/// The control of a question.
pub fn control(field: &Field) -> El {
    if field.item().is_calculated() { reckoned::reckoned(field) } else { by_hand(field) }
}

/// The control of a question that a hand answers.
pub fn by_hand(field: &Field) -> El {
    let item = field.item();
    match item.kind {
        _ if item.read_only => shown(field),
        Kind::Boolean => choice::yes_no(field),
        Kind::Choice | Kind::OpenChoice if is_drop_down(item) => choice::drop_down(field),
        Kind::Choice | Kind::OpenChoice => choice::options(field),
        Kind::Date if item.partial_date => partial_date::question(field),
        Kind::Text => text::long(field),
        Kind::Attachment => attachment::attachment(field),
        _ => text::short(field),
    }
}

/// The answer of a question that cannot be changed by hand.
fn shown(field: &Field) -> El {
    let words = field.content(|content| answer_words(field.ui, field.item(), content));
    line("display", &words.unwrap_or_default())
}

/// Whether options are shown as a drop-down.
pub fn is_drop_down(item: &Item) -> bool {
    let by_size = item.control.is_none() && item.options.len() > MANY_OPTIONS;
    !item.repeats && item.kind == Kind::Choice && (item.control == Some(Control::DropDown) || by_size)
}

/// Whether options are points of a scale: one answer, side by side, with a word on every point.
pub fn is_scale(item: &Item) -> bool {
    item.kind == Kind::Choice && !item.repeats && item.orientation == Some(Orientation::Horizontal)
}
