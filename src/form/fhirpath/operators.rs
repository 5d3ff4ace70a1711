//! The operators (FHIRPath N1, 6).

use super::datum::{Collection, Datum, Measure};
use super::decimal::Decimal;
use super::evaluate::{Run, maybe};
use super::expression::{OPERATORS, Operator};
use super::moment::duration;
use super::same::{self, Order};
use super::units;
use std::borrow::Cow;
use std::cmp::Ordering;

fn name(operator: Operator) -> &'static str {
    OPERATORS.iter().find(|entry| entry.1 == operator).map_or("", |entry| entry.0)
}

fn boolean<'a>(value: Option<bool>) -> Collection<'a> {
    maybe(value.map(Datum::Boolean))
}

impl<'a> Run<'_, 'a> {
    /// What a logical operator says when its left side decides it alone.
    pub fn decided(&self, operator: Operator, left: &[Datum<'a>]) -> Option<bool> {
        match operator {
            Operator::And => self.truth(left, "and").filter(|value| !value),
            Operator::Or => self.truth(left, "or").filter(|value| *value),
            Operator::Implies => self.truth(left, "implies").filter(|value| !value).map(|_| true),
            _ => None,
        }
    }

    /// Applies an operator to both its sides.
    pub fn operate(&self, operator: Operator, mut left: Collection<'a>, mut right: Collection<'a>) -> Collection<'a> {
        use Operator::{And, Contains, Equal, Equivalent, Implies, In, Join, NotEqual, NotEquivalent, Or, Union, Xor};
        let asker = name(operator);
        if operator == Contains {
            std::mem::swap(&mut left, &mut right);
        }
        boolean(match operator {
            Union => {
                left.append(&mut right);
                return self.distinct(left);
            }
            Equal => self.equal(&left, &right),
            NotEqual => self.equal(&left, &right).map(|equal| !equal),
            Equivalent => Some(self.equivalent(&left, &right)),
            NotEquivalent => Some(!self.equivalent(&left, &right)),
            In | Contains => self.single(&left, asker).map(|datum| self.holds(&right, datum)),
            And | Or | Xor | Implies => logic(operator, self.truth(&left, asker), self.truth(&right, asker)),
            Join => {
                let text = |side: &[Datum<'a>]| match self.single(side, asker) {
                    None => Some(Cow::Borrowed("")),
                    Some(datum) => datum.to_text().or_else(|| self.mismatch(asker)),
                };
                return maybe(text(&left).zip(text(&right)).and_then(|(one, two)| self.joined(&one, &two)));
            }
            _ => {
                let (one, two) = (self.single(&left, asker), self.single(&right, asker));
                let (Some(one), Some(two)) = (one, two) else { return Vec::new() };
                match comparison(operator) {
                    Some(wanted) => self.compared(one, two, wanted, asker),
                    None => return maybe(self.reckoned(operator, one, two)),
                }
            }
        })
    }

    /// The offset of times that say none, in minutes.
    pub fn local(&self) -> i32 {
        self.env.now.minutes_east()
    }

    fn joined(&self, one: &str, two: &str) -> Option<Datum<'a>> {
        self.spend(one.len() + two.len()).then(|| Datum::text([one, two].concat()))
    }

    /// Whether two collections are equal (N1, 6.1.1); `None` when it cannot be told.
    pub fn equal(&self, left: &[Datum<'a>], right: &[Datum<'a>]) -> Option<bool> {
        if left.is_empty() || right.is_empty() {
            return None;
        }
        if left.len() != right.len() {
            return Some(false);
        }
        let mut all = Some(true);
        for (one, two) in left.iter().zip(right) {
            match self.same(one, two) {
                Some(true) => {}
                Some(false) => return Some(false),
                None => all = None,
            }
        }
        all
    }

    /// Whether two values are equal, with what it takes to compare long texts and objects.
    fn same(&self, one: &Datum<'a>, two: &Datum<'a>) -> Option<bool> {
        let (same, looked_at) = same::equal(one, two, self.local());
        self.spend(looked_at).then_some(same)?
    }

    fn equivalent(&self, left: &[Datum<'a>], right: &[Datum<'a>]) -> bool {
        let mut open: Vec<&Datum<'a>> = right.iter().collect();
        for one in left {
            // Texts are compared by their letters in small, which takes as long as they are.
            let letters = one.as_str().map_or(0, str::len);
            if !self.spend(open.len().saturating_mul(1 + letters / 8)) {
                return false;
            }
            match open.iter().position(|two| same::equivalent(one, two, self.local())) {
                Some(found) => open.swap_remove(found),
                None => return false,
            };
        }
        open.is_empty()
    }

    /// Whether a value is among others.
    pub fn holds(&self, collection: &[Datum<'a>], datum: &Datum<'a>) -> bool {
        let is_same = |other: &Datum<'a>| self.same(other, datum) == Some(true);
        self.spend(collection.len()) && collection.iter().any(is_same)
    }

    /// Every value once, where it first stands.
    pub fn distinct(&self, collection: Collection<'a>) -> Collection<'a> {
        let mut once = Vec::new();
        for datum in collection {
            if !self.holds(&once, &datum) {
                once.push(datum);
            }
        }
        once
    }

    /// Whether two values stand in one of the wanted orders; `None` when it cannot be told.
    pub fn compared(
        &self,
        one: &Datum<'a>,
        two: &Datum<'a>,
        wanted: [Ordering; 2],
        asker: &'static str,
    ) -> Option<bool> {
        match same::order(one, two, self.local()) {
            Order::Known(ordering) => Some(wanted.contains(&ordering)),
            Order::Undecidable => None,
            Order::Foreign => self.mismatch(asker),
        }
    }

    /// The number with the other sign.
    pub fn negative(&self, operand: &[Datum<'a>]) -> Option<Datum<'a>> {
        match self.single(operand, "-")? {
            Datum::Integer(value) => value.checked_neg().map(Datum::Integer),
            Datum::Decimal(value) => Some(Datum::Decimal(value.negated())),
            Datum::Quantity(measure) => Some(measure.with(measure.value.negated())),
            _ => self.mismatch("-"),
        }
    }

    /// Reckons with two values (N1, 6.6); `None` for what overflows, divides by zero or mixes units.
    pub fn reckoned(&self, operator: Operator, one: &Datum<'a>, two: &Datum<'a>) -> Option<Datum<'a>> {
        if let (Some(a), Some(b)) = (one.as_decimal(), two.as_decimal()) {
            let result = decimal(operator, a, b)?;
            let whole = matches!((one, two), (Datum::Integer(_), Datum::Integer(_))) && operator != Operator::Over;
            if whole || operator == Operator::Div {
                return result.to_i64().map(Datum::Integer);
            }
            return Some(Datum::Decimal(result));
        }
        if let (Operator::Plus, Some(a), Some(b)) = (operator, one.as_str(), two.as_str()) {
            return self.joined(a, b);
        }
        if let (Operator::Plus | Operator::Minus, Some(moment), Some(by)) =
            (operator, one.as_moment(), two.as_measure())
        {
            let unit = duration(&by.code).or_else(|| self.mismatch(name(operator)))?;
            let amount = if operator == Operator::Minus { by.value.negated() } else { by.value };
            return moment.plus(amount, unit).map(Datum::Moment);
        }
        measured(operator, one, two).unwrap_or_else(|| self.mismatch(name(operator)))
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
    let (a, b) = (one.as_measure(), two.as_measure());
    Some(match (operator, a, b) {
        (Operator::Plus | Operator::Minus, Some(a), Some(b)) if a.code == b.code => {
            units::aligned(&a, &b).and_then(|(x, y)| decimal(operator, x, y)).map(|value| a.with(value))
        }
        (Operator::Plus | Operator::Minus, Some(_), Some(_)) => None,
        (Operator::Times | Operator::Over, Some(a), None) => {
            decimal(operator, a.value, two.as_decimal()?).map(|value| a.with(value))
        }
        (Operator::Times, None, Some(b)) => b.value.times(one.as_decimal()?).map(|value| b.with(value)),
        (Operator::Over, Some(a), Some(b)) => {
            let ratio = units::aligned(&a, &b).and_then(|(x, y)| x.over(y));
            ratio.map(|ratio| Datum::Quantity(Measure::bare(ratio)))
        }
        _ => return None,
    })
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
