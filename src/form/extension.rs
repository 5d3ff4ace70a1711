//! Canonical URLs of the FHIR and SDC extensions the engine reads, and of our own.
//!
//! Our own exist only where no standard extension says the same; `instruments/README.md` describes them for authors.

/// Translation of a text (FHIR R4, extension `translation`).
pub const TRANSLATION: &str = "http://hl7.org/fhir/StructureDefinition/translation";
/// How an item is shown (FHIR R4, `questionnaire-itemControl`).
pub const ITEM_CONTROL: &str = "http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl";
/// Options side by side or below each other (FHIR R4, `questionnaire-choiceOrientation`).
pub const CHOICE_ORIENTATION: &str = "http://hl7.org/fhir/StructureDefinition/questionnaire-choiceOrientation";
/// Unit of a number or quantity (FHIR R4, `questionnaire-unit`).
pub const UNIT: &str = "http://hl7.org/fhir/StructureDefinition/questionnaire-unit";
/// Item that is never shown (FHIR R4, `questionnaire-hidden`).
pub const HIDDEN: &str = "http://hl7.org/fhir/StructureDefinition/questionnaire-hidden";
/// Option that excludes all others (FHIR R4, `questionnaire-optionExclusive`).
pub const OPTION_EXCLUSIVE: &str = "http://hl7.org/fhir/StructureDefinition/questionnaire-optionExclusive";
/// Smallest value allowed (FHIR R4, `minValue`).
pub const MIN_VALUE: &str = "http://hl7.org/fhir/StructureDefinition/minValue";
/// Largest value allowed (FHIR R4, `maxValue`).
pub const MAX_VALUE: &str = "http://hl7.org/fhir/StructureDefinition/maxValue";
/// Digits allowed behind the decimal separator (FHIR R4, `maxDecimalPlaces`).
pub const MAX_DECIMAL_PLACES: &str = "http://hl7.org/fhir/StructureDefinition/maxDecimalPlaces";
/// Largest attachment in bytes (FHIR R4, `maxSize`).
pub const MAX_SIZE: &str = "http://hl7.org/fhir/StructureDefinition/maxSize";
/// Media types an attachment may have (FHIR R4, `mimeType`).
pub const MIME_TYPE: &str = "http://hl7.org/fhir/StructureDefinition/mimeType";
/// Number that stands for an option in a score (FHIR R4, `ordinalValue`).
pub const ORDINAL_VALUE: &str = "http://hl7.org/fhir/StructureDefinition/ordinalValue";
/// A short form of an item's text (SDC, `sdc-questionnaire-shortText`).
pub const SHORT_TEXT: &str = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-shortText";
/// Why a value is missing (FHIR R4, `data-absent-reason`).
pub const DATA_ABSENT_REASON: &str = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";

/// What an answer rests on: what the person said, what was seen, measured, read in a paper, or the worker's own act.
pub const ANSWER_BASIS: &str = "https://asesmen.id/fhir/StructureDefinition/answer-basis";
/// Sensitivity mark P, S or X (domain inventory 0.4).
pub const SENSITIVITY: &str = "https://asesmen.id/fhir/StructureDefinition/sensitivity";
/// Marks a help text as "how to ask" or "why it is asked".
pub const GUIDANCE: &str = "https://asesmen.id/fhir/StructureDefinition/guidance";
/// A date item whose answer may be partial or approximate.
pub const PARTIAL_DATE: &str = "https://asesmen.id/fhir/StructureDefinition/partial-date";
/// How sure a date is: about, before, after.
pub const DATE_QUALIFIER: &str = "https://asesmen.id/fhir/StructureDefinition/date-qualifier";
/// The known event by which a date was told.
pub const DATE_EVENT: &str = "https://asesmen.id/fhir/StructureDefinition/date-event";
/// The age in years from which a date was reckoned.
pub const TOLD_AGE: &str = "https://asesmen.id/fhir/StructureDefinition/told-age";
/// Why a question was not asked, in words.
pub const ABSENT_NOTE: &str = "https://asesmen.id/fhir/StructureDefinition/data-absent-note";

/// Extensions and elements that change what a form means and that the engine does not run. A form that carries one is
/// refused at load: half a rule is worse than none.
pub const NOT_RUN: [&str; 14] = [
    "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression",
    "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-enableWhenExpression",
    "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-initialExpression",
    "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-candidateExpression",
    "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-contextExpression",
    "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-answerExpression",
    "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-answerOptionsToggleExpression",
    "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-itemPopulationContext",
    "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-targetConstraint",
    "http://hl7.org/fhir/StructureDefinition/questionnaire-constraint",
    "http://hl7.org/fhir/StructureDefinition/variable",
    "http://hl7.org/fhir/StructureDefinition/regex",
    "http://hl7.org/fhir/StructureDefinition/cqf-expression",
    "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-isSubject",
];
