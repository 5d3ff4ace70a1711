//! Where people stand in a drawing, for what is tapped, focused or scrolled to.

use super::ecomap::SystemId;
use super::genogram::PersonId;
use super::measures::{LEADING, width};
use super::scene::{Anchor, Of, Scene, Shape, Step, Text};

/// A rectangle of a drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Area {
    /// The left edge.
    pub left: i32,
    /// The upper edge.
    pub top: i32,
    /// The right edge.
    pub right: i32,
    /// The lower edge.
    pub bottom: i32,
}

/// Where somebody stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonBox {
    /// Who.
    pub person: PersonId,
    /// In which generation, 0 at the top.
    pub generation: usize,
    /// The symbol.
    pub symbol: Area,
    /// The symbol with all that is written at it.
    pub whole: Area,
}

/// Where a system of an ecomap stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SystemBox {
    /// Which.
    pub system: SystemId,
    /// The circle.
    pub symbol: Area,
    /// The circle with the sign beside it.
    pub whole: Area,
}

impl Area {
    /// The middle.
    #[must_use]
    pub const fn centre(self) -> (i32, i32) {
        (i32::midpoint(self.left, self.right), i32::midpoint(self.top, self.bottom))
    }

    fn with(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    const fn around(x: i32, y: i32, radius: i32) -> Self {
        Self { left: x - radius, top: y - radius, right: x + radius, bottom: y + radius }
    }
}

impl Scene {
    /// Where everybody stands, generation by generation and from left to right.
    #[must_use]
    pub fn boxes(&self) -> Vec<PersonBox> {
        let mut boxes: Vec<PersonBox> = self
            .marks
            .iter()
            .filter_map(|mark| match &mark.of {
                Of::Person(person, generation) => boxed(person, *generation, &mark.shapes),
                _ => None,
            })
            .collect();
        boxes.sort_by_key(|one| (one.generation, one.symbol.centre()));
        boxes
    }

    /// Where the systems of an ecomap stand, clockwise from the top.
    #[must_use]
    pub fn systems(&self) -> Vec<SystemBox> {
        let systems = self.marks.iter().filter_map(|mark| match &mark.of {
            Of::System(system, ..) => Some((system, &mark.shapes)),
            _ => None,
        });
        let boxed = |(system, shapes): (&SystemId, &Vec<Shape>)| {
            let whole = shapes.iter().filter_map(|shape| match shape {
                Shape::Path(path) => area_of(&path.steps),
                Shape::Text(_) => None,
            });
            Some(SystemBox { system: system.clone(), symbol: symbol(shapes)?, whole: whole.reduce(Area::with)? })
        };
        systems.filter_map(boxed).collect()
    }

    /// Where a person stands; none where they are not drawn.
    #[must_use]
    pub fn box_of(&self, person: &PersonId) -> Option<PersonBox> {
        self.marks.iter().find_map(|mark| match &mark.of {
            Of::Person(id, generation) if id == person => boxed(id, *generation, &mark.shapes),
            _ => None,
        })
    }
}

fn boxed(person: &PersonId, generation: usize, shapes: &[Shape]) -> Option<PersonBox> {
    let symbol = symbol(shapes)?;
    let texts = shapes.iter().filter_map(|shape| match shape {
        Shape::Text(text) => Some(area_of_text(text)),
        Shape::Path(_) => None,
    });
    Some(PersonBox { person: person.clone(), generation, symbol, whole: texts.fold(symbol, Area::with) })
}

/// What symbols among shapes cover; none where there is none.
fn symbol(shapes: &[Shape]) -> Option<Area> {
    let symbols = shapes.iter().filter_map(|shape| match shape {
        Shape::Path(path) if path.is_symbol => area_of(&path.steps),
        _ => None,
    });
    symbols.reduce(Area::with)
}

/// What a way covers; none where it has no step.
fn area_of(steps: &[Step]) -> Option<Area> {
    let mut at = (0, 0);
    let areas = steps.iter().filter_map(|step| match *step {
        Step::Move(x, y) | Step::Line(x, y) => {
            at = (x, y);
            Some(Area::around(x, y, 0))
        }
        Step::Arc(radius, x, y) => {
            let middle = (i32::midpoint(at.0, x), i32::midpoint(at.1, y));
            at = (x, y);
            Some(Area::around(middle.0, middle.1, radius.abs()))
        }
        Step::Close => None,
    });
    areas.reduce(Area::with)
}

fn area_of_text(text: &Text) -> Area {
    let (x, y) = text.at;
    let wide = width(&text.text);
    let left = match text.anchor {
        Anchor::Start => x,
        Anchor::Middle => x - wide / 2,
        Anchor::End => x - wide,
    };
    Area { left, top: y - LEADING + 3, right: left + wide, bottom: y + 3 }
}
