//! Texts of a form in several languages (FHIR R4, extension `translation`).

use super::element::{Element, extensions, objects, string};
use super::extension::TRANSLATION;
use crate::json::Value;

/// A text in the form's own language, with its translations.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    own: String,
    translations: Vec<(String, String)>,
}

impl Text {
    /// A text without translations.
    #[must_use]
    pub fn plain(own: &str) -> Self {
        Self { own: own.to_owned(), translations: Vec::new() }
    }

    /// A text with its translations: language (BCP 47) and words.
    pub(super) const fn translated(own: String, translations: Vec<(String, String)>) -> Self {
        Self { own, translations }
    }

    /// Reads a primitive field and the translations that stand beside it in `_field`.
    pub(super) fn read(element: &Element, field: &str) -> Option<Self> {
        let own = string(element, field)?.to_owned();
        let beside = element.get(&format!("_{field}")).and_then(Value::as_object);
        let translations = beside
            .into_iter()
            .flat_map(|beside| extensions(beside, TRANSLATION))
            .filter_map(|translation| {
                let part = |name| objects(translation, "extension").find(|part| string(part, "url") == Some(name));
                let language = string(part("lang")?, "valueCode")?;
                let content = part("content")?;
                let content = string(content, "valueString").or_else(|| string(content, "valueMarkdown"))?;
                Some((language.to_owned(), content.to_owned()))
            })
            .collect();
        Some(Self { own, translations })
    }

    /// The text in a language (BCP 47), or in the form's own where it was not translated.
    #[must_use]
    pub fn in_language(&self, language: &str) -> &str {
        let primary = |tag: &str| tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
        let wanted = primary(language);
        self.translations.iter().find(|(tag, _)| primary(tag) == wanted).map_or(&self.own, |(_, text)| text)
    }

    /// The words of both where they are others: in a language if they are there, or else in another of theirs.
    #[must_use]
    pub fn differing<'a>(&'a self, other: &'a Self, language: &str) -> Option<(&'a str, &'a str)> {
        let first = (self.in_language(language), other.in_language(language));
        let further = self.languages().chain(other.languages());
        let further = further.map(|language| (self.in_language(language), other.in_language(language)));
        std::iter::once(first).chain(further).chain([(&*self.own, &*other.own)]).find(|(one, two)| one != two)
    }

    /// Whether these are its words, in any of its languages.
    pub(super) fn says(&self, words: &str) -> bool {
        self.own == words || self.translations.iter().any(|(_, text)| text == words)
    }

    /// The languages it was translated into.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        self.translations.iter().map(|(language, _)| language.as_str())
    }
}
