//! Which exact form a document answers.

use crate::json::{Value, object};

/// Which exact Questionnaire a document answers. The digest pins the bytes, so that a later edition of the form can
/// never change, break or hide an old answer.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename_all = "camelCase"))]
pub struct InstrumentPin {
    /// FHIR canonical of the Questionnaire, `url|version`.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = r"^[^|]+\|[^|]+$")))]
    pub canonical: String,
    /// `sha-256:` and the lower-case hexadecimal SHA-256 of the Questionnaire's bytes as loaded.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = "^sha-256:[0-9a-f]{64}$")))]
    pub digest: String,
}

impl InstrumentPin {
    /// The canonical without its version.
    #[must_use]
    pub fn url(&self) -> &str {
        self.canonical.split_once('|').map_or(self.canonical.as_str(), |(url, _)| url)
    }

    /// The version; empty where the Questionnaire has none.
    #[must_use]
    pub fn version(&self) -> &str {
        self.canonical.split_once('|').map_or("", |(_, version)| version)
    }

    /// The record: `canonical`, `digest`.
    #[must_use]
    pub fn to_json(&self) -> Value {
        object([("canonical", self.canonical.as_str().into()), ("digest", self.digest.as_str().into())])
    }

    /// Reads the record.
    #[must_use]
    pub fn from_json(value: &Value) -> Option<Self> {
        let object = value.as_object()?;
        Some(Self { canonical: object.text("canonical")?.to_owned(), digest: object.text("digest")?.to_owned() })
    }
}
