//! The targets that hold for every drawing, and how few lines cross.

use super::made::{Chance, Made, ancestors, anything, expected, offspring, renamed, village};
use super::measure::{Expected, measure};
use super::{drawn, faultless, measured};
use asesmen::diagram::{Feeling, FeelingTie, Genogram, Sex};

#[test]
fn families_without_loops_are_drawn_without_a_crossing() {
    for (people, seed) in [(8, 1), (20, 2), (60, 3), (100, 4), (100, 5), (300, 6), (300, 68), (300, 87)] {
        let findings = faultless("offspring", &offspring(people, seed));
        assert_eq!((findings.crossings, findings.apart), (0, 0), "{people}, {seed}");
    }
    for generations in 1..6 {
        let findings = faultless("ancestors", &ancestors(generations));
        assert_eq!((findings.crossings, findings.apart), (0, 0), "{generations}");
    }
}

/// Grandparents on both sides, the parents each the last and the first of theirs, and their children.
#[test]
fn both_sides_of_a_family_stand_beside_each_other() {
    let mut made = Made::default();
    let [a, b, c, d] = [Sex::Male, Sex::Female, Sex::Male, Sex::Female].map(|sex| made.add(sex, Some(1930)));
    let (left, right) = (made.join(a, b), made.join(c, d));
    let fathers = [1950, 1955, 1960].map(|year| made.add(Sex::Male, Some(year)));
    let mothers = [1961, 1965, 1970].map(|year| made.add(Sex::Female, Some(year)));
    fathers.iter().for_each(|&child| made.bear(child, left));
    mothers.iter().for_each(|&child| made.bear(child, right));
    let parents = made.join(fathers[2], mothers[0]);
    for year in [1985, 1988] {
        let child = made.add(Sex::Female, Some(year));
        made.bear(child, parents);
    }
    let findings = faultless("both sides", &made.0);
    assert_eq!((findings.crossings, findings.apart), (0, 0));
    // The other way round nobody can stand beside a partner without standing between brothers and sisters.
    let mut turned = made.0.clone();
    turned.people[4].birth = super::made::year(1970);
    turned.people[6].birth = super::made::year(1950);
    assert_eq!(faultless("turned", &turned).apart, 0);
}

#[test]
fn loops_cost_crossings_but_no_fault() {
    for (people, seed) in [(20, 1), (50, 2), (100, 3), (300, 4)] {
        faultless("village", &village(people, seed));
    }
    for seed in 0..40 {
        let people = 6 + Chance::new(seed).below(30);
        faultless("anything", &anything(people, people / 2, seed));
    }
}

/// A thousand people and their cousins' marriages, in a tenth of a second and without a fault.
#[test]
fn a_large_village_has_no_fault() {
    faultless("large village", &village(1_000, 9));
}

/// The measuring itself has to find faults: the drawing is spoilt, and each fault is found.
#[test]
fn the_measure_finds_what_is_wrong() {
    let genogram = offspring(20, 2);
    let drawing = drawn(&genogram).expect("a drawing");
    let known = expected(&genogram);
    let first = drawing.lines().find(|line| line.contains("class=\"person\"")).expect("a person").to_owned();
    let last = drawing.lines().rfind(|line| line.contains("class=\"person\"")).expect("a person").to_owned();
    assert_eq!(measure(&drawing.replacen(&first, "", 1), &known).missing, 1);
    let twice = measure(&drawing.replacen(&first, &format!("{first}\n{first}"), 1), &known);
    assert_eq!(twice.twice, 1);
    assert!(twice.overlaps > 0);
    let generation =
        |line: &str| line.split("data-generation=\"").nth(1).and_then(|rest| rest.chars().next()).expect("one");
    let lifted = last.replace(&format!("data-generation=\"{}\"", generation(&last)), "data-generation=\"0\"");
    assert!(measure(&drawing.replace(&last, &lifted), &known).misaligned > 0);
    let line = "<g class=\"trunk\" data-union-id=\"x\"><path d=\"M0 60L4000 60\"/></g>\n<g class=\"trunk\" data-union-id=\"y\"><path d=\"M5 60L9 60\"/></g>\n</svg>";
    let crossed = measure(&drawing.replace("</svg>", line), &known);
    assert!(crossed.through > 0 && crossed.shared > 0 && crossed.crossings > 0, "{crossed:#?}");
    let turned = Expected {
        people: known
            .people
            .iter()
            .map(|(id, birth)| (id.clone(), birth.map(|(year, ..)| (-year, None, None))))
            .collect(),
        children: known.children,
    };
    assert!(measure(&drawing, &turned).inversions > 0);
}

/// How many lines cross if those who stand free are put anywhere, the best of many tries.
#[test]
fn few_lines_cross_beside_other_ways_to_name_people() {
    // Names decide where nothing else does, so other names are other beginnings.
    let family = village(60, 11);
    let own = measured(&family).crossings;
    let best = (1..30).map(|seed| measured(&renamed(&family, seed)).crossings).min().expect("tries");
    assert!(own <= best * 3 / 2 + 2, "{own} against {best}");
}

/// Feelings find their way between symbols, and none leaves the drawing.
#[test]
fn feelings_pass_by_symbols() {
    for seed in 0..30 {
        let family = felt(seed);
        let drawing = drawn(&family).expect("a drawing");
        let findings = measure(&drawing, &expected(&family));
        assert_eq!(findings.feelings_through, 0, "{seed}: {findings:#?}");
        let size = |name: &str| -> i32 {
            let rest = drawing.split(&format!(" {name}=\"")).nth(1).and_then(|rest| rest.split('"').next());
            rest.and_then(|size| size.parse().ok()).expect("a size")
        };
        let (width, height) = (size("width"), size("height"));
        for line in drawing.lines().filter(|line| line.contains("class=\"feeling\"")) {
            let ways = line.split(" d=\"").skip(1).filter_map(|rest| rest.split('"').next());
            let points = ways.flat_map(|way| way.split(['M', 'L', 'Z']).filter_map(|point| point.split_once(' ')));
            for (x, y) in points {
                let (x, y): (i32, i32) = (x.parse().expect("x"), y.parse().expect("y"));
                assert!((0..=width).contains(&x) && (0..=height).contains(&y), "{seed}: {x} {y} of {width} {height}");
            }
        }
    }
}

/// The offspring of one couple, in which a dozen people feel something.
fn felt(seed: u64) -> Genogram {
    let mut family = offspring(30, seed);
    let mut chance = Chance::new(seed);
    let qualities = [Feeling::Close, Feeling::Hostile, Feeling::CutOff, Feeling::Violent, Feeling::Fused];
    for _ in 0..12 {
        let (a, b) = (chance.below(family.people.len()), chance.below(family.people.len()));
        if a != b {
            let quality = qualities[chance.below(qualities.len())];
            family.feelings.push(FeelingTie { a: super::made::id(a), b: super::made::id(b), quality });
        }
    }
    family
}
