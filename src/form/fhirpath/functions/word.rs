//! Functions on texts (FHIRPath N1, 5.6). Positions count characters.

use super::Call;
use crate::form::fhirpath::datum::Datum;
use crate::form::fhirpath::evaluate::{Outcome, Run};
use crate::form::fhirpath::expression::Term;
use crate::form::fhirpath::function::Word;
use crate::form::fhirpath::letters;
use crate::form::fhirpath::refusal::EvaluationRefusal;
use crate::form::regex::Pattern;

/// The text of a value; a value of another type is refused.
fn text_of<'d>(datum: Option<&'d Datum<'_>>, call: &Call<'_, '_>) -> Result<Option<&'d str>, EvaluationRefusal> {
    datum.map(|datum| datum.as_str().ok_or_else(|| call.mismatch())).transpose()
}

fn whole_of(datum: Option<&Datum<'_>>, call: &Call<'_, '_>) -> Result<Option<i64>, EvaluationRefusal> {
    match datum {
        None => Ok(None),
        Some(Datum::Integer(value)) => Ok(Some(*value)),
        Some(_) => Err(call.mismatch()),
    }
}

fn count(text: &str) -> i64 {
    i64::try_from(text.chars().count()).unwrap_or(i64::MAX)
}

impl<'a> Run<'_, 'a> {
    /// Calls a function on texts.
    pub fn word(&self, function: Word, call: &Call<'_, 'a>) -> Outcome<'a> {
        if function == Word::Join {
            return self.join(call);
        }
        let Some(text) = text_of(call.subject()?, call)? else { return Ok(Vec::new()) };
        self.spend(text.len() / 8)?;
        let string = |text: &str| Datum::text(text.to_owned());
        if let Some(Term::Pattern(pattern)) = call.terms.first() {
            return self.matched(function, text, pattern, call);
        }
        let found = match function {
            Word::Length => Datum::Integer(count(text)),
            Word::Upper => Datum::text(letters::cased(text, true)),
            Word::Lower => Datum::text(letters::cased(text, false)),
            Word::Trim => string(text.trim()),
            Word::ToChars => {
                self.spend(text.len())?;
                return Ok(text.chars().map(|c| Datum::text(c.into())).collect());
            }
            Word::Substring => return Ok(substring(text, call)?.map(Datum::text).into_iter().collect()),
            _ => {
                let Some(other) = text_of(call.argument(0)?, call)? else { return Ok(Vec::new()) };
                match function {
                    Word::StartsWith => Datum::Boolean(text.starts_with(other)),
                    Word::EndsWith => Datum::Boolean(text.ends_with(other)),
                    Word::Contains => Datum::Boolean(letters::find(text, other, 0).is_some()),
                    Word::IndexOf => Datum::Integer(letters::find(text, other, 0).map_or(-1, |at| count(&text[..at]))),
                    Word::Split => {
                        self.spend(text.len())?;
                        let parts = split(text, other).into_iter().filter(|_| !other.is_empty());
                        return Ok(parts.map(string).collect());
                    }
                    _ => return self.replaced(text, other, call),
                }
            }
        };
        Ok(vec![found])
    }

    fn join(&self, call: &Call<'_, 'a>) -> Outcome<'a> {
        let separator = text_of(call.argument(0)?, call)?.unwrap_or_default();
        let mut joined = String::new();
        for (position, datum) in call.input.iter().enumerate() {
            let text = text_of(Some(datum), call)?.unwrap_or_default();
            self.spend(text.len() + separator.len())?;
            if position > 0 {
                joined.push_str(separator);
            }
            joined.push_str(text);
        }
        Ok(if call.input.is_empty() { Vec::new() } else { vec![Datum::text(joined)] })
    }

    fn replaced(&self, text: &str, other: &str, call: &Call<'_, 'a>) -> Outcome<'a> {
        let Some(new) = text_of(call.argument(1)?, call)? else { return Ok(Vec::new()) };
        let parts = split(text, other);
        // What comes out may be far longer than what went in, so it is paid for before it is made.
        self.spend(parts.len().saturating_mul(new.len()))?;
        let mut replaced = String::new();
        for (position, part) in parts.into_iter().enumerate() {
            if position > 0 {
                replaced.push_str(new);
            }
            replaced.push_str(part);
        }
        Ok(vec![Datum::text(replaced)])
    }

    fn matched(&self, function: Word, text: &str, pattern: &Pattern, call: &Call<'_, 'a>) -> Outcome<'a> {
        self.spend(text.len().saturating_mul(pattern.cost()) / 16)?;
        match function {
            Word::Matches => Ok(vec![Datum::Boolean(pattern.find(text, 0).is_some())]),
            Word::MatchesFull => Ok(vec![Datum::Boolean(pattern.matches_whole(text))]),
            _ => {
                let Some(new) = text_of(call.argument(1)?, call)? else { return Ok(Vec::new()) };
                // Groups are not captured; a text that names one is refused rather than put in as it stands.
                if new.contains('$') {
                    return Err(call.mismatch());
                }
                let (mut replaced, mut at) = (String::new(), 0);
                while let Some((begin, end)) = pattern.find(text, at) {
                    // Each search may look at all the rest of the text.
                    self.spend((text.len() - at).saturating_mul(pattern.cost()) / 32 + new.len())?;
                    replaced.push_str(&text[at..begin]);
                    replaced.push_str(new);
                    // Behind an empty match one character is passed by, so that the search goes on.
                    let passed = if end > begin { 0 } else { text[end..].chars().next().map_or(1, char::len_utf8) };
                    replaced.push_str(text.get(end..end + passed).unwrap_or_default());
                    at = end + passed;
                    if at > text.len() {
                        break;
                    }
                }
                replaced.push_str(text.get(at..).unwrap_or_default());
                Ok(vec![Datum::text(replaced)])
            }
        }
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

/// A part of a text; none when it begins outside.
fn substring(text: &str, call: &Call<'_, '_>) -> Result<Option<String>, EvaluationRefusal> {
    let Some(start) = whole_of(call.argument(0)?, call)? else { return Ok(None) };
    let Ok(start) = usize::try_from(start) else { return Ok(None) };
    let length = whole_of(call.argument(1)?, call)?.map_or(usize::MAX, |length| usize::try_from(length).unwrap_or(0));
    let mut rest = text.chars().skip(start).peekable();
    Ok(rest.peek().is_some().then(|| rest.take(length).collect()))
}
