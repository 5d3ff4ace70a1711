//! Whether what stands at a question says the same at the question of that name in another version of the form.
//!
//! Invariant: nothing is bent. A value goes along as it is, or written in the type now asked for where that holds the very
//! same value; anything else does not go along, and why is said.

use super::answer::{Answer, Coding};
use super::basis::Basis;
use super::edit::{AGE_MARK, Edit, typed_parts};
use super::item::{Item, Kind};
use super::operation::Content;
use crate::domain::Timestamp;
use crate::json::Number;

/// Why an answer has no place in another version of its form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// The question is not asked there.
    Gone,
    /// The question asks for another type of answer.
    Type,
    /// The answer is none of the options.
    Option,
    /// The number is asked for in another unit.
    Unit,
    /// One answer is asked for where several were given; which of them is not for a machine to say.
    Several,
    /// What the form reckoned is now for a person to answer, or the other way round.
    Reckoned,
    /// No reason can be given there for a missing answer.
    Reason,
}

/// What of a question's content goes along, and what does not.
pub struct Fitted {
    /// What goes along.
    pub content: Content,
    /// What does not, and why.
    pub left: Option<(Content, Unfit)>,
}

/// Looks at what stood at a question as an answer to another.
pub fn fit(old: &Item, content: &Content, new: &Item, now: Timestamp) -> Fitted {
    let several = content.answers.len() > 1 && old.repeats && !new.repeats;
    let reasonless = content.absent.is_some() && is_own_act(new) && !is_own_act(old);
    if several || reasonless {
        let why = if several { Unfit::Several } else { Unfit::Reason };
        return Fitted { content: Content::default(), left: Some((content.clone(), why)) };
    }
    let mut stays = Content { basis: basis(old, content, new), answers: Vec::new(), typed: None, ..content.clone() };
    let mut left = Content::default();
    let mut why = None;
    for answer in &content.answers {
        match reread(old, answer, new) {
            Ok(answer) => stays.answers.push(answer),
            Err(unfit) => {
                why.get_or_insert(unfit);
                left.answers.push(answer.clone());
            }
        }
    }
    if let Some(typed) = &content.typed {
        match reread_typed(old, typed, new, now) {
            Some(read) => {
                stays.answers.extend(read.answers);
                stays.typed = read.typed;
            }
            None => {
                why.get_or_insert(Unfit::Type);
                left.typed = Some(typed.clone());
            }
        }
    }
    let Some(why) = why else { return Fitted { content: stays, left: None } };
    if stays.answers.is_empty() && stays.typed.is_none() && stays.absent.is_none() {
        // What the answer rested on goes with it.
        return Fitted { content: Content::default(), left: Some((content.clone(), why)) };
    }
    Fitted { content: stays, left: Some((left, why)) }
}

fn is_own_act(item: &Item) -> bool {
    item.basis == Basis::Administrative
}

/// What the answer rests on, said where the form now expects something else. The worker's own acts rest on nothing else.
fn basis(old: &Item, content: &Content, new: &Item) -> Option<Basis> {
    if old.basis == new.basis {
        return content.basis;
    }
    if is_own_act(new) || is_own_act(old) && content.basis.is_none() {
        return None;
    }
    let rests = content.basis.or_else(|| (!content.is_empty()).then_some(old.basis));
    rests.filter(|basis| *basis != new.basis)
}

fn reread(old: &Item, answer: &Answer, new: &Item) -> Result<Answer, Unfit> {
    let answer = same_value(answer, new.kind).ok_or(Unfit::Type)?;
    if new.is_choice() {
        return chosen(old, answer, new);
    }
    if is_measured_otherwise(old, &answer, new) { Err(Unfit::Unit) } else { Ok(answer) }
}

/// The answer in the type that is asked for, where that holds exactly the same.
fn same_value(answer: &Answer, kind: Kind) -> Option<Answer> {
    match (answer, kind) {
        _ if kind.takes(answer) => Some(answer.clone()),
        (Answer::Integer(number), Kind::Decimal) => Number::parse(&number.to_string()).map(Answer::Decimal),
        (Answer::Decimal(number), Kind::Integer) if number.is_integer() => number.to_i32().map(Answer::Integer),
        (Answer::Uri(text), Kind::String | Kind::Text) => Some(Answer::String(text.clone())),
        _ => None,
    }
}

/// The option that is the same by system and code, written as the form writes it now. Own words stay where they may be
/// given; what was none of the options before is no worse off than it was.
fn chosen(old: &Item, answer: Answer, new: &Item) -> Result<Answer, Unfit> {
    let was = old.options.iter().find(|option| option.matches(&answer));
    let is = new.options.iter().find(|option| option.matches(&answer));
    match is {
        Some(option) if was.is_none_or(|was| was.answer == answer) => Ok(option.answer.clone()),
        Some(_) => Ok(answer),
        None if matches!(answer, Answer::String(_)) && new.kind == Kind::OpenChoice => Ok(answer),
        None if new.options.is_empty() || old.is_choice() && was.is_none() && old.kind == new.kind => Ok(answer),
        None => Err(Unfit::Option),
    }
}

/// Whether a number would stand beside another unit than the one it was given in.
fn is_measured_otherwise(old: &Item, answer: &Answer, new: &Item) -> bool {
    match answer {
        Answer::Quantity(quantity) => {
            is_foreign(new, &quantity.unit) && (!is_foreign(old, &quantity.unit) || old.unit != new.unit)
        }
        Answer::Integer(_) | Answer::Decimal(_) => are_other_units(old, new),
        _ => false,
    }
}

/// Whether a question does not show this unit.
fn is_foreign(item: &Item, unit: &Coding) -> bool {
    if item.units.is_empty() {
        item.unit.as_ref().is_some_and(|own| !own.same(unit))
    } else {
        !item.units.iter().any(|own| own.same(unit))
    }
}

fn are_other_units(old: &Item, new: &Item) -> bool {
    old.unit.as_ref().zip(new.unit.as_ref()).is_some_and(|(old, new)| !old.same(new))
}

/// Text that is no value yet, kept where it is typed in the same way, or read where another type can read it.
fn reread_typed(old: &Item, typed: &str, new: &Item, now: Timestamp) -> Option<Content> {
    let units = old.units == new.units && !are_other_units(old, new);
    if old.kind == new.kind && old.partial_date == new.partial_date && units {
        return Some(Content { typed: Some(typed.to_owned()), ..Content::default() });
    }
    let plain = !typed.starts_with(AGE_MARK) && typed_parts(typed).nth(1).is_none();
    let numbers = [Kind::Integer, Kind::Decimal];
    let reads = match new.kind {
        Kind::String | Kind::Text => !new.is_choice(),
        kind => numbers.contains(&kind) && numbers.contains(&old.kind) && units && !new.is_choice(),
    };
    (plain && reads).then(|| Edit::Typed(typed.to_owned()).applied(new, &Content::default(), now))
}
