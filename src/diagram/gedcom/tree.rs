//! From lines to structures: which line belongs to which, and what it says over several lines.
//!
//! The lines stay in one list, in the order of the file, and each knows where what belongs to it ends. So no depth of
//! nesting costs more than its lines. Every line that is used is marked; the rest is told as left out.

use super::lines::{Line, is_banned, parse, physical};
use super::notes::{GedcomRefusal, NoteKind, Notes};
use std::cell::Cell;

/// How many lines are read: more than the largest family that anybody draws has, and what a tablet can hold.
pub(super) const MOST_LINES: usize = 1_000_000;

struct Node<'a> {
    line: Line<'a>,
    number: u32,
    /// Behind the last line that belongs to it.
    end: usize,
    used: Cell<bool>,
}

/// A whole file.
pub(super) struct Tree<'a> {
    nodes: Vec<Node<'a>>,
    /// Whether every `@` is doubled (up to 5.5.1) or only one at the beginning (7).
    all_doubled: bool,
}

/// One line of a file with what belongs to it.
#[derive(Clone, Copy)]
pub(super) struct Structure<'t> {
    tree: &'t Tree<'t>,
    at: usize,
}

impl<'a> Tree<'a> {
    /// Reads a text.
    ///
    /// # Errors
    /// Refuses what is not GEDCOM, or has too many lines.
    pub fn read(text: &'a str, notes: &mut Notes) -> Result<Self, GedcomRefusal> {
        let mut nodes: Vec<Node<'a>> = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        for (number, line) in physical(text) {
            let Some(line) = parse(line).filter(|line| line.level == 0 || !open.is_empty()) else {
                notes.count(number, NoteKind::StrayLine);
                continue;
            };
            if nodes.len() == MOST_LINES {
                return Err(GedcomRefusal::TooManyLines { limit: MOST_LINES });
            }
            let here = nodes.len();
            while let Some(last) = open.pop_if(|last| nodes.get(*last).is_none_or(|n| n.line.level >= line.level)) {
                close(&mut nodes, last, here);
            }
            let above = open.last().and_then(|last| nodes.get(*last)).map(|node| node.line.level);
            if above.is_some_and(|above| line.level > above + 1) {
                notes.count(number, NoteKind::LevelJump);
            }
            open.push(here);
            nodes.push(Node { line, number, end: here + 1, used: Cell::new(false) });
        }
        let end = nodes.len();
        open.into_iter().for_each(|last| close(&mut nodes, last, end));
        Self { nodes, all_doubled: true }.checked(notes)
    }

    /// Looks at header and trailer.
    fn checked(mut self, notes: &mut Notes) -> Result<Self, GedcomRefusal> {
        let is_record = |node: &&Node<'_>, tag: &str| node.line.level == 0 && node.line.tag.eq_ignore_ascii_case(tag);
        let has_header = self.nodes.first().is_some_and(|node| is_record(&node, "HEAD"));
        if !has_header {
            if !self.nodes.iter().any(|node| is_record(&node, "INDI") || is_record(&node, "HEAD")) {
                return Err(GedcomRefusal::NotGedcom);
            }
            notes.add(1, NoteKind::NoHeader);
        }
        if !self.nodes.iter().rev().any(|node| is_record(&node, "TRLR")) {
            notes.add(self.nodes.last().map_or(0, |node| node.number), NoteKind::NoTrailer);
        }
        let version = self.records().find(|record| record.is("HEAD"));
        let version = version.and_then(|head| head.first("GEDC")?.first("VERS"));
        self.all_doubled = !version.is_some_and(|version| version.value().trim_start().starts_with('7'));
        Ok(self)
    }

    /// The structures that belong to no other.
    pub fn records(&self) -> impl Iterator<Item = Structure<'_>> {
        self.siblings(0, self.nodes.len())
    }

    fn siblings(&self, from: usize, to: usize) -> impl Iterator<Item = Structure<'_>> {
        let mut next = from;
        std::iter::from_fn(move || {
            let at = next;
            next = self.nodes.get(at).filter(|_| at < to)?.end;
            Some(Structure { tree: self, at })
        })
    }

    /// Notes every structure that was not used, by its tag; what belongs to it is not told of its own.
    pub fn note_left_out(&self, notes: &mut Notes) {
        let mut at = 0;
        while let Some(node) = self.nodes.get(at) {
            let used = node.used.get();
            if !used {
                notes.count(node.number, NoteKind::LeftOut { tag: node.line.tag.to_ascii_uppercase() });
            }
            at = if used { at + 1 } else { node.end };
        }
    }
}

fn close(nodes: &mut [Node<'_>], at: usize, end: usize) {
    if let Some(node) = nodes.get_mut(at) {
        node.end = end;
    }
}

impl<'t> Structure<'t> {
    fn node(self) -> Option<&'t Node<'t>> {
        self.tree.nodes.get(self.at)
    }

    /// The number of its line.
    pub fn line(self) -> u32 {
        self.node().map_or(0, |node| node.number)
    }

    /// Its place in the file.
    pub fn at(self) -> usize {
        self.at
    }

    /// Whether it has this tag.
    pub fn is(self, tag: &str) -> bool {
        self.node().is_some_and(|node| node.line.tag.eq_ignore_ascii_case(tag))
    }

    /// What pointers name it by.
    pub fn xref(self) -> Option<&'t str> {
        self.node()?.line.xref
    }

    /// Marks it as used.
    pub fn take(self) -> Self {
        if let Some(node) = self.node() {
            node.used.set(true);
        }
        self
    }

    /// Marks it as used, with all that belongs to it.
    pub fn take_whole(self) {
        let end = self.node().map_or(self.at, |node| node.end);
        self.tree.nodes.get(self.at..end).unwrap_or_default().iter().for_each(|node| node.used.set(true));
    }

    /// What belongs to it.
    pub fn children(self) -> impl Iterator<Item = Structure<'t>> {
        self.tree.siblings(self.at + 1, self.node().map_or(0, |node| node.end))
    }

    /// The first of what belongs to it with this tag, marked as used.
    pub fn first(self, tag: &str) -> Option<Self> {
        self.children().find(|child| child.is(tag)).map(Self::take)
    }

    /// All of what belongs to it with this tag, marked as used one by one.
    pub fn all(self, tag: &'t str) -> impl Iterator<Item = Structure<'t>> {
        self.children().filter(move |child| child.is(tag)).map(Self::take)
    }

    fn value(self) -> &'t str {
        self.node().map_or("", |node| node.line.value)
    }

    /// The name that it points to.
    pub fn pointer(self) -> Option<&'t str> {
        let name = self.value().trim().strip_prefix('@')?.strip_suffix('@')?;
        (!name.is_empty() && !name.contains('@') && !name.starts_with('#')).then(|| name.trim())
    }

    /// What it says, with its continuation lines (5.5.1, chapter 1, CONC and CONT; 7, 1, Lines).
    pub fn text(self) -> String {
        let mut text = self.unescaped();
        for child in self.children() {
            match (child.is("CONT"), child.is("CONC")) {
                (true, _) => text.push('\n'),
                (_, true) => {}
                _ => continue,
            }
            text.push_str(&child.take().unescaped());
        }
        text
    }

    fn unescaped(self) -> String {
        let value = self.value();
        let mut text = match value.strip_prefix("@@") {
            _ if self.tree.all_doubled => value.replace("@@", "@"),
            Some(rest) => format!("@{rest}"),
            None => value.to_owned(),
        };
        text.retain(|c| !is_banned(c));
        text
    }

    /// What it says in one line, trimmed and in lower case, to be compared with words.
    pub fn word(self) -> String {
        self.text().trim().to_lowercase()
    }
}
