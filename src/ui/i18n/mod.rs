//! Words: one typed catalogue, one file a language. A key missing in a language does not compile.

mod en;
mod en_host;
mod en_questions;
pub mod format;
pub mod host;
mod id;
mod id_host;
mod id_questions;
pub mod words;

pub use id::Key;
pub use words::Words;

use crate::app::Locale;

/// The text of a key in a language.
pub const fn text(locale: Locale, key: Key) -> &'static str {
    match locale {
        Locale::Id => id::text(key),
        Locale::En => en::text(key),
    }
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
