//! The digest of content that was shown to somebody: what binds a mark to the text it was made for.
//!
//! The content is made of the form, whose bytes hold every fixed sentence in every language, and of what was answered on
//! the cards that were shown. It is taken from a QuestionnaireResponse, so whoever holds the sealed file and the form
//! reckons the same digest without this program.

use super::digest::digest;
use crate::json::{Object, Value, canonical, object};

/// The digest of what items of a QuestionnaireResponse say, under a form of this digest. Of each item count `linkId`,
/// `answer` and `item`; what says nothing does not count, nor do texts and extensions.
#[must_use]
pub fn content_digest(form: &str, items: &[Value]) -> String {
    let said: Vec<Value> = items.iter().filter_map(said).collect();
    digest(&canonical(&object([("instrument", form.into()), ("item", said.into())])))
}

/// The items of a response with these linkIds, outermost ones, in the order of the response.
#[must_use]
pub fn items_with(response: &Value, link_ids: &[&str]) -> Vec<Value> {
    let mut found = Vec::new();
    gather(response, link_ids, &mut found);
    found
}

fn gather(element: &Value, link_ids: &[&str], found: &mut Vec<Value>) {
    for member in ["answer", "item"] {
        for inner in element.get(member).and_then(Value::as_array).unwrap_or_default() {
            match inner.get("linkId").and_then(Value::as_str) {
                Some(link_id) if link_ids.contains(&link_id) => found.push(inner.clone()),
                _ => gather(inner, link_ids, found),
            }
        }
    }
}

/// An item as content; none where it says nothing.
fn said(item: &Value) -> Option<Value> {
    let mut content = Object::default();
    content.set_some("linkId", item.get("linkId").cloned());
    let mut says = false;
    let answers: Vec<Value> = list(item, "answer").iter().map(answer).collect();
    let items: Vec<Value> = list(item, "item").iter().filter_map(said).collect();
    for (member, values) in [("answer", answers), ("item", items)] {
        if !values.is_empty() {
            says = true;
            content.set(member, values);
        }
    }
    says.then(|| content.into())
}

/// An answer with its value and what was said below it.
fn answer(answer: &Value) -> Value {
    let mut content = Object::default();
    for (name, value) in answer.as_object().into_iter().flat_map(Object::iter) {
        if name.starts_with("value") || name.starts_with("_value") {
            content.set(name, value.clone());
        }
    }
    let items: Vec<Value> = list(answer, "item").iter().filter_map(said).collect();
    if !items.is_empty() {
        content.set("item", items);
    }
    content.into()
}

fn list<'a>(element: &'a Value, member: &str) -> &'a [Value] {
    element.get(member).and_then(Value::as_array).unwrap_or_default()
}
