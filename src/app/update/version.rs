//! Comparing a draft with another version of its form, and moving it there.

use super::Turn;
use super::document::usable;
use crate::app::catalogue::CatalogueEntry;
use crate::app::change::Topic;
use crate::app::effect::{Effect, Records};
use crate::app::event::{Event, Wish};
use crate::app::filling::Filling;
use crate::app::journal::{JournalEntry, Moved, OpenedDocument, StoredRecord};
use crate::app::launch;
use crate::app::moving::{Fetched, Moving, MovingStep, Prospect, Stray};
use crate::app::notice::Notice;
use crate::app::problem::{InstrumentProblem, StorageProblem};
use crate::app::screen::{Screen, Way};
use crate::app::view::{earlier, newer};
use crate::domain::{Document, DocumentId, InstrumentPin};
use crate::form::{Response, carry};
use std::sync::Arc;

impl Turn<'_> {
    #[inline(never)] // An entry of tools/parts.json.
    pub(super) fn version(&mut self, event: Event) {
        match event {
            Event::MoveAsked => self.ask_move(),
            Event::DocumentMoved(id, outcome) => self.moved(id, outcome),
            Event::StraysDismissed => {
                self.model.strays.clear();
                self.note(Topic::Notice);
                self.close_saved();
            }
            _ => {}
        }
    }

    /// Ends a comparison when its screen is left; a move that is being kept goes on.
    pub(super) fn leave_version(&mut self) {
        if self.model.moving.as_ref().is_some_and(|moving| moving.step != MovingStep::Storing) {
            self.model.moving = None;
        }
    }

    /// Looks again for what the screen on show is about, when the list of instruments came after it.
    pub(super) fn look_again(&mut self) {
        if self.model.moving.is_none() {
            self.look_at_version(self.model.screen);
        }
    }

    /// Begins to compare the draft on the screen with the version that the screen is about, if there is one and the draft is
    /// open; `before` is the screen that was left.
    pub(super) fn look_at_version(&mut self, before: Screen) {
        let Screen::Version(id, way) = self.model.screen else { return };
        let Some(filling) = self.model.filling_of(id).filter(|_| !self.model.is_closing(id)) else { return };
        let first = Screen::Section(id, 0);
        let is_page = before.document() == Some(id) && matches!(before, Screen::Section(..) | Screen::Review(_));
        let back = if is_page { before } else { first };
        if filling.unreadable > 0 {
            // What cannot be read would be left behind unseen; the draft's own page tells of it.
            return self.go(back);
        }
        let entry = match way {
            Way::Newer => newer(self.model, &filling.document).cloned(),
            Way::Earlier => earlier(self.model, &filling.document).map(CatalogueEntry::kept),
        };
        self.note(Topic::Version);
        let Some(to) = entry else { return };
        let step = MovingStep::Fetching;
        let (prospect, fetched) = (None, None);
        self.model.moving = Some(Moving { document: id, way, to: to.clone(), back, step, prospect, fetched });
        self.ask_for(Wish::Compare(id), to);
    }

    pub(super) fn version_fetched(&mut self, id: DocumentId, file: &str, outcome: Result<Vec<u8>, InstrumentProblem>) {
        let Some(moving) = &mut self.model.moving else { return };
        if moving.document != id || moving.step != MovingStep::Fetching || moving.to.file != file {
            return;
        }
        self.changes.note(Topic::Version);
        let fetched = match usable(Some(&moving.to), outcome) {
            // Under its digest a form is always the same bytes; others are none that anybody chose.
            Ok(fetched) if moving.to.is_kept() && fetched.pin.digest != moving.to.file => {
                moving.step = MovingStep::Failed(InstrumentProblem::NotKept(moving.to.canonical()));
                return;
            }
            Ok(fetched) => fetched,
            Err(problem) => {
                moving.step = MovingStep::Failed(problem);
                return;
            }
        };
        let Some(head) = self.model.documents.get(id) else { return };
        if stretch_of(head, &fetched).is_some() {
            moving.fetched = Some(fetched);
            let head = head.clone();
            self.run(Records::OpenDocument(head));
        } else {
            self.propose(fetched, None);
        }
    }

    /// Whether a comparison waits for what was answered in the other version before.
    pub(super) fn awaits_journal(&self, id: DocumentId) -> bool {
        self.model.moving.as_ref().is_some_and(|moving| moving.document == id && moving.fetched.is_some())
    }

    #[inline(never)] // As `version`.
    pub(super) fn journal_read(&mut self, id: DocumentId, outcome: Result<Box<OpenedDocument>, StorageProblem>) {
        let Some(fetched) = self.model.moving.as_mut().and_then(|moving| moving.fetched.take()) else { return };
        let Some(answers) = self.model.filling_of(id).map(|filling| &filling.response) else { return };
        let read = outcome.and_then(|opened| {
            let unreadable = StorageProblem::Unreadable(id.to_string());
            let head = self.model.documents.get(id).ok_or_else(|| unreadable.clone())?;
            let stretch = stretch_of(head, &fetched).ok_or_else(|| unreadable.clone())?;
            let (then, lost) = opened.end_of(stretch, answers.anew(Arc::clone(&fetched.form)));
            let (since, lost_since) = opened.start_of(stretch + 1, answers.anew(Arc::clone(answers.questionnaire())));
            // Answers that should come back must not be missing in silence.
            if lost + lost_since > 0 { Err(unreadable) } else { Ok((then, since)) }
        });
        match read {
            Ok(before) => self.propose(fetched, Some(before)),
            Err(problem) => self.move_step(MovingStep::Unreadable(problem)),
        }
    }

    fn propose(&mut self, fetched: Fetched, before: Option<(Response, Response)>) {
        let Some(moving) = &mut self.model.moving else { return };
        let Some(filling) = self.model.fillings.iter().find(|filling| filling.document.id == moving.document) else {
            return;
        };
        moving.prospect = Some(Box::new(Prospect::of(&filling.response, fetched, before)));
        self.move_step(MovingStep::Shown);
    }

    fn move_step(&mut self, step: MovingStep) {
        if let Some(moving) = &mut self.model.moving {
            moving.step = step;
        }
        self.note(Topic::Version);
    }

    /// Compares anew what changed under the eyes of the worker; says whether the screen now shows something else.
    fn renew(&mut self) -> bool {
        let Some(moving) = &mut self.model.moving else { return false };
        let filling = self.model.fillings.iter().find(|filling| filling.document.id == moving.document);
        let renewed =
            filling.zip(moving.prospect.as_mut()).is_some_and(|(filling, prospect)| prospect.renew(&filling.response));
        if renewed {
            self.note(Topic::Version);
        }
        renewed
    }

    fn ask_move(&mut self) {
        let Some(moving) = self.model.moving.as_ref().filter(|moving| moving.prospect.is_some()) else { return };
        let id = moving.document;
        let may = matches!(moving.step, MovingStep::Shown | MovingStep::NotKept(_));
        if may && self.model.sealing_of(id).is_none() && self.model.screen.document() == Some(id) {
            self.move_step(MovingStep::AwaitingSave);
            self.try_again();
            self.move_may_go_on();
        }
    }

    /// Moves once the last answer is on the tablet: the version that is left stays whole in the journal.
    pub(super) fn move_may_go_on(&mut self) {
        let waiting = self.model.moving.as_ref().filter(|moving| moving.step == MovingStep::AwaitingSave);
        let Some(id) = waiting.map(|moving| moving.document) else { return };
        if self.model.filling_of(id).is_some_and(|filling| filling.is_saved() && !filling.overtaken) {
            self.move_now(id);
        }
    }

    #[inline(never)] // As `version`.
    fn move_now(&mut self, id: DocumentId) {
        let prospect = self.model.moving.as_ref().and_then(|moving| moving.prospect.as_ref());
        let Some((filling, prospect)) = self.model.filling_of(id).zip(prospect) else { return };
        let moved = Moved {
            sequence: filling.next_sequence(),
            at: self.stamp.now,
            from: filling.document.instrument.clone(),
            to: prospect.pin.clone(),
            operations: prospect.comparison.response.operations(),
        };
        let (document, questionnaire) = (moved_to(&filling.document, &moved.to), prospect.questionnaire.clone());
        self.run(Records::MoveDocument { document, questionnaire, moved: Box::new(moved) });
        self.move_step(MovingStep::Storing);
    }

    /// Stops a move whose last answers could not be saved.
    pub(super) fn move_not_saved(&mut self, id: DocumentId, problem: StorageProblem) {
        let moving = self.model.moving.as_ref().filter(|moving| moving.document == id);
        if moving.is_some_and(|moving| moving.step == MovingStep::AwaitingSave) {
            self.move_step(MovingStep::NotKept(problem));
        }
    }

    fn moved(&mut self, id: DocumentId, outcome: Result<(), StorageProblem>) {
        let Some(moving) = self.model.moving.take_if(|moving| moving.document == id) else { return };
        self.note(Topic::Version);
        let now = self.stamp.now;
        match outcome {
            Err(problem) => {
                if problem == StorageProblem::Conflict {
                    // Another window went on writing, moved or sealed: its part of the journal says which.
                    let sequence = self.model.filling_of(id).map_or(0, Filling::next_sequence);
                    self.run(Records::ReadFrom { document: id, sequence });
                }
                // Where the screen was left meanwhile, the draft simply is as it was.
                let shown = self.model.screen == Screen::Version(id, moving.way);
                self.model.moving = Some(Moving { step: MovingStep::NotKept(problem), ..moving }).filter(|_| shown);
            }
            Ok(()) => {
                let Some((filling, prospect)) = self.model.filling_of_mut(id).zip(moving.prospect) else { return };
                let head = moved_to(&filling.document, &prospect.pin);
                let (from, to) = (filling.document.instrument.version().to_owned(), prospect.pin.version().to_owned());
                filling.go_over(head.clone(), prospect.questionnaire, prospect.comparison.response, now);
                self.model.documents.put(head);
                self.model.progress.retain(|(other, _)| *other != id);
                self.note(Topic::Cases);
                if self.model.screen.document() == Some(id) {
                    self.go(Screen::Section(id, 0));
                    let head = self.model.documents.get(id);
                    let again = head.is_some_and(|head| newer(self.model, head).is_some());
                    let way = if moving.way == Way::Earlier && again { Way::Newer } else { Way::Earlier };
                    self.notice(Notice::Moved { back: Screen::Version(id, way), from, to });
                }
                self.close_saved();
            }
        }
    }

    /// Takes note of moves among what another window wrote to an open draft: nothing more is written over the version
    /// that was left. Says whether there was one.
    pub(super) fn moved_elsewhere(&mut self, id: DocumentId, others: &mut Vec<StoredRecord<JournalEntry>>) -> bool {
        let is_move = |record: &StoredRecord<JournalEntry>| matches!(record, Ok(JournalEntry::Moved(_)));
        let Some(first) = others.iter().position(is_move) else { return false };
        let behind = others.split_off(first);
        let Some(filling) = self.model.filling_of(id) else { return true };
        let head = behind.iter().fold(filling.document.clone(), |head, record| match record {
            Ok(JournalEntry::Moved(moved)) => moved_to(&head, &moved.to),
            _ => head,
        });
        self.read_anew(head);
        true
    }

    /// Reads a draft that is open here over the version it was moved to elsewhere.
    pub(super) fn read_anew(&mut self, head: Document) {
        if let Some(filling) = self.model.filling_of_mut(head.id) {
            filling.overtaken = true;
        }
        self.model.moving.take_if(|moving| moving.document == head.id);
        self.model.documents.put(head.clone());
        self.note(Topic::Version);
        self.run(Records::OpenDocument(head));
    }

    /// Puts a draft that another window has moved in place of the one that is open here. What was written here meanwhile is
    /// carried over like everything else; what has no place is told.
    pub(super) fn overtake(&mut self, id: DocumentId, outcome: Result<Box<OpenedDocument>, StorageProblem>) {
        self.note(Topic::Saving);
        match outcome {
            Ok(opened) => self.replace_stale(id, *opened),
            Err(problem) => {
                if let Some(stale) = self.model.filling_of_mut(id) {
                    stale.not_written(problem);
                }
            }
        }
    }

    #[inline(never)] // As `version`.
    fn replace_stale(&mut self, id: DocumentId, opened: OpenedDocument) {
        let Some(document) = self.model.documents.get(id).cloned() else { return };
        let context = launch::context(self.model, document.case, self.stamp.now);
        let now = self.stamp.now;
        let Some(stale) = self.model.filling_of_mut(id) else { return };
        let form = Arc::clone(stale.response.questionnaire());
        let (since, _) = opened.end_of(stale.document.earlier.len(), stale.response.anew(Arc::clone(&form)));
        let mut fresh = match Filling::open(document, opened, context) {
            Ok(fresh) => fresh,
            Err(why) => return self.not_opened(id, why),
        };
        let carried = carry(&stale.response, fresh.response, Some(&since));
        fresh.response = carried.response;
        carried.operations.into_iter().for_each(|operation| fresh.enqueue(now, operation));
        // What was kept before the move stands in the journal; only what was written here since is nowhere.
        let is_kept = |node| {
            let then = since.find(&stale.response.place(node));
            then.is_some_and(|then| since.node(then).content == stale.response.node(node).content)
        };
        let strays = carried.left.into_iter().filter(|left| !is_kept(left.node)).map(|left| Stray {
            item: stale.response.node(left.node).item,
            form: Arc::clone(&form),
            content: left.content,
            why: left.why,
        });
        let strays: Vec<Stray> = strays.collect();
        let version = fresh.document.instrument.version().to_owned();
        *stale = fresh;
        self.model.strays.extend(strays);
        self.note(Topic::Screen);
        if self.model.screen.document() == Some(id) {
            self.notice(Notice::MovedElsewhere(version));
        }
        if !self.model.strays.is_empty() {
            self.note(Topic::Notice);
            self.run(Effect::GuardLeaving(true));
        }
        self.sealed_elsewhere(id);
        self.look_again();
        self.flush();
    }

    /// Shows a comparison that something else has become of, after what another window wrote was read.
    pub(super) fn compare_again(&mut self, id: DocumentId) {
        if self.model.moving.as_ref().is_some_and(|moving| moving.document == id && moving.prospect.is_some()) {
            self.renew();
            self.move_step(MovingStep::Shown);
            self.notice(Notice::ChangedElsewhere);
        }
    }

    /// The same after an answer of this window's own, such as a file that was ready only now.
    pub(super) fn compare_own(&mut self, id: DocumentId) {
        let moving = self.model.moving.as_ref().filter(|moving| moving.document == id);
        let waits = moving.is_some_and(|moving| moving.step == MovingStep::AwaitingSave);
        if moving.is_some() && self.renew() && waits {
            // Nobody has seen yet what would become of that.
            self.move_step(MovingStep::Shown);
        }
    }
}

/// The stretch of a document's journal at whose end it left a version for the one it is in now: the last such.
fn stretch_of(head: &Document, other: &Fetched) -> Option<usize> {
    let now = &head.instrument;
    let next = |stretch: usize| head.earlier.get(stretch + 1).unwrap_or(now);
    let left =
        |stretch: &usize| head.earlier[*stretch].digest == other.pin.digest && next(*stretch).digest == now.digest;
    (0..head.earlier.len()).rev().find(left)
}

/// The head of a document after it was moved to a version.
fn moved_to(head: &Document, to: &InstrumentPin) -> Document {
    let mut head = head.clone();
    head.earlier.push(std::mem::replace(&mut head.instrument, to.clone()));
    head
}
