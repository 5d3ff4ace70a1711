//! What an update touched, so that the screen redraws that and no more.

use crate::form::{Changed, NodeIx};

/// A part of the model that screens watch as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// Another screen, language or state of start-up: everything is drawn anew.
    Screen,
    /// Colours.
    Theme,
    /// The saving state of the open document.
    Saving,
    /// States of sections, counts, problems of the open document.
    Sections,
    /// Cases, documents and their progress.
    Cases,
    /// What stands in the case form.
    CaseForm,
    /// Who opened the case file, and the reason that is being written.
    Openings,
    /// What stands in the worker form, and the key.
    WorkerForm,
    /// Sealing and the check of a sealed document.
    Sealing,
    /// How far a move to another version of a form is.
    Version,
    /// Files being checked.
    Verification,
    /// Storage health, version, offline readiness.
    Tablet,
    /// What a host found wrong.
    Summary,
    /// A message to the worker.
    Notice,
    /// What is drawn of the open document.
    Drawing,
    /// Known keys, what was given of them, and files that wait for a signature.
    Keys,
    /// What is sealed and not received yet.
    Outbox,
    /// The card before the client, and whether it is being read aloud.
    Client,
    /// The package being made or opened, and cases that passed.
    Packages,
}

impl Topic {
    /// How many topics there are.
    pub const COUNT: usize = Self::Packages as usize + 1;
}

/// Everything an update touched; a part may be named more than once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Parts watched as a whole.
    pub topics: Vec<Topic>,
    /// Questions and groups of the open document.
    pub nodes: Vec<NodeIx>,
    /// Groups (none for the top) whose list of instances changed.
    pub lists: Vec<Option<NodeIx>>,
}

impl Changes {
    pub(super) fn note(&mut self, topic: Topic) {
        self.topics.push(topic);
    }

    pub(super) fn include(&mut self, changed: Changed) {
        self.nodes.extend(changed.nodes);
        self.lists.extend(changed.lists);
    }
}
