//! Canonical URLs of the FHIR and SDC extensions the engine reads, and of our own.
//!
//! Our own exist only where no standard extension says the same; `instruments/README.md` describes them for authors.

/// Translation of a text (FHIR R4, extension `translation`).
pub const TRANSLATION: &str = "http://hl7.org/fhir/StructureDefinition/translation";
/// A text with markup, beside the plain text (FHIR R4, `rendering-xhtml`).
pub const RENDERING_XHTML: &str = "http://hl7.org/fhir/StructureDefinition/rendering-xhtml";
/// The same in Markdown (FHIR R4, `rendering-markdown`).
pub const RENDERING_MARKDOWN: &str = "http://hl7.org/fhir/StructureDefinition/rendering-markdown";
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
/// Smallest quantity allowed (SDC, `sdc-questionnaire-minQuantity`).
pub const MIN_QUANTITY: &str = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-minQuantity";
/// Largest quantity allowed (SDC, `sdc-questionnaire-maxQuantity`).
pub const MAX_QUANTITY: &str = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-maxQuantity";
/// Least characters (FHIR R4, `minLength`).
pub const MIN_LENGTH: &str = "http://hl7.org/fhir/StructureDefinition/minLength";
/// What a text has to look like (FHIR R4, `regex`).
pub const REGEX: &str = "http://hl7.org/fhir/StructureDefinition/regex";
/// Types of resources that a reference may lead to (FHIR R4, `questionnaire-referenceResource`).
pub const REFERENCE_RESOURCE: &str = "http://hl7.org/fhir/StructureDefinition/questionnaire-referenceResource";
/// Least answers or entries (FHIR R4, `questionnaire-minOccurs`).
pub const MIN_OCCURS: &str = "http://hl7.org/fhir/StructureDefinition/questionnaire-minOccurs";
/// Most answers or entries (FHIR R4, `questionnaire-maxOccurs`).
pub const MAX_OCCURS: &str = "http://hl7.org/fhir/StructureDefinition/questionnaire-maxOccurs";
/// Units to choose between (FHIR R4, `questionnaire-unitOption`).
pub const UNIT_OPTION: &str = "http://hl7.org/fhir/StructureDefinition/questionnaire-unitOption";
/// Units to choose between, as a value set (FHIR R4, `questionnaire-unitValueSet`).
pub const UNIT_VALUE_SET: &str = "http://hl7.org/fhir/StructureDefinition/questionnaire-unitValueSet";
/// Distance between the points of a slider (FHIR R4, `questionnaire-sliderStepValue`).
pub const SLIDER_STEP: &str = "http://hl7.org/fhir/StructureDefinition/questionnaire-sliderStepValue";
/// What a typed answer should look like (FHIR R4, `entryFormat`).
pub const ENTRY_FORMAT: &str = "http://hl7.org/fhir/StructureDefinition/entryFormat";
/// What a display text is for (FHIR R4, `questionnaire-displayCategory`).
pub const DISPLAY_CATEGORY: &str = "http://hl7.org/fhir/StructureDefinition/questionnaire-displayCategory";
/// In which order a form is filled in (SDC, `sdc-questionnaire-entryMode`).
pub const ENTRY_MODE: &str = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-entryMode";
/// The form or an answer has to be signed (FHIR R4, `questionnaire-signatureRequired`).
pub const SIGNATURE_REQUIRED: &str = "http://hl7.org/fhir/StructureDefinition/questionnaire-signatureRequired";
/// A role, as a code, in which somebody besides the author has to sign the sealed document.
pub const COUNTERSIGNER: &str = "https://asesmen.id/fhir/StructureDefinition/countersigner";
/// Numbering or lettering of an option (FHIR R4, `questionnaire-optionPrefix`).
pub const OPTION_PREFIX: &str = "http://hl7.org/fhir/StructureDefinition/questionnaire-optionPrefix";
/// Number that stands for an option in a score (FHIR, `itemWeight`).
pub const ITEM_WEIGHT: &str = "http://hl7.org/fhir/StructureDefinition/itemWeight";
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
/// The document of the same case from which an answer was taken over.
pub const ANSWER_SOURCE: &str = "https://asesmen.id/fhir/StructureDefinition/answer-source";
/// Why a question was not asked, in words.
pub const ABSENT_NOTE: &str = "https://asesmen.id/fhir/StructureDefinition/data-absent-note";

/// Code system of the items that every record has (domain inventory 0.5).
pub const ENVELOPE: &str = "https://asesmen.id/fhir/CodeSystem/envelope";
/// Code system of items whose answer is a number by which the state knows a person.
pub const IDENTITY_NUMBER: &str = "https://asesmen.id/fhir/CodeSystem/identity-number";
/// Code system of items that stand at a place of their own on printed paper.
pub const PAPER: &str = "https://asesmen.id/fhir/CodeSystem/paper";
/// Code system of items beside which the app shows what it derives.
pub const DERIVED: &str = "https://asesmen.id/fhir/CodeSystem/derived";
/// For whom an item is shown beside the worker: a card for the client, or what stands on the client's copy.
pub const AUDIENCE: &str = "https://asesmen.id/fhir/StructureDefinition/audience";
/// The picture on a card for the client.
pub const PICTURE: &str = "https://asesmen.id/fhir/StructureDefinition/picture";
/// The sentence that tells the client an answer.
pub const CLIENT_TEXT: &str = "https://asesmen.id/fhir/StructureDefinition/client-text";
/// An answer that holds only for the content that was shown when it was given.
pub const BINDS_CONTENT: &str = "https://asesmen.id/fhir/StructureDefinition/binds-content";
/// The content that was shown when an answer was given, by its digest.
pub const SHOWN_CONTENT: &str = "https://asesmen.id/fhir/StructureDefinition/shown-content";
/// What a step of a procedure is about, on the option that ticks it.
pub const STEP_COVERS: &str = "https://asesmen.id/fhir/StructureDefinition/step-covers";
/// The way of handing over a copy that an option stands for.
pub const COPY_AS: &str = "https://asesmen.id/fhir/StructureDefinition/copy-as";

/// A text whose answer names an entry of a list of the same form, by what stands at this linkId in the entry.
pub const NAMES_ENTRY: &str = "https://asesmen.id/fhir/StructureDefinition/names-entry";

/// Documents of the same case that a form proposes answers from.
pub const CASE_DOCUMENTS: &str = "https://asesmen.id/fhir/StructureDefinition/case-documents";

/// Extensions of FHIR and SDC that change what a form means and that the engine does not run, by the last part of their
/// names. A form that carries one is refused at load: half a rule is worse than none.
pub const NOT_RUN: [&str; 7] = [
    "candidateExpression",
    "contextExpression",
    "answerExpression",
    "answerOptionsToggleExpression",
    "cqf-expression",
    "subQuestionnaire",
    "questionnaireAdaptive",
];
