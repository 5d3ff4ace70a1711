//! What stands in the middle.

use super::layout::least_radius;
use super::model::{Centre, Ecomap, SystemId};
use super::sign::Sign;
use crate::diagram::measures::{LEADING, name_lines, width};
use crate::diagram::scene::{Anchor, Dash, Fill, Mark, Of, Path, Shape, Text, scene};
use crate::diagram::strokes::Point;
use crate::diagram::{GenogramRefusal, Term};
use std::collections::BTreeSet;

/// The least radius: room for a name.
const LEAST: i32 = 70;
/// How far a caption stands below the line before it.
const CAPTION: i32 = 12;
/// Between a family and its circle.
const EDGE: i32 = 8;

/// What stands in the middle, drawn around the point 0, 0, and the radius of the circle that it keeps to.
pub(super) struct Core {
    /// The radius.
    pub radius: i32,
    marks: Vec<Mark>,
}

impl Core {
    /// The same around another point.
    pub(super) fn at(self, by: Point) -> impl Iterator<Item = Mark> {
        self.marks.into_iter().map(move |Mark { of, shapes }| Mark {
            of,
            shapes: shapes.into_iter().map(|shape| shape.moved(by)).collect(),
        })
    }
}

/// A circle with the name. The client's outline is double, as that of the index person of a genogram; that of a household is
/// dashed, as there.
///
/// # Errors
/// Refuses a household of which no genogram can be drawn.
pub(super) fn core(
    ecomap: &Ecomap,
    words: &dyn Fn(Sign) -> String,
    count: usize,
    signs: &mut BTreeSet<Sign>,
) -> Result<Core, GenogramRefusal> {
    let sign = Sign::Centre(ecomap.centre);
    signs.insert(sign);
    let least = least_radius(count).max(LEAST);
    if ecomap.centre == Centre::Household && !ecomap.household.people.is_empty() {
        return family(ecomap, words, least, signs);
    }
    let radius = least;
    let mut shapes = outline(ecomap.centre, (0, 0), radius);
    let lines = name_lines(&ecomap.name);
    let (texts, caption) = block((0, 0), lines, Some(words(sign)), None);
    shapes.extend(texts);
    let marks = [Mark { of: Of::Centre(ecomap.centre), shapes }].into_iter().chain(caption);
    Ok(Core { radius, marks: marks.collect() })
}

/// The household as a small genogram in its circle, without an outline and a legend of its own.
fn family(
    ecomap: &Ecomap,
    words: &dyn Fn(Sign) -> String,
    least: i32,
    signs: &mut BTreeSet<Sign>,
) -> Result<Core, GenogramRefusal> {
    let scene = scene(&ecomap.household, &|term| words(Sign::Family(term)))?;
    let caption = words(Sign::Centre(ecomap.centre));
    let (wide, high) = (scene.drawing.0, scene.drawing.1 + 2 * CAPTION);
    let radius = least.max(half_diagonal(wide.max(width(&caption)), high) + EDGE);
    let by = (-wide / 2, -high / 2);
    let circle = Mark { of: Of::Centre(ecomap.centre), shapes: outline(ecomap.centre, (0, 0), radius) };
    let mut marks = vec![circle];
    for Mark { of, shapes } in scene.marks {
        match of {
            Of::Legend(Term::Legend | Term::Household) | Of::Household => {}
            Of::Legend(term) => drop(signs.insert(Sign::Family(term))),
            of => marks.push(Mark { of, shapes: shapes.into_iter().map(|shape| shape.moved(by)).collect() }),
        }
    }
    let text = Text { at: (0, high / 2 - CAPTION / 2), anchor: Anchor::Middle, text: caption };
    marks.push(Mark { of: Of::Caption(None), shapes: vec![Shape::Text(text)] });
    Ok(Core { radius, marks })
}

/// Half of the diagonal of a box, at least.
fn half_diagonal(wide: i32, high: i32) -> i32 {
    let (wide, high) = (f64::from(wide), f64::from(high));
    #[allow(clippy::cast_possible_truncation, reason = "drawings are small, and such a cast saturates")]
    let half = ((wide * wide + high * high).sqrt() / 2.0).ceil() as i32;
    half
}

/// The outline of what stands in the middle.
pub(super) fn outline(centre: Centre, at: Point, radius: i32) -> Vec<Shape> {
    let circle = Path { is_symbol: true, ..Path::circle(at, radius, Fill::Paper) };
    match centre {
        Centre::Client => vec![circle.into(), Path::circle(at, radius - 4, Fill::None).into()],
        Centre::Household => vec![Path { dash: Dash::Dashed, ..circle }.into()],
    }
}

/// Lines of text around a point, and below them a caption in smaller letters.
pub(super) fn block(
    at: Point,
    lines: Vec<String>,
    caption: Option<String>,
    of: Option<SystemId>,
) -> (Vec<Shape>, Option<Mark>) {
    let caption = caption.filter(|caption| !caption.is_empty());
    let high = LEADING * i32::try_from(lines.len()).unwrap_or(0) + if caption.is_some() { CAPTION } else { 0 };
    let mut baseline = at.1 - high / 2 - 2;
    let mut text = |down: i32, text: String| {
        baseline += down;
        Shape::Text(Text { at: (at.0, baseline), anchor: Anchor::Middle, text })
    };
    let texts = lines.into_iter().map(|line| text(LEADING, line)).collect();
    let caption = caption.map(|caption| Mark { of: Of::Caption(of), shapes: vec![text(CAPTION, caption)] });
    (texts, caption)
}
