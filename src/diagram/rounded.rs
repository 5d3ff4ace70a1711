//! Step 3b of the layout: whole numbers, and lines straight where there is room.
//!
//! Whole numbers of different remainder by 8 keep lines apart that come from different directions: what lines end at
//! stands at 0, what they begin at 4, and lines that pass at 2 or 6. So no two families share a vertical line by chance.

use super::measures::{CLEAR, LANE};
use super::positions::{Positions, Solver, root};
use super::rows::{Piece, Top};
use std::collections::{BTreeMap, HashMap, HashSet};

impl Solver<'_> {
    /// Whole numbers with the right remainders, one family beside the other.
    pub fn finish(self) -> Positions {
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
                let root = root(self.rows, union);
                arms.into_iter().find(|(arm, _)| Some(arm.place) == root).map_or(0, |(_, &x)| x)
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
