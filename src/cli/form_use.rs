//! Whether a form was meant to be used for a response: its status, its period and its version (FHIR R4, Questionnaire).

use crate::form::fhirpath::Moment;
use crate::form::{Finding, Severity};
use crate::json::{Value, parse};
use std::cmp::Ordering;

/// What is worth a second look. Nothing where either is not JSON, which is said elsewhere.
pub fn warnings(form: &[u8], response: &[u8]) -> Vec<Finding> {
    let (Ok(form), Ok(response)) = (parse(form), parse(response)) else { return Vec::new() };
    let mut warnings = Vec::new();
    let mut warn = |member: &str, text: String| {
        let place = format!("QuestionnaireResponse.{member}");
        warnings.push(Finding { severity: Severity::Warning, code: "business-rule", text, place });
    };
    if let Some(status) = text(&form, "status").filter(|status| matches!(*status, "draft" | "retired")) {
        warn("questionnaire", format!("the form has the status “{status}”"));
    }
    let named = text(&response, "questionnaire").and_then(|canonical| canonical.split_once('|'));
    if let Some((_, named)) = named
        && let Some(own) = text(&form, "version").filter(|own| *own != named)
    {
        warn("questionnaire", format!("the response answers version “{named}” of the form, and this one is “{own}”"));
    }
    let period = form.get("effectivePeriod");
    let bound = |name| text(period?, name);
    if let Some(authored) = text(&response, "authored") {
        if let Some(start) = bound("start").filter(|start| is(authored, Ordering::Less, start)) {
            warn("authored", format!("“{authored}” is before “{start}”, from which on the form was to be used"));
        }
        if let Some(end) = bound("end").filter(|end| is(authored, Ordering::Greater, end)) {
            warn("authored", format!("“{authored}” is after “{end}”, until which the form was to be used"));
        }
    }
    warnings
}

fn text<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    value.get(name)?.as_str()
}

/// Whether a time stands so to another, as far as both say.
fn is(one: &str, ordering: Ordering, two: &str) -> bool {
    let compared = Moment::parse(one).zip(Moment::parse(two)).and_then(|(one, two)| one.compare(two, 0));
    compared == Some(ordering)
}
