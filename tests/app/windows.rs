//! Two windows on one tablet: whoever comes second reads what the other wrote, and loses nothing of its own.

use super::tablet::{Tablet, appended};
use asesmen::app::{Effect, Event, Notice, Records, SaveState, Screen, StorageProblem, StoredOperation};
use asesmen::domain::DocumentId;
use asesmen::form::{Answer, Content, Operation, Place};

fn wrote(tablet: &Tablet, sequence: u64, link_id: &str, words: &str) -> StoredOperation {
    let content = Content { answers: vec![Answer::String(words.to_owned())], ..Content::default() };
    let at = Place { link_id: link_id.to_owned(), within: Vec::new() };
    StoredOperation { sequence, at: tablet.now(), operation: Operation::Set { at, content } }
}

/// A tablet whose document another window has written to.
fn overtaken() -> (Tablet, DocumentId) {
    let (mut tablet, id) = Tablet::with_draft();
    for (sequence, (link_id, words)) in (0..).zip([("name", "dari sana"), ("note", "dari sana")]) {
        let operation = wrote(&tablet, sequence, link_id, words);
        tablet.append(id, vec![operation]).expect("the number is free");
    }
    (tablet, id)
}

#[test]
fn a_conflict_reads_what_the_other_window_wrote_and_writes_behind_it() {
    let (mut tablet, id) = overtaken();
    tablet.type_into("name", "dari sini");
    let effects = tablet.send(Event::FlushDue);
    assert_eq!(appended(&effects).expect("an appending").1[0].sequence, 0);
    let effects = tablet.send(Event::Appended(id, Err(StorageProblem::Conflict)));
    assert!(matches!(effects[..], [Effect::Records(Records::ReadFrom { sequence: 0, .. })]), "{effects:?}");
    assert_eq!(*tablet.state(), SaveState::Failed(StorageProblem::Conflict));
    tablet.run(effects);
    assert!(matches!(tablet.state(), SaveState::Saved(_)));
    assert_eq!(
        (tablet.shown("name").as_deref(), tablet.shown("note").as_deref()),
        (Some("dari sini"), Some("dari sana"))
    );
    assert_eq!(tablet.kept(id, "name").as_deref(), Some("dari sini"), "the newer answer is the last");
    assert_eq!(tablet.storage.operations[&id].iter().map(|kept| kept.sequence).collect::<Vec<_>>(), [0, 1, 2]);
}

#[test]
fn what_is_typed_while_the_other_is_read_is_kept_too() {
    let (mut tablet, id) = overtaken();
    tablet.type_into("name", "dari sini");
    tablet.send(Event::FlushDue);
    let effects = tablet.send(Event::Appended(id, Err(StorageProblem::Conflict)));
    tablet.type_into("note", "juga dari sini");
    tablet.run(effects);
    assert_eq!(tablet.kept(id, "note").as_deref(), Some("juga dari sini"));
    assert_eq!(tablet.kept(id, "name").as_deref(), Some("dari sini"));
}

#[test]
fn reading_the_other_may_fail_and_be_tried_again() {
    let (mut tablet, id) = overtaken();
    tablet.type_into("name", "dari sini");
    tablet.send(Event::FlushDue);
    tablet.send(Event::Appended(id, Err(StorageProblem::Conflict)));
    let problem = StorageProblem::Failed("closed".to_owned());
    tablet.act(Event::OthersRead(id, Err(problem.clone())));
    assert_eq!(*tablet.state(), SaveState::Failed(problem));
    tablet.act(Event::RetryAsked);
    assert_eq!(tablet.kept(id, "name").as_deref(), Some("dari sini"));
    assert_eq!(tablet.kept(id, "note").as_deref(), Some("dari sana"));
}

#[test]
fn what_of_the_other_cannot_be_read_is_told() {
    let (mut tablet, id) = overtaken();
    tablet.type_into("name", "dari sini");
    tablet.send(Event::FlushDue);
    tablet.send(Event::Appended(id, Err(StorageProblem::Conflict)));
    let others = vec![Err(StorageProblem::Unreadable("0".to_owned())), Ok(wrote(&tablet, 1, "note", "dari sana"))];
    let effects = tablet.send(Event::OthersRead(id, Ok(others)));
    assert_eq!(tablet.model.notice, Some(Notice::PartUnreadable(id, 1)));
    assert_eq!(appended(&effects).expect("an appending").1[0].sequence, 2);
}

/// The outcome of a write may be unknown: it was kept, but the answer said it failed.
#[test]
fn a_write_that_was_kept_but_reported_as_failed_does_no_harm() {
    let (mut tablet, id) = Tablet::with_draft();
    tablet.type_into("name", "Sekar");
    let (document, operations) = appended(&tablet.send(Event::FlushDue)).expect("an appending");
    tablet.append(document, operations).expect("kept");
    tablet.act(Event::Appended(id, Err(StorageProblem::Failed("lost".to_owned()))));
    tablet.type_into("note", "lelah");
    tablet.act(Event::RetryAsked);
    assert!(tablet.model.is_saved());
    assert_eq!(tablet.kept(id, "name").as_deref(), Some("Sekar"));
    assert_eq!(tablet.kept(id, "note").as_deref(), Some("lelah"));
}

#[test]
fn what_another_window_wrote_is_reviewed_before_it_is_sealed() {
    let (mut tablet, id) = overtaken();
    tablet.type_into("name", "dari sini");
    tablet.act(Event::ScreenRequested(Screen::Section(id, 1)));
    assert_eq!(tablet.kept(id, "name").as_deref(), Some("dari sini"));
    let sequence = tablet.storage.operations[&id].len() as u64;
    let operation = wrote(&tablet, sequence, "note", "belum dibaca");
    tablet.append(id, vec![operation]).expect("the number is free");
    tablet.type_into("name", "Sekar");
    tablet.act(Event::SealAsked);
    assert!(tablet.model.sealing.is_none() && tablet.storage.seals.is_empty());
    assert_eq!(tablet.shown("note").as_deref(), Some("belum dibaca"));
    tablet.act(Event::SealAsked);
    assert_eq!(tablet.storage.seals.len(), 1, "asked again, now that it is on the screen");
}
