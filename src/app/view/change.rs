//! What changed between two answers to one form, question by question, and the totals of all of them (domain inventory
//! B12, M1, M8).

use super::super::record::Recorded;
use crate::domain::{DocumentId, Timestamp};
use crate::form::{Answer, Change, Content, ItemIx, Kind, NodeIx, Response, Text, change, number};
use crate::json::Number;

/// One line of a comparison.
#[derive(Clone, Debug)]
pub struct ChangeRow {
    /// What stands there in the earlier document, if it is asked there.
    pub before: Option<NodeIx>,
    /// What stands there in the later one.
    pub after: Option<NodeIx>,
    /// How deep it stands below its section.
    pub depth: usize,
    /// What is said of it.
    pub kind: RowKind,
}

/// What a line says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowKind {
    /// A heading: a group, or a list.
    Heading,
    /// An entry of a list that is in both documents.
    Entry,
    /// An entry of a list that is in the earlier document alone.
    Gone,
    /// An entry of a list that is in the later document alone.
    New,
    /// A question.
    Question(Change),
}

impl ChangeRow {
    /// Whether it says that something changed, or that it cannot be told though one side has an answer.
    #[must_use]
    pub fn is_change(&self) -> bool {
        match &self.kind {
            RowKind::Heading | RowKind::Entry => false,
            RowKind::Gone | RowKind::New => true,
            RowKind::Question(change) => !matches!(change, Change::Same | Change::Unanswered),
        }
    }
}

/// One section of a comparison.
#[derive(Clone, Debug)]
pub struct ChangeSection {
    /// Its heading.
    pub title: Option<Text>,
    /// Its lines.
    pub rows: Vec<ChangeRow>,
}

/// How many questions changed how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ChangeCounts {
    /// More.
    pub up: usize,
    /// Less.
    pub down: usize,
    /// Other answers, words, or entries.
    pub other: usize,
    /// The same.
    pub same: usize,
    /// Not comparable.
    pub not_comparable: usize,
}

/// Compares two responses to one form. What the record says about itself, such as the time of the meeting, is no change of
/// the client's and is left out.
#[must_use]
pub fn changes(before: &Response, after: &Response) -> Vec<ChangeSection> {
    let form = before.questionnaire();
    let sections = form.sections().into_iter().map(|section| {
        let nodes = |response: &Response| {
            section.items.iter().flat_map(|item| response.nodes_of(*item)).collect::<Vec<NodeIx>>()
        };
        let mut comparing = Comparing { before, after, rows: Vec::new() };
        comparing.level(&section.items, &nodes(before), &nodes(after), 0);
        let title = section.group.map(|group| form.item(group).text.clone());
        ChangeSection { title, rows: comparing.rows }
    });
    sections.filter(|section| !section.rows.is_empty()).collect()
}

/// Counts what a comparison says.
#[must_use]
pub fn change_counts(sections: &[ChangeSection]) -> ChangeCounts {
    let mut counts = ChangeCounts::default();
    for row in sections.iter().flat_map(|section| &section.rows) {
        let place = match &row.kind {
            RowKind::Heading | RowKind::Entry | RowKind::Question(Change::Unanswered) => continue,
            RowKind::Question(Change::Up) => &mut counts.up,
            RowKind::Question(Change::Down) => &mut counts.down,
            RowKind::Question(Change::Same) => &mut counts.same,
            RowKind::Question(Change::NotComparable) => &mut counts.not_comparable,
            RowKind::Question(_) | RowKind::Gone | RowKind::New => &mut counts.other,
        };
        *place += 1;
    }
    counts
}

struct Comparing<'a> {
    before: &'a Response,
    after: &'a Response,
    rows: Vec<ChangeRow>,
}

impl Comparing<'_> {
    /// Compares the nodes of one level, item by item.
    fn level(&mut self, items: &[ItemIx], before: &[NodeIx], after: &[NodeIx], depth: usize) {
        let form = std::sync::Arc::clone(self.before.questionnaire());
        for &ix in items {
            let item = form.item(ix);
            if item.hidden || item.kind == Kind::Display || item.is_of_envelope() {
                continue;
            }
            let (one, two) = (asked(self.before, before, ix), asked(self.after, after, ix));
            match (one.first(), two.first()) {
                (None, None) => {}
                _ if item.is_repeating_group() => self.list(ix, &one, &two, depth),
                _ if item.kind == Kind::Group => self.group(ix, one.first().copied(), two.first().copied(), depth),
                _ => self.question(ix, &one, &two, depth),
            }
        }
    }

    fn children(&mut self, ix: ItemIx, before: Option<NodeIx>, after: Option<NodeIx>, depth: usize) {
        let form = std::sync::Arc::clone(self.before.questionnaire());
        let below = |response: &Response, node: Option<NodeIx>| {
            node.map(|node| response.node(node).children.clone()).unwrap_or_default()
        };
        let (one, two) = (below(self.before, before), below(self.after, after));
        self.level(&form.item(ix).children, &one, &two, depth);
    }

    fn group(&mut self, ix: ItemIx, before: Option<NodeIx>, after: Option<NodeIx>, depth: usize) {
        let at = self.rows.len();
        self.rows.push(ChangeRow { before, after, depth, kind: RowKind::Heading });
        self.children(ix, before, after, depth + 1);
        // A heading over nothing says nothing.
        if self.rows.len() == at + 1 {
            self.rows.truncate(at);
        }
    }

    /// Entries belong together when their first answers are the same: the same person, the same problem.
    fn list(&mut self, ix: ItemIx, before: &[NodeIx], after: &[NodeIx], depth: usize) {
        let begun = |response: &Response, nodes: &[NodeIx]| {
            nodes.iter().copied().filter(|node| !response.is_unbegun_entry(*node)).collect::<Vec<NodeIx>>()
        };
        let (mut one, two) = (begun(self.before, before), begun(self.after, after));
        if one.is_empty() && two.is_empty() {
            return;
        }
        let ends = (before.first().copied(), after.first().copied());
        self.rows.push(ChangeRow { before: ends.0, after: ends.1, depth, kind: RowKind::Heading });
        for node in two {
            let name = name(self.after, node);
            let known = one.iter().position(|other| name.is_some() && self::name(self.before, *other) == name);
            let known = known.map(|position| one.remove(position));
            let kind = if known.is_some() { RowKind::Entry } else { RowKind::New };
            self.rows.push(ChangeRow { before: known, after: Some(node), depth: depth + 1, kind });
            if known.is_some() {
                self.children(ix, known, Some(node), depth + 2);
            }
        }
        for node in one {
            self.rows.push(ChangeRow { before: Some(node), after: None, depth: depth + 1, kind: RowKind::Gone });
        }
    }

    /// All answers to a question stand in one line, also where they were given one by one.
    fn question(&mut self, ix: ItemIx, before: &[NodeIx], after: &[NodeIx], depth: usize) {
        let form = std::sync::Arc::clone(self.before.questionnaire());
        let content = |response: &Response, nodes: &[NodeIx]| Content {
            answers: nodes.iter().flat_map(|node| response.node(*node).content.answers.clone()).collect(),
            ..Content::default()
        };
        let (one, two) = (content(self.before, before), content(self.after, after));
        let kind = RowKind::Question(change(form.item(ix), &one, &two));
        let (before, after) = (before.first().copied(), after.first().copied());
        self.rows.push(ChangeRow { before, after, depth, kind });
        self.children(ix, before, after, depth + 1);
    }
}

fn asked(response: &Response, nodes: &[NodeIx], item: ItemIx) -> Vec<NodeIx> {
    let own = nodes.iter().copied().filter(|node| response.node(*node).item == item);
    own.filter(|node| response.is_enabled(*node)).collect()
}

/// What an entry is known by: its first answer.
fn name(response: &Response, entry: NodeIx) -> Option<Answer> {
    let nodes = response.walk(&[entry]).into_iter();
    let answers = nodes.filter_map(|node| response.node(node).content.answers.first());
    answers.into_iter().find(|answer| !answer.is_blank()).cloned()
}

/// One total at one time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// The document.
    pub document: DocumentId,
    /// When worker and client met, or else when it was sealed.
    pub at: Timestamp,
    /// The total, and how high it stands between the least (or zero, if that is less) and the most of its series, in
    /// thousandths; none where the form could not reckon it.
    pub value: Option<(Number, u16)>,
}

/// A total over time.
#[derive(Clone, Debug)]
pub struct Series {
    /// The question that holds it.
    pub item: ItemIx,
    /// In the order of time.
    pub points: Vec<Point>,
}

/// The totals that a form reckons, over documents that answer it, in the order of time. Where something was not answered
/// there is no total, and no point.
#[must_use]
pub fn totals(documents: &[&Recorded]) -> Vec<Series> {
    let Some(first) = documents.first() else { return Vec::new() };
    let form = first.response.questionnaire();
    let is_total = |ix: &ItemIx| {
        let item = form.item(*ix);
        let is_number = matches!(item.kind, Kind::Integer | Kind::Decimal | Kind::Quantity);
        item.is_calculated() && is_number && !item.hidden && form.lists_around(*ix).is_empty()
    };
    let items = form.items().filter_map(|item| form.find(&item.link_id)).filter(is_total);
    items.filter_map(|item| series(item, documents)).collect()
}

fn series(item: ItemIx, documents: &[&Recorded]) -> Option<Series> {
    let value = |document: &Recorded| {
        let response = &document.response;
        let node = response.nodes_of(item).find(|node| response.is_enabled(*node))?;
        number(response.node(node).content.answers.first()?)
    };
    let values: Vec<Option<Number>> = documents.iter().map(|document| value(document)).collect();
    let known = || values.iter().flatten().map(thousandths);
    let (least, most) = (known().min()?.min(0), known().max()?);
    let height = |number: &Number| {
        let height = (thousandths(number) - least) * 1000 / (most - least).max(1);
        u16::try_from(height).unwrap_or_default()
    };
    let points = documents.iter().zip(&values).map(|(document, value)| Point {
        document: document.head.id,
        at: document.at(),
        value: value.as_ref().map(|number| (number.clone(), height(number))),
    });
    Some(Series { item, points: points.collect() })
}

/// A number in thousandths, for drawing; what is beyond them is cut off, and what is too large for any drawing is zero.
fn thousandths(number: &Number) -> i64 {
    let lexeme = number.lexeme();
    let (whole, fraction) = lexeme.split_once('.').unwrap_or((lexeme, ""));
    let fraction: String = fraction.chars().chain("000".chars()).take(3).collect();
    let digits = format!("{whole}{fraction}");
    digits.parse().ok().filter(|thousandths: &i64| thousandths.abs() < i64::MAX / 2000).unwrap_or_default()
}
