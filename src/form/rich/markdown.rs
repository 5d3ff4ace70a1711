//! The part of Markdown that is shown: paragraphs, headings, lists, bold and italic words, links as words.

use super::{Builder, Piece, Shape};

/// What a line is part of.
#[derive(Clone, Copy, PartialEq)]
enum Block {
    Paragraph,
    Heading,
    Point(Shape),
}

/// Reads Markdown.
pub fn read(text: &str) -> Option<Vec<Piece>> {
    let mut builder = Builder::default();
    let mut list: Option<Shape> = None;
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let Some((block, first)) = begin(line)? else { continue };
        let mut inner = first.to_owned();
        // Lines that begin nothing go on with what there is.
        let more = |next: &&str| block != Block::Heading && goes_on(next);
        while let Some(next) = lines.peek().copied().filter(more) {
            inner.push('\n');
            inner.push_str(next.trim_start());
            lines.next();
        }
        let own = if let Block::Point(shape) = block { Some(shape) } else { None };
        if list != own {
            list.iter().for_each(|_| builder.end());
            own.map_or(Some(()), |shape| builder.begin(shape))?;
            list = own;
        }
        write(&mut builder, block, &inner)?;
    }
    list.iter().for_each(|_| builder.end());
    Some(builder.pieces)
}

/// What a line begins, and its words; nothing for a blank line or a rule. Refused is what would have to be shown in
/// another way: HTML, code, tables.
fn begin(line: &str) -> Option<Option<(Block, &str)>> {
    let line = line.trim_start().trim_start_matches("> ").trim_start();
    let refused = line.starts_with("```") || line.starts_with("~~~") || line.starts_with('|') || holds_html(line);
    if refused {
        return None;
    }
    if is_rule(line) {
        return Some(None);
    }
    if let Some(point) = ["- ", "* ", "+ "].iter().find_map(|mark| line.strip_prefix(mark)) {
        return Some(Some((Block::Point(Shape::Bullets), point)));
    }
    let words = line.trim_start_matches('#');
    if (1..=6).contains(&(line.len() - words.len())) && words.starts_with(' ') {
        return Some(Some((Block::Heading, words.trim().trim_end_matches(" #"))));
    }
    let behind = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = behind.strip_prefix(". ").or_else(|| behind.strip_prefix(") "));
    Some(Some(match numbered.filter(|_| (1..10).contains(&(line.len() - behind.len()))) {
        Some(point) => (Block::Point(Shape::Numbers), point),
        None => (Block::Paragraph, line),
    }))
}

fn goes_on(line: &str) -> bool {
    matches!(begin(line), Some(Some((Block::Paragraph, _))))
}

/// Whether nothing stands on a line, or a rule across the page.
fn is_rule(line: &str) -> bool {
    let line = line.trim_end();
    line.is_empty()
        || line.len() >= 3
            && ["-", "*", "_", "="].iter().any(|mark| line.trim_matches(' ').replace(mark, "").is_empty())
}

fn holds_html(line: &str) -> bool {
    line.split('<').skip(1).any(|part| part.starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c)))
}

fn write(builder: &mut Builder, block: Block, text: &str) -> Option<()> {
    let shapes: &[Shape] = match block {
        Block::Paragraph => &[Shape::Paragraph],
        Block::Heading => &[Shape::Paragraph, Shape::Strong],
        Block::Point(_) => &[Shape::Point],
    };
    for shape in shapes {
        builder.begin(*shape)?;
    }
    inline(builder, text)?;
    shapes.iter().for_each(|_| builder.end());
    Some(())
}

/// Words within a block. Marks that are never closed are words themselves.
fn inline(builder: &mut Builder, text: &str) -> Option<()> {
    let mut open: Vec<(&str, usize)> = Vec::new();
    let mut rest = text;
    let mut before = ' ';
    while let Some(first) = rest.chars().next() {
        // Of three marks in a row the one that was opened last is closed first.
        let last = open.last().map(|(mark, _)| *mark).filter(|_| rest.starts_with("***") || rest.starts_with("___"));
        let marks = last.into_iter().chain(["**", "__", "*", "_"]);
        let length = if let Some(mark) = marks.into_iter().find(|mark| rest.starts_with(mark)) {
            let after = rest[mark.len()..].chars().next().unwrap_or(' ');
            emphasis(builder, &mut open, mark, (before, after))?;
            mark.len()
        } else {
            special(builder, rest, first)
        };
        before = rest[..length].chars().next_back().unwrap_or(' ');
        rest = &rest[length..];
    }
    for (mark, at) in open {
        builder.pieces[at] = Piece::Words(mark.to_owned());
        builder.depth -= 1;
    }
    Some(())
}

fn emphasis<'a>(
    builder: &mut Builder,
    open: &mut Vec<(&'a str, usize)>,
    mark: &'a str,
    (before, after): (char, char),
) -> Option<()> {
    // Within a word an underscore is a letter.
    let within = mark.starts_with('_') && before.is_alphanumeric() && after.is_alphanumeric();
    let begun = open.iter().rposition(|(own, _)| *own == mark).filter(|_| !before.is_whitespace() && !within);
    if let Some(begun) = begun {
        for (mark, at) in open.split_off(begun).into_iter().skip(1) {
            builder.pieces[at] = Piece::Words(mark.to_owned());
            builder.depth -= 1;
        }
        builder.end();
    } else if after.is_whitespace() || within {
        builder.words(mark);
    } else {
        open.push((mark, builder.pieces.len()));
        builder.begin(if mark.len() == 2 { Shape::Strong } else { Shape::Emphasis })?;
    }
    Some(())
}

/// Writes whatever else stands at the beginning of a text, and says how long it was.
fn special(builder: &mut Builder, rest: &str, first: char) -> usize {
    let hard = ["  \n", "\\\n"].iter().find(|hard| rest.starts_with(**hard));
    if let Some(hard) = hard {
        builder.pieces.push(Piece::Break);
        return hard.len();
    }
    if let Some(escaped) =
        rest.strip_prefix('\\').and_then(|rest| rest.chars().next()).filter(char::is_ascii_punctuation)
    {
        builder.words(&rest[1..=escaped.len_utf8()]);
        return 2;
    }
    if let Some((code, _)) = rest.strip_prefix('`').and_then(|rest| rest.split_once('`')) {
        builder.words(code);
        return code.len() + 2;
    }
    let picture = rest.starts_with("![");
    if let Some((own, address)) = link(&rest[usize::from(picture)..]) {
        builder.words(own);
        if !picture {
            builder.address(address);
        }
        return usize::from(picture) + own.len() + address.len() + 4;
    }
    let length = first.len_utf8();
    builder.words(&rest[..length]);
    length
}

/// The words and the address of a link.
fn link(text: &str) -> Option<(&str, &str)> {
    let (own, rest) = text.strip_prefix('[')?.split_once("](")?;
    let (address, _) = rest.split_once(')')?;
    (!own.contains(['[', ']'])).then_some((own, address))
}
