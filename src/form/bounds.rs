//! Bounds that answers have to keep (FHIR R4: maxLength and extensions; SDC).

use super::answer::Answer;
use super::element::{Element, extension, extensions, string};
use super::extension as url;
use super::load::{LoadRefusal, extended, unreadable, unsupported};
use super::regex::Pattern;
use crate::json::Value;

/// Bounds of the answers to an item.
#[derive(Clone, Debug, Default)]
pub struct Bounds {
    /// Least characters (`minLength`).
    pub min_length: Option<usize>,
    /// Most characters (`maxLength`).
    pub max_length: Option<usize>,
    /// Smallest value (`minValue`, `minQuantity`): of the type of the question.
    pub min: Option<Answer>,
    /// Largest value (`maxValue`, `maxQuantity`).
    pub max: Option<Answer>,
    /// Most digits behind the separator (`maxDecimalPlaces`).
    pub max_decimal_places: Option<u64>,
    /// Largest file, bytes (`maxSize`).
    pub max_size: Option<u64>,
    /// Media types a file may have; empty means any (`mimeType`).
    pub mime_types: Vec<String>,
    /// What a text has to look like as a whole (`regex`).
    pub pattern: Option<Pattern>,
    /// Types of resources that a reference may lead to; empty means any (`questionnaire-referenceResource`).
    pub resources: Vec<String>,
    /// Least answers or entries (`questionnaire-minOccurs`).
    pub min_occurs: Option<u64>,
    /// Most answers or entries (`questionnaire-maxOccurs`).
    pub max_occurs: Option<u64>,
}

impl Bounds {
    /// Reads the bounds of an item.
    pub(super) fn read(
        link_id: &str,
        element: &Element,
        exclusions: &mut Vec<LoadRefusal>,
    ) -> Result<Self, LoadRefusal> {
        let value = |url| extended(link_id, element, url, |bound| Answer::from_fhir(bound, "value"));
        let whole = |url| extended(link_id, element, url, whole_of);
        let length = |whole: Option<u64>| whole.map(|length| usize::try_from(length).unwrap_or(usize::MAX));
        let max_length =
            element.optional("maxLength", Value::as_u64).ok_or_else(|| unreadable(link_id, "maxLength"))?;
        let pattern =
            extension(element, url::REGEX).and_then(|regex| string(regex, "valueString")).map(Pattern::compile);
        let pattern = pattern.transpose().unwrap_or_else(|refusal| {
            exclusions.push(unsupported(link_id, &format!("regex: {refusal}")));
            None
        });
        let codes = |url| extensions(element, url).filter_map(code_of).map(str::to_owned).collect();
        Ok(Self {
            pattern,
            resources: codes(url::REFERENCE_RESOURCE),
            min_length: length(whole(url::MIN_LENGTH)?),
            max_length: length(max_length),
            min: value(url::MIN_VALUE)?.or(value(url::MIN_QUANTITY)?),
            max: value(url::MAX_VALUE)?.or(value(url::MAX_QUANTITY)?),
            max_decimal_places: whole(url::MAX_DECIMAL_PLACES)?,
            // FHIR R4 gives the largest size as a decimal number.
            max_size: whole(url::MAX_SIZE)?,
            mime_types: codes(url::MIME_TYPE),
            min_occurs: whole(url::MIN_OCCURS)?,
            max_occurs: whole(url::MAX_OCCURS)?,
        })
    }
}

impl Bounds {
    /// Whether a file may be of this media type; forms also allow whole families, as in `image/*`.
    #[must_use]
    pub fn takes_kind(&self, kind: &str) -> bool {
        let fits = |own: &String| own == "*/*" || kind.starts_with(own.trim_end_matches('*'));
        self.mime_types.is_empty() || self.mime_types.iter().any(fits)
    }
}

/// A code, also where it was written as a string.
fn code_of(extension: &Element) -> Option<&str> {
    string(extension, "valueCode").or_else(|| string(extension, "valueString"))
}

fn whole_of(bound: &Element) -> Option<u64> {
    let number = bound.get("valueInteger").or_else(|| bound.get("valueDecimal"))?.as_number()?;
    u64::try_from(number.to_i64()?).ok()
}
