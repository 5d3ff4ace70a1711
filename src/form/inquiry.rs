//! Expressions that stand in no form, asked of one JSON value: what the rules of casework ask of a case.

use super::context::Context;
use super::fhirpath::{Budget, Collection, Datum, Env, Expression, MomentKind, evaluate};
use super::questionnaire::Questionnaire;
use super::response::Response;
use crate::domain::{Calendar, Timestamp};
use crate::json::Value;
use std::sync::Arc;

/// An expression that may ask for one value by its name, and for the time.
#[derive(Clone, Debug)]
pub struct Inquiry {
    name: String,
    expression: Expression,
}

impl Inquiry {
    /// Reads an expression that asks for a value under a name.
    ///
    /// # Errors
    /// Refuses, in words, what is no expression that the engine runs, and what asks for other names.
    pub fn parse(text: &str, name: &str) -> Result<Self, String> {
        let expression = Expression::parse(text).map_err(|refusal| refusal.to_string())?;
        match expression.variables().iter().find(|own| *own != name) {
            Some(stranger) => Err(format!("%{stranger} is not known here")),
            None => Ok(Self { name: name.to_owned(), expression }),
        }
    }

    /// Whether it holds of a value; nothing where that cannot be told.
    #[must_use]
    #[inline(never)] // An entry of tools/parts.json.
    pub fn holds(&self, over: &Over, value: &Value) -> Option<bool> {
        match over.ask(self, value).as_deref() {
            Some([Datum::Boolean(truth)]) => Some(*truth),
            _ => None,
        }
    }

    /// The earliest day that it names.
    #[must_use]
    #[inline(never)] // As `holds`.
    pub fn day(&self, over: &Over, value: &Value) -> Option<Calendar> {
        let found = over.ask(self, value)?;
        let day = |datum: &Datum<'_>| {
            let day = datum.as_moment()?.to_kind(MomentKind::Date)?.to_string();
            Calendar::parse_fhir(&day).filter(|day| matches!(day, Calendar::Day(_)))
        };
        found.iter().filter_map(day).min_by(|one, two| one.compare(*two).unwrap_or(std::cmp::Ordering::Equal))
    }
}

/// What inquiries are asked in: no form and no answers, only a time.
#[derive(Debug)]
pub struct Over {
    nothing: Response,
    now: Timestamp,
}

impl Over {
    /// Everything that is asked at a time.
    #[must_use]
    pub fn at(now: Timestamp) -> Self {
        Self { nothing: Response::new(Arc::new(Questionnaire::blank()), Context::at(now)), now }
    }

    /// The time at which it is asked.
    #[must_use]
    pub const fn now(&self) -> Timestamp {
        self.now
    }

    fn ask<'a>(&'a self, inquiry: &Inquiry, value: &'a Value) -> Option<Collection<'a>> {
        let budget = Budget::new(Budget::USUAL);
        let variable = |name: &str| Ok((name == inquiry.name).then(|| vec![Datum::Json(value)]));
        let env = Env { response: &self.nothing, context: None, now: self.now, variable: &variable, budget: &budget };
        evaluate(&inquiry.expression, &env).ok()
    }
}
