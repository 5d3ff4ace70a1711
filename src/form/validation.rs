//! What is wrong with a response, by place. Two voices use it: gently beside a field, and complete before sealing.

use super::answer::Answer;
use super::edit::{AGE_MARK, DateParts, typed_parts};
use super::enable_when::compare;
use super::entry::{self, EntryRefusal};
use super::item::{Item, Kind};
use super::response::{NodeIx, Response};
use crate::domain::PartialDateRefusal;
use crate::json::Number;
use std::cmp::Ordering;

/// One thing wrong with an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// A required question has neither an answer nor a reason; nothing in a required group was answered.
    Required,
    /// Typed text is no number of the asked kind.
    Number(EntryRefusal),
    /// Typed parts are no date.
    Date(PartialDateRefusal),
    /// Typed text is no date and time.
    Time,
    /// "Lainnya" is chosen without saying what.
    OtherEmpty,
    /// Smaller than allowed.
    BelowMin(Answer),
    /// Larger than allowed.
    AboveMax(Answer),
    /// More digits behind the separator than allowed.
    DecimalPlaces(u64),
    /// Shorter than allowed, characters.
    TooShort(usize),
    /// Longer than allowed, characters.
    TooLong(usize),
    /// Fewer answers or entries than asked for.
    TooFew(u64),
    /// More answers or entries than allowed.
    TooMany(u64),
    /// A file larger than allowed, bytes.
    FileTooLarge(u64),
    /// A file of a kind that is not allowed.
    FileKind(String),
    /// An answer that is none of the options.
    NotAnOption,
}

/// A problem and where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// The question or group.
    pub node: NodeIx,
    /// What is wrong.
    pub problem: Problem,
}

/// Everything wrong with a response, in the order of the form. What is not asked has no problems: neither questions whose
/// conditions do not hold, nor hidden ones, nor entries of a list that nobody began. No screen shows these, so nobody could
/// mend them.
#[must_use]
pub fn issues(response: &Response) -> Vec<Issue> {
    let mut issues = Vec::new();
    let mut open: Vec<NodeIx> = response.roots().iter().rev().copied().collect();
    while let Some(node) = open.pop() {
        if response.item(node).hidden || !response.is_enabled(node) {
            continue;
        }
        issues.extend(problems(response, node).into_iter().map(|problem| Issue { node, problem }));
        if !response.is_unbegun_entry(node) {
            open.extend(response.node(node).children.iter().rev());
        }
    }
    issues
}

/// What is wrong with one question or group. What concerns a list as a whole is said at its first entry.
#[must_use]
pub fn problems(response: &Response, node: NodeIx) -> Vec<Problem> {
    let (item, content) = (response.item(node), &response.node(node).content);
    if let Some(typed) = content.typed.as_deref().filter(|typed| !typed.trim().is_empty()) {
        return vec![unread(item, typed)];
    }
    let mut problems: Vec<Problem> = content.answers.iter().flat_map(|answer| answer_problems(item, answer)).collect();
    let entries = response.entries(node);
    if entries.first() == Some(&node) {
        problems.extend(count_problem(response, item, &entries));
    }
    problems
}

/// Whether there are as many answers or entries as asked for.
fn count_problem(response: &Response, item: &Item, entries: &[NodeIx]) -> Option<Problem> {
    let filled: u64 = if item.kind.is_question() {
        let count = |entry: &NodeIx| response.node(*entry).content.answers.iter().filter(|answer| !answer.is_blank());
        entries.iter().map(|entry| count(entry).count() as u64).sum()
    } else {
        entries.iter().filter(|entry| !response.is_blank(**entry)).count() as u64
    };
    let untouched = entries.iter().all(|entry| response.is_blank(*entry));
    if item.required && untouched && !asks_below(response, entries) {
        return Some(Problem::Required);
    }
    let few = item.bounds.min_occurs.filter(|least| filled > 0 && filled < *least).map(Problem::TooFew);
    few.or_else(|| item.bounds.max_occurs.filter(|most| filled > *most).map(Problem::TooMany))
}

/// Whether a group holds required questions that say by themselves that it cannot stay empty.
fn asks_below(response: &Response, entries: &[NodeIx]) -> bool {
    let below = |entry: &NodeIx| response.node(*entry).children.clone();
    entries.iter().filter(|entry| !response.is_unbegun_entry(**entry)).any(|entry| {
        let mut nodes = response.walk(&below(entry)).into_iter();
        response.item(*entry).kind == Kind::Group
            && nodes.any(|node| response.item(node).required && response.is_enabled(node))
    })
}

fn unread(item: &Item, typed: &str) -> Problem {
    match item.kind {
        Kind::Integer => Problem::Number(entry::integer(typed).err().unwrap_or(EntryRefusal::NotWhole)),
        Kind::Decimal | Kind::Quantity => {
            let number = typed_parts(typed).next().unwrap_or_default();
            Problem::Number(entry::decimal(number).err().unwrap_or(EntryRefusal::NotANumber))
        }
        Kind::Date if item.partial_date => Problem::Date(unread_date(typed)),
        _ => Problem::Time,
    }
}

fn unread_date(typed: &str) -> PartialDateRefusal {
    if typed.starts_with(AGE_MARK) {
        return PartialDateRefusal::Age;
    }
    DateParts::split(typed).read().err().unwrap_or(PartialDateRefusal::Empty)
}

fn answer_problems(item: &Item, answer: &Answer) -> Vec<Problem> {
    match answer {
        Answer::Decimal(number) => bound_problems(item, answer).into_iter().chain(places(item, number)).collect(),
        Answer::Quantity(quantity) => {
            bound_problems(item, answer).into_iter().chain(places(item, &quantity.value)).collect()
        }
        Answer::Integer(_) | Answer::Date(_) | Answer::DateTime(_) | Answer::Time(_) => bound_problems(item, answer),
        Answer::Attachment(file) => {
            let limit = item.bounds.max_size.filter(|limit| file.size > *limit).map(Problem::FileTooLarge);
            let fits = item.bounds.mime_types.is_empty() || item.bounds.mime_types.contains(&file.content_type);
            let kind = (!fits).then(|| Problem::FileKind(file.content_type.clone()));
            limit.into_iter().chain(kind).collect()
        }
        Answer::String(text) if item.kind.is_choice() => choice_text_problems(item, answer, text),
        Answer::String(text) | Answer::Uri(text) => length_problem(item, text).into_iter().collect(),
        Answer::Coding(_) if item.kind.is_choice() && !item.options.iter().any(|option| option.matches(answer)) => {
            vec![Problem::NotAnOption]
        }
        _ => Vec::new(),
    }
}

fn choice_text_problems(item: &Item, answer: &Answer, text: &str) -> Vec<Problem> {
    if item.options.iter().any(|option| option.matches(answer)) {
        Vec::new()
    } else if item.kind == Kind::Choice {
        vec![Problem::NotAnOption]
    } else if text.trim().is_empty() {
        vec![Problem::OtherEmpty]
    } else {
        length_problem(item, text).into_iter().collect()
    }
}

fn length_problem(item: &Item, text: &str) -> Option<Problem> {
    let length = text.chars().count();
    let long = item.bounds.max_length.filter(|limit| length > *limit).map(Problem::TooLong);
    // What is blank is no answer, so it is not too short either.
    let short = item.bounds.min_length.filter(|limit| length < *limit && !text.trim().is_empty());
    long.or_else(|| short.map(Problem::TooShort))
}

fn places(item: &Item, number: &Number) -> Option<Problem> {
    item.bounds.max_decimal_places.filter(|places| number.decimal_places() > *places).map(Problem::DecimalPlaces)
}

fn bound_problems(item: &Item, answer: &Answer) -> Vec<Problem> {
    let beyond = |bound: &&Answer, wrong: Ordering| against(answer, bound) == Some(wrong);
    let below = item.bounds.min.as_ref().filter(|min| beyond(min, Ordering::Less)).cloned();
    let above = item.bounds.max.as_ref().filter(|max| beyond(max, Ordering::Greater)).cloned();
    below.map(Problem::BelowMin).into_iter().chain(above.map(Problem::AboveMax)).collect()
}

/// Orders an answer against a bound; a quantity also against a plain number, which is then taken in its own unit.
fn against(answer: &Answer, bound: &Answer) -> Option<Ordering> {
    match (answer, bound) {
        (Answer::Quantity(quantity), Answer::Integer(_) | Answer::Decimal(_)) => {
            compare(&Answer::Decimal(quantity.value.clone()), bound)
        }
        _ => compare(answer, bound),
    }
}
