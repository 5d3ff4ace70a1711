//! Adding forms from outside.

use super::Turn;
use crate::app::catalogue::CatalogueEntry;
use crate::app::change::Topic;
use crate::app::effect::{Effect, Records};
use crate::app::event::Event;
use crate::app::model::Adding;
use crate::app::notice::Notice;
use crate::app::problem::{AddingProblem, StorageProblem};
use crate::form::Questionnaire;
use crate::seal::digest;

impl Turn<'_> {
    #[inline(never)] // An entry of tools/parts.json.
    pub(super) fn adding(&mut self, event: Event) {
        match event {
            Event::FormAddressGiven(address) => {
                self.become_of(Adding::UnderWay);
                self.run(Effect::FetchForm(address));
            }
            Event::FormGiven(name, given) => self.given(name, given),
            Event::FormKept(entry, kept) => self.kept(entry, kept),
            Event::FormDropped(url) => self.run(Records::ForgetForm(url)),
            Event::FormForgotten(url, Ok(())) => {
                self.model.added.retain(|entry| entry.url != url);
                self.become_of_none();
            }
            Event::FormForgotten(_, Err(problem)) => self.notice(Notice::NotCreated(problem)),
            _ => {}
        }
    }

    fn become_of(&mut self, adding: Adding) {
        self.model.adding = Some(adding);
        self.note(Topic::Cases);
    }

    fn become_of_none(&mut self) {
        self.model.adding = None;
        self.note(Topic::Cases);
    }

    fn given(&mut self, name: String, given: Result<Vec<u8>, String>) {
        match given.map_err(AddingProblem::Unread).and_then(|bytes| self.entry_of(bytes)) {
            Ok((entry, bytes)) => {
                self.become_of(Adding::UnderWay);
                self.run(Records::KeepForm(entry, bytes));
            }
            Err(problem) => self.become_of(Adding::Failed(name, problem)),
        }
    }

    fn entry_of(&self, bytes: Vec<u8>) -> Result<(CatalogueEntry, Vec<u8>), AddingProblem> {
        let (form, exclusions) =
            Questionnaire::load_in_part(&bytes).map_err(|refusal| AddingProblem::Refused(vec![refusal]))?;
        if !exclusions.is_empty() {
            return Err(AddingProblem::Refused(exclusions));
        }
        let entry = CatalogueEntry::of(&form, &digest(&bytes));
        let built_in = self.model.catalogue.as_ref().is_ok_and(|catalogue| catalogue.find(&entry.url).is_some());
        if built_in { Err(AddingProblem::BuiltIn) } else { Ok((entry, bytes)) }
    }

    fn kept(&mut self, entry: CatalogueEntry, kept: Result<(), StorageProblem>) {
        match kept {
            Ok(()) => {
                self.model.added.retain(|other| other.url != entry.url);
                self.model.added.push(entry.clone());
                self.become_of(Adding::Added(entry));
            }
            Err(problem) => {
                let name = entry.title.id.clone();
                self.become_of(Adding::Failed(name, AddingProblem::NotKept(problem)));
            }
        }
    }
}
