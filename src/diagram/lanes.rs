//! Step 4 of the layout: at which height lines run along.
//!
//! Between two generations each line that runs along has a lane. Two lines that would meet have different ones, and of two
//! the one is above with which fewer lines cross. Where a line begins exactly where another one ends, it is above, so that
//! the two never share a piece.

use super::cells::Cells;
use super::chains::Chains;
use super::family::Family;
use super::measures::LANE;
use super::positions::Positions;
use super::rows::Rows;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// More pairs than this between two generations are given lanes by their ends alone.
const MOST_PAIRS: usize = 1_500_000;

/// The lanes of all lines, counted from above.
pub(super) struct Lanes {
    /// The lane of each union that is drawn beneath the symbols.
    pub of_union: Vec<usize>,
    /// The lane of each line.
    pub of_line: Vec<usize>,
    /// How many lanes for unions lie below each generation.
    pub unions: Vec<usize>,
    /// How many lanes for lines lie below those.
    pub lines: Vec<usize>,
}

/// Where lines end: those of twins in one point above them.
pub(super) struct Ends {
    /// For each line, in the order of its ends.
    pub x: Vec<Vec<i32>>,
    /// For each line the point above each end at which it leaves the bar; the same for twins.
    pub fork: Vec<Vec<i32>>,
}

impl Ends {
    /// Finds where all lines end.
    pub fn of(family: &Family<'_>, rows: &Rows, cells: &Cells, positions: &Positions) -> Self {
        let mut ports: HashMap<(usize, usize), i32> = HashMap::new();
        for (place, lines) in rows.lines_to.iter().enumerate().filter(|(_, lines)| lines.len() > 1) {
            let mut lines = lines.clone();
            let main = lines.iter().copied().find(|&line| is_main(family, rows, line, place));
            lines.sort_by_key(|&line| (positions.top[line], line));
            // The line of the parents under whom somebody stands ends in the middle, the others beside it; of more than three
            // the one from the middle does, so that up to five have a place of their own.
            let main = lines.iter().position(|&line| Some(line) == main).unwrap_or(0);
            let middle = main.max(lines.len().saturating_sub(3)).min(2);
            for (number, line) in (0..).zip(lines) {
                ports.insert(
                    (line, place),
                    ((number - middle as i32) * LANE).clamp(-cells.spread[place], cells.spread[place]),
                );
            }
        }
        let mut ends = Self { x: Vec::with_capacity(rows.lines.len()), fork: Vec::with_capacity(rows.lines.len()) };
        for (number, line) in rows.lines.iter().enumerate() {
            let x: Vec<i32> = line
                .ends
                .iter()
                .map(|&(end, _)| positions.x[end] + ports.get(&(number, end)).copied().unwrap_or(0))
                .collect();
            let group = |tie: Option<usize>| tie.and_then(|tie| family.ties[tie].twins).map(|twins| &*twins.group);
            let mut groups: BTreeMap<&str, (i32, i32)> = BTreeMap::new();
            for (&(_, tie), &x) in line.ends.iter().zip(&x) {
                if let Some(group) = group(tie) {
                    let (least, most) = groups.entry(group).or_insert((x, x));
                    (*least, *most) = ((*least).min(x), (*most).max(x));
                }
            }
            let top = positions.top[number];
            let middle = |(least, most): &(i32, i32)| {
                let middle = i32::midpoint(*least, *most) / LANE * LANE;
                // A line that comes down almost there goes straight on.
                if (middle - top).abs() < LANE { top } else { middle }
            };
            let forks = line.ends.iter().zip(&x).map(|(&(_, tie), &x)| {
                group(tie).and_then(|group| groups.get(group)).filter(|(least, most)| least < most).map_or(x, middle)
            });
            ends.fork.push(forks.collect());
            ends.x.push(x);
        }
        ends
    }
}

/// Whether a line leads to a place from the parents under whom it stands.
fn is_main(family: &Family<'_>, rows: &Rows, line: usize, place: usize) -> bool {
    rows.lines[line].ends.iter().any(|&(end, tie)| end == place && tie.is_some_and(|tie| family.is_main(tie)))
}

/// A line that runs along.
struct Bar {
    number: usize,
    top: i32,
    from: i32,
    to: i32,
    ends: Vec<i32>,
}

/// Gives every line its lane.
pub(super) fn lanes(rows: &Rows, chains: &Chains, cells: &Cells, positions: &Positions, ends: &Ends) -> Lanes {
    let depth = rows.row_of.iter().max().map_or(0, |last| last + 1);
    let mut lanes = Lanes {
        of_union: vec![0; rows.seats.len()],
        of_line: vec![0; rows.lines.len()],
        unions: vec![0; depth],
        lines: vec![0; depth],
    };
    let mut below: Vec<Vec<Bar>> = (0..depth).map(|_| Vec::new()).collect();
    for (number, line) in rows.lines.iter().enumerate() {
        let (top, ends) = (positions.top[number], ends.fork[number].clone());
        let (from, to) = ends.iter().fold((top, top), |(from, to), &x| (from.min(x), to.max(x)));
        if from < to {
            below[line.row].push(Bar { number, top, from, to, ends });
        }
    }
    for (row, bars) in below.iter().enumerate() {
        for (bar, lane) in bars.iter().zip(stacked(bars)) {
            lanes.of_line[bar.number] = lane;
            lanes.lines[row] = lanes.lines[row].max(lane + 1);
        }
    }
    let mut spans: Vec<Option<(i32, i32)>> = vec![None; rows.seats.len()];
    for (arm, &x) in cells.arms.iter().zip(&positions.arms).filter(|(arm, _)| arm.line.is_none()) {
        let (from, to) = spans[arm.union].unwrap_or((x, x));
        spans[arm.union] = Some((from.min(x), to.max(x)));
    }
    let mut by_row: Vec<Vec<(i32, i32, usize)>> = vec![Vec::new(); depth];
    for (union, span) in spans.iter().enumerate().filter(|(union, _)| !chains.is_chained[*union]) {
        by_row[rows.seats[union].row].extend(span.map(|(from, to)| (from, to, union)));
    }
    for (row, mut spans) in by_row.into_iter().enumerate() {
        // Short ones nearer to the symbols, so that their ends cross nothing.
        spans.sort_by_key(|&(from, to, union)| (to - from, union));
        for (span, lane) in spans.iter().zip(first_fit(spans.iter().map(|&(from, to, _)| (from, to)))) {
            lanes.of_union[span.2] = lane;
            lanes.unions[row] = lanes.unions[row].max(lane + 1);
        }
    }
    lanes
}

/// The first lane in which nothing is met.
fn first_fit(spans: impl Iterator<Item = (i32, i32)>) -> Vec<usize> {
    let mut lanes: Vec<BTreeMap<i32, i32>> = Vec::new();
    let mut found = Vec::new();
    for (from, to) in spans {
        let is_free =
            |lane: &BTreeMap<i32, i32>| lane.range(..to + LANE).next_back().is_none_or(|(_, &end)| end + LANE <= from);
        let lane = lanes.iter().position(is_free).unwrap_or_else(|| {
            lanes.push(BTreeMap::new());
            lanes.len() - 1
        });
        lanes[lane].insert(from, to);
        found.push(lane);
    }
    found
}

/// Lanes for bars between two generations.
fn stacked(bars: &[Bar]) -> Vec<usize> {
    let mut by_start: Vec<usize> = (0..bars.len()).collect();
    by_start.sort_by_key(|&bar| (bars[bar].from, bars[bar].number));
    let mut knot = Knot { met: vec![Vec::new(); bars.len()], below: vec![Vec::new(); bars.len()] };
    let mut pairs = 0;
    for (at, &one) in by_start.iter().enumerate() {
        for &two in by_start[at + 1..].iter().take_while(|&&two| bars[two].from < bars[one].to + LANE) {
            knot.met[one].push(two);
            knot.met[two].push(one);
            match above(&bars[one], &bars[two]) {
                Ordering::Less => knot.below[one].push(two),
                Ordering::Greater => knot.below[two].push(one),
                Ordering::Equal => {}
            }
            pairs += 1;
        }
        if pairs > MOST_PAIRS {
            return first_fit(bars.iter().map(|bar| (bar.from, bar.to)));
        }
    }
    knot.settled(bars)
}

/// Which of two bars that meet is better above; equal where it makes no difference.
fn above(one: &Bar, two: &Bar) -> Ordering {
    let inside = |x: i32, bar: &Bar| usize::from(bar.from <= x && x <= bar.to);
    let cost = |upper: &Bar, lower: &Bar| {
        let shared = upper.ends.iter().filter(|&&x| (x - lower.top).abs() < 3).count();
        1000 * shared + inside(lower.top, upper) + upper.ends.iter().map(|&x| inside(x, lower)).sum::<usize>()
    };
    cost(one, two).cmp(&cost(two, one))
}

/// Bars that meet.
struct Knot {
    /// Those that each bar meets, so that one taken early still keeps its distance.
    met: Vec<Vec<usize>>,
    /// Those that are better below it.
    below: Vec<Vec<usize>>,
}

impl Knot {
    /// Takes bars from above: always one above which nothing else wants to be, or, in a circle, the one with the fewest. Where
    /// that makes no difference, longer ones are taken first, so that shorter ones are nearer to their children.
    fn settled(self, bars: &[Bar]) -> Vec<usize> {
        let mut lanes = vec![0; bars.len()];
        let mut is_done = vec![false; bars.len()];
        let mut waiting: Vec<usize> = vec![0; bars.len()];
        self.below.iter().flatten().for_each(|&lower| waiting[lower] += 1);
        let key = |waiting: usize, bar: usize| (waiting, bars[bar].from - bars[bar].to, bar);
        let mut free: BTreeSet<(usize, i32, usize)> = (0..bars.len()).map(|bar| key(waiting[bar], bar)).collect();
        while let Some((_, _, bar)) = free.pop_first() {
            is_done[bar] = true;
            for &lower in self.below[bar].iter().filter(|&&lower| !is_done[lower]) {
                free.remove(&key(waiting[lower], lower));
                waiting[lower] -= 1;
                free.insert(key(waiting[lower], lower));
            }
            let done = self.met[bar].iter().filter(|&&other| is_done[other]);
            lanes[bar] = done.map(|&other| lanes[other] + 1).max().unwrap_or(0);
        }
        lanes
    }
}
