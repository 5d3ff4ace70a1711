//! Step 2a of the layout: who stands beside whom.
//!
//! Partners stand beside each other, so people who married one after the other make a chain. Two rules are hard: children
//! stand in birth order, and what is chained stays together. A union is chained as long as both can be kept; one
//! that cannot is drawn by a line beneath the symbols. People with more than two unions have two partners beside them.

use super::family::Family;
use super::rows::{Piece, Rows, Top};
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap, HashSet};

/// Looks at so many people in all before further unions are left unchained.
const PATIENCE: usize = 4_000_000;

/// Chains of places that stand beside each other.
pub(super) struct Chains {
    /// Places from left to right.
    pub members: Vec<Vec<usize>>,
    /// The chain of each place.
    pub of: Vec<usize>,
    /// Unions whose places are beside each other.
    pub is_chained: Vec<bool>,
    /// The unions in which each place takes part.
    pub unions_of: Vec<Vec<usize>>,
    /// The next younger child of the same parents in the same generation.
    pub next: Vec<Option<usize>>,
}

impl Chains {
    /// Chains partners.
    pub fn of(family: &Family<'_>, rows: &Rows) -> Self {
        let count = rows.pieces.len();
        let mut chains = Self {
            members: (0..count).map(|place| vec![place]).collect(),
            of: (0..count).collect(),
            is_chained: vec![false; rows.seats.len()],
            unions_of: vec![Vec::new(); count],
            next: next(family, rows),
        };
        for (union, seat) in rows.seats.iter().enumerate() {
            seat.places.iter().for_each(|&place| chains.unions_of[place].push(union));
        }
        let mut patience = PATIENCE;
        for union in by_need(family, rows) {
            if let [a, b] = rows.seats[union].places[..] {
                chains.is_chained[union] = chains.chain(a, b, &mut patience);
            }
        }
        for chain in 0..count {
            chains.turn(family, rows, chain);
        }
        chains
    }

    /// Puts two chains end to end, if these places are their ends and no child would come to stand before an elder one.
    fn chain(&mut self, a: usize, b: usize, patience: &mut usize) -> bool {
        let (one, two) = (self.of[a], self.of[b]);
        let is_end = |chain: &[usize], place| chain.first() == Some(&place) || chain.last() == Some(&place);
        if one == two || !is_end(&self.members[one], a) || !is_end(&self.members[two], b) {
            return false;
        }
        let mut joined = self.members[one].clone();
        if joined.last() != Some(&a) {
            joined.reverse();
        }
        let mut other = self.members[two].clone();
        if other.first() != Some(&b) {
            other.reverse();
        }
        joined.extend(other);
        if self.comes_back([one, two], &joined, patience) || self.turns(&joined).is_none() {
            return false;
        }
        for &place in &self.members[two] {
            self.of[place] = one;
        }
        self.members[two].clear();
        self.members[one] = joined;
        true
    }

    /// Whether somebody outside these chains has to stand between two who are in them.
    fn comes_back(&self, [one, two]: [usize; 2], joined: &[usize], patience: &mut usize) -> bool {
        let mut open: Vec<usize> = Vec::new();
        let mut seen = HashSet::new();
        let is_inside = |chain: usize| chain == one || chain == two;
        let first = joined.iter().filter_map(|&place| self.next[place]).map(|place| self.of[place]);
        open.extend(first.filter(|&chain| !is_inside(chain)));
        while let Some(chain) = open.pop() {
            if !seen.insert(chain) {
                continue;
            }
            for next in self.members[chain].iter().filter_map(|&place| self.next[place]).map(|place| self.of[place]) {
                if is_inside(next) || *patience == 0 {
                    return true;
                }
                *patience -= 1;
                open.push(next);
            }
        }
        false
    }

    /// Which ways round a chain keeps the birth order: as it is, and turned; none if neither does.
    pub fn turns(&self, chain: &[usize]) -> Option<[bool; 2]> {
        let at = |place: usize| chain.iter().position(|&member| member == place);
        let (mut forward, mut backward) = (true, true);
        if chain.len() > 1 {
            for (here, &place) in chain.iter().enumerate() {
                if let Some(there) = self.next[place].and_then(at) {
                    forward &= here < there;
                    backward &= here > there;
                }
            }
        }
        (forward || backward).then_some([forward, backward])
    }

    /// Turns a chain so that the fewest lines have to cross: who is eldest has their partner on the left, who is youngest on
    /// the right; else men stand on the left, as is the custom.
    fn turn(&mut self, family: &Family<'_>, rows: &Rows, chain: usize) {
        let mut forward = self.members[chain].clone();
        if forward.len() < 2 {
            return;
        }
        let backward: Vec<usize> = forward.iter().rev().copied().collect();
        let key = |members: &[usize]| (self.tangles(members, family), misfits(members, family, rows), members.to_vec());
        let is_turned = match self.turns(&forward) {
            Some([true, true]) => key(&backward) < key(&forward),
            Some([_, backward]) => backward,
            None => false,
        };
        if is_turned {
            forward = backward;
        }
        self.members[chain] = forward;
    }

    /// How many lines have to cross between neighbours of a chain, as far as brothers and sisters tell.
    fn tangles(&self, members: &[usize], family: &Family<'_>) -> usize {
        let has_parents = |place: usize| family.ties_of.get(place).is_some_and(|ties| !ties.is_empty());
        let is_last = |place: usize| self.next[place].is_none();
        let is_first = |place: usize| !family.ties_of.get(place).is_some_and(|_| self.has_elder(place, family));
        let pairs = members.iter().zip(members.iter().skip(1));
        let cost = |(&left, &right): (&usize, &usize)| {
            usize::from(has_parents(right) && !is_last(left)) + usize::from(has_parents(left) && !is_first(right))
        };
        pairs.map(cost).sum()
    }

    /// Chains that have to stand to the right of a chain, since a child in it has a younger one there.
    pub fn after(&self, chain: usize) -> HashSet<usize> {
        let younger = self.members[chain].iter().filter_map(|&place| self.next[place]);
        younger.map(|place| self.of[place]).filter(|&other| other != chain).collect()
    }

    /// Whether the one has to stand to the left of the other, as far as neighbours in birth order tell.
    pub fn is_before(&self, left: usize, right: usize) -> bool {
        let younger = self.members[left].iter().filter_map(|&place| self.next[place]);
        younger.into_iter().any(|place| self.of[place] == right)
    }

    /// For each place those it is united with but not chained to.
    pub fn apart(&self, rows: &Rows) -> Vec<Vec<usize>> {
        let mut apart = vec![Vec::new(); rows.pieces.len()];
        for (seat, _) in rows.seats.iter().zip(&self.is_chained).filter(|(_, is_chained)| !**is_chained) {
            if let [a, b] = seat.places[..] {
                apart[a].push(b);
                apart[b].push(a);
            }
        }
        apart
    }

    /// Whether there are two ways from one chain to another, as where cousins marry: such families cannot always be drawn
    /// without a crossing.
    pub fn has_loops(&self, rows: &Rows) -> bool {
        let first_line = self.members.len();
        let mut group: Vec<usize> = (0..first_line + rows.lines.len()).collect();
        let joined = |one: usize, two: usize, group: &mut Vec<usize>| {
            let (one, two) = (root(group, one), root(group, two));
            group[one] = two;
            one == two
        };
        let tops = |top: Top| match top {
            Top::Union(union) => rows.seats[union].places.clone(),
            Top::Passing(place) | Top::Partner(place) => vec![place],
        };
        rows.lines.iter().enumerate().any(|(number, line)| {
            let above: HashSet<usize> = tops(line.top).into_iter().map(|place| self.of[place]).collect();
            let below = line.ends.iter().map(|&(end, _)| self.of[end]);
            above.into_iter().chain(below).any(|chain| joined(chain, first_line + number, &mut group))
        }) || self.apart(rows).iter().any(|others| !others.is_empty())
    }

    /// Chains by their numbers, except that nobody comes before a chain with an elder child of the same parents.
    pub fn lawful(&self, layer: &[usize], numbers: &[usize]) -> Vec<usize> {
        let mut waiting: HashMap<usize, usize> = layer.iter().map(|&chain| (chain, 0)).collect();
        let after: HashMap<usize, HashSet<usize>> = layer.iter().map(|&chain| (chain, self.after(chain))).collect();
        for later in after.values().flatten() {
            waiting.entry(*later).and_modify(|count| *count += 1);
        }
        let free = layer.iter().filter(|chain| waiting[chain] == 0);
        let mut heap: BinaryHeap<Reverse<(usize, usize)>> =
            free.map(|&chain| Reverse((numbers[chain], chain))).collect();
        let mut order = Vec::with_capacity(layer.len());
        while let Some(Reverse((_, chain))) = heap.pop() {
            order.push(chain);
            for &later in &after[&chain] {
                if let Some(count) = waiting.get_mut(&later) {
                    *count -= 1;
                    if *count == 0 {
                        heap.push(Reverse((numbers[later], later)));
                    }
                }
            }
        }
        // Where rules contradict each other nobody is lost: who is left follows in the order of the numbers.
        let placed: HashSet<usize> = order.iter().copied().collect();
        let mut left: Vec<usize> = layer.iter().copied().filter(|chain| !placed.contains(chain)).collect();
        left.sort_unstable_by_key(|&chain| (numbers[chain], chain));
        order.extend(left);
        order
    }

    fn has_elder(&self, place: usize, family: &Family<'_>) -> bool {
        family.siblings(place).any(|sibling| self.next[sibling] == Some(place))
    }
}

/// The one by which a group is known.
fn root(group: &mut [usize], mut one: usize) -> usize {
    while group[one] != one {
        group[one] = group[group[one]];
        one = group[one];
    }
    one
}

/// How many neighbours stand against the custom.
fn misfits(members: &[usize], family: &Family<'_>, rows: &Rows) -> usize {
    use super::genogram::Sex::{Female, Male};
    let sex = |place: usize| match rows.pieces[place] {
        Piece::Person(person) => Some(family.people[person].sex),
        _ => None,
    };
    let pairs = members.iter().zip(members.iter().skip(1));
    pairs.filter(|(left, right)| (sex(**left), sex(**right)) == (Some(Female), Some(Male))).count()
}

/// The next younger child of the same parents in the same generation.
fn next(family: &Family<'_>, rows: &Rows) -> Vec<Option<usize>> {
    let mut next = vec![None; rows.pieces.len()];
    for union in &family.unions {
        let mut last = HashMap::new();
        for &tie in union.children.iter().filter(|&&tie| family.is_main(tie)) {
            let child = family.ties[tie].child;
            if let Some(elder) = last.insert(rows.row_of[child], child) {
                next[elder] = Some(child);
            }
        }
    }
    next
}

/// Unions in the order in which they are chained: those that may not stand apart before those that may, those with
/// children before those without.
fn by_need(family: &Family<'_>, rows: &Rows) -> Vec<usize> {
    let mut order: Vec<usize> = (0..rows.seats.len()).collect();
    let many = |union: &usize| {
        let unions = family.unions[*union].partners.iter().map(|&partner| family.unions_of[partner].len());
        unions.max().is_some_and(|most| most > 2)
    };
    order.sort_by_key(|union| (many(union), family.unions[*union].children.is_empty(), *union));
    order
}
