//! Opening documents: known, unknown, damaged.

use super::tablet::{Tablet, appended};
use asesmen::app::{Effect, Event, InstrumentProblem, Notice, Records, Screen, StorageProblem, StoredOperation, view};
use asesmen::domain::{DocumentId, Timestamp};
use asesmen::form::{Content, Operation, Place};

fn filled() -> (Tablet, DocumentId) {
    let (mut tablet, id) = Tablet::with_draft();
    tablet.type_into("name", "Sekar");
    tablet.act(Event::FlushDue);
    tablet.act(Event::ScreenRequested(Screen::Home));
    assert!(tablet.model.fillings.is_empty(), "closed once it is saved");
    (tablet, id)
}

#[test]
fn a_document_opened_again_holds_what_was_saved() {
    let (mut tablet, id) = filled();
    tablet.act(Event::ScreenRequested(Screen::Section(id, 0)));
    assert_eq!(tablet.shown("name").as_deref(), Some("Sekar"));
    assert_eq!(*tablet.state(), asesmen::app::SaveState::Unchanged);
    let effects = {
        tablet.type_into("note", "lagi");
        tablet.send(Event::FlushDue)
    };
    let (_, operations) = appended(&effects).expect("an appending");
    assert_eq!(operations[0].sequence, 1, "numbers go on where they stopped");
}

#[test]
fn a_link_to_an_unknown_document_reads_nothing_and_breaks_nothing() {
    let mut tablet = Tablet::new();
    let ghost = DocumentId::new(tablet.now(), [9; 10]);
    for screen in [Screen::Section(ghost, 3), Screen::Review(ghost), Screen::Sealed(ghost)] {
        let effects = tablet.send(Event::LocationChanged(screen));
        assert!(!effects.iter().any(|effect| matches!(effect, Effect::Records(_))), "{effects:?}");
        assert!(tablet.model.filling().is_none() && tablet.model.screen == screen);
        for event in [Event::SealAsked, Event::ExportAsked, Event::CorrectionAsked, Event::ActUndone] {
            tablet.act(event);
        }
    }
    tablet.act(Event::ScreenRequested(Screen::Home));
    assert_eq!(tablet.model.screen, Screen::Home);
}

#[test]
fn a_link_leads_to_where_the_document_is_now() {
    let (mut tablet, id) = filled();
    tablet.act(Event::LocationChanged(Screen::Sealed(id)));
    assert_eq!(tablet.model.screen, Screen::Section(id, 0), "a draft is not sealed yet");
}

#[test]
fn a_record_that_cannot_be_read_is_told_and_a_copy_offered() {
    let (mut tablet, id) = filled();
    tablet.send(Event::ScreenRequested(Screen::Section(id, 0)));
    let problem = StorageProblem::Unreadable("x".to_owned());
    tablet.act(Event::DocumentOpened(id, Err(problem.clone())));
    assert_eq!(tablet.model.notice, Some(Notice::DocumentUnreadable(id, problem)));
    assert!(matches!(tablet.send(Event::RawCopyAsked(id))[..], [Effect::Records(Records::DownloadRaw(_))]));
    tablet.act(Event::RawCopyMade(Err(StorageProblem::Full)));
    assert_eq!(tablet.model.notice, Some(Notice::NoCopy(StorageProblem::Full)));
}

#[test]
fn a_kept_form_that_cannot_be_loaded_changes_no_answers() {
    let (mut tablet, id) = filled();
    let operations = tablet.storage.operations[&id].clone();
    for form in tablet.storage.forms.values_mut() {
        form.truncate(50);
    }
    tablet.act(Event::ScreenRequested(Screen::Section(id, 0)));
    assert!(matches!(tablet.model.notice, Some(Notice::FormUnusable(Some(_), InstrumentProblem::Refused(_)))));
    assert_eq!(tablet.storage.operations[&id], operations);
}

fn set(link_id: &str, sequence: u64, at: Timestamp) -> StoredOperation {
    let at_place = Place { link_id: link_id.to_owned(), within: Vec::new() };
    StoredOperation { sequence, at, operation: Operation::Set { at: at_place, content: Content::default() } }
}

#[test]
fn parts_that_cannot_be_read_are_counted_and_keep_their_place() {
    let (mut tablet, id) = filled();
    tablet.send(Event::ScreenRequested(Screen::Section(id, 0)));
    let head = tablet.storage.heads[&id].clone();
    let mut opened = tablet.opened(&head).expect("stored");
    let at = tablet.now();
    opened.journal.push(Err(StorageProblem::Unreadable("1".to_owned())));
    opened.journal.push(Ok(set("ghost", 2, at).into()));
    tablet.act(Event::DocumentOpened(id, Ok(Box::new(opened))));
    assert_eq!(tablet.model.notice, Some(Notice::PartUnreadable(id, 2)));
    assert_eq!(tablet.shown("name").as_deref(), Some("Sekar"), "the rest is there");
    tablet.type_into("note", "baru");
    let (_, operations) = appended(&tablet.send(Event::FlushDue)).expect("an appending");
    assert_eq!(operations[0].sequence, 3, "nothing is written over what could not be read");
    tablet.act(Event::ScreenRequested(Screen::Review(id)));
    assert_eq!(tablet.model.notice, Some(Notice::PartUnreadable(id, 2)), "told on every screen of the document");
}

#[test]
fn an_answer_from_storage_that_comes_late_opens_nothing() {
    let (mut tablet, id) = filled();
    let effects = tablet.send(Event::ScreenRequested(Screen::Section(id, 0)));
    tablet.send(Event::ScreenRequested(Screen::Home));
    tablet.run(effects);
    assert!(tablet.model.fillings.is_empty() && tablet.model.notice.is_none());
}

#[test]
fn stored_operations_survive_their_record() {
    let (tablet, id) = filled();
    for stored in &tablet.storage.operations[&id] {
        assert_eq!(StoredOperation::from_json(&stored.to_json()).as_ref(), Some(stored));
    }
    let (tablet, _) = Tablet::with_draft();
    let whole = set("name", 4, tablet.now()).to_json();
    for member in ["sequence", "at", "operation"] {
        let mut broken = crate::seal::sealed::loose(&whole);
        broken[member] = serde_json::json!(-1);
        assert_eq!(StoredOperation::from_json(&crate::seal::sealed::tree(&broken)), None, "{member}");
    }
}

#[test]
fn the_task_list_counts_drafts_without_opening_them() {
    let (mut tablet, id) = filled();
    let case = tablet.storage.heads[&id].case;
    tablet.act(Event::ScreenRequested(Screen::Case(case)));
    let tasks = view::tasks(&tablet.model, case);
    let progress = tasks[0].progress.expect("counted");
    assert_eq!((tasks.len(), progress.asked, progress.answered), (1, 4, 1));
    assert_eq!(tasks[0].state, view::State::InProgress);
    assert!(tablet.model.fillings.is_empty());
}
