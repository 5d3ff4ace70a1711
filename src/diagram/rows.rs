//! What stands in the generations, and which lines lead from one to the next.
//!
//! A line that passes a generation has a place of its own in it, so that nothing else stands there; a union across
//! generations has a place beside its lower partner, to which a line leads from the upper one. So every line joins what
//! stands in one generation with what stands in the next, and all that follows looks at neighbouring generations alone.

use super::family::Family;
use super::generations::{Generations, family_of_union};

/// What takes a place in a generation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// A person.
    Person(usize),
    /// The way of a line of a union that goes on below.
    Passing(usize),
    /// The end of the line from the partner of a higher generation.
    Proxy(usize),
    /// Where parents would stand of whom nobody knows who they are.
    Nobody(usize),
}

/// From where a line goes down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Top {
    /// From a union.
    Union(usize),
    /// From the place of a line that passes.
    Passing(usize),
    /// From the side of the higher partner of a union across generations.
    Partner(usize),
}

/// A line from a generation to the next: it goes down, along, and down to each of its ends.
pub(super) struct Line {
    pub(super) union: usize,
    pub(super) top: Top,
    /// The generation it comes from.
    pub row: usize,
    /// Where it ends, each with the tie it stands for; none where it goes on, or to the lower partner.
    pub ends: Vec<(usize, Option<usize>)>,
}

/// Where a union stands.
#[derive(Clone, Debug, Default)]
pub(super) struct Seat {
    pub(super) row: usize,
    /// The places it joins: two, or one where a partner is unknown or nobody is known.
    pub places: Vec<usize>,
}

/// Everything that stands in generations; places are numbered.
pub(super) struct Rows {
    pub(super) pieces: Vec<Piece>,
    /// The generation of each place.
    pub row_of: Vec<usize>,
    /// The connected family of each place.
    pub family_of: Vec<usize>,
    pub(super) seats: Vec<Seat>,
    pub(super) lines: Vec<Line>,
    /// Lines that end at each place.
    pub lines_to: Vec<Vec<usize>>,
    /// Lines that begin at each place, or at a union in which it takes part.
    pub lines_from: Vec<Vec<usize>>,
    /// Unions across generations.
    pub crossing: Vec<usize>,
}

impl Rows {
    /// Gives everybody, and every line that passes, a place.
    pub fn of(family: &Family<'_>, generations: &Generations) -> Self {
        let people = family.people.len();
        let mut rows = Self {
            pieces: (0..people).map(Piece::Person).collect(),
            row_of: generations.of.clone(),
            family_of: generations.families.clone(),
            seats: Vec::new(),
            lines: Vec::new(),
            lines_to: Vec::new(),
            lines_from: Vec::new(),
            crossing: Vec::new(),
        };
        for union in 0..family.unions.len() {
            let number = family_of_union(family, &generations.families, union).unwrap_or_default();
            rows.seat(family, union, generations.of_union[union], number);
            rows.children(family, union, number);
        }
        rows.lines_to = vec![Vec::new(); rows.pieces.len()];
        rows.lines_from = vec![Vec::new(); rows.pieces.len()];
        for (number, line) in rows.lines.iter().enumerate() {
            line.ends.iter().for_each(|&(end, _)| rows.lines_to[end].push(number));
            match line.top {
                Top::Union(union) => rows.seats[union].places.iter().for_each(|&at| rows.lines_from[at].push(number)),
                Top::Passing(place) | Top::Partner(place) => rows.lines_from[place].push(number),
            }
        }
        rows
    }

    fn place(&mut self, piece: Piece, row: usize, family: usize) -> usize {
        self.pieces.push(piece);
        self.row_of.push(row);
        self.family_of.push(family);
        self.pieces.len() - 1
    }

    fn seat(&mut self, family: &Family<'_>, union: usize, row: usize, number: usize) {
        let mut places = family.unions[union].partners.clone();
        if places.is_empty() {
            places.push(self.place(Piece::Nobody(union), row, number));
        }
        let higher = places.iter().position(|&partner| self.row_of[partner] < row);
        if let Some(at) = higher {
            let partner = places[at];
            self.crossing.push(union);
            places[at] = self.place(Piece::Proxy(union), row, number);
            self.descend(union, Top::Partner(partner), self.row_of[partner], places[at], number);
        }
        self.seats.push(Seat { row, places });
    }

    /// A line down to a place, past the generations between.
    fn descend(&mut self, union: usize, mut top: Top, from: usize, end: usize, number: usize) {
        for row in from..self.row_of[end] - 1 {
            let passing = self.place(Piece::Passing(union), row + 1, number);
            self.lines.push(Line { union, top, row, ends: vec![(passing, None)] });
            top = Top::Passing(passing);
        }
        self.lines.push(Line { union, top, row: self.row_of[end] - 1, ends: vec![(end, None)] });
    }

    /// The lines from a union to its children, generation by generation; children further down share one way.
    fn children(&mut self, family: &Family<'_>, union: usize, number: usize) {
        let ties = &family.unions[union].children;
        let deepest = ties.iter().map(|&tie| self.row_of[family.ties[tie].child]).max();
        let Some(deepest) = deepest else { return };
        let mut top = Top::Union(union);
        for row in self.seats[union].row..deepest {
            let here = ties.iter().filter(|&&tie| self.row_of[family.ties[tie].child] == row + 1);
            let mut ends: Vec<(usize, Option<usize>)> = here.map(|&tie| (family.ties[tie].child, Some(tie))).collect();
            let passing = (row + 1 < deepest).then(|| self.place(Piece::Passing(union), row + 1, number));
            ends.extend(passing.map(|passing| (passing, None)));
            self.lines.push(Line { union, top, row, ends });
            top = passing.map_or(top, Top::Passing);
        }
    }
}
