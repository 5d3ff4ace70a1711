//! The same family is drawn the same, however its lists come; somebody new moves nobody else's order.

use super::drawn;
use super::made::{Chance, Made, anything, child, offspring, village};
use asesmen::diagram::{ChildTie, Genogram, PersonId, Sex};
use std::collections::BTreeMap;

fn shuffled(genogram: &Genogram, seed: u64) -> Genogram {
    let mut chance = Chance::new(seed);
    let mut other = genogram.clone();
    (1..other.people.len()).for_each(|at| other.people.swap(at, chance.below(at + 1)));
    (1..other.couples.len()).for_each(|at| other.couples.swap(at, chance.below(at + 1)));
    (1..other.children.len()).for_each(|at| other.children.swap(at, chance.below(at + 1)));
    (1..other.feelings.len()).for_each(|at| other.feelings.swap(at, chance.below(at + 1)));
    for couple in &mut other.couples {
        if chance.one_in(2) {
            std::mem::swap(&mut couple.a, &mut couple.b);
        }
    }
    other
}

#[test]
fn the_order_of_the_lists_does_not_matter() {
    let families = [offspring(80, 1), village(80, 2), anything(40, 25, 3), anything(12, 8, 4)];
    for (family, seed) in families.iter().zip(1..) {
        let drawing = drawn(family).expect("a drawing");
        assert!((0..6).all(|number| drawn(&shuffled(family, seed * 10 + number)).expect("a drawing") == drawing));
    }
}

/// Everybody from left to right, by generation as seen in the drawing.
fn rows(drawing: &str) -> BTreeMap<i32, Vec<String>> {
    let mut rows: BTreeMap<i32, Vec<(i32, String)>> = BTreeMap::new();
    for line in drawing.lines().filter(|line| line.contains("class=\"person\"")) {
        let id = line.split("data-person-id=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("an id");
        let at = line.split("d=\"M").nth(1).and_then(|rest| rest.split(['L', 'A']).next()).expect("a place");
        let (x, _) = at.split_once(' ').expect("two numbers");
        let generation = line.split("data-generation=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("one");
        rows.entry(generation.parse().expect("one")).or_default().push((x.parse().expect("x"), id.to_owned()));
    }
    let sorted = |mut row: Vec<(i32, String)>| {
        row.sort();
        row.into_iter().map(|(_, id)| id).collect()
    };
    rows.into_iter().map(|(generation, row)| (generation, sorted(row))).collect()
}

/// The order of those who were there before.
fn kept(before: &Genogram, after: &Genogram) -> bool {
    let (before_rows, after_rows) = (rows(&drawn(before).expect("one")), rows(&drawn(after).expect("one")));
    let known: Vec<&String> = before_rows.values().flatten().collect();
    before_rows.values().zip(after_rows.values()).all(|(before, after)| {
        let after: Vec<&String> = after.iter().filter(|id| known.contains(id)).collect();
        before.iter().collect::<Vec<_>>() == after
    })
}

#[test]
fn a_new_child_or_partner_moves_nobody() {
    for seed in 0..12 {
        let family = offspring(60, seed);
        let mut chance = Chance::new(seed + 100);
        for _ in 0..8 {
            let mut made = Made(family.clone());
            let child = made.add(Sex::Female, Some(1990));
            made.bear(child, chance.below(family.couples.len()));
            assert!(kept(&family, &made.0), "a child, {seed}");
            let mut made = Made(family.clone());
            let single: Vec<usize> = (0..family.people.len())
                .filter(|&person| {
                    let id = super::made::id(person);
                    !family.couples.iter().any(|couple| [&couple.a, &couple.b].contains(&&Some(id.clone())))
                })
                .collect();
            if let Some(&one) = single.get(chance.below(single.len())) {
                let partner = made.add(Sex::Female, None);
                made.join(one, partner);
                assert!(kept(&family, &made.0), "a partner, {seed}");
            }
        }
    }
}

/// Children of one couple: a year of birth and a place for each; who stands where in the drawing, from the left.
fn stand(children: &[(Option<i32>, Option<u32>)]) -> Vec<usize> {
    let mut made = Made::default();
    let parents = {
        let (a, b) = (made.add(Sex::Male, None), made.add(Sex::Female, None));
        made.join(a, b)
    };
    for &(born, order) in children {
        let who = made.add(Sex::Female, born);
        made.0.children.push(ChildTie { order, ..child(who, parents) });
    }
    let rows = rows(&drawn(&made.0).expect("a drawing"));
    rows[&1].iter().map(|id| id[1..].parse::<usize>().expect("a number") - 2).collect()
}

#[test]
fn children_without_dates_stand_as_they_were_named() {
    assert_eq!(stand(&[(None, Some(2)), (None, Some(0)), (None, Some(1))]), [1, 2, 0]);
    assert_eq!(stand(&[(None, None), (None, Some(7)), (None, Some(3))]), [2, 1, 0], "who has no place stands last");
    assert_eq!(stand(&[(Some(1990), Some(0)), (Some(1980), Some(1))]), [1, 0], "dates before places");
    // Told as 0, 1, 2, 3: the second one has no date and stays behind the first.
    assert_eq!(stand(&[(Some(1980), Some(0)), (None, Some(1)), (Some(1985), Some(2)), (None, Some(3))]), [0, 1, 2, 3]);
    // A further child between two with dates does not part those who were told one after the other.
    let known = [(Some(1980), Some(0)), (None, Some(1)), (Some(1985), Some(2)), (None, None)];
    assert_eq!(stand(&[&known[..], &[(Some(1970), None)]].concat()), [4, 0, 1, 2, 3]);
    assert_eq!(stand(&[&known[..], &[(Some(1983), None)]].concat()), [0, 1, 4, 2, 3]);
    assert_eq!(stand(&[&known[..], &[(None, None)]].concat()), [0, 1, 2, 3, 4]);
}

/// Where nothing else decides, identifiers do, as people count them.
#[test]
fn the_second_stands_before_the_tenth() {
    let mut made = Made::default();
    let (a, b) = (made.add(Sex::Male, None), made.add(Sex::Female, None));
    let parents = made.join(a, b);
    for name in ["I10", "I2", "I1", "i2", "I02", "I2a"] {
        let who = made.add(Sex::Male, None);
        made.0.people[who].id = PersonId(name.into());
        made.0.children.push(ChildTie { child: PersonId(name.into()), ..child(who, parents) });
    }
    assert_eq!(rows(&drawn(&made.0).expect("a drawing"))[&1], ["I1", "I02", "I2", "I2a", "I10", "i2"]);
}
