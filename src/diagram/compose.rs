//! Step 2b of the layout: a first order from left to right.
//!
//! Chains that hang together by lines make a graph. A walk from one chain makes a tree of it; each branch is laid out by
//! itself, as what stands to the left and to the right of it in every generation, and branches are put beside each
//! other. In a family without loops whose married-in branches can stand aside, no lines cross in this order, and it
//! does not depend on where the walk begins.

use super::chains::Chains;
use super::family::Family;
use super::rows::{Rows, Top};
use std::collections::{BTreeMap, HashSet, VecDeque};

/// How a chain hangs on another.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Hang {
    /// Above a member.
    Above,
    /// Below.
    Below,
    /// Beside it, for want of room in the chain.
    Beside,
}

/// A walk over the chains.
struct Walk {
    /// Chains in the order in which they were met.
    order: Vec<usize>,
    /// From where each chain was met.
    from: Vec<Option<usize>>,
    /// For each chain those that hang on it, from left to right, and the one from which it was met among them.
    around: Vec<Vec<(usize, Hang)>>,
}

/// Orders the chains of every generation; the numbers say who stands further left.
pub(super) fn compose(family: &Family<'_>, rows: &Rows, chains: &Chains) -> Vec<usize> {
    let walk = walk(family, rows, chains);
    let mut laid: Vec<Sides> = (0..chains.members.len()).map(|_| Sides::default()).collect();
    let row_of = |chain: usize| rows.row_of[chains.members[chain][0]];
    let mut numbers = vec![0; chains.members.len()];
    let mut count = 0;
    for &chain in walk.order.iter().rev() {
        let sides = around(&walk, chain, &mut laid, row_of);
        if walk.from[chain].is_some() {
            laid[chain] = sides;
            continue;
        }
        let all = sides.left.then(Layers::one(row_of(chain), chain)).then(sides.right);
        for chain in all.0.into_values().flatten() {
            numbers[chain] = count;
            count += 1;
        }
    }
    numbers
}

/// What stands on both sides of a chain, from the branches that hang on it.
fn around(walk: &Walk, chain: usize, laid: &mut [Sides], row_of: impl Fn(usize) -> usize) -> Sides {
    let row = row_of(chain);
    let spine = walk.around[chain].iter().find(|(next, _)| Some(*next) == walk.from[chain]).map(|(_, hang)| *hang);
    let children =
        walk.around[chain].iter().filter(|(next, hang)| *hang == Hang::Below && Some(*next) != walk.from[chain]);
    let (mut left, children) = (children.count(), 0..);
    let mut parts = Parts::default();
    let (mut is_past, mut children) = (false, children);
    for &(next, hang) in &walk.around[chain] {
        if Some(next) == walk.from[chain] {
            is_past = true;
            continue;
        }
        let inner = std::mem::take(&mut laid[next]);
        let own = Layers::one(row_of(next), next);
        match hang {
            Hang::Above => parts.above(inner, own, row, spine == Some(Hang::Above) && is_past),
            Hang::Below if spine == Some(Hang::Below) => {
                let all = inner.left.then(own).then(inner.right);
                let side = if is_past { &mut parts.below_right } else { &mut parts.below_left };
                *side = std::mem::take(side).then(all);
            }
            Hang::Below => {
                left -= 1;
                parts.below(inner, own, row_of(next), children.next() == Some(0), left == 0);
            }
            Hang::Beside => {
                let all = inner.left.then(own).then(inner.right);
                parts.beside = std::mem::take(&mut parts.beside).then(all);
            }
        }
    }
    parts.joined(row)
}

fn walk(family: &Family<'_>, rows: &Rows, chains: &Chains) -> Walk {
    let count = chains.members.len();
    let apart = chains.apart(rows);
    let mut is_met = vec![false; count];
    let mut walk = Walk { order: Vec::new(), from: vec![None; count], around: vec![Vec::new(); count] };
    let index = (0..family.people.len()).filter(|&person| family.people[person].is_index);
    for start in index.chain(0..rows.pieces.len()).map(|place| chains.of[place]) {
        if std::mem::replace(&mut is_met[start], true) {
            continue;
        }
        let mut open = VecDeque::from([start]);
        while let Some(chain) = open.pop_front() {
            walk.order.push(chain);
            let mut is_spine_seen = false;
            for (next, hang) in neighbours(rows, chains, chain, &apart) {
                if !std::mem::replace(&mut is_met[next], true) {
                    walk.from[next] = Some(chain);
                    walk.around[chain].push((next, hang));
                    open.push_back(next);
                } else if Some(next) == walk.from[chain] && !std::mem::replace(&mut is_spine_seen, true) {
                    walk.around[chain].push((next, hang));
                }
            }
        }
    }
    walk
}

/// The chains that hang on a chain, from left to right.
fn neighbours(rows: &Rows, chains: &Chains, chain: usize, apart: &[Vec<usize>]) -> Vec<(usize, Hang)> {
    let members = &chains.members[chain];
    let mut found = Vec::new();
    for line in members.iter().flat_map(|&place| &rows.lines_to[place]).map(|&line| &rows.lines[line]) {
        let at = match line.top {
            Top::Union(union) => rows.seats[union].places.first().copied(),
            Top::Passing(place) | Top::Partner(place) => Some(place),
        };
        found.extend(at.map(|at| (chains.of[at], Hang::Above)));
    }
    let mut lines: Vec<usize> = members.iter().flat_map(|&place| rows.lines_from[place].iter().copied()).collect();
    let mut seen = HashSet::new();
    lines.retain(|line| seen.insert(*line));
    // A line from between two members comes before one from between the next two.
    let position = |place: usize| members.iter().position(|&member| member == place);
    lines.sort_by_key(|&line| match rows.lines[line].top {
        Top::Union(union) => {
            let at: Vec<usize> = rows.seats[union].places.iter().filter_map(|&place| position(place)).collect();
            if let [one, two] = at[..] { one + two } else { at.iter().sum::<usize>() * 2 + 1 }
        }
        Top::Passing(place) | Top::Partner(place) => position(place).unwrap_or_default() * 2,
    });
    for line in lines {
        found.extend(rows.lines[line].ends.iter().map(|&(end, _)| (chains.of[end], Hang::Below)));
    }
    found.extend(members.iter().flat_map(|&place| &apart[place]).map(|&other| (chains.of[other], Hang::Beside)));
    found
}

/// Chains by generation, from left to right.
#[derive(Default)]
struct Layers(BTreeMap<usize, VecDeque<usize>>);

impl Layers {
    fn one(row: usize, chain: usize) -> Self {
        Self(BTreeMap::from([(row, VecDeque::from([chain]))]))
    }

    /// These, and others to their right. The flatter ones are moved, so that deep families take no longer.
    fn then(mut self, mut right: Self) -> Self {
        if self.0.len() >= right.0.len() {
            for (row, chains) in right.0 {
                self.0.entry(row).or_default().extend(chains);
            }
            return self;
        }
        for (row, mut chains) in self.0 {
            let here = right.0.entry(row).or_default();
            std::mem::swap(here, &mut chains);
            here.extend(chains);
        }
        right
    }

    /// What is above a generation, and the rest.
    fn split(mut self, row: usize) -> (Self, Self) {
        let rest = self.0.split_off(&row);
        (self, Self(rest))
    }
}

/// What stands on both sides of a chain.
#[derive(Default)]
struct Sides {
    left: Layers,
    right: Layers,
}

/// What hangs on a chain, while its sides are put together.
#[derive(Default)]
struct Parts {
    above_left: Layers,
    above_right: Layers,
    beside_left: Layers,
    beside_right: Layers,
    below_left: Layers,
    below_right: Layers,
    beside: Layers,
}

impl Parts {
    /// Parents of a member: above the chain stands all of theirs, beside it and below their other children.
    fn above(&mut self, inner: Sides, own: Layers, row: usize, is_right: bool) {
        let (left, beside_left) = inner.left.split(row);
        let (right, beside_right) = inner.right.split(row);
        let side = if is_right { &mut self.above_right } else { &mut self.above_left };
        *side = std::mem::take(side).then(left).then(own).then(right);
        self.beside_left = std::mem::take(&mut self.beside_left).then(beside_left);
        self.beside_right = std::mem::take(&mut self.beside_right).then(beside_right);
    }

    /// A child: what reaches above it stands on the left of its parents for the first one, on the right for the last.
    fn below(&mut self, inner: Sides, own: Layers, row: usize, is_first: bool, is_last: bool) {
        let (above_left, left) = inner.left.split(row);
        let (above_right, right) = inner.right.split(row);
        let is_outer = is_first && !is_last;
        let below = std::mem::take(&mut self.below_right).then(left).then(own).then(right);
        if is_first {
            self.below_left = std::mem::take(&mut self.below_left).then(above_left);
            if is_outer {
                self.below_left = std::mem::take(&mut self.below_left).then(above_right);
                self.below_right = below;
            } else {
                self.below_right = below.then(above_right);
            }
        } else {
            self.below_right = below.then(above_left).then(above_right);
        }
    }

    fn joined(self, row: usize) -> Sides {
        let (in_laws_left, below_left) = self.below_left.split(row);
        let (in_laws_right, below_right) = self.below_right.split(row);
        Sides {
            left: in_laws_left.then(self.above_left).then(self.beside_left).then(below_left),
            right: self.above_right.then(in_laws_right).then(below_right).then(self.beside).then(self.beside_right),
        }
    }
}
