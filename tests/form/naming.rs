//! Answers that name an entry of a list: who can be named, who is, and what an entry is called.

use super::sheet::{also, context, form, item, list};
use asesmen::form::{Answer, Content, NodeIx, Operation, Place, Questionnaire, Response};
use serde_json::{Value, json};
use std::sync::Arc;

fn names(link_id: &str, of: &[&str]) -> Value {
    let url = "https://asesmen.id/fhir/StructureDefinition/names-entry";
    of.iter().fold(item(link_id, "string"), |item, of| also(item, json!({"url": url, "valueString": of})))
}

/// People, and pairs of them, and who belongs to a pair.
fn response() -> Response {
    let form = form(&json!([
        list("person", json!([item("id", "string"), item("name", "string"), item("sex", "string")])),
        list(
            "pair",
            json!([item("pair.id", "string"), names("a", &["id"]), names("b", &["id"]), item("since", "string")])
        ),
        names("of", &["id", "pair.id"]),
    ]));
    let form = Questionnaire::load(form.to_string().as_bytes()).expect("a form");
    let mut response = Response::new(Arc::new(form), context());
    for (entry, texts) in [
        (0, &[("id", "p0"), ("name", "Wulan")][..]),
        (1, &[("id", "p1"), ("name", "Joko")]),
        (2, &[("id", "p2"), ("sex", "L")]),
    ] {
        say(&mut response, "person", entry, texts);
    }
    say(&mut response, "pair", 0, &[("pair.id", "c0"), ("a", "p0"), ("b", "p1")]);
    say(&mut response, "pair", 1, &[("pair.id", "c1"), ("b", "p1"), ("since", "1990")]);
    response
}

fn place(link_id: &str, within: &[u32]) -> Place {
    Place { link_id: link_id.to_owned(), within: within.to_vec() }
}

fn say(response: &mut Response, list: &str, entry: u32, texts: &[(&str, &str)]) {
    response.apply(&Operation::Add { at: place(list, &[entry]) }).expect("room");
    for (link_id, text) in texts {
        let content = Content { answers: vec![Answer::String((*text).to_owned())], ..Content::default() };
        response.apply(&Operation::Set { at: place(link_id, &[entry]), content }).expect("a question");
    }
}

fn texts(response: &Response, nodes: &[NodeIx]) -> Vec<String> {
    nodes.iter().filter_map(|node| response.text_at(*node).map(str::to_owned)).collect()
}

#[test]
fn an_answer_names_the_entry_with_its_identifier() {
    let response = response();
    let question = response.questionnaire().find("of").expect("a question");
    let found: Vec<String> = response.nameable(question).into_iter().map(|(id, _)| id.to_owned()).collect();
    assert_eq!(found, ["p0", "p1", "p2", "c0", "c1"]);
    let entry = |list: &str, number: u32| response.find(&place(list, &[number]));
    assert_eq!(response.named(question, "p1"), entry("person", 1));
    assert_eq!(response.named(question, "c0"), entry("pair", 0));
    assert_eq!(response.named(question, "nobody"), None);
}

#[test]
fn an_entry_is_called_by_what_stands_at_its_head() {
    let mut response = response();
    let heads = |response: &Response, list: &str, number: u32| {
        let entry = response.find(&place(list, &[number])).expect("an entry");
        texts(response, &response.heads(entry))
    };
    // The identifiers of this form are not hidden, so they are the heads.
    assert_eq!(heads(&response, "person", 0), ["p0"]);
    response = hidden(&response);
    assert_eq!(heads(&response, "person", 0), ["Wulan"]);
    assert_eq!(heads(&response, "person", 2), Vec::<String>::new(), "a sex is no name");
    assert_eq!(heads(&response, "pair", 0), ["p0", "p1"]);
    assert_eq!(heads(&response, "pair", 1), ["p1"], "who is not known is not told");
}

/// The same answers to the form with hidden identifiers.
fn hidden(response: &Response) -> Response {
    let url = "http://hl7.org/fhir/StructureDefinition/questionnaire-hidden";
    let id = |link_id: &str| also(item(link_id, "string"), json!({"url": url, "valueBoolean": true}));
    let form = form(&json!([
        list("person", json!([id("id"), item("name", "string"), item("sex", "string")])),
        list("pair", json!([id("pair.id"), names("a", &["id"]), names("b", &["id"]), item("since", "string")])),
        names("of", &["id", "pair.id"]),
    ]));
    let form = Questionnaire::load(form.to_string().as_bytes()).expect("a form");
    let mut anew = response.anew(Arc::new(form));
    anew.replay(&mut response.operations());
    anew
}
