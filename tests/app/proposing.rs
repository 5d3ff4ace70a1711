//! Taking over what other documents of the case say.

use super::tablet::Tablet;
use crate::form::sheet::{also, item, list, ruled};
use asesmen::app::{Event, Screen};
use asesmen::domain::{CaseId, DocumentId};
use asesmen::form::{Answer, Place};
use serde_json::{Value, json};

fn form(name: &str, items: Value) -> Value {
    let url = format!("https://example.org/{name}");
    json!({"resourceType": "Questionnaire", "url": url, "version": "1", "title": name, "status": "active", "item": items})
}

fn synthesis() -> Value {
    form("synthesis", json!([item("wish", "string"), list("problem", json!([item("what", "string")]))]))
}

fn plan() -> Value {
    let declared = json!({"url": "https://asesmen.id/fhir/StructureDefinition/case-documents", "extension": [
        {"url": "name", "valueId": "synthesis"},
        {"url": "questionnaire", "valueCanonical": "https://example.org/synthesis"}]});
    let expression = json!({"language": "text/fhirpath", "name": "problem",
        "expression": "%synthesis.item.where(linkId = 'problem')"});
    let context = json!({"valueExpression": expression,
        "url": "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-itemPopulationContext"});
    let goal = ruled(item("goal", "string"), "initialExpression", "%synthesis.item.where(linkId='wish').answer.value");
    let name = ruled(item("name", "string"), "initialExpression", "%problem.item.answer.value");
    also(form("plan", json!([goal, also(list("service", json!([name])), context)])), declared)
}

fn added(forms: &[Value]) -> (Tablet, CaseId) {
    let mut tablet = Tablet::new();
    tablet.open_case("Sekar");
    let case = *tablet.storage.cases.keys().next().expect("a case");
    for form in forms {
        tablet.act(Event::FormGiven("form.json".to_owned(), Ok(form.to_string().into_bytes())));
    }
    (tablet, case)
}

fn begin(tablet: &mut Tablet, case: CaseId, name: &str) -> DocumentId {
    tablet.act(Event::InstrumentChosen(case, format!("https://example.org/{name}")));
    tablet.filling().document.id
}

fn filled_synthesis(tablet: &mut Tablet, case: CaseId) -> DocumentId {
    let id = begin(tablet, case, "synthesis");
    tablet.type_into("wish", "Punya kamar");
    for what in ["Tidak ada kartu", "Batuk"] {
        let node = tablet.model.filling().and_then(|filling| {
            let response = &filling.response;
            let item = response.questionnaire().find("what")?;
            response.nodes_of(item).last()
        });
        tablet.act(Event::Edited(node.expect("an entry"), asesmen::form::Edit::Typed(what.to_owned())));
        if what != "Batuk" {
            tablet.act(Event::InstanceAdded(None, "problem".to_owned()));
        }
    }
    tablet.act(Event::PageHidden);
    id
}

#[test]
fn a_draft_is_proposed_what_the_newest_document_of_the_case_says() {
    let (mut tablet, case) = added(&[synthesis(), plan()]);
    let source = filled_synthesis(&mut tablet, case);
    let plan = begin(&mut tablet, case, "plan");
    assert_eq!(tablet.filling().sources, [("synthesis".to_owned(), source)]);
    assert_eq!(tablet.shown("goal"), None, "nothing is filled in unseen");
    let goal = tablet.node("goal", &[]);
    tablet.act(Event::ProposalsTaken(vec![goal], None));
    assert_eq!(tablet.shown("goal").as_deref(), Some("Punya kamar"));
    assert_eq!(tablet.kept(plan, "goal").as_deref(), Some("Punya kamar"), "and it is on the tablet");
    let content = &tablet.filling().response.node(goal).content;
    assert_eq!(content.source, Some(format!("urn:uuid:{source}")), "the record says where it is from");
    tablet.type_into("goal", "Punya rumah");
    assert_eq!(tablet.filling().response.node(goal).content.source, None, "what was changed is the worker's own");
}

#[test]
fn entries_are_taken_one_by_one_or_all_at_once() {
    let (mut tablet, case) = added(&[synthesis(), plan()]);
    filled_synthesis(&mut tablet, case);
    begin(&mut tablet, case, "plan");
    let first = tablet.node("service", &[0]);
    tablet.act(Event::ProposalsTaken(vec![first], Some(1)));
    assert_eq!(names(&tablet), ["Batuk"]);
    tablet.act(Event::ProposalsTaken(vec![first], None));
    assert_eq!(names(&tablet), ["Tidak ada kartu", "Batuk"], "the entry that nobody had begun takes the first");
    tablet.act(Event::ProposalsTaken(vec![first], None));
    assert_eq!(names(&tablet).len(), 2, "what is there is not taken twice");
}

#[test]
fn documents_of_other_cases_propose_nothing() {
    let (mut tablet, case) = added(&[synthesis(), plan()]);
    filled_synthesis(&mut tablet, case);
    tablet.act(Event::ScreenRequested(Screen::NewCase));
    tablet.open_case("Bima");
    let other = *tablet.storage.cases.keys().find(|other| **other != case).expect("another case");
    begin(&mut tablet, other, "plan");
    assert_eq!(tablet.filling().sources, []);
    let goal = tablet.node("goal", &[]);
    assert_eq!(tablet.filling().response.proposal(goal, 0), None);
}

fn names(tablet: &Tablet) -> Vec<String> {
    let response = &tablet.filling().response;
    let item = response.questionnaire().find("name").expect("an item");
    let lists =
        response.entries(response.find(&Place { link_id: "service".to_owned(), within: vec![0] }).expect("first"));
    let mut found = Vec::new();
    for &entry in lists {
        for &node in response.children_of(Some(entry), item) {
            if let Some(Answer::String(text)) = response.node(node).content.answers.first() {
                found.push(text.clone());
            }
        }
    }
    found
}

#[test]
fn several_forms_under_one_name_are_one_source_the_newest_document_of_any() {
    let declared = |url: &str| {
        json!({"url": "https://asesmen.id/fhir/StructureDefinition/case-documents", "extension": [
            {"url": "name", "valueId": "meeting"}, {"url": "questionnaire", "valueCanonical": url}]})
    };
    let meeting = |name: &str| form(name, json!([item("place", "string")]));
    let place = ruled(item("place", "string"), "initialExpression", "%meeting.item.where(linkId='place').answer.value");
    let next = form("next", json!([place]));
    let next = also(also(next, declared("https://example.org/first")), declared("https://example.org/second"));
    let (mut tablet, case) = added(&[meeting("first"), meeting("second"), next]);
    begin(&mut tablet, case, "first");
    tablet.type_into("place", "Balai");
    tablet.act(Event::PageHidden);
    let newest = begin(&mut tablet, case, "second");
    tablet.type_into("place", "Rumah");
    tablet.act(Event::PageHidden);
    begin(&mut tablet, case, "next");
    assert_eq!(tablet.filling().sources, [("meeting".to_owned(), newest)]);
    let place = tablet.node("place", &[]);
    tablet.act(Event::ProposalsTaken(vec![place], None));
    assert_eq!(tablet.shown("place").as_deref(), Some("Rumah"));
}
