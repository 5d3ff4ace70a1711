//! A form on somebody else's page: one filling that nobody keeps but the host.
//!
//! Invariant: a model that is hosted has neither cases nor a journal, and asks for no effect but to tell the host.

use super::notice::Notice;
use crate::form::{Issue, LoadRefusal, MisfitAt, ReadRefusal};
use crate::json::Value;

/// How much of a form is on the page at once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Layout {
    /// One section.
    #[default]
    Paged,
    /// All of them.
    Whole,
}

impl Layout {
    /// Reads the value of the element's `mode` attribute.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "paged" => Some(Self::Paged),
            "whole" => Some(Self::Whole),
            _ => None,
        }
    }
}

/// What a hosted form has beside its filling.
#[derive(Clone, Debug, Default)]
pub struct Hosted {
    /// How much of it is on the page at once.
    pub layout: Layout,
    /// What forms are launched with from now on.
    pub context: Vec<(String, Value)>,
    /// What was wrong when the host last asked, until it is put away.
    pub found: Vec<Issue>,
}

/// What a host does with a form.
#[derive(Clone, Debug)]
pub enum HostAct {
    /// It chose a layout.
    LaidOut(Layout),
    /// It gave the launch context: a JSON object of resources by name.
    ContextGiven(Vec<u8>),
    /// It gave a Questionnaire in place of the one before, or took that away.
    FormGiven(Option<Vec<u8>>),
    /// It gave a QuestionnaireResponse to go on with.
    ResponseGiven(Vec<u8>),
    /// It took all answers away.
    Cleared,
    /// It asked what is wrong, to be shown.
    Checked,
    /// It put away what was shown of that.
    IssuesPutAway,
}

/// What a host gave is not taken; what stood there before still does.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HostRefusal {
    /// The engine does not run the form, for each of these reasons.
    #[error("the form is refused for {} reasons", .0.len())]
    Form(Vec<LoadRefusal>),
    /// The response is none to this form.
    #[error("the response is refused: {0}")]
    Response(ReadRefusal),
    /// Parts of the response would be lost.
    #[error("the response does not fit the form in {} places", .0.len())]
    Misfits(Vec<MisfitAt>),
    /// The launch context is no JSON object.
    #[error("the context is no object of resources by name")]
    Context,
}

impl super::Model {
    /// What the host gave last and is not taken, until something is or the message is put away.
    #[must_use]
    pub fn host_refusal(&self) -> Option<&HostRefusal> {
        match &self.notice {
            Some(Notice::NotTaken(refusal)) => Some(refusal),
            _ => None,
        }
    }
}
