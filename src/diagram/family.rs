//! The lists of a genogram with numbers in place of names, in an order that does not depend on how the lists came.
//!
//! Everything behind this module works on numbers. Person 3 is the third by identifier, whatever list held them, so equal
//! families give equal drawings.

use super::genogram::{ChildKind, ChildTie, Couple, Genogram, Parents, Person, PersonId, Twins};
use crate::domain::Calendar;
use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap};

/// A family by numbers.
pub(super) struct Family<'a> {
    /// By identifier.
    pub people: Vec<&'a Person>,
    /// Couples by identifier, then people who are parents alone.
    pub unions: Vec<Union<'a>>,
    /// Who is whose child: first by child, then in the order in which ties rank a child.
    pub ties: Vec<Tie<'a>>,
    /// The unions of each person.
    pub unions_of: Vec<Vec<usize>>,
    /// The ties of each person as a child; the first one says where they stand.
    pub ties_of: Vec<Vec<usize>>,
}

/// Two people, one, or nobody that is known, who may have children.
pub(super) struct Union<'a> {
    /// The couple; none where one person is a parent alone.
    pub couple: Option<&'a Couple>,
    /// Who is known of the partners.
    pub partners: Vec<usize>,
    /// Ties of the children, eldest first.
    pub children: Vec<usize>,
}

/// Who is whose child.
pub(super) struct Tie<'a> {
    pub(super) child: usize,
    pub(super) union: usize,
    pub(super) kind: ChildKind,
    pub(super) twins: Option<&'a Twins>,
    /// As it stands in the list.
    pub told: &'a ChildTie,
}

/// Numbers of people by their identifiers.
pub(super) type Numbers<'a> = HashMap<&'a PersonId, usize>;

impl<'a> Family<'a> {
    /// The family of lists in which every name is known and given once.
    pub fn of(genogram: &'a Genogram) -> Self {
        let mut people: Vec<&Person> = genogram.people.iter().collect();
        people.sort_unstable_by(|one, two| natural(&one.id.0, &two.id.0));
        let numbers: Numbers<'_> = people.iter().enumerate().map(|(number, person)| (&person.id, number)).collect();
        let (unions, by_parents) = unions(genogram, &numbers);
        let ties = ties(genogram, &numbers, &by_parents);
        let mut family = Family {
            unions_of: vec![Vec::new(); people.len()],
            ties_of: vec![Vec::new(); people.len()],
            people,
            unions,
            ties,
        };
        for (number, union) in family.unions.iter().enumerate() {
            union.partners.iter().for_each(|&partner| family.unions_of[partner].push(number));
        }
        for (number, tie) in family.ties.iter().enumerate() {
            family.ties_of[tie.child].push(number);
            family.unions[tie.union].children.push(number);
        }
        family.sort_children();
        family
    }

    /// Whether a tie is the one that says where its child stands.
    pub fn is_main(&self, tie: usize) -> bool {
        self.ties_of[self.ties[tie].child].first() == Some(&tie)
    }

    /// The ties of the main sibship of a person, eldest first, with themselves.
    pub fn siblings(&self, person: usize) -> impl Iterator<Item = usize> + '_ {
        let main = self.ties_of[person].first().map(|&tie| self.ties[tie].union);
        let ties = main.map_or(&[][..], |union| &self.unions[union].children);
        ties.iter().copied().filter(|&tie| self.is_main(tie)).map(|tie| self.ties[tie].child)
    }

    /// Puts children into birth order ([`eldest_first`]).
    fn sort_children(&mut self) {
        let now = self
            .people
            .iter()
            .filter_map(|person| year(person).zip(person.age))
            .map(|(y, age)| y + i32::from(age))
            .max();
        for number in 0..self.unions.len() {
            let children = std::mem::take(&mut self.unions[number].children);
            self.unions[number].children = eldest_first(births(self, &children, now));
        }
    }
}

/// All child ties, those to the same parents in birth order.
pub(super) fn birth_order(genogram: &Genogram) -> Vec<&ChildTie> {
    let Family { unions, ties, .. } = Family::of(genogram);
    unions.iter().flat_map(|union| union.children.iter().map(|&tie| ties[tie].told)).collect()
}

/// Children of one union, eldest first. Dates of birth decide; who has none stands behind the one who is named before them,
/// or else before the one who is named next, and at the end if no place tells that. So nobody moves when somebody is added.
fn eldest_first(births: Vec<Birth>) -> Vec<usize> {
    let (mut dated, mut undated): (Vec<Birth>, Vec<Birth>) = births.into_iter().partition(|birth| birth.when.is_some());
    dated.sort_by_key(|birth| (birth.when, birth.order, birth.first));
    undated.sort_by_key(|birth| (birth.order, birth.first));
    let told = dated.iter().map(|birth| birth.order).zip(1..).filter(|(order, _)| *order != UNTOLD);
    let mut told: Vec<(u32, usize)> = told.collect();
    told.sort_unstable();
    let last = dated.len() + 1;
    let mut slots: Vec<Vec<usize>> = vec![Vec::new(); last + 1];
    dated.into_iter().zip(1..).for_each(|(birth, at)| slots[at].extend(birth.ties));
    for birth in undated {
        let (elder, younger) = told.split_at(told.partition_point(|(order, _)| *order <= birth.order));
        let slot = match (birth.order, elder, younger) {
            (UNTOLD, ..) | (_, [], []) => last,
            (_, [.., (_, elder)], _) => *elder,
            (_, [], [(_, younger), ..]) => younger - 1,
        };
        slots[slot].extend(birth.ties);
    }
    slots.concat()
}

/// The place of a child for whom none was told.
const UNTOLD: u32 = u32::MAX;

/// One child, or those born together.
struct Birth {
    when: Option<When>,
    order: u32,
    /// The child with the first identifier, where nothing else decides.
    first: usize,
    /// The ties, eldest first.
    ties: Vec<usize>,
}

/// The births of some children, in any order; `now` is the year to which ages are told.
fn births(family: &Family<'_>, ties: &[usize], now: Option<i32>) -> Vec<Birth> {
    let mut by_group: BTreeMap<(Option<&str>, usize), Vec<usize>> = BTreeMap::new();
    for &tie in ties {
        let group = family.ties[tie].twins.map(|twins| &*twins.group);
        by_group.entry((group, if group.is_some() { 0 } else { tie })).or_default().push(tie);
    }
    let order = |tie: usize| family.ties[tie].told.order.unwrap_or(UNTOLD);
    let when = |tie: usize| born(family.people[family.ties[tie].child], now);
    let birth = |mut ties: Vec<usize>| {
        ties.sort_by_key(|&tie| (when(tie).is_none(), when(tie), order(tie), family.ties[tie].child));
        Birth {
            when: ties.iter().find_map(|&tie| when(tie)),
            order: ties.iter().map(|&tie| order(tie)).min().unwrap_or(UNTOLD),
            first: ties.iter().map(|&tie| family.ties[tie].child).min().unwrap_or_default(),
            ties,
        }
    };
    by_group.into_values().map(birth).collect()
}

/// When somebody was born, as far as it orders children: year, month and day.
type When = (i32, u32, u32);

fn year(person: &Person) -> Option<i32> {
    Some(person.birth.as_ref()?.calendar?.parts().0)
}

fn born(person: &Person, now: Option<i32>) -> Option<When> {
    let calendar = person.birth.as_ref().and_then(|birth| birth.calendar).map(Calendar::parts);
    calendar
        .map(|(year, month, day)| (year, month.unwrap_or(0), day.unwrap_or(0)))
        .or_else(|| Some((now.unwrap_or(2000) - i32::from(person.age?), 0, 0)))
}

fn unions<'a>(genogram: &'a Genogram, numbers: &Numbers<'a>) -> (Vec<Union<'a>>, HashMap<&'a Parents, usize>) {
    let mut couples: Vec<&Couple> = genogram.couples.iter().collect();
    couples.sort_unstable_by(|one, two| natural(&one.id.0, &two.id.0));
    let known = |id: &PersonId| numbers.get(id).copied();
    let partners = |couple: &Couple| {
        let mut partners: Vec<usize> = [&couple.a, &couple.b].into_iter().flatten().filter_map(known).collect();
        partners.sort_unstable();
        partners
    };
    let mut unions: Vec<Union<'_>> = couples
        .iter()
        .map(|couple| Union { couple: Some(couple), partners: partners(couple), children: Vec::new() })
        .collect();
    let at: HashMap<&str, usize> = couples.iter().enumerate().map(|(number, couple)| (&*couple.id.0, number)).collect();
    let mut all: Vec<&Parents> = genogram.children.iter().map(|tie| &tie.parents).collect();
    // People who are parents alone come behind the couples, in the order of their numbers.
    let rank = |parents: &Parents| match parents {
        Parents::Couple(couple) => at.get(&*couple.0).copied(),
        Parents::One(parent) => known(parent).map(|number| couples.len() + number),
    };
    all.sort_unstable_by_key(|&parents| (rank(parents), parents));
    all.dedup();
    let mut by_parents = HashMap::new();
    for parents in all {
        match parents {
            Parents::Couple(id) => {
                by_parents.extend(at.get(&*id.0).map(|&number| (parents, number)));
            }
            Parents::One(id) => {
                by_parents.insert(parents, unions.len());
                unions.push(Union { couple: None, partners: known(id).into_iter().collect(), children: Vec::new() });
            }
        }
    }
    (unions, by_parents)
}

fn ties<'a>(genogram: &'a Genogram, numbers: &Numbers<'a>, unions: &HashMap<&'a Parents, usize>) -> Vec<Tie<'a>> {
    let tie = |tie: &'a ChildTie| {
        Some(Tie {
            child: *numbers.get(&tie.child)?,
            union: *unions.get(&tie.parents)?,
            kind: tie.kind,
            twins: tie.twins.as_ref(),
            told: tie,
        })
    };
    let mut ties: Vec<Tie<'_>> = genogram.children.iter().filter_map(tie).collect();
    ties.sort_unstable_by(|one, two| {
        let key = |tie: &Tie<'a>| (tie.child, tie.kind, tie.union, tie.told.order, tie.twins);
        key(one).cmp(&key(two))
    });
    // Said twice is said once.
    ties.dedup_by(|two, one| (one.child, one.union) == (two.child, two.union));
    let mut seen = std::collections::HashSet::new();
    ties.retain(|tie| seen.insert((tie.child, tie.union)));
    ties
}

/// Identifiers as people count: "I2" before "I10". What reads alike, as "I2" and "I02", is told apart by its letters.
pub(super) fn natural(one: &str, two: &str) -> Ordering {
    let (mut left, mut right) = (one.as_bytes(), two.as_bytes());
    while let (Some(a), Some(b)) = (left.first(), right.first()) {
        let order = if a.is_ascii_digit() && b.is_ascii_digit() {
            let (first, second) = (number(&mut left), number(&mut right));
            first.len().cmp(&second.len()).then_with(|| first.cmp(second))
        } else {
            (left, right) = (&left[1..], &right[1..]);
            a.cmp(b)
        };
        if order != Ordering::Equal {
            return order;
        }
    }
    left.len().cmp(&right.len()).then_with(|| one.cmp(two))
}

/// Takes the number at the beginning, without noughts before it.
fn number<'a>(text: &mut &'a [u8]) -> &'a [u8] {
    let end = text.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    *text = rest;
    &digits[digits.iter().position(|digit| *digit != b'0').unwrap_or(digits.len())..]
}
