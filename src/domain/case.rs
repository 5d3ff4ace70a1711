//! A case: the folder in which one client's documents lie.

use super::{CaseId, PartialDate, Timestamp};
use crate::json::{Object, Value};

/// Who a case is about, as far as it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// The case's identifier.
    pub id: CaseId,
    /// Name or initials, one field; a person may have one name only.
    pub name: String,
    /// Client register number of the institution, if one was given yet.
    pub register_number: Option<String>,
    /// Date of birth as far as it is known.
    pub birth: Option<PartialDate>,
    /// When the case was opened on the tablet.
    pub opened: Timestamp,
    /// When these details were last changed.
    pub changed: Timestamp,
}

/// Why a case's details cannot be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CaseRefusal {
    /// A case needs something by which the worker recognises it.
    #[error("the case has neither a name nor initials")]
    NameMissing,
}

impl Case {
    /// Opens a case with its details as typed, trimmed.
    ///
    /// # Errors
    /// Refuses an empty name.
    pub fn open(
        id: CaseId,
        name: &str,
        register_number: &str,
        birth: Option<PartialDate>,
        now: Timestamp,
    ) -> Result<Self, CaseRefusal> {
        let mut case = Self { id, name: String::new(), register_number: None, birth: None, opened: now, changed: now };
        case.describe(name, register_number, birth, now)?;
        Ok(case)
    }

    /// Replaces the details as typed, trimmed.
    ///
    /// # Errors
    /// Refuses an empty name and then changes nothing.
    pub fn describe(
        &mut self,
        name: &str,
        register_number: &str,
        birth: Option<PartialDate>,
        now: Timestamp,
    ) -> Result<(), CaseRefusal> {
        let (name, register_number) = (name.trim(), register_number.trim());
        if name.is_empty() {
            return Err(CaseRefusal::NameMissing);
        }
        self.name = name.to_owned();
        self.register_number = (!register_number.is_empty()).then(|| register_number.to_owned());
        self.birth = birth;
        self.changed = now;
        Ok(())
    }

    /// The record: `id`, `name`, `registerNumber`, `birth`, `opened`, `changed`.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let mut object = Object::default();
        object.set("id", self.id);
        object.set("name", self.name.as_str());
        object.set_some("registerNumber", self.register_number.as_deref());
        object.set_some("birth", self.birth.as_ref().map(PartialDate::to_json));
        object.set("opened", self.opened);
        object.set("changed", self.changed);
        object.into()
    }

    /// Reads the record; a part that is there but unreadable makes the whole record unreadable.
    #[must_use]
    pub fn from_json(value: &Value) -> Option<Self> {
        let object = value.as_object()?;
        Some(Self {
            id: CaseId::from_json(object.get("id")?)?,
            name: object.text("name")?.to_owned(),
            register_number: object.optional_text("registerNumber")?,
            birth: object.optional("birth", PartialDate::from_json)?,
            opened: Timestamp::from_json(object.get("opened")?)?,
            changed: Timestamp::from_json(object.get("changed")?)?,
        })
    }
}

/// The initials of a name, for file names and places that other people may see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Initials(pub String);

/// Letters and digits of the scripts in which names are written. All of Unicode's would be a large table to load.
const LETTERS: [(char, char); 18] = [
    ('0', '9'),
    ('A', 'Z'),
    ('a', 'z'),
    ('\u{c0}', '\u{d6}'), // Latin
    ('\u{d8}', '\u{f6}'),
    ('\u{f8}', '\u{24f}'),
    ('\u{388}', '\u{3ff}'), // Greek
    ('\u{400}', '\u{481}'), // Cyrillic
    ('\u{48a}', '\u{52f}'),
    ('\u{620}', '\u{64a}'),   // Arabic
    ('\u{904}', '\u{939}'),   // Devanagari
    ('\u{b85}', '\u{bb9}'),   // Tamil
    ('\u{e01}', '\u{e2e}'),   // Thai
    ('\u{1b05}', '\u{1b33}'), // Balinese
    ('\u{3041}', '\u{30fa}'), // Kana
    ('\u{3400}', '\u{9fff}'), // Chinese
    ('\u{a984}', '\u{a9b2}'), // Javanese
    ('\u{ac00}', '\u{d7a3}'), // Hangul
];

fn is_letter(c: char) -> bool {
    LETTERS.iter().any(|(first, last)| (*first..=*last).contains(&c))
}

impl Initials {
    /// Takes the first letter or digit of up to three words, Latin letters in capitals; "X" when there is none.
    #[must_use]
    pub fn of(name: &str) -> Self {
        let first = name.split_whitespace().filter_map(|word| word.chars().find(|c| is_letter(*c)));
        let initials: String = first.take(3).map(|c| c.to_ascii_uppercase()).collect();
        Self(if initials.is_empty() { "X".to_owned() } else { initials })
    }
}
