//! Signatures as pictures: strokes as vectors, so that they can be drawn on and taken back later, or a written name.

use std::fmt::Write;

/// Width of the drawing in its own units.
pub const WIDTH: u16 = 900;
/// Height of the drawing in its own units.
pub const HEIGHT: u16 = 360;

/// What stands in front of each stroke.
const STROKE: &str = "<path d=\"";

/// The picture (SVG) of strokes, each the `d` of a path.
#[must_use]
pub fn drawn(strokes: &[String]) -> String {
    let mut inner = String::from(
        "<g fill=\"none\" stroke=\"#000\" stroke-width=\"5\" stroke-linecap=\"round\" stroke-linejoin=\"round\">",
    );
    for stroke in strokes {
        inner.push_str(STROKE);
        inner.push_str(stroke);
        inner.push_str("\"/>");
    }
    inner.push_str("</g>");
    picture(&inner)
}

/// The picture (SVG) of a name written in place of a signature.
#[must_use]
pub fn written(name: &str) -> String {
    let mut inner = String::new();
    let letters = name.chars().count().max(1);
    // Letters are about half as wide as they are high; a long name is written smaller.
    let size = (usize::from(WIDTH) * 17 / 10 / letters).clamp(12, 110);
    // Writing into a text cannot fail.
    let _ = write!(
        inner,
        "<text x=\"{}\" y=\"{}\" font-family=\"serif\" font-style=\"italic\" font-size=\"{size}\" text-anchor=\"middle\">",
        WIDTH / 2,
        HEIGHT * 3 / 5
    );
    for letter in name.chars() {
        match letter {
            '&' => inner.push_str("&amp;"),
            '<' => inner.push_str("&lt;"),
            '>' => inner.push_str("&gt;"),
            // XML knows no other control characters, not even escaped.
            letter if letter.is_control() => inner.push(' '),
            letter => inner.push(letter),
        }
    }
    inner.push_str("</text>");
    picture(&inner)
}

fn picture(inner: &str) -> String {
    format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\">{inner}</svg>")
}

/// The strokes of a picture; `None` where it is none that was made of strokes here, such as a photograph or a name.
#[must_use]
pub fn strokes(picture: &str) -> Option<Vec<String>> {
    let parts = picture.split(STROKE).skip(1).map(|part| part.split('"').next().unwrap_or_default().to_owned());
    let strokes: Vec<String> = parts.collect();
    // The picture is drawn as it was found or not at all: nothing foreign may hide between the strokes.
    (!strokes.is_empty() && drawn(&strokes) == picture).then_some(strokes)
}
