//! Step 3 of the layout: how far from the left everything stands.
//!
//! Children want to stand beneath the middle of their parents, and parents above the middle of their children; neighbours
//! keep their distance. That is a problem of least squares with separations. In one generation, with the
//! others held, it is solved exactly ([`pools`](super::pools)); going down and up through the generations brings all of them
//! together.
//!
//! Whole numbers of different remainder by 8 keep lines apart that come from different directions: what lines end at
//! stands at 0, what they begin at 4, and lines that pass at 2 or 6. So no two families share a vertical line by chance.

use super::cells::Cells;
use super::chains::Chains;
use super::family::Family;
use super::measures::{CLEAR, LANE};
use super::order::Order;
use super::pools::separated;
use super::rows::{Piece, Rows, Top};
use std::collections::{BTreeMap, HashMap, HashSet};

/// How often the generations are gone through down and up.
const SWEEPS: usize = 30;
/// How many places are moved in all, so that large families get fewer sweeps; six are made in any case.
const PATIENCE: usize = 600_000;

/// How strongly partners hold each other, beside a line's 1.
const HOLD: f64 = 0.7;
/// How strongly children stand together, beside where their line wants them.
const TOGETHER: f64 = 0.2;

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
struct Solver<'a> {
    family: &'a Family<'a>,
    rows: &'a Rows,
    chains: &'a Chains,
    cells: &'a Cells,
    /// Places from left to right by generation, with the distance to the one before.
    layers: Vec<Vec<(usize, i32)>>,
    /// Behind which layers a connected family ends.
    ends: Vec<usize>,
    x: Vec<f64>,
    /// Where each line begins and the middle of its ends, with the round in which they were looked at.
    known: Vec<(usize, f64, f64)>,
    round: usize,
}

/// The chains of each connected family, by generation.
fn side_by_side(rows: &Rows, chains: &Chains, order: &Order<'_>) -> Vec<Vec<Vec<usize>>> {
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
pub(super) fn positions(
    family: &Family<'_>,
    rows: &Rows,
    chains: &Chains,
    cells: &Cells,
    order: &Order<'_>,
) -> Positions {
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
    };
    for families in side_by_side(rows, chains, order) {
        families.iter().for_each(|layer| solver.layer(layer));
        solver.ends.push(solver.layers.len());
    }
    let sweeps = (PATIENCE / rows.pieces.len().max(1)).clamp(6, SWEEPS);
    for sweep in 0..sweeps {
        let down = (0..solver.layers.len()).map(|row| (row, [1.0, 0.4]));
        let up = (0..solver.layers.len()).rev().map(|row| (row, [0.4, 1.0]));
        let weights: Vec<(usize, [f64; 2])> = if sweep % 2 == 0 { up.collect() } else { down.collect() };
        weights.into_iter().for_each(|(row, weights)| solver.relax(row, weights));
    }
    solver.finish()
}

impl Solver<'_> {
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
        let rows = self.rows;
        for &line in &rows.lines_to[place] {
            let (top, middle) = self.look_at(line);
            sum += above * (top - middle + TOGETHER * (middle - self.x[place]));
            weight += above;
        }
        for &line in &rows.lines_from[place] {
            let (top, middle) = self.look_at(line);
            sum += below * (middle - top);
            weight += below;
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
                [place, ..] if matches!(self.rows.pieces[place], Piece::Nobody(_)) => self.x[place],
                [place, ..] => self.x[place] + f64::from(self.cells.reach[place][1] + CLEAR),
                [] => 0.0,
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

    /// Whole numbers with the right remainders, one family beside the other.
    fn finish(self) -> Positions {
        let mut positions = Positions {
            x: vec![0; self.x.len()],
            top: vec![0; self.rows.lines.len()],
            arms: vec![0; self.cells.arms.len()],
        };
        let (mut from, mut edge) = (0, 3 * LANE);
        for &end in &self.ends {
            let layers = &self.layers[from..end];
            let firsts = layers.iter().filter_map(|layer| layer.first());
            let least = firsts.map(|&(place, _)| self.x[place] - self.side(place, 0)).fold(f64::MAX, f64::min);
            let mut most = edge;
            for layer in layers {
                self.round(layer, f64::from(edge) - least, &mut positions.x);
                if let Some(&(place, _)) = layer.last() {
                    most =
                        most.max(positions.x[place] + self.cells.reach[place][1] + LANE * self.cells.arms_of[place][1]);
                }
            }
            (from, edge) = (end, most + 4 * LANE);
        }
        self.straighten(&mut positions);
        positions
    }

    /// How far a place reaches to a side, with its arms.
    fn side(&self, place: usize, side: usize) -> f64 {
        let arms = self.cells.arms_of[place][side];
        f64::from(self.cells.reach[place][side] + if arms > 0 { CLEAR + LANE * arms } else { 0 })
    }

    fn round(&self, layer: &[(usize, i32)], shift: f64, x: &mut [i32]) {
        let mut end: Option<i32> = None;
        for &(place, apart) in layer {
            #[allow(clippy::cast_possible_truncation, reason = "drawings are small, and such a cast saturates")]
            let wanted = (self.x[place] + shift).round() as i32;
            let tight = end.map(|end| end + apart - LANE + 1);
            let rest = self.remainder(place);
            let rounded = wanted - (wanted - rest).rem_euclid(LANE);
            x[place] = match tight {
                Some(tight) if rounded < tight => tight + (rest - tight).rem_euclid(LANE),
                _ => rounded,
            };
            end = Some(x[place]);
        }
    }

    const fn remainder(&self, place: usize) -> i32 {
        match self.rows.pieces.as_slice()[place] {
            Piece::Person(_) | Piece::Nobody(_) => 0,
            Piece::Passing(union) | Piece::Proxy(union) => {
                if union % 2 == 0 {
                    2
                } else {
                    6
                }
            }
        }
    }

    /// Lets lines begin straight above where they end, and pass straight, where there is room; then nothing else is at that
    /// place of the line, as neither beginnings nor ends share theirs.
    fn straighten(&self, positions: &mut Positions) {
        for (arm, x) in self.cells.arms.iter().zip(&mut positions.arms) {
            let step = CLEAR + LANE * arm.number;
            let edge = self.cells.reach[arm.place][usize::from(arm.is_right)] + step;
            let raw = positions.x[arm.place] + if arm.is_right { edge } else { -edge };
            let up = (4 - raw).rem_euclid(LANE);
            *x = if arm.is_right { raw + up } else { raw + up - if up == 0 { 0 } else { LANE } };
        }
        let mut by_row: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (number, line) in self.rows.lines.iter().enumerate() {
            by_row.entry(line.row).or_default().push(number);
        }
        let arm_of: HashMap<usize, usize> =
            self.cells.arms.iter().enumerate().filter_map(|(number, arm)| Some((arm.line?, number))).collect();
        let slots = self.slots();
        for lines in by_row.into_values() {
            for &line in &lines {
                positions.top[line] = match (self.rows.lines[line].top, arm_of.get(&line)) {
                    (_, Some(&arm)) => positions.arms[arm],
                    (Top::Passing(place) | Top::Partner(place), None) => positions.x[place],
                    (Top::Union(union), None) => self.begin(union, line, positions),
                };
            }
            let tops: HashSet<i32> = lines.iter().map(|&line| positions.top[line]).collect();
            lines.iter().for_each(|&line| self.pass_straight(line, &tops, &slots, positions));
        }
    }

    /// Where the line of a union begins: between the partners, or at the arm of the one with fewer unions.
    fn begin(&self, union: usize, line: usize, positions: &Positions) -> i32 {
        let places = &self.rows.seats[union].places;
        match places[..] {
            [a, b] if self.chains.is_chained[union] => {
                let (left, right) = if positions.x[a] < positions.x[b] { (a, b) } else { (b, a) };
                let from = positions.x[left] + self.cells.reach[left][1] + CLEAR + LANE * self.cells.arms_of[left][1];
                let to = positions.x[right] - self.cells.reach[right][0] - CLEAR - LANE * self.cells.arms_of[right][0];
                let middle = i32::midpoint(from, to);
                let ends = self.rows.lines[line].ends.iter().map(|&(end, _)| positions.x[end]);
                let straight = ends.filter(|x| (from..=to).contains(x)).min_by_key(|x| (x - middle).abs());
                let is_one = self.rows.lines[line].ends.len() == 1;
                let near = straight.filter(|x| is_one || (x - middle).abs() <= LANE);
                near.unwrap_or_else(|| {
                    middle + (4 - middle).rem_euclid(LANE) - if middle.rem_euclid(LANE) > 4 { LANE } else { 0 }
                })
            }
            [_, _] => {
                let arms = self
                    .cells
                    .arms
                    .iter()
                    .zip(&positions.arms)
                    .filter(|(arm, _)| arm.union == union && arm.line.is_none());
                arms.min_by_key(|(arm, _)| (self.rows.lines_from[arm.place].len(), arm.place)).map_or(0, |(_, &x)| x)
            }
            [place] => positions.x[place],
            _ => 0,
        }
    }

    /// The neighbours of each place, with the distance to keep.
    fn slots(&self) -> Vec<[Option<(usize, i32)>; 2]> {
        let mut slots = vec![[None, None]; self.x.len()];
        for layer in &self.layers {
            for pair in layer.windows(2) {
                let ((left, _), (right, apart)) = (pair[0], pair[1]);
                slots[left][1] = Some((right, apart - LANE + 1));
                slots[right][0] = Some((left, apart - LANE + 1));
            }
        }
        slots
    }

    /// Lets a line that passes go straight on; where there is no room, it still keeps away from where others begin.
    fn pass_straight(
        &self,
        line: usize,
        tops: &HashSet<i32>,
        slots: &[[Option<(usize, i32)>; 2]],
        positions: &mut Positions,
    ) {
        let top = positions.top[line];
        for &(end, tie) in &self.rows.lines[line].ends {
            if tie.is_some() || !matches!(self.rows.pieces[end], Piece::Passing(_) | Piece::Proxy(_)) {
                continue;
            }
            let [left, right] = slots[end];
            let fits = |x: &i32| {
                left.is_none_or(|(left, apart)| x - positions.x[left] >= apart)
                    && right.is_none_or(|(right, apart)| positions.x[right] - x >= apart)
            };
            let x = positions.x[end];
            let free = [0, 2, -2, 4, -4].into_iter().map(|step| x + step).filter(|x| !tops.contains(x));
            positions.x[end] = std::iter::once(top).chain(free).find(fits).unwrap_or(x);
        }
    }
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
