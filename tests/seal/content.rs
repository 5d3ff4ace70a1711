//! The digest of what was shown: it counts what is said and nothing else, and anybody can reckon it again.

use asesmen::json::{Value, parse};
use asesmen::seal::{content_digest, digest, items_with, short_form};
use serde_json::json;

fn value(json: &serde_json::Value) -> Value {
    parse(json.to_string().as_bytes()).expect("JSON")
}

fn of(items: &serde_json::Value) -> String {
    content_digest("sha-256:f0", value(items).as_array().expect("a list"))
}

fn said() -> serde_json::Value {
    json!([{"linkId": "card", "item": [{"linkId": "wish", "answer": [{"valueString": "kamar"}]}]}])
}

#[test]
fn it_is_the_hash_of_a_canonical_text_that_is_documented() {
    let text = r#"{"instrument":"sha-256:f0","item":[{"item":[{"answer":[{"valueString":"kamar"}],"linkId":"wish"}],"linkId":"card"}]}"#;
    assert_eq!(of(&said()), digest(text.as_bytes()));
}

#[test]
fn what_is_said_counts() {
    let plain = of(&said());
    let mut other = said();
    other[0]["item"][0]["answer"][0]["valueString"] = json!("rumah");
    assert_ne!(of(&other), plain);
    let mut more = said();
    more[0]["item"][0]["answer"].as_array_mut().expect("answers").push(json!({"valueString": "dapur"}));
    assert_ne!(of(&more), plain);
    let mut below = said();
    below[0]["item"][0]["answer"][0]["item"] = json!([{"linkId": "when", "answer": [{"valueDate": "2026"}]}]);
    assert_ne!(of(&below), plain);
    let mut vague = said();
    vague[0]["item"][0]["answer"][0] = json!({"valueDate": "2026", "_valueDate": {"extension": []}});
    let mut exact = said();
    exact[0]["item"][0]["answer"][0] = json!({"valueDate": "2026"});
    assert_ne!(of(&vague), of(&exact), "how sure a date is stands beside it");
    assert_ne!(content_digest("sha-256:f1", value(&said()).as_array().expect("a list")), plain, "and so does the form");
}

#[test]
fn what_says_nothing_does_not_count() {
    let plain = of(&said());
    let mut worded = said();
    worded[0]["text"] = json!("Harapan");
    worded[0]["item"][0]["extension"] = json!([{"url": "https://example.org/basis", "valueCode": "observed"}]);
    worded[0]["item"].as_array_mut().expect("items").push(json!({"linkId": "note", "extension": [{"url": "x"}]}));
    worded.as_array_mut().expect("items").push(json!({"linkId": "empty", "item": [{"linkId": "gap"}]}));
    assert_eq!(of(&worded), plain);
}

#[test]
fn cards_are_found_wherever_they_stand() {
    let response = value(&json!({"resourceType": "QuestionnaireResponse", "item": [
        {"linkId": "page", "item": [
            {"linkId": "card", "answer": [{"valueBoolean": true, "item": [{"linkId": "other"}]}]},
            {"linkId": "note", "answer": [{"valueString": "x", "item": [{"linkId": "other", "item": []}]}]},
            {"linkId": "card", "item": [{"linkId": "card"}]}]}]}));
    let found = items_with(&response, &["card", "other"]);
    let links: Vec<_> = found.iter().map(|item| item.get("linkId").and_then(Value::as_str)).collect();
    assert_eq!(links, [Some("card"), Some("other"), Some("card")], "outermost ones, in order");
}

#[test]
fn people_compare_its_first_ten_bytes() {
    assert_eq!(short_form("sha-256:0123456789abcdef0123456789abcdef"), "0123 4567 89AB CDEF 0123");
}
