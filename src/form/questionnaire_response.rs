//! A response as a FHIR R4 QuestionnaireResponse.
//!
//! What is not asked (disabled) leaves the record. What was asked but has no value stays in it with its reason: a
//! reader can tell "declined" from "forgotten", and a score can never take a gap for a zero.

use super::answer::Answer;
use super::basis::Basis;
use super::data_absent_reason::DataAbsentReason;
use super::element::new_extension;
use super::extension::{ABSENT_NOTE, ANSWER_BASIS, DATA_ABSENT_REASON};
use super::item::Kind;
use super::response::{NodeIx, Response};
use crate::domain::Timestamp;
use crate::json::{Object, Value, object};

/// What a QuestionnaireResponse says about itself.
#[derive(Clone, Debug)]
pub struct About<'a> {
    /// Identifier of the subject (the case).
    pub subject: &'a str,
    /// Name of the subject.
    pub subject_display: &'a str,
    /// Name of the author.
    pub author_display: &'a str,
    /// When it was completed.
    pub authored: Timestamp,
    /// Language in which the form was shown (BCP 47).
    pub language: &'a str,
    /// How much it tells.
    pub detail: Detail,
}

/// How much a QuestionnaireResponse tells beside the answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// What a record needs: what each answer rests on, and every question nobody asked as not asked.
    Record,
    /// What was said and nothing else.
    Said,
}

/// The completed QuestionnaireResponse of a response.
#[must_use]
pub fn questionnaire_response(response: &Response, about: &About<'_>) -> Value {
    let identifier = object([("value", about.subject.into())]);
    let mut resource = Object::default();
    resource.set("resourceType", "QuestionnaireResponse");
    resource.set("language", about.language);
    resource.set("questionnaire", response.questionnaire().canonical());
    resource.set("status", "completed");
    resource.set("subject", object([("identifier", identifier), ("display", about.subject_display.into())]));
    resource.set("authored", about.authored);
    resource.set("author", object([("display", about.author_display.into())]));
    let items = items(response, response.roots(), about);
    // FHIR knows no empty lists.
    if !items.is_empty() {
        resource.set("item", items);
    }
    resource.into()
}

fn items(response: &Response, nodes: &[NodeIx], about: &About<'_>) -> Vec<Value> {
    let mut items = Vec::new();
    for &node in nodes {
        let definition = response.item(node);
        if !response.is_enabled(node) || response.is_unbegun_entry(node) {
            continue;
        }
        if definition.kind == Kind::Group {
            items.extend(group(response, node, about));
            continue;
        }
        // All answers to a question stand in one item, also where they were given one by one.
        let entries = response.entries(node);
        if definition.kind.is_question() && entries.first() == Some(&node) {
            items.extend(question(response, &entries, about));
        }
    }
    items
}

fn group(response: &Response, node: NodeIx, about: &About<'_>) -> Option<Value> {
    let children = items(response, &response.node(node).children, about);
    let mut element = begun(response, node, about);
    element.set("item", children.clone());
    (!children.is_empty()).then(|| element.into())
}

fn question(response: &Response, entries: &[NodeIx], about: &About<'_>) -> Option<Value> {
    let first = *entries.first()?;
    let answers: Vec<Value> = entries.iter().flat_map(|entry| answers(response, *entry, about)).collect();
    let extensions = extensions(response, first, answers.is_empty(), about.detail);
    if answers.is_empty() && extensions.is_empty() {
        return None;
    }
    let mut element = begun(response, first, about);
    if !extensions.is_empty() {
        element.set("extension", extensions);
    }
    if !answers.is_empty() {
        element.set("answer", answers);
    }
    Some(element.into())
}

fn begun(response: &Response, node: NodeIx, about: &About<'_>) -> Object {
    let definition = response.item(node);
    let mut element = Object::default();
    element.set("linkId", definition.link_id.as_str());
    let text = definition.text.in_language(about.language);
    element.set_some("text", Some(text).filter(|text| !text.is_empty()));
    element
}

/// The answers at a node; what is asked below an answer stands inside it.
fn answers(response: &Response, node: NodeIx, about: &About<'_>) -> Vec<Value> {
    let content = &response.node(node).content;
    let mut answers: Vec<Value> =
        content.answers.iter().filter(|answer| !answer.is_blank()).map(Answer::to_fhir).collect();
    if let Some(Value::Object(answer)) = answers.first_mut() {
        let below = items(response, &response.node(node).children, about);
        if !below.is_empty() {
            answer.set("item", below);
        }
    }
    answers
}

fn extensions(response: &Response, ix: NodeIx, unanswered: bool, detail: Detail) -> Vec<Value> {
    let (content, basis) = (&response.node(ix).content, response.basis(ix));
    let record = detail == Detail::Record;
    if basis == Basis::Administrative {
        return Vec::new();
    }
    if !unanswered {
        let said = record || content.basis.is_some();
        return said.then(|| new_extension(ANSWER_BASIS, "valueCode", basis.code())).into_iter().collect();
    }
    // A question nobody touched is recorded as not asked, the default state of domain inventory 0.3.
    let reason = content.absent.or(record.then_some(DataAbsentReason::NotAsked));
    let note = content.absent_note.as_deref().map(|note| new_extension(ABSENT_NOTE, "valueString", note));
    let reason = reason.map(|reason| new_extension(DATA_ABSENT_REASON, "valueCode", reason.code()));
    reason.into_iter().chain(note).collect()
}
