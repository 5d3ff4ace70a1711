//! The dashed outline around those who live together with the index person (the standard; see [`symbols`](super::symbols)).

use super::family::Family;
use super::layout::Layout;
use super::measures::{DATES, HALF, LANE, LEADING};
use super::rows::Piece;
use super::scene::{Dash, Fill, Mark, Of, Path, Shape};
use super::terms::Term;
use std::collections::{BTreeMap, BTreeSet};

/// From what stands in a cell to the outline around it.
const MARGIN: i32 = 5;

/// A rectangle: left, top, right, bottom.
type Area = [i32; 4];

/// Outlines around all runs of neighbours who live together; runs of neighbouring generations are joined if parents and
/// children are among them.
pub(super) fn household(family: &Family<'_>, layout: &Layout, terms: &mut BTreeSet<Term>) -> Vec<Mark> {
    let runs = runs(family, layout);
    if runs.is_empty() {
        return Vec::new();
    }
    terms.insert(Term::Household);
    let mut shapes = Vec::new();
    for areas in clusters(family, &runs) {
        let outline = |points| Shape::Path(Path { dash: Dash::Dashed, ..Path::outline(points, Fill::None) });
        shapes.extend(outlines(&areas).into_iter().map(outline));
    }
    vec![Mark { of: Of::Household, shapes }]
}

/// Runs that hang together, with what joins them.
fn clusters(family: &Family<'_>, runs: &[Run]) -> Vec<Vec<Area>> {
    let mut clusters: Vec<Vec<Area>> = runs.iter().map(|run| vec![run.area]).collect();
    let mut of: Vec<usize> = (0..runs.len()).collect();
    for (above, upper) in runs.iter().enumerate() {
        for (below, lower) in runs.iter().enumerate().filter(|(_, lower)| lower.row == upper.row + 1) {
            if !is_kin(family, upper, lower) {
                continue;
            }
            let (one, two) = (of[above], of[below]);
            if one != two {
                let moved = std::mem::take(&mut clusters[two]);
                clusters[one].extend(moved);
                of.iter_mut().filter(|cluster| **cluster == two).for_each(|cluster| *cluster = one);
            }
            clusters[one].push(neck(upper.area, lower.area));
        }
    }
    clusters.retain(|areas| !areas.is_empty());
    clusters
}

/// Neighbours who live together.
struct Run {
    row: usize,
    people: Vec<usize>,
    area: Area,
}

fn runs(family: &Family<'_>, layout: &Layout) -> Vec<Run> {
    let mut by_row: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for place in 0..layout.rows.pieces.len() {
        by_row.entry(layout.rows.row_of[place]).or_default().push(place);
    }
    let mut runs: Vec<Run> = Vec::new();
    for (row, mut places) in by_row {
        places.sort_by_key(|&place| layout.positions.x[place]);
        let mut is_open = false;
        for place in places {
            let person = match layout.rows.pieces[place] {
                Piece::Person(person) if family.people[person].in_household => person,
                _ => {
                    is_open = false;
                    continue;
                }
            };
            let area = area(layout, place);
            match runs.last_mut().filter(|_| is_open) {
                Some(run) => {
                    run.people.push(person);
                    run.area = [run.area[0], run.area[1], area[2], run.area[3].max(area[3])];
                }
                None => runs.push(Run { row, people: vec![person], area }),
            }
            is_open = true;
        }
    }
    runs
}

fn area(layout: &Layout, place: usize) -> Area {
    let (x, y) = layout.middle(place);
    let [left, right] = layout.cells.reach[place];
    let names = LEADING * layout.cells.texts[place].name.len() as i32;
    [x - left - MARGIN, y - HALF - DATES - 2, x + right + MARGIN, y + HALF + 9 + names]
}

fn is_kin(family: &Family<'_>, upper: &Run, lower: &Run) -> bool {
    let parents =
        |child: &usize| family.ties_of[*child].iter().flat_map(|&tie| &family.unions[family.ties[tie].union].partners);
    lower.people.iter().flat_map(parents).any(|parent| upper.people.contains(parent))
}

/// What joins two areas, one below the other, where there are no symbols.
fn neck(upper: Area, lower: Area) -> Area {
    let (left, right) = (upper[0].max(lower[0]), upper[2].min(lower[2]));
    if right - left >= 4 * LANE {
        return [left, upper[3], right, lower[1]];
    }
    // They stand apart: the way leads along between the generations.
    let inner = [
        upper[0].max(lower[0]).min(upper[2].min(lower[2]) - 4 * LANE),
        upper[2].min(lower[2]).max(upper[0].max(lower[0]) + 4 * LANE),
    ];
    [inner[0], upper[3], inner[1], lower[1]]
}

/// The outlines of areas taken together.
fn outlines(areas: &[Area]) -> Vec<Vec<(i32, i32)>> {
    let sorted = |at: [usize; 2]| -> Vec<i32> {
        areas.iter().flat_map(|area| at.map(|at| area[at])).collect::<BTreeSet<i32>>().into_iter().collect()
    };
    let (xs, ys) = (sorted([0, 2]), sorted([1, 3]));
    let is_in = |column: usize, row: usize| {
        let (Some(&x), Some(&y)) = (xs.get(column), ys.get(row)) else { return false };
        areas.iter().any(|&[left, top, right, bottom]| left <= x && x < right && top <= y && y < bottom)
    };
    // Edges with the inside on their right hand, from corner to corner of the grid.
    let mut edges: BTreeMap<(usize, usize), Vec<(usize, usize)>> = BTreeMap::new();
    let mut edge = |from: (usize, usize), to: (usize, usize)| edges.entry(from).or_default().push(to);
    for column in 0..xs.len() {
        for row in (0..ys.len()).filter(|&row| is_in(column, row)) {
            if row == 0 || !is_in(column, row - 1) {
                edge((column, row), (column + 1, row));
            }
            if !is_in(column + 1, row) {
                edge((column + 1, row), (column + 1, row + 1));
            }
            if !is_in(column, row + 1) {
                edge((column + 1, row + 1), (column, row + 1));
            }
            if column == 0 || !is_in(column - 1, row) {
                edge((column, row + 1), (column, row));
            }
        }
    }
    let mut loops = Vec::new();
    while let Some((&start, _)) = edges.first_key_value() {
        let (mut at, mut points) = (start, Vec::new());
        while let Some(next) = edges.get_mut(&at).and_then(Vec::pop) {
            if edges.get(&at).is_some_and(Vec::is_empty) {
                edges.remove(&at);
            }
            points.push((xs[at.0], ys[at.1]));
            at = next;
        }
        loops.push(straight(points));
    }
    loops
}

/// Corners alone.
fn straight(points: Vec<(i32, i32)>) -> Vec<(i32, i32)> {
    let count = points.len();
    let is_corner = |at: usize| {
        let (before, here, after) = (points[(at + count - 1) % count], points[at], points[(at + 1) % count]);
        let (upright, level) = (before.0 == here.0 && here.0 == after.0, before.1 == here.1 && here.1 == after.1);
        !upright && !level
    };
    (0..count).filter(|&at| is_corner(at)).map(|at| points[at]).collect()
}
