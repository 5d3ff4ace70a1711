//! Texts of a form, with the few shapes that their markup may have. Built element by element from what the form engine
//! let through, so that no markup is ever read by the browser.

use crate::app::Locale;
use crate::form::{Piece, Shape, Text};
use crate::ui::dom::{El, el};

/// A text in a language, with its markup where it has any.
pub fn words(text: &Text, locale: Locale) -> El {
    match text.rich(locale.tag()) {
        Some(pieces) => shaped(&pieces),
        None => el("span").text(text.in_language(locale.tag())),
    }
}

/// The same as the name of something: what it is called stays the plain text, the markup is for the eye.
pub fn name(text: &Text, locale: Locale) -> El {
    let plain = || el("span").text(text.in_language(locale.tag()));
    match text.rich(locale.tag()) {
        Some(pieces) => {
            let shown = shaped(&pieces).attr("aria-hidden", "true");
            el("span").class("rich-name").child(shown).child(plain().class("unseen"))
        }
        None => plain(),
    }
}

fn shaped(pieces: &[Piece]) -> El {
    let mut place = el("span").class("rich");
    let mut around = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Words(words) => place.append_text(words),
            Piece::Break => place.append(&el("br")),
            Piece::Begin(shape) => {
                let inner = shape_element(*shape);
                place.append(&inner);
                around.push(std::mem::replace(&mut place, inner));
            }
            Piece::End => place = around.pop().unwrap_or(place),
        }
    }
    place
}

/// Paragraphs stand in labels as well, where only a `span` may.
fn shape_element(shape: Shape) -> El {
    el(match shape {
        Shape::Paragraph => return el("span").class("rich-paragraph"),
        Shape::Strong => "strong",
        Shape::Emphasis => "em",
        Shape::Bullets => "ul",
        Shape::Numbers => "ol",
        Shape::Point => "li",
        Shape::Raised => "sup",
        Shape::Lowered => "sub",
    })
}
