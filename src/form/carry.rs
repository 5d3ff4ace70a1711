//! Carrying the answers of a response over to another version of its form.
//!
//! A question is the same where its linkId is, wherever in the form it stands. Every content of a person's hand either
//! stands in the new response afterwards or is named among what is left; nothing falls away in between.

use super::fit::{Unfit, fit};
use super::item::ItemIx;
use super::operation::{Content, Operation, Place};
use super::questionnaire::Questionnaire;
use super::response::{NodeIx, Response};
use super::successor::{Target, entries_around, target};
use std::sync::Arc;

/// An answer that has no place in the other version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// Where it stands in the response it was carried from.
    pub node: NodeIx,
    /// What has no place; of several answers to one question perhaps only some.
    pub content: Content,
    /// Why.
    pub why: Unfit,
}

/// What became of answers that were carried over.
#[derive(Clone, Debug)]
pub struct Carried {
    /// The answers over the other version.
    pub response: Response,
    /// What was done to it, in order.
    pub operations: Vec<Operation>,
    /// What has no place in it.
    pub left: Vec<Left>,
    /// Questions and groups of both that are the same.
    pub(super) pairs: Vec<(NodeIx, NodeIx)>,
}

/// Carries answers onto a response to another version of the form.
///
/// With `since`, an earlier state of `old`, only what changed after it is carried, and what stands in `onto` stays
/// otherwise: so a version that was left before is taken up again with everything that was answered there. Without it
/// `onto` is a new response, and everything is carried.
#[must_use]
pub fn carry(old: &Response, onto: Response, since: Option<&Response>) -> Carried {
    let form = Arc::clone(onto.questionnaire());
    let before = onto.clone();
    let carried = Carried { response: onto, operations: Vec::new(), left: Vec::new(), pairs: Vec::new() };
    let mut carrier = Carrier { old, since, before, form, carried, claimed: Vec::new(), later: Vec::new() };
    for node in old.walk(old.roots()) {
        carrier.carry(node);
    }
    carrier.remove_entries();
    for (node, place) in std::mem::take(&mut carrier.later) {
        carrier.correct(node, &place);
    }
    carrier.populate();
    carrier.carried
}

struct Carrier<'a> {
    old: &'a Response,
    since: Option<&'a Response>,
    /// What was carried onto, as it was before.
    before: Response,
    form: Arc<Questionnaire>,
    carried: Carried,
    /// Entries of lists in the new response that an old one stands for.
    claimed: Vec<NodeIx>,
    /// Answers to what the form now reckons: they are corrections where it reckons something else.
    later: Vec<(NodeIx, Place)>,
}

impl Carrier<'_> {
    fn carry(&mut self, node: NodeIx) {
        let Some(found) = self.form.find(&self.old.item(node).link_id) else { return self.leave(node, Unfit::Gone) };
        match target(self.old, node, &self.before, &self.carried.response, found) {
            Target::Nothing => {}
            Target::Several => self.leave(node, Unfit::Several),
            Target::At(place) => {
                if self.form.item(found).is_list {
                    self.enter(node, &place);
                }
                if self.old.item(node).kind.is_question() {
                    self.question(node, found, place);
                } else if let Some(at) = self.standing(&place) {
                    self.carried.pairs.push((node, at));
                }
            }
        }
    }

    /// Names what stands at a node as left, unless it is the form's own and nobody sees it.
    fn leave(&mut self, node: NodeIx, why: Unfit) {
        let unseen = self.old.item(node).hidden && self.old.is_of_form(node);
        if !unseen && (why == Unfit::Gone || self.is_news(node)) {
            self.left(node, self.old.node(node).content.clone(), why);
        }
    }

    fn left(&mut self, node: NodeIx, content: Content, why: Unfit) {
        if !content.is_empty() {
            self.carried.left.push(Left { node, content, why });
        }
    }

    /// Whether what stands at a node is to be carried: everything, or what changed since.
    fn is_news(&self, node: NodeIx) -> bool {
        let Some(since) = self.since else { return true };
        let then = since.find(&self.old.place(node)).filter(|then| !since.is_removed(*then));
        then.is_none_or(|then| {
            let same = since.node(then).content == self.old.node(node).content;
            !same || since.is_reckoned(then) != self.old.is_reckoned(node)
        })
    }

    fn standing(&self, place: &Place) -> Option<NodeIx> {
        let response = &self.carried.response;
        response.find(place).filter(|ix| !response.is_removed(*ix))
    }

    /// Applies an operation; says whether it fitted.
    fn apply(&mut self, operation: Operation) -> bool {
        let fits = self.carried.response.apply(&operation).is_ok();
        if fits {
            self.carried.operations.push(operation);
        }
        fits
    }

    /// Makes the entries of the lists around a place.
    fn ensure(&mut self, place: &Place) -> Option<NodeIx> {
        for at in entries_around(&self.form, place) {
            if self.standing(&at).is_none() {
                self.apply(Operation::Add { at: at.clone() });
            }
            self.claimed.extend(self.standing(&at));
        }
        self.standing(place)
    }

    /// Makes the entry that an old one stands for.
    fn enter(&mut self, node: NodeIx, place: &Place) {
        let stood = |since: &Response| since.find(&self.old.place(node)).is_some_and(|then| !since.is_removed(then));
        let entry = if self.since.is_some_and(stood) { self.standing(place) } else { self.ensure(place) };
        self.claimed.extend(entry);
    }

    fn question(&mut self, node: NodeIx, found: ItemIx, place: Place) {
        let form = Arc::clone(&self.form);
        let (was, is) = (self.old.item(node), form.item(found));
        if !is.kind.is_question() {
            return self.leave(node, Unfit::Type);
        }
        match (self.old.is_reckoned(node), is.is_calculated()) {
            // The form reckons it again.
            (true, true) => self.pair(node, &place),
            (true, false) => self.leave(node, Unfit::Reckoned),
            (false, _) if self.is_of_form(node, found) => self.pair(node, &place),
            (false, true) if !was.is_calculated() => self.later.push((node, place)),
            (false, true) if is.read_only => self.leave(node, Unfit::Reckoned),
            (false, _) => self.put(node, found, &place),
        }
    }

    /// Whether what is to be carried from a node is the form's own. Answers that come to stand together are looked at
    /// together.
    fn is_of_form(&self, node: NodeIx, found: ItemIx) -> bool {
        // What took the place of somebody's answer is news, also where it is what the form begins with.
        let replaced = |node: NodeIx| {
            let then = self.since.and_then(|since| Some((since, since.find(&self.old.place(node))?)));
            then.is_some_and(|(since, then)| !since.is_of_form(then))
        };
        let own = |node: NodeIx| self.old.is_of_form(node) && !replaced(node);
        if self.joins(node, found) { self.old.entries(node).iter().copied().all(own) } else { own(node) }
    }

    /// Whether answers that were entries of a list come to stand together.
    fn joins(&self, node: NodeIx, found: ItemIx) -> bool {
        let new = self.form.item(found);
        self.old.item(node).is_list && new.repeats && !new.is_list
    }

    fn pair(&mut self, node: NodeIx, place: &Place) {
        if let Some(at) = self.standing(place) {
            self.carried.pairs.push((node, at));
        }
    }

    /// Puts what a hand left at a node at its place.
    fn put(&mut self, node: NodeIx, found: ItemIx, place: &Place) {
        let old = self.old;
        let content = if self.joins(node, found) {
            self.joined(node)
        } else {
            self.is_news(node).then(|| old.node(node).content.clone())
        };
        let Some(content) = content else {
            if !old.node(node).content.is_empty() {
                // The entries that hold it are still needed, wherever the item stood meanwhile.
                let around = entries_around(&self.form, place);
                let around: Vec<NodeIx> = around.iter().filter_map(|entry| self.standing(entry)).collect();
                self.claimed.extend(around);
            }
            return self.pair(node, place);
        };
        let fitted = fit(old.item(node), &content, self.form.item(found), old.context.now);
        let stays_away = fitted.content == Content::default();
        if let Some((content, why)) = fitted.left {
            self.left(node, content, why);
            if stays_away && self.since.is_some() {
                // What was answered in that version before stands there still.
                return;
            }
        }
        let content = self.with_left_behind(node, found, place, fitted.content);
        self.set(node, found, place, content);
    }

    /// What is to be carried of answers that were entries of a list and now stand together: all of them, at the first.
    fn joined(&mut self, node: NodeIx) -> Option<Content> {
        let entries = self.old.entries(node);
        let content = self.old.node(node).content.clone();
        if entries.first() != Some(&node) {
            // Beside other answers there is room for neither.
            self.left(node, Content { answers: Vec::new(), ..content }, Unfit::Several);
            return None;
        }
        entries.iter().any(|entry| self.is_news(*entry)).then(|| said(self.old, node))
    }

    /// Puts content at a place; several answers get an entry each where each is now an entry of a list.
    fn set(&mut self, node: NodeIx, found: ItemIx, place: &Place, mut content: Content) {
        let further = if self.form.item(found).is_list && content.answers.len() > 1 {
            content.answers.split_off(1)
        } else {
            Vec::new()
        };
        let basis = content.basis;
        self.set_one(node, place, content);
        for (entry, answer) in (1..).zip(further) {
            let mut place = place.clone();
            if let Some(last) = place.within.last_mut() {
                *last += entry;
            }
            self.ensure(&place);
            self.set_one(node, &place, Content { answers: vec![answer], basis, ..Content::default() });
        }
    }

    fn set_one(&mut self, node: NodeIx, place: &Place, content: Content) {
        let at = if content.is_empty() { self.standing(place) } else { self.ensure(place) };
        let response = &self.carried.response;
        // What equals the reckoned value and was given by a hand is a correction all the same.
        let stands = |at| response.node(at).content == content && (content.is_empty() || !response.is_reckoned(at));
        if at.is_some_and(stands) || self.apply(Operation::Set { at: place.clone(), content: content.clone() }) {
            self.pair(node, place);
        } else {
            self.left(node, content, Unfit::Type);
        }
    }

    /// Puts those of several answers that had no place in the version now left beside the new ones.
    fn with_left_behind(&self, node: NodeIx, found: ItemIx, place: &Place, mut content: Content) -> Content {
        let new = self.form.item(found);
        let then = self.since.and_then(|since| Some((since, since.find(&self.old.place(node))?)));
        let Some(((since, then), at)) = then.zip(self.standing(place)).filter(|_| new.repeats && !new.is_list) else {
            return content;
        };
        let content_then = if since.item(then).is_list { said(since, then) } else { since.node(then).content.clone() };
        let known = fit(since.item(then), &content_then, new, self.old.context.now).content.answers;
        let behind = self.carried.response.node(at).content.answers.iter();
        for answer in behind.filter(|answer| !known.contains(answer)) {
            if !content.answers.contains(answer) {
                content.answers.push(answer.clone());
            }
        }
        content
    }

    /// An answer to what the form now reckons stays as a correction, where it is not what is reckoned.
    fn correct(&mut self, node: NodeIx, place: &Place) {
        let Some(found) = self.form.find(&place.link_id) else { return };
        let now = self.old.context.now;
        let fitted = fit(self.old.item(node), &self.old.node(node).content, self.form.item(found), now);
        let reckoned = self.standing(place).map(|at| &self.carried.response.node(at).content.answers);
        let agrees = fitted.left.is_none() && reckoned == Some(&fitted.content.answers);
        if agrees || fitted.content.is_empty() && fitted.left.is_none() {
            return self.pair(node, place);
        }
        if self.form.item(found).read_only {
            return self.leave(node, Unfit::Reckoned);
        }
        self.put(node, found, place);
    }

    /// Takes away the entries that the old response has not: those a list begins with, or those removed since.
    fn remove_entries(&mut self) {
        let gone: Vec<Place> = match self.since {
            None => {
                let response = &self.carried.response;
                let entries = response
                    .walk(response.roots())
                    .into_iter()
                    .filter(|ix| response.item(*ix).is_list && self.was_asked(*ix) && !self.claimed.contains(ix));
                entries.map(|ix| response.place(ix)).collect()
            }
            Some(since) => {
                let entries = since.walk(since.roots()).into_iter().filter(|ix| since.item(*ix).is_list);
                let removed =
                    entries.filter(|ix| self.old.find(&since.place(*ix)).is_none_or(|now| self.old.is_removed(now)));
                removed.filter_map(|ix| self.place_of(since, ix)).collect()
            }
        };
        for at in gone {
            if self.standing(&at).is_some_and(|entry| !self.claimed.contains(&entry)) {
                self.apply(Operation::Remove { at });
            }
        }
    }

    /// Whether the old response says how many entries a list has.
    fn was_asked(&self, ix: NodeIx) -> bool {
        let found = self.old.questionnaire().find(&self.carried.response.item(ix).link_id);
        found
            .is_some_and(|item| self.old.questionnaire().item(item).is_list || self.old.nodes_of(item).next().is_some())
    }

    fn place_of(&self, from: &Response, node: NodeIx) -> Option<Place> {
        let found = self.form.find(&from.item(node).link_id).filter(|found| self.form.item(*found).is_list)?;
        match target(from, node, &self.before, &self.carried.response, found) {
            Target::At(place) => Some(place),
            _ => None,
        }
    }

    /// Fills in what only the new form asks for from what it is launched with, as when a document is begun.
    fn populate(&mut self) {
        if self.since.is_none() {
            let known = Arc::clone(self.old.questionnaire());
            let is_new = |response: &Response, ix| known.find(&response.item(ix).link_id).is_none();
            self.carried.operations.extend(self.carried.response.populate_where(is_new));
        }
    }
}

/// The answers in the entries of a list of answers, all together, with what else stands at the first.
fn said(response: &Response, first: NodeIx) -> Content {
    let entries = response.entries(first);
    let answers = entries.iter().flat_map(|entry| &response.node(*entry).content.answers);
    let answers = answers.filter(|answer| !answer.is_blank()).cloned().collect();
    Content { answers, ..response.node(first).content.clone() }
}
