//! From text to GEDCOM lines: level, cross-reference, tag, value.
//!
//! GEDCOM 5.5.1, chapter 1 (grammar); GEDCOM 7, 1 (Lines). Read more widely than either allows: white space before the
//! level, more than one delimiter before the tag, tabs, blank lines, any length, and every line end that was ever in use.

/// A line of a file that is GEDCOM.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line<'a> {
    /// How deep.
    pub level: u16,
    /// What pointers name it by, without the signs around it.
    pub xref: Option<&'a str>,
    /// What it is.
    pub tag: &'a str,
    /// What it says, untrimmed.
    pub value: &'a str,
}

/// The lines of a text with their numbers, blank ones left out. Two different line-end characters in a row are one end.
pub(super) fn physical(text: &str) -> impl Iterator<Item = (u32, &str)> {
    let mut rest = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut number = 0;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        number += 1;
        let end = rest.find(['\r', '\n']).unwrap_or(rest.len());
        let (line, after) = rest.split_at(end);
        rest = ["\r\n", "\n\r", "\r", "\n"].iter().find_map(|end| after.strip_prefix(end)).unwrap_or(after);
        Some((number, line))
    })
    .filter(|(_, line)| !line.trim().is_empty())
}

/// The longest tag that is taken for one; the specification ends at 31.
const LONGEST_TAG: usize = 64;

/// Reads one line; `None` where it is not GEDCOM.
pub(super) fn parse(line: &str) -> Option<Line<'_>> {
    let line = line.trim_start();
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let (level, rest) = line.split_at_checked(digits)?;
    let level = level.parse().ok()?;
    let mut rest = behind_delimiter(rest)?;
    let mut xref = None;
    if let Some(open) = rest.strip_prefix('@') {
        let (name, after) = open.split_once('@')?;
        xref = Some(name.trim()).filter(|name| !name.is_empty());
        xref?;
        rest = behind_delimiter(after)?;
    }
    let end = rest.find([' ', '\t']).unwrap_or(rest.len());
    let (tag, value) = rest.split_at_checked(end)?;
    let is_tag = tag.len() <= LONGEST_TAG && tag.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
    // One delimiter stands before the value; further white space belongs to it.
    let value = value.strip_prefix([' ', '\t']).unwrap_or(value);
    (is_tag && !tag.is_empty()).then_some(Line { level, xref, tag, value })
}

fn behind_delimiter(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches([' ', '\t']);
    (rest.len() < text.len()).then_some(rest)
}

/// Characters that GEDCOM bans from every text (7, 1, Characters); a drawing could not hold them either.
pub(super) fn is_banned(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}')
}
