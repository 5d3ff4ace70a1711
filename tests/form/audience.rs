//! What a form says about those who read it beside the worker, and answers that are bound to what was shown.

use super::sheet::{Sheet, context, extended, form, item, load, text};
use asesmen::form::{Answer, Audience, Content, Operation, Picture, Place, Reading, Shown};
use serde_json::json;
use std::sync::Arc;

const OUR: &str = "https://asesmen.id/fhir/StructureDefinition";

fn marked(link_id: &str, name: &str, code: &str) -> serde_json::Value {
    extended(item(link_id, "group"), &format!("{OUR}/{name}"), "valueCode", code.into())
}

fn shown() -> Shown {
    Shown { digest: "sha-256:00".to_owned(), language: "id".to_owned(), at: super::sheet::now() }
}

#[test]
fn items_name_their_audience_and_their_picture() {
    let loaded = load(&form(&json!([
        marked("read", "audience", "client"),
        marked("sign", "audience", "client-answers"),
        marked("head", "audience", "copy"),
        marked("drawn", "picture", "door"),
        item("plain", "group"),
    ])));
    let form = loaded.expect("loads");
    let audience = |link_id: &str| form.item(form.find(link_id).expect("an item")).audience;
    assert_eq!(audience("read"), Some(Audience::Client));
    assert_eq!(audience("sign"), Some(Audience::ClientAnswers));
    assert_eq!(audience("head"), Some(Audience::Copy));
    assert_eq!(audience("plain"), None);
    let picture = form.item(form.find("drawn").expect("an item")).picture.expect("a picture");
    assert_eq!(Picture::CODES[picture.number()], "door");
}

#[test]
fn a_code_that_nobody_knows_refuses_the_form() {
    for (name, code) in [("audience", "everybody"), ("picture", "unicorn")] {
        let refusal = load(&form(&json!([marked("it", name, code)]))).expect_err("refused");
        assert_eq!(refusal.to_string(), format!("item “it”: {name} cannot be read"));
    }
}

#[test]
fn what_was_shown_is_kept_exported_and_read_again() {
    let mut sheet = Sheet::new(&json!([item("mark", "string")]));
    let content = Content { answers: vec![text("ya")], shown: Some(Box::new(shown())), ..Content::default() };
    let at = Place { link_id: "mark".to_owned(), within: Vec::new() };
    let operation = Operation::Set { at, content };
    assert_eq!(Operation::from_json(&operation.to_json()), Some(operation.clone()));
    sheet.apply(&operation);
    let exported = sheet.export();
    let beside = &exported["item"][0]["extension"];
    let own = beside.as_array().expect("a list").iter().find(|own| own["url"] == format!("{OUR}/shown-content"));
    assert_eq!(
        own.expect("it is there")["extension"],
        json!([{"url": "digest", "valueString": "sha-256:00"}, {"url": "language", "valueCode": "id"},
            {"url": "at", "valueDateTime": super::sheet::now().to_string()}])
    );
    let form = Arc::clone(sheet.response.questionnaire());
    let reading = Reading::read(form, context(), exported.to_string().as_bytes()).expect("reads");
    let node = reading.response.find(&Place { link_id: "mark".to_owned(), within: Vec::new() }).expect("a node");
    let content = &reading.response.node(node).content;
    assert_eq!((&content.answers[..], &content.shown), (&[text("ya")][..], &Some(Box::new(shown()))));
}

#[test]
fn a_new_answer_is_not_bound_to_what_was_shown_before() {
    let mut sheet = Sheet::new(&json!([item("mark", "string")]));
    let content = Content { answers: vec![text("ya")], shown: Some(Box::new(shown())), ..Content::default() };
    sheet.apply(&Operation::Set { at: super::sheet::place("mark", &[]), content });
    let content = sheet.typed("mark", "tidak").clone();
    assert_eq!((content.answers, content.shown), (vec![Answer::String("tidak".to_owned())], None));
}
