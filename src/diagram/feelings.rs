//! Feelings: a layer of its own above kinship, which reads without colour.
//!
//! Signs are those of the standard (see [`symbols`](super::symbols)): one, two or three lines for how close, dots for distant, a zigzag for conflict,
//! two bars across for a cut-off, a zigzag with an arrow for violence. Caring and controlling are arrows of our own, open and with a bar behind them.

use super::family::Family;
use super::genogram::{Feeling, FeelingTie, Genogram};
use super::layout::Layout;
use super::measures::{HALF, LEADING, width};
use super::scene::{Dash, Fill, Mark, Of, Path, Shape, Text};
use super::strokes::{Point, Stroke};
use super::terms::Term;
use super::ties::years_at;
use super::ways::{Area, FELT, Ground, LINE, SYMBOL, TEXT};
use std::collections::{BTreeSet, HashMap};

/// How far from a symbol a feeling begins.
const CLEAR: i32 = 5;
/// Half the width of threefold lines and zigzags.
const WIDE: i32 = 5;
/// So much is looked at in all before straight lines have to do.
const PATIENCE: usize = 40_000_000;

/// The feelings of a family.
pub(super) fn feelings(
    genogram: &Genogram,
    family: &Family<'_>,
    layout: &Layout,
    strokes: &[Stroke],
    terms: &mut BTreeSet<Term>,
) -> Vec<Mark> {
    if genogram.feelings.is_empty() {
        return Vec::new();
    }
    let numbers: HashMap<&str, usize> = family.people.iter().map(|person| &*person.id.0).zip(0..).collect();
    let mut ties: Vec<&FeelingTie> = genogram.feelings.iter().collect();
    ties.sort_by_key(|tie| (&tie.a, &tie.b, Term::from(tie.quality)));
    let mut room = Room::of(family, layout, strokes);
    let mut marks = Vec::new();
    for tie in ties {
        let (Some(&a), Some(&b)) = (numbers.get(&*tie.a.0), numbers.get(&*tie.b.0)) else { continue };
        terms.insert(tie.quality.into());
        let way = room.way(layout, a, b);
        let of = Of::Feeling(tie.a.clone(), tie.b.clone(), tie.quality);
        marks.push(Mark { of, shapes: drawn(tie.quality, &way) });
        room.felt.extend(way.windows(2).map(|pair| (pair[0], pair[1])));
    }
    marks
}

/// What a feeling should not run through.
struct Room {
    size: (i32, i32),
    /// Symbols and texts, with their person.
    areas: Vec<(Area, usize)>,
    /// Lines of kinship.
    taken: Vec<(Point, Point)>,
    /// Feelings that are there already.
    felt: Vec<(Point, Point)>,
    patience: usize,
}

/// In place of a person: a text, which even the feelings of its own person pass by.
const A_TEXT: usize = usize::MAX;

impl Room {
    fn of(family: &Family<'_>, layout: &Layout, strokes: &[Stroke]) -> Self {
        let years = strokes.iter().filter_map(|stroke| years_at(family, layout, stroke));
        let area = |text: Text| {
            let half = width(&text.text) / 2;
            ([text.at.0 - half, text.at.1 - 9, text.at.0 + half, text.at.1 + 1], A_TEXT)
        };
        let mut areas: Vec<(Area, usize)> = years.map(area).collect();
        for (place, person) in layout.people() {
            let (x, y) = layout.middle(place);
            areas.push(([x - HALF, y - HALF, x + HALF, y + HALF], person));
            let texts = &layout.cells.texts[place];
            let mut text = |from: i32, to: i32, top: i32, bottom: i32| {
                if from < to {
                    areas.push(([from, top, to, bottom], A_TEXT));
                }
            };
            let spread = layout.cells.spread[place] + 3;
            let name = texts.name.iter().map(|line| width(line)).max().unwrap_or(0) / 2;
            let names = LEADING * texts.name.len() as i32;
            text(x - name, x + name, y + HALF + 5, y + HALF + 7 + names);
            text(x - spread - width(&texts.birth) + 1, x - spread, y - HALF - 17, y - HALF - 7);
            text(x + spread, x + spread + width(&texts.death) - 1, y - HALF - 17, y - HALF - 7);
        }
        let taken = strokes.iter().flat_map(|stroke| stroke.points.windows(2).map(|pair| (pair[0], pair[1]))).collect();
        Self { size: (layout.width, layout.height), areas, taken, felt: Vec::new(), patience: PATIENCE }
    }

    /// A way on which as little as can be stands in between.
    fn way(&mut self, layout: &Layout, a: usize, b: usize) -> Vec<Point> {
        let (from, to) = (layout.middle(a), layout.middle(b));
        let straight = trimmed(vec![from, to]);
        self.patience = self.patience.saturating_sub(self.areas.len() + self.taken.len());
        if self.patience == 0 || self.is_free(&straight, [a, b]) {
            return straight;
        }
        let Some(mut ground) = Ground::around(from, to, self.size) else { return straight };
        self.patience = self.patience.saturating_sub(20 * ground.size());
        for &(from, to) in &self.taken {
            ground.cover_line(from, to, LINE);
        }
        for &(from, to) in &self.felt {
            ground.cover_line(from, to, FELT);
        }
        for &([left, top, right, bottom], person) in &self.areas {
            let mut cover = |margin: i32, cost: u8| {
                ground.cover([left - margin, top - margin, right + margin, bottom + margin], cost);
            };
            if person == A_TEXT {
                cover(WIDE, TEXT);
            } else if person != a && person != b {
                cover(2 * WIDE, TEXT);
                cover(WIDE, SYMBOL);
            }
        }
        trimmed(ground.way(from, to))
    }

    fn is_free(&self, way: &[Point], own: [usize; 2]) -> bool {
        let pieces = || way.windows(2).map(|pair| (pair[0], pair[1]));
        let is_met = |&([left, top, right, bottom], person): &(Area, usize)| {
            let around = [left - WIDE, top - WIDE, right + WIDE, bottom + WIDE];
            !own.contains(&person) && pieces().any(|piece| meets(piece, around))
        };
        let is_beside = |line: &(Point, Point)| pieces().any(|piece| runs_along(piece, *line));
        !self.areas.iter().any(is_met) && !self.taken.iter().chain(&self.felt).any(is_beside)
    }
}

pub(super) fn distance(from: Point, to: Point) -> i32 {
    let (dx, dy) = (i64::from(to.0 - from.0), i64::from(to.1 - from.1));
    i32::try_from((dx * dx + dy * dy).isqrt()).unwrap_or(i32::MAX)
}

/// A way that begins and ends at the edges of its symbols.
fn trimmed(mut way: Vec<Point>) -> Vec<Point> {
    for _ in 0..2 {
        way.reverse();
        let Some(&middle) = way.last() else { break };
        let is_out = |point: &Point| (point.0 - middle.0).abs().max((point.1 - middle.1).abs()) > HALF + CLEAR;
        // The last corner outside the symbol, from which the way goes in; what is inside goes.
        let Some(last) = way.iter().rposition(is_out) else { continue };
        let (from, to) = (way[last], way[last + 1]);
        let edge = edge(from, to, middle);
        way.truncate(last + 1);
        way.push(edge);
    }
    way
}

/// Where a straight piece from outside comes to the edge of a symbol.
fn edge(from: Point, to: Point, middle: Point) -> Point {
    let room = HALF + CLEAR;
    let part = |from: i32, to: i32, middle: i32| {
        let (out, step) = ((from - middle).abs() - room, (from - to).abs());
        if out > 0 && step > 0 { f64::from(out) / f64::from(step) } else { 0.0 }
    };
    let part = part(from.0, to.0, middle.0).max(part(from.1, to.1, middle.1)).min(1.0);
    #[allow(clippy::cast_possible_truncation, reason = "between two places of the drawing")]
    let at = |from: i32, to: i32| from + (f64::from(to - from) * part).round() as i32;
    (at(from.0, to.0), at(from.1, to.1))
}

/// The point so far from the first on the way to the second, and so far beside it.
pub(super) fn along(from: Point, to: Point, far: i32, beside: i32) -> Point {
    let length = distance(from, to).max(1);
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    (from.0 + (dx * far - dy * beside) / length, from.1 + (dy * far + dx * beside) / length)
}

/// Whether a straight piece meets an area (Liang and Barsky's clipping).
fn meets((from, to): (Point, Point), [left, top, right, bottom]: [i32; 4]) -> bool {
    let (dx, dy) = (f64::from(to.0 - from.0), f64::from(to.1 - from.1));
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    for (step, room) in [(-dx, from.0 - left), (dx, right - from.0), (-dy, from.1 - top), (dy, bottom - from.1)] {
        let room = f64::from(room);
        if step == 0.0 {
            if room < 0.0 {
                return false;
            }
        } else if step < 0.0 {
            enter = enter.max(room / step);
        } else {
            leave = leave.min(room / step);
        }
    }
    enter < leave
}

/// Whether two pieces run along each other, closer than they could be told apart.
fn runs_along(one: (Point, Point), two: (Point, Point)) -> bool {
    let near = |a: i32, b: i32| (a - b).abs() < 6;
    let shared = |a: (i32, i32), b: (i32, i32)| a.0.max(a.1).min(b.0.max(b.1)) - a.0.min(a.1).max(b.0.min(b.1)) > 8;
    let level = |line: (Point, Point)| near(line.0.1, line.1.1);
    let upright = |line: (Point, Point)| near(line.0.0, line.1.0);
    (level(one) && level(two) && near(one.0.1, two.0.1) && shared((one.0.0, one.1.0), (two.0.0, two.1.0)))
        || (upright(one) && upright(two) && near(one.0.0, two.0.0) && shared((one.0.1, one.1.1), (two.0.1, two.1.1)))
}

/// The sign of a feeling along a way.
pub(super) fn drawn(quality: Feeling, way: &[Point]) -> Vec<Shape> {
    let line = |beside: i32, dash: Dash| Shape::Path(Path::line(beside_of(way, beside), dash));
    match quality {
        Feeling::Close => vec![line(0, Dash::Solid)],
        Feeling::VeryClose => vec![line(-2, Dash::Solid), line(2, Dash::Solid)],
        Feeling::Fused => vec![line(-4, Dash::Solid), line(0, Dash::Solid), line(4, Dash::Solid)],
        Feeling::Distant => vec![line(0, Dash::Dotted)],
        Feeling::Tense => vec![Path::line(zigzag(way, 2, 7), Dash::Solid).into()],
        Feeling::Hostile => vec![Path::line(zigzag(way, 5, 5), Dash::Solid).into()],
        Feeling::CutOff => cut(way),
        Feeling::Violent => {
            let mut shapes = vec![Path::line(zigzag(way, 4, 5), Dash::Solid).into()];
            shapes.extend(arrow(way, Fill::Ink));
            shapes
        }
        Feeling::Caring => std::iter::once(line(0, Dash::Solid)).chain(arrow(way, Fill::Paper)).collect(),
        Feeling::Controlling => {
            let mut shapes: Vec<Shape> = std::iter::once(line(0, Dash::Solid)).chain(arrow(way, Fill::Ink)).collect();
            if let [.., before, end] = way[..] {
                shapes.push(Path::line([along(end, before, 15, -6), along(end, before, 15, 6)], Dash::Solid).into());
            }
            shapes
        }
    }
}

fn beside_of(way: &[Point], beside: i32) -> Vec<Point> {
    let count = way.len();
    let at = |number: usize| {
        let (from, to) = if number + 1 < count { (number, number + 1) } else { (number - 1, number) };
        let far = if number + 1 < count { 0 } else { distance(way[from], way[to]) };
        along(way[from], way[to], far, beside)
    };
    if count < 2 { way.to_vec() } else { (0..count).map(at).collect() }
}

fn zigzag(way: &[Point], height: i32, step: i32) -> Vec<Point> {
    let mut points: Vec<Point> = way.first().copied().into_iter().collect();
    let mut side = height;
    for pair in way.windows(2) {
        let length = distance(pair[0], pair[1]);
        for number in 1..=(length / step).max(1) - 1 {
            points.push(along(pair[0], pair[1], number * step, side));
            side = -side;
        }
        points.push(pair[1]);
    }
    points
}

/// A line that is broken in its middle between two bars.
pub(super) fn cut(way: &[Point]) -> Vec<Shape> {
    let longest = way.windows(2).enumerate().max_by_key(|(_, pair)| distance(pair[0], pair[1]));
    let Some((at, &[from, to])) = longest.and_then(|(at, pair)| Some((at, pair.first_chunk::<2>()?))) else {
        return Vec::new();
    };
    let middle = distance(from, to) / 2;
    let [left, right] = [middle - 4, middle + 4].map(|far| along(from, to, far, 0));
    let bar = |far: i32| Path::line([along(from, to, far, -8), along(from, to, far, 8)], Dash::Solid).into();
    let before = way[..=at].iter().copied().chain([left]);
    let after = std::iter::once(right).chain(way[at + 1..].iter().copied());
    vec![
        Path::line(before, Dash::Solid).into(),
        Path::line(after, Dash::Solid).into(),
        bar(middle - 4),
        bar(middle + 4),
    ]
}

/// The head of an arrow at the end of a way.
pub(super) fn arrow(way: &[Point], fill: Fill) -> Option<Shape> {
    let [.., before, end] = way[..] else { return None };
    let wings = [along(end, before, 10, -5), end, along(end, before, 10, 5)];
    Some(Path::outline(wings, fill).into())
}
