//! What a client is shown of a document: the groups that its form marks for the client, a clause a card.

use super::difference::{Difference, differences};
use crate::app::filling::Filling;
use crate::app::handing::Purpose;
use crate::form::{Answer, Audience, Item, ItemIx, Kind, NodeIx, Response};

/// More words than this are hard to take in at once, so that short sentences share a card only up to here.
const MOST_WORDS: usize = 15;

/// One card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// The marked group (or question) that gives the card its title and picture.
    pub group: ItemIx,
    /// Which entry of how many it is, from 1, where it is an entry of a list.
    pub entry: Option<(usize, usize)>,
    /// The texts and answered questions on it, in order.
    pub lines: Vec<NodeIx>,
    /// What a revision says otherwise here, where that is what is shown.
    pub changes: Vec<Difference>,
}

/// Everything that is read to the client, in the order of the form. What nobody answered makes no card.
#[must_use]
pub fn cards(response: &Response) -> Vec<Card> {
    let mut cards = Vec::new();
    for group in marked(response, Audience::Client) {
        let item = response.node(group).item;
        let mut dealing = Dealing { response, group: item, cards: &mut cards, lines: Vec::new(), words: 0 };
        dealing.item(group);
        dealing.deal();
    }
    cards
}

/// The cards that lie before the client for a purpose.
#[must_use]
pub fn client_cards(filling: &Filling, purpose: Purpose) -> Vec<Card> {
    let response = &filling.response;
    match purpose {
        Purpose::Reading => cards(response),
        Purpose::Changes => changed(filling),
        Purpose::Answering(group) => vec![card(response.node(group).item, None, lines(response, group))],
    }
}

/// One card for each clause that a revision changes: for each entry of a list, else for each group.
fn changed(filling: &Filling) -> Vec<Card> {
    let Some(old) = &filling.replaced else { return Vec::new() };
    let mut cards: Vec<Card> = Vec::new();
    for difference in differences(old, &filling.response) {
        let Some(group) = difference.card else { continue };
        let last = cards
            .last_mut()
            .filter(|card| card.group == group && card.changes.iter().all(|other| other.entry == difference.entry));
        match last {
            Some(last) => last.changes.push(difference),
            None => {
                let lines = around(old, &filling.response, &difference).into_iter().collect();
                cards.push(Card { changes: vec![difference], ..card(group, None, lines) });
            }
        }
    }
    // What is itself changed needs no words around it.
    for card in &mut cards {
        let changes = &card.changes;
        card.lines.retain(|line| changes.iter().all(|change| change.new != Some(*line)));
    }
    cards
}

/// What an entry in which something changed is about: its first line, as far as the entry is still there.
fn around(old: &Response, new: &Response, difference: &Difference) -> Option<NodeIx> {
    let (response, node) = difference.new.map(|node| (new, node)).or_else(|| Some((old, difference.old?)))?;
    let above = std::iter::successors(Some(node), |node| response.node(*node).parent);
    let entry = above.into_iter().find(|node| response.item(*node).is_repeating_group())?;
    let entry = new.find(&response.place(entry)).filter(|entry| new.entries(*entry).contains(entry))?;
    lines(new, entry).first().copied()
}

const fn card(group: ItemIx, entry: Option<(usize, usize)>, lines: Vec<NodeIx>) -> Card {
    Card { group, entry, lines, changes: Vec::new() }
}

/// The outermost items for one audience that are asked, in the order of the form.
#[must_use]
pub fn marked(response: &Response, audience: Audience) -> Vec<NodeIx> {
    let mut found = Vec::new();
    let mut open: Vec<NodeIx> = response.roots().iter().rev().copied().collect();
    while let Some(node) = open.pop() {
        if !response.is_enabled(node) || response.item(node).hidden {
            continue;
        }
        if response.item(node).audience == Some(audience) {
            found.push(node);
        } else {
            open.extend(response.node(node).children.iter().rev());
        }
    }
    found
}

/// The item for the client in which a node stands, itself included.
#[must_use]
pub fn marked_around(response: &Response, node: NodeIx) -> Option<NodeIx> {
    let mut at = Some(node);
    while let Some(node) = at {
        if response.item(node).audience.is_some() {
            return Some(node);
        }
        at = response.node(node).parent;
    }
    None
}

/// The texts and answered questions at a node and below it, in order.
#[must_use]
pub fn lines(response: &Response, node: NodeIx) -> Vec<NodeIx> {
    let is_shown = |node: &NodeIx| is_line(response, *node) && response.is_enabled(*node);
    let mut lines = response.walk(&[node]);
    lines.retain(is_shown);
    lines
}

fn is_line(response: &Response, node: NodeIx) -> bool {
    let (item, content) = (response.item(node), &response.node(node).content);
    match item.kind {
        _ if item.hidden => false,
        Kind::Group => false,
        // What carries a category tells the worker something.
        Kind::Display => item.display_category.is_none(),
        _ => content.absent.is_none() && content.answers.iter().any(|answer| !answer.is_blank()),
    }
}

/// One group being laid out on cards.
struct Dealing<'a> {
    response: &'a Response,
    group: ItemIx,
    cards: &'a mut Vec<Card>,
    lines: Vec<NodeIx>,
    words: usize,
}

impl Dealing<'_> {
    fn item(&mut self, node: NodeIx) {
        let response = self.response;
        if !response.is_enabled(node) {
            return;
        }
        if is_line(response, node) {
            self.line(node);
        }
        let mut lists = Vec::new();
        for &child in &response.node(node).children {
            if !response.item(child).is_repeating_group() {
                self.item(child);
            } else if !lists.contains(&response.node(child).item) {
                lists.push(response.node(child).item);
                self.list(child);
            }
        }
    }

    fn line(&mut self, node: NodeIx) {
        let words = words(self.response, node);
        if self.words + words > MOST_WORDS {
            self.deal();
        }
        self.lines.push(node);
        self.words += words;
    }

    /// Each entry is a clause of its own.
    fn list(&mut self, first: NodeIx) {
        self.deal();
        let entries = self.response.entries(first).iter().map(|entry| lines(self.response, *entry));
        let entries: Vec<Vec<NodeIx>> = entries.filter(|lines| !lines.is_empty()).collect();
        let count = entries.len();
        for (number, lines) in (1..).zip(entries) {
            self.cards.push(card(self.group, Some((number, count)), lines));
        }
    }

    fn deal(&mut self) {
        if !self.lines.is_empty() {
            self.cards.push(card(self.group, None, std::mem::take(&mut self.lines)));
        }
        self.words = 0;
    }
}

/// How many words a line has, in the form's own language, so that cards are the same in all.
fn words(response: &Response, node: NodeIx) -> usize {
    let count = |text: &str| text.split_whitespace().count();
    let (item, content) = (response.item(node), &response.node(node).content);
    if item.kind == Kind::Display {
        return count(item.text.in_language(""));
    }
    let around = item.client_text.as_ref().unwrap_or(&item.text).in_language("").replace("{}", "");
    let answers = content.answers.iter().map(|answer| answer_words(item, answer, &count));
    count(&around) + answers.sum::<usize>()
}

fn answer_words(item: &Item, answer: &Answer, count: &dyn Fn(&str) -> usize) -> usize {
    if let Some(option) = item.options.iter().find(|option| option.matches(answer)) {
        return count(option.text.in_language(""));
    }
    match answer {
        Answer::String(text) => count(text),
        // A day with its month in words and the year.
        Answer::Date(_) | Answer::DateTime(_) => 3,
        _ => 1,
    }
}
