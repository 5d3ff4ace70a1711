//! Step 2c of the layout: the order from left to right in every generation.
//!
//! The first order ([`compose`](super::compose)) is brought under the hard rules: chains stay together, children stand in
//! birth order. Then chains change places as long as fewer lines cross. How many cross is reckoned as they will be drawn: a
//! line goes down, along and down again, and of two that go along over each other the better one is above.

use super::chains::Chains;
use super::rows::{Rows, Top};
use std::collections::HashMap;

/// How often all generations are gone through.
const ROUNDS: usize = 24;
/// How far a chain is tried beside others.
const REACH: usize = 400;
/// A chain is tried no further when so much is lost, in quarters of a crossing.
const HOPELESS: isize = 48;
/// How often the generations are settled before small steps begin, each for a beginning of its own.
const SETTLED: [usize; 4] = [0, 1, 3, 5];
/// Families with fewer lines than this are untangled from every beginning.
const FEW: usize = 300;
/// Comparisons of two lines in all, after which the order is good enough.
const PATIENCE: usize = 3_000_000;
/// With more pairs of lines than this, one beginning has to do.
const MANY: usize = 2_000_000;

/// The order of every generation.
pub(super) struct Order {
    /// Chains from left to right, by generation.
    pub layers: Vec<Vec<usize>>,
    /// The number of each place in its generation.
    pub at: Vec<usize>,
}

impl Order {
    /// The best order that is found from several beginnings; chains may be turned round for it.
    pub fn best_of(rows: &Rows, chains: &mut Chains, layers: &[Vec<usize>], numbers: &[usize]) -> Self {
        let Search { layers, at, members, .. } = Search::best_of(rows, chains, layers, numbers);
        chains.members = members;
        Self { layers, at }
    }
}

/// The order that is found so far.
struct Search<'a> {
    rows: &'a Rows,
    chains: &'a Chains,
    /// Chains from left to right, by generation.
    layers: Vec<Vec<usize>>,
    /// The number of each place in its generation.
    at: Vec<usize>,
    /// The places of each chain, from left to right.
    members: Vec<Vec<usize>>,
    /// Unions of each place whose partner is not beside it.
    apart: Vec<Vec<usize>>,
    /// Whether brothers and sisters are also moved together. Without loops there is little to win by it, and somebody new is
    /// to move nobody else.
    moves_runs: bool,
    patience: usize,
}

impl<'a> Search<'a> {
    /// Orders by these numbers of the chains, as far as the hard rules let.
    fn by(rows: &'a Rows, chains: &'a Chains, layers: Vec<Vec<usize>>, numbers: &[usize]) -> Self {
        let layers = layers.into_iter().map(|layer| chains.lawful(&layer, numbers)).collect();
        let mut order = Self {
            rows,
            chains,
            layers,
            at: vec![0; rows.pieces.len()],
            members: chains.members.clone(),
            apart: chains.apart(rows),
            moves_runs: chains.has_loops(rows),
            patience: PATIENCE,
        };
        (0..order.layers.len()).for_each(|row| order.number(row));
        order
    }

    /// The best order that is found from several beginnings.
    fn best_of(rows: &'a Rows, chains: &'a Chains, layers: &[Vec<usize>], numbers: &[usize]) -> Self {
        if pairs(rows) > MANY {
            let mut order = Self::by(rows, chains, layers.to_vec(), numbers);
            order.settle(SETTLED[1]);
            order.untangle();
            return order;
        }
        let mut best: Option<(usize, Self)> = None;
        let is_small = rows.lines.len() < FEW;
        for sweeps in SETTLED {
            let mut order = Self::by(rows, chains, layers.to_vec(), numbers);
            order.settle(sweeps);
            if is_small {
                order.untangle();
            }
            let crossings = order.crossings();
            if best.as_ref().is_none_or(|(least, _)| crossings < *least) {
                best = Some((crossings, order));
            }
            if crossings == 0 {
                break;
            }
        }
        let Some((crossings, mut order)) = best else { return Self::by(rows, chains, layers.to_vec(), numbers) };
        if crossings > 0 && !is_small {
            order.untangle();
        }
        order
    }

    fn number(&mut self, row: usize) {
        let places = self.layers[row].iter().flat_map(|&chain| &self.members[chain]);
        places.enumerate().for_each(|(number, &place)| self.at[place] = number);
    }

    /// Lets chains change places as long as fewer lines cross.
    fn untangle(&mut self) {
        for round in 0..ROUNDS {
            let mut is_better = false;
            for row in 0..self.layers.len() {
                let row = if round % 2 == 0 { row } else { self.layers.len() - 1 - row };
                is_better |= self.untangle_row(row, round % 2 == 0);
                if self.patience == 0 {
                    return;
                }
            }
            if !is_better && round > 0 {
                return;
            }
        }
    }

    /// Puts every chain to the middle of what its lines lead to, going down and up through the generations; the result is often
    /// far better than what small steps find, and often worse, so it is one of several beginnings.
    fn settle(&mut self, sweeps: usize) {
        let mut numbers = vec![0; self.members.len()];
        for sweep in 0..sweeps {
            let count = self.layers.len();
            for step in 0..count {
                let row = if sweep % 2 == 0 { step } else { count - 1 - step };
                self.settle_row(row, sweep % 2 == 0, &mut numbers);
            }
        }
    }

    fn settle_row(&mut self, row: usize, is_down: bool, numbers: &mut [usize]) {
        let layer = &self.layers[row];
        let mut last = 0;
        for &chain in layer {
            let members = &self.members[chain];
            let wanted: Vec<usize> = if is_down {
                members.iter().flat_map(|&place| &self.rows.lines_to[place]).map(|&line| 500 * self.top(line)).collect()
            } else {
                let lines = members.iter().flat_map(|&place| &self.rows.lines_from[place]);
                lines.map(|&line| self.reach(line)).map(|(from, to)| 500 * (from + to)).collect()
            };
            // What has no line on this side stays beside its neighbour.
            last = if wanted.is_empty() { last + 1 } else { wanted.iter().sum::<usize>() / wanted.len() };
            numbers[chain] = last;
        }
        self.layers[row] = self.chains.lawful(&self.layers[row], numbers);
        self.number(row);
    }

    fn untangle_row(&mut self, row: usize, is_rightwards: bool) -> bool {
        let mut is_better = false;
        let mut chains = self.layers[row].clone();
        if !is_rightwards {
            chains.reverse();
        }
        for chain in chains {
            let Some(at) = self.layers[row].iter().position(|&other| other == chain) else { continue };
            is_better |= self.turned(chain);
            is_better |= self.moved(row, at, at);
            if self.patience == 0 {
                break;
            }
            let Some(at) = self.layers[row].iter().position(|&other| other == chain) else { continue };
            let last = self.last_of_run(row, at);
            is_better |= self.moves_runs && last > at && self.moved(row, at, last);
            if self.patience == 0 {
                break;
            }
        }
        is_better
    }

    /// Turns a chain round, if both ways keep the birth order and fewer lines cross then.
    fn turned(&mut self, chain: usize) -> bool {
        if self.members[chain].len() < 2 || self.chains.turns(&self.members[chain]) != Some([true, true]) {
            return false;
        }
        let before = self.between(chain, chain) + self.spans(chain);
        self.turn(chain);
        let is_better = self.between(chain, chain) + self.spans(chain) < before;
        if !is_better {
            self.turn(chain);
        }
        is_better
    }

    fn turn(&mut self, chain: usize) {
        let mut members = std::mem::take(&mut self.members[chain]);
        let first = members.first().map_or(0, |&place| self.at[place]);
        members.reverse();
        members.iter().zip(first..).for_each(|(&place, at)| self.at[place] = at);
        self.members[chain] = members;
    }

    /// Where the run of chains ends that begins here and in which each holds a younger brother or sister of the one before.
    fn last_of_run(&self, row: usize, at: usize) -> usize {
        let layer = &self.layers[row];
        let follows = |at: &usize| at + 1 < layer.len() && self.chains.is_before(layer[*at], layer[at + 1]);
        (at..layer.len()).find(|at| !follows(at)).unwrap_or(at)
    }

    /// Moves neighbouring chains together to the best place, if fewer lines cross there.
    fn moved(&mut self, row: usize, first: usize, last: usize) -> bool {
        let right = self.best(row, first, last, 1);
        let left = self.best(row, first, last, -1);
        let (gain, steps) = right.min(left);
        if gain >= 0 {
            return false;
        }
        let layer = &mut self.layers[row];
        if steps > 0 {
            layer[first..=last + steps.unsigned_abs()].rotate_right(steps.unsigned_abs());
        } else {
            layer[first - steps.unsigned_abs()..=last].rotate_left(steps.unsigned_abs());
        }
        self.number(row);
        true
    }

    /// How much is won by moving neighbouring chains to the best place on one side, and past how many others that is.
    fn best(&mut self, row: usize, first: usize, last: usize, step: isize) -> (isize, isize) {
        let block = self.layers[row][first..=last].to_vec();
        let edge = |order: &Self, chain: usize| order.members[chain].first().map_or(0, |&place| order.at[place]);
        let (mut gain, mut best) = (0, (0, 0));
        let (mut to, number) = (if step > 0 { last } else { first }, edge(self, block[0]));
        let mut steps: isize = 0;
        while steps.unsigned_abs() < REACH {
            let Some(next) = to.checked_add_signed(step).filter(|&next| next < self.layers[row].len()) else { break };
            let other = self.layers[row][next];
            let is_lawful = |&chain: &usize| {
                let (left, right) = if step > 0 { (chain, other) } else { (other, chain) };
                !self.chains.is_before(left, right)
            };
            if !block.iter().all(is_lawful) {
                break;
            }
            // The one next to the other changes places first.
            for at in 0..block.len() {
                let (left, right) = if step > 0 { (block[block.len() - 1 - at], other) } else { (other, block[at]) };
                gain += self.swapped(left, right);
            }
            to = next;
            steps += step;
            if gain < best.0 {
                best = (gain, steps);
            }
            if self.patience == 0 || gain > best.0 + HOPELESS {
                break;
            }
        }
        // All was reckoned step by step, so the numbers go back to what they were.
        let mut number = number.min(edge(self, block[0]));
        for &chain in &self.layers[row][first.min(to)..=last.max(to)] {
            for &place in &self.members[chain] {
                self.at[place] = number;
                number += 1;
            }
        }
        best
    }

    /// Lets two neighbours change places in the numbers, and tells how many more lines cross.
    fn swapped(&mut self, left: usize, right: usize) -> isize {
        let before = self.between(left, right) + self.spans(left) + self.spans(right);
        let (lefts, rights) = (&self.members[left], &self.members[right]);
        lefts.iter().for_each(|&place| self.at[place] += rights.len());
        rights.iter().for_each(|&place| self.at[place] -= lefts.len());
        self.between(left, right) + self.spans(left) + self.spans(right) - before
    }

    /// How far the unions of a chain reach that are drawn beneath the symbols.
    fn spans(&self, chain: usize) -> isize {
        let places = self.members[chain].iter();
        let unions = places.flat_map(|&place| self.apart[place].iter().map(move |&other| (place, other)));
        unions.map(|(one, two)| self.at[one].abs_diff(self.at[two]).cast_signed()).sum()
    }

    /// How many lines of the one chain cross lines of the other.
    fn between(&mut self, left: usize, right: usize) -> isize {
        let mut crossings = 0;
        for lines in [&self.rows.lines_to, &self.rows.lines_from] {
            for &one in self.members[left].iter().flat_map(|&place| &lines[place]) {
                for &two in self.members[right].iter().flat_map(|&place| &lines[place]) {
                    if one != two {
                        self.patience = self.patience.saturating_sub(1);
                        crossings += crossed(self, one, two);
                    }
                }
            }
        }
        crossings * 4
    }

    /// Where a line comes from: twice the number of its place, so that it may come from between two.
    fn top(&self, line: usize) -> usize {
        match self.rows.lines[line].top {
            Top::Union(union) => match self.rows.seats[union].places[..] {
                [one, two] if self.chains.is_chained[union] => self.at[one] + self.at[two],
                [one, ..] => 2 * self.at[one] + 1,
                [] => 0,
            },
            Top::Passing(place) => 2 * self.at[place],
            Top::Partner(place) => 2 * self.at[place] + 1,
        }
    }

    /// The leftmost and the rightmost end of a line.
    fn reach(&self, line: usize) -> (usize, usize) {
        let ends = self.rows.lines[line].ends.iter().map(|&(end, _)| self.at[end]);
        ends.fold((usize::MAX, 0), |(least, most), end| (least.min(end), most.max(end)))
    }

    /// How many ends of a line are between two places, given as twice their numbers.
    fn ends(&self, line: usize, from: usize, to: usize) -> usize {
        self.rows.lines[line]
            .ends
            .iter()
            .filter(|&&(end, _)| from <= 2 * self.at[end] && 2 * self.at[end] <= to)
            .count()
    }

    /// How many lines cross in all.
    fn crossings(&self) -> usize {
        let mut by_row: HashMap<usize, Vec<usize>> = HashMap::new();
        for line in 0..self.rows.lines.len() {
            by_row.entry(self.rows.lines[line].row).or_default().push(line);
        }
        let pairs = by_row.values().flat_map(|lines| {
            lines.iter().enumerate().flat_map(|(at, &one)| lines[at + 1..].iter().map(move |&two| (one, two)))
        });
        pairs.map(|(one, two)| crossed(self, one, two).unsigned_abs()).sum()
    }
}

/// How many pairs of lines there are between generations.
fn pairs(rows: &Rows) -> usize {
    let mut counts: HashMap<usize, usize> = HashMap::new();
    rows.lines.iter().for_each(|line| *counts.entry(line.row).or_default() += 1);
    counts.values().map(|count| count * count / 2).sum()
}

/// How often two lines between the same generations cross, whichever is better above. Where they begin is not known yet: above
/// the middle of their ends, or, if they come from the other sides of each other, both between these middles.
fn crossed(order: &Search<'_>, one: usize, two: usize) -> isize {
    let (left, right) = if order.top(one) <= order.top(two) { (one, two) } else { (two, one) };
    let ((left_from, left_to), (right_from, right_to)) = (order.reach(left), order.reach(right));
    if left_to < right_from {
        return 0;
    }
    let (mut left_top, mut right_top) = (left_from + left_to, right_from + right_to);
    if left_top >= right_top {
        let middle = usize::midpoint(left_top, right_top);
        (left_top, right_top) = (middle, middle + 1);
    }
    let left_bar = (left_top.min(2 * left_from), left_top.max(2 * left_to));
    let right_bar = (right_top.min(2 * right_from), right_top.max(2 * right_to));
    let inside = |x: usize, (from, to): (usize, usize)| usize::from(from < x && x < to);
    let left_above = inside(right_top, left_bar) + order.ends(left, right_bar.0, right_bar.1);
    let right_above = inside(left_top, right_bar) + order.ends(right, left_bar.0, left_bar.1);
    left_above.min(right_above).cast_signed()
}
