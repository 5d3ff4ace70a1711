//! What other documents of a case propose.

use super::sheet::{also, context, fhirpath, form as form_of, group, item, list, load, ruled, with};
use asesmen::form::{Answer, Context, NodeIx, Operation, Place, Proposal, Questionnaire, Response};
use serde_json::{Value, json};
use std::sync::Arc;

fn asking(form: Value, name: &str, take: &str) -> Value {
    let url = "https://asesmen.id/fhir/StructureDefinition/case-documents";
    let questionnaire = format!("https://example.org/{name}");
    let parts = json!([
        {"url": "name", "valueId": name},
        {"url": "questionnaire", "valueCanonical": questionnaire},
        {"url": "take", "valueCode": take},
    ]);
    also(form, json!({"url": url, "extension": parts}))
}

/// A list with an entry for each value of an expression, known below by a name.
fn from(list: Value, name: &str, expression: &str) -> Value {
    let url = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-itemPopulationContext";
    also(list, json!({"url": url, "valueExpression": with(fhirpath(expression), json!({"name": name}))}))
}

/// A plan made of a synthesis: a goal, and a service for each problem with a step for each cause.
fn plan() -> Value {
    let goal = ruled(item("goal", "string"), "initialExpression", "%synthesis.item.where(linkId='wish').answer.value");
    let name = ruled(item("name", "string"), "initialExpression", "%problem.item.where(linkId='what').answer.value");
    let step = ruled(item("step", "string"), "initialExpression", "%cause.answer.value");
    let steps = from(list("steps", json!([step])), "cause", "%problem.item.where(linkId='cause')");
    let services = from(
        list("services", json!([name, steps, item("remark", "string")])),
        "problem",
        "%synthesis.descendants().where(linkId='problem')",
    );
    let patient = ruled(item("client", "string"), "initialExpression", "%patient.name.text");
    let form = json!({
        "resourceType": "Questionnaire", "url": "https://example.org/plan", "status": "active",
        "item": [patient, group("top", json!([goal, services]))],
    });
    super::sheet::launched(asking(form, "synthesis", "latest"), "patient")
}

fn synthesis() -> Value {
    let text = |link_id: &str, text: &str| json!({"linkId": link_id, "answer": [{"valueString": text}]});
    let problem = |what: &str, causes: &[&str]| {
        let items: Vec<Value> =
            std::iter::once(text("what", what)).chain(causes.iter().map(|cause| text("cause", cause))).collect();
        json!({"linkId": "problem", "item": items})
    };
    json!({
        "resourceType": "QuestionnaireResponse", "status": "completed",
        "item": [
            text("wish", "Punya kamar sendiri"),
            {"linkId": "group", "item": [problem("Tidak ada kartu", &["hilang", "banjir"]), problem("Batuk lama", &[])]},
        ],
    })
}

fn surroundings(documents: &[(&str, Value)]) -> Context {
    let mut context = context();
    let read = |value: &Value| asesmen::json::parse(value.to_string().as_bytes()).expect("JSON");
    context.resources.extend(documents.iter().map(|(name, value)| ((*name).to_owned(), read(value))));
    context
}

fn begun(documents: &[(&str, Value)]) -> Response {
    let form = Questionnaire::load(plan().to_string().as_bytes()).expect("loads");
    Response::new(Arc::new(form), surroundings(documents))
}

fn find(response: &Response, link_id: &str, within: &[u32]) -> NodeIx {
    response.find(&Place { link_id: link_id.to_owned(), within: within.to_vec() }).expect("a place")
}

fn proposal(response: &Response, link_id: &str, within: &[u32]) -> Option<Proposal> {
    response.proposal(find(response, link_id, within), 100)
}

fn take(response: &mut Response, proposal: Proposal) {
    for operation in proposal.entries.into_iter().flat_map(|entry| entry.operations) {
        response.apply(&operation).expect("fits");
    }
}

fn texts(response: &Response) -> Vec<String> {
    let nodes = response.walk(response.roots()).into_iter();
    let said = nodes.flat_map(|node| response.node(node).content.answers.clone());
    said.map(|answer| match answer {
        Answer::String(text) => text,
        other => format!("{other:?}"),
    })
    .collect()
}

#[test]
fn what_the_case_says_is_filled_in_and_what_documents_say_is_not() {
    let patient = json!({"resourceType": "Patient", "name": [{"text": "Rini"}]});
    let mut response = begun(&[("patient", patient), ("synthesis", synthesis())]);
    assert_eq!(response.populate().len(), 1);
    assert_eq!(texts(&response), ["Rini"]);
}

#[test]
fn a_question_is_proposed_what_another_document_says_with_its_source() {
    let response = begun(&[("synthesis", synthesis())]);
    let found = proposal(&response, "goal", &[]).expect("a proposal");
    assert_eq!(found.sources, ["synthesis"]);
    let goal = response.node(find(&response, "goal", &[])).item;
    assert_eq!(found.entries.len(), 1);
    assert_eq!(found.entries[0].answers, [(goal, vec![Answer::String("Punya kamar sendiri".to_owned())])]);
}

#[test]
fn nothing_is_proposed_where_somebody_answered_or_no_document_is_there() {
    assert_eq!(proposal(&begun(&[]), "goal", &[]), None);
    let mut response = begun(&[("synthesis", synthesis())]);
    let found = proposal(&response, "goal", &[]).expect("a proposal");
    take(&mut response, found);
    assert_eq!(texts(&response), ["Punya kamar sendiri"]);
    assert_eq!(proposal(&response, "goal", &[]), None);
    assert_eq!(proposal(&response, "remark", &[0]), None, "a question without an expression");
}

#[test]
fn a_list_is_proposed_an_entry_for_each_value_with_lists_inside() {
    let mut response = begun(&[("synthesis", synthesis())]);
    let found = proposal(&response, "services", &[0]).expect("a proposal");
    assert_eq!(found.entries.len(), 2);
    assert_eq!(found.sources, ["synthesis"]);
    assert_eq!(found.entries[0].answers.len(), 3, "a name and two steps");
    take(&mut response, found);
    assert_eq!(texts(&response), ["Tidak ada kartu", "hilang", "banjir", "Batuk lama"]);
    assert_eq!(response.entries(find(&response, "services", &[0])).len(), 2, "the first entry is used, one is added");
    assert_eq!(proposal(&response, "name", &[0]), None, "the list proposes it, not the question");
}

/// What the form is launched with is no other document: nobody has to take it over.
#[test]
fn a_list_of_what_is_known_at_the_start_begins_with_all_its_entries() {
    let name = ruled(item("name", "string"), "initialExpression", "%who.name.text");
    let form = json!({"resourceType": "Questionnaire", "status": "active",
        "item": [from(list("people", json!([name, item("role", "string")])), "who", "%patient | %user")]});
    let form = super::sheet::launched(super::sheet::launched(form, "patient"), "user");
    let form = Arc::new(Questionnaire::load(form.to_string().as_bytes()).expect("loads"));
    let person = |kind: &str, name: &str| json!({"resourceType": kind, "name": [{"text": name}]});
    let context = || surroundings(&[("patient", person("Patient", "Rini")), ("user", person("Practitioner", "Bagas"))]);
    let mut response = Response::new(Arc::clone(&form), context());
    let operations = response.populate();
    assert_eq!(texts(&response), ["Rini", "Bagas"]);
    assert_eq!(proposal(&response, "people", &[0]), None, "there is nothing left to take");
    let mut again = Response::new(form, context());
    operations.iter().for_each(|operation| again.apply(operation).map(|_| ()).expect("fits"));
    assert_eq!(texts(&again), ["Rini", "Bagas"], "what was known is part of the record");
}

#[test]
fn entries_that_are_there_are_not_proposed_again() {
    let mut response = begun(&[("synthesis", synthesis())]);
    let mut found = proposal(&response, "services", &[0]).expect("a proposal");
    found.entries.truncate(1);
    take(&mut response, found);
    let rest = proposal(&response, "services", &[0]).expect("what is left");
    assert_eq!(rest.entries.len(), 1);
    assert!(matches!(&rest.entries[0].operations[0], Operation::Add { at } if at.within != [0]), "a new entry");
    take(&mut response, rest);
    assert_eq!(texts(&response), ["Tidak ada kartu", "hilang", "banjir", "Batuk lama"]);
    assert_eq!(proposal(&response, "services", &[0]), None);
}

#[test]
fn all_documents_of_a_kind_are_asked_together() {
    let note = ruled(item("notes", "string"), "initialExpression", "%note.item.answer.value.join('; ')");
    let form = json!({"resourceType": "Questionnaire", "status": "active", "item": [note]});
    let form = Questionnaire::load(asking(form, "note", "all").to_string().as_bytes()).expect("loads");
    assert!(form.case_documents()[0].all);
    let note = |text: &str| json!({"item": [{"linkId": "a", "answer": [{"valueString": text}]}]});
    let context = surroundings(&[("note", note("baru")), ("note", note("lama"))]);
    let response = Response::new(Arc::new(form), context);
    let found = proposal(&response, "notes", &[]).expect("a proposal");
    assert_eq!(found.entries[0].answers[0].1, [Answer::String("baru; lama".to_owned())]);
}

#[test]
fn a_document_that_the_case_does_not_have_says_nothing_and_silences_no_other() {
    let found = |expression: &str, documents: &[(&str, Value)]| {
        let note = ruled(item("notes", "string"), "initialExpression", expression);
        let form = json!({"resourceType": "Questionnaire", "status": "active", "item": [note]});
        let form = asking(asking(form, "note", "latest"), "letter", "latest");
        let form = Questionnaire::load(form.to_string().as_bytes()).expect("loads");
        let response = Response::new(Arc::new(form), surroundings(documents));
        proposal(&response, "notes", &[]).map(|found| found.entries[0].answers[0].1.clone())
    };
    let note = json!({"item": [{"linkId": "a", "answer": [{"valueString": "tertulis"}]}]});
    let both = "(%letter | %note).item.answer.value";
    assert_eq!(found(both, &[("note", note)]), Some(vec![Answer::String("tertulis".to_owned())]));
    assert_eq!(found(both, &[]), None);
}

#[test]
fn a_declaration_that_cannot_be_read_refuses_the_form() {
    let form = json!({"resourceType": "Questionnaire", "status": "active", "item": [item("a", "string")]});
    assert!(Questionnaire::load(asking(form, "synthesis", "oldest").to_string().as_bytes()).is_err());
    let nameless = json!({
        "url": "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-itemPopulationContext",
        "valueExpression": fhirpath("%resource"),
    });
    let refusal = load(&form_of(&json!([also(list("a", json!([item("b", "string")])), nameless)])));
    assert!(refusal.is_err_and(|refusal| refusal.is_exclusion()));
}
