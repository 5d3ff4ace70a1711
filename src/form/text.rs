//! Texts of a form in several languages (FHIR R4, extension `translation`).

use super::element::{Element, extension, extensions, objects, string};
use super::extension::{RENDERING_MARKDOWN, RENDERING_XHTML, TRANSLATION};
use super::rich::{Markup, Piece, pieces};

/// A text in the form's own language, with its translations.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    own: String,
    translations: Vec<(String, String)>,
    marked: Option<Box<(Markup, Self)>>,
}

impl Text {
    /// A text without translations.
    #[must_use]
    pub fn plain(own: &str) -> Self {
        Self { own: own.to_owned(), ..Self::default() }
    }

    /// A text with its translations: language (BCP 47) and words.
    pub(super) const fn translated(own: String, translations: Vec<(String, String)>) -> Self {
        Self { own, translations, marked: None }
    }

    /// Reads a primitive field, and the translations and the markup that stand beside it in `_field`.
    pub(super) fn read(element: &Element, field: &str) -> Option<Self> {
        let own = string(element, field)?.to_owned();
        let beside = element.iter().find(|(name, _)| name.strip_prefix('_') == Some(field));
        let beside = beside.and_then(|(_, value)| value.as_object());
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
        let marked = |url, markup| Some(Box::new((markup, Self::of_extension(extension(beside?, url)?)?)));
        let marked = marked(RENDERING_XHTML, Markup::Xhtml).or_else(|| marked(RENDERING_MARKDOWN, Markup::Markdown));
        Some(Self { own, translations, marked })
    }

    /// The text that an extension says.
    fn of_extension(extension: &Element) -> Option<Self> {
        Self::read(extension, "valueString").or_else(|| Self::read(extension, "valueMarkdown"))
    }

    /// The text in a language with its markup, where it has any that is harmless.
    #[must_use]
    pub fn rich(&self, language: &str) -> Option<Vec<Piece>> {
        let (markup, marked) = self.marked.as_deref()?;
        // Markup in another language than the words says something else.
        let fits = self.translation(language).is_some() == marked.translation(language).is_some();
        pieces(*markup, marked.in_language(language)).filter(|_| fits)
    }

    /// The text in a language (BCP 47), or in the form's own where it was not translated.
    #[must_use]
    pub fn in_language(&self, language: &str) -> &str {
        self.translation(language).unwrap_or(&self.own)
    }

    fn translation(&self, language: &str) -> Option<&str> {
        let primary = |tag: &str| tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
        let wanted = primary(language);
        self.translations.iter().find(|(tag, _)| primary(tag) == wanted).map(|(_, text)| text.as_str())
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
