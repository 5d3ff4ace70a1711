//! Running an expression over a response (FHIRPath N1, 3).

use super::datum::{Collection, Datum};
use super::expression::{Expression, Operator, Step, Term, TypeName};
use super::function::{Function, Iterate, Walk};
use super::member;
use super::moment::MomentKind;
use super::refusal::EvaluationRefusal;
use super::tree::{self, Reach};
use crate::domain::Timestamp;
use crate::form::{NodeIx, Response};
use crate::json::Value;
use std::cell::Cell;

/// What evaluations may still do: one alone, and all that share it. One step is about one value looked at; texts cost by
/// their length.
#[derive(Debug)]
pub struct Budget {
    steps: Cell<usize>,
    all: Cell<usize>,
    depth: Cell<usize>,
}

/// What all evaluations of one change may do.
impl Default for Budget {
    fn default() -> Self {
        Self { all: Cell::new(Self::ALL), ..Self::new(0) }
    }
}

impl Budget {
    /// Steps that no honest expression over a large form takes, and that pass within a moment on a slow tablet.
    pub const USUAL: usize = 500_000;

    /// Steps for all evaluations of one change, which together pass within a few moments on a slow tablet.
    pub const ALL: usize = 10_000_000;

    /// So many steps for one evaluation.
    #[must_use]
    pub const fn new(steps: usize) -> Self {
        Self { steps: Cell::new(steps), all: Cell::new(steps), depth: Cell::new(0) }
    }

    /// Begins another evaluation, with the steps that one may take as far as there are so many left for all.
    pub fn begin(&self) {
        self.steps.set(self.all.get().min(Self::USUAL));
    }

    /// Parts within parts, also through variables, that are no danger to the stack of a browser.
    const DEEPEST: usize = 128;

    /// Takes steps; false when there are not so many left, and none after that.
    pub fn spend(&self, steps: usize) -> bool {
        let left = self.steps.get().checked_sub(steps);
        self.all.set(self.all.get().saturating_sub(steps.min(self.steps.get())));
        self.steps.set(left.unwrap_or(0));
        left.is_some()
    }
}

/// So many nodes are passed by in the time of one step.
const PER_STEP: usize = 8;

/// Looks up a variable by its name without `%`: its value, or none when there is no such variable here.
pub type Lookup<'e, 'a> = dyn Fn(&str) -> Result<Option<Collection<'a>>, EvaluationRefusal> + 'e;

/// What an expression is evaluated in. Its value borrows from the response and from what the variables hold, not from
/// the rest.
#[derive(Clone, Copy)]
pub struct Env<'e, 'a> {
    /// `%resource`.
    pub response: &'a Response,
    /// `%context`: the item at which the expression stands; none for the resource itself.
    pub context: Option<NodeIx>,
    /// The time that `now()` tells; its offset is that of times without one.
    pub now: Timestamp,
    /// The variables.
    pub variable: &'e Lookup<'e, 'a>,
    /// What evaluation may do, shared by all evaluations that get the same one.
    pub budget: &'e Budget,
}

/// Evaluates an expression.
///
/// # Errors
/// Where FHIRPath signals an error: several values where one is taken, a value of a wrong type, an unknown variable; and
/// where the budget is used up.
pub fn evaluate<'a>(expression: &Expression, env: &Env<'_, 'a>) -> Result<Collection<'a>, EvaluationRefusal> {
    let run = Run { env, counts: expression.counts, refusal: Cell::new(None) };
    let focus = run.context();
    let found = run.term(&expression.root, &Scope { this: &focus, index: 0, total: &[] });
    run.refusal.get().map_or(Ok(found), Err)
}

/// What the names with a dollar stand for.
#[derive(Clone, Copy)]
pub struct Scope<'s, 'a> {
    /// `$this`.
    pub this: &'s [Datum<'a>],
    /// `$index`.
    pub index: i64,
    /// `$total`.
    pub total: &'s [Datum<'a>],
}

/// One evaluation. What goes wrong first is noted, and from then on every part gives nothing, so that evaluation ends soon
/// and no step has to ask whether the one before it went well.
pub struct Run<'e, 'a> {
    /// What it is evaluated in.
    pub env: &'e Env<'e, 'a>,
    counts: bool,
    refusal: Cell<Option<EvaluationRefusal>>,
}

fn weight(collection: &[Datum<'_>]) -> usize {
    collection.iter().map(Datum::weight).sum()
}

/// A collection of one value or none.
pub fn maybe(datum: Option<Datum<'_>>) -> Collection<'_> {
    let mut collection = Vec::new();
    if let Some(datum) = datum {
        collection.push(datum);
    }
    collection
}

impl<'a> Run<'_, 'a> {
    fn context(&self) -> Collection<'a> {
        maybe(Some(self.env.context.map_or(Datum::Resource, Datum::Item)))
    }

    /// Ends the evaluation.
    pub fn refuse(&self, refusal: EvaluationRefusal) {
        if self.refusal.get().is_none() {
            self.refusal.set(Some(refusal));
        }
    }

    /// Ends the evaluation for a value of a wrong type.
    pub fn mismatch<T>(&self, asker: &'static str) -> Option<T> {
        self.refuse(EvaluationRefusal::Mismatch(asker));
        None
    }

    /// Takes steps from the budget; false when evaluation has ended.
    pub fn spend(&self, steps: usize) -> bool {
        if !self.env.budget.spend(steps) {
            self.refuse(EvaluationRefusal::TooMuchWork);
        }
        self.refusal.get().is_none()
    }

    /// The value of a part.
    pub fn term(&self, term: &Term, scope: &Scope<'_, 'a>) -> Collection<'a> {
        let depth = &self.env.budget.depth;
        if depth.get() >= Budget::DEEPEST {
            self.refuse(EvaluationRefusal::TooMuchWork);
        }
        if !self.spend(1) {
            return Vec::new();
        }
        depth.set(depth.get() + 1);
        let value = self.part(term, scope);
        depth.set(depth.get() - 1);
        value
    }

    fn part(&self, term: &Term, scope: &Scope<'_, 'a>) -> Collection<'a> {
        maybe(Some(match term {
            Term::Empty | Term::Pattern(_) => return Vec::new(),
            Term::Literal(datum) => (**datum).clone(),
            Term::This => return self.copy(scope.this),
            Term::Index => Datum::Integer(scope.index),
            Term::Total => return self.copy(scope.total),
            Term::Resource => Datum::Resource,
            Term::Context => return self.context(),
            Term::Variable(name) => return self.variable(name),
            Term::Path(beginning, steps) => return self.path(self.term(beginning, scope), steps, scope),
            Term::Chain(first, rest) => return self.chain(self.term(first, scope), rest, scope),
            Term::Negative(inner) => return maybe(self.negative(&self.term(inner, scope))),
        }))
    }

    fn copy(&self, collection: &[Datum<'a>]) -> Collection<'a> {
        if self.spend(weight(collection)) { collection.to_vec() } else { Vec::new() }
    }

    fn variable(&self, name: &str) -> Collection<'a> {
        match (self.env.variable)(name) {
            // A value that was found before is copied.
            Ok(Some(found)) if self.spend(weight(&found)) => return found,
            Ok(Some(_)) => {}
            Ok(None) => self.refuse(EvaluationRefusal::UnknownVariable),
            Err(refusal) => self.refuse(refusal),
        }
        Vec::new()
    }

    fn path(&self, mut focus: Collection<'a>, steps: &[Step], scope: &Scope<'_, 'a>) -> Collection<'a> {
        for (at, step) in steps.iter().enumerate() {
            focus = match self.look_up(&focus, step, steps.get(at + 1)) {
                Some(found) => found,
                None => self.step(focus, step, scope),
            };
            if !self.spend(focus.len()) {
                return Vec::new();
            }
        }
        focus
    }

    /// Where a step to items is followed by `where(linkId = '…')`: the items of those linkIds, without looking at others.
    /// The criterion itself is applied to them afterwards, as a step of its own.
    fn look_up(&self, focus: &[Datum<'a>], step: &Step, next: Option<&Step>) -> Option<Collection<'a>> {
        let reach = reach_of(step)?;
        let Some(Step::Call(Function::Iterate(Iterate::Where), criteria)) = next else { return None };
        let link_ids = criteria.first().filter(|_| !self.counts).and_then(link_ids)?;
        let places: Vec<_> = focus.iter().map(member::place).collect::<Option<_>>()?;
        let form = self.env.response.questionnaire();
        let mut items = Vec::new();
        for item in link_ids.into_iter().filter_map(|link_id| form.find(link_id)) {
            if let Err(place) = items.binary_search(&item) {
                items.insert(place, item);
            }
        }
        let mut found = Vec::new();
        for place in places {
            for item in &items {
                let (nodes, looked_at) = tree::items_of(self.env.response, place, *item, reach);
                if !self.spend(looked_at / PER_STEP) {
                    return Some(Vec::new());
                }
                found.extend(nodes.into_iter().map(Datum::Item));
            }
        }
        Some(found)
    }

    /// Takes steps for looking at all that lies directly below a value, also what is not there for expressions.
    pub fn looks_below(&self, datum: &Datum<'a>) -> bool {
        let breadth = match (datum, member::place(datum)) {
            (Datum::Json(Value::Object(members)), _) => members.len(),
            (_, Some(place)) => tree::breadth(self.env.response, place),
            _ => return true,
        };
        self.spend(breadth / PER_STEP)
    }

    fn step(&self, mut focus: Collection<'a>, step: &Step, scope: &Scope<'_, 'a>) -> Collection<'a> {
        match step {
            Step::Member(name) => {
                let mut parts = Vec::new();
                for datum in &focus {
                    if !self.looks_below(datum) {
                        return Vec::new();
                    }
                    member::member(self.env.response, datum, name, &mut parts);
                }
                parts
            }
            Step::Call(function, arguments) => self.call(*function, focus, arguments, scope),
            Step::At(position) => {
                let position = self.integer(&self.term(position, scope), "[]");
                let position = position.and_then(|position| usize::try_from(position).ok());
                maybe(position.filter(|at| *at < focus.len()).map(|at| focus.swap_remove(at)))
            }
            Step::Is(kind) => {
                maybe(self.single(&focus, "is").map(|datum| Datum::Boolean(of_type(datum, *kind).is_some())))
            }
            Step::As(kind) => maybe(self.single(&focus, "as").and_then(|datum| of_type(datum, *kind))),
            Step::OfType(kind) => focus.iter().filter_map(|datum| of_type(datum, *kind)).collect(),
        }
    }

    fn chain(&self, mut left: Collection<'a>, rest: &[(Operator, Term)], scope: &Scope<'_, 'a>) -> Collection<'a> {
        for (operator, right) in rest {
            left = match self.decided(*operator, &left) {
                Some(value) => maybe(Some(Datum::Boolean(value))),
                None => self.operate(*operator, left, self.term(right, scope)),
            };
            if !self.spend(left.len()) {
                return Vec::new();
            }
        }
        left
    }

    /// The one value of a collection that may hold one at most.
    pub fn single<'d>(&self, collection: &'d [Datum<'a>], asker: &'static str) -> Option<&'d Datum<'a>> {
        if collection.len() > 1 {
            self.refuse(EvaluationRefusal::Several(asker));
            return None;
        }
        collection.first()
    }

    /// The one whole number of a collection.
    pub fn integer(&self, collection: &[Datum<'a>], asker: &'static str) -> Option<i64> {
        match self.single(collection, asker)? {
            Datum::Integer(value) => Some(*value),
            _ => self.mismatch(asker),
        }
    }

    /// The one text of a collection.
    pub fn text<'d>(&self, collection: &'d [Datum<'a>], asker: &'static str) -> Option<&'d str> {
        self.single(collection, asker)?.as_str().or_else(|| self.mismatch(asker))
    }

    /// The one truth value of a collection; one value that is none counts as true (N1, 4.5).
    pub fn truth(&self, collection: &[Datum<'a>], asker: &'static str) -> Option<bool> {
        self.single(collection, asker).map(|datum| !matches!(datum, Datum::Boolean(false)))
    }
}

/// How far a step to items reaches, if it is one: `.item`, `descendants()`, `repeat(item)`.
pub fn reach_of(step: &Step) -> Option<Reach> {
    let is_item = |step: &Step| matches!(step, Step::Member(name) if name == "item");
    match step {
        step if is_item(step) => Some(Reach::Direct),
        Step::Call(Function::Walk(Walk::Descendants), _) => Some(Reach::Anywhere),
        Step::Call(Function::Iterate(Iterate::Repeat), arguments) if arguments.iter().all(is_item_path) => {
            Some(Reach::Groups)
        }
        _ => None,
    }
}

/// Whether a part is `item` of `$this`.
pub fn is_item_path(term: &Term) -> bool {
    let Term::Path(beginning, steps) = term else { return false };
    matches!((&**beginning, &**steps), (Term::This, [Step::Member(name)]) if name == "item")
}

/// The linkIds to which a criterion confines items, as far as that can be read off it.
pub fn link_ids(criterion: &Term) -> Option<Vec<&str>> {
    let Term::Chain(first, rest) = criterion else { return None };
    let is_link_id = |term: &Term| {
        let Term::Path(beginning, steps) = term else { return false };
        matches!((&**beginning, &**steps), (Term::This, [Step::Member(name)]) if name == "linkId")
    };
    match rest.as_slice() {
        [(Operator::Equal | Operator::In, right)] if is_link_id(first) => literals(right),
        [(Operator::Equal, right)] if is_link_id(right) => literals(first),
        rest if rest.iter().all(|(operator, _)| *operator == Operator::And) => {
            std::iter::once(&**first).chain(rest.iter().map(|(_, term)| term)).find_map(link_ids)
        }
        rest if rest.iter().all(|(operator, _)| *operator == Operator::Or) => {
            let mut all = link_ids(first)?;
            for (_, term) in rest {
                all.extend(link_ids(term)?);
            }
            Some(all)
        }
        _ => None,
    }
}

/// The texts of a literal or of a union of literals.
fn literals(term: &Term) -> Option<Vec<&str>> {
    let text = |term: &'_ Term| matches!(term, Term::Literal(datum) if datum.as_str().is_some());
    match term {
        Term::Literal(datum) => Some(vec![datum.as_str()?]),
        Term::Chain(first, rest)
            if text(first) && rest.iter().all(|(operator, term)| *operator == Operator::Union && text(term)) =>
        {
            let mut all = literals(first)?;
            for (_, term) in rest {
                all.extend(literals(term)?);
            }
            Some(all)
        }
        _ => None,
    }
}

/// The value, if it is of a type; a JSON primitive that reads as a date becomes one when asked for one.
fn of_type<'a>(datum: &Datum<'a>, kind: TypeName) -> Option<Datum<'a>> {
    let moment = |kind: MomentKind| datum.as_moment().filter(|moment| moment.kind == kind).map(Datum::Moment);
    let fits = match kind {
        TypeName::Boolean => matches!(datum, Datum::Boolean(_)),
        TypeName::Integer => matches!(datum, Datum::Integer(_)),
        TypeName::Decimal => matches!(datum, Datum::Decimal(_)),
        TypeName::String => matches!(datum, Datum::String(_) | Datum::Primitive(_)),
        TypeName::Date => return moment(MomentKind::Date),
        TypeName::DateTime => return moment(MomentKind::DateTime),
        TypeName::Time => return moment(MomentKind::Time),
        TypeName::Quantity => datum.as_measure().is_some(),
        TypeName::Coding => datum.as_measure().is_none() && datum.as_coding().is_some(),
        TypeName::Attachment => matches!(datum, Datum::Attachment(_)),
        TypeName::Resource(name) => match datum {
            Datum::Resource => name == "QuestionnaireResponse",
            Datum::Json(value) => value.get("resourceType").and_then(Value::as_str) == Some(name),
            _ => false,
        },
    };
    fits.then(|| datum.clone())
}
