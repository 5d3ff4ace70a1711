//! Words: one typed catalogue, one file a language. A key missing in a language does not compile.

mod en;
mod en_host;
mod en_keys;
mod en_outbox;
mod en_packages;
mod en_questions;
pub mod findings;
pub mod format;
pub mod host;
mod id;
mod id_host;
mod id_keys;
mod id_outbox;
mod id_packages;
mod id_questions;
pub mod keys;
pub mod outbox;
pub mod package_words;
pub mod words;

pub use id::Key;
pub use words::Words;

use crate::app::Locale;
use crate::platform::Part;

/// The text of a key in a language. English is a part of its own; until it stands, texts are Indonesian.
pub fn text(locale: Locale, key: Key) -> &'static str {
    match locale {
        Locale::En if Part::English.stands() => en::text(key),
        _ => id::text(key),
    }
}

/// The part that a language needs and that does not stand yet.
pub fn missing(locale: Locale) -> Option<Part> {
    (locale == Locale::En && !Part::English.stands()).then_some(Part::English)
}

/// Fills the blanks `{0}`, `{1}` … of a text.
pub fn fill(template: &str, arguments: &[&str]) -> String {
    let mut filled = String::new();
    let mut parts = template.split('{');
    filled.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let (blank, rest) = part.split_once('}').unwrap_or(("", part));
        let argument = blank.parse::<usize>().ok().and_then(|position| arguments.get(position));
        filled.push_str(argument.copied().unwrap_or_default());
        filled.push_str(rest);
    }
    filled
}
