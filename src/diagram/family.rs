//! The lists of a genogram with numbers in place of names, in an order that does not depend on how the lists came.
//!
//! Everything behind this module works on numbers. Person 3 is the third by identifier, whatever list held them, so equal
//! families give equal drawings.

use super::genogram::{ChildKind, Couple, Genogram, Parents, Person, PersonId, Twins};
use crate::domain::Calendar;
use std::collections::HashMap;

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
}

/// Numbers of people by their identifiers.
pub(super) type Numbers<'a> = HashMap<&'a PersonId, usize>;

impl<'a> Family<'a> {
    /// The family of lists in which every name is known and given once.
    pub fn of(genogram: &'a Genogram) -> Self {
        let mut people: Vec<&Person> = genogram.people.iter().collect();
        people.sort_unstable_by(|one, two| one.id.cmp(&two.id));
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

    /// Puts children into birth order: those born together beside each other, those of whom nobody knows the birth last.
    fn sort_children(&mut self) {
        let now = self
            .people
            .iter()
            .filter_map(|person| year(person).zip(person.age))
            .map(|(y, age)| y + i32::from(age))
            .max();
        for number in 0..self.unions.len() {
            let mut children = std::mem::take(&mut self.unions[number].children);
            let birth = |tie: &usize| born(self.people[self.ties[*tie].child], now);
            let mut births: HashMap<&str, Birth> = HashMap::new();
            for tie in &children {
                if let Some(twins) = self.ties[*tie].twins {
                    let first = births.entry(&*twins.group).or_insert_with(|| birth(tie));
                    *first = (*first).min(birth(tie));
                }
            }
            children.sort_by_cached_key(|tie| {
                let group = self.ties[*tie].twins.map(|twins| &*twins.group);
                let together = group.and_then(|group| births.get(group).copied());
                (together.unwrap_or_else(|| birth(tie)), group, birth(tie), self.ties[*tie].child)
            });
            self.unions[number].children = children;
        }
    }
}

/// When somebody was born, as far as it orders children: the known before the unknown.
type Birth = (bool, i32, u32, u32);

fn year(person: &Person) -> Option<i32> {
    Some(person.birth.as_ref()?.calendar?.parts().0)
}

fn born(person: &Person, now: Option<i32>) -> Birth {
    match person.birth.as_ref().and_then(|birth| birth.calendar).map(Calendar::parts) {
        Some((year, month, day)) => (false, year, month.unwrap_or(0), day.unwrap_or(0)),
        None => match person.age {
            Some(age) => (false, now.unwrap_or(2000) - i32::from(age), 0, 0),
            None => (true, 0, 0, 0),
        },
    }
}

fn unions<'a>(genogram: &'a Genogram, numbers: &Numbers<'a>) -> (Vec<Union<'a>>, HashMap<&'a Parents, usize>) {
    let mut couples: Vec<&Couple> = genogram.couples.iter().collect();
    couples.sort_unstable_by(|one, two| one.id.cmp(&two.id));
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
    all.sort_unstable();
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
    let tie = |tie: &'a super::genogram::ChildTie| {
        Some(Tie {
            child: *numbers.get(&tie.child)?,
            union: *unions.get(&tie.parents)?,
            kind: tie.kind,
            twins: tie.twins.as_ref(),
        })
    };
    let mut ties: Vec<Tie<'_>> = genogram.children.iter().filter_map(tie).collect();
    ties.sort_unstable_by(|one, two| {
        (one.child, one.kind, one.union, one.twins).cmp(&(two.child, two.kind, two.union, two.twins))
    });
    // Said twice is said once.
    ties.dedup_by(|two, one| (one.child, one.union) == (two.child, two.union));
    let mut seen = std::collections::HashSet::new();
    ties.retain(|tie| seen.insert((tie.child, tie.union)));
    ties
}
