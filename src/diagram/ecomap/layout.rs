//! Where the systems stand: at equal angles around the middle, clockwise from the top.
//!
//! All lines are radial, so they meet nowhere. Up to [`RING`] systems stand on one ring. More stand on two by turns: the
//! line to one outside passes between its two neighbours inside. Each radius is the smallest at which everything has its
//! room, found from the angle between two lines:
//!
//! 1. *Middle.* Marks of neighbouring lines have [`BETWEEN`] from each other where lines are closest, at the edge of the middle.
//! 2. *Inner ring.* A line is long enough for its marks; neighbours have [`GAP`] between them, or, with two rings, the line
//!    between them has [`BESIDE`] on each side.
//! 3. *Outer ring.* Each circle has [`GAP`] to its two neighbours inside.

use crate::diagram::strokes::Point;
use std::f64::consts::FRAC_PI_2;

/// The radius of a system's circle.
pub(super) const CIRCLE: i32 = 58;
/// The most systems on one ring.
const RING: usize = 12;
/// The shortest line.
const LINE: f64 = 96.0;
/// Between two circles.
const GAP: f64 = 24.0;
/// From a circle to the line that passes beside it.
const BESIDE: f64 = 22.0;
/// Between two lines at the edge of the middle.
const BETWEEN: f64 = 26.0;
/// From a circle to the end of its line.
const CLEAR: f64 = 5.0;
/// From a circle to the sign beside it.
const OUTSIDE: f64 = 6.0;
/// Around the drawing: room for a sign at the edge of a circle.
const MARGIN: i32 = 24;
/// A drawing is at least as wide, as its legend is.
const LEAST: i32 = 640;

/// A system in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// The middle of its circle.
    pub at: Point,
    /// A point beside its circle, away from the middle: the place of a sign.
    pub outside: Point,
    /// The line to it, from the middle outwards.
    pub line: [Point; 2],
}

/// Everything in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Layout {
    /// The middle.
    pub centre: Point,
    /// The systems, in their order.
    pub places: Vec<Place>,
    /// How wide all is.
    pub width: i32,
    /// How high all is.
    pub height: i32,
}

/// The least radius of what stands in the middle so that lines to so many systems can be told apart.
pub(super) fn least_radius(count: usize) -> i32 {
    if count < 3 { 0 } else { whole(BETWEEN / turn(1, slots(count)).0) }
}

/// How many angles there are: one ring has as many as systems, two have an even number.
const fn slots(count: usize) -> usize {
    if count <= RING { count } else { count + count % 2 }
}

impl Layout {
    pub(super) fn of(radius: i32, count: usize) -> Self {
        let slots = slots(count);
        let rings = rings(f64::from(radius), count);
        let places = (0..count).map(|number| {
            let (x, y) = turn(number, slots);
            let far = rings[if count > RING { number % 2 } else { 0 }];
            let at = |far: f64| (whole(x * far), whole(y * far));
            let circle = f64::from(CIRCLE);
            Place {
                at: at(far),
                outside: at(far + circle + OUTSIDE),
                line: [at(f64::from(radius) + CLEAR), at(far - circle - CLEAR)],
            }
        });
        Self { centre: (0, 0), places: places.collect(), width: 0, height: 0 }.placed(radius)
    }

    /// Moved so that all of it is in the drawing, and in the middle from left to right.
    fn placed(mut self, radius: i32) -> Self {
        let (mut left, mut top, mut right, mut bottom) = (-radius, -radius, radius, radius);
        for (x, y) in self.places.iter().map(|place| place.at) {
            (left, top) = (left.min(x - CIRCLE), top.min(y - CIRCLE));
            (right, bottom) = (right.max(x + CIRCLE), bottom.max(y + CIRCLE));
        }
        self.width = (right - left + 2 * MARGIN).max(LEAST);
        self.height = bottom - top + 2 * MARGIN;
        let by = ((self.width - right - left) / 2, MARGIN - top);
        let moved = |point: &mut Point| *point = (point.0 + by.0, point.1 + by.1);
        moved(&mut self.centre);
        for place in &mut self.places {
            [&mut place.at, &mut place.outside].into_iter().chain(&mut place.line).for_each(moved);
        }
        self
    }
}

/// How far from the middle the two rings are.
fn rings(radius: f64, count: usize) -> [f64; 2] {
    let (circle, slots) = (f64::from(CIRCLE), slots(count));
    let nearest = radius + LINE + circle;
    if count <= RING {
        // Half the angle between two neighbours.
        let room = if count < 2 { 0.0 } else { (circle + GAP / 2.0) / turn(1, 2 * slots).0 };
        return [nearest.max(room); 2];
    }
    let (sin, cos) = (turn(1, slots).0, -turn(1, slots).1);
    let inner = nearest.max((circle + BESIDE) / sin);
    let apart = 2.0 * circle + GAP;
    let aside = inner * sin;
    let outer = inner * cos + (apart * apart - aside * aside).max(0.0).sqrt();
    [inner, outer.max(inner + circle)]
}

/// The point so many steps clockwise from the top of a circle of radius 1. By series within an eighth of the circle, so that
/// every machine finds the same.
fn turn(step: usize, steps: usize) -> (f64, f64) {
    let (quarter, rest) = (4 * step / steps, 4 * step % steps);
    let is_late = 2 * rest > steps;
    let share = if is_late { steps - rest } else { rest };
    #[allow(clippy::cast_precision_loss, reason = "small numbers")]
    let angle = share as f64 / steps as f64 * FRAC_PI_2;
    let square = angle * angle;
    let series = |first: f64, from: f64| {
        (0..7)
            .rev()
            .map(|number| from + 2.0 * f64::from(number))
            .fold(1.0, |sum, next| 1.0 - sum * square / (next * (next + 1.0)))
            * first
    };
    let (sin, cos) = (series(angle, 2.0), series(1.0, 1.0));
    let (mut x, mut y) = if is_late { (cos, -sin) } else { (sin, -cos) };
    for _ in 0..quarter % 4 {
        (x, y) = (-y, x);
    }
    (x, y)
}

#[allow(clippy::cast_possible_truncation, reason = "a few thousand at most")]
fn whole(number: f64) -> i32 {
    number.round() as i32
}
