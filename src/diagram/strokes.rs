//! Step 5 of the layout: the lines of kinship, as ways from point to point.

use super::cells::Arm;
use super::family::Family;
use super::genogram::Sex;
use super::layout::Layout;
use super::measures::{FORK, HALF, LANE};
use super::rows::{Piece, Top};
use std::collections::HashMap;

/// A point of the drawing.
pub(super) type Point = (i32, i32);

/// What a line is a piece of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// The line between partners.
    Bar,
    /// What leads from the partners to their children, up to where it parts.
    Trunk,
    /// What leads from the partner of a higher generation to a union: the partner.
    Reach(usize),
    /// What leads to one child; the tie.
    Child(usize),
    /// The bar that joins identical twins.
    Identical,
}

/// A way from point to point.
pub(super) struct Stroke {
    pub(super) union: usize,
    pub(super) part: Part,
    pub(super) points: Vec<Point>,
}

/// The shape by which a symbol meets its lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outline {
    Square,
    Circle,
    Diamond,
    Hexagon,
    Triangle,
}

impl Outline {
    /// The outline of a sex.
    pub const fn of(sex: Sex) -> Self {
        match sex {
            Sex::Male => Self::Square,
            Sex::Female => Self::Circle,
            Sex::Unknown => Self::Diamond,
            Sex::Other => Self::Hexagon,
        }
    }

    /// How far the outline is from the middle, at so much beside it; upwards and sidewards alike, except for the hexagon.
    pub fn reach(self, half: i32, beside: i32, is_side: bool) -> i32 {
        let beside = beside.abs().min(half);
        match self {
            Self::Square => half,
            Self::Circle => (half * half - beside * beside).isqrt(),
            Self::Diamond => half - beside,
            Self::Hexagon if is_side => half - beside / 2,
            Self::Hexagon => half.min(2 * (half - beside)),
            Self::Triangle => half - 2 * beside.min(half / 2),
        }
    }
}

/// The lines of a layout.
pub(super) fn strokes(family: &Family<'_>, layout: &Layout) -> Vec<Stroke> {
    let pen = Pen { family, layout, arms: arms(layout) };
    let mut strokes = Vec::new();
    for union in 0..layout.rows.seats.len() {
        strokes.extend(pen.bar(union).map(|points| Stroke { union, part: Part::Bar, points }));
    }
    for line in 0..layout.rows.lines.len() {
        pen.line(line, &mut strokes);
    }
    strokes
}

fn arms(layout: &Layout) -> HashMap<(usize, usize), usize> {
    let arms = layout.cells.arms.iter().enumerate();
    arms.map(|(number, arm)| ((arm.union, arm.place), number)).collect()
}

struct Pen<'a> {
    family: &'a Family<'a>,
    layout: &'a Layout,
    /// Arms by union and place.
    arms: HashMap<(usize, usize), usize>,
}

impl Pen<'_> {
    /// Where the side of a place meets a line at so much below its middle.
    fn side(&self, place: usize, is_right: bool, below: i32) -> Point {
        let (x, y) = self.layout.middle(place);
        let reach = match self.layout.rows.pieces[place] {
            Piece::Person(person) => {
                Outline::of(self.family.people[person].sex).reach(self.layout.cells.half[place], below, true)
            }
            _ => 0,
        };
        (if is_right { x + reach } else { x - reach }, y + below)
    }

    /// An arm: where it leaves its place, and where it turns down. Inner arms leave lower, so that none crosses another.
    fn arm(&self, union: usize, place: usize) -> Option<[Point; 2]> {
        let number = *self.arms.get(&(union, place))?;
        let Arm { is_right, number: nth, count, .. } = self.layout.cells.arms[number];
        let room = HALF - 4;
        // Many arms leave above the middle, too, and none in it, where the partner beside is joined.
        let spread = room - 3 - 2 * (room - 3) * nth / (count - 1).max(1);
        let below = match (count <= 8, spread >= 0) {
            (true, _) => room * (count - nth) / count.max(2),
            (_, true) => spread + 3,
            (_, false) => spread - 3,
        };
        let from = self.side(place, is_right, below);
        Some([from, (self.layout.positions.arms[number], from.1)])
    }

    /// The height at which a union is drawn that lies beneath the symbols.
    fn lane(&self, union: usize) -> i32 {
        self.layout.heights[self.layout.rows.seats[union].row].unions + LANE * self.layout.lanes.of_union[union] as i32
    }

    /// The line between partners.
    fn bar(&self, union: usize) -> Option<Vec<Point>> {
        match self.layout.rows.seats[union].places[..] {
            [a, b] if self.layout.chains.is_chained[union] => {
                let is_ordered = self.layout.positions.x[a] < self.layout.positions.x[b];
                let (left, right) = if is_ordered { (a, b) } else { (b, a) };
                Some(vec![self.side(left, true, 0), self.side(right, false, 0)])
            }
            [a, b] => {
                let ([from, down], [to, up]) = (self.arm(union, a)?, self.arm(union, b)?);
                let y = self.lane(union);
                Some(vec![from, down, (down.0, y), (up.0, y), up, to])
            }
            [place] => self.arm(union, place).map(|arm| arm.to_vec()),
            _ => None,
        }
    }

    /// Where a line begins; none where its parents are unknown.
    fn start(&self, line: usize) -> Option<Vec<Point>> {
        let layout = self.layout;
        let union = layout.rows.lines[line].union;
        let x = layout.positions.top[line];
        match layout.rows.lines[line].top {
            Top::Passing(place) => Some(vec![layout.middle(place)]),
            Top::Partner(place) => self.arm(union, place).map(|arm| arm.to_vec()),
            Top::Union(_) => match layout.rows.seats[union].places[..] {
                [a, _] if layout.chains.is_chained[union] => Some(vec![(x, layout.middle(a).1)]),
                [_, _] => Some(vec![(x, self.lane(union))]),
                [place] => self.arm(union, place).map(|[_, down]| vec![down]),
                _ => None,
            },
        }
    }

    /// A line: down from where it begins, along, and down to each of its ends.
    fn line(&self, line: usize, strokes: &mut Vec<Stroke>) {
        let layout = self.layout;
        let union = layout.rows.lines[line].union;
        let (x, forks, ends) = (layout.positions.top[line], &layout.ends.fork[line], &layout.rows.lines[line].ends);
        let y = layout.heights[layout.rows.lines[line].row].lines + LANE * layout.lanes.of_line[line] as i32;
        let start = self.start(line);
        let is_bare = start.is_none();
        if let Some(mut points) = start {
            points.push((x, y));
            // Who reaches down is a person, and people have the first places by their numbers.
            let part = match layout.rows.lines[line].top {
                Top::Partner(person) => Part::Reach(person),
                _ => Part::Trunk,
            };
            strokes.push(Stroke { union, part, points });
        }
        let least = forks.iter().copied().chain((!is_bare).then_some(x)).min();
        let most = forks.iter().copied().chain((!is_bare).then_some(x)).max();
        if let (Some(least), Some(most)) = (least, most)
            && least < most
        {
            strokes.push(Stroke { union, part: Part::Trunk, points: vec![(least, y), (most, y)] });
        }
        for (at, &(end, tie)) in ends.iter().enumerate() {
            let points = self.down(end, layout.ends.x[line][at], (forks[at], y));
            strokes.push(Stroke { union, part: tie.map_or(Part::Trunk, Part::Child), points });
        }
        self.identical(line, union, strokes);
    }

    /// From the bar down to an end; beside the others of a birth it first goes to the point where they part.
    fn down(&self, end: usize, x: i32, (fork, y): Point) -> Vec<Point> {
        let layout = self.layout;
        let (middle, top) = (layout.middle(end), layout.heights[layout.rows.row_of[end]].fork);
        let reach = match layout.rows.pieces[end] {
            Piece::Person(person) => self.outline(person).reach(layout.cells.half[end], x - middle.0, false),
            _ => 0,
        };
        let to = (x, middle.1 - reach);
        if fork == x { vec![(x, y), to] } else { vec![(fork, y), (fork, top), (x, top + FORK), to] }
    }

    /// The outline of a person's symbol.
    fn outline(&self, person: usize) -> Outline {
        outline(self.family, person)
    }

    /// The bars that join identical twins, half the way down their lines.
    fn identical(&self, line: usize, union: usize, strokes: &mut Vec<Stroke>) {
        let layout = self.layout;
        let mut spans: HashMap<i32, (i32, i32, i32)> = HashMap::new();
        for (at, &(end, tie)) in layout.rows.lines[line].ends.iter().enumerate() {
            let (x, fork) = (layout.ends.x[line][at], layout.ends.fork[line][at]);
            let is_identical = tie.and_then(|tie| self.family.ties[tie].twins).is_some_and(|twins| twins.identical);
            if is_identical && x != fork {
                let y = layout.heights[layout.rows.row_of[end]].fork + FORK / 2;
                let here = i32::midpoint(x, fork);
                let (least, most, _) = spans.entry(fork).or_insert((here, here, y));
                (*least, *most) = ((*least).min(here), (*most).max(here));
            }
        }
        let mut spans: Vec<(i32, i32, i32)> = spans.into_values().filter(|(least, most, _)| least < most).collect();
        spans.sort_unstable();
        strokes.extend(spans.into_iter().map(|(least, most, y)| Stroke {
            union,
            part: Part::Identical,
            points: vec![(least, y), (most, y)],
        }));
    }
}

/// The outline of a person's symbol: of their sex, or a triangle for a pregnancy that goes on or ended early.
pub(super) fn outline(family: &Family<'_>, person: usize) -> Outline {
    use super::genogram::ChildKind::{Abortion, Miscarriage, Pregnancy};
    let kind = family.ties_of[person].first().map(|&tie| family.ties[tie].kind);
    match kind {
        Some(Pregnancy) => Outline::Triangle,
        // A dot and a cross meet their line in their middle.
        Some(Miscarriage | Abortion) => Outline::Circle,
        _ => Outline::of(family.people[person].sex),
    }
}
