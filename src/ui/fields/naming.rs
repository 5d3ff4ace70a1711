//! Answers that name an entry of a list: chosen among those that are there, and read as what the entry is called.

use super::{Field, answer_words};
use crate::form::{Edit, NodeIx, Response};
use crate::ui::dispatch::Ui;
use crate::ui::dom::{El, el, value};
use crate::ui::i18n::Key;

/// What stands at a question of a response, in words; `None` when nobody touched it.
pub fn words_at(ui: Ui, response: &Response, node: NodeIx) -> Option<String> {
    let item = response.item(node);
    let named = response.text_at(node).filter(|_| !item.names.is_empty());
    let entry = named.and_then(|identifier| response.named(response.node(node).item, identifier));
    match entry {
        Some(entry) => Some(entry_words(ui, response, entry)),
        None => answer_words(ui, item, &response.node(node).content),
    }
}

/// What an entry is called: what stands at its head, or else its kind and its number in the list.
fn entry_words(ui: Ui, response: &Response, entry: NodeIx) -> String {
    let heads = response.heads(entry);
    let words: Vec<String> = heads.iter().filter_map(|head| words_at(ui, response, *head)).collect();
    if words.is_empty() {
        let number = response.entries(entry).iter().position(|other| *other == entry).unwrap_or_default() + 1;
        return format!("{} {number}", response.item(entry).short().in_language(ui.locale().tag()));
    }
    words.join(" – ")
}

/// Who or what is meant, among the entries that can be.
pub fn choice(field: &Field) -> El {
    let (ui, question) = (field.ui, field.item);
    let chosen = field.content(|content| content.answers.first().cloned());
    let entries: Vec<(String, String, bool)> = ui.read(|model| {
        let Some(response) = model.filling().map(|filling| &filling.response) else { return Vec::new() };
        let own = response.text_at(field.node).filter(|_| chosen.is_some());
        let entries = response.nameable(question).into_iter();
        entries.map(|(id, entry)| (id.to_owned(), entry_words(ui, response, entry), own == Some(id))).collect()
    });
    let (changed, left) = (field.clone(), field.clone());
    let options = entries
        .iter()
        .map(|(id, words, is_chosen)| el("option").attr("value", id).flag("selected", *is_chosen).text(words));
    el("select")
        .class("input")
        .attr("id", &field.id(""))
        .attr("aria-describedby", &field.described())
        .child(el("option").attr("value", "").text(ui.t(Key::Choose)))
        .all(options)
        .on("change", move |event| match value(&event) {
            none if none.is_empty() => changed.edit(Edit::Cleared),
            id => changed.edit(Edit::Typed(id)),
        })
        .on("blur", move |_| left.leave())
}
