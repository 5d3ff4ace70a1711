//! Those around one person.

use super::faultless;
use super::made::{Made, id};
use asesmen::diagram::{Sex, around};

/// Four generations, one child in each, with a brother or sister and a partner.
fn line() -> Made {
    let mut made = Made::default();
    let mut child = made.add(Sex::Female, Some(1900));
    for generation in 1..4 {
        let partner = made.add(Sex::Male, None);
        let couple = made.join(child, partner);
        child = made.add(Sex::Female, Some(1900 + 30 * generation));
        let sibling = made.add(Sex::Male, Some(1902 + 30 * generation));
        made.bear(child, couple);
        made.bear(sibling, couple);
    }
    made
}

#[test]
fn only_so_many_generations_are_kept() {
    let family = line().0;
    let people = |root: usize, generations: usize| {
        let part = around(&family, &id(root), generations).expect("somebody");
        faultless("a part", &part);
        part.people.iter().map(|person| person.id.0[1..].parse::<usize>().expect("a number")).collect::<Vec<_>>()
    };
    // 0 and 1 have 2 and 3; 2 and 4 have 5 and 6; 5 and 7 have 8 and 9.
    assert_eq!(people(2, 0), [2, 3, 4]);
    assert_eq!(people(2, 1), [0, 1, 2, 3, 4, 5, 6, 7]);
    assert_eq!(people(8, 1), [5, 6, 7, 8, 9]);
    assert_eq!(people(8, 2), [2, 3, 4, 5, 6, 7, 8, 9]);
    assert_eq!(people(0, 9).len(), 10);
}

#[test]
fn nobody_is_around_a_stranger() {
    assert_eq!(around(&line().0, &id(77), 3), None);
}
