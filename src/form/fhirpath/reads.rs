//! Which items an expression may depend on, found without running it: the expression is walked with the items and answers
//! that each part may yield instead of their nodes.
//!
//! Invariants: if no item reported here changes its answers, is asked or ceases to be, the value stays the same; of an
//! item in lists only those nodes matter that stand in the entries it is said to share. Walking through an item is no
//! dependency of its own, since what lies below it is asked only while it is.

use super::evaluate::{link_ids, reach_of};
use super::expression::{Expression, Operator, Step, Term};
use super::function::{Collect, Function, Iterate, Walk};
use super::item_set::Items;
use super::tree::Reach;
use crate::form::{Item, ItemIx, Questionnaire};

/// What a part may yield.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shape {
    /// The response.
    pub resource: bool,
    /// Items.
    pub items: Items,
    /// Items whose answers, or values of answers, it may yield.
    pub answers: Items,
    /// Values that come from elsewhere, or whose origin has been reported.
    pub other: bool,
    /// Its items are each there already, as `$this` of a criterion is: that they are tells nothing.
    pub given: bool,
}

impl Shape {
    fn other() -> Self {
        Self { other: true, ..Self::default() }
    }

    fn extend(&mut self, more: &Self) {
        self.resource |= more.resource;
        self.other |= more.other;
        self.given &= more.given;
        self.items.extend(&more.items);
        self.answers.extend(&more.answers);
    }
}

/// What an expression may depend on.
#[derive(Clone, Debug, Default)]
pub struct Reads {
    passed: Items,
    all: Items,
    shape: Shape,
    stranger: Option<String>,
    effort: usize,
}

impl Reads {
    /// The items whose answers, or whose being asked, the value may depend on, in the order of the form; each with the
    /// number of lists around it, outermost first, in which only the entries matter that the expression stands in itself.
    pub fn items(&self) -> impl ExactSizeIterator<Item = (ItemIx, u8)> + use<'_> {
        self.all.iter()
    }

    /// About how many items were looked at to find this out.
    #[must_use]
    pub const fn effort(&self) -> usize {
        self.effort
    }

    /// Whether there was so much to look at that what was found is not all.
    #[must_use]
    pub const fn is_incomplete(&self) -> bool {
        self.effort > MOST_EFFORT
    }

    /// The first name that is asked of the response and that no part of a response has, such as a misspelt `anwser`.
    #[must_use]
    pub fn stranger(&self) -> Option<&str> {
        self.stranger.as_deref()
    }
}

/// No honest expression over a large form looks at so many items.
const MOST_EFFORT: usize = 1_000_000;

/// What an expression at an item (none: at the resource) may depend on. `variables` gives the same for the variables that
/// are expressions themselves, and nothing for those that hold resources.
#[must_use]
pub fn reads<'v>(
    expression: &Expression,
    form: &Questionnaire,
    context: Option<ItemIx>,
    variables: &dyn Fn(&str) -> Option<&'v Reads>,
) -> Reads {
    let mut focus = Shape { resource: context.is_none(), ..Shape::default() };
    if let Some(context) = context {
        // Whatever is reached from an item stands in the entries in which it stands itself.
        focus.items.insert(context, depth(form.item(context)));
    }
    let mut survey = Survey {
        form,
        context: focus.clone(),
        variables,
        counts: expression.counts,
        read: Items::default(),
        whole: Items::default(),
        stranger: None,
        effort: 0,
    };
    let shape = survey.term(&expression.root, &focus, &Shape::default());
    let passed = survey.read.clone();
    survey.observe(&shape);
    Reads { passed, all: survey.read, shape, stranger: survey.stranger, effort: survey.effort }
}

/// In how many lists an item stands.
fn depth(item: &Item) -> u8 {
    u8::try_from(item.repeating.len()).unwrap_or(u8::MAX)
}

/// A walk through one expression.
pub struct Survey<'s, 'v> {
    /// The form.
    pub form: &'s Questionnaire,
    /// What `%context` yields.
    pub context: Shape,
    variables: &'s dyn Fn(&str) -> Option<&'v Reads>,
    /// Whether `$index` occurs.
    pub counts: bool,
    read: Items,
    /// Items that were reported with all below them.
    whole: Items,
    /// The first name that no part of a response has.
    pub stranger: Option<String>,
    effort: usize,
}

impl Survey<'_, '_> {
    /// An item.
    pub fn item(&self, ix: ItemIx) -> &Item {
        self.form.item(ix)
    }

    /// Whether an item is a question.
    pub fn is_question(&self, ix: ItemIx) -> bool {
        self.item(ix).kind.is_question()
    }

    fn note(&mut self, item: ItemIx, shared: u8) {
        self.effort += 1;
        self.read.insert(item, shared);
    }

    /// Reports what a part yields, where its presence, number or value counts.
    pub fn observe(&mut self, shape: &Shape) {
        for (item, shared) in shape.items.iter().filter(|_| !shape.given) {
            // Whether an entry of a list is there depends on all that can be written in it.
            let lists = self.form.item(item).repeating.iter().skip(shared.into());
            for group in lists.chain([&item]) {
                self.observe_below(*group, shared);
            }
            self.observe_answers(item, shared);
        }
        for (item, shared) in shape.answers.iter() {
            self.observe_answers(item, shared);
        }
    }

    /// Reports an item, and the questions under whose answers it stands.
    fn observe_answers(&mut self, item: ItemIx, shared: u8) {
        self.note(item, shared);
        let mut above = self.item(item).parent;
        while let Some(parent) = above {
            if self.is_question(parent) {
                self.note(parent, shared.min(depth(self.item(parent))));
            }
            above = self.item(parent).parent;
        }
    }

    fn observe_below(&mut self, group: ItemIx, shared: u8) {
        let mut open = Vec::new();
        // All that stands in a list would ask for the whole list again.
        let mut next = self.whole.insert(group, shared).then_some(group);
        while let Some(item) = next {
            self.note(item, shared);
            open.extend(self.form.item(item).children.iter().rev());
            next = open.pop();
        }
    }

    fn term(&mut self, term: &Term, this: &Shape, total: &Shape) -> Shape {
        if self.effort > MOST_EFFORT {
            return Shape::default();
        }
        let shape = self.part(term, this, total);
        self.effort += 1 + shape.items.len() + shape.answers.len();
        shape
    }

    fn part(&mut self, term: &Term, this: &Shape, total: &Shape) -> Shape {
        match term {
            Term::Empty => Shape::default(),
            Term::Literal(_) | Term::Pattern(_) | Term::Index => Shape::other(),
            Term::This => this.clone(),
            Term::Total => total.clone(),
            Term::Resource => Shape { resource: true, ..Shape::default() },
            Term::Context => self.context.clone(),
            Term::Variable(name) => match (self.variables)(name) {
                Some(reads) => {
                    self.read.extend(&reads.passed);
                    reads.shape.clone()
                }
                None => Shape::other(),
            },
            Term::Path(beginning, steps) => {
                let mut focus = self.term(beginning, this, total);
                for (at, step) in steps.iter().enumerate() {
                    focus = match self.look_up(&focus, step, steps.get(at + 1)) {
                        Some(found) => found,
                        None => self.step(focus, step, this, total),
                    };
                    self.effort += focus.items.len() + focus.answers.len();
                }
                focus
            }
            Term::Chain(first, rest) => {
                let mut all = self.term(first, this, total);
                for (operator, right) in rest {
                    let right = self.term(right, this, total);
                    if *operator != Operator::Union {
                        self.observe(&all);
                        self.observe(&right);
                        all = Shape::other();
                    }
                    all.extend(&right);
                }
                all
            }
            Term::Negative(inner) => {
                let inner = self.term(inner, this, total);
                self.observe(&inner);
                Shape::other()
            }
        }
    }

    fn step(&mut self, focus: Shape, step: &Step, this: &Shape, total: &Shape) -> Shape {
        match step {
            Step::Member(name) => self.member(&focus, name),
            Step::Is(_) => {
                self.observe(&focus);
                Shape::other()
            }
            Step::OfType(_) => focus,
            Step::As(_) => {
                self.observe(&focus);
                focus
            }
            Step::At(position) => {
                let position = self.term(position, this, total);
                self.observe(&position);
                self.observe(&focus);
                focus
            }
            Step::Call(Function::Iterate(function), arguments) => {
                let known = reach_of(step).filter(|_| *function == Iterate::Repeat);
                match known {
                    Some(reach) => self.below(&focus, reach),
                    None => self.iterate(*function, focus, arguments, this, total),
                }
            }
            Step::Call(function, arguments) => {
                let mut values = Shape::default();
                for argument in arguments {
                    let value = self.term(argument, this, total);
                    values.extend(&value);
                }
                self.call(*function, focus, &values)
            }
        }
    }

    fn iterate(
        &mut self,
        function: Iterate,
        mut focus: Shape,
        arguments: &[Term],
        this: &Shape,
        total: &Shape,
    ) -> Shape {
        if self.counts {
            self.observe(&focus);
        }
        let narrowed = arguments.first().filter(|_| !self.counts).and_then(link_ids);
        if let (Some(names), Iterate::Where | Iterate::Exists) = (narrowed, function) {
            focus = self.narrowed(&focus, &names);
        }
        let mut yields = self.yields(function, &focus, arguments, this, total);
        let is_walk = arguments.first().is_some_and(is_walk);
        match function {
            Iterate::Where => return focus,
            Iterate::Iif | Iterate::Coalesce => {}
            Iterate::Select | Iterate::Repeat if is_walk => {}
            // How often something is done depends on how many there are.
            _ => self.observe(&focus),
        }
        yields.other = true;
        yields
    }

    /// What the arguments of such a function yield, given what it is called on.
    fn yields(&mut self, function: Iterate, focus: &Shape, arguments: &[Term], this: &Shape, total: &Shape) -> Shape {
        let mut yields = Shape::default();
        let inside = if function == Iterate::Coalesce { this.clone() } else { focus.clone() };
        // What is repeated or totalled may yield more each time, until there is nothing new.
        loop {
            let (mut this, mut total) = (inside.clone(), total.clone());
            match function {
                Iterate::Repeat => this.extend(&yields),
                Iterate::Aggregate => total.extend(&yields),
                _ => {}
            }
            this.given |= !matches!(function, Iterate::Iif | Iterate::Coalesce);
            let before = yields.clone();
            for (position, argument) in arguments.iter().enumerate() {
                let value = self.term(argument, &this, &total);
                let is_yielded = match function {
                    Iterate::Where | Iterate::Exists | Iterate::All => false,
                    Iterate::Iif => position > 0,
                    _ => true,
                };
                if is_yielded {
                    yields.extend(&value);
                }
                if !is_yielded || function == Iterate::Coalesce {
                    self.observe(&value);
                }
            }
            if yields == before || !matches!(function, Iterate::Repeat | Iterate::Aggregate) {
                break;
            }
        }
        yields
    }

    fn call(&mut self, function: Function, focus: Shape, values: &Shape) -> Shape {
        let mut yields = match function {
            Function::Walk(Walk::Today | Walk::Now | Walk::TimeOfDay) => return Shape::other(),
            Function::Walk(Walk::Descendants | Walk::Children) => return self.below(&focus, Reach::Anywhere),
            Function::Walk(Walk::Ordinal) => {
                let mut scored = Shape::default();
                let has_score = |item: &ItemIx| self.item(*item).options.iter().any(|option| option.ordinal.is_some());
                for (item, shared) in focus.answers.iter().filter(|(item, _)| has_score(item)) {
                    scored.answers.insert(item, shared);
                }
                self.observe(&scored);
                return Shape::other();
            }
            Function::Walk(Walk::Extension) => {
                // An extension may say why there is no answer, also of an item that is there anyway.
                self.observe(&Shape { given: false, ..focus.clone() });
                self.observe(values);
                focus
            }
            Function::Collect(Collect::Union | Collect::Combine | Collect::Distinct) => focus,
            _ => {
                self.observe(&focus);
                self.observe(values);
                focus
            }
        };
        yields.extend(values);
        yields.other = true;
        yields
    }
}

/// Whether a part only walks from `$this` to items and answers below, so that it yields nothing where there is nothing.
fn is_walk(term: &Term) -> bool {
    let walks = |step: &Step| match step {
        Step::Member(name) => name == "item" || name == "answer" || name.starts_with("value"),
        Step::Call(function, _) => *function == Function::Iterate(Iterate::Where),
        _ => false,
    };
    match term {
        Term::This => true,
        Term::Path(beginning, steps) => matches!(**beginning, Term::This) && steps.iter().all(walks),
        _ => false,
    }
}
