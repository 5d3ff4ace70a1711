//! The tablet in the client's hands: what lies before them, and how far they are.

use super::screen::Screen;
use crate::domain::DocumentId;
use crate::form::NodeIx;

/// Why the client has the tablet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To go through everything that is theirs to know; at the end it was read.
    Reading,
    /// To see what a revision changes.
    Changes,
    /// To answer or sign on the card of this group.
    Answering(NodeIx),
}

/// The tablet in the client's hands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handed {
    /// The document.
    pub document: DocumentId,
    /// Why.
    pub purpose: Purpose,
    /// The card before the client, from 0; behind the last one are the closing words.
    pub at: usize,
    /// The way back to the worker was asked for.
    pub leaving: bool,
    /// How far the voice is in the words of the card, in UTF-16 units, while it reads.
    pub spoken: Option<usize>,
    /// The screen that the worker comes back to.
    pub from: Screen,
}
