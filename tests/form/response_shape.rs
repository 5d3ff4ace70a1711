//! What a response has to be as a FHIR resource, whatever its form asks.

use super::reading::{questionnaire, response, said};
use super::sheet::{context, item, with};
use asesmen::form::{Finding, Reading};
use serde_json::{Value, json};

const KINDS: [&str; 7] = ["string", "dateTime", "time", "url", "attachment", "reference", "choice"];

fn faults(given: &Value) -> Vec<Finding> {
    let form = questionnaire(&json!(KINDS.map(|kind| item(kind, kind))));
    Reading::read(form, context(), given.to_string().as_bytes()).expect("a response").findings()
}

/// What is found, as code and place.
fn told(given: &Value) -> Vec<(&'static str, String)> {
    faults(given).into_iter().map(|finding| (finding.code, finding.place)).collect()
}

fn answered(kind: &str, answer: Value) -> Value {
    response(&json!([said(kind, &[answer])]))
}

#[test]
fn a_sound_resource_has_no_faults() {
    let narrative = json!({"status": "generated", "div": "<div xmlns=\"http://www.w3.org/1999/xhtml\">x</div>"});
    let whole = json!({"authored": "2026-11-22T10:32:00.5+07:00", "subject": {"reference": "Patient/p.1-a"},
        "author": {"reference": "https://example.org/fhir/Practitioner/7/_history/2"}, "source": {"display": "Sekar"},
        "text": narrative, "_authored": {"id": "a"}, "contained": [{"resourceType": "Basic", "id": "b"}],
        "extension": [{"url": "urn:e", "valueDecimal": 0}], "encounter": {"reference": "#b"}});
    assert_eq!(told(&with(response(&json!([])), whole)), []);
}

#[test]
fn what_the_resource_says_of_itself_has_its_form() {
    let at = |name: &str| format!("QuestionnaireResponse{}{name}", if name.is_empty() { "" } else { "." });
    for (more, code, place) in [
        (json!({"status": "done"}), "code-invalid", "status"),
        (json!({"status": 7}), "code-invalid", "status"),
        (json!({"authored": "2026-11-22T10:32"}), "invalid", "authored"),
        (json!({"authored": "2026-11-22T10:32:00"}), "invalid", "authored"),
        (json!({"authored": "22.11.2026"}), "invalid", "authored"),
        (json!({"authored": "2026-02-30"}), "invalid", "authored"),
        (json!({"questionnaire": ["x"]}), "invalid", "questionnaire"),
        (json!({"questionnaire": "a b"}), "invalid", "questionnaire"),
        (json!({"colour": "red"}), "structure", ""),
        (json!({"subject": {"reference": "Kucing/1"}}), "invalid", "subject"),
        (json!({"author": {"type": "Kucing", "display": "x"}}), "invalid", "author"),
        (json!({"meta": {}}), "structure", "meta"),
        (json!({"extension": []}), "structure", "extension"),
        (json!({"language": ""}), "structure", "language"),
        (json!({"language": null}), "structure", "language"),
        (json!({"identifier": {"value": ""}}), "structure", "identifier.value"),
        (json!({"basedOn": [{}]}), "structure", "basedOn[0]"),
    ] {
        assert_eq!(told(&with(response(&json!([])), more.clone())), [(code, at(place))], "{more}");
    }
    let mut without = response(&json!([]));
    without.as_object_mut().expect("an object").remove("status");
    assert_eq!(told(&without), [("required", at(""))]);
}

#[test]
fn members_that_fhir_does_not_know_are_named_where_they_stand() {
    let items = json!([{"linkId": "string", "hint": "x", "answer": [{"valueString": "a", "score": 3}]}]);
    let found = faults(&response(&items));
    let texts: Vec<&str> = found.iter().map(|finding| finding.text.as_str()).collect();
    assert!(texts.len() == 2 && texts[0].contains("“hint”") && texts[1].contains("“score”"), "{texts:?}");
    assert_eq!(found[1].place, "QuestionnaireResponse.item[0].answer[0]");
}

#[test]
fn values_have_the_form_of_their_type() {
    let uuid = "c757873d-ec9a-4326-a141-556f43239520";
    let cases = [
        ("dateTime", "valueDateTime", vec!["2026", "2026-11", "2026-11-22", "2026-11-22T10:32:00Z"]),
        ("time", "valueTime", vec!["10:32:00", "23:59:59.25"]),
        ("url", "valueUri", vec!["Patient/1", "https://example.org/x", "urn:oid:1.2.0.30"]),
    ];
    let wrong = [
        ("dateTime", "valueDateTime", vec!["2026-11-22T10:32", "2026-13", "besok", "2026-11-22T10:32:00", "2026-11-"]),
        ("time", "valueTime", vec!["10:32", "24:00:00", "7:00:00", "10:32:00.", "pagi"]),
        ("url", "valueUri", vec!["https://example.org/a b", "urn:oid:3.1", "urn:oid:1.02", "urn:uuid:1"]),
    ];
    for (list, sound) in [(cases, true), (wrong, false)] {
        for (kind, field, values) in list {
            for value in values {
                let found = told(&answered(kind, json!({field: value})));
                assert_eq!(found.is_empty(), sound, "{value}: {found:?}");
            }
        }
    }
    for (id, sound) in [(uuid.to_owned(), true), (uuid.to_uppercase(), false), (format!("{uuid}0"), false)] {
        assert_eq!(told(&answered("url", json!({"valueUri": format!("urn:uuid:{id}")}))).is_empty(), sound, "{id}");
    }
    for (data, sound) in
        [("QUJD", true), ("QUI=", true), ("QUJ", false), ("QU=D", false), ("Q===", false), ("äöüß", false)]
    {
        let file = json!({"valueAttachment": {"contentType": "text/plain", "data": data}});
        assert_eq!(told(&answered("attachment", file)).is_empty(), sound, "{data}");
    }
}

#[test]
fn references_lead_to_resources_that_fhir_knows() {
    for (reference, sound) in [
        ("Patient/1", true),
        ("https://example.org/fhir/Patient/1/_history/3", true),
        ("https://example.org/files/1", true),
        ("#inside", true),
        ("Kucing/1", false),
        ("https://example.org/Kucing/1", false),
        ("Patient/1 2", false),
        ("urn:uuid:x", false),
    ] {
        let found = told(&answered("reference", json!({"valueReference": {"reference": reference}})));
        assert_eq!(found.is_empty(), sound, "{reference}: {found:?}");
    }
}
