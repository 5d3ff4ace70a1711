//! A response as a FHIR R4 QuestionnaireResponse.
//!
//! What is not asked (disabled) leaves the record. What was asked but has no value stays in it with its reason: a
//! reader can tell "declined" from "forgotten", and a score can never take a gap for a zero.

use super::answer::Answer;
use super::basis::Basis;
use super::data_absent_reason::DataAbsentReason;
use super::element::new_extension;
use super::extension::{ABSENT_NOTE, ANSWER_BASIS, DATA_ABSENT_REASON};
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
    let items = items(response, response.roots(), about.language);
    // FHIR knows no empty lists.
    if !items.is_empty() {
        resource.set("item", items);
    }
    resource.into()
}

fn items(response: &Response, nodes: &[NodeIx], language: &str) -> Vec<Value> {
    nodes.iter().filter_map(|node| item(response, *node, language)).collect()
}

fn item(response: &Response, ix: NodeIx, language: &str) -> Option<Value> {
    let definition = response.item(ix);
    let node = response.node(ix);
    if !response.is_enabled(ix) || response.is_unbegun_entry(ix) {
        return None;
    }
    let mut element = Object::default();
    element.set("linkId", definition.link_id.as_str());
    element.set("text", definition.text.in_language(language));
    if definition.kind.is_question() {
        let answers: Vec<Value> =
            node.content.answers.iter().filter(|answer| !answer.is_blank()).map(Answer::to_fhir).collect();
        let extensions = extensions(response, ix, answers.is_empty());
        if answers.is_empty() && extensions.is_empty() {
            return None;
        }
        if !extensions.is_empty() {
            element.set("extension", extensions);
        }
        if !answers.is_empty() {
            element.set("answer", answers);
        }
    } else {
        let children = items(response, &node.children, language);
        if children.is_empty() {
            return None;
        }
        element.set("item", children);
    }
    Some(element.into())
}

fn extensions(response: &Response, ix: NodeIx, unanswered: bool) -> Vec<Value> {
    let (content, basis) = (&response.node(ix).content, response.basis(ix));
    if basis == Basis::Administrative {
        return Vec::new();
    }
    if !unanswered {
        return vec![new_extension(ANSWER_BASIS, "valueCode", basis.code())];
    }
    // A question nobody touched is recorded as not asked, the default state of domain inventory 0.3.
    let reason = content.absent.unwrap_or(DataAbsentReason::NotAsked);
    let note = content.absent_note.as_deref().map(|note| new_extension(ABSENT_NOTE, "valueString", note));
    [new_extension(DATA_ABSENT_REASON, "valueCode", reason.code())].into_iter().chain(note).collect()
}
