//! A scene as elements of the page.

use crate::diagram::{Anchor, Dash, Fill, Mark, Of, Path, Scene, Shape, path_data};
use crate::ui::dom::{El, svg};

/// What is wanted of a scene, from the back to the front; `of` adds what belongs to a mark beside its shapes.
pub fn drawn(scene: &Scene, wanted: &dyn Fn(&Mark) -> bool, of: impl Fn(&Mark, El) -> El) -> El {
    let marks = scene.marks.iter().filter(|mark| wanted(mark)).map(|mark| {
        let group = svg("g").class(class(&mark.of)).all(mark.shapes.iter().map(shape));
        of(mark, group)
    });
    svg("g").class("scene").all(marks)
}

const fn class(of: &Of) -> &'static str {
    match of {
        Of::Person(..) => "person",
        Of::Union(..) => "union",
        Of::Trunk(..) => "trunk",
        Of::Child(..) => "child",
        Of::Feeling(..) => "feeling",
        Of::Household => "household",
        Of::Legend(_) | Of::EcomapLegend(_) => "legend",
        Of::Centre(_) => "centre",
        Of::System(..) => "system",
        Of::Caption(_) => "caption",
        Of::Tie(..) => "tie",
    }
}

/// One shape.
pub fn shape(shape: &Shape) -> El {
    match shape {
        Shape::Path(path) => outline(path),
        Shape::Text(text) => {
            let (x, y) = text.at;
            let place = svg("text").attr("x", &x.to_string()).attr("y", &y.to_string());
            let anchor = match text.anchor {
                Anchor::Start => "start",
                Anchor::Middle => "middle",
                Anchor::End => "end",
            };
            place.attr("text-anchor", anchor).text(&text.text)
        }
    }
}

fn outline(path: &Path) -> El {
    let dash = match path.dash {
        Dash::Solid => None,
        Dash::Dashed => Some("6 4"),
        Dash::Dotted => Some("1.5 3.5"),
        Dash::DashDot => Some("8 3 1.5 3"),
        Dash::None => Some("0 1"),
    };
    let fill = match path.fill {
        Fill::None => None,
        Fill::Paper => Some("paper"),
        Fill::Ink => Some("ink"),
    };
    let element = svg("path").attr("d", &path_data(path));
    element.set_attr("stroke-dasharray", dash.filter(|_| path.dash != Dash::None));
    element.set_attr("stroke", (path.dash == Dash::None).then_some("none"));
    element.set_attr("class", fill);
    element
}
