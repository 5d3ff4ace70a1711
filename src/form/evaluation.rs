//! Running the expressions of a form over a response.

use super::answer::{Answer, Coding, Quantity};
use super::fhirpath::{Budget, Collection, Datum, Env, EvaluationRefusal, Expression, MomentKind, evaluate};
use super::item::{Item, ItemIx, Kind};
use super::questionnaire::FORM;
use super::response::{NodeIx, Response};
use super::rules::Constraint;
use crate::domain::{Calendar, PartialDate};
use crate::json::Number;
use std::cell::RefCell;

/// Values of variables that were found already: by where they are defined, their name and the node there.
type Found<'a> = RefCell<Vec<(Option<ItemIx>, &'a str, Option<NodeIx>, Collection<'a>)>>;

/// One evaluation with all variables it asks for.
struct Session<'e, 'a> {
    response: &'a Response,
    budget: &'e Budget,
    found: Found<'a>,
    bound: &'e [Bound<'a>],
}

/// The value that an entry of a list begins with, by the list.
pub(super) type Bound<'a> = (ItemIx, Datum<'a>);

impl<'a> Session<'_, 'a> {
    fn run(
        &self,
        expression: &Expression,
        item: Option<ItemIx>,
        node: Option<NodeIx>,
        inside: Option<&str>,
    ) -> Result<Collection<'a>, EvaluationRefusal> {
        let variable = |name: &str| self.variable(name, item, node, inside);
        let (response, now) = (self.response, self.response.context.now);
        evaluate(expression, &Env { response, context: node, now, variable: &variable, budget: self.budget })
    }

    fn variable(
        &self,
        name: &str,
        item: Option<ItemIx>,
        node: Option<NodeIx>,
        inside: Option<&str>,
    ) -> Result<Option<Collection<'a>>, EvaluationRefusal> {
        let form = self.response.questionnaire();
        let Some((place, own, expression)) = form.variable(item, name, inside) else {
            if name == FORM {
                return Ok(form.source.as_ref().map(|form| vec![Datum::Json(form)]));
            }
            let named = self.response.context.resources.iter().filter(|(own, _)| own == name);
            let resources: Collection<'a> = named.map(|(_, resource)| Datum::Json(resource)).collect();
            // A document that the case does not have says nothing; a resource that did not come cannot be asked.
            return Ok(Some(resources).filter(|resources| !resources.is_empty() || form.is_of_case(name)));
        };
        let rules = place.and_then(|place| form.item(place).rules.as_deref());
        let is_population = rules.and_then(|rules| rules.population.as_ref()).is_some_and(|(name, _)| name == own);
        if let Some((_, value)) = self.bound.iter().rev().find(|(list, _)| is_population && Some(*list) == place) {
            return Ok(Some(vec![value.clone()]));
        }
        let at = place.and_then(|place| self.response.above(node?, place));
        // Among many variables a name is looked for longer.
        self.budget.spend(self.found.borrow().len() / 8);
        let known = |(of, name, node, _): &&(Option<ItemIx>, &str, Option<NodeIx>, Collection<'a>)| {
            *of == place && *name == own && *node == at
        };
        if let Some((.., value)) = self.found.borrow().iter().find(known) {
            return Ok(Some(value.clone()));
        }
        let value = self.run(expression, place, at, Some(own))?;
        self.found.borrow_mut().push((place, own, at, value.clone()));
        Ok(Some(value))
    }
}

impl Response {
    fn evaluate<'a>(
        &'a self,
        expression: &Expression,
        node: Option<NodeIx>,
        budget: &Budget,
    ) -> Result<Collection<'a>, EvaluationRefusal> {
        self.evaluate_bound(expression, node, &[], budget)
    }

    /// The same within entries of lists that each begin with a value.
    #[inline(never)] // An entry of tools/parts.json.
    pub(super) fn evaluate_bound<'a>(
        &'a self,
        expression: &Expression,
        node: Option<NodeIx>,
        bound: &[Bound<'a>],
        budget: &Budget,
    ) -> Result<Collection<'a>, EvaluationRefusal> {
        budget.begin();
        let session = Session { response: self, budget, found: RefCell::default(), bound };
        session.run(expression, node.map(|node| self.node(node).item), node, None)
    }

    /// Whether an expression says that an item is asked. One that cannot be evaluated hides nothing.
    pub(super) fn asks(&self, expression: &Expression, node: NodeIx, budget: &Budget) -> bool {
        self.evaluate(expression, Some(node), budget).map_or(true, |value| is_true(&value).unwrap_or(false))
    }

    /// Which of some constraints are broken at a node (none: by the response). What cannot be told yet breaks nothing.
    pub(super) fn broken(&self, constraints: &[Constraint], node: Option<NodeIx>, budget: &Budget) -> Vec<usize> {
        let breaks = |constraint: &Constraint| {
            let value = self.evaluate(&constraint.expression, node, budget);
            value.is_ok_and(|value| is_true(&value) == Some(false))
        };
        let found = constraints.iter().enumerate().filter(|(_, constraint)| breaks(constraint));
        found.map(|(at, _)| at).collect()
    }

    /// What an item's answer is reckoned to be.
    pub(super) fn calculated(&self, node: NodeIx, budget: &Budget) -> Vec<Answer> {
        let (expression, single) = (self.item(node).calculation(), self.item(node).is_list);
        expression.map_or_else(Vec::new, |expression| self.answers(expression, node, single, &[], budget))
    }

    /// What an item's answers are to begin with, by its expression.
    pub(super) fn populated<'a>(&'a self, node: NodeIx, bound: &[Bound<'a>], budget: &Budget) -> Vec<Answer> {
        let expression = self.item(node).rules.as_ref().and_then(|rules| rules.initial.as_ref());
        expression.map_or_else(Vec::new, |expression| self.answers(expression, node, false, bound, budget))
    }

    /// The value of an expression as answers to its item; none where it is not one that the item takes.
    #[inline(never)] // As `evaluate_bound`.
    fn answers<'a>(
        &'a self,
        expression: &Expression,
        node: NodeIx,
        single: bool,
        bound: &[Bound<'a>],
        budget: &Budget,
    ) -> Vec<Answer> {
        let value = self.evaluate_bound(expression, Some(node), bound, budget).unwrap_or_default();
        let item = self.item(node);
        if value.len() > 1 && (single || !item.repeats) {
            return Vec::new();
        }
        value.iter().filter_map(|datum| answer(item, datum)).collect()
    }
}

/// The truth of a value (FHIRPath N1, 4.5): a single value that is no boolean counts as true.
fn is_true(value: &[Datum<'_>]) -> Option<bool> {
    match value {
        [] => None,
        [Datum::Boolean(truth)] => Some(*truth),
        _ => Some(true),
    }
}

/// A value as an answer of the type that the item asks for.
fn answer(item: &Item, datum: &Datum<'_>) -> Option<Answer> {
    if item.is_choice() {
        return chosen(item, datum);
    }
    let words = || datum.to_text().map(|text| text.into_owned()).filter(|text| !text.is_empty());
    let moment = |kind| datum.as_moment()?.to_kind(kind).map(|moment| moment.to_string());
    Some(match item.kind {
        Kind::Boolean => match datum {
            Datum::Boolean(truth) => Answer::Boolean(*truth),
            _ => return None,
        },
        Kind::Integer => Answer::Integer(number(datum)?.to_i32()?),
        Kind::Decimal => Answer::Decimal(number(datum)?),
        Kind::Quantity => quantity(item, datum)?,
        Kind::Date => Answer::Date(PartialDate {
            calendar: Some(Calendar::parse_fhir(&moment(MomentKind::Date)?)?),
            ..PartialDate::default()
        }),
        Kind::DateTime => Answer::DateTime(moment(MomentKind::DateTime)?),
        Kind::Time => Answer::Time(moment(MomentKind::Time)?),
        Kind::String | Kind::Text => Answer::String(words()?),
        Kind::Url => Answer::Uri(words()?),
        _ => return None,
    })
}

fn number(datum: &Datum<'_>) -> Option<Number> {
    let number = datum.as_decimal().or_else(|| datum.as_measure().map(|measure| measure.value))?;
    Number::parse(&number.to_string())
}

fn quantity(item: &Item, datum: &Datum<'_>) -> Option<Answer> {
    let unit = match datum.as_measure() {
        Some(measure) => Coding {
            system: measure.system.map(str::to_owned),
            code: measure.code.into_owned(),
            display: measure.unit.map(str::to_owned),
            version: None,
        },
        None => item.unit.clone().unwrap_or_default(),
    };
    Some(Answer::Quantity(Quantity { value: number(datum)?, unit }))
}

/// The option that a value names, by its coding, its code or its words; for an open choice also other words.
fn chosen(item: &Item, datum: &Datum<'_>) -> Option<Answer> {
    let coding = datum.as_coding().map(|(system, code, display)| Coding {
        system: system.map(str::to_owned),
        code: code.to_owned(),
        display: display.map(str::to_owned),
        version: None,
    });
    let words = datum.to_text();
    let option = item.options.iter().find(|option| match (&option.answer, &coding, &words) {
        (Answer::Coding(own), Some(coding), _) => own.same(coding),
        (_, None, Some(words)) => option.code() == words || option.text.says(words) || option.is_number(words),
        _ => false,
    });
    if let Some(option) = option {
        return Some(option.answer.clone());
    }
    match (item.kind, coding, words) {
        (Kind::Choice | Kind::OpenChoice, Some(coding), _) if item.options.is_empty() => Some(Answer::Coding(coding)),
        (Kind::OpenChoice, None, Some(words)) => Some(Answer::String(words.into_owned())),
        _ => None,
    }
}
