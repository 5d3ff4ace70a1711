//! What each place of a generation takes: its symbol, its texts, the ends of its lines, and the gaps beside it.

use super::chains::Chains;
use super::family::Family;
use super::genogram::{ChildKind, Couple, Life, Person};
use super::measures::{CLEAR, HALF, LANE, SMALL, name_lines, width};
use super::order::Order;
use super::rows::{Piece, Rows, Top};
use super::symbols::DOT;
use crate::domain::{PartialDate, Qualifier};

/// The texts of a person.
#[derive(Clone, Debug, Default)]
pub(super) struct Texts {
    pub(super) birth: String,
    pub(super) death: String,
    pub(super) age: String,
    pub(super) name: Vec<String>,
}

/// A year as it stands in the drawing, with a sign for how sure it is; marks are no words of a language.
pub(super) fn year(date: Option<&PartialDate>) -> String {
    let Some(date) = date else { return String::new() };
    let Some(calendar) = date.calendar else { return String::new() };
    let sign = match date.qualifier {
        Qualifier::Exact => "",
        Qualifier::About => "±",
        Qualifier::Before => "<",
        Qualifier::After => ">",
    };
    format!("{sign}{}", calendar.parts().0)
}

/// The years of a couple.
pub(super) fn years(couple: &Couple) -> String {
    let (from, to) = (year(couple.from.as_ref()), year(couple.to.as_ref()));
    if to.is_empty() { from } else { format!("{from}–{to}") }
}

impl Texts {
    fn of(person: &Person) -> Self {
        Self {
            birth: year(person.birth.as_ref()),
            death: year(person.death.as_ref()),
            age: person.age.map(|age| age.to_string()).unwrap_or_default(),
            name: name_lines(&person.name),
        }
    }
}

/// Whether somebody has died.
pub(super) fn is_dead(person: &Person) -> bool {
    person.life == Life::Dead || person.death.is_some()
}

/// Half the symbol of a person.
fn half_of(family: &Family<'_>, person: usize) -> i32 {
    match family.ties_of[person].first().map(|&tie| family.ties[tie].kind) {
        Some(ChildKind::Miscarriage | ChildKind::Abortion) => DOT,
        Some(ChildKind::Pregnancy | ChildKind::Stillbirth) => SMALL,
        _ => HALF,
    }
}

/// A line that leaves a place on one of its sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Arm {
    pub(super) place: usize,
    pub(super) is_right: bool,
    /// The line of a union that goes down from here alone; else the union is drawn beneath the symbols.
    pub line: Option<usize>,
    pub(super) union: usize,
    /// How many arms on this side are nearer.
    pub number: i32,
    /// How many arms this side has.
    pub count: i32,
}

/// What everything takes.
pub(super) struct Cells {
    pub(super) texts: Vec<Texts>,
    /// To the left and right of the middle.
    pub reach: Vec<[i32; 2]>,
    /// How far the outermost lines that end at a place are from its middle.
    pub spread: Vec<i32>,
    /// Half of the symbol; 0 where there is none.
    pub half: Vec<i32>,
    pub(super) arms: Vec<Arm>,
    /// Arms of each place, left and right.
    pub arms_of: Vec<[i32; 2]>,
}

impl Cells {
    /// What everything takes in this order.
    pub fn of(family: &Family<'_>, rows: &Rows, chains: &Chains, order: &Order<'_>) -> Self {
        let count = rows.pieces.len();
        let mut cells = Self {
            texts: vec![Texts::default(); count],
            reach: vec![[2, 2]; count],
            spread: vec![0; count],
            half: vec![0; count],
            arms: Vec::new(),
            arms_of: vec![[0, 0]; count],
        };
        for place in 0..count {
            if let Piece::Person(person) = rows.pieces[place] {
                cells.person(family, rows, place, person);
            }
        }
        cells.arms(rows, chains, order);
        cells
    }

    fn person(&mut self, family: &Family<'_>, rows: &Rows, place: usize, person: usize) {
        let texts = Texts::of(family.people[person]);

        self.half[place] = half_of(family, person);
        // No more lines fit beside each other on a symbol.
        self.spread[place] = LANE * (rows.lines_to[place].len().clamp(1, 3) as i32 - 1);
        let name = texts.name.iter().map(|line| width(line)).max().unwrap_or(0) / 2 + 1;
        let dates = [&texts.birth, &texts.death]
            .map(|text| if text.is_empty() { 0 } else { width(text) + self.spread[place] + 5 });
        // A little more than the symbol, for the second outline of the index person.
        self.reach[place] = dates.map(|date| date.max(name).max(HALF + 4));
        self.texts[place] = texts;
    }

    /// Which lines leave which side of a place.
    fn arms(&mut self, rows: &Rows, chains: &Chains, order: &Order<'_>) {
        let mut found: Vec<(usize, bool, Option<usize>, usize)> = Vec::new();
        for (union, seat) in rows.seats.iter().enumerate().filter(|(union, _)| !chains.is_chained[*union]) {
            if let [a, b] = seat.places[..] {
                let is_right = order.at[a] < order.at[b];
                found.push((a, is_right, None, union));
                found.push((b, !is_right, None, union));
            }
        }
        for (number, line) in rows.lines.iter().enumerate() {
            let from = match line.top {
                Top::Partner(place) => Some(place),
                Top::Union(union) => match rows.seats[union].places[..] {
                    [place] if matches!(rows.pieces[place], Piece::Person(_)) => Some(place),
                    _ => None,
                },
                Top::Passing(_) => None,
            };
            if let Some(place) = from {
                found.push((place, free_side(chains, place), Some(number), line.union));
            }
        }
        found.sort_unstable();
        for (place, is_right, line, union) in found {
            let side = &mut self.arms_of[place][usize::from(is_right)];
            self.arms.push(Arm { place, is_right, line, union, number: *side, count: 0 });
            *side += 1;
        }
        for arm in &mut self.arms {
            arm.count = self.arms_of[arm.place][usize::from(arm.is_right)];
        }
    }

    /// How far apart the middles of two neighbours are at least.
    pub fn apart(&self, family: &Family<'_>, rows: &Rows, left: usize, right: usize, union: Option<usize>) -> i32 {
        let lines = LANE * (self.arms_of[left][1] + self.arms_of[right][0]);
        let gap = match union {
            Some(union) => {
                let years = family.unions[union].couple.map(years).filter(|years| !years.is_empty());
                let text = years.map_or(0, |years| width(&years) + 2 * CLEAR);
                // The symbols are narrower than their texts, so years above the line may reach over these.
                let inner = self.reach[left][1] - self.half[left] + self.reach[right][0] - self.half[right];
                let marks =
                    if matches!(rows.pieces[left], Piece::Proxy(_)) || matches!(rows.pieces[right], Piece::Proxy(_)) {
                        24
                    } else {
                        36
                    };
                (2 * CLEAR + LANE + lines).max(text + lines - inner).max(marks + lines)
            }
            None if lines == 0 => 14,
            None => 2 * CLEAR + lines,
        };
        self.reach[left][1] + self.reach[right][0] + gap
    }
}

/// The side of a place on which no partner stands; the right one where both are free or taken.
fn free_side(chains: &Chains, place: usize) -> bool {
    let members = &chains.members[chains.of[place]];
    members.last() == Some(&place) || members.first() != Some(&place)
}
