//! What a revision says otherwise than the one it replaces: old and new beside each other.

use crate::app::view::{Difference, differences};
use crate::app::{Event, Purpose, Topic};
use crate::form::{NodeIx, Response};
use crate::ui::dispatch::Ui;
use crate::ui::dom::{El, distinct, el};
use crate::ui::fields::answer_words;
use crate::ui::i18n::Key;
use crate::ui::icon::Icon;
use crate::ui::panel::{button, line};
use crate::ui::reactive::*;

/// The panel; nothing while nothing is compared.
pub fn panel(ui: Ui) -> El {
    let there = distinct(move || {
        ui.watch(Topic::Sections);
        ui.read(|model| model.filling().and_then(|filling| filling.replaced.as_ref()).map(|_| "yes".to_owned()))
            .unwrap_or_default()
    });
    el("div").live(move |place| {
        if !there.get().is_empty()
            && let Some(panel) = untrack(|| compared(ui))
        {
            place.append(&panel);
        }
    })
}

#[inline(never)] // An entry of tools/parts.json; what is compared is shown on screens of the office, or was sealed there.
fn compared(ui: Ui) -> Option<El> {
    let (revision, rows, for_client, id) = ui.read(|model| {
        let filling = model.filling()?;
        let old = filling.replaced.as_deref()?;
        let found = differences(old, &filling.response);
        let rows = rows(ui, old, &filling.response, &found);
        let for_client = found.iter().any(|difference| difference.card.is_some());
        Some((filling.document.revision, rows, for_client, filling.document.id))
    })?;
    let title = el("h2").text(&ui.tf(Key::ChangedSince, &[&revision.saturating_sub(1).to_string()]));
    let panel = el("section").class("difference").child(title);
    if rows.is_empty() {
        return Some(panel.child(line("hint", ui.t(Key::NoDifference))));
    }
    let show = for_client.then(|| {
        let show = button("button", "show-changes", Some(Icon::People), ui.t(Key::ShowChanges));
        show.on_click(move || ui.send(Event::HandedOver(id, Purpose::Changes)))
    });
    Some(panel.all(rows).maybe(show))
}

/// The differences, headed by the clause or section they stand in.
fn rows(ui: Ui, old: &Response, new: &Response, found: &[Difference]) -> Vec<El> {
    let mut rows = Vec::new();
    let mut last = String::new();
    for difference in found {
        let Some((response, node)) = side(old, new, difference) else { continue };
        let title = heading(ui, response, node, difference);
        if title != last {
            rows.push(el("h3").text(&title));
            last = title;
        }
        rows.push(row(ui, old, new, difference));
    }
    rows
}

fn side<'a>(old: &'a Response, new: &'a Response, difference: &Difference) -> Option<(&'a Response, NodeIx)> {
    difference.new.map(|node| (new, node)).or_else(|| difference.old.map(|node| (old, node)))
}

fn heading(ui: Ui, response: &Response, node: NodeIx, difference: &Difference) -> String {
    let top = std::iter::successors(Some(node), |node| response.node(*node).parent).last().unwrap_or(node);
    let item = difference.card.unwrap_or(response.node(top).item);
    response.questionnaire().item(item).text.in_language(ui.locale().tag()).to_owned()
}

fn row(ui: Ui, old: &Response, new: &Response, difference: &Difference) -> El {
    let words = |response: &Response, node: Option<NodeIx>| {
        let node = node?;
        answer_words(ui, response.item(node), &response.node(node).content)
    };
    let (before, after) = (words(old, difference.old), words(new, difference.new));
    let name = side(old, new, difference).map(|(response, node)| response.item(node).text.clone());
    let name = name.map(|text| text.in_language(ui.locale().tag()).to_owned()).unwrap_or_default();
    let key = match (&before, &after) {
        (None, _) => Key::Added,
        (_, None) => Key::Removed,
        _ => Key::Altered,
    };
    let mark = el("span").class("mark").text(ui.t(key));
    let told = |key, class: &str, words: &str| {
        el("p").class(class).child(el("span").class("difference-side").text(ui.t(key))).text(" ").text(words)
    };
    el("div")
        .class("difference-row")
        .child(el("p").class("difference-name").text(&name).text(" ").child(mark))
        .maybe(before.map(|words| told(Key::Before, "difference-old", &words)))
        .maybe(after.map(|words| told(Key::Now, "difference-new", &words)))
}
