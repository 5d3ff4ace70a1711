//! Step 1 of the layout: in which generation everybody stands.
//!
//! Brothers and sisters, and then partners, stand in one generation, which a union-find brings about. Where that would put
//! somebody above themselves, as when an uncle marries his niece, the union crosses generations and stands with the lower
//! partner. The generations are
//! those of the longest way down, pulled together: first as a walk from one person would number them, then each
//! group is moved, as far as its parents and children let it, to where its lines are shortest.

use super::family::{Family, Union};
use std::collections::VecDeque;

/// Looks at so many people in all before unions that might go in a circle are taken to cross generations.
const PATIENCE: usize = 12_000_000;
/// How often groups are moved to where their lines are shorter.
const PASSES: usize = 12;

/// Where everybody stands.
pub(super) struct Generations {
    /// The generation of each person, 0 at the top of each connected family.
    pub of: Vec<usize>,
    /// The connected family of each person, numbered by its first person.
    pub families: Vec<usize>,
    /// The generation in which each union stands; for one of nobody, above its highest child.
    pub of_union: Vec<usize>,
}

/// Finds the generations.
pub(super) fn generations(family: &Family<'_>) -> Generations {
    let mut groups = Groups::new(nodes(family));
    align(family, &mut groups);
    let families = connected(family);
    let ranks = Ties::of(family, &mut groups).ranks(family, &mut groups);
    let mut top = vec![isize::MAX; families.iter().max().map_or(0, |last| last + 1)];
    let mut rank_of = |node: usize| ranks[groups.find(node)];
    let of: Vec<isize> = (0..family.people.len()).map(&mut rank_of).collect();
    let of_union: Vec<isize> = (0..family.unions.len())
        .map(|union| match family.unions[union].partners.iter().map(|&partner| of[partner]).max() {
            Some(rank) => rank,
            None => rank_of(family.people.len() + union),
        })
        .collect();
    let family_of = |union: usize| family_of_union(family, &families, union);
    of.iter().enumerate().for_each(|(person, &rank)| top[families[person]] = top[families[person]].min(rank));
    for (union, &rank) in of_union.iter().enumerate() {
        if let Some(number) = family_of(union) {
            top[number] = top[number].min(rank);
        }
    }
    Generations {
        of: of.iter().enumerate().map(|(person, &rank)| (rank - top[families[person]]).unsigned_abs()).collect(),
        of_union: of_union
            .iter()
            .enumerate()
            .map(|(union, &rank)| family_of(union).map_or(0, |number| (rank - top[number]).unsigned_abs()))
            .collect(),
        families,
    }
}

/// The connected family of a union; none where there is neither a partner nor a child.
pub(super) fn family_of_union(family: &Family<'_>, families: &[usize], union: usize) -> Option<usize> {
    let Union { partners, children, .. } = &family.unions[union];
    partners.first().copied().or_else(|| Some(family.ties[*children.first()?].child)).map(|person| families[person])
}

/// Everybody, and behind them each union, which stands for its partners where nobody knows them.
fn nodes(family: &Family<'_>) -> usize {
    family.people.len() + family.unions.len()
}

/// Union-find over people.
struct Groups(Vec<usize>);

impl Groups {
    fn new(count: usize) -> Self {
        Self((0..count).collect())
    }

    fn find(&mut self, person: usize) -> usize {
        let mut at = person;
        while self.0[at] != at {
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }

    fn join(&mut self, one: usize, two: usize) {
        let (one, two) = (self.find(one), self.find(two));
        self.0[one.max(two)] = one.min(two);
    }
}

/// Which connected family each person belongs to.
fn connected(family: &Family<'_>) -> Vec<usize> {
    let mut groups = Groups::new(family.people.len());
    for union in &family.unions {
        let mut all = union.partners.iter().copied().chain(union.children.iter().map(|&tie| family.ties[tie].child));
        if let Some(first) = all.next() {
            all.for_each(|person| groups.join(first, person));
        }
    }
    let mut numbers = vec![usize::MAX; family.people.len()];
    let mut count = 0;
    for person in 0..family.people.len() {
        let root = groups.find(person);
        if numbers[root] == usize::MAX {
            numbers[root] = count;
            count += 1;
        }
        numbers[person] = numbers[root];
    }
    numbers
}

/// Puts partners into one group, wherever nobody comes to stand above themselves.
fn align(family: &Family<'_>, groups: &mut Groups) {
    // Brothers and sisters before partners: an uncle stays beside his sister when he marries her daughter.
    let mut couples: Vec<[usize; 2]> = Vec::new();
    for union in &family.unions {
        let children: Vec<usize> =
            union.children.iter().filter(|&&tie| family.is_main(tie)).map(|&tie| family.ties[tie].child).collect();
        couples.extend(children.windows(2).map(|pair| [pair[0], pair[1]]));
    }
    couples.extend(family.unions.iter().filter_map(|union| <[usize; 2]>::try_from(&union.partners[..]).ok()));
    let mut all = Groups::new(nodes(family));
    couples.iter().for_each(|&[a, b]| all.join(a, b));
    let knot = Ties::of(family, &mut all).knots(nodes(family));
    // Unions that lie on no circle are safe all at once; the others are tried one by one.
    let (tried, safe): (Vec<[usize; 2]>, Vec<[usize; 2]>) = couples.iter().partition(|[a, _]| knot[all.find(*a)]);
    safe.iter().for_each(|&[a, b]| groups.join(a, b));
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); family.people.len()];
    for person in 0..family.people.len() {
        members[groups.find(person)].push(person);
    }
    let mut search = Search { seen: vec![0; family.people.len()], round: 0, patience: PATIENCE };
    for [a, b] in tried {
        let (one, two) = (groups.find(a), groups.find(b));
        if one != two
            && !search.leads(family, groups, &members, [one, two])
            && !search.leads(family, groups, &members, [two, one])
        {
            groups.join(one, two);
            let (kept, gone) = (one.min(two), one.max(two));
            let moved = std::mem::take(&mut members[gone]);
            members[kept].extend(moved);
        }
    }
}

/// A search for ancestors, repeated many times.
struct Search {
    /// In which search each group was met last.
    seen: Vec<usize>,
    round: usize,
    patience: usize,
}

impl Search {
    /// Whether somebody of the one group is an ancestor of somebody of the other; yes where finding out takes too long.
    fn leads(
        &mut self,
        family: &Family<'_>,
        groups: &mut Groups,
        members: &[Vec<usize>],
        [from, to]: [usize; 2],
    ) -> bool {
        self.round += 1;
        let mut open = vec![from];
        while let Some(group) = open.pop() {
            for &union in members[group].iter().flat_map(|&person| &family.unions_of[person]) {
                for &tie in &family.unions[union].children {
                    if self.patience == 0 {
                        return true;
                    }
                    self.patience -= 1;
                    let below = groups.find(family.ties[tie].child);
                    if below == to {
                        return true;
                    }
                    if std::mem::replace(&mut self.seen[below], self.round) != self.round {
                        open.push(below);
                    }
                }
            }
        }
        false
    }
}

/// From which group to which there are parents and children.
struct Ties {
    below: Vec<Vec<usize>>,
    above: Vec<Vec<usize>>,
}

impl Ties {
    fn of(family: &Family<'_>, groups: &mut Groups) -> Self {
        let count = nodes(family);
        let mut ties = Self { below: vec![Vec::new(); count], above: vec![Vec::new(); count] };
        for tie in &family.ties {
            let child = groups.find(tie.child);
            let partners = &family.unions[tie.union].partners;
            let nobody = partners.is_empty().then_some(family.people.len() + tie.union);
            for parent in partners.iter().copied().chain(nobody) {
                let parent = groups.find(parent);
                ties.below[parent].push(child);
                ties.above[child].push(parent);
            }
        }
        ties
    }

    /// Which groups lie on a circle, or between two: what is left when those without parents, or without children, are
    /// taken away again and again.
    fn knots(&self, count: usize) -> Vec<bool> {
        let mut is_left = vec![true; count];
        for (from, to) in [(&self.above, &self.below), (&self.below, &self.above)] {
            let mut waiting: Vec<usize> =
                from.iter().map(|all| all.iter().filter(|&&group| is_left[group]).count()).collect();
            let mut free: Vec<usize> = (0..count).filter(|&group| is_left[group] && waiting[group] == 0).collect();
            while let Some(group) = free.pop() {
                is_left[group] = false;
                for &next in to[group].iter().filter(|&&next| is_left[next]) {
                    waiting[next] -= 1;
                    if waiting[next] == 0 {
                        free.push(next);
                    }
                }
            }
        }
        is_left
    }

    /// Parents before children.
    fn downwards(&self) -> Vec<usize> {
        let mut waiting: Vec<usize> = self.above.iter().map(Vec::len).collect();
        let mut order: Vec<usize> = (0..waiting.len()).filter(|&group| waiting[group] == 0).collect();
        let mut at = 0;
        while let Some(&group) = order.get(at) {
            at += 1;
            for &child in &self.below[group] {
                waiting[child] -= 1;
                if waiting[child] == 0 {
                    order.push(child);
                }
            }
        }
        order
    }

    fn ranks(&self, family: &Family<'_>, groups: &mut Groups) -> Vec<isize> {
        let order = self.downwards();
        let mut ranks = self.walked(family, groups);
        for &group in &order {
            let least = self.above[group].iter().map(|&parent| ranks[parent] + 1).max();
            ranks[group] = least.map_or(ranks[group], |least| ranks[group].max(least));
        }
        for pass in 0..PASSES {
            let mut is_moved = false;
            for at in 0..order.len() {
                let group = order[if pass % 2 == 0 { order.len() - 1 - at } else { at }];
                let wanted = self.shortest(group, &ranks);
                is_moved |= wanted != ranks[group];
                ranks[group] = wanted;
            }
            if !is_moved {
                break;
            }
        }
        ranks
    }

    /// Where the lines of a group are shortest while all others stay: they grow evenly, so one end is best, or all equal.
    fn shortest(&self, group: usize, ranks: &[isize]) -> isize {
        let (above, below) = (&self.above[group], &self.below[group]);
        let least = above.iter().map(|&parent| ranks[parent] + 1).max();
        let most = below.iter().map(|&child| ranks[child] - 1).min();
        match (least, most) {
            (Some(least), Some(most)) if above.len() < below.len() => most.max(least),
            (Some(least), Some(_)) if above.len() > below.len() => least,
            (Some(least), None) => least,
            (None, Some(most)) => most,
            _ => ranks[group],
        }
    }

    /// How a walk over the ties numbers the groups: right wherever all ways to a group agree.
    fn walked(&self, family: &Family<'_>, groups: &mut Groups) -> Vec<isize> {
        let mut ranks: Vec<Option<isize>> = vec![None; nodes(family)];
        let index = (0..family.people.len()).filter(|&person| family.people[person].is_index);
        let starts: Vec<usize> = index.chain(0..family.people.len()).map(|person| groups.find(person)).collect();
        let mut open = VecDeque::new();
        for start in starts {
            if ranks[start].is_none() {
                ranks[start] = Some(0);
                open.push_back((start, 0));
            }
            while let Some((group, rank)) = open.pop_front() {
                let steps = [(&self.above, -1), (&self.below, 1)];
                for (next, step) in
                    steps.into_iter().flat_map(|(ways, step)| ways[group].iter().map(move |&next| (next, step)))
                {
                    if ranks[next].is_none() {
                        ranks[next] = Some(rank + step);
                        open.push_back((next, rank + step));
                    }
                }
            }
        }
        ranks.into_iter().map(Option::unwrap_or_default).collect()
    }
}
