//! Operations: the only way a response changes, and what storage keeps.
//!
//! An operation carries the whole new content of one place, so replaying a log needs no other knowledge than the form,
//! and the later of two operations on a place wins.

use super::answer::Answer;
use super::audience::Shown;
use super::basis::Basis;
use super::data_absent_reason::DataAbsentReason;
use super::item::Item;
use super::questionnaire::MOST_PLACES;
use crate::json::{Object, Value, array, object};
use std::fmt;

/// Where in a response: a linkId and, for each list around it (itself included), which entry.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The item.
    pub link_id: String,
    /// Entries of the lists around it, outermost first.
    pub within: Vec<u32>,
}

/// What stands at one question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Content {
    /// The answers; several only for check boxes.
    pub answers: Vec<Answer>,
    /// Why there is none.
    pub absent: Option<DataAbsentReason>,
    /// More about why, in words.
    pub absent_note: Option<String>,
    /// What the answer rests on, where the worker chose another basis than the form expects.
    pub basis: Option<Basis>,
    /// The document of the case from which the answer was taken over, as a URI.
    pub source: Option<String>,
    /// The content that was shown when the answer was given, where the answer is bound to it.
    pub shown: Option<Box<Shown>>,
    /// Text as typed that cannot be read as a value of the item's type yet; kept so that nothing typed is lost.
    pub typed: Option<String>,
}

impl Content {
    /// What a new response holds at a node: the item's initial values; in a list of answers one for each entry.
    #[must_use]
    pub fn initial(item: &Item, instance: u32) -> Self {
        let values = match usize::try_from(instance) {
            Ok(entry) if item.is_list => item.initial.get(entry..=entry),
            _ => item.initial.get(..),
        };
        Self { answers: values.unwrap_or_default().to_vec(), ..Self::default() }
    }

    /// Whether it says the same as another about why there is no answer, and what the answer rests on.
    pub(super) fn says_the_same_beside_answers(&self, other: &Self) -> bool {
        (self.absent, &self.absent_note, self.basis) == (other.absent, &other.absent_note, other.basis)
    }

    /// Whether anything was answered, chosen as missing or typed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.answers.iter().all(Answer::is_blank) && self.absent.is_none() && self.typed.is_none()
    }
}

/// One change of a response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Operation {
    /// Replaces what stands at a question.
    Set {
        /// The question.
        at: Place,
        /// Its new content.
        content: Content,
    },
    /// Adds an entry to a list (a repeating group or question), behind the others; one that was removed comes back where it stood.
    Add {
        /// The new entry.
        at: Place,
    },
    /// Removes an entry of a list with all its answers.
    Remove {
        /// The entry.
        at: Place,
    },
}

impl Operation {
    /// The place it changes.
    #[must_use]
    pub const fn place(&self) -> &Place {
        match self {
            Self::Set { at, .. } | Self::Add { at } | Self::Remove { at } => at,
        }
    }
}

/// Why an operation does not fit the form. The response is unchanged.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OperationRefusal {
    /// The form has no such place, or the instance was removed.
    #[error("there is no place {0}")]
    NoSuchPlace(Place),
    /// Groups and texts hold no answers; a question holds answers of its own type; only lists have entries.
    #[error("{0} cannot be changed in this way")]
    WrongKind(Place),
    /// The response has no room for another entry.
    #[error("there is no room for {0}: a response has at most {MOST_PLACES} places")]
    Full(Place),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.link_id)?;
        self.within.iter().try_for_each(|instance| write!(f, "[{instance}]"))
    }
}

impl Place {
    /// The record: `linkId`, `within`.
    fn to_json(&self) -> Value {
        let mut place = Object::default();
        place.set("linkId", self.link_id.as_str());
        if !self.within.is_empty() {
            place.set("within", array(self.within.iter().map(|instance| (*instance).into())));
        }
        place.into()
    }

    fn from_json(value: &Value) -> Option<Self> {
        let within = value.get("within").map_or(Some(&[][..]), Value::as_array)?;
        let within = within.iter().map(|instance| instance.as_u64()?.try_into().ok()).collect::<Option<_>>()?;
        Some(Self { link_id: value.get("linkId")?.as_str()?.to_owned(), within })
    }
}

impl Content {
    /// The record: `answers` (FHIR), `absent`, `absentNote`, `basis`, `source`, `shown`, `typed`.
    fn to_json(&self) -> Value {
        let mut content = Object::default();
        if !self.answers.is_empty() {
            content.set("answers", array(self.answers.iter().map(Answer::to_fhir)));
        }
        content.set_some("absent", self.absent.map(DataAbsentReason::code));
        content.set_some("absentNote", self.absent_note.as_deref());
        content.set_some("basis", self.basis.map(Basis::code));
        content.set_some("source", self.source.as_deref());
        content.set_some("shown", self.shown.as_deref().map(Shown::to_json));
        content.set_some("typed", self.typed.as_deref());
        content.into()
    }

    /// Reads the record; a part that is there but unknown makes the whole unreadable, so that nothing is dropped.
    fn from_json(value: &Value) -> Option<Self> {
        let content = value.as_object()?;
        let answer = |answer: &Value| Answer::from_fhir(answer.as_object()?, "value");
        Some(Self {
            answers: content
                .optional("answers", |list| list.as_array()?.iter().map(answer).collect())?
                .unwrap_or_default(),
            absent: content.optional("absent", |code| DataAbsentReason::from_code(code.as_str()?))?,
            absent_note: content.optional_text("absentNote")?,
            basis: content.optional("basis", |code| Basis::from_code(code.as_str()?))?,
            source: content.optional_text("source")?,
            shown: content.optional("shown", Shown::from_json)?.map(Box::new),
            typed: content.optional_text("typed")?,
        })
    }
}

impl Operation {
    /// The record: one of `set` (with `at` and `content`), `add`, `remove` (with `at`).
    #[must_use]
    pub fn to_json(&self) -> Value {
        let at = self.place().to_json();
        match self {
            Self::Set { content, .. } => object([("set", object([("at", at), ("content", content.to_json())]))]),
            Self::Add { .. } => object([("add", object([("at", at)]))]),
            Self::Remove { .. } => object([("remove", object([("at", at)]))]),
        }
    }

    /// Reads the record.
    #[must_use]
    pub fn from_json(value: &Value) -> Option<Self> {
        let (kind, parts) = value.as_object().filter(|members| members.len() == 1)?.iter().next()?;
        let at = Place::from_json(parts.get("at")?)?;
        Some(match kind {
            "set" => Self::Set { at, content: Content::from_json(parts.get("content")?)? },
            "add" => Self::Add { at },
            "remove" => Self::Remove { at },
            _ => return None,
        })
    }
}
