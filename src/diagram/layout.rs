//! From a family to where everything stands: all steps of the layout, one after the other.
//!
//! 1. [`generations`](super::generations): in which generation everybody stands; [`rows`](super::rows): and which lines pass.
//! 2. [`chains`](super::chains), [`compose`](super::compose), [`order`](super::order): who stands beside whom, from left to
//!    right.
//! 3. [`cells`](super::cells), [`positions`](super::positions): how far from the left.
//! 4. [`lanes`](super::lanes): how far down lines run along.
//! 5. [`strokes`](super::strokes), [`hops`](super::hops): the lines, and where they cross.
//!
//! Invariant: symbols of a generation stand on one line; lines run level between neighbours, level between generations, and
//! down through gaps that are kept for them. So no line can meet a symbol or a text that is not its own.

use super::cells::Cells;
use super::chains::Chains;
use super::compose::compose;
use super::family::Family;
use super::generations::generations;
use super::lanes::{Ends, Lanes, lanes};
use super::measures::{DATES, FORK, HALF, LANE, LEADING};
use super::order::Order;
use super::positions::{Positions, positions};
use super::rows::{Piece, Rows};

/// Where everything stands.
pub(super) struct Layout {
    pub(super) rows: Rows,
    pub(super) chains: Chains,
    pub(super) cells: Cells,
    pub(super) positions: Positions,
    pub(super) ends: Ends,
    pub(super) lanes: Lanes,
    pub(super) heights: Vec<Height>,
    pub(super) width: i32,
    pub(super) height: i32,
}

/// How high a generation and what is below it lie.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Height {
    /// The middle of the symbols.
    pub middle: i32,
    /// The first lane of unions that are drawn beneath the symbols.
    pub unions: i32,
    /// The first lane of lines to the next generation.
    pub lines: i32,
    /// Where the lines of twins part, in the generation itself.
    pub fork: i32,
}

impl Layout {
    /// Lays out a family.
    pub fn of(family: &Family<'_>) -> Self {
        let generations = generations(family);
        let rows = Rows::of(family, &generations);
        let chains = Chains::of(family, &rows);
        let numbers = compose(family, &rows, &chains);
        let depth = rows.row_of.iter().max().map_or(0, |last| last + 1);
        let mut layers = vec![Vec::new(); depth];
        for (chain, members) in chains.members.iter().enumerate() {
            if let Some(&first) = members.first() {
                layers[rows.row_of[first]].push(chain);
            }
        }
        let order = Order::best_of(&rows, &chains, &layers, &numbers);
        let cells = Cells::of(family, &rows, &chains, &order);
        let positions = positions(family, &rows, &chains, &cells, &order);
        let ends = Ends::of(family, &rows, &cells, &positions);
        let lanes = lanes(&rows, &chains, &cells, &positions, &ends);
        let mut layout = Self { rows, chains, cells, positions, ends, lanes, heights: Vec::new(), width: 0, height: 0 };
        layout.stack(depth);
        layout
    }

    /// Puts the generations below each other.
    fn stack(&mut self, depth: usize) {
        let mut names = vec![0; depth];
        let mut is_forked = vec![false; depth];
        for (place, texts) in self.cells.texts.iter().enumerate() {
            let row = self.rows.row_of[place];
            names[row] = names[row].max(texts.name.len());
            let edge = self.positions.x[place] + self.cells.reach[place][1] + LANE * self.cells.arms_of[place][1];
            self.width = self.width.max(edge + 3 * LANE);
        }
        for (line, (x, fork)) in self.rows.lines.iter().zip(self.ends.x.iter().zip(&self.ends.fork)) {
            is_forked[line.row + 1] |= x != fork;
        }
        let mut y = 2 * LANE;
        for row in 0..depth {
            let fork = y;
            let middle = y + if is_forked[row] { FORK } else { 0 } + DATES + HALF;
            let unions = middle + HALF + 6 + LEADING * names[row] as i32 + LANE;
            let lines = unions + LANE * (self.lanes.unions[row] as i32) + LANE;
            y = lines + LANE * (self.lanes.lines[row].max(1) as i32) + LANE;
            self.heights.push(Height { middle, unions, lines, fork });
            self.height = unions + LANE * (self.lanes.unions[row] as i32) + LANE;
        }
    }

    /// The people among the places.
    pub fn people(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        self.rows.pieces.iter().enumerate().filter_map(|(place, piece)| match piece {
            Piece::Person(person) => Some((place, *person)),
            _ => None,
        })
    }

    /// The middle of a place.
    pub fn middle(&self, place: usize) -> (i32, i32) {
        (self.positions.x[place], self.heights[self.rows.row_of[place]].middle)
    }
}
