//! Reading FHIR elements out of JSON: fields, extensions, codings.

use crate::json::{Object, Value, object};

/// A JSON object of FHIR.
pub type Element = Object;

/// The text of a primitive field.
pub fn string<'a>(element: &'a Element, field: &str) -> Option<&'a str> {
    element.text(field)
}

/// The flag of a boolean field; absent means false, as FHIR defines for every flag of Questionnaire.item.
pub fn flag(element: &Element, field: &str) -> bool {
    element.get(field).and_then(Value::as_bool).unwrap_or(false)
}

/// The objects of a list field; absent or of another shape means none.
pub fn objects<'a>(element: &'a Element, field: &str) -> impl Iterator<Item = &'a Element> + use<'a> {
    element.get(field).and_then(Value::as_array).unwrap_or_default().iter().filter_map(Value::as_object)
}

/// The extensions of an element with this URL.
pub fn extensions<'a>(element: &'a Element, url: &'a str) -> impl Iterator<Item = &'a Element> + use<'a> {
    objects(element, "extension").filter(move |extension| string(extension, "url") == Some(url))
}

/// The first extension of an element with this URL.
pub fn extension<'a>(element: &'a Element, url: &'a str) -> Option<&'a Element> {
    extensions(element, url).next()
}

/// The value of a code-valued extension.
pub fn extension_code<'a>(element: &'a Element, url: &'a str) -> Option<&'a str> {
    string(extension(element, url)?, "valueCode")
}

/// The value of a boolean extension; absent means false.
pub fn extension_flag(element: &Element, url: &str) -> bool {
    extension(element, url).is_some_and(|extension| flag(extension, "valueBoolean"))
}

/// The codes of a CodeableConcept-valued extension.
pub fn extension_concept_codes<'a>(element: &'a Element, url: &'a str) -> impl Iterator<Item = &'a str> {
    extensions(element, url)
        .filter_map(|extension| extension.get("valueCodeableConcept")?.as_object())
        .flat_map(|concept| objects(concept, "coding"))
        .filter_map(|coding| string(coding, "code"))
}

/// An extension with one value.
pub fn new_extension(url: &str, field: &str, value: impl Into<Value>) -> Value {
    object([("url", url.into()), (field, value.into())])
}
