//! The instruments that come with the app: `instruments/index.json`.

use super::casework::Phase;
use super::settings::Locale;
use crate::domain::{InstrumentPin, Role};
use crate::form::Questionnaire;
use crate::json::{Value, object, parse};

/// The list of built-in instruments.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Catalogue {
    /// In the order in which tasks are listed.
    pub instruments: Vec<CatalogueEntry>,
}

/// The address of a form that names none: its digest.
#[must_use]
pub fn address(digest: &str) -> String {
    format!("urn:asesmen:form:{}", digest.trim_start_matches("sha-256:"))
}

/// One instrument, built in or added.
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
    /// The phase of casework it belongs to; none for forms from outside.
    pub phase: Option<Phase>,
    /// The roles by which it is usually filled in; any where none is named.
    pub roles: Vec<Role>,
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
    pub(super) fn from_json(value: &Value) -> Option<Self> {
        let text = |member: &str| Some(value.get(member)?.as_str()?.to_owned());
        Some(Self { id: text("id")?, en: text("en")? })
    }
}

impl CatalogueEntry {
    /// The entry of a form from outside: its file is the digest under which its exact bytes are kept, and a form without
    /// a URL is named by that.
    #[must_use]
    pub fn of(form: &Questionnaire, digest: &str) -> Self {
        let title = |locale: Locale| form.title.in_language(locale.tag()).to_owned();
        let url = if form.url.is_empty() { address(digest) } else { form.url.clone() };
        Self {
            file: digest.to_owned(),
            url,
            version: form.version.clone(),
            title: Title { id: title(Locale::Id), en: title(Locale::En) },
            purpose: Title { id: String::new(), en: String::new() },
            phase: None,
            roles: Vec::new(),
        }
    }

    /// Whether it is usually filled in by a role.
    #[must_use]
    pub fn is_for(&self, role: Role) -> bool {
        self.roles.is_empty() || self.roles.contains(&role)
    }

    /// The entry of a form kept on the tablet for the documents that answer it.
    #[must_use]
    pub fn kept(pin: &InstrumentPin) -> Self {
        let title = Title { id: String::new(), en: String::new() };
        Self {
            file: pin.digest.clone(),
            url: pin.url().to_owned(),
            version: pin.version().to_owned(),
            purpose: title.clone(),
            title,
            phase: None,
            roles: Vec::new(),
        }
    }

    /// Whether it lies on the tablet under its digest, and does not come with the app.
    #[must_use]
    pub fn is_kept(&self) -> bool {
        self.file.starts_with("sha-256:")
    }

    /// The record of an added form.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let title = |title: &Title| object([("id", title.id.as_str().into()), ("en", title.en.as_str().into())]);
        object([
            ("file", self.file.as_str().into()),
            ("url", self.url.as_str().into()),
            ("version", self.version.as_str().into()),
            ("title", title(&self.title)),
            ("purpose", title(&self.purpose)),
        ])
    }

    /// Reads an entry of the list or the record of an added form.
    #[must_use]
    pub fn from_json(value: &Value) -> Option<Self> {
        let text = |member: &str| Some(value.get(member)?.as_str()?.to_owned());
        Some(Self {
            file: text("file")?,
            url: text("url")?,
            version: text("version")?,
            title: Title::from_json(value.get("title")?)?,
            purpose: Title::from_json(value.get("purpose")?)?,
            phase: value.get("phase").map_or(Some(None), |phase| Phase::from_code(phase.as_str()?).map(Some))?,
            roles: value.get("for").map_or(Some(Vec::new()), |list| {
                list.as_array()?.iter().map(|role| Role::from_code(role.as_str()?)).collect()
            })?,
        })
    }

    /// The canonical with version, if it has one.
    #[must_use]
    pub fn canonical(&self) -> String {
        if self.version.is_empty() { self.url.clone() } else { format!("{}|{}", self.url, self.version) }
    }
}
