//! What a document says, in sentences for the client.

use super::dispatch::Ui;
use super::fields::answer_words;
use crate::form::{Content, Item, Kind, NodeIx, Response};

/// A text or an answered question as a sentence.
pub fn line(ui: Ui, response: &Response, node: NodeIx) -> String {
    let item = response.item(node);
    if item.kind == Kind::Display {
        return item.text.in_language(ui.locale().tag()).to_owned();
    }
    told(ui, item, &response.node(node).content).unwrap_or_default()
}

/// An answer as the sentence that the form has for it, or else behind its question; none where there is no answer.
pub fn told(ui: Ui, item: &Item, content: &Content) -> Option<String> {
    let language = ui.locale().tag();
    let words = answer_words(ui, item, content)?;
    let Some(sentence) = &item.client_text else {
        return Some(format!("{}: {words}", item.text.in_language(language)));
    };
    let sentence = sentence.in_language(language);
    // Whoever typed a full stop does not get a second one.
    let ends = words.trim_end().ends_with(['.', '!', '?', '…']);
    let sentence = sentence.strip_suffix('.').filter(|sentence| ends && sentence.ends_with("{}")).unwrap_or(sentence);
    Some(sentence.replace("{}", words.trim_end()))
}
