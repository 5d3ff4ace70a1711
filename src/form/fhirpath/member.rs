//! Steps from a value to its parts: `.name` and `children()` (FHIRPath N1, 5.8 and 3).

use super::datum::{Datum, Extended, Measure};
use super::decimal::Decimal;
use super::moment::Moment;
use super::tree::{self, Place};
use crate::form::extension::{DATA_ABSENT_REASON, ORDINAL_VALUE};
use crate::form::{Answer, ItemIx, Response};
use crate::json::Value;
use std::borrow::Cow;

/// The place of a value in the response, if items can stand under it.
pub fn place(datum: &Datum<'_>) -> Option<Place> {
    match datum {
        Datum::Resource => Some(Place::Root),
        Datum::Item(node) => Some(Place::Item(*node)),
        Datum::Answer(node, at) => Some(Place::Answer(*node, *at)),
        _ => None,
    }
}

fn push_text<'a>(text: Option<&'a str>, out: &mut Vec<Datum<'a>>) {
    out.extend(text.map(|text| Datum::String(Cow::Borrowed(text))));
}

/// Adds the parts of a value that have a name. A name that the value does not know adds nothing.
pub fn member<'a>(response: &'a Response, datum: &Datum<'a>, name: &str, out: &mut Vec<Datum<'a>>) {
    if name == "item"
        && let Some(place) = place(datum)
    {
        out.extend(tree::items(response, place).into_iter().map(Datum::Item));
        return;
    }
    match (datum, name) {
        (Datum::Json(value), _) => json_member(value, name, out),
        (Datum::Item(node), "answer") => {
            out.extend(tree::answers(response, *node).map(|(at, _)| Datum::Answer(*node, at)));
        }
        (Datum::Item(node), "linkId") => push_text(Some(&tree::definition(response, *node).link_id), out),
        (Datum::Item(node), "text") => push_text(Some(tree::text(response, *node)), out),
        (Datum::Answer(node, at), _) => {
            let Some(kind) = name.strip_prefix("value") else { return };
            let item = tree::item_ix(response, *node);
            if let Some(answer) = tree::answer(response, *node, *at)
                && (kind.is_empty() || type_of(answer) == kind)
            {
                out.extend(value(answer, item));
            }
        }
        (Datum::Coding(coding, _), "code") => push_text(Some(&coding.code), out),
        (Datum::Coding(coding, _), "system") => push_text(coding.system.as_deref(), out),
        (Datum::Coding(coding, _), "display") => push_text(coding.display.as_deref(), out),
        (Datum::Quantity(measure), "value") => out.push(Datum::Decimal(measure.value)),
        (Datum::Quantity(measure), "code") => out.push(Datum::String(measure.code.clone())),
        (Datum::Quantity(measure), "system") => push_text(measure.system, out),
        (Datum::Quantity(measure), "unit") => {
            out.push(
                measure.unit.map_or_else(|| Datum::String(measure.code.clone()), |unit| Datum::String(unit.into())),
            );
        }
        (Datum::Attachment(file), "contentType") => push_text(Some(&file.content_type), out),
        (Datum::Attachment(file), "title") => push_text(Some(&file.title), out),
        (Datum::Attachment(file), "size") => out.extend(i64::try_from(file.size).ok().map(Datum::Integer)),
        (Datum::Extension(url, _), "url") => push_text(Some(url), out),
        (Datum::Extension(_, extended), _) => out.extend(extended_value(extended, name)),
        _ => {}
    }
}

fn extended_value<'a>(extended: &Extended, name: &str) -> Option<Datum<'a>> {
    match (extended, name) {
        (Extended::Score(score), "value" | "valueDecimal") => Some(Datum::Decimal(*score)),
        (Extended::Code(code), "value" | "valueCode") => Some(Datum::String(Cow::Borrowed(code))),
        _ => None,
    }
}

/// The type in the name of an answer's `value[x]`.
const fn type_of(answer: &Answer) -> &'static str {
    match answer {
        Answer::Boolean(_) => "Boolean",
        Answer::Decimal(_) => "Decimal",
        Answer::Integer(_) => "Integer",
        Answer::Date(_) => "Date",
        Answer::DateTime(_) => "DateTime",
        Answer::Time(_) => "Time",
        Answer::String(_) => "String",
        Answer::Uri(_) => "Uri",
        Answer::Coding(_) => "Coding",
        Answer::Quantity(_) => "Quantity",
        Answer::Attachment(_) => "Attachment",
        Answer::Reference(_) => "Reference",
    }
}

/// The value of an answer. A date of which only an event is known has none.
fn value(answer: &Answer, item: ItemIx) -> Option<Datum<'_>> {
    Some(match answer {
        Answer::Boolean(value) => Datum::Boolean(*value),
        Answer::Decimal(number) => Datum::Decimal(Decimal::parse(number.lexeme())?),
        Answer::Integer(value) => Datum::Integer((*value).into()),
        Answer::Date(date) => Datum::Moment(Moment::of(date.calendar?)),
        Answer::DateTime(text) | Answer::Time(text) => Datum::Moment(Moment::parse(text)?),
        Answer::String(text) | Answer::Uri(text) => Datum::String(Cow::Borrowed(text)),
        Answer::Coding(coding) => Datum::Coding(coding, Some(item)),
        Answer::Quantity(quantity) => Datum::Quantity(Measure::of(quantity)?),
        Answer::Attachment(file) => Datum::Attachment(file),
        Answer::Reference(reference) => Datum::Json(reference),
    })
}

/// The score of an answer, or of a coding answered with, as its option says.
pub fn score(response: &Response, datum: &Datum<'_>) -> Option<Decimal> {
    let ordinal = match datum {
        Datum::Answer(node, at) => {
            let answer = tree::answer(response, *node, *at)?;
            let options = &tree::definition(response, *node).options;
            options.iter().find(|option| option.matches(answer))?.ordinal.as_ref()?
        }
        Datum::Coding(coding, Some(item)) => {
            let options = &response.questionnaire().item(*item).options;
            let chosen = |answer: &Answer| matches!(answer, Answer::Coding(option) if option.same(coding));
            options.iter().find(|option| chosen(&option.answer))?.ordinal.as_ref()?
        }
        Datum::Json(value) => {
            let extensions = value.get("extension")?.as_array()?;
            let is_score = |extension: &&Value| extension.get("url").and_then(Value::as_str) == Some(ORDINAL_VALUE);
            extensions.iter().find(is_score)?.get("valueDecimal")?.as_number()?
        }
        _ => return None,
    };
    Decimal::parse(ordinal.lexeme())
}

/// Adds the extensions of a value with this URL.
pub fn extension<'a>(response: &'a Response, datum: &Datum<'a>, url: &str, out: &mut Vec<Datum<'a>>) {
    match datum {
        Datum::Json(_) => {
            let mut all = Vec::new();
            member(response, datum, "extension", &mut all);
            let named = |found: &Datum<'a>| matches!(found, Datum::Json(value) if value.get("url").and_then(Value::as_str) == Some(url));
            out.extend(all.into_iter().filter(named));
        }
        Datum::Item(node) if url == DATA_ABSENT_REASON => {
            let reason = tree::absent_reason(response, *node);
            out.extend(reason.map(|reason| Datum::Extension(DATA_ABSENT_REASON, Extended::Code(reason.code()))));
        }
        _ if url == ORDINAL_VALUE => {
            out.extend(score(response, datum).map(|score| Datum::Extension(ORDINAL_VALUE, Extended::Score(score))));
        }
        _ => {}
    }
}

/// Adds everything directly under a value.
pub fn children<'a>(response: &'a Response, datum: &Datum<'a>, out: &mut Vec<Datum<'a>>) {
    let names: &[&str] = match datum {
        Datum::Json(Value::Object(object)) => {
            return object.iter().for_each(|(name, value)| push_json(value, name, out));
        }
        Datum::Resource => &["item"],
        Datum::Item(_) => &["linkId", "text", "answer", "item"],
        Datum::Answer(..) => &["value", "item"],
        Datum::Coding(..) => &["system", "code", "display"],
        Datum::Quantity(_) => &["value", "unit", "system", "code"],
        Datum::Attachment(_) => &["contentType", "size", "title"],
        _ => return,
    };
    for name in names {
        member(response, datum, name, out);
    }
}

fn json_member<'a>(value: &'a Value, name: &str, out: &mut Vec<Datum<'a>>) {
    let Some(object) = value.as_object() else { return };
    if let Some(found) = object.get(name) {
        return push_json(found, name, out);
    }
    // An element with a choice of types has the type in its name (FHIR R4, "choice of data types").
    let typed = object.iter().find(|(member, _)| {
        member
            .strip_prefix(name)
            .is_some_and(|kind| kind.starts_with(|c: char| c.is_ascii_uppercase()) && is_type(kind))
    });
    if let Some((member, found)) = typed {
        push_json(found, member, out);
    }
}

fn is_type(kind: &str) -> bool {
    let kinds = "Boolean Integer Decimal String Date DateTime Time Code Coding CodeableConcept Quantity Uri Reference \
        Period Age Range Attachment Instant Identifier Address PositiveInt Timing";
    kinds.split_ascii_whitespace().any(|known| known == kind)
}

/// Adds a JSON value; the elements of an array one by one.
fn push_json<'a>(value: &'a Value, name: &str, out: &mut Vec<Datum<'a>>) {
    out.push(match value {
        Value::Null => return,
        Value::Bool(value) => Datum::Boolean(*value),
        Value::Number(number) => {
            let whole = number.is_integer().then(|| value.as_i64()).flatten().map(Datum::Integer);
            return out.extend(whole.or_else(|| Decimal::parse(number.lexeme()).map(Datum::Decimal)));
        }
        Value::String(text) if name.ends_with("String") => Datum::String(Cow::Borrowed(text)),
        Value::String(text) => Datum::Primitive(text),
        Value::Array(elements) => {
            // An array in an array is not FHIR, so it is not followed.
            for element in elements.iter().filter(|element| element.as_array().is_none()) {
                push_json(element, name, out);
            }
            return;
        }
        Value::Object(_) => Datum::Json(value),
    });
}
