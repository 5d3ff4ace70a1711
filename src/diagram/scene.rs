//! What is drawn, as shapes that know what they mean.
//!
//! A scene is what a layout looks like in the notation of genograms. It is data: the SVG text is one way to show it, the
//! editor on the screen another.

use super::ecomap::{Centre, Flow, Importance, Kind, Sign, Strength, SystemId, Tension, Wish};
use super::family::Family;
use super::feelings::feelings;
use super::genogram::{ChildKind, CoupleId, CoupleKind, Feeling, Genogram, PersonId};
use super::household::household;
use super::layout::Layout;
use super::legend::legend;
use super::strokes::strokes;
use super::symbols::person;
use super::terms::Term;
use super::ties::unions;
use super::{GenogramRefusal, check};

/// A drawing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scene {
    /// How wide it is.
    pub width: i32,
    /// How high it is.
    pub height: i32,
    /// How wide and high it is without the legend, which stands below.
    pub drawing: (i32, i32),
    /// What it consists of, from the back to the front.
    pub marks: Vec<Mark>,
    /// Unions whose partners stand in different generations, since one of them is also an ancestor's relative of the other.
    pub across_generations: Vec<CoupleId>,
}

/// Some shapes that mean one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// What they mean.
    pub of: Of,
    /// The shapes.
    pub shapes: Vec<Shape>,
}

/// What shapes mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Of {
    /// A person: in which generation.
    Person(PersonId, usize),
    /// A union: its identifier, its partners, how they are together, in which generation it stands, and whether one of them
    /// stands in another one.
    Union(String, Vec<PersonId>, Option<CoupleKind>, usize, bool),
    /// What leads from a union towards its children, or to it from a partner who stands higher.
    Trunk(String, Option<PersonId>),
    /// What leads from a union to one child.
    Child(String, PersonId, ChildKind),
    /// A feeling.
    Feeling(PersonId, PersonId, Feeling),
    /// The outline of a household.
    Household,
    /// An entry of the legend.
    Legend(Term),
    /// Who stands in the middle of an ecomap.
    Centre(Centre),
    /// A system of an ecomap: what it is, how important, and what is wanted of it.
    System(SystemId, Option<Kind>, Option<Importance>, Option<Wish>),
    /// What stands below a name in smaller letters: that of a system, or of who stands in the middle.
    Caption(Option<SystemId>),
    /// The line to a system: how strong, how tense, and where help goes.
    Tie(SystemId, Option<Strength>, Option<Tension>, Option<Flow>),
    /// An entry of the legend of an ecomap.
    EcomapLegend(Sign),
}

/// A shape.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A line or an outline.
    Path(Path),
    /// A text that fits its place.
    Text(Text),
}

/// A line or an outline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// The way.
    pub steps: Vec<Step>,
    /// How it is drawn.
    pub dash: Dash,
    /// How it is filled.
    pub fill: Fill,
    /// Whether it is the outline of a symbol.
    pub is_symbol: bool,
}

/// A step of a way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// To a point, without drawing.
    Move(i32, i32),
    /// Straight to a point.
    Line(i32, i32),
    /// On half a circle of this radius to a point: clockwise, or the other way if the radius is negative.
    Arc(i32, i32, i32),
    /// Back to where it began.
    Close,
}

/// How a line is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dash {
    /// Solid.
    #[default]
    Solid,
    /// Dashed.
    Dashed,
    /// Dotted.
    Dotted,
    /// Not at all: paper alone.
    None,
    /// Dashes and dots by turns.
    DashDot,
}

/// How an outline is filled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fill {
    /// Not at all.
    #[default]
    None,
    /// White, so that nothing shines through.
    Paper,
    /// Black.
    Ink,
}

/// A text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// Where: its beginning, middle or end, and its baseline.
    pub at: (i32, i32),
    /// Which of them.
    pub anchor: Anchor,
    /// The text.
    pub text: String,
}

/// What of a text stands at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// Its beginning.
    Start,
    /// Its middle.
    Middle,
    /// Its end.
    End,
}

impl Path {
    /// A line through these points.
    pub(super) fn line(points: impl IntoIterator<Item = (i32, i32)>, dash: Dash) -> Self {
        let mut points = points.into_iter();
        let first = points.next().map(|(x, y)| Step::Move(x, y));
        let steps = first.into_iter().chain(points.map(|(x, y)| Step::Line(x, y))).collect();
        Self { steps, dash, fill: Fill::None, is_symbol: false }
    }

    /// An outline through these points.
    pub(super) fn outline(points: impl IntoIterator<Item = (i32, i32)>, fill: Fill) -> Self {
        let mut path = Self::line(points, Dash::Solid);
        path.steps.push(Step::Close);
        Self { fill, ..path }
    }

    /// A circle.
    pub(super) fn circle((x, y): (i32, i32), radius: i32, fill: Fill) -> Self {
        let half = [Step::Move(x - radius, y), Step::Arc(radius, x + radius, y), Step::Arc(radius, x - radius, y)];
        Self { steps: half.into_iter().chain([Step::Close]).collect(), dash: Dash::Solid, fill, is_symbol: false }
    }
}

impl Step {
    const fn moved(self, (x, y): (i32, i32)) -> Self {
        match self {
            Self::Move(to, down) => Self::Move(to + x, down + y),
            Self::Line(to, down) => Self::Line(to + x, down + y),
            Self::Arc(radius, to, down) => Self::Arc(radius, to + x, down + y),
            Self::Close => Self::Close,
        }
    }
}

impl Shape {
    /// The same so far to the right and down.
    pub(super) fn moved(self, by: (i32, i32)) -> Self {
        match self {
            Self::Path(path) => {
                Self::Path(Path { steps: path.steps.into_iter().map(|step| step.moved(by)).collect(), ..path })
            }
            Self::Text(text) => Self::Text(Text { at: (text.at.0 + by.0, text.at.1 + by.1), ..text }),
        }
    }
}

impl From<Path> for Shape {
    fn from(path: Path) -> Self {
        Self::Path(path)
    }
}

/// Draws a family: kinship, then the household, the people, and feelings over all; a legend of what occurs stands below.
///
/// # Errors
/// Refuses a family of which no drawing can be made.
pub fn scene(genogram: &Genogram, words: &dyn Fn(Term) -> String) -> Result<Scene, GenogramRefusal> {
    let family = check::family(genogram)?;
    let layout = Layout::of(&family);
    let strokes = strokes(&family, &layout);
    let mut terms = std::collections::BTreeSet::new();
    let mut marks = household(&family, &layout, &mut terms);
    marks.extend(unions(&family, &layout, &strokes, &mut terms));
    for (place, number) in layout.people() {
        marks.push(person(&family, &layout, place, number, &mut terms));
    }
    marks.extend(feelings(genogram, &family, &layout, &strokes, &mut terms));
    let drawing = (layout.width, layout.height);
    let (entries, width, height) = legend(&terms, words, layout.height, layout.width);
    marks.extend(entries);
    let couples = layout.rows.crossing.iter().filter_map(|&union| family.unions[union].couple);
    Ok(Scene { width, height, drawing, marks, across_generations: couples.map(|couple| couple.id.clone()).collect() })
}

/// What a union is called in a drawing: by its couple, or by the one parent.
pub(super) fn union_name(family: &Family<'_>, union: usize) -> String {
    let union = &family.unions[union];
    match (union.couple, union.partners.first()) {
        (Some(couple), _) => couple.id.to_string(),
        (None, Some(&parent)) => format!("+{}", family.people[parent].id),
        (None, None) => String::new(),
    }
}
