//! Functions on texts (FHIRPath N1, 5.6). Positions count characters.

use super::Call;
use crate::form::fhirpath::datum::{Collection, Datum};
use crate::form::fhirpath::evaluate::{Run, maybe};
use crate::form::fhirpath::expression::Term;
use crate::form::fhirpath::function::Word;
use crate::form::fhirpath::letters;
use crate::form::regex::Pattern;

fn count(text: &str) -> Option<i64> {
    i64::try_from(text.chars().count()).ok()
}

impl<'a> Run<'_, 'a> {
    /// Calls a function on texts.
    pub fn word(&self, function: Word, call: &Call<'_, 'a>) -> Collection<'a> {
        if function == Word::Split || function == Word::ToChars {
            return self.parts(function, call).unwrap_or_default();
        }
        maybe(if function == Word::Join { self.join(call) } else { self.changed(function, call) })
    }

    /// What a function that yields one value makes of one text.
    fn changed(&self, function: Word, call: &Call<'_, 'a>) -> Option<Datum<'a>> {
        let text = self.text(&call.input, call.name)?;
        self.spend(text.len() / 8);
        if let Some(Term::Pattern(pattern)) = call.terms.first() {
            return self.matched(function, text, pattern, call);
        }
        Some(match function {
            Word::Length => Datum::Integer(count(text)?),
            Word::Upper => Datum::text(letters::cased(text, true)),
            Word::Lower => Datum::text(letters::cased(text, false)),
            Word::Trim => Datum::text(text.trim().to_owned()),
            Word::Substring => Datum::text(self.substring(text, call)?),
            _ => {
                let other = self.text(call.argument(0), call.name)?;
                match function {
                    Word::StartsWith => Datum::Boolean(text.starts_with(other)),
                    Word::EndsWith => Datum::Boolean(text.ends_with(other)),
                    Word::Contains => Datum::Boolean(letters::find(text, other, 0).is_some()),
                    Word::IndexOf => {
                        let before = letters::find(text, other, 0).map(|at| &text[..at]);
                        Datum::Integer(before.map_or(Some(-1), count)?)
                    }
                    _ => {
                        let new = self.text(call.argument(1), call.name)?;
                        let parts = split(text, other);
                        // What comes out may be far longer than what went in, so it is paid for before it is made.
                        let affordable = self.spend(parts.len().saturating_mul(new.len()));
                        Datum::text(affordable.then(|| parts.join(new))?)
                    }
                }
            }
        })
    }

    /// A part of a text; none when it begins outside (N1, 5.6.2).
    fn substring(&self, text: &str, call: &Call<'_, 'a>) -> Option<String> {
        let start = usize::try_from(self.integer(call.argument(0), call.name)?).ok()?;
        let length = self.integer(call.argument(1), call.name);
        let length = length.map_or(usize::MAX, |length| usize::try_from(length).unwrap_or(0));
        let mut rest = text.chars();
        if start > 0 {
            rest.nth(start - 1)?;
        }
        (!rest.as_str().is_empty()).then(|| rest.take(length).collect())
    }

    fn parts(&self, function: Word, call: &Call<'_, 'a>) -> Option<Collection<'a>> {
        let text = self.text(&call.input, call.name)?;
        let separator = if function == Word::ToChars { "" } else { self.text(call.argument(0), call.name)? };
        if !self.spend(text.len()) {
            return None;
        }
        let parts = split(text, separator).into_iter();
        // Between characters there is nothing, also before the first and behind the last.
        let parts = parts.filter(|part| !(separator.is_empty() && part.is_empty()));
        Some(parts.map(|part| Datum::text(part.to_owned())).collect())
    }

    fn join(&self, call: &Call<'_, 'a>) -> Option<Datum<'a>> {
        let separator = self.text(call.argument(0), call.name).unwrap_or_default();
        let mut joined = String::new();
        for (position, datum) in call.input.iter().enumerate() {
            let text = self.text(std::slice::from_ref(datum), call.name)?;
            if !self.spend(text.len() + separator.len()) {
                return None;
            }
            if position > 0 {
                joined.push_str(separator);
            }
            joined.push_str(text);
        }
        (!call.input.is_empty()).then(|| Datum::text(joined))
    }

    fn matched(&self, function: Word, text: &str, pattern: &Pattern, call: &Call<'_, 'a>) -> Option<Datum<'a>> {
        if !self.spend(text.len().saturating_mul(pattern.cost()) / 16) {
            return None;
        }
        if function != Word::ReplaceMatches {
            let found =
                if function == Word::Matches { pattern.find(text, 0).is_some() } else { pattern.matches_whole(text) };
            return Some(Datum::Boolean(found));
        }
        let new = self.text(call.argument(1), call.name)?;
        // Groups are not captured; a text that names one is refused rather than put in as it stands.
        if new.contains('$') {
            return self.mismatch(call.name);
        }
        if pattern.is_empty() {
            return Some(Datum::text(text.to_owned()));
        }
        let (mut replaced, mut at) = (String::new(), 0);
        while let Some((begin, end)) = pattern.find(text, at) {
            // Each search may look at all the rest of the text.
            if !self.spend((text.len() - at).saturating_mul(pattern.cost()) / 32 + new.len()) {
                return None;
            }
            replaced.push_str(&text[at..begin]);
            replaced.push_str(new);
            at = end;
            if end == begin {
                // Behind an empty match one character is passed by, so that the search goes on.
                let Some(passed) = text[end..].chars().next() else { break };
                replaced.push(passed);
                at += passed.len_utf8();
            }
        }
        replaced.push_str(&text[at..]);
        Some(Datum::text(replaced))
    }
}

/// The parts of a text between another; an empty one stands before and behind every character.
fn split<'t>(text: &'t str, other: &str) -> Vec<&'t str> {
    let (mut parts, mut begin, mut from) = (Vec::new(), 0, 0);
    while let Some(at) = letters::find(text, other, from) {
        let end = at + other.len();
        if text.is_char_boundary(at) {
            parts.push(&text[begin..at]);
            begin = end;
        }
        from = end.max(at + 1);
    }
    parts.push(&text[begin..]);
    parts
}
