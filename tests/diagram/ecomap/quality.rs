//! What has to hold in every drawing of an ecomap.

use super::super::made::Chance;
use super::measure::{Findings, measure};
use super::{anything, drawn, system};
use asesmen::diagram::ecomap::{Ecomap, Kind, MOST, SystemKind};
use proptest::prelude::*;

fn measured(ecomap: &Ecomap) -> Findings {
    measure(&drawn(ecomap).unwrap_or_else(|refusal| panic!("no drawing: {refusal}")))
}

fn faultless(name: &str, ecomap: &Ecomap) -> Findings {
    let findings = measured(ecomap);
    assert_eq!(findings.faults(), 0, "{name}: {findings:#?}");
    assert_eq!(findings.systems.len(), ecomap.systems.len(), "{name}");
    findings
}

fn shuffled(ecomap: &Ecomap, seed: u64) -> Ecomap {
    let (mut chance, mut other) = (Chance::new(seed), ecomap.clone());
    (1..other.systems.len()).for_each(|at| other.systems.swap(at, chance.below(at + 1)));
    other
}

#[test]
fn any_number_of_systems_is_drawn_without_a_fault() {
    for count in (0..=60).chain([99]) {
        for seed in 0..2 {
            faultless(&format!("{count} systems, {seed}"), &anything(count, seed));
        }
    }
    assert!(drawn(&anything(MOST, 1)).is_ok());
}

#[test]
fn systems_stand_by_kind_and_then_by_identifier() {
    let of = |id: usize, kind: SystemKind| asesmen::diagram::ecomap::System {
        kind: Some(Kind::Of(kind)),
        ..system(id, "R")
    };
    let own = asesmen::diagram::ecomap::System { kind: Some(Kind::Own("arisan".to_owned())), ..system(7, "R") };
    let systems = vec![
        system(1, "R"),
        of(10, SystemKind::Family),
        own,
        of(3, SystemKind::Online),
        of(2, SystemKind::Family),
        of(4, SystemKind::Work),
    ];
    let findings = faultless("kinds", &Ecomap { systems, ..Ecomap::default() });
    assert_eq!(findings.around, ["2", "10", "4", "3", "7", "1"]);
}

/// What is tapped and focused is where it is drawn.
#[test]
fn boxes_hold_the_circles_in_their_order() {
    let mut beside = 0;
    for count in [0, 1, 8, 15, 40] {
        let ecomap = anything(count, 9);
        let scene = asesmen::diagram::ecomap::scene(&ecomap, &|sign| format!("{sign:?}")).expect("a drawing");
        let boxes = scene.systems();
        let order: Vec<String> = boxes.iter().map(|one| one.system.to_string()).collect();
        assert_eq!(order, measured(&ecomap).around, "{count}");
        for one in boxes {
            let (circle, whole) = (one.symbol, one.whole);
            assert_eq!((circle.right - circle.left, circle.bottom - circle.top), (116, 116));
            assert!(whole.left <= circle.left && whole.top <= circle.top && whole.right >= circle.right);
            let wishes = ecomap.systems.iter().any(|own| own.id == one.system && own.wish.is_some());
            assert!(wishes || whole == circle, "nothing stands beside a circle without a sign");
            beside += usize::from(whole != circle);
        }
    }
    assert!(beside > 10, "signs reach out of the boxes of their circles");
}

/// On one ring, on two, and where one becomes two.
#[test]
fn a_new_system_moves_nobody_s_order() {
    for count in [0, 1, 5, 11, 12, 13, 14, 25] {
        for seed in 0..4 {
            let mut after = anything(count + 1, seed);
            let new = after.systems[Chance::new(seed + 7).below(count + 1)].id.to_string();
            let there = measured(&after).around.into_iter().filter(|id| *id != new).collect::<Vec<_>>();
            after.systems.retain(|system| system.id.to_string() != new);
            assert_eq!(measured(&after).around, there, "{count} systems and one, {seed}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn anything_is_drawn_without_a_fault_whatever_its_order(count in 0_usize..=40, seed in any::<u64>()) {
        let ecomap = anything(count, seed);
        let drawing = drawn(&ecomap).expect("a drawing");
        let findings = measure(&drawing);
        prop_assert_eq!(findings.faults(), 0, "{:#?}", findings);
        prop_assert_eq!(findings.systems.len(), count);
        prop_assert_eq!(drawn(&shuffled(&ecomap, seed)).expect("a drawing"), drawing);
    }
}
