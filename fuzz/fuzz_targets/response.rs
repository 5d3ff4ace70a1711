//! Any bytes as a response to a rich form: read or refused; what is read is checked and written again, and what fits the
//! form comes out with every member it held.

#![no_main]

#[allow(dead_code, reason = "shared with the other targets")]
mod hand;

use asesmen::form::{Questionnaire, Reading, as_given, issues};
use asesmen::json::{Value, parse};
use hand::context;
use libfuzzer_sys::fuzz_target;
use std::sync::{Arc, LazyLock};

static FORM: LazyLock<Arc<Questionnaire>> =
    LazyLock::new(|| Arc::new(Questionnaire::load(include_bytes!("../forms/rich.json")).expect("the rich form loads")));

fuzz_target!(|bytes: &[u8]| {
    let Ok(reading) = Reading::read(Arc::clone(&FORM), context(), bytes) else { return };
    let findings = reading.findings();
    let written = as_given(&reading.response, "id");
    let text = written.to_string();
    let again = Reading::read(Arc::clone(&FORM), context(), text.as_bytes()).expect("its own response");
    assert_eq!(as_given(&again.response, "id").to_string(), text, "what was written is read as it was");
    let nodes = reading.response.walk(reading.response.roots());
    // What is not asked leaves the record, also where it held no answer.
    let all_asked = nodes.iter().all(|node| reading.place(*node).is_none() || reading.response.is_enabled(*node));
    if findings.is_empty() && all_asked {
        let given = parse(bytes).expect("it was read");
        if says_something_everywhere(&given) && says_everything_once(&given) {
            assert_eq!(written, given, "nothing is lost");
        }
    }
    let mut response = reading.response;
    response.reckon();
    let _ = (issues(&response), as_given(&response, "id"), response.operations());
});

/// Whether nothing stands twice where it is written once: two items of one question become one.
fn says_everything_once(value: &Value) -> bool {
    let items = value.get("item").and_then(Value::as_array).unwrap_or_default();
    let answered = |item: &&Value| item.get("answer").is_some();
    let names: Vec<Option<&Value>> = items.iter().filter(answered).map(|item| item.get("linkId")).collect();
    let answers = items.iter().flat_map(|item| item.get("answer").and_then(Value::as_array).unwrap_or_default());
    let once = (1..names.len()).all(|at| !names[..at].contains(&names[at]));
    once && items.iter().chain(answers).all(says_everything_once)
}

/// Whether no part is empty. FHIR has no empty lists, objects or texts, and blank answers are none.
fn says_something_everywhere(value: &Value) -> bool {
    match value {
        Value::String(text) => !text.trim().is_empty(),
        Value::Array(elements) => !elements.is_empty() && elements.iter().all(says_something_everywhere),
        Value::Object(members) => !members.is_empty() && members.iter().all(|(_, value)| says_something_everywhere(value)),
        Value::Null => false,
        _ => true,
    }
}
