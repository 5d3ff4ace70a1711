//! What is wrong with a response, by place. Two voices use it: gently beside a field, and complete before sealing.

use super::answer::Answer;
use super::edit::{AGE_MARK, DateParts};
use super::entry::{self, EntryRefusal};
use super::item::{Item, Kind};
use super::operation::Content;
use super::response::{NodeIx, Response};
use crate::domain::PartialDateRefusal;
use crate::json::Number;

/// One thing wrong with the content of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// A required question has neither an answer nor a reason.
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
    BelowMin(Number),
    /// Larger than allowed.
    AboveMax(Number),
    /// More digits behind the separator than allowed.
    DecimalPlaces(u64),
    /// Longer than allowed.
    TooLong(usize),
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
    /// The question.
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
        let item = response.item(node);
        if item.hidden || !response.is_enabled(node) || response.is_unbegun_entry(node) {
            continue;
        }
        if item.kind.is_question() {
            let problems = problems(item, &response.node(node).content).into_iter();
            issues.extend(problems.map(|problem| Issue { node, problem }));
        }
        open.extend(response.node(node).children.iter().rev());
    }
    issues
}

/// What is wrong with the content of one question.
#[must_use]
pub fn problems(item: &Item, content: &Content) -> Vec<Problem> {
    if let Some(typed) = &content.typed {
        return vec![unread(item, typed)];
    }
    let mut problems: Vec<Problem> = content.answers.iter().flat_map(|answer| answer_problems(item, answer)).collect();
    if item.required && content.is_empty() {
        problems.push(Problem::Required);
    }
    problems
}

fn unread(item: &Item, typed: &str) -> Problem {
    match item.kind {
        Kind::Integer => Problem::Number(entry::integer(typed).err().unwrap_or(EntryRefusal::NotWhole)),
        Kind::Decimal | Kind::Quantity => {
            Problem::Number(entry::decimal(typed).err().unwrap_or(EntryRefusal::NotANumber))
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
        Answer::Integer(number) => number_problems(item, &i64::from(*number).into()),
        Answer::Decimal(number) => number_problems(item, number),
        Answer::Quantity(quantity) => number_problems(item, &quantity.value),
        Answer::Attachment(file) => {
            let limit = item.bounds.max_size.filter(|limit| file.size > *limit).map(Problem::FileTooLarge);
            let fits = item.bounds.mime_types.is_empty() || item.bounds.mime_types.contains(&file.content_type);
            let kind = (!fits).then(|| Problem::FileKind(file.content_type.clone()));
            limit.into_iter().chain(kind).collect()
        }
        Answer::String(text) if item.kind.is_choice() => choice_text_problems(item, answer, text),
        Answer::String(text) | Answer::Uri(text) => too_long(item, text).into_iter().collect(),
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
        too_long(item, text).into_iter().collect()
    }
}

fn too_long(item: &Item, text: &str) -> Option<Problem> {
    item.bounds.max_length.filter(|limit| text.chars().count() > *limit).map(Problem::TooLong)
}

fn number_problems(item: &Item, number: &Number) -> Vec<Problem> {
    let bounds = &item.bounds;
    let below = bounds.min.as_ref().filter(|min| number.compare(min).is_lt()).cloned().map(Problem::BelowMin);
    let above = bounds.max.as_ref().filter(|max| number.compare(max).is_gt()).cloned().map(Problem::AboveMax);
    let places = bounds.max_decimal_places.filter(|places| number.decimal_places() > *places);
    below.into_iter().chain(above).chain(places.map(Problem::DecimalPlaces)).collect()
}
