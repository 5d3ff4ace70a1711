//! The lists of a genogram in a response, by the linkIds that `instruments/README.md` names.

use crate::domain::PartialDate;
use crate::form::{Answer, ItemIx, NodeIx, Response};

/// The group of the person whom the drawing is about.
pub(super) const CLIENT: &str = "client";
/// What ties call that person where the form says nothing else.
pub(super) const CLIENT_ID: &str = "klien";
/// Everybody else.
pub(super) const PERSON: &str = "person";
/// Who is or was together with whom.
pub(super) const COUPLE: &str = "couple";
/// Who is whose child.
pub(super) const CHILD: &str = "child";
/// What two people feel for each other.
pub(super) const FEELING: &str = "feeling";
/// Who uses violence against whom; a list of its own, as it needs most privacy.
pub(super) const VIOLENCE: &str = "violence";

/// The group of a genogram, read.
#[derive(Clone, Copy)]
pub(super) struct Lists<'a> {
    /// The response.
    pub response: &'a Response,
    /// The group that holds the lists.
    pub group: NodeIx,
}

impl<'a> Lists<'a> {
    /// The item with this linkId.
    pub fn item(&self, link_id: &str) -> Option<ItemIx> {
        self.response.questionnaire().find(link_id)
    }

    /// All entries of a list, also those that nobody began.
    pub fn all(&self, list: &str) -> &'a [NodeIx] {
        self.item(list).map_or(&[], |item| self.response.children_of(Some(self.group), item))
    }

    /// The entries of a list that somebody began.
    pub fn entries(&self, list: &str) -> impl Iterator<Item = NodeIx> + use<'a> {
        let response = self.response;
        // A list that is asked for on a condition has an entry of its own from the start.
        let is_own = |entry: NodeIx| response.item(entry).is_conditional() && response.is_blank(entry);
        self.all(list).iter().copied().filter(move |&entry| !response.is_unbegun_entry(entry) && !is_own(entry))
    }

    /// The node of a question in an entry.
    pub fn at(&self, entry: NodeIx, link_id: &str) -> Option<NodeIx> {
        self.response.children_of(Some(entry), self.item(link_id)?).first().copied()
    }

    /// What stands at a question of an entry, while it is asked.
    pub fn answer(&self, entry: NodeIx, link_id: &str) -> Option<&'a Answer> {
        let node = self.at(entry, link_id).filter(|node| self.response.is_enabled(*node))?;
        self.response.node(node).content.answers.first()
    }

    /// A text of an entry, without what stands around it.
    pub fn text(&self, entry: NodeIx, link_id: &str) -> Option<&'a str> {
        match self.answer(entry, link_id)? {
            Answer::String(text) => Some(text.trim()).filter(|text| !text.is_empty()),
            _ => None,
        }
    }

    /// The code of a choice of an entry.
    pub fn code(&self, entry: NodeIx, link_id: &str) -> Option<&'a str> {
        match self.answer(entry, link_id)? {
            Answer::Coding(coding) => Some(&coding.code),
            _ => None,
        }
    }

    /// A date of an entry.
    pub fn date(&self, entry: NodeIx, link_id: &str) -> Option<&'a PartialDate> {
        match self.answer(entry, link_id)? {
            Answer::Date(date) => Some(date),
            _ => None,
        }
    }

    /// A whole number of an entry; 0 where there is none, or one too large.
    pub fn number(&self, entry: NodeIx, link_id: &str) -> i16 {
        match self.answer(entry, link_id) {
            Some(Answer::Integer(number)) => i16::try_from(*number).unwrap_or_default(),
            _ => 0,
        }
    }

    /// Whether a question of an entry was answered with yes.
    pub fn truth(&self, entry: NodeIx, link_id: &str) -> bool {
        self.answer(entry, link_id) == Some(&Answer::Boolean(true))
    }
}
