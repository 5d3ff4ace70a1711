//! Which pages of a document may be shown, where its form is filled in one after another (SDC, `entryMode`).

use super::super::model::Model;
use super::page::{PageView, pages};
use crate::form::EntryMode;

/// The pages that may be shown now, by position; the review stands behind the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reach {
    /// The first.
    pub first: usize,
    /// The last.
    pub last: usize,
    /// Whether the review may be shown as well.
    pub review: bool,
}

impl Reach {
    /// The page that is shown when one is asked for.
    #[must_use]
    pub fn nearest(self, position: usize) -> usize {
        position.clamp(self.first, self.last)
    }

    /// Whether a page may be shown.
    #[must_use]
    pub fn holds(self, position: usize) -> bool {
        self.nearest(position) == position
    }
}

/// What may be shown of the open document. A correction of a sealed one goes anywhere.
#[must_use]
pub fn reach(model: &Model) -> Option<Reach> {
    let filling = model.filling()?;
    let mode = filling.response.questionnaire().entry_mode;
    if mode == EntryMode::Random || filling.document.replaces.is_some() || !filling.document.is_draft() {
        return Some(Reach { first: 0, last: usize::MAX, review: true });
    }
    let (response, pages) = (&filling.response, pages(&filling.response));
    let end = pages.len().saturating_sub(1);
    // What was gone through since the document was opened, or has something answered by hand up to there.
    let by_hand = |page: &PageView| response.walk(&page.nodes).iter().any(|node| response.is_answered_by_hand(*node));
    let answered = pages.iter().take_while(|page| by_hand(page)).count().saturating_sub(1);
    let gone_to = |page: &PageView| {
        page.known_by(response).is_some_and(|item| model.reached.contains(&(filling.document.id, item)))
    };
    let last = answered.max(pages.iter().rposition(gone_to).unwrap_or_default());
    let first = if mode == EntryMode::Sequential { last } else { 0 };
    Some(Reach { first, last, review: last == end })
}
