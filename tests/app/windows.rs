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
    let others =
        vec![Err(StorageProblem::Unreadable("0".to_owned())), Ok(wrote(&tablet, 1, "note", "dari sana").into())];
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

/// A draft that is complete here, as this window knows it.
fn ready_to_seal() -> (Tablet, DocumentId) {
    let (mut tablet, id) = Tablet::with_draft();
    tablet.type_into("name", "dari sini");
    tablet.act(Event::FlushDue);
    tablet.act(Event::ScreenRequested(Screen::Review(id)));
    (tablet, id)
}

#[test]
fn a_document_that_another_window_went_on_with_is_reviewed_again_before_it_is_sealed() {
    let (mut tablet, id) = ready_to_seal();
    let other = wrote(&tablet, 1, "note", "dari sana");
    tablet.append(id, vec![other]).expect("the number is free");
    tablet.act(Event::SealAsked);
    assert!(tablet.storage.seals.is_empty(), "what this window did not know must not be left out of a seal");
    assert_eq!(tablet.model.notice, Some(Notice::ChangedElsewhere));
    assert_eq!(tablet.shown("note").as_deref(), Some("dari sana"));
    tablet.act(Event::SealAsked);
    let sealed = tablet.storage.seals.values().next().expect("the second sealing holds");
    assert!(String::from_utf8_lossy(sealed).contains("dari sana"));
    assert_eq!(tablet.model.screen, Screen::Sealed(id));
}

/// A window with a draft on its screen that another window has sealed meanwhile.
fn sealed_by_the_other() -> (Tablet, DocumentId) {
    let (mut tablet, id) = ready_to_seal();
    let mut other = Tablet::closed(Screen::Home);
    other.model = tablet.model.clone();
    tablet.act(Event::SealAsked);
    other.storage = tablet.storage;
    (other, id)
}

#[test]
fn a_document_is_sealed_once_however_many_windows_ask() {
    let (mut other, id) = sealed_by_the_other();
    other.act(Event::SealAsked);
    assert_eq!(other.storage.seals.len(), 1, "a second seal of the same revision would be two truths");
    assert_eq!(other.model.screen, Screen::Sealed(id));
    assert!(other.filling().sealed.is_some());
}

#[test]
fn answers_given_while_another_window_sealed_become_a_correction() {
    let (mut other, id) = sealed_by_the_other();
    other.type_into("note", "sesudahnya");
    other.act(Event::FlushDue);
    let seal = *other.storage.seals.keys().next().expect("one seal");
    let correction = other.storage.heads.values().find(|head| head.replaces == Some(seal)).expect("a correction").id;
    assert_eq!(other.kept(correction, "note").as_deref(), Some("sesudahnya"));
    assert_eq!(other.kept(correction, "name").as_deref(), Some("dari sini"));
    assert_eq!(other.kept(id, "note"), None, "nothing is kept behind a seal");
    assert_eq!(other.model.screen, Screen::Section(correction, 0));
    assert!(other.model.is_saved());
}

#[test]
fn such_a_correction_may_fail_and_be_tried_again() {
    let (mut other, id) = sealed_by_the_other();
    other.type_into("note", "sesudahnya");
    let mut effects = other.send(Event::FlushDue);
    for _ in 0..2 {
        let effect = effects.into_iter().find(|effect| matches!(effect, Effect::Records(_))).expect("a record effect");
        let outcome = other.outcome(effect).expect("an outcome");
        effects = other.send(outcome);
    }
    let created = effects.iter().find_map(|effect| match effect {
        Effect::Records(Records::CreateDocument { document, .. }) => Some(document.id),
        _ => None,
    });
    other.send(Event::DocumentCreated(created.expect("a creation"), Err(StorageProblem::Full)));
    assert_eq!(other.shown("note").as_deref(), Some("sesudahnya"), "the answer is still on the screen");
    assert!(!other.model.is_saved());
    other.act(Event::RetryAsked);
    let kept = other.storage.heads.keys().filter(|head| **head != id);
    let kept: Vec<_> = kept.map(|head| other.kept(*head, "note")).collect();
    assert_eq!(kept, [Some("sesudahnya".to_owned())]);
}
