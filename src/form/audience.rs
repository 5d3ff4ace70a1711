//! What a form says about those who read it beside the worker: which groups are cards for the client, what is printed on
//! the copy that the client takes home, and which answers are bound to the text that was shown.

use super::element::{Element, extension, new_extension, string};
use super::extension::SHOWN_CONTENT;
use crate::domain::Timestamp;
use crate::json::{Value, object};

/// For whom an item is shown beside the worker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// `client`: a card that is read to the client; all such cards are the content that is agreed.
    Client,
    /// `client-answers`: a card on which the client answers or signs.
    ClientAnswers,
    /// `copy`: stands on the copy for the client and is not read out.
    Copy,
}

impl Audience {
    pub(super) fn from_code(code: &str) -> Option<Self> {
        Some(match code {
            "client" => Self::Client,
            "client-answers" => Self::ClientAnswers,
            "copy" => Self::Copy,
            _ => return None,
        })
    }
}

/// A picture beside the words of a card, for people who read pictures more easily. The screen draws it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Picture(u8);

impl Picture {
    /// The codes, in the order of their numbers.
    pub const CODES: [&str; 18] = [
        "book", "calendar", "check", "choice", "door", "eye", "hand", "heart", "home", "lock", "pen", "people",
        "phone", "question", "scale", "shield", "speech", "stop",
    ];

    pub(super) fn from_code(code: &str) -> Option<Self> {
        let number = Self::CODES.iter().position(|own| *own == code)?;
        u8::try_from(number).ok().map(Self)
    }

    /// Its number, from 0.
    #[must_use]
    pub const fn number(self) -> usize {
        self.0 as usize
    }
}

/// A way in which the client takes a copy home.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CopyKind {
    /// `print`: on paper.
    Print,
    /// `image`: as a picture.
    Image,
    /// `text`: as a file of text.
    Text,
}

impl CopyKind {
    pub(super) fn from_code(code: &str) -> Option<Self> {
        Some(match code {
            "print" => Self::Print,
            "image" => Self::Image,
            "text" => Self::Text,
            _ => return None,
        })
    }
}

/// Which content lay before somebody's eyes when an answer was given: what makes a drawn mark evidence for this text and
/// no other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The digest of the content.
    pub digest: String,
    /// The language it was shown in (BCP 47).
    pub language: String,
    /// When the answer was given.
    pub at: Timestamp,
}

impl Shown {
    /// The record: `digest`, `language`, `at`.
    pub(super) fn to_json(&self) -> Value {
        object([
            ("digest", self.digest.as_str().into()),
            ("language", self.language.as_str().into()),
            ("at", self.at.into()),
        ])
    }

    /// Reads the record.
    pub(super) fn from_json(value: &Value) -> Option<Self> {
        Some(Self {
            digest: value.get("digest")?.as_str()?.to_owned(),
            language: value.get("language")?.as_str()?.to_owned(),
            at: Timestamp::from_json(value.get("at")?)?,
        })
    }

    /// The extension beside an answer.
    pub(super) fn to_fhir(&self) -> Value {
        let parts = vec![
            new_extension("digest", "valueString", self.digest.as_str()),
            new_extension("language", "valueCode", self.language.as_str()),
            new_extension("at", "valueDateTime", self.at),
        ];
        object([("url", SHOWN_CONTENT.into()), ("extension", parts.into())])
    }

    /// Reads the extension beside an answer.
    pub(super) fn from_fhir(element: &Element) -> Option<Self> {
        let parts = extension(element, SHOWN_CONTENT)?;
        let part = |url, field| string(extension(parts, url)?, field);
        Some(Self {
            digest: part("digest", "valueString")?.to_owned(),
            language: part("language", "valueCode")?.to_owned(),
            at: Timestamp::parse(part("at", "valueDateTime")?).ok()?,
        })
    }
}
