//! The part of XHTML that is shown (FHIR R4, narratives).

use super::{Builder, Piece, Shape};

/// An element that was opened.
struct Open<'a> {
    name: &'a str,
    /// How many shapes it began.
    shapes: usize,
    /// Where it leads, for a link.
    link: Option<String>,
}

/// A start or end tag.
struct Tag<'a> {
    name: &'a str,
    is_end: bool,
    is_empty: bool,
    attributes: Vec<(&'a str, String)>,
}

/// Reads XHTML.
pub fn read(text: &str) -> Option<Vec<Piece>> {
    let mut builder = Builder::default();
    let mut open: Vec<Open> = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (words, tag) = rest.split_at(rest.find('<').unwrap_or(rest.len()));
        let words = plain(words)?;
        // Between the points of a list nothing is said.
        let in_list = open.last().is_some_and(|around| matches!(around.name, "ul" | "ol"));
        if !(in_list && words.trim().is_empty()) {
            (!in_list).then(|| builder.words(&words))?;
        }
        if tag.is_empty() {
            break;
        }
        let (inner, behind) = tag[1..].split_once('>').filter(|(inner, _)| !inner.contains('<'))?;
        rest = behind;
        apply(&read_tag(inner)?, &mut open, &mut builder)?;
    }
    open.is_empty().then_some(builder.pieces)
}

fn apply<'a>(tag: &Tag<'a>, open: &mut Vec<Open<'a>>, builder: &mut Builder) -> Option<()> {
    let attribute = |name: &str| tag.attributes.iter().find(|(own, _)| *own == name).map(|(_, value)| value.clone());
    if tag.is_end {
        let closed = open.pop().filter(|open| open.name == tag.name)?;
        closed.link.iter().for_each(|address| builder.address(address));
        (0..closed.shapes).for_each(|_| builder.end());
        return Some(());
    }
    let in_list = open.last().is_some_and(|around| matches!(around.name, "ul" | "ol"));
    if in_list != (tag.name == "li") {
        return None;
    }
    let shapes: &[Shape] = match tag.name {
        "br" => {
            builder.pieces.push(Piece::Break);
            return Some(());
        }
        // Pictures are never loaded; what stands for them is said.
        "img" => {
            builder.words(&attribute("alt").unwrap_or_default());
            return Some(());
        }
        "div" | "p" => &[Shape::Paragraph],
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => &[Shape::Paragraph, Shape::Strong],
        "b" | "strong" => &[Shape::Strong],
        "i" | "em" => &[Shape::Emphasis],
        "ul" => &[Shape::Bullets],
        "ol" => &[Shape::Numbers],
        "li" => &[Shape::Point],
        "sup" => &[Shape::Raised],
        "sub" => &[Shape::Lowered],
        "span" | "a" | "u" | "small" => &[],
        _ => return None,
    };
    for shape in shapes {
        builder.begin(*shape)?;
    }
    if tag.is_empty {
        shapes.iter().for_each(|_| builder.end());
        return Some(());
    }
    let link = attribute("href").filter(|_| tag.name == "a");
    open.push(Open { name: tag.name, shapes: shapes.len(), link });
    (open.len() <= super::DEEPEST).then_some(())
}

/// What stands between the angle brackets. Attributes are read to be sure of where they end; of all but two nothing is
/// kept, and those that could do something refuse the whole.
fn read_tag(inner: &str) -> Option<Tag<'_>> {
    let (inner, is_end) = inner.strip_prefix('/').map_or((inner, false), |inner| (inner, true));
    let (inner, is_empty) = inner.strip_suffix('/').map_or((inner, false), |inner| (inner, true));
    let name_end = inner.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inner.len());
    let (name, mut rest) = inner.split_at(name_end);
    let mut attributes = Vec::new();
    while !rest.trim_start().is_empty() {
        // Attributes are set apart by white space.
        let behind = rest.strip_prefix(|c: char| c.is_ascii_whitespace())?.trim_start();
        let (key, behind) = behind.split_once('=')?;
        let quote = behind.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
        let (value, behind) = behind[1..].split_once(quote)?;
        let (key, value) = (key.trim_end(), plain(value)?);
        let low = value.to_ascii_lowercase();
        let harmless = !key.to_ascii_lowercase().starts_with("on") && !low.contains("script:") && !low.contains("url(");
        let named = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-:_".contains(&byte));
        if !(named && harmless) {
            return None;
        }
        attributes.push((key, value));
        rest = behind;
    }
    let fits = !name.is_empty() && !(is_end && (is_empty || !attributes.is_empty()));
    fits.then_some(Tag { name, is_end, is_empty, attributes })
}

/// Text with its entities resolved.
fn plain(text: &str) -> Option<String> {
    let mut plain = String::with_capacity(text.len());
    let mut parts = text.split('&');
    plain.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let (entity, rest) = part.split_once(';')?;
        plain.push(match entity {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            "nbsp" => '\u{a0}',
            _ => {
                let number = entity.strip_prefix('#')?;
                let hexadecimal = number.strip_prefix('x').map(|digits| u32::from_str_radix(digits, 16));
                char::from_u32(hexadecimal.unwrap_or_else(|| number.parse()).ok()?).filter(|c| !c.is_control())?
            }
        });
        plain.push_str(rest);
    }
    Some(plain)
}
