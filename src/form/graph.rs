//! What has to be looked at again when an item changes, and in which order; and that this never runs in a circle.

use super::fhirpath::{Expression, Reads, reads};
use super::item::{Item, ItemIx};
use super::load::{LoadRefusal, unsupported};
use super::questionnaire::Questionnaire;
use super::rules::Rules;

/// What an item is looked at for again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Look {
    /// Whether it is asked, by `enableWhen`: entries of lists look at their own entry only.
    EnableWhen,
    /// Whether it is asked, by an expression.
    EnableExpression,
    /// What its answer is reckoned to be.
    Calculation,
    /// Whether its constraints hold.
    Constraint,
}

/// An item that depends on another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Dependent {
    /// The item.
    pub item: ItemIx,
    /// For what.
    pub look: Look,
}

/// Who depends on whom.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    dependents: Vec<Vec<Dependent>>,
    ranks: Vec<u32>,
    read_themselves: Vec<ItemIx>,
    whole: Vec<Vec<ItemIx>>,
}

impl Graph {
    /// What depends on an item.
    pub fn dependents(&self, ix: ItemIx) -> &[Dependent] {
        &self.dependents[ix.at()]
    }

    /// The place of an item in an order in which everything comes behind what it depends on.
    pub fn rank(&self, ix: ItemIx) -> u32 {
        self.ranks[ix.at()]
    }

    /// Whether the calculation of an item looks at the item itself.
    pub fn reads_itself(&self, ix: ItemIx) -> bool {
        self.read_themselves.contains(&ix)
    }

    /// What the constraints of the form as a whole look at, in their order.
    pub fn whole(&self) -> &[Vec<ItemIx>] {
        &self.whole
    }

    /// Finds out who depends on whom. Names of variables that nothing defines are noted in `exclusions`.
    ///
    /// # Errors
    /// Refuses circles.
    pub fn of(form: &Questionnaire, exclusions: &mut Vec<LoadRefusal>) -> Result<Self, LoadRefusal> {
        let (dependents, ranks) = (vec![Vec::new(); form.len()], vec![0; form.len()]);
        let mut graph = Self { dependents, ranks, read_themselves: Vec::new(), whole: Vec::new() };
        let mut survey = Survey { form, known: Vec::new(), exclusions };
        let looks = survey.look(None, &form.rules).into_iter();
        graph.whole = looks.filter(|(look, _)| *look == Look::Constraint).map(|(_, read)| read).collect();
        for (position, item) in (0..).zip(form.items()) {
            let ix = ItemIx(position);
            for condition in &item.enable_when.conditions {
                graph.add(condition.question, ix, Look::EnableWhen);
            }
            let Some(rules) = &item.rules else { continue };
            for (look, read) in survey.look(Some(ix), rules) {
                for source in read {
                    match (source == ix, look) {
                        // A total over a whole form also walks over itself and counts for nothing there.
                        (true, Look::Calculation) => graph.read_themselves.push(ix),
                        // Who changes an item looks at it anyway; in a list also at what other entries say.
                        (true, Look::Constraint) if item.repeating.is_empty() => {}
                        _ => graph.add(source, ix, look),
                    }
                }
            }
        }
        graph.order(form)?;
        Ok(graph)
    }

    fn add(&mut self, source: ItemIx, item: ItemIx, look: Look) {
        let dependent = Dependent { item, look };
        let known = &mut self.dependents[source.at()];
        let twice = known.iter().rev().take_while(|other| other.item == item).any(|other| *other == dependent);
        if !twice {
            known.push(dependent);
        }
    }

    /// Ranks the items, and refuses circles. An item also reaches its children: when it is not asked, they are not, and
    /// their answers count for nothing.
    fn order(&mut self, form: &Questionnaire) -> Result<(), LoadRefusal> {
        let items: Vec<&Item> = form.items().collect();
        let reached: Vec<Vec<ItemIx>> = self
            .dependents
            .iter()
            .zip(&items)
            .map(|(dependents, item)| {
                let rules = dependents.iter().filter(|dependent| dependent.look != Look::Constraint);
                rules.map(|dependent| dependent.item).chain(item.children.iter().copied()).collect()
            })
            .collect();
        let mut marks = vec![Mark::New; items.len()];
        let mut rank = u32::MAX;
        for start in 0..items.len() {
            // An explicit stack, so that no form can be nested deep enough to overflow the real one.
            let mut path: Vec<(usize, usize)> = vec![(start, 0)];
            while let Some((item, next)) = path.pop() {
                if next == 0 && marks[item] != Mark::New {
                    continue;
                }
                marks[item] = Mark::Open;
                let Some(reached) = reached[item].get(next) else {
                    marks[item] = Mark::Done;
                    self.ranks[item] = rank;
                    rank -= 1;
                    continue;
                };
                path.push((item, next + 1));
                if marks[reached.at()] == Mark::Open {
                    let circle = path.iter().map(|(at, _)| *at).skip_while(|at| *at != reached.at());
                    let names = circle.chain([reached.at()]).map(|at| items[at].link_id.clone());
                    return Err(LoadRefusal::Cycle(names.collect()));
                }
                path.push((reached.at(), 0));
            }
        }
        Ok(())
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Mark {
    New,
    Open,
    Done,
}

/// A variable: where it is defined, its name, through how many variables it goes, and what it reads.
type Known<'f> = (Option<ItemIx>, &'f str, usize, Reads);

/// What the variables of a form read, found once for each.
struct Survey<'f, 'x> {
    form: &'f Questionnaire,
    known: Vec<Known<'f>>,
    exclusions: &'x mut Vec<LoadRefusal>,
}

/// More variables behind one another than any form needs; hostile ones would take the stack.
const DEEPEST: usize = 64;

impl<'f> Survey<'f, '_> {
    /// What each of the rules at a place reads.
    fn look(&mut self, at: Option<ItemIx>, rules: &'f Rules) -> Vec<(Look, Vec<ItemIx>)> {
        // Every variable is looked at, used or not, so that a form is refused for what it says and not for what it does.
        for (name, _) in &rules.variables {
            self.variable(at, name, &mut Vec::new());
        }
        let mut looks = Vec::new();
        let calculated = rules.calculated.iter().map(|expression| (Look::Calculation, expression));
        let enabled = rules.enable_when.iter().map(|expression| (Look::EnableExpression, expression));
        let constraints = rules.constraints.iter().map(|constraint| (Look::Constraint, &constraint.expression));
        for (look, expression) in calculated.chain(enabled).chain(constraints) {
            looks.push((look, self.read(at, expression, &mut Vec::new()).1.items()));
        }
        if let Some(initial) = &rules.initial {
            self.read(at, initial, &mut Vec::new());
        }
        looks
    }

    /// Through how many variables an expression goes, and what it reads.
    fn read(
        &mut self,
        at: Option<ItemIx>,
        expression: &'f Expression,
        path: &mut Vec<(Option<ItemIx>, &'f str)>,
    ) -> (usize, Reads) {
        let mut found = Vec::new();
        for name in expression.variables() {
            if let Some((place, index)) = self.variable(at, name, path) {
                found.push((name.as_str(), place, index));
            }
        }
        let known = |place: &_, own: &_| self.known.iter().find(|known| (&known.0, &known.1) == (place, own));
        let depth = found.iter().filter_map(|(_, place, own)| Some(known(place, own)?.2 + 1)).max();
        let lookup = |name: &str| {
            let (_, place, own) = found.iter().find(|(own, ..)| *own == name)?;
            known(place, own).map(|(.., reads)| reads)
        };
        (depth.unwrap_or_default(), reads(expression, self.form, at, &lookup))
    }

    /// Finds the definition of a variable as seen from a place, and what it reads; none for launch resources.
    fn variable(
        &mut self,
        from: Option<ItemIx>,
        name: &str,
        path: &mut Vec<(Option<ItemIx>, &'f str)>,
    ) -> Option<(Option<ItemIx>, &'f str)> {
        let inside = path.last().filter(|(place, _)| *place == from).map(|(_, own)| *own);
        let link_id = from.map_or("", |ix| &self.form.item(ix).link_id);
        let Some((place, own, expression)) = self.form.variable(from, name, inside) else {
            if !self.form.is_launched_with(name) {
                self.exclusions.push(unsupported(link_id, &format!("the variable %{name}, which nothing defines")));
            }
            return None;
        };
        if self.known.iter().any(|(at, known, ..)| *at == place && *known == own) {
            return Some((place, own));
        }
        let itself = path.contains(&(place, own));
        path.push((place, own));
        let (depth, reads) = if itself || path.len() > DEEPEST {
            (DEEPEST, Reads::default())
        } else {
            self.read(place, expression, path)
        };
        path.pop();
        if itself || depth >= DEEPEST {
            let what = if itself { "which depends on itself" } else { "which goes through too many others" };
            self.exclusions.push(unsupported(link_id, &format!("the variable %{name}, {what}")));
            return None;
        }
        self.known.push((place, own, depth, reads));
        Some((place, own))
    }
}
