//! The instruments that come with the app: `instruments/index.json`.

use super::settings::Locale;
use crate::json::{Value, parse};

/// The list of built-in instruments.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Catalogue {
    /// In the order in which tasks are listed.
    pub instruments: Vec<CatalogueEntry>,
}

/// One built-in instrument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CatalogueEntry {
    /// File in the instruments folder.
    pub file: String,
    /// Canonical URL of the Questionnaire.
    pub url: String,
    /// Its version.
    pub version: String,
    /// Title in Indonesian and English.
    pub title: Title,
    /// What it is for, in a sentence.
    pub purpose: Title,
}

/// A text in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Title {
    /// Indonesian.
    pub id: String,
    /// English.
    pub en: String,
}

impl Title {
    /// The text in a language.
    #[must_use]
    pub fn in_locale(&self, locale: Locale) -> &str {
        match locale {
            Locale::Id => &self.id,
            Locale::En => &self.en,
        }
    }
}

impl Catalogue {
    /// Reads the list; `None` when it is not JSON or an entry is incomplete.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let value = parse(bytes).ok()?;
        let entries = value.get("instruments")?.as_array()?.iter().map(CatalogueEntry::from_json);
        Some(Self { instruments: entries.collect::<Option<_>>()? })
    }

    /// The entry of a canonical URL.
    #[must_use]
    pub fn find(&self, url: &str) -> Option<&CatalogueEntry> {
        self.instruments.iter().find(|entry| entry.url == url)
    }
}

impl Title {
    fn from_json(value: &Value) -> Option<Self> {
        let text = |member: &str| Some(value.get(member)?.as_str()?.to_owned());
        Some(Self { id: text("id")?, en: text("en")? })
    }
}

impl CatalogueEntry {
    fn from_json(value: &Value) -> Option<Self> {
        let text = |member: &str| Some(value.get(member)?.as_str()?.to_owned());
        Some(Self {
            file: text("file")?,
            url: text("url")?,
            version: text("version")?,
            title: Title::from_json(value.get("title")?)?,
            purpose: Title::from_json(value.get("purpose")?)?,
        })
    }

    /// The canonical with version.
    #[must_use]
    pub fn canonical(&self) -> String {
        format!("{}|{}", self.url, self.version)
    }
}
