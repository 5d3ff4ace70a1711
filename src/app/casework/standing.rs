//! Where a case stands: its phases, and the rules that wait to be kept.

use super::facts::{case_value, document_value, facts, name_of};
use super::rulebook::{DocumentState, Phase, Rule, Strength};
use crate::app::catalogue::Title;
use crate::app::model::Model;
use crate::domain::{Calendar, Case, CaseId, Document, SealId, Timestamp};
use crate::form::Over;
use crate::json::Value;
use std::borrow::Cow;
use std::cmp::Ordering;

/// The instrument that records why somebody went on against a rule.
const EXCEPTION: &str = "pengecualian";

/// A rule that applies to a case and is not kept.
#[derive(Clone, Debug)]
pub struct OpenRule {
    /// The rule.
    pub rule: Rule,
    /// The day by which it is to be kept.
    pub due: Option<Calendar>,
    /// Whether that day is past.
    pub overdue: bool,
    /// The instrument with which to go on: of those that the rule leads to the first of which the case has none, else the last.
    pub leads_to: Option<String>,
}

impl OpenRule {
    /// What tells it from others, and from itself once it is due on another day.
    #[must_use]
    pub fn mark(&self) -> String {
        let due = self.due.map(|due| due.to_string()).unwrap_or_default();
        [&self.rule.id, " ", &due, " "].concat()
    }
}

/// The rules that apply to a case and are neither kept nor set aside with a reason, those due first in front.
#[must_use]
pub fn open_rules(model: &Model, case: CaseId, now: Timestamp) -> Vec<OpenRule> {
    ask(model, case, now, &model.rules.rules.iter().collect::<Vec<_>>())
}

/// Which of some rules are open; without rules the case is not looked at.
fn ask(model: &Model, case: CaseId, now: Timestamp, rules: &[&Rule]) -> Vec<OpenRule> {
    if rules.is_empty() { Vec::new() } else { open_of(model, case, now, rules) }
}

#[inline(never)] // An entry of tools/parts.json.
fn open_of(model: &Model, case: CaseId, now: Timestamp, rules: &[&Rule]) -> Vec<OpenRule> {
    let Some(value) = value_of(model, case) else { return Vec::new() };
    let mut open: Vec<OpenRule> = open_among(rules.iter().copied(), &value, &Over::at(now)).collect();
    open.sort_by_key(order);
    open
}

/// The same for one kind of document: the rules that hold up its seal.
#[must_use]
pub fn gates(model: &Model, document: &Document, now: Timestamp) -> Vec<OpenRule> {
    let name = name_of(document);
    let holds_up = |rule: &&Rule| rule.strength != Strength::Reminder && rule.gates.iter().any(|gated| gated == name);
    // They are asked with every answer, so the case is looked at only where there are any.
    ask(model, document.case, now, &model.rules.rules.iter().filter(holds_up).collect::<Vec<_>>())
}

/// The rule of a case that is due first, given its documents, oldest first.
pub fn first_due(model: &Model, case: &Case, documents: &[&Document], over: &Over) -> Option<OpenRule> {
    if model.rules.rules.is_empty() { None } else { ask_first_due(model, case, documents, over) }
}

#[inline(never)] // As `open_of`.
fn ask_first_due(model: &Model, case: &Case, documents: &[&Document], over: &Over) -> Option<OpenRule> {
    let value = case_value(case, documents.iter().copied());
    // What has no day is not due.
    let dated = model.rules.rules.iter().filter(|rule| rule.due.is_some());
    let open = open_among(dated, &value, over).filter(|open| open.due.is_some());
    open.min_by_key(order_of_due)
}

fn value_of(model: &Model, case: CaseId) -> Option<Value> {
    let of_case = model.documents.iter().filter(|document| document.case == case);
    let said: Vec<Cow<'_, Document>> = of_case.map(|document| as_said(model, document)).collect();
    model.cases.get(case).map(|case| case_value(case, said.iter().map(Cow::as_ref)))
}

/// A document with what it says so far: an open draft as it stands on the screen, another one as it was last read.
fn as_said<'a>(model: &'a Model, document: &'a Document) -> Cow<'a, Document> {
    let open = || model.filling_of(document.id).map(|filling| facts(&model.rules, document, &filling.response));
    let read = || model.draft_facts.iter().find(|(id, _)| *id == document.id).map(|(_, facts)| facts.clone());
    let facts = document.is_draft().then(|| open().or_else(read)).flatten();
    facts.map_or(Cow::Borrowed(document), |facts| Cow::Owned(Document { facts, ..document.clone() }))
}

fn open_among<'a>(rules: impl Iterator<Item = &'a Rule>, case: &Value, over: &Over) -> impl Iterator<Item = OpenRule> {
    let today = Calendar::Day(over.now().date());
    rules.filter_map(move |rule| {
        // What cannot be told does not accuse anybody.
        let waits = rule.applies.holds(over, case) == Some(true) && rule.met.holds(over, case) == Some(false);
        if !waits || is_set_aside(rule, case, today) {
            return None;
        }
        let due = rule.due.as_ref().and_then(|due| due.day(over, case));
        let overdue = due.and_then(|due| due.compare(today)) == Some(Ordering::Less);
        let lacks = |name: &&String| !stands(case, name);
        let leads_to = rule.leads_to.iter().find(lacks).or(rule.leads_to.last()).cloned();
        Some(OpenRule { rule: rule.clone(), due, overdue, leads_to })
    })
}

/// Whether a case has a sealed document of that name that was not replaced.
fn stands(case: &Value, name: &str) -> bool {
    let standing = case.get("standing").and_then(Value::as_array).unwrap_or_default();
    standing.iter().any(|document| document.get("instrument").and_then(Value::as_str) == Some(name))
}

/// What holds something up first, then by day, what has none last.
fn order(open: &OpenRule) -> (bool, String) {
    (open.rule.strength == Strength::Reminder, open.due.map_or_else(|| "~".to_owned(), |due| due.to_string()))
}

/// The earliest day first; on one day what holds something up.
fn order_of_due(open: &OpenRule) -> (Option<String>, bool) {
    (open.due.map(|due| due.to_string()), open.rule.strength == Strength::Reminder)
}

/// Whether a reason for going on against a rule of warning is on record and still holds.
fn is_set_aside(rule: &Rule, case: &Value, today: Calendar) -> bool {
    let documents = case.get("documents").and_then(Value::as_array).unwrap_or_default();
    rule.strength == Strength::Warning
        && documents.iter().any(|document| {
            let text = |path: &[&str]| document.at(path).and_then(Value::as_str);
            let until = text(&["facts", "until"]).and_then(Calendar::parse_fhir).and_then(|until| until.compare(today));
            text(&["instrument"]) == Some(EXCEPTION)
                && text(&["sealed"]).is_some()
                && text(&["facts", "rule"]).is_some_and(|id| id.eq_ignore_ascii_case(&rule.id))
                && until != Some(Ordering::Less)
        })
}

/// The state that a document is in, in words, where the rules know states of its kind: asked of the case as rules see
/// it, with the document itself as `document`. What a draft says counts as far as it was read.
#[must_use]
pub fn document_state(model: &Model, document: &Document, now: Timestamp) -> Option<Title> {
    let mut states = model.rules.states.iter().filter(|state| state.instrument == name_of(document)).peekable();
    states.peek()?;
    state_among(model, document, now, &states.collect::<Vec<_>>())
}

#[inline(never)] // As `open_of`.
fn state_among(model: &Model, document: &Document, now: Timestamp, states: &[&DocumentState]) -> Option<Title> {
    let mut value = value_of(model, document.case)?.as_object()?.clone();
    let newer = |seal: SealId| model.documents.iter().any(|other| other.replaces == Some(seal) && !other.is_draft());
    let said = as_said(model, document);
    value.set("document", document_value(document, document.seal.is_some_and(|seal| newer(seal.id)), &said.facts));
    let (over, value) = (Over::at(now), value.into());
    states.iter().find(|state| state.when.holds(&over, &value) == Some(true)).map(|state| state.says.clone())
}

/// One phase of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PhaseView {
    /// Which.
    pub phase: Phase,
    /// Sealed documents in it.
    pub sealed: usize,
    /// Drafts in it.
    pub drafts: usize,
    /// When anything in it was last begun or sealed.
    pub touched: Option<Timestamp>,
    /// Whether the case is in it now.
    pub is_current: bool,
}

/// All phases of a case: a map, not a way that has to be gone.
#[must_use]
pub fn phases(model: &Model, case: CaseId) -> Vec<PhaseView> {
    let current = current_phase(model, case);
    let view = |phase| {
        let own = || in_case(model, case).filter(move |document| phase_of(model, document) == Some(phase));
        let times = own().map(|document| document.seal.map_or(document.begun, |seal| seal.at));
        PhaseView {
            phase,
            sealed: own().filter(|document| !document.is_draft()).count(),
            drafts: own().filter(|document| document.is_draft()).count(),
            touched: times.max(),
            is_current: current == phase,
        }
    };
    Phase::ALL.map(view).to_vec()
}

/// The phase that a case is in: that of the document begun last, or the one that it led to when it was sealed. New facts
/// send a case back, and an ending may come at any time, so it is not simply the furthest.
#[must_use]
pub fn current_phase(model: &Model, case: CaseId) -> Phase {
    phase_among(model, &in_case(model, case).collect::<Vec<_>>())
}

/// The same, given the documents of a case, oldest first.
pub fn phase_among(model: &Model, documents: &[&Document]) -> Phase {
    let led_to = |document: &Document| {
        let mut onward = model.rules.onward.iter().filter(|_| !document.is_draft());
        onward.find(|(name, _)| name == name_of(document)).map(|(_, phase)| *phase)
    };
    let phase = |document: &&Document| led_to(document).or_else(|| phase_of(model, document));
    documents.iter().rev().find_map(phase).unwrap_or(Phase::ALL[0])
}

fn in_case(model: &Model, case: CaseId) -> impl Iterator<Item = &Document> {
    model.documents.iter().filter(move |document| document.case == case)
}

fn phase_of(model: &Model, document: &Document) -> Option<Phase> {
    model.instrument(document.instrument.url())?.phase
}
