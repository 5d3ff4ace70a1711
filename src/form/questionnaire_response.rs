//! A response as a FHIR R4 QuestionnaireResponse.
//!
//! What is not asked (disabled) leaves the record. What was asked but has no value stays in it with its reason: a
//! reader can tell "declined" from "forgotten", and a score can never take a gap for a zero.

use super::answer::Answer;
use super::audience::Shown;
use super::basis::Basis;
use super::data_absent_reason::DataAbsentReason;
use super::element::new_extension;
use super::extension::{ABSENT_NOTE, ANSWER_BASIS, ANSWER_SOURCE, DATA_ABSENT_REASON, SHOWN_CONTENT};
use super::kept::without;
use super::read_response::said;
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
    with_items(response, resource, about.language, about.detail)
}

/// The QuestionnaireResponse of a response that was read from elsewhere or filled by a program: what it held beside
/// answers stays as it was.
#[must_use]
pub fn as_given(response: &Response, language: &str) -> Value {
    let resource = response.kept.as_ref().map_or_else(
        || {
            let mut resource = Object::default();
            resource.set("resourceType", "QuestionnaireResponse");
            let canonical = response.questionnaire().canonical();
            resource.set_some("questionnaire", Some(canonical).filter(|canonical| !canonical.is_empty()));
            resource.set("status", "in-progress");
            resource
        },
        |kept| kept.resource.clone(),
    );
    with_items(response, resource, language, Detail::Said)
}

/// What was said at some nodes and below them, as items of a QuestionnaireResponse.
#[must_use]
pub fn said_items(response: &Response, nodes: &[NodeIx]) -> Vec<Value> {
    Writer { response, language: "", detail: Detail::Said }.items(nodes)
}

fn with_items(response: &Response, mut resource: Object, language: &str, detail: Detail) -> Value {
    let writer = Writer { response, language, detail };
    let items = writer.items(response.roots());
    // FHIR knows no empty lists.
    if !items.is_empty() {
        resource.set("item", items);
    }
    resource.into()
}

/// How items are written.
struct Writer<'a> {
    response: &'a Response,
    language: &'a str,
    detail: Detail,
}

impl Writer<'_> {
    fn items(&self, nodes: &[NodeIx]) -> Vec<Value> {
        let mut items = Vec::new();
        for &node in nodes {
            let definition = self.response.item(node);
            let kept = self.kept(node).is_some();
            if !self.response.is_enabled(node) || self.response.is_unbegun_entry(node) && !kept {
                continue;
            }
            if !definition.kind.is_question() {
                items.extend(self.group(node));
                continue;
            }
            // All answers to a question stand in one item, also where they were given one by one.
            let entries = self.response.entries(node);
            if entries.first() == Some(&node) {
                items.extend(self.question(entries));
            }
        }
        items
    }

    fn kept(&self, node: NodeIx) -> Option<&Object> {
        self.response.kept.as_ref()?.item(node)
    }

    fn group(&self, node: NodeIx) -> Option<Value> {
        let children = self.items(&self.response.node(node).children);
        let kept = self.kept(node).is_some();
        let mut element = self.begun(node);
        if !children.is_empty() {
            element.set("item", children);
        } else if !kept {
            return None;
        }
        Some(element.into())
    }

    fn question(&self, entries: &[NodeIx]) -> Option<Value> {
        let first = *entries.first()?;
        let answers: Vec<Value> = entries.iter().flat_map(|entry| self.answers(*entry)).collect();
        let extensions = self.extensions(first, answers.is_empty());
        if answers.is_empty() && extensions.is_empty() && self.kept(first).is_none() {
            return None;
        }
        let mut element = self.begun(first);
        if !answers.is_empty() {
            element.set("answer", answers);
        }
        let content = &self.response.node(first).content;
        if self.kept(first).is_some_and(|kept| said(kept).says_the_same_beside_answers(content)) {
            return Some(element.into());
        }
        let foreign = element.get("extension").and_then(Value::as_array).unwrap_or_default();
        let extensions: Vec<Value> = foreign.iter().filter(|other| !is_own(other)).cloned().chain(extensions).collect();
        if extensions.is_empty() {
            element = without(&element, &["extension"]);
        } else {
            element.set("extension", extensions);
        }
        Some(element.into())
    }

    fn begun(&self, node: NodeIx) -> Object {
        if let Some(kept) = self.kept(node) {
            return kept.clone();
        }
        let definition = self.response.item(node);
        let mut element = Object::default();
        element.set("linkId", definition.link_id.as_str());
        let text = definition.text.in_language(self.language);
        element.set_some("text", Some(text).filter(|text| !text.is_empty()));
        element
    }

    /// The answers at a node; what is asked below an answer stands inside it.
    fn answers(&self, node: NodeIx) -> Vec<Value> {
        let content = &self.response.node(node).content;
        let given = content.answers.iter().filter(|answer| !answer.is_blank());
        let mut answers: Vec<Value> = match &self.response.kept {
            Some(kept) => kept.answers(node, &given.collect::<Vec<_>>()),
            None => given.map(Answer::to_fhir).collect(),
        };
        if let Some(Value::Object(answer)) = answers.first_mut() {
            let below = self.items(&self.response.node(node).children);
            if !below.is_empty() {
                answer.set("item", below);
            }
        }
        answers
    }

    fn extensions(&self, ix: NodeIx, unanswered: bool) -> Vec<Value> {
        let (content, basis) = (&self.response.node(ix).content, self.response.basis(ix));
        let record = self.detail == Detail::Record;
        let administrative = basis == Basis::Administrative;
        if !unanswered {
            let said = !administrative && (record || content.basis.is_some());
            let basis = said.then(|| new_extension(ANSWER_BASIS, "valueCode", basis.code()));
            let source = content.source.as_deref().map(|source| new_extension(ANSWER_SOURCE, "valueUri", source));
            let shown = content.shown.as_deref().map(Shown::to_fhir);
            return basis.into_iter().chain(source).chain(shown).collect();
        }
        if administrative {
            return Vec::new();
        }
        // A question nobody touched is recorded as not asked, the default state of domain inventory 0.3.
        let reason = content.absent.or(record.then_some(DataAbsentReason::NotAsked));
        let note = content.absent_note.as_deref().map(|note| new_extension(ABSENT_NOTE, "valueString", note));
        let reason = reason.map(|reason| new_extension(DATA_ABSENT_REASON, "valueCode", reason.code()));
        reason.into_iter().chain(note).collect()
    }
}

/// Whether an extension of an item says what the engine writes anew.
fn is_own(extension: &Value) -> bool {
    let code = extension.get("valueCode").and_then(Value::as_str).unwrap_or_default();
    match extension.get("url").and_then(Value::as_str) {
        Some(ANSWER_BASIS) => Basis::from_code(code).is_some(),
        Some(DATA_ABSENT_REASON) => DataAbsentReason::from_code(code).is_some(),
        Some(ABSENT_NOTE | ANSWER_SOURCE | SHOWN_CONTENT) => true,
        _ => false,
    }
}
