//! Who is what to whom, as an editor asks it: for keys that follow kinship, and for words beside a name.
//!
//! All is read off the ties anew each time. Whoever a tie makes a parent is one, by birth or not; what is not tied to the
//! person one begins with, by any number of ties, is left out.

use super::cells::is_dead;
use super::family::{Family, Union};
use super::genogram::{Couple, CoupleKind, Genogram, PersonId};
use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet, VecDeque};

/// What somebody is to somebody else. The first that fits is told: an uncle whom somebody married is their partner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kin {
    /// A parent.
    Parent,
    /// A child.
    Child,
    /// A partner, also one who died or lives apart.
    Partner,
    /// A partner of a union that ended otherwise.
    FormerPartner,
    /// A child of the same union, or of the same two parents.
    Sibling,
    /// A child of one of the parents.
    HalfSibling,
    /// A parent of a parent.
    Grandparent,
    /// A child of a child.
    Grandchild,
    /// A brother or sister of a parent: an aunt or uncle.
    ParentSibling,
    /// A child of a brother or sister: a niece or nephew.
    SiblingChild,
    /// A child of an aunt or uncle.
    Cousin,
    /// Kin of a partner, or a partner of kin.
    PartnerKin,
    /// Anybody else whom ties lead to.
    Other,
}

/// The parents of somebody, those under whom they stand first.
#[must_use]
pub fn parents(genogram: &Genogram, person: &PersonId) -> Vec<PersonId> {
    of(genogram, person, |ties, number| ties.parents(number))
}

/// The children of somebody: those of one union after those of another, and of each in the order in which they are drawn.
#[must_use]
pub fn children(genogram: &Genogram, person: &PersonId) -> Vec<PersonId> {
    of(genogram, person, |ties, number| ties.children(number))
}

/// The brothers and sisters of somebody in the order in which they are drawn, then those of whom one parent is the same.
#[must_use]
pub fn siblings(genogram: &Genogram, person: &PersonId) -> Vec<PersonId> {
    of(genogram, person, |ties, number| {
        let mut all = ties.siblings(number);
        all.extend(ties.half_siblings(number));
        all
    })
}

/// Those with whom somebody is or was together.
#[must_use]
pub fn partners(genogram: &Genogram, person: &PersonId) -> Vec<PersonId> {
    of(genogram, person, |ties, number| ties.partners(number))
}

/// In which generation everybody is, seen from one person: −2 for grandparents, 0 for brothers, sisters and partners, 1 for
/// children. The shortest way over the ties counts, so somebody may be drawn further up or down.
#[must_use]
pub fn generation_of(genogram: &Genogram, index: &PersonId) -> HashMap<PersonId, i32> {
    let ties = Ties(Family::of(genogram));
    let found = ties.number(index).map(|number| ties.generations(number)).unwrap_or_default();
    found.into_iter().map(|(number, generation)| (ties.id(number), generation)).collect()
}

/// What everybody whom ties lead to is to one person; the person themselves is not among them.
#[must_use]
pub fn kinship(genogram: &Genogram, from: &PersonId) -> HashMap<PersonId, Kin> {
    let ties = Ties(Family::of(genogram));
    let Some(from) = ties.number(from) else { return HashMap::new() };
    let mut found = ties.close_kin(from);
    for other in ties.kin_by_union(from, &found) {
        found.entry(other).or_insert(Kin::PartnerKin);
    }
    for other in ties.generations(from).into_keys() {
        found.entry(other).or_insert(Kin::Other);
    }
    found.remove(&from);
    found.into_iter().map(|(number, kin)| (ties.id(number), kin)).collect()
}

fn of(genogram: &Genogram, person: &PersonId, ask: impl Fn(&Ties<'_>, usize) -> Vec<usize>) -> Vec<PersonId> {
    let ties = Ties(Family::of(genogram));
    let Some(number) = ties.number(person) else { return Vec::new() };
    let mut seen = HashSet::from([number]);
    let found = ask(&ties, number);
    found.into_iter().filter(|&other| seen.insert(other)).map(|other| ties.id(other)).collect()
}

/// The ties of a family by numbers; answers may hold somebody twice.
struct Ties<'a>(Family<'a>);

impl Ties<'_> {
    fn number(&self, id: &PersonId) -> Option<usize> {
        self.0.people.iter().position(|person| person.id == *id)
    }

    fn id(&self, number: usize) -> PersonId {
        self.0.people[number].id.clone()
    }

    fn parents(&self, person: usize) -> Vec<usize> {
        let unions = self.0.ties_of[person].iter().map(|&tie| self.0.ties[tie].union);
        unions.flat_map(|union| self.0.unions[union].partners.iter().copied()).collect()
    }

    fn children(&self, person: usize) -> Vec<usize> {
        self.0.unions_of[person].iter().flat_map(|&union| self.born_to(union)).collect()
    }

    fn born_to(&self, union: usize) -> Vec<usize> {
        self.0.unions[union].children.iter().map(|&tie| self.0.ties[tie].child).collect()
    }

    /// Children of the same unions, and of other unions of the same two parents.
    fn siblings(&self, person: usize) -> Vec<usize> {
        let unions = self.0.ties_of[person].iter().map(|&tie| self.0.ties[tie].union);
        let mut all: Vec<usize> = unions.flat_map(|union| self.born_to(union)).collect();
        let parents: HashSet<usize> = self.parents(person).into_iter().collect();
        let shared = |&other: &usize| {
            let of: HashSet<usize> = self.parents(other).into_iter().collect();
            of.intersection(&parents).count() > 1
        };
        all.extend(parents.iter().min().into_iter().flat_map(|&parent| self.children(parent)).filter(shared));
        all.retain(|&other| other != person);
        all
    }

    fn half_siblings(&self, person: usize) -> Vec<usize> {
        let whole: HashSet<usize> = self.siblings(person).into_iter().collect();
        let all = self.parents(person).into_iter().flat_map(|parent| self.children(parent));
        all.filter(|other| *other != person && !whole.contains(other)).collect()
    }

    fn partners(&self, person: usize) -> Vec<usize> {
        self.unions(person).into_iter().map(|(other, _)| other).collect()
    }

    /// Partners, each as what they are by the union.
    fn unions(&self, person: usize) -> Vec<(usize, Kin)> {
        let couples = self.0.unions_of[person].iter().map(|&union| &self.0.unions[union]);
        let partners = couples.flat_map(|union| {
            let kin = if union.couple.is_some_and(|couple| self.is_over(couple, union)) {
                Kin::FormerPartner
            } else {
                Kin::Partner
            };
            union.partners.iter().copied().filter(|&other| other != person).map(move |other| (other, kin))
        });
        partners.collect()
    }

    /// Who was widowed, or lives apart, still has the partner they married.
    fn is_over(&self, couple: &Couple, union: &Union<'_>) -> bool {
        match couple.kind {
            CoupleKind::Divorced => true,
            CoupleKind::Widowed | CoupleKind::Separated => false,
            _ => couple.to.is_some() && !union.partners.iter().any(|&partner| is_dead(self.0.people[partner])),
        }
    }

    /// Kin by birth, adoption and union that has a word of its own.
    fn close_kin(&self, from: usize) -> HashMap<usize, Kin> {
        let all_siblings = |person: usize| [self.siblings(person), self.half_siblings(person)].concat();
        let each = |people: &[usize], ask: &dyn Fn(usize) -> Vec<usize>| -> Vec<usize> {
            people.iter().flat_map(|&person| ask(person)).collect()
        };
        let (parents, children, siblings) = (self.parents(from), self.children(from), all_siblings(from));
        let unions = self.unions(from);
        let by_kind = |kind: Kin| unions.iter().filter(|(_, kin)| *kin == kind).map(|(other, _)| *other).collect();
        let parent_siblings = each(&parents, &all_siblings);
        let all: [(Kin, Vec<usize>); 11] = [
            (Kin::Parent, parents.clone()),
            (Kin::Child, children.clone()),
            (Kin::Partner, by_kind(Kin::Partner)),
            (Kin::FormerPartner, by_kind(Kin::FormerPartner)),
            (Kin::Sibling, self.siblings(from)),
            (Kin::HalfSibling, self.half_siblings(from)),
            (Kin::Grandparent, each(&parents, &|parent| self.parents(parent))),
            (Kin::Grandchild, each(&children, &|child| self.children(child))),
            (Kin::SiblingChild, each(&siblings, &|sibling| self.children(sibling))),
            (Kin::Cousin, each(&parent_siblings, &|sibling| self.children(sibling))),
            (Kin::ParentSibling, parent_siblings),
        ];
        let mut found = HashMap::from([(from, Kin::Other)]);
        for (kin, people) in all {
            people.into_iter().for_each(|person| _ = found.entry(person).or_insert(kin));
        }
        found
    }

    /// Kin of the partners of somebody, and the partners of their kin.
    fn kin_by_union(&self, from: usize, close: &HashMap<usize, Kin>) -> HashSet<usize> {
        let partners = self.partners(from).into_iter().flat_map(|partner| self.close_kin(partner).into_keys());
        partners.chain(close.keys().flat_map(|&person| self.partners(person))).collect()
    }

    /// Generations by the shortest ways from one person.
    fn generations(&self, from: usize) -> HashMap<usize, i32> {
        let mut found = HashMap::from([(from, 0)]);
        let mut open = VecDeque::from([(from, 0)]);
        while let Some((person, generation)) = open.pop_front() {
            let steps = [
                (self.parents(person), generation - 1),
                (self.partners(person), generation),
                (self.siblings(person), generation),
                (self.children(person), generation + 1),
            ];
            for (others, generation) in steps {
                for other in others {
                    if let Entry::Vacant(entry) = found.entry(other) {
                        entry.insert(generation);
                        open.push_back((other, generation));
                    }
                }
            }
        }
        found
    }
}
