//! The legend beside a drawing on the screen.

use super::shapes::shape;
use crate::diagram::ecomap::Sign;
use crate::diagram::{Of, Scene, Shape, Term, Text};
use crate::ui::dom::{El, el, svg};

/// The signs that occur in a drawing, each with what it means: in the drawing they stand in columns, here they take the
/// room there is.
pub fn sign_list(scene: &Scene) -> El {
    let entries = scene.marks.iter().filter_map(|mark| {
        let is_entry = match mark.of {
            Of::Legend(term) => term != Term::Legend,
            Of::EcomapLegend(sign) => sign != Sign::Legend,
            _ => false,
        };
        match mark.shapes.split_last().filter(|_| is_entry) {
            Some((Shape::Text(label), sign)) => Some((label, sign)),
            _ => None,
        }
    });
    let entry = |(label, sign): (&Text, &[Shape])| {
        // A sign stands before its words, which begin in the middle of its height.
        let (left, top) = (label.at.0 - SIGN.0 - 8, label.at.1 - 4 - SIGN.1 / 2);
        let picture = svg("svg")
            .attr("viewBox", &format!("{left} {top} {} {}", SIGN.0, SIGN.1))
            .attr("width", &SIGN.0.to_string())
            .attr("height", &SIGN.1.to_string())
            .attr("aria-hidden", "true")
            .child(svg("g").class("scene").all(sign.iter().map(shape)));
        el("li").child(picture).child(el("span").text(&label.text))
    };
    el("ul").class("legend-list").all(entries.map(entry))
}

/// How wide and high a sign of the legend is.
const SIGN: (i32, i32) = (68, 34);
