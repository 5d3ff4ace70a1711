//! When an item is asked (FHIR R4, Questionnaire.item.enableWhen and enableBehavior).

use super::answer::Answer;
use super::fhirpath::{Measure, Moment};
use super::item::ItemIx;
use crate::json::Number;
use std::cmp::Ordering;

/// Operators (FHIR R4, code system `questionnaire-enable-operator`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// `exists`.
    Exists,
    /// `=`.
    Equal,
    /// `!=`.
    NotEqual,
    /// `>`.
    Greater,
    /// `<`.
    Less,
    /// `>=`.
    GreaterOrEqual,
    /// `<=`.
    LessOrEqual,
}

impl Operator {
    pub(super) fn from_code(code: &str) -> Option<Self> {
        Some(match code {
            "exists" => Self::Exists,
            "=" => Self::Equal,
            "!=" => Self::NotEqual,
            ">" => Self::Greater,
            "<" => Self::Less,
            ">=" => Self::GreaterOrEqual,
            "<=" => Self::LessOrEqual,
            _ => return None,
        })
    }
}

/// One condition.
#[derive(Clone, Debug)]
pub struct Condition {
    /// The question it looks at.
    pub question: ItemIx,
    /// How it compares.
    pub operator: Operator,
    /// What it compares with.
    pub expected: Answer,
}

impl Condition {
    /// Whether the answers of the question fulfil the condition. Answers that cannot be compared fulfil nothing, and
    /// `!=` holds when no answer equals the expected one, so also when there is none.
    pub fn holds<'a>(&self, answers: impl IntoIterator<Item = &'a Answer>) -> bool {
        let mut answers = answers.into_iter().filter(|answer| !answer.is_blank());
        let ordered = |answer: &Answer, wanted: &[Ordering]| {
            compare(answer, &self.expected).is_some_and(|ordering| wanted.contains(&ordering))
        };
        match self.operator {
            Operator::Exists => answers.next().is_some() == (self.expected == Answer::Boolean(true)),
            Operator::Equal => answers.any(|answer| equal(answer, &self.expected)),
            Operator::NotEqual => !answers.any(|answer| equal(answer, &self.expected)),
            Operator::Greater => answers.any(|answer| ordered(answer, &[Ordering::Greater])),
            Operator::Less => answers.any(|answer| ordered(answer, &[Ordering::Less])),
            Operator::GreaterOrEqual => answers.any(|answer| ordered(answer, &[Ordering::Greater, Ordering::Equal])),
            Operator::LessOrEqual => answers.any(|answer| ordered(answer, &[Ordering::Less, Ordering::Equal])),
        }
    }
}

/// The conditions of an item.
#[derive(Clone, Debug, Default)]
pub struct EnableWhen {
    /// The conditions; none means always asked.
    pub conditions: Vec<Condition>,
    /// One fulfilled condition is enough (`enableBehavior` = `any`).
    pub any: bool,
}

impl EnableWhen {
    /// Whether the item is asked, given what each condition finds.
    pub fn holds(&self, mut condition_holds: impl FnMut(&Condition) -> bool) -> bool {
        if self.conditions.is_empty() {
            return true;
        }
        if self.any {
            self.conditions.iter().any(&mut condition_holds)
        } else {
            self.conditions.iter().all(&mut condition_holds)
        }
    }
}

fn equal(one: &Answer, two: &Answer) -> bool {
    match (one, two) {
        (Answer::Coding(one), Answer::Coding(two)) => one.same(two),
        _ => compare(one, two).map_or(one == two, Ordering::is_eq),
    }
}

/// Orders two answers of comparable types; FHIR times of day order as they are written.
pub(super) fn compare(one: &Answer, two: &Answer) -> Option<Ordering> {
    use Answer::{Date, DateTime, Decimal, Integer, Quantity, String, Time};
    match (one, two) {
        (Integer(a), Integer(b)) => Some(a.cmp(b)),
        (Decimal(a), Decimal(b)) => Some(a.compare(b)),
        (Integer(a), Decimal(b)) => Some(Number::from(i64::from(*a)).compare(b)),
        (Decimal(a), Integer(b)) => Some(a.compare(&Number::from(i64::from(*b)))),
        (Quantity(a), Quantity(b)) if a.unit.same(&b.unit) => Some(a.value.compare(&b.value)),
        (Quantity(a), Quantity(b)) => Measure::of(a)?.compare(&Measure::of(b)?),
        (Date(a), Date(b)) => a.calendar?.compare(b.calendar?),
        // Times without an offset are taken as of one place; partial ones order as far as they say.
        (DateTime(a), DateTime(b)) => Moment::parse(a)?.compare(Moment::parse(b)?, 0),
        (String(a), String(b)) | (Time(a), Time(b)) => Some(a.cmp(b)),
        _ => None,
    }
}
