//! The operators (FHIRPath N1, 6).

use super::datum::{Collection, Datum, Measure};
use super::decimal::Decimal;
use super::evaluate::{Outcome, Run, single, truth};
use super::expression::{OPERATORS, Operator};
use super::moment::duration;
use super::refusal::EvaluationRefusal;
use super::same::{self, Order};
use super::units;
use std::borrow::Cow;
use std::cmp::Ordering;

fn name(operator: Operator) -> &'static str {
    OPERATORS.iter().find(|entry| entry.1 == operator).map_or("", |entry| entry.0)
}

fn boolean<'a>(value: Option<bool>) -> Collection<'a> {
    value.map(Datum::Boolean).into_iter().collect()
}

impl<'a> Run<'_, 'a> {
    /// What a logical operator says when its left side decides it alone.
    pub fn decided(&self, operator: Operator, left: &[Datum<'a>]) -> Result<Option<bool>, EvaluationRefusal> {
        Ok(match operator {
            Operator::And => truth(left, "and")?.filter(|value| !value),
            Operator::Or => truth(left, "or")?.filter(|value| *value),
            Operator::Implies => truth(left, "implies")?.filter(|value| !value).map(|_| true),
            _ => None,
        })
    }

    /// Applies an operator to both its sides.
    pub fn operate(&self, operator: Operator, left: Collection<'a>, right: Collection<'a>) -> Outcome<'a> {
        use Operator::{And, Contains, Equal, Equivalent, Implies, In, Join, NotEqual, NotEquivalent, Or, Union, Xor};
        let asker = name(operator);
        Ok(match operator {
            Union => return self.distinct(left.into_iter().chain(right).collect()),
            Equal => boolean(self.equal(&left, &right)?),
            NotEqual => boolean(self.equal(&left, &right)?.map(|equal| !equal)),
            Equivalent => boolean(Some(self.equivalent(&left, &right)?)),
            NotEquivalent => boolean(Some(!self.equivalent(&left, &right)?)),
            In => self.membership(&left, &right, asker)?,
            Contains => self.membership(&right, &left, asker)?,
            And | Or | Xor | Implies => boolean(logic(operator, truth(&left, asker)?, truth(&right, asker)?)),
            Join => {
                let text = |side: &[Datum<'a>]| match single(side, asker)? {
                    None => Ok(Cow::Borrowed("")),
                    Some(datum) => datum.to_text().ok_or(EvaluationRefusal::Mismatch(asker)),
                };
                vec![self.joined(&text(&left)?, &text(&right)?)?]
            }
            _ => match (single(&left, asker)?, single(&right, asker)?) {
                (Some(one), Some(two)) => match comparison(operator) {
                    Some(wanted) => boolean(self.compared(one, two, wanted, asker)?),
                    None => self.reckoned(operator, one, two)?.into_iter().collect(),
                },
                _ => Vec::new(),
            },
        })
    }

    /// The offset of times that say none, in minutes.
    pub fn local(&self) -> i32 {
        self.env.now.minutes_east()
    }

    fn joined(&self, one: &str, two: &str) -> Result<Datum<'a>, EvaluationRefusal> {
        self.spend(one.len() + two.len())?;
        Ok(Datum::text([one, two].concat()))
    }

    /// Whether two collections are equal (N1, 6.1.1); `None` when it cannot be told.
    pub fn equal(&self, left: &[Datum<'a>], right: &[Datum<'a>]) -> Result<Option<bool>, EvaluationRefusal> {
        if left.is_empty() || right.is_empty() {
            return Ok(None);
        }
        if left.len() != right.len() {
            return Ok(Some(false));
        }
        self.spend(left.len())?;
        let mut all = Some(true);
        for (one, two) in left.iter().zip(right) {
            match same::equal(one, two, self.local()) {
                Some(true) => {}
                Some(false) => return Ok(Some(false)),
                None => all = None,
            }
        }
        Ok(all)
    }

    fn equivalent(&self, left: &[Datum<'a>], right: &[Datum<'a>]) -> Result<bool, EvaluationRefusal> {
        if left.len() != right.len() {
            return Ok(false);
        }
        let mut open: Vec<&Datum<'a>> = right.iter().collect();
        for one in left {
            self.spend(open.len())?;
            match open.iter().position(|two| same::equivalent(one, two, self.local())) {
                Some(found) => open.swap_remove(found),
                None => return Ok(false),
            };
        }
        Ok(true)
    }

    /// Whether a value is among others.
    pub fn holds(&self, collection: &[Datum<'a>], datum: &Datum<'a>) -> Result<bool, EvaluationRefusal> {
        self.spend(collection.len())?;
        Ok(collection.iter().any(|other| same::equal(other, datum, self.local()) == Some(true)))
    }

    /// Every value once, where it first stands.
    pub fn distinct(&self, collection: Collection<'a>) -> Outcome<'a> {
        let mut once: Collection<'a> = Vec::new();
        for datum in collection {
            if !self.holds(&once, &datum)? {
                once.push(datum);
            }
        }
        Ok(once)
    }

    fn membership(&self, member: &[Datum<'a>], all: &[Datum<'a>], asker: &'static str) -> Outcome<'a> {
        match single(member, asker)? {
            None => Ok(Vec::new()),
            Some(datum) => Ok(vec![Datum::Boolean(self.holds(all, datum)?)]),
        }
    }

    /// Whether two values stand in one of the wanted orders; `None` when it cannot be told.
    pub fn compared(
        &self,
        one: &Datum<'a>,
        two: &Datum<'a>,
        wanted: [Ordering; 2],
        asker: &'static str,
    ) -> Result<Option<bool>, EvaluationRefusal> {
        match same::order(one, two, self.local()) {
            Order::Known(ordering) => Ok(Some(wanted.contains(&ordering))),
            Order::Undecidable => Ok(None),
            Order::Foreign => Err(EvaluationRefusal::Mismatch(asker)),
        }
    }

    /// The number with the other sign.
    pub fn negative(&self, operand: Collection<'a>) -> Outcome<'a> {
        let Some(datum) = single(&operand, "-")? else { return Ok(Vec::new()) };
        let negated = match datum {
            Datum::Integer(value) => value.checked_neg().map(Datum::Integer),
            Datum::Decimal(value) => Some(Datum::Decimal(value.negated())),
            Datum::Quantity(measure) => {
                Some(Datum::Quantity(Measure { value: measure.value.negated(), ..measure.clone() }))
            }
            _ => return Err(EvaluationRefusal::Mismatch("-")),
        };
        Ok(negated.into_iter().collect())
    }

    /// Reckons with two values (N1, 6.6); `None` for what overflows, divides by zero or mixes units.
    pub fn reckoned(
        &self,
        operator: Operator,
        one: &Datum<'a>,
        two: &Datum<'a>,
    ) -> Result<Option<Datum<'a>>, EvaluationRefusal> {
        if let (Datum::Integer(a), Datum::Integer(b)) = (one, two)
            && operator != Operator::Over
        {
            return Ok(match operator {
                Operator::Plus => a.checked_add(*b),
                Operator::Minus => a.checked_sub(*b),
                Operator::Times => a.checked_mul(*b),
                Operator::Div => a.checked_div(*b),
                _ => a.checked_rem(*b),
            }
            .map(Datum::Integer));
        }
        if let (Some(a), Some(b)) = (one.as_decimal(), two.as_decimal()) {
            let result = decimal(operator, a, b);
            return Ok(match operator {
                Operator::Div => result.and_then(Decimal::to_i64).map(Datum::Integer),
                _ => result.map(Datum::Decimal),
            });
        }
        if let (Operator::Plus, Some(a), Some(b)) = (operator, one.as_str(), two.as_str()) {
            return self.joined(a, b).map(Some);
        }
        if let (Operator::Plus | Operator::Minus, Some(moment), Some(by)) =
            (operator, one.as_moment(), two.as_measure())
        {
            let unit = duration(&by.code).ok_or(EvaluationRefusal::Mismatch(name(operator)))?;
            let amount = if operator == Operator::Minus { by.value.negated() } else { by.value };
            return Ok(moment.plus(amount, unit).map(Datum::Moment));
        }
        measured(operator, one, two).ok_or(EvaluationRefusal::Mismatch(name(operator)))
    }
}

fn decimal(operator: Operator, a: Decimal, b: Decimal) -> Option<Decimal> {
    match operator {
        Operator::Plus => a.plus(b),
        Operator::Minus => a.plus(b.negated()),
        Operator::Times => a.times(b),
        Operator::Over => a.over(b),
        Operator::Div => a.whole_quotient(b),
        _ => a.remainder(b),
    }
}

/// Reckons with quantities: sums of one unit, multiples and parts, ratios. `None` where there is no such operation.
fn measured<'a>(operator: Operator, one: &Datum<'a>, two: &Datum<'a>) -> Option<Option<Datum<'a>>> {
    let quantity = |value: Option<Decimal>, unit: &Measure<'a>| {
        value.map(|value| Datum::Quantity(Measure { value, ..unit.clone() }))
    };
    match (operator, one.as_measure(), two.as_measure()) {
        (Operator::Plus | Operator::Minus, Some(a), Some(b)) if a.code == b.code => {
            Some(quantity(units::aligned(&a, &b).and_then(|(x, y)| decimal(operator, x, y)), &a))
        }
        (Operator::Plus | Operator::Minus, Some(_), Some(_)) => Some(None),
        (Operator::Times, Some(a), None) => Some(quantity(a.value.times(two.as_decimal()?), &a)),
        (Operator::Times, None, Some(b)) => Some(quantity(b.value.times(one.as_decimal()?), &b)),
        (Operator::Over, Some(a), None) => Some(quantity(a.value.over(two.as_decimal()?), &a)),
        (Operator::Over, Some(a), Some(b)) => {
            let ratio = units::aligned(&a, &b).and_then(|(x, y)| x.over(y));
            let unit = Measure { code: Cow::Borrowed("1"), system: Some(units::UCUM), unit: None, ..a };
            Some(quantity(ratio, &unit))
        }
        _ => None,
    }
}

fn comparison(operator: Operator) -> Option<[Ordering; 2]> {
    use Ordering::{Equal, Greater, Less};
    Some(match operator {
        Operator::Less => [Less, Less],
        Operator::LessOrEqual => [Less, Equal],
        Operator::Greater => [Greater, Greater],
        Operator::GreaterOrEqual => [Greater, Equal],
        _ => return None,
    })
}

/// Three-valued logic (N1, 6.5).
fn logic(operator: Operator, left: Option<bool>, right: Option<bool>) -> Option<bool> {
    let or = |one: Option<bool>, two: Option<bool>| match (one, two) {
        (Some(true), _) | (_, Some(true)) => Some(true),
        (Some(false), Some(false)) => Some(false),
        _ => None,
    };
    let not = |value: Option<bool>| value.map(|value| !value);
    match operator {
        Operator::And => not(or(not(left), not(right))),
        Operator::Or => or(left, right),
        Operator::Implies => or(not(left), right),
        _ => left.zip(right).map(|(left, right)| left != right),
    }
}
