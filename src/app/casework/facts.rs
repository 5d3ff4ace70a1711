//! What rules may ask of a case: its documents with the answers that rules name, as one JSON value.

use super::rulebook::Rulebook;
use crate::domain::{Case, Document};
use crate::form::{Answer, Response};
use crate::json::{Object, Value};

/// The name of an instrument: the last part of its form's address.
pub(super) fn name_of(document: &Document) -> &str {
    document.instrument.url().rsplit('/').next().unwrap_or_default()
}

/// The answers of a document that rules ask for, by linkId: codes, texts, truth values, numbers, days. Several answers
/// make a list; questions that nobody answered, or that are not asked, are not there.
#[must_use]
pub fn facts(rulebook: &Rulebook, document: &Document, response: &Response) -> Object {
    let mut found = Object::default();
    let asked = rulebook.facts.iter().find(|(name, _)| name == name_of(document));
    for link_id in asked.into_iter().flat_map(|(_, link_ids)| link_ids) {
        let Some(item) = response.questionnaire().find(link_id) else { continue };
        let nodes = response.nodes_of(item).filter(|node| response.is_enabled(*node));
        let answers = nodes.flat_map(|node| &response.node(node).content.answers).filter(|answer| !answer.is_blank());
        let mut values: Vec<Value> = answers.filter_map(fact).collect();
        match values.len() {
            0 => {}
            1 => found.set(link_id, values.remove(0)),
            _ => found.set(link_id, values),
        }
    }
    found
}

fn fact(answer: &Answer) -> Option<Value> {
    Some(match answer {
        Answer::Boolean(truth) => Value::Bool(*truth),
        Answer::Integer(number) => i64::from(*number).into(),
        Answer::Date(date) => date.calendar?.to_string().as_str().into(),
        Answer::DateTime(text) | Answer::Time(text) | Answer::String(text) => text.as_str().into(),
        Answer::Coding(coding) => coding.code.as_str().into(),
        _ => return None,
    })
}

/// A document as rules see it.
pub(super) fn document_value(document: &Document, replaced: bool, facts: &Object) -> Value {
    let mut value = Object::default();
    value.set("instrument", name_of(document));
    value.set("begun", document.begun);
    value.set_some("sealed", document.seal.map(|seal| seal.at));
    value.set("replaced", Value::Bool(replaced));
    value.set("facts", facts.clone());
    value.into()
}

/// A case as rules see it, given its documents, oldest first: `opened`, and `documents`, newest first, each with
/// `instrument` (the name), `begun`, `sealed` once it is, `replaced` when a newer revision is sealed, and `facts`; and
/// `standing`, those of them that are sealed and not replaced, which nearly every rule asks for.
#[must_use]
pub fn case_value<'a>(case: &Case, documents: impl DoubleEndedIterator<Item = &'a Document> + Clone) -> Value {
    let replaced: Vec<_> =
        documents.clone().filter(|document| !document.is_draft()).filter_map(|document| document.replaces).collect();
    let mut whole = Object::default();
    whole.set("opened", case.opened);
    let (mut all, mut standing) = (Vec::new(), Vec::new());
    for document in documents.rev() {
        let is_replaced = document.seal.is_some_and(|seal| replaced.contains(&seal.id));
        let value = document_value(document, is_replaced, &document.facts);
        if document.seal.is_some() && !is_replaced {
            standing.push(value.clone());
        }
        all.push(value);
    }
    whole.set("documents", all);
    whole.set("standing", standing);
    whole.into()
}
