//! The signs of an ecomap.

use super::{anything, drawn, system};
use asesmen::diagram::ecomap::{Centre, Ecomap, Flow, Importance, Strength, System, Tension, Wish};

/// The group of one system straight above the client, and its line.
fn group(class: &str, system: System) -> String {
    let drawing = drawn(&Ecomap { systems: vec![system], ..Ecomap::default() }).expect("a drawing");
    let found = drawing.lines().find(|line| line.contains(&format!("class=\"{class}\""))).expect("a group");
    found.to_owned()
}

fn tie(strength: Option<Strength>, tension: Option<Tension>, flow: Option<Flow>) -> String {
    group("tie", System { strength, tension, flow, ..system(1, "R") })
}

/// The shapes in a group, without what tells them apart otherwise.
fn shapes(group: &str) -> Vec<&str> {
    group.split("<path ").skip(1).collect()
}

#[test]
fn strength_tension_and_flow_are_marks_of_their_own() {
    let all = [Strength::Strong, Strength::Normal, Strength::Weak, Strength::Broken].map(Some);
    for strength in all.into_iter().chain([None]) {
        let bare = tie(strength, None, None);
        for tension in [Tension::Sometimes, Tension::Often] {
            for flow in [Flow::ToClient, Flow::FromClient, Flow::Both] {
                let whole = tie(strength, Some(tension), Some(flow));
                let (count, more) = (shapes(&bare).len(), shapes(&whole).len());
                let arrows = if flow == Flow::Both { 2 } else { 1 };
                let zigzags = if strength == Some(Strength::Broken) && tension == Tension::Often { 2 } else { 1 };
                assert_eq!(more, count + zigzags + arrows, "{whole}");
                assert_ne!(tie(strength, Some(tension), None), tie(strength, None, None));
            }
        }
        let said_to_be_none = tie(strength, Some(Tension::None), Some(Flow::None));
        assert_eq!(shapes(&said_to_be_none), shapes(&bare), "nothing is drawn of what is not there");
    }
}

#[test]
fn each_strength_is_a_line_of_its_own() {
    let line = |strength| tie(strength, None, None);
    assert!(line(Some(Strength::Strong)).contains("Z\" fill=\"#000\""), "thick");
    assert!(line(Some(Strength::Weak)).contains("stroke-dasharray=\"6 4\""), "dashed");
    assert!(line(None).contains("stroke-dasharray=\"1.5 3.5\""), "dotted: nobody said");
    let normal = line(Some(Strength::Normal));
    assert!(!normal.contains("dasharray") && !normal.contains("fill") && shapes(&normal).len() == 1, "{normal}");
    assert_eq!(shapes(&line(Some(Strength::Broken))).len(), 4, "two pieces between two bars");
}

/// The system stands above the client, so an arrow to the client points down and one from the client up.
#[test]
fn arrows_point_where_help_goes() {
    let tips = |flow: Flow| -> Vec<bool> {
        let group = tie(Some(Strength::Normal), None, Some(flow));
        let arrows = shapes(&group).into_iter().filter(|shape| shape.contains("fill=\"#000\"")).map(str::to_owned);
        let heights = |shape: String| -> Vec<i32> {
            let d = shape.split('"').nth(1).expect("a way").trim_end_matches('Z').to_owned();
            d.split(['M', 'L']).filter_map(|point| point.split_once(' ')?.1.parse().ok()).collect()
        };
        arrows.map(heights).map(|points| points[1] > points[0]).collect()
    };
    assert_eq!(tips(Flow::ToClient), [true]);
    assert_eq!(tips(Flow::FromClient), [false]);
    assert_eq!(tips(Flow::Both), [true, false]);
}

#[test]
fn importance_and_wish_are_told_apart_without_colour() {
    let outlines = [None, Some(Importance::Low), Some(Importance::Medium), Some(Importance::High)];
    let wishes =
        [None, Some(Wish::Keep), Some(Wish::Strengthen), Some(Wish::Mend), Some(Wish::Reduce), Some(Wish::End)];
    let mut seen = std::collections::BTreeSet::new();
    for importance in outlines {
        for wish in wishes {
            let whole = group("system", System { importance, wish, ..system(1, "R") });
            assert!(seen.insert(shapes(&whole).concat()), "{whole}");
        }
    }
    assert_eq!(seen.len(), 24);
}

#[test]
fn the_legend_explains_what_occurs_and_nothing_else() {
    let drawing = |ecomap: &Ecomap| drawn(ecomap).expect("a drawing");
    let legend = |drawing: &str| -> Vec<String> {
        let entries = drawing.lines().filter(|line| line.contains("class=\"legend\""));
        entries.filter_map(|line| Some(line.rsplit_once("</text>")?.0.rsplit_once('>')?.1.to_owned())).collect()
    };
    let bare = Ecomap { systems: vec![system(1, "R")], ..Ecomap::default() };
    assert_eq!(legend(&drawing(&bare)), ["Legend", "Centre(Client)", "StrengthUnknown"]);
    let whole = Ecomap { centre: Centre::Household, ..anything(40, 5) };
    let entries = legend(&drawing(&whole));
    assert_eq!(entries.len(), 18, "{entries:?}");
    assert!(!entries.iter().any(|entry| entry.contains("None") || entry.contains("Kind")), "{entries:?}");
}
