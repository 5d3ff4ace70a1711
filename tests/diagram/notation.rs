//! The signs of a family that has nearly all of them.

use super::made::{Made, child, couple, couple_id, id, year};
use super::{drawn, faultless};
use asesmen::diagram::{
    ChildKind, ChildTie, Couple, CoupleKind, Feeling, FeelingTie, Life, Parents, Sex, Term, Twins, scene,
};

/// Three generations with two marriages, twins of both kinds, losses, a foster and an adopted child, and feelings.
pub fn whole() -> Made {
    let mut made = Made::default();
    let people = [
        (Sex::Male, Some(1932)),
        (Sex::Female, Some(1938)),
        (Sex::Male, Some(1960)),
        (Sex::Female, Some(1964)),
        (Sex::Male, None),
        (Sex::Female, Some(1988)),
        (Sex::Male, Some(1990)),
        (Sex::Male, Some(1990)),
        (Sex::Female, Some(1993)),
        (Sex::Female, Some(1993)),
        (Sex::Unknown, Some(1995)),
        (Sex::Male, Some(1996)),
        (Sex::Unknown, Some(1997)),
        (Sex::Unknown, Some(1998)),
        (Sex::Male, Some(2000)),
        (Sex::Female, Some(2002)),
        (Sex::Other, None),
    ];
    people.into_iter().for_each(|(sex, born)| _ = made.add(sex, born));
    let kinds = [CoupleKind::Widowed, CoupleKind::Divorced, CoupleKind::Cohabiting, CoupleKind::Dating];
    for (number, (a, b)) in [(0, 1), (2, 3), (3, 4), (5, 16)].into_iter().enumerate() {
        made.0.couples.push(Couple { kind: kinds[number], ..couple(number, a, b) });
    }
    made.0.couples[1].from = year(1987);
    made.0.couples[1].to = year(1999);
    let tie = |who: usize, kind: ChildKind| ChildTie { kind, ..child(who, 1) };
    let twin = |who: usize, group: &str, identical: bool| ChildTie {
        twins: Some(Twins { group: group.into(), identical }),
        ..child(who, 1)
    };
    made.0.children = vec![
        child(2, 0),
        child(5, 1),
        twin(6, "a", true),
        twin(7, "a", true),
        twin(8, "b", false),
        twin(9, "b", false),
        tie(10, ChildKind::Miscarriage),
        tie(11, ChildKind::Stillbirth),
        tie(12, ChildKind::Abortion),
        tie(13, ChildKind::Pregnancy),
        ChildTie { kind: ChildKind::Foster, ..child(14, 2) },
        ChildTie { child: id(15), parents: Parents::One(id(3)), kind: ChildKind::Adopted, order: None, twins: None },
    ];
    made.0.people[5].is_index = true;
    made.0.people[0].death = year(1999);
    made.0.people[1].life = Life::Dead;
    [3, 4, 5, 14].into_iter().for_each(|who| made.0.people[who].in_household = true);
    let feeling = |a: usize, b: usize, quality: Feeling| FeelingTie { a: id(a), b: id(b), quality };
    made.0.feelings =
        vec![feeling(5, 2, Feeling::CutOff), feeling(5, 3, Feeling::VeryClose), feeling(2, 3, Feeling::Violent)];
    made
}

#[test]
fn every_sign_stands_in_the_legend() {
    let family = whole().0;
    let scene = scene(&family, &|term: Term| format!("{term:?}")).expect("a drawing");
    let drawing = drawn(&family).expect("a drawing");
    let explained = |term: Term| drawing.contains(&format!(">{term:?}</text>"));
    for term in [
        Term::Sex(Sex::Male),
        Term::Sex(Sex::Female),
        Term::Sex(Sex::Other),
        Term::Index,
        Term::Dead,
        Term::Years,
        Term::Household,
        Term::Couple(CoupleKind::Widowed),
        Term::Couple(CoupleKind::Divorced),
        Term::Couple(CoupleKind::Cohabiting),
        Term::Couple(CoupleKind::Dating),
        Term::Child(ChildKind::Birth),
        Term::Child(ChildKind::Foster),
        Term::Child(ChildKind::Adopted),
        Term::Child(ChildKind::Miscarriage),
        Term::Child(ChildKind::Stillbirth),
        Term::Child(ChildKind::Abortion),
        Term::Child(ChildKind::Pregnancy),
        Term::Identical,
        Term::Twins,
        Term::Feeling(Feeling::CutOff),
        Term::Feeling(Feeling::VeryClose),
        Term::Feeling(Feeling::Violent),
    ] {
        assert!(explained(term), "{term:?}");
    }
    for term in [
        Term::Sex(Sex::Unknown),
        Term::Couple(CoupleKind::Simultaneous),
        Term::Feeling(Feeling::Fused),
        Term::Child(ChildKind::Step),
    ] {
        assert!(!explained(term), "{term:?} is explained but does not occur");
    }
    assert!(scene.across_generations.is_empty());
}

#[test]
fn it_is_drawn_without_a_fault() {
    let findings = faultless("whole", &whole().0);
    assert_eq!((findings.apart, findings.feelings_through), (0, 0), "{findings:#?}");
    // The line to the child that the mother adopted alone cannot but cross one of her two unions.
    assert!(findings.crossings <= 1, "{findings:#?}");
}

fn group<'a>(drawing: &'a str, what: &str) -> &'a str {
    drawing.lines().find(|line| line.contains(what)).unwrap_or_else(|| panic!("no {what}"))
}

#[test]
fn signs_tell_people_apart() {
    let drawing = drawn(&whole().0).expect("a drawing");
    let symbols =
        |who: usize| group(&drawing, &format!("data-person-id=\"{}\"", id(who))).matches("class=\"symbol\"").count();
    assert_eq!((symbols(5), symbols(2)), (2, 1), "the index person has a double outline");
    let dead = group(&drawing, "data-person-id=\"p00000\"");
    assert!(dead.matches("<path").count() == 3 && dead.contains(">1932<") && dead.contains(">1999<"), "{dead}");
    assert!(group(&drawing, "data-child-id=\"p00014\"").contains("stroke-dasharray"), "a foster child is dotted");
    let adopted = group(&drawing, "data-child-id=\"p00015\"");
    assert!(adopted.matches("<path").count() == 2 && adopted.matches("stroke-dasharray").count() == 1, "{adopted}");
    let divorced = group(&drawing, &format!("class=\"union\" data-union-id=\"{}\"", couple_id(1)));
    assert!(divorced.matches("<path").count() == 3 && divorced.contains(">1987–1999<"), "{divorced}");
    assert!(group(&drawing, "class=\"household\"").contains("stroke-dasharray"));
}

#[test]
fn an_uncle_who_marries_his_niece_is_said_to_cross_generations() {
    let mut made = Made::default();
    let (a, b) = (made.add(Sex::Male, None), made.add(Sex::Female, None));
    let elders = made.join(a, b);
    let (uncle, sister) = (made.add(Sex::Male, Some(1950)), made.add(Sex::Female, Some(1953)));
    made.bear(uncle, elders);
    made.bear(sister, elders);
    let husband = made.add(Sex::Male, None);
    let parents = made.join(sister, husband);
    let niece = made.add(Sex::Female, Some(1975));
    made.bear(niece, parents);
    let across = made.join(uncle, niece);
    let heir = made.add(Sex::Male, Some(1999));
    made.bear(heir, across);
    let scene = scene(&made.0, &|term: Term| format!("{term:?}")).expect("a drawing");
    assert_eq!(scene.across_generations, [couple_id(across)]);
    let findings = faultless("uncle", &made.0);
    assert!(findings.across == 1 && findings.crossings <= 1, "{findings:#?}");
}

/// One with three unions has two partners beside them and one beneath, all with their children.
#[test]
fn three_marriages_at_the_same_time() {
    let mut made = Made::default();
    let man = made.add(Sex::Male, None);
    for number in 0..3 {
        let woman = made.add(Sex::Female, None);
        made.0.couples.push(Couple { kind: CoupleKind::Simultaneous, ..couple(number, man, woman) });
        for year in [1990, 1992] {
            let child = made.add(Sex::Female, Some(year + number as i32));
            made.bear(child, number);
        }
    }
    faultless("three", &made.0);
    // Nobody drifts away from their partner and children.
    let scene = scene(&made.0, &|term: Term| format!("{term:?}")).expect("a drawing");
    let places: Vec<i32> = scene.boxes().iter().map(|one| one.symbol.left).collect();
    let (least, most) = (places.iter().min().expect("people"), places.iter().max().expect("people"));
    assert!(most - least < 600, "{places:?}");
}

/// One outline for parents and children, whoever among these was not born; a brother who lives elsewhere parts it.
#[test]
fn a_household_goes_around_children_who_were_not_born() {
    let outlines = |kind: ChildKind| {
        let mut made = Made::default();
        let (a, b) = (made.add(Sex::Male, None), made.add(Sex::Female, None));
        let parents = made.join(a, b);
        for (order, kind) in (0..).zip([ChildKind::Birth, kind, ChildKind::Birth]) {
            let who = made.add(Sex::Female, None);
            made.0.people[who].in_household = kind == ChildKind::Birth && order != 1;
            made.0.children.push(ChildTie { kind, order: Some(order), ..child(who, parents) });
        }
        let drawing = drawn(&made.0).expect("a drawing");
        group(&drawing, "class=\"household\"").matches('Z').count()
    };
    for kind in [ChildKind::Miscarriage, ChildKind::Stillbirth, ChildKind::Abortion, ChildKind::Pregnancy] {
        assert_eq!(outlines(kind), 1, "{kind:?}");
    }
    assert_eq!((outlines(ChildKind::Birth), outlines(ChildKind::Foster)), (2, 2));
}

/// A child that was born to one couple and lived with three others has a line from each, and no two share one.
#[test]
fn a_child_of_many_homes_has_a_line_from_each() {
    for homes in 2..=5 {
        for birth in 0..homes {
            let mut made = Made::default();
            let who = made.add(Sex::Male, None);
            for home in 0..homes {
                let (a, b) = (made.add(Sex::Male, None), made.add(Sex::Female, None));
                let couple = made.join(a, b);
                let kind = if home == birth { ChildKind::Birth } else { ChildKind::Foster };
                made.0.children.push(ChildTie { kind, ..child(who, couple) });
            }
            faultless("many homes", &made.0);
        }
    }
}
