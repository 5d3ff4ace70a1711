//! Printing what others wrote: no character of a file may steer the terminal or turn a line around.

use crate::json::Value;

/// Whether a character steers a terminal or turns the text around, so that a line could show what it does not say.
fn steers(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Text for a line; what would steer is shown as not readable.
pub fn escaped(text: &str) -> String {
    text.chars().map(|c| if steers(c) { '\u{FFFD}' } else { c }).collect()
}

/// JSON in which no character steers a terminal: outside of strings there is none, inside each has its escape.
pub fn pure_text(value: &Value) -> String {
    let written = value.to_string();
    written.chars().map(|c| if steers(c) { format!("\\u{:04x}", u32::from(c)) } else { c.to_string() }).collect()
}
