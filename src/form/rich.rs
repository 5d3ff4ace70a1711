//! Texts with markup (FHIR R4, extensions `rendering-xhtml` and `rendering-markdown`), read into the few shapes that are
//! shown. Nothing of the markup itself reaches the screen: no element of its own, no attribute, no address to load from.
//!
//! Invariant: what is not plainly harmless is refused as a whole; the plain text, which every form has beside it, then
//! stands for it.

mod markdown;
mod xhtml;

/// How a text is marked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Markup {
    /// XHTML, as in narratives.
    Xhtml,
    /// Markdown without HTML in it.
    Markdown,
}

/// A part of a text: words, or where a shape begins and ends. Every shape that begins ends, inside the one around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Words.
    Words(String),
    /// A line break.
    Break,
    /// A shape begins.
    Begin(Shape),
    /// The shape that began last ends.
    End,
}

/// How some words are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A paragraph.
    Paragraph,
    /// Bold; also headings.
    Strong,
    /// Italic.
    Emphasis,
    /// A list of points.
    Bullets,
    /// A numbered list.
    Numbers,
    /// A point of a list.
    Point,
    /// Raised, as an exponent.
    Raised,
    /// Lowered, as an index.
    Lowered,
}

/// Longer markup than any question needs.
const LONGEST: usize = 20_000;
/// Deeper shapes than any question needs.
const DEEPEST: usize = 16;

/// Reads markup; `None` when anything in it is not plainly harmless, or when it says nothing.
#[inline(never)] // An entry of tools/parts.json.
pub(super) fn pieces(markup: Markup, text: &str) -> Option<Vec<Piece>> {
    let text = Some(text).filter(|text| text.len() <= LONGEST)?;
    let pieces = match markup {
        Markup::Xhtml => xhtml::read(text)?,
        Markup::Markdown => markdown::read(text)?,
    };
    let pieces = inner(&pieces);
    let speaks = |piece: &Piece| matches!(piece, Piece::Words(words) if !words.trim().is_empty());
    pieces.iter().any(speaks).then(|| pieces.to_vec())
}

/// What stands in the paragraph around everything, if there is one: it stands on the line of its label then.
fn inner(pieces: &[Piece]) -> &[Piece] {
    let [Piece::Begin(Shape::Paragraph), within @ .., Piece::End] = pieces else { return pieces };
    let mut depth = 0_usize;
    for piece in within {
        match piece {
            Piece::Begin(_) => depth += 1,
            Piece::End if depth == 0 => return pieces,
            Piece::End => depth -= 1,
            _ => {}
        }
    }
    inner(within)
}

/// Pieces being put together.
#[derive(Default)]
struct Builder {
    pieces: Vec<Piece>,
    depth: usize,
}

impl Builder {
    fn words(&mut self, words: &str) {
        match self.pieces.last_mut() {
            Some(Piece::Words(last)) => last.push_str(words),
            _ if words.is_empty() => {}
            _ => self.pieces.push(Piece::Words(words.to_owned())),
        }
    }

    fn begin(&mut self, shape: Shape) -> Option<()> {
        self.depth += 1;
        self.pieces.push(Piece::Begin(shape));
        (self.depth <= DEEPEST).then_some(())
    }

    fn end(&mut self) {
        self.depth -= 1;
        self.pieces.push(Piece::End);
    }

    /// Where a link leads, as words behind its own: it is read, not followed.
    fn address(&mut self, address: &str) {
        let known = ["https://", "http://", "mailto:"].iter().any(|scheme| address.starts_with(scheme));
        let shown = address.strip_prefix("mailto:").unwrap_or(address);
        let said = matches!(self.pieces.last(), Some(Piece::Words(words)) if words.ends_with(shown));
        if known && !said {
            self.words(&format!(" ({shown})"));
        }
    }
}
