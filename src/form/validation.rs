//! What is wrong with a response, by place. Two voices use it: gently beside a field, and complete before sealing.

use super::answer::{Answer, Attachment};
use super::answer_option::AnswerOption;
use super::edit::{AGE_MARK, DateParts, typed_parts};
use super::enable_when::compare;
use super::entry::{self, EntryRefusal};
use super::fhirpath::Budget;
use super::item::{Item, ItemIx, Kind};
use super::regex::Pattern;
use super::response::{NodeIx, Response};
use super::rules::Constraint;
use super::text::Text;
use crate::domain::PartialDateRefusal;
use crate::json::{Number, Value};
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
    /// Not of the form asked for; an example where the form gives one.
    Pattern(Option<Text>),
    /// A constraint of the form does not hold: what the form says about it, and how bad that is.
    Constraint(Text, Severity),
    /// A reference to a resource of a type that is not allowed.
    Resource,
    /// Fewer answers or entries than asked for.
    TooFew(u64),
    /// More answers or entries than allowed.
    TooMany(u64),
    /// A file larger than allowed, bytes.
    FileTooLarge(u64),
    /// A file of a kind that is not allowed.
    FileKind(String),
    /// A file whose bytes are not as many as it says.
    FileSize,
    /// An answer that is none of the options.
    NotAnOption,
    /// An option that excludes all others is chosen beside others.
    Exclusive,
    /// A unit that is none of those allowed.
    Unit,
    /// A line break in a text of one line.
    LineBreak,
    /// Own words that are those of an option.
    SoundsLikeOption,
}

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing.
    Information,
    /// Worth a second look; nothing is held up by it.
    Warning,
    /// Has to be mended before the record is complete.
    Error,
}

impl Severity {
    /// The code (FHIR R4, code system `issue-severity`).
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Information => "information",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl Problem {
    /// How bad it is.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        match self {
            Self::Constraint(_, severity) => *severity,
            Self::LineBreak | Self::SoundsLikeOption => Severity::Warning,
            _ => Severity::Error,
        }
    }

    /// Whether it is a problem of this one answer.
    pub(super) fn is_about(&self, item: &Item, answer: &Answer) -> bool {
        let alone = matches!(self, Self::Exclusive) && option_of(item, answer).is_some_and(|option| option.exclusive);
        alone || answer_problems(item, answer).contains(self)
    }
}

impl Constraint {
    /// The problem when it does not hold.
    fn broken(&self) -> Problem {
        Problem::Constraint(self.human.clone(), self.severity)
    }
}

/// A problem and where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// The question or group; none for the form as a whole.
    pub node: Option<NodeIx>,
    /// What is wrong.
    pub problem: Problem,
}

/// Everything wrong with a response, in the order of the form. What is not asked has no problems: neither questions whose
/// conditions do not hold, nor hidden ones, nor entries of a list that nobody began. No screen shows these, so nobody could
/// mend them.
#[must_use]
pub fn issues(response: &Response) -> Vec<Issue> {
    issues_of(response, false)
}

/// The same with what is hidden, for responses that were not filled on a screen.
pub(super) fn all_issues(response: &Response) -> Vec<Issue> {
    issues_of(response, true)
}

fn issues_of(response: &Response, hidden: bool) -> Vec<Issue> {
    let whole = form_problems(response);
    let mut issues: Vec<Issue> = whole.map(|(problem, _)| Issue { node: None, problem }).collect();
    let mut open: Vec<NodeIx> = response.roots().iter().rev().copied().collect();
    while let Some(node) = open.pop() {
        if response.item(node).hidden && !hidden || !response.is_enabled(node) {
            continue;
        }
        issues.extend(problems(response, node).into_iter().map(|problem| Issue { node: Some(node), problem }));
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
    if content.answers.len() > 1 && content.answers.iter().any(|answer| Problem::Exclusive.is_about(item, answer)) {
        problems.push(Problem::Exclusive);
    }
    let constraints = item.constraints();
    problems.extend(response.node(node).broken.iter().filter_map(|at| constraints.get(*at)).map(Constraint::broken));
    let entries = response.entries(node);
    if entries.first() == Some(&node) {
        problems.extend(count_problem(response, item, entries));
    }
    problems
}

/// The constraints of the form as a whole that do not hold, each with the items it looks at.
pub fn form_problems(response: &Response) -> impl Iterator<Item = (Problem, &[ItemIx])> {
    let form = response.questionnaire();
    let constraints = &form.rules.constraints;
    let broken = response.broken(constraints, None, &Budget::default());
    broken.into_iter().filter_map(|at| Some((constraints.get(at)?.broken(), &form.graph().whole().get(at)?[..])))
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
    // What nobody began is not asked for, unless it was given without enough answers.
    let begun = filled > 0 || item.required || entries.first().is_some_and(|entry| response.was_given(*entry));
    let few = item.bounds.min_occurs.filter(|least| begun && filled < *least).map(Problem::TooFew);
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
    if item.is_choice() {
        return option_problem(item, answer).into_iter().collect();
    }
    match answer {
        Answer::Decimal(number) => bound_problems(item, answer).into_iter().chain(places(item, number)).collect(),
        Answer::Quantity(quantity) => {
            let mut found = bound_problems(item, answer);
            found.extend(places(item, &quantity.value));
            let allowed = item.units.is_empty() || item.units.iter().any(|unit| unit.allows(&quantity.unit));
            if !allowed && !found.contains(&Problem::Unit) {
                found.push(Problem::Unit);
            }
            found
        }
        Answer::Integer(_) | Answer::Date(_) | Answer::DateTime(_) | Answer::Time(_) => bound_problems(item, answer),
        Answer::Attachment(file) => file_problems(item, file),
        Answer::String(text) => {
            let pattern = item.bounds.pattern.as_ref().and_then(|pattern| pattern_problem(item, pattern, text));
            let line_break = (item.kind == Kind::String && text.contains(['\n', '\r'])).then_some(Problem::LineBreak);
            length_problems(item, text).chain(pattern).chain(line_break).collect()
        }
        Answer::Uri(text) => length_problems(item, text).collect(),
        Answer::Reference(reference) => (!leads_to(item, reference)).then_some(Problem::Resource).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// What comparing a text with a pattern may take, in instructions looked at. So much passes at once also on a tablet.
const MOST_MATCHED: usize = 10_000_000;

fn pattern_problem(item: &Item, pattern: &Pattern, text: &str) -> Option<Problem> {
    let longest = MOST_MATCHED / pattern.cost();
    if text.len() > longest {
        return Some(Problem::TooLong(longest));
    }
    let matches = text.is_empty() || pattern.matches_whole(text);
    (!matches).then(|| Problem::Pattern(item.entry_format.clone()))
}

/// Whether a reference leads to a resource of an allowed type, as far as it says.
fn leads_to(item: &Item, reference: &Value) -> bool {
    let text = |name| reference.get(name).and_then(Value::as_str);
    let kind = text("type").or_else(|| text("reference")?.rsplit('/').nth(1));
    let allowed = &item.bounds.resources;
    allowed.is_empty() || kind.is_none_or(|kind| allowed.iter().any(|allowed| allowed == kind))
}

fn file_problems(item: &Item, file: &Attachment) -> Vec<Problem> {
    let limit = item.bounds.max_size.filter(|limit| file.size > *limit).map(Problem::FileTooLarge);
    let fits = item.bounds.takes_kind(&file.content_type);
    let kind = (!fits).then(|| Problem::FileKind(file.content_type.clone()));
    let size = (!file.data.is_empty() && file.size != file.bytes()).then_some(Problem::FileSize);
    limit.into_iter().chain(kind).chain(size).collect()
}

/// The option that an answer is; a coding has to name the same system, or none like the option.
fn option_of<'a>(item: &'a Item, answer: &Answer) -> Option<&'a AnswerOption> {
    item.options.iter().find(|option| match (&option.answer, answer) {
        (Answer::Coding(option), Answer::Coding(coding)) => option.system == coding.system && option.same(coding),
        (option, answer) => option == answer,
    })
}

fn option_problem(item: &Item, answer: &Answer) -> Option<Problem> {
    // Without options nobody can tell; the answer was given where they were known.
    if option_of(item, answer).is_some() || item.options.is_empty() && item.kind == Kind::Choice {
        return None;
    }
    match answer {
        Answer::String(text) if item.kind == Kind::OpenChoice && text.trim().is_empty() => Some(Problem::OtherEmpty),
        Answer::String(text) if item.kind == Kind::OpenChoice => {
            let same = |option: &AnswerOption| option.code() == text || option.text.says(text);
            let sounds = item.options.iter().any(same).then_some(Problem::SoundsLikeOption);
            length_problems(item, text).next().or(sounds)
        }
        Answer::Coding(_) if item.options.is_empty() => None,
        _ => Some(Problem::NotAnOption),
    }
}

fn length_problems(item: &Item, text: &str) -> impl Iterator<Item = Problem> {
    let length = text.chars().count();
    let long = item.bounds.max_length.filter(|limit| length > *limit).map(Problem::TooLong);
    // What is blank is no answer, so it is not too short either.
    let short = item.bounds.min_length.filter(|limit| length < *limit && !text.trim().is_empty());
    long.into_iter().chain(short.map(Problem::TooShort))
}

fn places(item: &Item, number: &Number) -> Option<Problem> {
    item.bounds.max_decimal_places.filter(|places| number.decimal_places() > *places).map(Problem::DecimalPlaces)
}

fn bound_problems(item: &Item, answer: &Answer) -> Vec<Problem> {
    let beyond = |bound: &&Answer, wrong: Ordering| against(answer, bound) == Some(wrong);
    let below = item.bounds.min.as_ref().filter(|min| beyond(min, Ordering::Less)).cloned();
    let above = item.bounds.max.as_ref().filter(|max| beyond(max, Ordering::Greater)).cloned();
    let strange = [&item.bounds.min, &item.bounds.max].into_iter().flatten().any(|bound| match (answer, bound) {
        (Answer::Quantity(_), Answer::Quantity(_)) => compare(answer, bound).is_none(),
        _ => false,
    });
    let found = below.map(Problem::BelowMin).into_iter().chain(above.map(Problem::AboveMax));
    found.chain(strange.then_some(Problem::Unit)).collect()
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
