//! Where lines of different families cross: the level one hops over the other, so that nobody takes them for joined.

use super::strokes::{Point, Stroke};
use std::collections::HashMap;

/// Half the width of a hop.
pub(super) const HOP: i32 = 3;

/// Upright lines are looked up by how far down they are, in slices of so much.
const SLICE: i32 = 128;

/// An upright line: its place, its ends, and its union.
type Upright = (i32, i32, i32, usize);

/// For each stroke and each of its pieces the places, from the left, where it hops over lines of other unions.
pub(super) fn hops(strokes: &[Stroke]) -> Vec<Vec<Vec<i32>>> {
    let mut slices: HashMap<i32, Vec<Upright>> = HashMap::new();
    for Stroke { union, points, .. } in strokes {
        for pair in points.windows(2).filter(|pair| pair[0].0 == pair[1].0 && pair[0].1 != pair[1].1) {
            let (top, bottom) = (pair[0].1.min(pair[1].1), pair[0].1.max(pair[1].1));
            for slice in top / SLICE..=bottom / SLICE {
                slices.entry(slice).or_default().push((pair[0].0, top, bottom, *union));
            }
        }
    }
    slices.values_mut().for_each(|slice| slice.sort_unstable());
    let of = |stroke: &Stroke| {
        stroke.points.windows(2).map(|pair| across(&slices, pair[0], pair[1], stroke.union)).collect()
    };
    strokes.iter().map(of).collect()
}

/// Where a piece crosses upright lines of other unions; none if it is not level.
fn across(slices: &HashMap<i32, Vec<Upright>>, from: Point, to: Point, union: usize) -> Vec<i32> {
    let (left, right, y) = (from.0.min(to.0), from.0.max(to.0), from.1);
    let Some(slice) = slices.get(&(y / SLICE)).filter(|_| from.1 == to.1) else { return Vec::new() };
    let first = slice.partition_point(|line| line.0 <= left);
    let met = slice[first..].iter().take_while(|line| line.0 < right);
    let crossed = met.filter(|&&(_, top, bottom, other)| other != union && top < y && y < bottom);
    let mut found: Vec<i32> = crossed.map(|line| line.0).collect();
    found.dedup();
    found
}
