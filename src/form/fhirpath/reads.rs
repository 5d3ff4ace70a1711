//! Which items an expression may depend on, found without running it: the expression is walked with the items and answers
//! that each part may yield instead of their nodes.
//!
//! Invariant: if no item reported here changes its answers, is asked or ceases to be, the value stays the same. Walking
//! through an item is no dependency of its own, since what lies below it is asked only while it is.

use super::evaluate::{link_ids, reach_of};
use super::expression::{Expression, Operator, Step, Term};
use super::function::{Collect, Function, Iterate, Walk};
use super::item_set::Items;
use super::tree::Reach;
use crate::form::{Item, ItemIx, Kind, Questionnaire};

/// What a part may yield.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Shape {
    resource: bool,
    items: Items,
    /// Items whose answers, or values of answers, it may yield.
    answers: Items,
    /// Values that come from elsewhere, or whose origin has been reported.
    other: bool,
    /// Its items are each there already, as `$this` of a criterion is: that they are tells nothing.
    given: bool,
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
}

impl Reads {
    /// The items whose answers, or whose being asked, the value may depend on, in the order of the form.
    #[must_use]
    pub fn items(&self) -> Vec<ItemIx> {
        self.all.list()
    }

    /// The first name that is asked of the response and that no part of a response has, such as a misspelt `anwser`.
    #[must_use]
    pub fn stranger(&self) -> Option<&str> {
        self.stranger.as_deref()
    }
}

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
        focus.items.insert(context);
    }
    let mut survey = Survey {
        form,
        context: focus.clone(),
        variables,
        counts: expression.counts,
        read: Items::default(),
        stranger: None,
    };
    let shape = survey.term(&expression.root, &focus, &Shape::default());
    let passed = survey.read.clone();
    survey.observe(&shape);
    Reads { passed, all: survey.read, shape, stranger: survey.stranger }
}

struct Survey<'s, 'v> {
    form: &'s Questionnaire,
    context: Shape,
    variables: &'s dyn Fn(&str) -> Option<&'v Reads>,
    counts: bool,
    read: Items,
    stranger: Option<String>,
}

impl Survey<'_, '_> {
    fn item(&self, ix: ItemIx) -> &Item {
        self.form.item(ix)
    }

    /// Reports what a part yields, where its presence, number or value counts.
    fn observe(&mut self, shape: &Shape) {
        for item in shape.items.list().into_iter().filter(|_| !shape.given) {
            // Whether an entry of a list is there depends on all that can be written in it.
            let lists = self.item(item).repeating.clone();
            for group in lists.into_iter().chain([item]) {
                self.observe_below(group);
            }
            self.observe_answers(item);
        }
        for item in shape.answers.list() {
            self.observe_answers(item);
        }
    }

    /// Reports an item, and the questions under whose answers it stands.
    fn observe_answers(&mut self, item: ItemIx) {
        self.read.insert(item);
        let mut above = self.item(item).parent;
        while let Some(parent) = above {
            if self.item(parent).kind.is_question() {
                self.read.insert(parent);
            }
            above = self.item(parent).parent;
        }
    }

    fn observe_below(&mut self, group: ItemIx) {
        let mut open = vec![group];
        while let Some(item) = open.pop() {
            self.read.insert(item);
            open.extend(&self.form.item(item).children);
        }
    }

    fn term(&mut self, term: &Term, this: &Shape, total: &Shape) -> Shape {
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
                for step in steps {
                    focus = self.step(focus, step, this, total);
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

    fn member(&mut self, focus: &Shape, name: &str) -> Shape {
        let mut parts = Shape { other: focus.other, ..Shape::default() };
        match name {
            "item" => {
                if focus.resource {
                    parts.items.insert_all(&self.form.roots);
                }
                let is_group = |item: &ItemIx| !self.form.item(*item).kind.is_question();
                for above in focus.items.list().into_iter().filter(is_group).chain(focus.answers.list()) {
                    parts.items.insert_all(&self.item(above).children);
                }
            }
            "answer" => parts.answers = self.questions(&focus.items),
            name if name.starts_with("value") => parts.answers = focus.answers.clone(),
            _ => {
                let known = "linkId text code system display unit contentType title size url extension";
                if !focus.other && !known.split(' ').any(|known| known == name) && self.stranger.is_none() {
                    self.stranger = Some(name.to_owned());
                }
                // The item at which the expression stands is there whenever the expression counts for anything.
                if !(matches!(name, "linkId" | "text") && *focus == self.context) {
                    self.observe(focus);
                }
                parts.other = true;
            }
        }
        parts
    }

    fn questions(&self, items: &Items) -> Items {
        let mut questions = Items::default();
        for item in items.list().into_iter().filter(|item| self.item(*item).kind.is_question()) {
            questions.insert(item);
        }
        questions
    }

    /// Everything below, through groups or through answers as well.
    fn below(&mut self, focus: &Shape, reach: Reach) -> Shape {
        let mut all = Shape { other: focus.other, ..Shape::default() };
        let mut open = if focus.resource { self.form.roots.clone() } else { Vec::new() };
        for item in focus.items.list().into_iter().chain(focus.answers.list()) {
            let passes = reach == Reach::Anywhere || !self.item(item).kind.is_question() || focus.answers.holds(item);
            open.extend(self.item(item).children.iter().filter(|_| passes));
        }
        while let Some(item) = open.pop() {
            let passes = reach == Reach::Anywhere || self.item(item).kind == Kind::Group;
            if all.items.insert(item) && passes {
                open.extend(&self.form.item(item).children);
            }
        }
        if reach == Reach::Anywhere {
            all.answers = self.questions(&all.items);
            all.answers.extend(&self.questions(&focus.items));
            all.answers.extend(&focus.answers);
            all.other = true;
        }
        all
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

    /// What is left where only these linkIds are wanted; nothing but items has any.
    fn narrowed(&self, focus: &Shape, names: &[&str]) -> Shape {
        let mut left = Shape { other: focus.other, ..Shape::default() };
        for item in names.iter().filter_map(|name| self.form.find(name)).filter(|item| focus.items.holds(*item)) {
            left.items.insert(item);
        }
        left
    }

    fn call(&mut self, function: Function, focus: Shape, values: &Shape) -> Shape {
        let mut yields = match function {
            Function::Walk(Walk::Today | Walk::Now | Walk::TimeOfDay) => return Shape::other(),
            Function::Walk(Walk::Descendants | Walk::Children) => return self.below(&focus, Reach::Anywhere),
            Function::Walk(Walk::Ordinal) => {
                let mut scored = Shape::default();
                let has_score = |item: &ItemIx| self.item(*item).options.iter().any(|option| option.ordinal.is_some());
                for item in focus.answers.list().into_iter().filter(has_score) {
                    scored.answers.insert(item);
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
