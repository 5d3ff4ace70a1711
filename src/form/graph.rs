//! What has to be looked at again when an item changes, and in which order; and that this never runs in a circle.

use super::fhirpath::{Expression, Reads, reads};
use super::item::{Item, ItemIx};
use super::load::{Limit, LoadRefusal, unsupported};
use super::questionnaire::Questionnaire;
use super::rules::Rules;

/// What an item is looked at for again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Look {
    /// Whether it is asked, by `enableWhen`.
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
    /// How many lists around both, outermost first, it looks at only in its own entries.
    pub shared: usize,
}

/// How many lists, outermost first, two items stand in together.
pub fn shared_lists(one: &Item, two: &Item) -> usize {
    one.repeating.iter().zip(&two.repeating).take_while(|(a, b)| a == b).count()
}

/// How many dependences a form may have in all. A thousand rules that each read a thousand answers have as many.
const MOST_DEPENDENCES: usize = 1_000_000;

/// What finding them out may take, about the number of items looked at.
const MOST_EFFORT: usize = 20_000_000;

/// Who depends on whom.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    dependents: Vec<Vec<Dependent>>,
    ranks: Vec<u32>,
    /// In the order of the form.
    read_themselves: Vec<(ItemIx, usize)>,
    dependences: usize,
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

    /// Whether the calculation of an item looks at the item itself; then how many lists, outermost first, it looks at only
    /// in its own entries.
    pub fn reads_itself(&self, ix: ItemIx) -> Option<usize> {
        let found = self.read_themselves.binary_search_by_key(&ix, |(own, _)| *own);
        found.ok().map(|at| self.read_themselves[at].1)
    }

    /// What the constraints of the form as a whole look at, in their order.
    pub fn whole(&self) -> &[Vec<ItemIx>] {
        &self.whole
    }

    /// Finds out who depends on whom. Names of variables that nothing defines are noted in `exclusions`.
    ///
    /// # Errors
    /// Refuses circles, and more dependences than any honest form has.
    pub fn of(form: &Questionnaire, exclusions: &mut Vec<LoadRefusal>) -> Result<Self, LoadRefusal> {
        let (dependents, ranks) = (vec![Vec::new(); form.len()], vec![0; form.len()]);
        let mut graph = Self { dependents, ranks, ..Self::default() };
        let known = (0..=form.len()).map(|_| Vec::new()).collect();
        let mut survey = Survey { form, known, effort: 0, exclusions };
        let looks = survey.look(None, &form.rules).into_iter().filter(|(look, _)| *look == Look::Constraint);
        graph.whole = looks.map(|(_, reads)| reads.items().map(|(item, _)| item).collect()).collect();
        survey.within_bounds(0, None)?;
        for (position, item) in (0..).zip(form.items()) {
            let ix = ItemIx(position);
            for condition in &item.enable_when.conditions {
                let shared = shared_lists(item, form.item(condition.question));
                graph.add(condition.question, Dependent { item: ix, look: Look::EnableWhen, shared });
            }
            let rules = item.rules.iter().flat_map(|rules| survey.look(Some(ix), rules));
            for (look, reads) in rules {
                for (source, shared) in reads.items() {
                    let shared = usize::from(shared).min(form.item(source).repeating.len());
                    if source == ix && look == Look::Calculation {
                        // A total over a whole form also walks over itself and counts for nothing there.
                        graph.read_themselves.push((ix, shared));
                    } else {
                        graph.add(source, Dependent { item: ix, look, shared });
                    }
                }
            }
            survey.within_bounds(graph.dependences, Some(item))?;
        }
        graph.order(form)?;
        Ok(graph)
    }

    fn add(&mut self, source: ItemIx, dependent: Dependent) {
        let known = &mut self.dependents[source.at()];
        let of_item = known.iter_mut().rev().take_while(|other| other.item == dependent.item);
        if let Some(twice) = of_item.into_iter().find(|other| other.look == dependent.look) {
            twice.shared = twice.shared.min(dependent.shared);
        } else {
            known.push(dependent);
            self.dependences += 1;
        }
    }

    /// Ranks the items, and refuses circles. An item also reaches its children: when it is not asked, they are not, and
    /// their answers count for nothing.
    fn order(&mut self, form: &Questionnaire) -> Result<(), LoadRefusal> {
        let mut marks = vec![Mark::New; form.len()];
        let mut rank = u32::MAX;
        // An explicit stack, so that no form can be nested deep enough to overflow the real one.
        let mut path: Vec<(usize, usize)> = Vec::new();
        for start in 0..form.len() {
            path.push((start, 0));
            while let Some((item, next)) = path.pop() {
                if next == 0 && marks[item] != Mark::New {
                    continue;
                }
                marks[item] = Mark::Open;
                let Some((reached, next)) = self.reached(form, item, next) else {
                    marks[item] = Mark::Done;
                    self.ranks[item] = rank;
                    rank -= 1;
                    continue;
                };
                path.push((item, next));
                if marks[reached.at()] == Mark::Open {
                    let circle = path.iter().map(|(at, _)| *at).skip_while(|at| *at != reached.at());
                    let names = circle.chain([reached.at()]).map(|at| form.nth(at).link_id.clone());
                    return Err(LoadRefusal::Cycle(names.collect()));
                }
                path.push((reached.at(), 0));
            }
        }
        Ok(())
    }

    /// The first item from a position on that one reaches, and the position behind it.
    fn reached(&self, form: &Questionnaire, item: usize, from: usize) -> Option<(ItemIx, usize)> {
        let dependents = &self.dependents[item];
        let rules = dependents.iter().enumerate().skip(from);
        let rule = rules.into_iter().find(|(_, dependent)| dependent.look != Look::Constraint);
        if let Some((at, dependent)) = rule {
            return Some((dependent.item, at + 1));
        }
        let behind = from.max(dependents.len());
        let child = form.nth(item).children.get(behind - dependents.len())?;
        Some((*child, behind + 1))
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Mark {
    New,
    Open,
    Done,
}

/// A variable by where it is defined, the form or an item, and its name.
type Name<'f> = (Option<ItemIx>, &'f str);

/// What the variables of a form read, found once for each.
struct Survey<'f, 'x> {
    form: &'f Questionnaire,
    /// By where they are defined: name, through how many variables it goes, what it reads.
    known: Vec<Vec<(&'f str, usize, Reads)>>,
    effort: usize,
    exclusions: &'x mut Vec<LoadRefusal>,
}

/// So many reasons against a form are told.
const MOST_EXCLUSIONS: usize = 1_000;

/// More variables behind one another than any form needs; hostile ones would take the stack.
const DEEPEST: usize = 64;

impl<'f> Survey<'f, '_> {
    /// What each of the rules at a place reads.
    fn look(&mut self, at: Option<ItemIx>, rules: &'f Rules) -> Vec<(Look, Reads)> {
        if rules.has_expressions() { self.look_at(at, rules) } else { Vec::new() }
    }

    #[inline(never)] // An entry of tools/parts.json.
    fn look_at(&mut self, at: Option<ItemIx>, rules: &'f Rules) -> Vec<(Look, Reads)> {
        // Every variable is looked at, used or not, so that a form is refused for what it says and not for what it does.
        for (name, _) in &rules.variables {
            self.variable(at, name, &mut Vec::new());
        }
        let mut looks = Vec::new();
        let calculated = rules.calculated.iter().map(|expression| (Look::Calculation, expression));
        let enabled = rules.enable_when.iter().map(|expression| (Look::EnableExpression, expression));
        let constraints = rules.constraints.iter().map(|constraint| (Look::Constraint, &constraint.expression));
        for (look, expression) in calculated.chain(enabled).chain(constraints) {
            looks.push((look, self.read(at, expression, &mut Vec::new()).1));
        }
        if let Some(initial) = &rules.initial {
            self.read(at, initial, &mut Vec::new());
        }
        looks
    }

    /// Refuses a form that asks for more than this may take.
    fn within_bounds(&self, dependences: usize, item: Option<&Item>) -> Result<(), LoadRefusal> {
        if dependences <= MOST_DEPENDENCES && self.effort < MOST_EFFORT {
            return Ok(());
        }
        let link_id = item.map_or_else(String::new, |item| item.link_id.clone());
        Err(LoadRefusal::TooLarge { link_id, limit: Limit::Dependences })
    }

    fn spend(&mut self, effort: usize) {
        self.effort = self.effort.saturating_add(effort);
    }

    fn exclude(&mut self, link_id: &str, what: &str) {
        // Who is told a hundred reasons is not helped by more, and hostile forms have millions.
        if self.exclusions.len() < MOST_EXCLUSIONS {
            self.exclusions.push(unsupported(link_id, what));
        }
    }

    fn known(&self, (place, name): Name<'f>) -> Option<&(&'f str, usize, Reads)> {
        self.known[place.map_or(0, |ix| ix.at() + 1)].iter().find(|(own, ..)| *own == name)
    }

    /// Through how many variables an expression goes, and what it reads.
    fn read(&mut self, at: Option<ItemIx>, expression: &'f Expression, path: &mut Vec<Name<'f>>) -> (usize, Reads) {
        let mut found = Vec::new();
        for name in expression.variables() {
            found.extend(self.variable(at, name, path).map(|variable| (name.as_str(), variable)));
        }
        let depth = found.iter().filter_map(|(_, variable)| Some(self.known(*variable)?.1 + 1)).max();
        let lookup = |name: &str| {
            let (_, variable) = found.iter().find(|(own, _)| *own == name)?;
            self.known(*variable).map(|(.., reads)| reads)
        };
        let reads = reads(expression, self.form, at, &lookup);
        self.spend(if reads.is_incomplete() { MOST_EFFORT } else { reads.effort() });
        (depth.unwrap_or_default(), reads)
    }

    /// Finds the definition of a variable as seen from a place, and what it reads; none for launch resources.
    fn variable(&mut self, from: Option<ItemIx>, name: &str, path: &mut Vec<Name<'f>>) -> Option<Name<'f>> {
        if self.effort >= MOST_EFFORT {
            return None;
        }
        let inside = path.last().filter(|(place, _)| *place == from).map(|(_, own)| *own);
        let link_id = from.map_or("", |ix| &self.form.item(ix).link_id);
        let Some((place, own, expression)) = self.form.variable(from, name, inside) else {
            if !self.form.is_launched_with(name) {
                self.exclude(link_id, &format!("the variable %{name}, which nothing defines"));
            }
            return None;
        };
        // Names are looked for among all that stand at a place.
        let names = place.map_or(Some(&self.form.rules), |ix| self.form.item(ix).rules.as_deref());
        self.spend(names.map_or(0, |rules| rules.variables.len() / 8));
        if self.known((place, own)).is_some() {
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
            self.exclude(link_id, &format!("the variable %{name}, {what}"));
            return None;
        }
        self.known[place.map_or(0, |ix| ix.at() + 1)].push((own, depth, reads));
        Some((place, own))
    }
}
