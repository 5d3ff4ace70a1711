//! What other documents of the case propose, beside the question that nobody answered, and where a taken answer is from.

use super::{Field, answer_words};
use crate::app::{Event, Topic};
use crate::domain::{Document, DocumentId};
use crate::form::{Content, Item, NodeIx, Proposal, Proposed, Sensitivity};
use crate::ui::dispatch::Ui;
use crate::ui::dom::{El, around, distinct, el};
use crate::ui::i18n::{Key, format};
use crate::ui::icon::Icon;
use crate::ui::panel::{button, line};
use crate::ui::reactive::*;

/// What is proposed for a question or list; nothing stands there while nothing is.
pub fn proposal(field: &Field) -> Option<El> {
    field.item().may_be_proposed().then(|| proposed(field.clone()))
}

#[inline(never)] // An entry of tools/parts.json.
fn proposed(field: Field) -> El {
    let watched = field.clone();
    // Drawn anew only when it says something else, so that a button under the finger stays.
    let words = distinct(move || {
        watched.ui.watch_node(watched.node);
        watched.ui.watch(Topic::Sections);
        found(&watched).map(|proposal| said(&watched, &proposal)).unwrap_or_default()
    });
    el("div").live(move |place| {
        if !words.get().is_empty()
            && let Some(proposal) = untrack(|| found(&field))
        {
            place.append(&offered(&field, &proposal));
        }
    })
}

fn found(field: &Field) -> Option<Proposal> {
    field.ui.read(|model| model.filling()?.response.proposal(field.node, 0))
}

fn said(field: &Field, proposal: &Proposal) -> String {
    let entries: Vec<String> = proposal.entries.iter().map(|entry| entry_words(field, entry)).collect();
    [entries.join("\n"), origin(field.ui, &proposal.sources).unwrap_or_default()].join("\n")
}

fn offered(field: &Field, proposal: &Proposal) -> El {
    let (ui, node) = (field.ui, field.node);
    // What the case itself or the worker's own details say stands in no document.
    let from = origin(ui, &proposal.sources);
    let from = from.map(|from| line("proposal-source", &ui.tf(Key::ProposedFrom, &[&from])));
    let panel = el("div").class("proposal").maybe(from);
    let take = |at: Option<usize>, key: Key, words: &str| {
        let take = button("button button-quiet", "take", Some(Icon::Tick), ui.t(key));
        let take = take.on("click", move |event| {
            // The button goes with what it offered; the focus goes to where that was taken.
            let place = around(&event, ".question, .list");
            ui.send(Event::ProposalsTaken(vec![node], at));
            if let Some(place) = place {
                place.focus_within();
            }
        });
        take.attr("aria-label", &format!("{}: {words}", ui.t(key)))
    };
    if let ([only], false) = (&proposal.entries[..], field.item().is_repeating_group()) {
        let words = entry_words(field, only);
        return panel.child(line("proposal-words", &words)).child(take(None, Key::TakeProposal, &words));
    }
    let rows = proposal.entries.iter().enumerate().map(|(at, entry)| {
        let words = entry_words(field, entry);
        el("li").child(el("span").text(&words)).child(take(Some(at), Key::TakeProposal, &words))
    });
    let all = (proposal.entries.len() > 1).then(|| take(None, Key::TakeAllProposals, &field.text()));
    panel.child(el("ul").class("proposal-entries").all(rows)).maybe(all)
}

/// An entry in a line: its answers one after the other.
fn entry_words(field: &Field, entry: &Proposed) -> String {
    let words = entry.answers.iter().filter_map(|(item, answers)| {
        let content = Content { answers: answers.clone(), ..Content::default() };
        answer_words(field.ui, field.form.item(*item), &content)
    });
    words.collect::<Vec<_>>().join(" · ")
}

/// The documents of these names, in words.
fn origin(ui: Ui, names: &[String]) -> Option<String> {
    let documents = ui.read(|model| {
        let sources = &model.filling()?.sources;
        let first = |name: &String| sources.iter().find(|(own, _)| own == name).map(|(_, document)| *document);
        Some(names.iter().filter_map(first).collect::<Vec<_>>())
    })?;
    let words = documents.into_iter().filter_map(|document| document_words(ui, document));
    Some(words.collect::<Vec<_>>().join(", ")).filter(|words| !words.is_empty())
}

/// A document by its form and day, and whether it is a draft yet.
fn document_words(ui: Ui, id: DocumentId) -> Option<String> {
    let (document, title) = ui.read(|model| {
        let document: Document = model.documents.get(id)?.clone();
        let entry = model.instrument(document.instrument.url());
        let title = entry.map(|entry| entry.title.in_locale(model.locale()).to_owned());
        Some((document.clone(), title.unwrap_or_else(|| document.instrument.url().to_owned())))
    })?;
    let day = format::date(ui.locale(), document.seal.map_or(document.begun, |seal| seal.at));
    Some(if document.is_draft() { ui.tf(Key::DraftOf, &[&title, &day]) } else { format!("{title}, {day}") })
}

/// Where an answer was taken over from.
pub fn taken_from(field: &Field) -> Option<El> {
    field.item().may_stand_in_proposals().then(|| source(field.clone()))
}

#[inline(never)] // As `proposed`.
fn source(field: Field) -> El {
    el("div").live(move |place| {
        let source = field.watch(|content| content.source.clone());
        let id = source.and_then(|source| DocumentId::parse(source.strip_prefix("urn:uuid:")?).ok());
        if let Some(words) = id.and_then(|id| document_words(field.ui, id)) {
            place.append(&line("row-detail", &field.ui.tf(Key::TakenFrom, &[&words])));
        }
    })
}

/// Offers to take over everything that is proposed on a page at once, where the form has it that something may be.
pub fn for_page(ui: Ui, nodes: &[NodeIx]) -> Option<El> {
    let may_be = ui.read(|model| {
        let form = model.filling()?.response.questionnaire();
        form.items().any(Item::may_be_proposed).then_some(())
    });
    may_be.map(|()| all_at_once(ui, nodes.to_vec()))
}

#[inline(never)] // As `proposed`.
fn all_at_once(ui: Ui, nodes: Vec<NodeIx>) -> El {
    let proposed = move || {
        ui.read(|model| {
            let Some(filling) = model.filling() else { return Vec::new() };
            let response = &filling.response;
            let mut found = response.walk(&nodes);
            // What needs privacy is taken over one by one, under its cover.
            found.retain(|node| {
                let item = response.item(*node);
                let open = item.may_be_proposed() && item.sensitivity != Some(Sensitivity::X);
                open && response.proposal(*node, 0).is_some()
            });
            found
        })
    };
    let counted = proposed.clone();
    let count = distinct(move || {
        ui.watch(Topic::Sections);
        counted().len().to_string()
    });
    el("div").live(move |place| {
        let count = count.get();
        if count != "0" && count != "1" {
            let proposed = proposed.clone();
            let take = button("button", "take-all", Some(Icon::Tick), ui.t(Key::TakeAllProposals));
            let take = take.on_click(move || ui.send(Event::ProposalsTaken(proposed(), None)));
            let words = line("", &ui.tf(Key::ProposedOnPage, &[&count]));
            place.append(&el("div").class("proposal proposal-page").child(words).child(take));
        }
    })
}
