//! Answers: the `value[x]` of QuestionnaireResponse.item.answer (FHIR R4).

use super::element::{Element, extension, new_extension, string};
use super::extension::{DATE_EVENT, DATE_QUALIFIER, TOLD_AGE};
use crate::domain::{Calendar, PartialDate, Qualifier};
use crate::json::{Number, Object, Value, object};

/// A coded value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coding {
    /// Code system, where one is named.
    pub system: Option<String>,
    /// Code within the system; empty where only words are given.
    pub code: String,
    /// Text of the code in the form's own language.
    pub display: Option<String>,
    /// Version of the code system, where one is named.
    pub version: Option<String>,
}

impl Coding {
    /// Whether both name the same code. A system counts only where both sides name one.
    #[must_use]
    pub fn same(&self, other: &Self) -> bool {
        let systems_agree = match (&self.system, &other.system) {
            (Some(one), Some(two)) => one == two,
            _ => true,
        };
        // Forms may offer words without codes; then the words are what is chosen.
        let words_agree = !self.code.is_empty() || self.display == other.display;
        self.code == other.code && systems_agree && words_agree
    }
}

impl Coding {
    /// Whether a unit is this one, as far as this one says: forms may allow a unit by code, by system or by its words.
    pub(super) fn allows(&self, unit: &Self) -> bool {
        let agree = |own: &Option<String>, other: &Option<String>| own.is_none() || own == other;
        let code = self.code.is_empty() || self.code == unit.code;
        code && agree(&self.system, &unit.system) && (unit.display.is_none() || agree(&self.display, &unit.display))
    }
}

/// A number with its unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quantity {
    /// The number.
    pub value: Number,
    /// The unit.
    pub unit: Coding,
}

/// A file answered with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// Media type.
    pub content_type: String,
    /// File name.
    pub title: String,
    /// Size in bytes.
    pub size: u64,
    /// The bytes, base64 (RFC 4648, 4); empty where the file is only named.
    pub data: String,
}

impl Attachment {
    /// How many bytes it holds: four characters of base64 stand for three.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        let digits = self.data.bytes().filter(|digit| !digit.is_ascii_whitespace() && *digit != b'=').count();
        digits as u64 * 3 / 4
    }
}

/// One answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// `valueBoolean`.
    Boolean(bool),
    /// `valueDecimal`.
    Decimal(Number),
    /// `valueInteger`.
    Integer(i32),
    /// `valueDate`, perhaps partial.
    Date(PartialDate),
    /// `valueDateTime`, FHIR text.
    DateTime(String),
    /// `valueTime`, FHIR text.
    Time(String),
    /// `valueString`.
    String(String),
    /// `valueUri`.
    Uri(String),
    /// `valueCoding`.
    Coding(Coding),
    /// `valueQuantity`.
    Quantity(Quantity),
    /// `valueAttachment`.
    Attachment(Attachment),
    /// `valueReference`, as it stands.
    Reference(Value),
}

impl Answer {
    /// Whether there is nothing in it, as in a text field just opened.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        matches!(self, Self::String(text) | Self::Uri(text) if text.trim().is_empty())
    }

    /// The FHIR answer element.
    #[must_use]
    pub fn to_fhir(&self) -> Value {
        let (field, value) = match self {
            Self::Boolean(value) => ("valueBoolean", (*value).into()),
            Self::Decimal(value) => ("valueDecimal", value.clone().into()),
            Self::Integer(value) => ("valueInteger", i64::from(*value).into()),
            Self::DateTime(text) => ("valueDateTime", text.as_str().into()),
            Self::Time(text) => ("valueTime", text.as_str().into()),
            Self::String(text) => ("valueString", text.as_str().into()),
            Self::Uri(text) => ("valueUri", text.as_str().into()),
            Self::Coding(coding) => ("valueCoding", coding_value(coding)),
            Self::Quantity(quantity) => ("valueQuantity", quantity_value(quantity)),
            Self::Attachment(file) => ("valueAttachment", attachment_value(file)),
            Self::Reference(reference) => ("valueReference", reference.clone()),
            Self::Date(date) => return date_value(date),
        };
        object([(field, value)])
    }

    /// Reads the value of a FHIR element by its `prefix` ("value" in an answer, "answer" in enableWhen); `None` when it
    /// holds no value this engine knows.
    #[must_use]
    pub fn from_fhir(element: &Element, prefix: &str) -> Option<Self> {
        let field = |kind: &str| {
            let mut members = element.iter();
            members.find(|(name, _)| name.strip_prefix(prefix) == Some(kind)).map(|(_, value)| value)
        };
        let text = |kind: &str| field(kind).and_then(Value::as_str).map(str::to_owned);
        if let Some(value) = field("Boolean") {
            return value.as_bool().map(Self::Boolean);
        }
        if let Some(value) = field("Integer") {
            return value.as_i64().and_then(|number| i32::try_from(number).ok()).map(Self::Integer);
        }
        if let Some(value) = field("Decimal") {
            return value.as_number().cloned().map(Self::Decimal);
        }
        if let Some(value) = field("Coding") {
            return value.as_object().and_then(coding_of).map(Self::Coding);
        }
        if let Some(value) = field("Quantity") {
            return value.as_object().and_then(quantity_of).map(Self::Quantity);
        }
        if let Some(value) = field("Attachment") {
            return value.as_object().and_then(attachment_of).map(Self::Attachment);
        }
        if let Some(value) = field("Reference") {
            return value.as_object().map(|_| Self::Reference(value.clone()));
        }
        date_of(element, prefix)
            .or_else(|| text("DateTime").map(Self::DateTime))
            .or_else(|| text("Time").map(Self::Time))
            .or_else(|| text("String").map(Self::String))
            .or_else(|| text("Uri").map(Self::Uri))
    }
}

/// Reads a Coding; one with neither code nor words is none.
pub fn coding_of(element: &Element) -> Option<Coding> {
    let (code, display) = (string(element, "code"), string(element, "display"));
    Some(Coding {
        system: string(element, "system").map(str::to_owned),
        code: code.or(display.map(|_| ""))?.to_owned(),
        display: display.map(str::to_owned),
        version: string(element, "version").map(str::to_owned),
    })
}

fn coding_value(coding: &Coding) -> Value {
    let mut element = Object::default();
    element.set_some("system", coding.system.as_deref());
    element.set_some("version", coding.version.as_deref());
    element.set_some("code", Some(coding.code.as_str()).filter(|code| !code.is_empty()));
    element.set_some("display", coding.display.as_deref());
    element.into()
}

fn quantity_value(quantity: &Quantity) -> Value {
    let mut element = Object::default();
    element.set("value", quantity.value.clone());
    element.set("unit", quantity.unit.display.as_deref().unwrap_or(&quantity.unit.code));
    if let Some(system) = &quantity.unit.system {
        element.set("system", system.as_str());
        element.set("code", quantity.unit.code.as_str());
    }
    element.into()
}

fn quantity_of(element: &Element) -> Option<Quantity> {
    let unit = string(element, "unit");
    let code = string(element, "code").or(unit).unwrap_or_default();
    Some(Quantity {
        value: element.get("value")?.as_number()?.clone(),
        unit: Coding {
            system: string(element, "system").map(str::to_owned),
            code: code.to_owned(),
            display: unit.map(str::to_owned),
            version: None,
        },
    })
}

fn attachment_value(file: &Attachment) -> Value {
    let mut element = Object::default();
    let given = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    element.set_some("contentType", given(&file.content_type));
    element.set_some("data", given(&file.data));
    element.set("size", file.size);
    element.set_some("title", given(&file.title));
    element.into()
}

fn attachment_of(element: &Element) -> Option<Attachment> {
    let text = |field| string(element, field).unwrap_or_default().to_owned();
    let data = element.optional("data", |data| data.as_str().map(str::to_owned))?.unwrap_or_default();
    let size = element.get("size").and_then(Value::as_u64);
    let mut file = Attachment { content_type: text("contentType"), title: text("title"), size: 0, data };
    file.size = size.unwrap_or_else(|| file.bytes());
    Some(file)
}

fn date_value(date: &PartialDate) -> Value {
    let mut beside = Vec::new();
    if date.qualifier != Qualifier::Exact {
        beside.push(new_extension(DATE_QUALIFIER, "valueCode", date.qualifier.code()));
    }
    if let Some(event) = &date.event {
        beside.push(new_extension(DATE_EVENT, "valueString", event.as_str()));
    }
    if let Some(age) = date.told_age {
        beside.push(new_extension(TOLD_AGE, "valueInteger", u32::from(age)));
    }
    let mut element = Object::default();
    element.set_some("valueDate", date.calendar.map(|calendar| calendar.to_string()));
    if !beside.is_empty() {
        element.set("_valueDate", object([("extension", beside.into())]));
    }
    element.into()
}

fn date_of(element: &Element, prefix: &str) -> Option<Answer> {
    let calendar = string(element, &format!("{prefix}Date")).map(Calendar::parse_fhir);
    let beside = element.get(&format!("_{prefix}Date")).and_then(Value::as_object);
    let within = |url| beside.and_then(|beside| extension(beside, url));
    let event = within(DATE_EVENT).and_then(|part| string(part, "valueString"));
    if calendar.is_none() && event.is_none() {
        return None;
    }
    let qualifier = within(DATE_QUALIFIER).and_then(|part| string(part, "valueCode"));
    let age = within(TOLD_AGE).and_then(|part| part.get("valueInteger")?.as_u64());
    Some(Answer::Date(PartialDate {
        // A date text that is no date makes the whole answer unreadable rather than silently undated.
        calendar: match calendar {
            Some(parsed) => Some(parsed?),
            None => None,
        },
        qualifier: qualifier.map_or(Some(Qualifier::Exact), Qualifier::from_code)?,
        event: event.map(str::to_owned),
        told_age: age.and_then(|age| u16::try_from(age).ok()),
    }))
}
