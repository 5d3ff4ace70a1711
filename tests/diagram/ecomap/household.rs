//! A household in the middle, as a small genogram.

use super::super::made::{couple, offspring, person};
use super::measure::measure;
use super::{anything, drawn};
use asesmen::diagram::ecomap::{Centre, Ecomap, EcomapRefusal};
use asesmen::diagram::{Genogram, GenogramRefusal, Sex};
use asesmen::json::parse;

fn of(household: Genogram, systems: usize, seed: u64) -> Ecomap {
    Ecomap { centre: Centre::Household, household, ..anything(systems, seed) }
}

/// The lines of a drawing that are not those of the small genogram.
fn around(drawing: &str) -> String {
    let is_family = |line: &&str| {
        ["person", "union", "trunk", "child"].iter().any(|class| line.contains(&format!("class=\"{class}\"")))
    };
    drawing.lines().filter(|line| !is_family(line)).collect::<Vec<_>>().join("\n")
}

/// All points of the ways in a line.
fn points(line: &str) -> Vec<(f64, f64)> {
    let ways = line.split(" d=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let points = ways.flat_map(|way| way.split(['M', 'L', 'Z']).filter_map(|point| point.split_once(' ')));
    points.filter_map(|(x, y)| Some((x.parse().ok()?, y.parse().ok()?))).collect()
}

#[test]
fn a_household_stands_within_its_circle_and_everything_else_around_it() {
    for (people, systems) in [(2, 0), (3, 8), (8, 3), (12, 14), (30, 40)] {
        let family = offspring(people, 5);
        let drawing = drawn(&of(family.clone(), systems, 7)).expect("a drawing");
        let findings = measure(&around(&drawing));
        assert_eq!(findings.faults(), 0, "{people} people, {systems} systems: {findings:#?}");
        assert_eq!(findings.systems.len(), systems);
        let drawn = drawing.lines().filter(|line| line.contains("class=\"person\"")).count();
        assert_eq!(drawn, family.people.len());
        // The circle is written by the ends of its diameter.
        let circle = drawing.lines().find(|line| line.contains("class=\"centre\"")).expect("a centre");
        let ends = circle.split(" d=\"M").nth(1).expect("a circle").split('"').next().expect("an end");
        let numbers: Vec<f64> = ends.split(['A', ' ', ',']).filter_map(|number| number.parse().ok()).collect();
        let (left, middle, radius) = (numbers[0], numbers[1], numbers[2]);
        for line in drawing.lines().filter(|line| line.contains("class=\"person\"") || line.contains("class=\"union\""))
        {
            for (x, y) in points(line) {
                let far = (x - left - radius).hypot(y - middle);
                assert!(far < radius, "{people} people: {far} of {radius}: {line}");
            }
        }
    }
}

#[test]
fn the_legend_explains_the_signs_of_the_family_too() {
    let drawing = drawn(&of(offspring(8, 5), 4, 7)).expect("a drawing");
    let legend: Vec<&str> = drawing.lines().filter(|line| line.contains("class=\"legend\"")).collect();
    let explains = |words: &str| legend.iter().any(|line| line.contains(words));
    assert!(explains("Family(Sex(Female))") && explains("Family(Couple(Married))") && explains("Centre(Household)"));
    assert!(!explains("Family(Legend)") && !explains("Family(Household)"), "the circle says that");
    let alone = drawn(&of(Genogram::default(), 4, 7)).expect("a drawing");
    assert!(!alone.contains("Family(") && !alone.contains("class=\"person\""), "a circle, as before");
    let client = Ecomap { centre: Centre::Client, ..of(offspring(8, 5), 4, 7) };
    assert!(!drawn(&client).expect("a drawing").contains("class=\"person\""), "the client stands alone there");
}

#[test]
fn a_household_is_kept_in_the_file_and_refused_by_name() {
    let whole = of(offspring(9, 2), 3, 4);
    let text = whole.to_json().to_string();
    assert_eq!(Ecomap::from_json(&parse(text.as_bytes()).expect("JSON")), Ok(whole));
    let broken = br#"{"centre": "household", "household": {"people": [{"name": "tanpa pengenal"}]}}"#;
    let refusal = Ecomap::from_json(&parse(broken).expect("JSON")).expect_err("a refusal").to_string();
    assert!(refusal.starts_with("household: people, number 1"), "{refusal}");
    let twice = Genogram {
        people: vec![person(1, Sex::Male, None), person(1, Sex::Female, None)],
        couples: vec![couple(1, 1, 1)],
        ..Genogram::default()
    };
    let refusal = drawn(&of(twice, 2, 4)).expect_err("a refusal");
    assert!(matches!(refusal, EcomapRefusal::Household(GenogramRefusal::PersonTwice(_))), "{refusal:?}");
}
