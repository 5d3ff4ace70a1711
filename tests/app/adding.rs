//! Forms from outside: kept on the tablet, used like a built-in one, refused with every reason.

use super::tablet::{Tablet, URL, instrument};
use asesmen::app::{Adding, AddingProblem, Effect, Event, Screen};
use asesmen::domain::CaseId;
use serde_json::{Value, json};

fn outside(url: &str, version: &str, items: &Value) -> Vec<u8> {
    json!({"resourceType": "Questionnaire", "url": url, "version": version, "title": "Survei warga", "item": items})
        .to_string()
        .into_bytes()
}

fn tablet() -> (Tablet, CaseId) {
    let mut tablet = Tablet::new();
    tablet.open_case("Sekar Ayu");
    let case = *tablet.storage.cases.keys().next().expect("a case");
    tablet.act(Event::ScreenRequested(Screen::Forms(case)));
    (tablet, case)
}

fn give(tablet: &mut Tablet, bytes: Vec<u8>) {
    tablet.act(Event::FormGiven("survei.json".to_owned(), Ok(bytes)));
}

const OUTSIDE: &str = "https://example.org/Questionnaire/survei";

#[test]
fn a_form_from_outside_is_kept_and_filled_like_a_built_in_one() {
    let (mut tablet, case) = tablet();
    let name = json!({"url": "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-initialExpression",
        "valueExpression": {"language": "text/fhirpath", "expression": "%patient.name.first().text"}});
    let launch = json!({"url": "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-launchContext",
        "extension": [{"url": "name", "valueCoding": {"code": "patient"}}, {"url": "type", "valueCode": "Patient"}]});
    let mut form: Value = serde_json::from_slice(&outside(
        OUTSIDE,
        "2",
        &json!([
        {"linkId": "who", "type": "string", "extension": [name]}, {"linkId": "home", "type": "string"}]),
    ))
    .expect("JSON");
    form["extension"] = json!([launch]);
    give(&mut tablet, form.to_string().into_bytes());
    assert!(matches!(&tablet.model.adding, Some(Adding::Added(entry)) if entry.url == OUTSIDE));
    tablet.act(Event::InstrumentChosen(case, OUTSIDE.to_owned()));
    assert_eq!(tablet.filling().document.instrument.canonical, format!("{OUTSIDE}|2"));
    assert_eq!(tablet.shown("who").as_deref(), Some("Sekar Ayu"), "filled in from the case");
    let id = tablet.filling().document.id;
    assert_eq!(tablet.kept(id, "who").as_deref(), Some("Sekar Ayu"), "what was known at the start is in the record");
    let mut again = Tablet::new();
    again.storage = std::mem::take(&mut tablet.storage);
    again.act(Event::Connected);
    assert_eq!(again.model.added.len(), 1, "it is still there after a restart");
}

#[test]
fn a_form_without_address_and_version_is_named_by_its_digest() {
    let (mut tablet, case) = tablet();
    let bytes = json!({"resourceType": "Questionnaire", "item": [{"linkId": "a", "type": "string"}]}).to_string();
    give(&mut tablet, bytes.into_bytes());
    let url = tablet.model.added[0].url.clone();
    assert!(url.starts_with("urn:asesmen:form:"), "{url}");
    tablet.act(Event::InstrumentChosen(case, url.clone()));
    assert_eq!(tablet.filling().document.instrument.canonical, url);
}

#[test]
fn a_form_that_cannot_run_is_refused_with_every_reason_and_nothing_is_kept() {
    let (mut tablet, _) = tablet();
    let set = |link_id: &str| json!({"linkId": link_id, "type": "choice", "answerValueSet": "http://example.org/vs"});
    give(&mut tablet, outside(OUTSIDE, "1", &json!([set("a"), set("b")])));
    let Some(Adding::Failed(_, AddingProblem::Refused(reasons))) = &tablet.model.adding else { panic!("refused") };
    assert_eq!(reasons.iter().filter_map(|reason| reason.link_id()).collect::<Vec<_>>(), ["a", "b"]);
    give(&mut tablet, b"{".to_vec());
    assert!(
        matches!(&tablet.model.adding, Some(Adding::Failed(name, AddingProblem::Refused(_))) if name == "survei.json")
    );
    give(&mut tablet, instrument());
    assert!(matches!(tablet.model.adding, Some(Adding::Failed(_, AddingProblem::BuiltIn))), "{URL} is taken");
    tablet.act(Event::FormGiven("x".to_owned(), Err("HTTP 404".to_owned())));
    assert!(matches!(tablet.model.adding, Some(Adding::Failed(_, AddingProblem::Unread(_)))));
    assert!(tablet.storage.forms_added.is_empty() && tablet.model.added.is_empty());
}

#[test]
fn a_newer_version_takes_the_place_in_the_list_and_leaves_drafts_alone() {
    let (mut tablet, case) = tablet();
    give(&mut tablet, outside(OUTSIDE, "1", &json!([{"linkId": "a", "type": "string"}])));
    tablet.act(Event::InstrumentChosen(case, OUTSIDE.to_owned()));
    let draft = tablet.filling().document.clone();
    tablet.act(Event::ScreenRequested(Screen::Forms(case)));
    give(&mut tablet, outside(OUTSIDE, "2", &json!([{"linkId": "b", "type": "string"}])));
    assert_eq!(tablet.model.added.iter().map(|entry| entry.version.as_str()).collect::<Vec<_>>(), ["2"]);
    tablet.act(Event::ScreenRequested(Screen::Section(draft.id, 0)));
    assert_eq!(tablet.filling().response.questionnaire().version, "1");
    tablet.act(Event::FormDropped(OUTSIDE.to_owned()));
    assert!(tablet.model.added.is_empty());
    tablet.act(Event::ScreenRequested(Screen::Case(case)));
    tablet.act(Event::ScreenRequested(Screen::Section(draft.id, 0)));
    assert_eq!(tablet.filling().response.questionnaire().version, "1", "the draft keeps its own form");
}

#[test]
fn an_address_is_fetched_once_it_was_given() {
    let (mut tablet, _) = tablet();
    let effects = tablet.send(Event::FormAddressGiven(OUTSIDE.to_owned()));
    assert!(matches!(&effects[..], [Effect::FetchForm(address)] if address == OUTSIDE));
    assert_eq!(tablet.model.adding, Some(Adding::UnderWay));
}
