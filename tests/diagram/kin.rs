//! Who is what to whom, and where everybody stands.

use super::made::{Made, child, couple, id, year};
use asesmen::diagram::kin::{Kin, children, generation_of, kinship, parents, partners, siblings};
use asesmen::diagram::{ChildKind, ChildTie, Couple, CoupleKind, Genogram, Parents, Sex, Term, scene};
use std::collections::HashMap;

/// 0 and 1 have 2, 3 and 4; 2 has 6 with 5 and, divorced, 8 with 7; 3 has 10 with 9; 6 has 12 with 11 and fosters 13;
/// 14 is the mother of 5; 15 is tied to nobody; 16 married 4.
fn family() -> Genogram {
    let mut made = Made::default();
    (0..17).for_each(|number| _ = made.add(if number % 2 == 0 { Sex::Male } else { Sex::Female }, None));
    [(0, 1), (2, 5), (2, 7), (3, 9), (6, 11), (4, 16)].into_iter().for_each(|(a, b)| _ = made.join(a, b));
    made.0.couples[2].kind = CoupleKind::Divorced;
    for (number, (who, parents)) in [(2, 0), (3, 0), (4, 0), (6, 1), (8, 2), (10, 3), (12, 4)].into_iter().enumerate() {
        made.0.children.push(ChildTie { order: Some(number as u32), ..child(who, parents) });
    }
    made.0.children.push(ChildTie { kind: ChildKind::Foster, order: Some(9), ..child(13, 4) });
    made.0.children.push(ChildTie { parents: Parents::One(id(14)), ..child(5, 0) });
    made.0
}

fn numbers(ids: Vec<asesmen::diagram::PersonId>) -> Vec<usize> {
    ids.iter().map(number).collect()
}

fn number(id: &asesmen::diagram::PersonId) -> usize {
    id.0[1..].parse().expect("a number")
}

#[test]
fn those_nearest_are_told_in_the_order_in_which_they_are_drawn() {
    let family = family();
    assert_eq!(numbers(parents(&family, &id(6))), [2, 5]);
    assert_eq!(numbers(children(&family, &id(2))), [6, 8]);
    assert_eq!(numbers(children(&family, &id(0))), [2, 3, 4]);
    assert_eq!(numbers(siblings(&family, &id(3))), [2, 4]);
    assert_eq!(numbers(siblings(&family, &id(6))), [8], "half a brother");
    assert_eq!(numbers(partners(&family, &id(2))), [5, 7]);
    assert_eq!(numbers(children(&family, &id(6))), [12, 13], "a foster child is a child");
    assert_eq!(numbers(parents(&family, &id(15))), [] as [usize; 0]);
    assert_eq!(numbers(parents(&family, &id(99))), [] as [usize; 0]);
    let mut younger = family;
    younger.people[2].birth = year(1960);
    younger.people[4].birth = year(1950);
    assert_eq!(numbers(children(&younger, &id(0))), [4, 2, 3], "dates before places");
}

#[test]
fn generations_are_counted_from_one_person() {
    let found = generation_of(&family(), &id(6));
    let expected = [
        (0, -2),
        (1, -2),
        (2, -1),
        (3, -1),
        (4, -1),
        (5, -1),
        (6, 0),
        (7, -1),
        (8, 0),
        (9, -1),
        (10, 0),
        (11, 0),
        (12, 1),
        (13, 1),
        (14, -2),
        (16, -1),
    ];
    assert_eq!(found, expected.into_iter().map(|(person, generation)| (id(person), generation)).collect());
    assert_eq!(generation_of(&family(), &id(15)), HashMap::from([(id(15), 0)]));
    assert!(generation_of(&family(), &id(99)).is_empty());
}

#[test]
fn everybody_is_something_to_somebody() {
    let found = kinship(&family(), &id(6));
    let expected = [
        (0, Kin::Grandparent),
        (1, Kin::Grandparent),
        (2, Kin::Parent),
        (3, Kin::ParentSibling),
        (4, Kin::ParentSibling),
        (5, Kin::Parent),
        (7, Kin::PartnerKin),
        (8, Kin::HalfSibling),
        (9, Kin::PartnerKin),
        (10, Kin::Cousin),
        (11, Kin::Partner),
        (12, Kin::Child),
        (13, Kin::Child),
        (14, Kin::Grandparent),
        (16, Kin::PartnerKin),
    ];
    assert_eq!(found, expected.into_iter().map(|(person, kin)| (id(person), kin)).collect());
    let of = |from: usize, to: usize| kinship(&family(), &id(from)).get(&id(to)).copied();
    assert_eq!(of(2, 7), Some(Kin::FormerPartner));
    assert_eq!(of(2, 12), Some(Kin::Grandchild));
    assert_eq!(of(3, 6), Some(Kin::SiblingChild));
    assert_eq!(of(2, 14), Some(Kin::PartnerKin), "a mother-in-law");
    assert_eq!(of(11, 2), Some(Kin::PartnerKin), "a father-in-law");
    assert_eq!(of(0, 12), Some(Kin::Other), "a great-grandchild");
    assert_eq!((of(6, 15), of(6, 6)), (None, None));
}

#[test]
fn a_union_is_over_by_divorce_or_by_its_end_but_not_by_death() {
    let of = |kind: CoupleKind, ended: bool, died: bool| {
        let mut made = Made::default();
        let (a, b) = (made.add(Sex::Male, None), made.add(Sex::Female, None));
        made.0.people[1].death = year(2001).filter(|_| died);
        made.0.couples.push(Couple { kind, to: year(2000).filter(|_| ended), ..couple(0, a, b) });
        kinship(&made.0, &id(0))[&id(1)]
    };
    assert_eq!(of(CoupleKind::Divorced, false, true), Kin::FormerPartner);
    assert_eq!(of(CoupleKind::Cohabiting, true, false), Kin::FormerPartner);
    for (kind, ended, died) in [
        (CoupleKind::Married, true, true),
        (CoupleKind::Widowed, true, false),
        (CoupleKind::Separated, true, false),
        (CoupleKind::Unregistered, false, false),
    ] {
        assert_eq!(of(kind, ended, died), Kin::Partner, "{kind:?}");
    }
}

#[test]
fn an_uncle_who_was_married_is_a_partner() {
    let mut family = family();
    family.couples.push(couple(6, 3, 6));
    assert_eq!(kinship(&family, &id(6))[&id(3)], Kin::Partner);
}

#[test]
fn boxes_hold_the_symbol_and_what_is_written_at_it() {
    let family = super::notation::whole().0;
    let scene = scene(&family, &|term: Term| format!("{term:?}")).expect("a drawing");
    let boxes = scene.boxes();
    assert_eq!(boxes.len(), family.people.len());
    assert!(boxes.is_sorted_by_key(|one| (one.generation, one.symbol.left)));
    for one in &boxes {
        assert_eq!(scene.box_of(&one.person).as_ref(), Some(one));
        assert!(one.whole.left >= 0 && one.whole.right <= scene.width && one.whole.bottom <= scene.height);
        assert!(one.whole.left <= one.symbol.left && one.symbol.right <= one.whole.right);
        let apart = boxes.iter().filter(|other| other.person != one.person).all(|other| {
            one.whole.right <= other.whole.left
                || other.whole.right <= one.whole.left
                || one.whole.bottom <= other.whole.top
                || other.whole.bottom <= one.whole.top
        });
        assert!(apart, "{} is covered by somebody", one.person);
    }
    let index = scene.box_of(&id(5)).expect("the index person").symbol;
    assert_eq!((index.right - index.left, index.bottom - index.top), (48, 48), "with the second outline");
    assert_eq!(scene.box_of(&id(99)), None);
}
