//! Ways for feelings: past the symbols and texts of others, and inside the drawing.
//!
//! Where a straight line would run into something, the ground around both people is parted into cells, each of which costs
//! by what stands in it. The cheapest way over the cells (P. E. Hart, N. J. Nilsson, B. Raphael, "A formal basis for the
//! heuristic determination of minimum cost paths", IEEE Transactions on Systems Science and Cybernetics 4, 1968) is then
//! pulled straight, as long as that is no dearer.

use super::strokes::Point;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// The width of a cell.
const CELL: i32 = 6;
/// How far around two people ways are looked for.
const AROUND: i32 = 180;
/// The most cells on which ways are looked for.
const MOST_CELLS: usize = 250_000;
/// What a cell costs for each unit of the way.
const FREE: u8 = 1;
/// … with a line in it, or beside one.
pub(super) const LINE: u8 = 3;
/// … with another feeling in it, or beside one.
pub(super) const FELT: u8 = 8;
/// … with a text in it.
pub(super) const TEXT: u8 = 15;
/// … with somebody's symbol in it.
pub(super) const SYMBOL: u8 = 60;

/// A rectangle: left, top, right, bottom.
pub(super) type Area = [i32; 4];

/// The ground around two people.
pub(super) struct Ground {
    left: i32,
    top: i32,
    columns: usize,
    rows: usize,
    costs: Vec<u8>,
}

impl Ground {
    /// Free ground around two points, inside a drawing of this size; none where they are too far apart.
    pub fn around(from: Point, to: Point, (width, height): (i32, i32)) -> Option<Self> {
        let left = (from.0.min(to.0) - AROUND).max(CELL);
        let top = (from.1.min(to.1) - AROUND).max(CELL);
        let right = (from.0.max(to.0) + AROUND).min(width - CELL);
        let bottom = (from.1.max(to.1) + AROUND).min(height - CELL);
        let count = |length: i32| usize::try_from(length / CELL + 1).unwrap_or(1);
        let (columns, rows) = (count(right - left), count(bottom - top));
        let size = columns.checked_mul(rows).filter(|&size| size <= MOST_CELLS)?;
        Some(Self { left, top, columns, rows, costs: vec![FREE; size] })
    }

    /// How many cells there are.
    pub fn size(&self) -> usize {
        self.costs.len()
    }

    /// Lets all cells that an area touches cost at least so much.
    pub fn cover(&mut self, [left, top, right, bottom]: Area, cost: u8) {
        let column = |x: i32| usize::try_from((x - self.left).div_euclid(CELL));
        let row = |y: i32| usize::try_from((y - self.top).div_euclid(CELL));
        let (Ok(last), Ok(lowest)) = (column(right), row(bottom)) else { return };
        let (first, highest) = (column(left).unwrap_or(0), row(top).unwrap_or(0));
        for row in highest..=lowest.min(self.rows - 1) {
            for column in first..=last.min(self.columns - 1) {
                let cell = &mut self.costs[row * self.columns + column];
                *cell = (*cell).max(cost);
            }
        }
    }

    /// Lets the cells at a line cost a little, so that ways cross it rather than run along it.
    pub fn cover_line(&mut self, from: Point, to: Point, cost: u8) {
        if from.0 == to.0 || from.1 == to.1 {
            let (left, right) = (from.0.min(to.0), from.0.max(to.0));
            let (top, bottom) = (from.1.min(to.1), from.1.max(to.1));
            let beside = |is_along: bool| if is_along { 0 } else { CELL };
            let (dx, dy) = (beside(from.1 == to.1), beside(from.0 == to.0));
            return self.cover([left - dx, top - dy, right + dx, bottom + dy], cost);
        }
        let steps = ((to.0 - from.0).abs().max((to.1 - from.1).abs()) / CELL).max(1);
        for step in 0..=steps {
            let (x, y) = (from.0 + (to.0 - from.0) * step / steps, from.1 + (to.1 - from.1) * step / steps);
            self.cover([x - CELL, y - CELL, x + CELL, y + CELL], cost);
        }
    }

    fn cell(&self, (x, y): Point) -> usize {
        let within = |at: i32, count: usize| usize::try_from(at.div_euclid(CELL)).unwrap_or(0).min(count - 1);
        within(y - self.top, self.rows) * self.columns + within(x - self.left, self.columns)
    }

    fn middle(&self, cell: usize) -> Point {
        let at = |number: usize| i32::try_from(number).unwrap_or(0) * CELL + CELL / 2;
        (self.left + at(cell % self.columns), self.top + at(cell / self.columns))
    }

    /// The cheapest way, with as few corners as may be.
    pub fn way(&self, from: Point, to: Point) -> Vec<Point> {
        let cells = self.cheapest(self.cell(from), self.cell(to));
        let mut points = vec![from];
        // Corners alone: where the way goes on in the same direction there is none.
        points.extend(
            cells.windows(3).filter(|three| three[2] + three[0] != 2 * three[1]).map(|three| self.middle(three[1])),
        );
        points.push(to);
        self.pulled(&points)
    }

    /// The cells of the cheapest way.
    fn cheapest(&self, from: usize, to: usize) -> Vec<usize> {
        let mut best = vec![u32::MAX; self.costs.len()];
        let mut before = vec![usize::MAX; self.costs.len()];
        let mut open = BinaryHeap::from([Reverse((self.at_least(from, to), 0, from))]);
        best[from] = 0;
        while let Some(Reverse((_, cost, cell))) = open.pop() {
            if cell == to {
                break;
            }
            if cost > best[cell] {
                continue;
            }
            for (next, length) in self.neighbours(cell) {
                let cost = cost + length * u32::from(self.costs[next]);
                if cost < best[next] {
                    (best[next], before[next]) = (cost, cell);
                    open.push(Reverse((cost + self.at_least(next, to), cost, next)));
                }
            }
        }
        let mut cells = vec![to];
        while let Some(&cell) = cells.last().filter(|&&cell| cell != from && before[cell] != usize::MAX) {
            cells.push(before[cell]);
        }
        cells.reverse();
        cells
    }

    /// What a way costs at least: five for a step to the side, seven for one across.
    fn at_least(&self, from: usize, to: usize) -> u32 {
        let (dx, dy) =
            ((from % self.columns).abs_diff(to % self.columns), (from / self.columns).abs_diff(to / self.columns));
        u32::try_from(5 * dx.max(dy) + 2 * dx.min(dy)).unwrap_or(u32::MAX)
    }

    fn neighbours(&self, cell: usize) -> impl Iterator<Item = (usize, u32)> + '_ {
        let (column, row) = (cell % self.columns, cell / self.columns);
        let steps = [(-1, 0), (1, 0), (0, -1), (0, 1), (-1, -1), (1, -1), (-1, 1), (1, 1)];
        steps.into_iter().filter_map(move |(dx, dy): (isize, isize)| {
            let column = column.checked_add_signed(dx).filter(|&column| column < self.columns)?;
            let row = row.checked_add_signed(dy).filter(|&row| row < self.rows)?;
            Some((row * self.columns + column, if dx == 0 || dy == 0 { 5 } else { 7 }))
        })
    }

    /// A way without the corners that are not needed.
    fn pulled(&self, points: &[Point]) -> Vec<Point> {
        let lengths: Vec<i64> = points.windows(2).map(|pair| self.cost(pair[0], pair[1])).collect();
        let (mut way, mut at) = (vec![points[0]], 0);
        while at + 1 < points.len() {
            let is_no_dearer =
                |&to: &usize| self.cost(points[at], points[to]) <= lengths[at..to].iter().sum::<i64>() * 21 / 20;
            at = (at + 2..points.len()).rev().find(is_no_dearer).unwrap_or(at + 1);
            way.push(points[at]);
        }
        way
    }

    /// What a straight line costs.
    fn cost(&self, from: Point, to: Point) -> i64 {
        let (dx, dy) = (i64::from(to.0 - from.0), i64::from(to.1 - from.1));
        let length = (dx * dx + dy * dy).isqrt().max(1);
        let steps = (length / 3).max(1);
        let at = |a: i32, d: i64, step: i64| a + i32::try_from(d * step / steps).unwrap_or(0);
        let costs = (0..=steps).map(|step| self.costs[self.cell((at(from.0, dx, step), at(from.1, dy, step)))]);
        costs.map(i64::from).sum::<i64>() * length / (steps + 1)
    }
}
