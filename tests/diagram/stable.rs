//! The same family is drawn the same, however its lists come; somebody new moves nobody else's order.

use super::drawn;
use super::made::{Chance, Made, anything, child, offspring, village};
use asesmen::diagram::{ChildTie, FURTHEST, Genogram, PersonId, Sex, kin};
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
    let rows = placed(drawing).into_iter();
    rows.map(|(generation, row)| (generation, row.into_iter().map(|(_, id)| id).collect())).collect()
}

/// The same, with how far from the left they stand.
fn placed(drawing: &str) -> BTreeMap<i32, Vec<(i32, String)>> {
    let mut rows: BTreeMap<i32, Vec<(i32, String)>> = BTreeMap::new();
    for line in drawing.lines().filter(|line| line.contains("class=\"person\"")) {
        let id = line.split("data-person-id=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("an id");
        let at = line.split("d=\"M").nth(1).and_then(|rest| rest.split(['L', 'A']).next()).expect("a place");
        let (x, _) = at.split_once(' ').expect("two numbers");
        let generation = line.split("data-generation=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("one");
        rows.entry(generation.parse().expect("one")).or_default().push((x.parse().expect("x"), id.to_owned()));
    }
    rows.values_mut().for_each(|row| row.sort());
    rows
}

#[test]
fn who_is_nudged_moves_and_nobody_changes_places() {
    for seed in 0..10 {
        let family = offspring(40, seed);
        let before = drawn(&family).expect("a drawing");
        let mut chance = Chance::new(seed + 7);
        let who = chance.below(family.people.len());
        let nudged = |steps: i16| {
            let mut family = family.clone();
            family.people[who].nudge = steps;
            super::faultless(&format!("{seed}: {steps} steps"), &family);
            drawn(&family).expect("a drawing")
        };
        let right = nudged(12);
        assert_eq!(rows(&right), rows(&before), "{seed}");
        // The left edge moves too where somebody stands there; most of the others have stayed.
        let at = |drawing: &str| -> BTreeMap<String, i32> {
            placed(drawing).into_values().flatten().map(|(x, id)| (id, x)).collect()
        };
        let (old, new) = (at(&before), at(&right));
        let mut shifts: Vec<i32> = old.iter().map(|(id, x)| new[id] - x).collect();
        shifts.sort_unstable();
        let moved = new[&*family.people[who].id.0] - old[&*family.people[who].id.0] - shifts[shifts.len() / 2];
        assert!((100..=300).contains(&moved), "{seed}: 192 were asked for, {moved} came");
        assert_eq!(rows(&nudged(-40)), rows(&before), "{seed}");
    }
}

#[test]
fn a_nudge_without_end_is_held() {
    let mut family = village(60, 3);
    (0..6).for_each(|at| family.people[at * 9].nudge = if at % 2 == 0 { i16::MAX } else { i16::MIN });
    let findings = super::measured(&family);
    assert_eq!(findings.faults(), super::measured(&village(60, 3)).faults(), "{findings:#?}");
    let held = |steps: i16| {
        let mut family = village(60, 3);
        family.people[9].nudge = steps;
        drawn(&family).expect("a drawing")
    };
    assert_eq!(held(FURTHEST), held(i16::MAX));
    assert_ne!(held(FURTHEST), held(FURTHEST / 2));
}

/// Whether those who were there before stand in the order in which they stood, whatever their generation is called now; but
/// for these.
fn kept(before: &Genogram, after: &Genogram, but: &[PersonId]) -> bool {
    let (before, after) = (rows(&drawn(before).expect("one")), rows(&drawn(after).expect("one")));
    let is_asked = |id: &&String| !but.iter().any(|other| *other.0 == ***id);
    before.values().all(|row| {
        let now = after.values().find(|now| now.contains(&row[0])).expect("the same people");
        now.iter().filter(|id| row.contains(id)).filter(is_asked).eq(row.iter().filter(is_asked))
    })
}

/// Somebody with all partners, and all partners of these.
fn chain(family: &Genogram, one: &PersonId) -> Vec<PersonId> {
    let partners = kin::partners(family, one);
    let further = partners.iter().flat_map(|partner| kin::partners(family, partner));
    further.chain(partners.clone()).collect()
}

#[test]
fn somebody_new_moves_nobody() {
    for seed in 0..12 {
        let family = offspring(60, seed);
        let mut chance = Chance::new(seed + 100);
        let is_partner = |person: usize| {
            let id = Some(super::made::id(person));
            family.couples.iter().any(|couple| [&couple.a, &couple.b].contains(&&id))
        };
        let is_child = |person: usize| family.children.iter().any(|tie| tie.child == super::made::id(person));
        let of = |is_wanted: &dyn Fn(usize) -> bool| -> Vec<usize> {
            (0..family.people.len()).filter(|&person| is_wanted(person)).collect()
        };
        let (single, mut in_laws) = (of(&|person| !is_partner(person)), of(&|person| !is_child(person)));
        // Of those with several unions the children change sides with them.
        in_laws.retain(|&person| chain(&family, &super::made::id(person)).len() == 2);
        for _ in 0..8 {
            let mut made = Made(family.clone());
            let child = made.add(Sex::Female, Some(1990));
            made.bear(child, chance.below(family.couples.len()));
            assert!(kept(&family, &made.0, &[]), "a child, {seed}");
            let mut made = Made(family.clone());
            let child = made.add(Sex::Female, None);
            made.bear(child, chance.below(family.couples.len()));
            assert!(kept(&family, &made.0, &[]), "a child without a date, {seed}");
            if let Some(&one) = single.get(chance.below(single.len())) {
                let mut made = Made(family.clone());
                let partner = made.add(Sex::Female, None);
                made.join(one, partner);
                assert!(kept(&family, &made.0, &[]), "a partner, {seed}");
            }
            let mut made = Made(family.clone());
            let (father, mother) = (made.add(Sex::Male, None), made.add(Sex::Female, None));
            let parents = made.join(father, mother);
            made.bear(in_laws[chance.below(in_laws.len())], parents);
            // A couple may change sides, so that the new line meets no brothers and sisters; nobody else does.
            let who = made.0.children.last().expect("the new tie").child.clone();
            assert!(kept(&family, &made.0, &chain(&family, &who)), "parents, {seed}");
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
    assert_eq!(stand(&[(Some(1980), None), (Some(1985), Some(4)), (None, Some(2))]), [0, 2, 1]);
    assert_eq!(
        stand(&[(Some(1980), None), (None, Some(2)), (Some(1985), None)]),
        [0, 2, 1],
        "no place to compare with"
    );
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
