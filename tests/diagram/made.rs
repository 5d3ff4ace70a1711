//! Families that are made up by a counter: the same number gives the same family.

use super::measure::Expected;
use asesmen::diagram::{
    ChildKind, ChildTie, Couple, CoupleId, CoupleKind, Feeling, FeelingTie, Genogram, Life, Parents, Person, PersonId,
    Sex, Twins,
};
use asesmen::domain::{Calendar, PartialDate, Qualifier};
use std::collections::HashMap;

/// Numbers without a pattern (xorshift).
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub fn below(&mut self, count: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        ((self.0 >> 33) as usize) % count.max(1)
    }

    pub fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }
}

pub fn year(year: i32) -> Option<PartialDate> {
    Some(PartialDate { calendar: Some(Calendar::Year(year)), qualifier: Qualifier::Exact, event: None, told_age: None })
}

pub fn id(number: usize) -> PersonId {
    PersonId(format!("p{number:05}").into())
}

pub fn couple_id(number: usize) -> CoupleId {
    CoupleId(format!("c{number:05}").into())
}

pub fn person(number: usize, sex: Sex, born: Option<i32>) -> Person {
    let names = ["Sri", "Joko Susilo", "Wahyuningsih", "Bambang Hadi Wibowo", "Tini", "Slamet", ""];
    Person {
        id: id(number),
        name: names[number % names.len()].to_owned(),
        sex,
        is_index: false,
        birth: born.and_then(year),
        death: None,
        age: None,
        life: Life::Unknown,
        in_household: false,
        nudge: 0,
    }
}

pub fn couple(number: usize, a: usize, b: usize) -> Couple {
    Couple { id: couple_id(number), a: Some(id(a)), b: Some(id(b)), kind: CoupleKind::Married, from: None, to: None }
}

pub fn child(child: usize, couple: usize) -> ChildTie {
    ChildTie {
        child: id(child),
        parents: Parents::Couple(couple_id(couple)),
        kind: ChildKind::Birth,
        order: None,
        twins: None,
    }
}

/// A family under construction.
#[derive(Default)]
pub struct Made(pub Genogram);

impl Made {
    pub fn add(&mut self, sex: Sex, born: Option<i32>) -> usize {
        let number = self.0.people.len();
        self.0.people.push(person(number, sex, born));
        number
    }

    pub fn join(&mut self, a: usize, b: usize) -> usize {
        let number = self.0.couples.len();
        self.0.couples.push(couple(number, a, b));
        number
    }

    pub fn bear(&mut self, who: usize, parents: usize) {
        self.0.children.push(child(who, parents));
    }
}

/// The offspring of one couple, with partners from outside: it can be drawn without a crossing.
pub fn offspring(people: usize, seed: u64) -> Genogram {
    let mut chance = Chance::new(seed);
    let mut made = Made::default();
    let (a, b) = (made.add(Sex::Male, Some(1850)), made.add(Sex::Female, Some(1852)));
    let mut open = std::collections::VecDeque::from([(made.join(a, b), 1870)]);
    while let Some((couple, year)) = open.pop_front() {
        let is_alone = open.is_empty();
        let mut born = year;
        for _ in 0..chance.below(5).max(usize::from(is_alone) * 2) {
            if made.0.people.len() >= people {
                return made.0;
            }
            let sex = if chance.one_in(2) { Sex::Male } else { Sex::Female };
            born += 1 + chance.below(3) as i32;
            let child = made.add(sex, Some(born));
            made.bear(child, couple);
            for _ in 0..[1, 1, 1, 0, 2][chance.below(5)].max(usize::from(is_alone)) {
                let other = made.add(if sex == Sex::Male { Sex::Female } else { Sex::Male }, None);
                let next = made.join(child, other);
                open.push_back((next, born + 22));
            }
        }
    }
    made.0
}

/// Ancestors of one person, without brothers and sisters: it can be drawn without a crossing.
pub fn ancestors(generations: usize) -> Genogram {
    let mut made = Made::default();
    let mut last = vec![made.add(Sex::Female, Some(2000))];
    for _ in 0..generations {
        let mut above = Vec::new();
        for child in last {
            let (father, mother) = (made.add(Sex::Male, None), made.add(Sex::Female, None));
            let couple = made.join(father, mother);
            made.bear(child, couple);
            above.extend([father, mother]);
        }
        last = above;
    }
    made.0
}

/// A village: people marry whom they find in their generation, once or several times, also cousins.
pub fn village(people: usize, seed: u64) -> Genogram {
    let mut chance = Chance::new(seed);
    let mut made = Made::default();
    let founders = (people / 8).max(2);
    let mut last: Vec<usize> = (0..founders)
        .map(|number| made.add(if number % 2 == 0 { Sex::Male } else { Sex::Female }, Some(1800 + number as i32 % 9)))
        .collect();
    let mut year = 1825;
    while made.0.people.len() < people {
        let mut next = Vec::new();
        let pairs = last.len() / 2 + 1;
        for _ in 0..pairs {
            let (a, b) = (last[chance.below(last.len())], last[chance.below(last.len())]);
            if a == b {
                continue;
            }
            let couple = made.join(a, b);
            for number in 0..chance.below(6) {
                let sex = if chance.one_in(2) { Sex::Male } else { Sex::Female };
                let born = (!chance.one_in(4)).then_some(year + number as i32 * 2);
                let child = made.add(sex, born);
                made.bear(child, couple);
                next.push(child);
            }
        }
        if next.is_empty() {
            next = (0..4).map(|_| made.add(Sex::Unknown, None)).collect();
        }
        (last, year) = (next, year + 25);
    }
    made.0
}

/// Anything that is no contradiction: every kind of tie, across generations, in any number.
pub fn anything(people: usize, ties: usize, seed: u64) -> Genogram {
    use ChildKind::{Abortion, Adopted, Birth, Foster, Miscarriage, Pregnancy, Step, Stillbirth, Unclear};
    let kinds = [Birth, Birth, Birth, Adopted, Foster, Step, Unclear, Pregnancy, Miscarriage, Abortion, Stillbirth];
    let mut chance = Chance::new(seed);
    let mut made = Made::default();
    for _ in 0..people {
        let sex = [Sex::Male, Sex::Female, Sex::Other, Sex::Unknown][chance.below(4)];
        let born = (!chance.one_in(3)).then(|| 1900 + chance.below(120) as i32);
        let person = made.add(sex, born);
        made.0.people[person].in_household = chance.one_in(4);
    }
    made.0.people[0].is_index = true;
    for number in 0..ties {
        let (a, b) = (chance.below(people), chance.below(people));
        if chance.one_in(8) {
            made.0.couples.push(Couple { a: Some(id(a)), b: None, ..couple(number, a, b) });
        } else if a != b {
            made.0.couples.push(couple(number, a, b));
        }
    }
    for _ in 0..ties {
        let child = chance.below(people);
        let parents = match made.0.couples.get(chance.below(made.0.couples.len())) {
            Some(couple) if !chance.one_in(6) => Parents::Couple(couple.id.clone()),
            _ => Parents::One(id(chance.below(people))),
        };
        // A parent has a smaller number than the child, so nobody is their own ancestor.
        let is_elder = |parent: &PersonId| parent.0 < id(child).0;
        let fits = match &parents {
            Parents::One(parent) => is_elder(parent),
            Parents::Couple(name) => made
                .0
                .couples
                .iter()
                .filter(|couple| couple.id == *name)
                .all(|couple| [&couple.a, &couple.b].into_iter().flatten().all(is_elder)),
        };
        if fits {
            let twins = chance.one_in(5).then(|| Twins { group: "t".into(), identical: chance.one_in(2) });
            if twins.is_some() {
                made.0.people.iter_mut().filter(|person| person.id == id(child)).for_each(|person| person.birth = None);
            }
            let kind = kinds[chance.below(kinds.len())];
            let order = chance.one_in(2).then(|| chance.below(9) as u32);
            made.0.children.push(ChildTie { child: id(child), parents, kind, order, twins });
        }
    }
    for _ in 0..ties / 8 {
        let (a, b) = (chance.below(people), chance.below(people));
        if a != b {
            let quality = [Feeling::Fused, Feeling::CutOff, Feeling::Violent, Feeling::Distant][chance.below(4)];
            made.0.feelings.push(FeelingTie { a: id(a), b: id(b), quality });
        }
    }
    made.0
}

/// The same family under other names.
pub fn renamed(family: &Genogram, seed: u64) -> Genogram {
    let mut chance = Chance::new(seed);
    let mut order: Vec<usize> = (0..family.people.len()).collect();
    (1..order.len()).for_each(|at| order.swap(at, chance.below(at + 1)));
    let names: HashMap<PersonId, PersonId> =
        family.people.iter().zip(order).map(|(person, number)| (person.id.clone(), id(number))).collect();
    let mut other = family.clone();
    other.people.iter_mut().for_each(|person| person.id = names[&person.id].clone());
    for couple in &mut other.couples {
        couple.a = couple.a.as_ref().map(|id| names[id].clone());
        couple.b = couple.b.as_ref().map(|id| names[id].clone());
    }
    for tie in &mut other.children {
        tie.child = names[&tie.child].clone();
        if let Parents::One(parent) = &mut tie.parents {
            *parent = names[parent].clone();
        }
    }
    for tie in &mut other.feelings {
        (tie.a, tie.b) = (names[&tie.a].clone(), names[&tie.b].clone());
    }
    other
}

/// What is known of a family without looking at its drawing.
pub fn expected(genogram: &Genogram) -> Expected {
    let mut main = HashMap::new();
    for tie in &genogram.children {
        let union = match &tie.parents {
            Parents::Couple(couple) => couple.to_string(),
            Parents::One(parent) => format!("+{parent}"),
        };
        let of = main.entry(tie.child.to_string()).or_insert((tie.kind, union.clone()));
        // Among ties of one kind, couples come first, then identifiers decide.
        let rank = |kind: ChildKind, union: &str| (kind, union.starts_with('+'), union.to_owned());
        if rank(tie.kind, &union) < rank(of.0, &of.1) {
            *of = (tie.kind, union);
        }
    }
    let birth = |person: &Person| Some(person.birth.as_ref()?.calendar?.parts());
    Expected {
        people: genogram.people.iter().map(|person| (person.id.to_string(), birth(person))).collect(),
        children: main.into_iter().map(|(child, (_, union))| (child, union)).collect(),
    }
}
