//! Ties: strength, tension and flow as three marks on one line, which read without colour and do not hide each other.
//!
//! The standard has a thick line for a strong tie, a dashed one for a weak one, a line with strokes across for a stressful one,
//! and arrows along it for the flow of help and energy. Kept of it are line and arrows. Tension is a zigzag along the line,
//! as conflict is in genograms, so that it can stand on a strong tie as well as on a weak one: a piece of it at times, all along
//! often. A broken tie is cut by two bars, as a cut-off is there. A dotted line for what nobody said is our own.

use super::model::{Flow, Strength, System, Tension};
use super::sign::Sign;
use crate::diagram::feelings::{along, arrow, cut, distance};
use crate::diagram::scene::{Dash, Fill, Path, Shape};
use crate::diagram::strokes::Point;
use std::collections::BTreeSet;

/// Half of how thick a strong line is.
const THICK: i32 = 2;
/// From the end of a line to the end of a zigzag on it: where an arrow stands, and elsewhere.
const ENDS: [i32; 2] = [12, 4];
/// From the middle of a line to the zigzag beside its cut.
const CUT: i32 = 8;
/// From one point of a zigzag to the next.
const STEP: i32 = 6;
/// How far the points stand from the line.
const HIGH: i32 = 7;
/// How long a piece of zigzag is.
const PIECE: i32 = 4 * STEP;

/// The line to a system, from the middle outwards.
pub(super) fn tie(system: &System, way: [Point; 2], signs: &mut BTreeSet<Sign>) -> Vec<Shape> {
    signs.insert(system.strength.map_or(Sign::StrengthUnknown, Sign::Strength));
    signs.extend(system.tension.filter(|tension| *tension != Tension::None).map(Sign::Tension));
    let flow = system.flow.unwrap_or(Flow::None);
    if flow != Flow::None {
        signs.insert(Sign::Flow);
    }
    let mut shapes = strength(system.strength, way, flow);
    shapes.extend(tension(system.tension, way, flow, system.strength == Some(Strength::Broken)));
    shapes.extend(arrows(flow, way));
    shapes
}

/// The line for how strong a tie is; where an arrow stands it ends before its tip.
pub(super) fn strength(strength: Option<Strength>, [from, to]: [Point; 2], flow: Flow) -> Vec<Shape> {
    let line = |dash: Dash| vec![Path::line([from, to], dash).into()];
    match strength {
        Some(Strength::Strong) => {
            let before = |has_arrow: bool| if has_arrow { 6 } else { 0 };
            let start = before(matches!(flow, Flow::ToClient | Flow::Both));
            let end = distance(from, to) - before(matches!(flow, Flow::FromClient | Flow::Both));
            let corners = [(start, THICK), (end, THICK), (end, -THICK), (start, -THICK)];
            let outline = corners.map(|(far, beside)| along(from, to, far, beside));
            vec![Path::outline(outline, Fill::Ink).into()]
        }
        Some(Strength::Normal) => line(Dash::Solid),
        Some(Strength::Weak) => line(Dash::Dashed),
        Some(Strength::Broken) => cut(&[from, to]),
        None => line(Dash::Dotted),
    }
}

/// The zigzag for how often a tie is tense; it leaves arrows and the cut of a broken one free.
pub(super) fn tension(tension: Option<Tension>, way: [Point; 2], flow: Flow, is_cut: bool) -> Vec<Shape> {
    let length = distance(way[0], way[1]);
    let ends = ENDS[usize::from(flow == Flow::None)];
    let pieces = match tension {
        Some(Tension::Often) if is_cut => vec![(ends, length / 2 - CUT), (length / 2 + CUT, length - ends)],
        Some(Tension::Often) => vec![(ends, length - ends)],
        // Beside the cut, nearer to the system.
        Some(Tension::Sometimes) => {
            let start = if is_cut { length / 2 + CUT } else { (length - PIECE) / 2 };
            vec![(start, start + PIECE)]
        }
        Some(Tension::None) | None => Vec::new(),
    };
    pieces.into_iter().map(|piece| Path::line(zigzag(way, piece), Dash::Solid).into()).collect()
}

/// A zigzag between two places of a line, which begins and ends on it.
fn zigzag([from, to]: [Point; 2], (start, end): (i32, i32)) -> Vec<Point> {
    let count = ((end - start) / STEP).max(1);
    // Half a step from each end, and whole ones between.
    let far = |number: i32| start + (end - start) * (2 * number + 1) / (2 * count);
    let points = (0..count).map(|number| (far(number), if number % 2 == 0 { HIGH } else { -HIGH }));
    let all = std::iter::once((start, 0)).chain(points).chain([(end, 0)]);
    all.map(|(far, beside)| along(from, to, far, beside)).collect()
}

/// The arrows for where help and energy go.
pub(super) fn arrows(flow: Flow, [from, to]: [Point; 2]) -> Vec<Shape> {
    let inwards = matches!(flow, Flow::ToClient | Flow::Both).then(|| arrow(&[to, from], Fill::Ink));
    let outwards = matches!(flow, Flow::FromClient | Flow::Both).then(|| arrow(&[from, to], Fill::Ink));
    inwards.into_iter().chain(outwards).flatten().collect()
}
