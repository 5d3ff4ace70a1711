//! Answers that are bound to the content that was shown: who signed a text signed that text, and when it changes the
//! answer says nothing any more until it is given again.
//!
//! Invariant: an answer is bound when it is given, by the digest of the content at that moment, and never afterwards.

use super::filling::Filling;
use super::settings::Locale;
use super::view::marked;
use crate::domain::Timestamp;
use crate::form::{Answer, Audience, Content, NodeIx, Shown, said_items};
use crate::seal::{apart_in, content_digest, detach};

/// The digest of what a document shows the client now, as the sealed document will say it, or says it: whoever has that
/// reckons the same, also where a large attachment stands beside it.
#[must_use]
pub fn shown_digest(filling: &Filling) -> String {
    let cards = marked(&filling.response, Audience::Client);
    let mut items = said_items(&filling.response, &cards);
    if filling.sealed.as_deref().is_none_or(|file| !apart_in(file).is_empty()) {
        items = items.iter().map(|item| detach(item).response).collect();
    }
    content_digest(&filling.document.instrument.digest, &items)
}

/// What is shown now, to be kept with an answer.
pub(super) fn shown(filling: &Filling, locale: Locale, at: Timestamp) -> Shown {
    Shown { digest: shown_digest(filling), language: locale.tag().to_owned(), at }
}

/// Binds a new answer to what is shown now, where its question asks for that.
pub(super) fn bind(filling: &Filling, node: NodeIx, content: Content, locale: Locale, at: Timestamp) -> Content {
    let is_new = content.shown.is_none() && content.answers.iter().any(|answer| !answer.is_blank());
    if !filling.response.item(node).binds_content || !is_new {
        return content;
    }
    Content { shown: Some(Box::new(shown(filling, locale, at))), ..content }
}

/// Whether the content changed after a bound answer was given.
#[must_use]
pub fn is_stale(filling: &Filling, node: NodeIx) -> bool {
    is_bound(filling, node) && !holds(filling, node, &shown_digest(filling))
}

/// The bound answers that the content has left behind, in the order of the form.
#[must_use]
pub fn stale(filling: &Filling) -> Vec<NodeIx> {
    let response = &filling.response;
    let mut bound = response.walk(response.roots());
    bound.retain(|node| is_bound(filling, *node));
    if !bound.is_empty() {
        let now = shown_digest(filling);
        bound.retain(|node| !holds(filling, *node, &now));
    }
    bound
}

fn is_bound(filling: &Filling, node: NodeIx) -> bool {
    let response = &filling.response;
    let answers = &response.node(node).content.answers;
    response.item(node).binds_content
        && !answers.iter().all(Answer::is_blank)
        && response.is_enabled(node)
        // What was not confirmed is bound to nothing.
        && answers != &[Answer::Boolean(false)]
}

fn holds(filling: &Filling, node: NodeIx, digest: &str) -> bool {
    filling.response.node(node).content.shown.as_ref().is_some_and(|shown| shown.digest == digest)
}
