//! What no drawing can be made of is refused by name.

use super::drawn;
use super::made::{Made, child, couple, id};
use asesmen::diagram::{
    ChildKind, ChildTie, Feeling, FeelingTie, Genogram, GenogramRefusal, MOST, Parents, Sex, check,
};

/// Two people and their child.
fn family() -> Genogram {
    let mut made = Made::default();
    let (a, b) = (made.add(Sex::Male, None), made.add(Sex::Female, None));
    let parents = made.join(a, b);
    let child = made.add(Sex::Female, None);
    made.bear(child, parents);
    made.0
}

fn refused(change: impl FnOnce(&mut Genogram)) -> GenogramRefusal {
    let mut genogram = family();
    assert_eq!(check(&genogram), Ok(()));
    change(&mut genogram);
    let refusal = check(&genogram).expect_err("a refusal");
    assert_eq!(drawn(&genogram).as_ref(), Err(&refusal));
    refusal
}

#[test]
fn names_have_to_be_known_and_given_once() {
    assert_eq!(refused(|family| family.people.push(family.people[0].clone())), GenogramRefusal::PersonTwice(id(0)));
    let couple_twice = refused(|family| family.couples.push(couple(0, 1, 2)));
    assert_eq!(couple_twice, GenogramRefusal::CoupleTwice(super::made::couple_id(0)));
    assert_eq!(refused(|family| family.couples[0].a = Some(id(9))), GenogramRefusal::NoPerson(id(9)));
    assert_eq!(refused(|family| family.children[0].child = id(9)), GenogramRefusal::NoPerson(id(9)));
    let nowhere = refused(|family| family.children.push(child(2, 7)));
    assert_eq!(nowhere, GenogramRefusal::NoCouple(id(2), super::made::couple_id(7)));
    let feeling = refused(|family| family.feelings.push(FeelingTie { a: id(0), b: id(8), quality: Feeling::Close }));
    assert_eq!(feeling, GenogramRefusal::NoPerson(id(8)));
}

#[test]
fn nobody_is_tied_to_themselves() {
    assert_eq!(refused(|family| family.couples[0].b = Some(id(0))), GenogramRefusal::OwnPartner(id(0)));
    let feeling = refused(|family| family.feelings.push(FeelingTie { a: id(0), b: id(0), quality: Feeling::Close }));
    assert_eq!(feeling, GenogramRefusal::OwnFeeling(id(0)));
}

#[test]
fn nobody_is_their_own_ancestor_and_all_involved_are_named() {
    let refusal = refused(|family| {
        let tie = |child: usize, parent: usize| ChildTie {
            child: id(child),
            parents: Parents::One(id(parent)),
            kind: ChildKind::Adopted,
            order: None,
            twins: None,
        };
        family.people.push(super::made::person(3, Sex::Male, None));
        family.children.extend([tie(3, 2), tie(0, 3)]);
    });
    let GenogramRefusal::OwnAncestors(mut people) = refusal else { panic!("{refusal}") };
    people.sort();
    assert_eq!(people, [id(0), id(2), id(3)]);
    let own_child = refused(|family| family.children.push(child(0, 0)));
    assert_eq!(own_child, GenogramRefusal::OwnAncestors(vec![id(0)]));
}

#[test]
fn a_drawing_is_about_one_person() {
    let refusal = refused(|family| family.people.iter_mut().skip(1).for_each(|person| person.is_index = true));
    assert_eq!(refusal, GenogramRefusal::TwoIndexPeople(id(1), id(2)));
}

#[test]
fn too_many_are_not_drawn() {
    let refusal = refused(|family| family.children = vec![child(2, 0); MOST + 1]);
    assert_eq!(refusal, GenogramRefusal::TooMany);
}
