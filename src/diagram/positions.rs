//! Step 3 of the layout: how far from the left everything stands.
//!
//! Children want to stand beneath the middle of their parents, and parents above the middle of their children; neighbours
//! keep their distance. That is a problem of least squares with separations. In one generation, with the
//! others held, it is solved exactly ([`pools`](super::pools)); going down and up through the generations brings all of them
//! together.
//! Where hands moved people they then want to be there, more than anything else, and all others settle around them.
//! [`rounded`](super::rounded) makes whole numbers of it.

use super::cells::Cells;
use super::chains::Chains;
use super::family::Family;
use super::measures::{CLEAR, LANE};
use super::order::Order;
use super::pools::separated;
use super::rows::{Piece, Rows, Top};

/// How often the generations are gone through down and up.
const SWEEPS: usize = 30;
/// How many places are moved in all, so that large families get fewer sweeps; six are made in any case.
const PATIENCE: usize = 600_000;

/// How strongly partners hold each other, beside a line's 1.
const HOLD: f64 = 0.7;
/// How strongly partners draw each other who do not stand beside each other.
const APART: f64 = 0.1;
/// How strongly children stand together, beside where their line wants them.
const TOGETHER: f64 = 0.2;

/// How far a nudge moves somebody.
pub const STEP: i32 = 16;
/// The furthest that somebody is nudged, in steps.
pub const FURTHEST: i16 = 60;
/// How strongly somebody stays where a hand put them.
const NUDGED: f64 = 500.0;
/// How strongly everybody else then stays where they were: without that the whole family would come along.
const LEFT: f64 = 0.5;

/// Where everything stands.
pub(super) struct Positions {
    /// The middle of each place.
    pub x: Vec<i32>,
    /// Where each line begins.
    pub top: Vec<i32>,
    /// Where each arm goes down.
    pub arms: Vec<i32>,
}

/// What is placed, and the way there.
pub(super) struct Solver<'a> {
    family: &'a Family<'a>,
    pub(super) rows: &'a Rows,
    pub(super) chains: &'a Chains,
    pub(super) cells: &'a Cells,
    /// Places from left to right by generation, with the distance to the one before.
    pub(super) layers: Vec<Vec<(usize, i32)>>,
    /// Behind which layers a connected family ends.
    pub(super) ends: Vec<usize>,
    pub(super) x: Vec<f64>,
    /// Where each line begins and the middle of its ends, with the round in which they were looked at.
    known: Vec<(usize, f64, f64)>,
    round: usize,
    /// For each place those it is united with but not chained to.
    apart: Vec<Vec<usize>>,
    /// Where each place is to stay and how strongly, once hands moved somebody.
    stay: Vec<(f64, f64)>,
}

/// The chains of each connected family, by generation.
fn side_by_side(rows: &Rows, chains: &Chains, order: &Order) -> Vec<Vec<Vec<usize>>> {
    let mut families: Vec<Vec<Vec<usize>>> = vec![Vec::new(); rows.family_of.iter().max().map_or(0, |last| last + 1)];
    // The order may mix families that do not hang together; each keeps its own.
    let mut rows_of = vec![usize::MAX; families.len()];
    for (row, &chain) in
        order.layers.iter().enumerate().flat_map(|(row, layer)| layer.iter().map(move |chain| (row, chain)))
    {
        let number = rows.family_of[chains.members[chain][0]];
        if std::mem::replace(&mut rows_of[number], row) != row {
            families[number].push(Vec::new());
        }
        if let Some(layer) = families[number].last_mut() {
            layer.push(chain);
        }
    }
    families
}

/// Places everything; families that do not hang together stand side by side.
pub(super) fn positions(family: &Family<'_>, rows: &Rows, chains: &Chains, cells: &Cells, order: &Order) -> Positions {
    let mut solver = Solver {
        family,
        rows,
        chains,
        cells,
        layers: Vec::new(),
        ends: Vec::new(),
        x: vec![0.0; rows.pieces.len()],
        known: vec![(0, 0.0, 0.0); rows.lines.len()],
        round: 0,
        apart: chains.apart(rows),
        stay: Vec::new(),
    };
    for families in side_by_side(rows, chains, order) {
        families.iter().for_each(|layer| solver.layer(layer));
        solver.ends.push(solver.layers.len());
    }
    solver.sweep();
    if solver.nudge() {
        solver.sweep();
    }
    solver.finish()
}

impl Solver<'_> {
    /// Goes up and down through the generations until all of them stand well.
    fn sweep(&mut self) {
        let sweeps = (PATIENCE / self.rows.pieces.len().max(1)).clamp(6, SWEEPS);
        for sweep in 0..sweeps {
            let down = (0..self.layers.len()).map(|row| (row, [1.0, 0.4]));
            let up = (0..self.layers.len()).rev().map(|row| (row, [0.4, 1.0]));
            let weights: Vec<(usize, [f64; 2])> = if sweep % 2 == 0 { up.collect() } else { down.collect() };
            weights.into_iter().for_each(|(row, weights)| self.relax(row, weights));
        }
    }

    /// Notes where hands put people; says whether any did.
    fn nudge(&mut self) -> bool {
        let steps = |piece: &Piece| match piece {
            Piece::Person(person) => i32::from(self.family.people[*person].nudge.clamp(-FURTHEST, FURTHEST)),
            _ => 0,
        };
        let steps: Vec<i32> = self.rows.pieces.iter().map(steps).collect();
        if steps.iter().all(|steps| *steps == 0) {
            return false;
        }
        let stay = steps.iter().zip(&self.x);
        let stay = stay.map(|(&steps, x)| (x + f64::from(steps * STEP), if steps == 0 { LEFT } else { NUDGED }));
        self.stay = stay.collect();
        true
    }

    /// Puts a generation side by side, as near as it may be.
    fn layer(&mut self, chains: &[usize]) {
        let mut layer: Vec<(usize, i32)> = Vec::new();
        let mut x = 0;
        for &place in chains.iter().flat_map(|&chain| &self.chains.members[chain]) {
            let apart = match layer.last() {
                Some(&(before, _)) => {
                    self.cells.apart(self.family, self.rows, before, place, self.union(before, place))
                }
                None => 0,
            };
            // Room for the remainders.
            let apart = apart + LANE - 1;
            x += apart;
            self.x[place] = f64::from(x);
            layer.push((place, apart));
        }
        self.layers.push(layer);
    }

    /// The union whose partners stand beside each other here.
    fn union(&self, left: usize, right: usize) -> Option<usize> {
        chained(self.rows, self.chains, left, right)
    }

    /// Moves a generation to where its lines are shortest.
    fn relax(&mut self, row: usize, [above, below]: [f64; 2]) {
        let layer = std::mem::take(&mut self.layers[row]);
        self.round += 1;
        let mut wants: Vec<(f64, f64)> = layer.iter().map(|&(place, _)| self.wanted(place, above, below)).collect();
        self.hold(&layer, &mut wants);
        self.follow(&layer, &mut wants);
        let placed = separated(&layer, &wants);
        layer.iter().zip(placed).for_each(|(&(place, _), x)| self.x[place] = x);
        self.layers[row] = layer;
    }

    /// Where a place wants to stand, and how much.
    fn wanted(&mut self, place: usize, above: f64, below: f64) -> (f64, f64) {
        let (mut sum, mut weight) = (0.0, 0.0);
        let (rows, chains) = (self.rows, self.chains);
        for &line in &rows.lines_to[place] {
            let (top, middle) = self.look_at(line);
            sum += above * (top - middle + TOGETHER * (middle - self.x[place]));
            weight += above;
        }
        for &line in rows.lines_from[place].iter().filter(|&&line| hangs(rows, chains, line, place)) {
            let (top, middle) = self.look_at(line);
            sum += below * (middle - top);
            weight += below;
        }
        for &other in &self.apart[place] {
            sum += APART * (self.x[other] - self.x[place]);
            weight += APART;
        }
        if let Some((x, strength)) = self.stay.get(place) {
            sum += strength * (x - self.x[place]);
            weight += strength;
        }
        if weight > 0.0 { (self.x[place] + sum / weight, weight) } else { (self.x[place], 0.0) }
    }

    /// Where a line begins, and the middle of its ends; looked at once for all who ask in a round.
    fn look_at(&mut self, line: usize) -> (f64, f64) {
        if self.known[line].0 != self.round {
            self.known[line] = (self.round, self.top(line), self.middle(line));
        }
        (self.known[line].1, self.known[line].2)
    }

    /// Partners hold each other.
    fn hold(&self, layer: &[(usize, i32)], wants: &mut [(f64, f64)]) {
        for at in (1..layer.len()).filter(|&at| self.is_chained(layer, at)) {
            let ((left, _), (right, apart)) = (layer[at - 1], layer[at]);
            let far = self.x[right] - self.x[left] - f64::from(apart);
            for (number, place, pull) in [(at - 1, left, far), (at, right, -far)] {
                let (wanted, weight) = wants[number];
                if weight > 0.0 {
                    wants[number] =
                        ((wanted * weight + (self.x[place] + pull / 2.0) * HOLD) / (weight + HOLD), weight + HOLD);
                }
            }
        }
    }

    /// Who has no line of their own follows their partner.
    fn follow(&self, layer: &[(usize, i32)], wants: &mut [(f64, f64)]) {
        for at in 1..layer.len() {
            if wants[at].1 == 0.0 && wants[at - 1].1 > 0.0 && self.is_chained(layer, at) {
                wants[at] = (wants[at - 1].0 + f64::from(layer[at].1), 0.3 * wants[at - 1].1);
            }
        }
        for at in (1..layer.len()).rev() {
            if wants[at - 1].1 == 0.0 && wants[at].1 > 0.0 && self.is_chained(layer, at) {
                wants[at - 1] = (wants[at].0 - f64::from(layer[at].1), 0.3 * wants[at].1);
            }
        }
        wants.iter_mut().filter(|(_, weight)| *weight == 0.0).for_each(|(_, weight)| *weight = 0.02);
    }

    fn is_chained(&self, layer: &[(usize, i32)], at: usize) -> bool {
        self.chains.of[layer[at].0] == self.chains.of[layer[at - 1].0]
    }

    /// Where a line begins.
    fn top(&self, line: usize) -> f64 {
        match self.rows.lines[line].top {
            Top::Union(union) => match self.rows.seats[union].places[..] {
                [a, b] if self.chains.is_chained[union] => {
                    let (left, right) = if self.x[a] < self.x[b] { (a, b) } else { (b, a) };
                    let edges = self.cells.reach[left][1] - self.cells.reach[right][0];
                    (self.x[left] + self.x[right] + f64::from(edges)) / 2.0
                }
                [place] if matches!(self.rows.pieces[place], Piece::Nobody(_)) => self.x[place],
                _ => root(self.rows, union)
                    .map_or(0.0, |place| self.x[place] + f64::from(self.cells.reach[place][1] + CLEAR)),
            },
            Top::Passing(place) => self.x[place],
            Top::Partner(place) => self.x[place] + f64::from(self.cells.reach[place][1] + CLEAR),
        }
    }

    /// The middle of the ends of a line.
    fn middle(&self, line: usize) -> f64 {
        let ends = self.rows.lines[line].ends.iter().map(|&(end, _)| self.x[end]);
        let (least, most) = ends.fold((f64::MAX, f64::MIN), |(least, most), x| (least.min(x), most.max(x)));
        (least + most) / 2.0
    }
}

/// Whether a line hangs on a place: that of a union which is drawn beneath the symbols hangs on one partner alone.
fn hangs(rows: &Rows, chains: &Chains, line: usize, place: usize) -> bool {
    match rows.lines[line].top {
        Top::Union(union) if !chains.is_chained[union] => root(rows, union) == Some(place),
        _ => true,
    }
}

/// The place on which the line of a union hangs that is drawn beneath the symbols: the one with fewer lines.
pub(super) fn root(rows: &Rows, union: usize) -> Option<usize> {
    rows.seats[union].places.iter().copied().min_by_key(|&place| (rows.lines_from[place].len(), place))
}

/// The union whose partners are these neighbours.
pub(super) fn chained(rows: &Rows, chains: &Chains, left: usize, right: usize) -> Option<usize> {
    if chains.of[left] != chains.of[right] {
        return None;
    }
    chains.unions_of[left]
        .iter()
        .copied()
        .find(|&union| chains.is_chained[union] && rows.seats[union].places.contains(&right))
}
