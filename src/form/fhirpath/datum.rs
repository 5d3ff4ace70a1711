//! The values that expressions work with (FHIRPath N1, 4): elements of the response and of launch resources, and the
//! System types.

use super::decimal::Decimal;
use super::moment::Moment;
use super::units;
use crate::form::{Attachment, Coding, ItemIx, NodeIx, Quantity};
use crate::json::Value;
use std::borrow::Cow;
use std::cmp::Ordering;

/// What an expression evaluates to: values in order.
pub type Collection<'a> = Vec<Datum<'a>>;

/// A number with its unit.
#[derive(Clone, Debug)]
pub struct Measure<'a> {
    /// The number.
    pub value: Decimal,
    /// The code of the unit, UCUM where `system` says so; calendar units in the singular.
    pub code: Cow<'a, str>,
    /// The system of the unit; none for calendar units.
    pub system: Option<&'a str>,
    /// The unit as it is shown.
    pub unit: Option<&'a str>,
}

impl<'a> Measure<'a> {
    /// A number as a quantity of the unit `1`.
    #[must_use]
    pub const fn bare(value: Decimal) -> Self {
        Self { value, code: Cow::Borrowed("1"), system: Some(units::UCUM), unit: None }
    }

    /// A quantity that was answered; `None` for a number beyond those that are reckoned with.
    #[must_use]
    pub fn of(quantity: &'a Quantity) -> Option<Self> {
        Some(Self {
            value: Decimal::parse(quantity.value.lexeme())?,
            code: Cow::Borrowed(&quantity.unit.code),
            system: quantity.unit.system.as_deref(),
            unit: quantity.unit.display.as_deref(),
        })
    }

    /// How it compares with another; `None` where their units do not compare.
    #[must_use]
    pub fn compare(&self, other: &Measure<'_>) -> Option<Ordering> {
        units::aligned(self, other).map(|(own, other)| own.compare(other))
    }

    /// Another number of the same unit.
    #[must_use]
    pub fn with(&self, value: Decimal) -> Datum<'a> {
        Datum::Quantity(Self { value, ..self.clone() })
    }
}

/// An extension that the engine writes into a response: a score, a reason why there is no answer.
#[derive(Clone, Debug)]
pub enum Extended {
    /// A number.
    Score(Decimal),
    /// A code.
    Code(&'static str),
}

/// One value.
#[derive(Clone, Debug)]
pub enum Datum<'a> {
    /// A truth value.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// A decimal number.
    Decimal(Decimal),
    /// A text.
    String(Cow<'a, str>),
    /// A primitive of a JSON resource, which does not say whether it is a text, a code or a date.
    Primitive(&'a str),
    /// A date, a date with time, or a time of day.
    Moment(Moment),
    /// A number with its unit.
    Quantity(Measure<'a>),
    /// A coded value, with the item whose answer it is.
    Coding(&'a Coding, Option<ItemIx>),
    /// A file.
    Attachment(&'a Attachment),
    /// An object of a JSON resource.
    Json(&'a Value),
    /// The response as a resource.
    Resource,
    /// An item of the response.
    Item(NodeIx),
    /// An answer of an item, by its position among all answers.
    Answer(NodeIx, usize),
    /// An extension by its URL.
    Extension(&'static str, Extended),
}

impl<'a> Datum<'a> {
    /// The text of a string.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            Self::Primitive(text) => Some(text),
            _ => None,
        }
    }

    /// The date or time, also of a primitive that reads as one.
    #[must_use]
    pub fn as_moment(&self) -> Option<Moment> {
        match self {
            Self::Moment(moment) => Some(*moment),
            // Two digits are an hour only where somebody means one; here they are more likely a code.
            Self::Primitive(text) if text.len() > 3 => Moment::parse(text),
            _ => None,
        }
    }

    /// The number of an integer or decimal.
    #[must_use]
    pub fn as_decimal(&self) -> Option<Decimal> {
        match self {
            Self::Integer(value) => Some(Decimal::integer(*value)),
            Self::Decimal(value) => Some(*value),
            _ => None,
        }
    }

    /// The quantity of one, or of a Quantity of a JSON resource.
    #[must_use]
    pub fn as_measure(&self) -> Option<Measure<'a>> {
        match self {
            Self::Quantity(measure) => Some(measure.clone()),
            Self::Json(value) => {
                let text = |name| value.get(name).and_then(Value::as_str);
                let (code, unit) = (text("code"), text("unit"));
                Some(Measure {
                    value: Decimal::parse(value.get("value")?.as_number()?.lexeme())?,
                    code: Cow::Borrowed(code.or(unit)?),
                    system: text("system"),
                    unit,
                })
            }
            _ => None,
        }
    }

    /// System, code and display of a coding, or of a Coding of a JSON resource.
    #[must_use]
    pub fn as_coding(&self) -> Option<(Option<&'a str>, &'a str, Option<&'a str>)> {
        match self {
            Self::Coding(coding, _) => Some((coding.system.as_deref(), &coding.code, coding.display.as_deref())),
            Self::Json(value) => {
                let text = |name| value.get(name).and_then(Value::as_str);
                Some((text("system"), text("code")?, text("display")))
            }
            _ => None,
        }
    }

    /// The text of a primitive value (N1, 5.5.7 `toString`).
    #[must_use]
    pub fn to_text(&self) -> Option<Cow<'a, str>> {
        Some(match self {
            Self::String(text) => text.clone(),
            Self::Primitive(text) => Cow::Borrowed(text),
            Self::Boolean(value) => Cow::Borrowed(if *value { "true" } else { "false" }),
            Self::Integer(value) => value.to_string().into(),
            Self::Decimal(value) => value.to_string().into(),
            Self::Moment(moment) => moment.to_string().into(),
            Self::Quantity(Measure { value, code, system, .. }) => {
                let number = value.to_string();
                let quote = if system.is_none() && units::is_calendar(code) { "" } else { "'" };
                [&number, " ", quote, code, quote].concat().into()
            }
            Self::Extension(_, Extended::Code(code)) => Cow::Borrowed(code),
            _ => return None,
        })
    }

    /// How many steps it takes to copy the value: more than one where it is a long text.
    #[must_use]
    pub const fn weight(&self) -> usize {
        match self {
            Self::String(Cow::Owned(text)) => 1 + text.len() / LETTERS_PER_STEP,
            _ => 1,
        }
    }

    /// A text that belongs to nobody else.
    #[must_use]
    pub fn text(text: String) -> Self {
        Self::String(Cow::Owned(text))
    }
}

/// So many letters are copied or compared in the time of one step.
pub const LETTERS_PER_STEP: usize = 256;
