//! Orders of the entries of a list, as hands change them.

use super::tablet::Tablet;
use crate::form::sheet::{also, form, item, list};
use asesmen::app::{Event, Screen};
use asesmen::form::{Answer, Edit, NodeIx};
use serde_json::{Value, json};

fn rank(link_id: &str) -> Value {
    let coding = json!({"system": "https://asesmen.id/fhir/CodeSystem/item-control", "code": "rank"});
    let url = "http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl";
    also(item(link_id, "integer"), json!({"url": url, "valueCodeableConcept": {"coding": [coding]}}))
}

/// A draft with three entries.
fn begun() -> Tablet {
    let mut tablet = Tablet::new();
    tablet.open_case("Sekar");
    let case = *tablet.storage.cases.keys().next().expect("a case");
    let form = form(&json!([list("problem", json!([item("what", "string"), rank("client")]))]));
    tablet.act(Event::FormGiven("form.json".to_owned(), Ok(form.to_string().into_bytes())));
    tablet.act(Event::InstrumentChosen(case, "https://example.org/form".to_owned()));
    for (number, name) in ["a", "b", "c"].into_iter().enumerate() {
        if number > 0 {
            tablet.act(Event::InstanceAdded(None, "problem".to_owned()));
        }
        let node = nodes(&tablet, "what")[number];
        tablet.act(Event::Edited(node, Edit::Typed(name.to_owned())));
    }
    tablet
}

fn nodes(tablet: &Tablet, link_id: &str) -> Vec<NodeIx> {
    let response = &tablet.filling().response;
    response.nodes_of(response.questionnaire().find(link_id).expect("an item")).collect()
}

/// The entries as they are written, each with its number.
fn numbers(tablet: &Tablet) -> Vec<String> {
    let response = &tablet.filling().response;
    let words = |node: NodeIx| match response.node(node).content.answers.first() {
        Some(Answer::String(text)) => text.clone(),
        Some(Answer::Integer(number)) => number.to_string(),
        _ => "-".to_owned(),
    };
    let pairs = nodes(tablet, "what").into_iter().zip(nodes(tablet, "client"));
    pairs.map(|(what, rank)| format!("{}{}", words(what), words(rank))).collect()
}

#[test]
fn moves_are_kept_like_any_other_answer() {
    let mut tablet = begun();
    let last = nodes(&tablet, "client")[2];
    tablet.act(Event::EntryRanked(last, 0));
    assert_eq!(numbers(&tablet), ["a2", "b3", "c1"]);
    tablet.act(Event::FlushDue);
    let id = tablet.filling().document.id;
    tablet.act(Event::ScreenRequested(Screen::Home));
    tablet.act(Event::ScreenRequested(Screen::Section(id, 0)));
    assert_eq!(numbers(&tablet), ["a2", "b3", "c1"], "as read again");
}

#[test]
fn removing_an_entry_closes_the_gap_and_taking_that_back_opens_it() {
    let mut tablet = begun();
    let last = nodes(&tablet, "client")[2];
    tablet.act(Event::EntryRanked(last, 0));
    let gone = tablet.filling().response.roots()[2];
    tablet.act(Event::InstanceRemoved(gone));
    assert_eq!(numbers(&tablet), ["a1", "b2"]);
    tablet.act(Event::ActUndone);
    assert_eq!(numbers(&tablet), ["a2", "b3", "c1"]);
}
