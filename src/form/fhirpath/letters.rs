//! Texts, with the little that expressions need: case, white space, and what stands in what. The tables of all of Unicode
//! would weigh more than the rest of the engine, so case is known for the letters of the Latin, Greek and Cyrillic
//! alphabets that differ by a fixed distance; all others stay as they are.

/// Capital letters: first, last, how far apart they are, and how far behind each its small letter is.
const CAPITALS: [(u32, u32, u32, u32); 11] = [
    (0x41, 0x5a, 1, 32),
    (0xc0, 0xd6, 1, 32),
    (0xd8, 0xde, 1, 32),
    (0x100, 0x12e, 2, 1),
    (0x132, 0x136, 2, 1),
    (0x139, 0x147, 2, 1),
    (0x14a, 0x176, 2, 1),
    (0x179, 0x17d, 2, 1),
    (0x391, 0x3a9, 1, 32),
    (0x400, 0x40f, 1, 80),
    (0x410, 0x42f, 1, 32),
];

/// A text in capital or in small letters.
pub fn cased(text: &str, upper: bool) -> String {
    text.chars()
        .map(|c| {
            let code = u32::from(c);
            let changed = CAPITALS.iter().find_map(|(first, last, apart, behind)| {
                let capital = if upper { code.checked_sub(*behind)? } else { code };
                let is_one = (*first..=*last).contains(&capital) && (capital - first) % apart == 0;
                is_one.then_some(if upper { capital } else { code + behind })
            });
            changed.and_then(char::from_u32).unwrap_or(c)
        })
        .collect()
}

/// A text as `~` compares it (FHIRPath N1, 6.1.2): in small letters, every stretch of white space one space.
pub fn folded(text: &str) -> String {
    let mut folded = String::new();
    for c in text.trim().chars() {
        let c = if c.is_whitespace() { ' ' } else { c };
        if c != ' ' || !folded.ends_with(' ') {
            folded.push(c);
        }
    }
    cased(&folded, false)
}

/// Where a text first stands in another, from a byte on.
pub fn find(text: &str, other: &str, from: usize) -> Option<usize> {
    let (text, other) = (text.as_bytes(), other.as_bytes());
    let last = text.len().checked_sub(other.len())?;
    (from..=last).find(|at| text[*at..].starts_with(other))
}
