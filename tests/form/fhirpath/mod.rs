//! The FHIRPath subset: what expressions mean, over small responses and over JSON resources, what is refused, and that
//! nothing hostile gets through.

mod hostile;
mod reads;
mod response;
mod values;

use super::sheet::{Sheet, now};
use asesmen::form::fhirpath::{Budget, Collection, Datum, Env, EvaluationRefusal, Expression, Extended, evaluate};
use asesmen::form::{NodeIx, Response};
use asesmen::json::{Value, parse};
use serde_json::json;

/// How the values of a collection are written in the tables.
fn shown(response: &Response, collection: &Collection<'_>) -> String {
    let show = |datum: &Datum<'_>| match datum {
        Datum::String(text) => format!("'{text}'"),
        Datum::Primitive(text) => format!("\"{text}\""),
        Datum::Moment(moment) => format!("@{moment}"),
        Datum::Coding(coding, _) => format!("#{}", coding.code),
        Datum::Resource => "resource".to_owned(),
        Datum::Item(node) => response.item(*node).link_id.clone(),
        Datum::Answer(node, at) => format!("{}#{at}", response.item(*node).link_id),
        Datum::Attachment(_) => "attachment".to_owned(),
        Datum::Json(value) => value.to_string(),
        Datum::Extension(_, Extended::Score(score)) => format!("+{score}"),
        Datum::Extension(_, Extended::Code(code)) => format!("+{code}"),
        other => other.to_text().expect("a primitive").into_owned(),
    };
    collection.iter().map(show).collect::<Vec<_>>().join(", ")
}

/// A resource as a launch would give it.
fn patient() -> Value {
    let patient = json!({
        "resourceType": "Patient", "active": true, "gender": "female", "birthDate": "2001-02-28",
        "multipleBirthInteger": 2, "deceasedDateTime": "2026-11-01T08:00:00+07:00", "since": "2001",
        "name": [{"use": "official", "family": "Lestari", "given": ["Sekar", "Ayu"]}, {"given": ["Sri"]}],
        "address": [{"city": "Bantul", "extension": [{"url": "urn:rt", "valueString": "03"}]}],
        "weight": {"value": 52.5, "unit": "kilo", "system": "http://unitsofmeasure.org", "code": "kg"},
        "tall": 1.5, "nothing": null,
        "maritalStatus": {"coding": [{"system": "urn:test", "code": "a", "display": "a"}]}
    });
    parse(patient.to_string().as_bytes()).expect("JSON")
}

/// What an expression gives at a node, with as many steps as given.
fn run(response: &Response, context: Option<NodeIx>, text: &str, steps: usize) -> Result<String, EvaluationRefusal> {
    let expression = Expression::parse(text).unwrap_or_else(|refusal| panic!("{text}: {refusal}"));
    let patient = patient();
    let variable = |name: &str| {
        Ok(match name {
            "patient" => Some(vec![Datum::Json(&patient)]),
            "two" => Some(vec![Datum::Integer(1), Datum::Integer(2)]),
            "none" => Some(Vec::new()),
            _ => None,
        })
    };
    let budget = Budget::new(steps);
    let env = Env { response, context, now: now(), variable: &variable, budget: &budget };
    evaluate(&expression, &env).map(|found| shown(response, &found))
}

/// What an expression gives at the resource; a refusal is written behind an exclamation mark.
fn value(sheet: &Sheet, text: &str) -> String {
    run(&sheet.response, None, text, Budget::USUAL).unwrap_or_else(|refusal| format!("!{refusal}"))
}

/// Checks a table of expressions and what they give.
fn check(sheet: &Sheet, table: &[(&str, &str)]) {
    for (text, expected) in table {
        assert_eq!(value(sheet, text), *expected, "{text}");
    }
}
