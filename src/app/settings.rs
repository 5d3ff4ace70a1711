//! Settings that are not records: how the app looks and which language it speaks.

use crate::json::{Object, Value};

/// Language of the app and of the forms.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Locale {
    /// Bahasa Indonesia.
    #[default]
    Id,
    /// English.
    En,
}

impl Locale {
    /// The BCP 47 tag.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::En => "en",
        }
    }

    /// Reads a BCP 47 tag; `None` for languages the app does not speak.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        match tag.split('-').next()?.to_ascii_lowercase().as_str() {
            "id" | "in" => Some(Self::Id),
            "en" => Some(Self::En),
            _ => None,
        }
    }
}

/// Colours of the app.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the device asks for.
    #[default]
    Auto,
    /// Paper by day.
    Light,
    /// Dim rooms and nights.
    Dark,
    /// Bright sun and weak eyes.
    Contrast,
}

impl Theme {
    /// Every theme, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Auto, Self::Light, Self::Dark, Self::Contrast];

    /// The value of the `data-theme` attribute and of the element's `theme` attribute.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
            Self::Contrast => "contrast",
        }
    }

    /// Reads the code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.code() == code)
    }
}

/// The settings of one browser.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// Language, once chosen by hand.
    pub locale: Option<Locale>,
    /// Colours.
    pub theme: Theme,
}

impl Settings {
    /// The record: `locale`, `theme`.
    #[must_use]
    pub fn to_json(self) -> Value {
        let mut object = Object::default();
        object.set_some("locale", self.locale.map(Locale::tag));
        object.set("theme", self.theme.code());
        object.into()
    }

    /// Reads the record; what is not known is as if it had never been chosen.
    #[must_use]
    pub fn from_json(value: &Value) -> Self {
        let text = |member: &str| value.get(member).and_then(Value::as_str);
        Self {
            locale: text("locale").and_then(Locale::from_tag),
            theme: text("theme").and_then(Theme::from_code).unwrap_or_default(),
        }
    }
}
