//! The legend: every sign that occurs in a map, with what it means in the words of the reader.

use super::model::{Flow, Strength};
use super::sign::Sign;
use super::{circles, core, lines};
use crate::diagram::legend::{Table, sign};
use crate::diagram::scene::{Mark, Of, Shape};
use crate::diagram::strokes::Point;
use std::collections::BTreeSet;

/// The radius of a circle in the legend.
const CIRCLE: i32 = 13;

/// The entries, and how wide and high the drawing becomes with them.
pub(super) fn legend(
    signs: &BTreeSet<Sign>,
    words: &dyn Fn(Sign) -> String,
    top: i32,
    least: i32,
) -> (Vec<Mark>, i32, i32) {
    let texts: Vec<(Sign, String)> = signs.iter().map(|&sign| (sign, words(sign))).collect();
    let table = Table::of(texts.iter().map(|(_, text)| &**text), top, least);
    let mut marks = vec![Mark { of: Of::EcomapLegend(Sign::Legend), shapes: vec![table.heading(words(Sign::Legend))] }];
    for (number, (sign, text)) in (0..).zip(texts) {
        let mut shapes = drawn(sign, table.sign(number));
        shapes.push(table.text(number, text));
        marks.push(Mark { of: Of::EcomapLegend(sign), shapes });
    }
    (marks, table.width, table.height)
}

/// A sign around a point, as the drawing has it, a little smaller.
fn drawn(of: Sign, at: Point) -> Vec<Shape> {
    let way = [(at.0 - 30, at.1), (at.0 + 30, at.1)];
    match of {
        Sign::Centre(centre) => core::outline(centre, at, CIRCLE),
        Sign::Strength(strength) => lines::strength(Some(strength), way, Flow::None),
        Sign::StrengthUnknown => lines::strength(None, way, Flow::None),
        Sign::Tension(tension) => {
            let line = lines::strength(Some(Strength::Normal), way, Flow::None);
            line.into_iter().chain(lines::tension(Some(tension), way, Flow::None, false)).collect()
        }
        Sign::Flow => {
            let line = lines::strength(Some(Strength::Normal), way, Flow::FromClient);
            line.into_iter().chain(lines::arrows(Flow::FromClient, way)).collect()
        }
        Sign::Importance(importance) => circles::outline(Some(importance), at, CIRCLE),
        Sign::Wish(wish) => circles::wanted(wish, at),
        Sign::Family(term) => sign(term, at),
        Sign::Ecomap | Sign::Legend | Sign::Kind(_) => Vec::new(),
    }
}
