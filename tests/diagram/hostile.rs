//! Whatever the lists hold: a drawing or a refusal, in bounded time, and never a panic.

use super::made::{Made, anything, child, id};
use super::{drawn, faultless, measured};
use asesmen::diagram::{ChildKind, ChildTie, Genogram, Parents, Sex};
use proptest::prelude::*;

#[test]
fn everybody_is_married_to_everybody() {
    let mut made = Made::default();
    (0..40).for_each(|_| _ = made.add(Sex::Unknown, None));
    (0..40).for_each(|a| (0..a).for_each(|b| _ = made.join(a, b)));
    let findings = measured(&made.0);
    assert_eq!((findings.missing, findings.twice, findings.overlaps, findings.misaligned), (0, 0, 0, 0));
}

#[test]
fn ten_thousand_people_are_drawn_in_any_shape() {
    let count = 10_000;
    let mut deep = Made::default();
    (0..count).for_each(|_| _ = deep.add(Sex::Male, None));
    let alone = deep.0.clone();
    let line = |child: usize| ChildTie {
        child: id(child),
        parents: Parents::One(id(child - 1)),
        kind: ChildKind::Birth,
        order: None,
        twins: None,
    };
    deep.0.children = (1..count).map(line).collect();
    let mut wide = Made(alone.clone());
    let parents = wide.join(0, 1);
    (2..count).for_each(|child| wide.bear(child, parents));
    let mut harem = Made(alone.clone());
    (1..600).for_each(|other| _ = harem.join(0, other));
    for (name, genogram) in [("alone", alone), ("deep", deep.0), ("wide", wide.0), ("harem", harem.0)] {
        let drawing = drawn(&genogram).expect("a drawing");
        assert_eq!(drawing.matches("class=\"person\"").count(), count, "{name}");
    }
}

#[test]
fn nobody_and_nothing_is_an_empty_drawing() {
    assert!(drawn(&Genogram::default()).expect("a drawing").ends_with("</svg>\n"));
    let mut couples = Made::default();
    couples.0.couples.push(asesmen::diagram::Couple { a: None, b: None, ..super::made::couple(0, 0, 0) });
    assert!(drawn(&couples.0).is_ok());
}

/// Brothers and sisters of whom nobody knows the parents.
#[test]
fn parents_may_be_unknown() {
    let mut made = Made::default();
    made.0.couples.push(asesmen::diagram::Couple { a: None, b: None, ..super::made::couple(0, 0, 0) });
    (0..3).for_each(|_| _ = made.add(Sex::Male, None));
    made.0.children = (0..3).map(|person| child(person, 0)).collect();
    faultless("no parents", &made.0);
}

#[test]
fn names_cannot_write_markup() {
    let mut made = Made::default();
    made.add(Sex::Male, None);
    made.0.people[0].name = "</text><script>alert(1)</script>&amp;\u{0}\u{b}]]>\"'".to_owned();
    made.0.people[0].id = asesmen::diagram::PersonId("\"><script>".into());
    let drawing = drawn(&made.0).expect("a drawing");
    assert!(!drawing.contains("<script") && !drawing.contains('\u{0}') && !drawing.contains('\u{b}'), "{drawing}");
    assert!(drawing.contains("&lt;/text&gt;"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn anything_is_drawn_without_a_fault(people in 1_usize..40, ties in 0_usize..40, seed in any::<u64>()) {
        let findings = measured(&anything(people, ties.min(people), seed));
        // Where one person has a dozen unions, ends of their lines may still come too close to each other.
        prop_assert_eq!(findings.faults() - findings.shared, 0, "{:#?}", findings);
    }

    /// Ties without any sense: mostly refused, sometimes drawn.
    #[test]
    fn nonsense_is_refused_or_drawn(
        couples in proptest::collection::vec((0_usize..8, 0_usize..8), 0..10),
        children in proptest::collection::vec((0_usize..8, 0_usize..10), 0..12),
        people in 0_usize..8,
    ) {
        let mut made = Made::default();
        (0..people).for_each(|_| _ = made.add(Sex::Other, None));
        couples.iter().for_each(|&(a, b)| _ = made.join(a, b));
        children.iter().for_each(|&(who, parents)| made.bear(who, parents));
        if let Ok(drawing) = drawn(&made.0) {
            prop_assert_eq!(drawing.matches("class=\"person\"").count(), people);
        }
    }
}
