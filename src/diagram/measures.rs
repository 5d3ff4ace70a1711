//! How large things are drawn, and how wide a text is.
//!
//! Widths of letters come from a small table, as no browser is at hand; they are those of a common sans-serif, rounded up, so
//! that a text takes a little less room than is kept for it.

/// Half a symbol.
pub(super) const HALF: i32 = 20;
/// Half a symbol of somebody who was not born, or not alive.
pub(super) const SMALL: i32 = 11;
/// The size of letters.
pub(super) const LETTERS: i32 = 11;
/// From one line of a text to the next.
pub(super) const LEADING: i32 = 13;
/// Between two lines that run along each other.
pub(super) const LANE: i32 = 8;
/// From what stands in a generation to a line beside it.
pub(super) const CLEAR: i32 = 10;
/// Room for the dates above the symbols.
pub(super) const DATES: i32 = 22;
/// Room in which the lines of twins part.
pub(super) const FORK: i32 = 24;
/// The widest line of a name.
const NAME: i32 = 104;
/// The most lines of a name.
const LINES: usize = 3;

/// The width of a text in letters of the usual size.
pub(super) fn width(text: &str) -> i32 {
    // In tenths of a unit for letters of size 11.
    let tenths: i32 = text.chars().map(letter).sum();
    tenths / 10 + 1
}

fn letter(c: char) -> i32 {
    match c {
        'i' | 'j' | 'l' | '\'' | '|' | '.' | ',' | ':' | ';' | '!' | 'I' => 36,
        ' ' | 'f' | 't' | 'r' | '(' | ')' | '[' | ']' | '-' | '/' => 44,
        'm' | 'M' | 'W' | '@' | '%' => 107,
        'w' => 86,
        'A'..='Z' | '&' | '±' | '<' | '>' | '+' | '=' | '…' | '–' => 82,
        'a'..='z' | '0'..='9' => 66,
        // Marks that stand over the letter before them.
        '\u{300}'..='\u{36f}' => 0,
        c if (c as u32) < 0x2000 => 84,
        _ => 118,
    }
}

/// A name in lines that are not too wide; what is too long even so ends with "…".
pub(super) fn name_lines(name: &str) -> Vec<String> {
    wrapped(name, NAME)
}

/// The same in lines that are no wider than this.
pub(super) fn wrapped(name: &str, most: i32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in name.split_whitespace() {
        match lines.last_mut() {
            Some(line) if width(line) + width(word) + 4 <= most => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    let is_cut = lines.len() > LINES;
    lines.truncate(LINES);
    if let Some(last) = lines.last_mut().filter(|_| is_cut) {
        last.push('…');
    }
    lines.into_iter().map(|line| shortened(line, most)).collect()
}

/// A line that ends with "…" if it is wider than this.
pub(super) fn shortened(line: String, most: i32) -> String {
    if width(&line) <= most {
        return line;
    }
    let mut short = String::new();
    let mut letters = line.chars();
    while let Some(letter) = letters.next().filter(|_| width(&short) < most - 12) {
        short.push(letter);
    }
    short.push('…');
    short
}
