//! What arrives while a document is being sealed: what is sealed is what is kept and shown, never an older state.

use super::sealing::{ready, sealed};
use super::tablet::{Tablet, appended, to_sign, to_store};
use asesmen::app::{Event, Locale, Screen, StorageProblem, Topic, update};
use asesmen::domain::{DocumentId, Stamp};
use asesmen::form::Edit;

/// A tablet whose key is at work, and the bytes it is signing.
fn signing() -> (Tablet, DocumentId, Vec<u8>) {
    let (mut tablet, id) = ready();
    let (document, operations) = appended(&tablet.send(Event::SealAsked)).expect("a write");
    let kept = tablet.append(document, operations);
    let bytes = to_sign(&tablet.send(Event::Appended(id, kept))).expect("to sign");
    (tablet, id, bytes)
}

#[test]
fn an_edit_while_the_save_is_awaited_is_sealed_too() {
    let (mut tablet, _) = ready();
    let effects = tablet.send(Event::SealAsked);
    tablet.type_into("note", "baru");
    tablet.run(effects);
    assert!(sealed(&tablet).to_string().contains("baru"));
}

#[test]
fn an_edit_while_the_key_is_at_work_is_sealed_too() {
    let (mut tablet, id, bytes) = signing();
    tablet.type_into("note", "baru");
    let effects = tablet.send(Event::Signed(Ok(tablet.key.sign(&bytes))));
    assert!(to_store(&effects).is_none(), "the signature is for an older state");
    assert!(appended(&effects).is_some(), "the new answer is written first");
    tablet.run(effects);
    let file = sealed(&tablet);
    assert!(file.to_string().contains("baru"));
    assert!(file["document"]["times"]["written"].as_str() <= file["document"]["times"]["sealed"].as_str());
    assert_eq!(tablet.kept(id, "note").as_deref(), Some("baru"));
    assert_eq!(tablet.model.screen, Screen::Sealed(id));
}

#[test]
fn an_edit_already_written_while_the_key_is_at_work_is_sealed_too() {
    let (mut tablet, _, bytes) = signing();
    tablet.type_into("note", "baru");
    tablet.act(Event::FlushDue);
    assert!(tablet.model.is_saved());
    let effects = tablet.send(Event::Signed(Ok(tablet.key.sign(&bytes))));
    assert!(to_store(&effects).is_none() && to_sign(&effects).is_some());
    tablet.run(effects);
    assert!(sealed(&tablet).to_string().contains("baru"));
}

#[test]
fn an_edit_that_opens_a_gap_ends_the_sealing_and_is_kept() {
    let (mut tablet, id, bytes) = signing();
    let ill = tablet.node("ill", &[]);
    tablet.send(Event::Edited(ill, Edit::Decided(true)));
    tablet.act(Event::Signed(Ok(tablet.key.sign(&bytes))));
    assert!(tablet.storage.seals.is_empty() && tablet.model.sealing.is_none());
    assert!(tablet.model.is_saved() && tablet.model.screen == Screen::Review(id));
    tablet.type_into("since", "kemarin");
    tablet.act(Event::SealAsked);
    assert!(sealed(&tablet).to_string().contains("kemarin"));
}

#[test]
fn an_edit_that_cannot_be_written_stops_the_sealing() {
    let (mut tablet, id, bytes) = signing();
    tablet.type_into("note", "baru");
    tablet.send(Event::Signed(Ok(tablet.key.sign(&bytes))));
    tablet.act(Event::Appended(id, Err(StorageProblem::Full)));
    assert!(tablet.storage.seals.is_empty());
    tablet.act(Event::RetryAsked);
    tablet.act(Event::SealAsked);
    assert!(sealed(&tablet).to_string().contains("baru"));
}

/// The file is on its way into storage: it cannot take an answer in, so none is taken, and the screen says so.
#[test]
fn no_edit_is_taken_while_the_sealed_file_is_being_kept() {
    let (mut tablet, id, bytes) = signing();
    let store = tablet.send(Event::Signed(Ok(tablet.key.sign(&bytes))));
    let kept = tablet.storage.operations[&id].len();
    let node = tablet.node("note", &[]);
    let stamp = Stamp { now: tablet.now(), entropy: [5; 32] };
    let late = [
        Event::Edited(node, Edit::Typed("terlambat".to_owned())),
        Event::InstanceRemoved(tablet.node("drug", &[0])),
        Event::InstanceAdded(Some(tablet.node("body", &[])), "drug".to_owned()),
    ];
    for event in late {
        let (effects, changes) = update(&mut tablet.model, event, &stamp);
        assert!(effects.is_empty(), "{effects:?}");
        assert_eq!(changes.topics, [Topic::Screen], "what was typed does not stay on the screen");
    }
    tablet.run(store);
    assert_eq!((tablet.shown("note").as_deref(), tablet.storage.operations[&id].len()), (Some("lelah"), kept));
    assert!(!sealed(&tablet).to_string().contains("terlambat"));
}

#[test]
fn an_edit_is_taken_again_after_the_file_could_not_be_kept() {
    let (mut tablet, _, bytes) = signing();
    tablet.send(Event::Signed(Ok(tablet.key.sign(&bytes))));
    tablet.act(Event::SealStored(Err(StorageProblem::Full)));
    tablet.type_into("note", "baru");
    tablet.act(Event::SealAsked);
    assert!(sealed(&tablet).to_string().contains("baru"));
}

#[test]
fn another_language_while_the_key_is_at_work_is_the_language_sealed() {
    let (mut tablet, _, bytes) = signing();
    tablet.act(Event::LocaleChosen(Locale::En));
    tablet.act(Event::Signed(Ok(tablet.key.sign(&bytes))));
    assert_eq!(sealed(&tablet)["document"]["response"]["language"], "en");
}

#[test]
fn leaving_the_screen_does_not_end_the_sealing() {
    let (mut tablet, id, bytes) = signing();
    tablet.act(Event::ScreenRequested(Screen::Home));
    tablet.act(Event::Signed(Ok(tablet.key.sign(&bytes))));
    assert!(sealed(&tablet)["document"]["sealId"].is_string());
    assert_eq!(tablet.model.screen, Screen::Sealed(id));
}

#[test]
fn leaving_coming_back_and_editing_is_sealed_too() {
    let (mut tablet, id, bytes) = signing();
    tablet.act(Event::ScreenRequested(Screen::Home));
    tablet.act(Event::ScreenRequested(Screen::Section(id, 0)));
    tablet.type_into("note", "baru");
    tablet.act(Event::ScreenRequested(Screen::Home));
    tablet.act(Event::Signed(Ok(tablet.key.sign(&bytes))));
    assert!(sealed(&tablet).to_string().contains("baru"));
}
