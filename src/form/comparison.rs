//! What changed between two answers to one question.
//!
//! Up and down are said of numbers and of options with a score, and mean more and less: whether that is better no form
//! says. A missing answer is never taken for a zero or for anything else, so nothing is comparable with it (domain
//! inventory M8).

use super::answer::Answer;
use super::item::{Item, Kind};
use super::operation::Content;
use crate::json::Number;
use std::cmp::Ordering;

/// A stretch of words in two texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stretch {
    /// In both.
    Kept(String),
    /// In the earlier one alone.
    Gone(String),
    /// In the later one alone.
    New(String),
}

/// How an answer changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// More than before, in number or score.
    Up,
    /// The same.
    Same,
    /// Less than before.
    Down,
    /// Another answer, without more or less.
    Other,
    /// Other words.
    Words(Vec<Stretch>),
    /// Several answers of which some came and some went.
    Several {
        /// In both, in the order of the later ones.
        kept: Vec<Answer>,
        /// Among the earlier ones alone.
        gone: Vec<Answer>,
        /// Among the later ones alone.
        new: Vec<Answer>,
    },
    /// One side has no answer, or the units differ.
    NotComparable,
    /// Neither side has an answer.
    Unanswered,
}

/// How the answer to a question changed.
#[must_use]
pub fn change(item: &Item, before: &Content, after: &Content) -> Change {
    let (before, after) = (given(before), given(after));
    match (before.is_empty(), after.is_empty()) {
        (false, false) => {}
        (true, true) => return Change::Unanswered,
        _ => return Change::NotComparable,
    }
    if item.repeats {
        return several(item, &before, &after);
    }
    let (one, two) = (before[0], after[0]);
    if same(item, one, two) {
        return Change::Same;
    }
    if let Some(order) = order(item, one, two) {
        return order;
    }
    match (item.kind, one, two) {
        (Kind::String | Kind::Text, Answer::String(one), Answer::String(two)) => Change::Words(words(one, two)),
        (Kind::Quantity, ..) => Change::NotComparable,
        _ => Change::Other,
    }
}

fn given(content: &Content) -> Vec<&Answer> {
    content.answers.iter().filter(|answer| !answer.is_blank()).collect()
}

/// Whether two answers to a question say the same.
fn same(item: &Item, one: &Answer, two: &Answer) -> bool {
    let option = item.options.iter().find(|option| option.matches(one));
    match (option, one, two) {
        (Some(option), ..) => option.matches(two),
        (None, Answer::Coding(one), Answer::Coding(two)) => one.same(two),
        (None, Answer::Quantity(one), Answer::Quantity(two)) => {
            one.unit.same(&two.unit) && one.value.compare(&two.value).is_eq()
        }
        (None, Answer::Decimal(one), Answer::Decimal(two)) => one.compare(two).is_eq(),
        _ => one == two,
    }
}

/// More or less, where the question knows it.
fn order(item: &Item, one: &Answer, two: &Answer) -> Option<Change> {
    let order = match (one, two) {
        (Answer::Quantity(one), Answer::Quantity(two)) if !one.unit.same(&two.unit) => return None,
        _ => measure(item, one)?.compare(&measure(item, two)?),
    };
    Some(match order {
        Ordering::Less => Change::Up,
        Ordering::Greater => Change::Down,
        // Two options of one score are other words for as much.
        Ordering::Equal => Change::Other,
    })
}

/// What an answer counts: as a number, or as the score of its option.
fn measure(item: &Item, answer: &Answer) -> Option<Number> {
    if item.is_choice() {
        return item.options.iter().find(|option| option.matches(answer))?.ordinal.clone();
    }
    number(answer)
}

/// The number of an answer that is a number.
#[must_use]
pub fn number(answer: &Answer) -> Option<Number> {
    match answer {
        Answer::Integer(number) => Number::parse(&number.to_string()),
        Answer::Decimal(number) => Some(number.clone()),
        Answer::Quantity(quantity) => Some(quantity.value.clone()),
        _ => None,
    }
}

fn several(item: &Item, before: &[&Answer], after: &[&Answer]) -> Change {
    let is_in = |answer: &Answer, list: &[&Answer]| list.iter().any(|other| same(item, other, answer));
    let among = |list: &[&Answer], other: &[&Answer], there: bool| {
        let found = list.iter().filter(|answer| is_in(answer, other) == there);
        found.map(|answer| (*answer).clone()).collect::<Vec<Answer>>()
    };
    let (gone, new) = (among(before, after, false), among(after, before, false));
    if gone.is_empty() && new.is_empty() {
        return Change::Same;
    }
    Change::Several { kept: among(after, before, true), gone, new }
}

/// More than this many pairs of words are not gone through: such texts have little in common with each other.
const MOST_PAIRS: usize = 1 << 20;

/// The words that two texts share, in their order, and those that only one of them has.
#[must_use]
pub fn words(one: &str, two: &str) -> Vec<Stretch> {
    let (one, two): (Vec<&str>, Vec<&str>) = (one.split_whitespace().collect(), two.split_whitespace().collect());
    let mut pieces = Vec::new();
    if one.len() * two.len() > MOST_PAIRS {
        push(&mut pieces, Stretch::Gone(one.join(" ")));
        push(&mut pieces, Stretch::New(two.join(" ")));
        return pieces;
    }
    let lengths = common(&one, &two);
    let at = |i: usize, j: usize| lengths[i * (two.len() + 1) + j];
    let (mut i, mut j) = (0, 0);
    while i < one.len() || j < two.len() {
        if i < one.len() && j < two.len() && one[i] == two[j] {
            push(&mut pieces, Stretch::Kept(one[i].to_owned()));
            (i, j) = (i + 1, j + 1);
        } else if j == two.len() || i < one.len() && at(i + 1, j) >= at(i, j + 1) {
            push(&mut pieces, Stretch::Gone(one[i].to_owned()));
            i += 1;
        } else {
            push(&mut pieces, Stretch::New(two[j].to_owned()));
            j += 1;
        }
    }
    pieces
}

/// How many words two texts share in order, from each pair of places on.
fn common(one: &[&str], two: &[&str]) -> Vec<u32> {
    let width = two.len() + 1;
    let mut lengths = vec![0; (one.len() + 1) * width];
    for i in (0..one.len()).rev() {
        for j in (0..two.len()).rev() {
            lengths[i * width + j] = if one[i] == two[j] {
                lengths[(i + 1) * width + j + 1] + 1
            } else {
                lengths[(i + 1) * width + j].max(lengths[i * width + j + 1])
            };
        }
    }
    lengths
}

/// Adds a piece; words of one kind that follow each other become one stretch.
fn push(pieces: &mut Vec<Stretch>, piece: Stretch) {
    match (pieces.last_mut(), &piece) {
        (Some(Stretch::Kept(all)), Stretch::Kept(word))
        | (Some(Stretch::Gone(all)), Stretch::Gone(word))
        | (Some(Stretch::New(all)), Stretch::New(word)) => {
            all.push(' ');
            all.push_str(word);
        }
        _ => pieces.push(piece),
    }
}
