//! Saving: nothing is called saved before storage has confirmed, and nothing typed is ever dropped.

use super::tablet::{Tablet, appended};
use asesmen::app::{Effect, Event, Notice, SaveState, Screen, StorageProblem};
use asesmen::form::{Operation, Place};
use proptest::prelude::*;

fn guards(effects: &[Effect]) -> Vec<bool> {
    let guard = |effect: &Effect| if let Effect::GuardLeaving(on) = effect { Some(*on) } else { None };
    effects.iter().filter_map(guard).collect()
}

#[test]
fn an_edit_waits_for_the_pause_and_is_saved_when_storage_says_so() {
    let (mut tablet, id) = Tablet::with_draft();
    let effects = tablet.type_into("name", "Sekar");
    assert!(effects.iter().any(|effect| matches!(effect, Effect::ScheduleFlush)));
    assert_eq!((guards(&effects), tablet.state()), (vec![true], &SaveState::Waiting));
    let effects = tablet.send(Event::FlushDue);
    let (document, operations) = appended(&effects).expect("an appending");
    assert_eq!((document, operations.len(), operations[0].sequence), (id, 1, 0));
    assert_eq!(*tablet.state(), SaveState::Saving, "asked is not yet saved");
    let effects = tablet.send(Event::Appended(id, Ok(())));
    assert_eq!((guards(&effects), tablet.state()), (vec![false], &SaveState::Saved(tablet.now())));
}

#[test]
fn typing_in_one_field_is_one_operation() {
    let (mut tablet, id) = Tablet::with_draft();
    for words in ["S", "Se", "Sek"] {
        tablet.type_into("name", words);
    }
    tablet.type_into("note", "a");
    tablet.type_into("name", "Sekar");
    tablet.act(Event::FlushDue);
    let texts: Vec<String> =
        tablet.storage.operations[&id].iter().map(|kept| kept.operation.to_json().to_string()).collect();
    assert_eq!(texts.len(), 3, "{texts:?}");
    assert!(texts[0].contains("Sek\"") && texts[2].contains("Sekar"));
}

#[test]
fn an_edit_that_changes_nothing_writes_nothing() {
    let (mut tablet, _) = Tablet::with_draft();
    tablet.type_into("name", "Sekar");
    tablet.act(Event::FlushDue);
    assert!(tablet.type_into("name", "Sekar").is_empty());
    assert!(tablet.send(Event::FlushDue).is_empty());
}

#[test]
fn leaving_a_field_hiding_the_page_and_changing_the_screen_write_at_once() {
    for way in 0..4 {
        let (mut tablet, id) = Tablet::with_draft();
        tablet.type_into("name", "Sekar");
        let event = match way {
            0 => Event::PageHidden,
            1 => Event::FieldLeft(tablet.node("name", &[])),
            2 => Event::ScreenRequested(Screen::Home),
            _ => Event::LocationChanged(Screen::Review(id)),
        };
        assert!(appended(&tablet.send(event)).is_some(), "{way}");
    }
}

#[test]
fn what_is_typed_while_a_write_is_under_way_goes_with_the_next() {
    let (mut tablet, id) = Tablet::with_draft();
    tablet.type_into("name", "Sekar");
    let first = tablet.send(Event::FlushDue);
    tablet.type_into("note", "lelah");
    assert_eq!(appended(&tablet.send(Event::FlushDue)), None, "one write at a time");
    assert_eq!(*tablet.state(), SaveState::Saving);
    let (document, operations) = appended(&first).expect("the first write");
    let kept = tablet.append(document, operations);
    let second = tablet.send(Event::Appended(id, kept));
    assert_eq!(appended(&second).expect("the next write").1[0].sequence, 1);
    assert_eq!(*tablet.state(), SaveState::Saving, "not saved while something waits");
    tablet.run(second);
    assert!(matches!(tablet.state(), SaveState::Saved(_)));
    assert_eq!(tablet.kept(id, "note").as_deref(), Some("lelah"));
}

#[test]
fn a_failed_write_keeps_everything_and_a_retry_writes_it_once_in_order() {
    let (mut tablet, id) = Tablet::with_draft();
    tablet.type_into("name", "Sekar");
    tablet.send(Event::FlushDue);
    tablet.type_into("note", "lelah");
    let effects = tablet.send(Event::Appended(id, Err(StorageProblem::Full)));
    assert!(appended(&effects).is_none(), "a full tablet is not asked again by itself at once");
    assert_eq!(*tablet.state(), SaveState::Failed(StorageProblem::Full));
    tablet.type_into("name", "Sekar Ayu");
    assert_eq!(*tablet.state(), SaveState::Failed(StorageProblem::Full), "typing does not hide the failure");
    assert!(!guards(&tablet.asked).ends_with(&[false]), "leaving is still guarded");
    tablet.act(Event::RetryAsked);
    assert!(matches!(tablet.state(), SaveState::Saved(_)));
    let kept = &tablet.storage.operations[&id];
    assert_eq!(kept.iter().map(|operation| operation.sequence).collect::<Vec<_>>(), [0, 1, 2]);
    let places: Vec<&str> = kept.iter().map(|kept| kept.operation.place().link_id.as_str()).collect();
    assert_eq!(places, ["name", "note", "name"]);
    assert_eq!(tablet.kept(id, "name").as_deref(), Some("Sekar Ayu"));
    assert!(tablet.send(Event::RetryAsked).is_empty(), "nothing is left to write");
}

#[test]
fn a_document_left_unsaved_stays_open_until_it_is_saved() {
    let (mut tablet, id) = Tablet::with_draft();
    tablet.type_into("name", "Sekar");
    tablet.send(Event::ScreenRequested(Screen::Home));
    tablet.send(Event::Appended(id, Err(StorageProblem::Full)));
    assert_eq!(tablet.model.unsaved_elsewhere().map(|filling| filling.document.id), Some(id));
    assert!(!tablet.model.is_saved());
    tablet.act(Event::UpdateAsked);
    assert!(tablet.model.is_saved() && tablet.model.fillings.is_empty());
    assert_eq!(tablet.kept(id, "name").as_deref(), Some("Sekar"));
}

#[test]
fn an_update_of_the_app_waits_until_everything_is_saved() {
    let (mut tablet, _) = Tablet::with_draft();
    tablet.type_into("name", "Sekar");
    let effects = tablet.send(Event::UpdateAsked);
    assert!(appended(&effects).is_some() && !effects.iter().any(|effect| matches!(effect, Effect::ApplyUpdate)));
    tablet.run(effects);
    assert!(matches!(tablet.send(Event::UpdateAsked)[..], [Effect::ApplyUpdate]));
}

#[test]
fn entries_are_added_removed_and_brought_back_through_storage() {
    let (mut tablet, id) = Tablet::with_draft();
    let body = tablet.node("body", &[]);
    tablet.act(Event::InstanceAdded(Some(body), "drug".to_owned()));
    let Operation::Add { at } = tablet.storage.operations[&id][0].operation.clone() else { unreachable!("an adding") };
    assert_ne!(at.within, [0], "the first entry is there already");
    let entry = tablet.node("drug", &at.within);
    tablet.act(Event::InstanceRemoved(entry));
    assert_eq!(tablet.model.notice, Some(Notice::InstanceRemoved));
    assert!(!tablet.filling().response.is_enabled(entry));
    tablet.act(Event::ActUndone);
    assert!(tablet.filling().response.is_enabled(entry) && tablet.model.notice.is_none());
    assert!(tablet.send(Event::ActUndone).is_empty(), "there is nothing more to bring back");
    assert_eq!(tablet.storage.operations[&id].len(), 3);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Whatever fails and whenever: what storage holds in the end is what the screen shows, numbered without gaps.
    #[test]
    fn no_failure_loses_an_edit(acts in proptest::collection::vec(0_u8..6, 1..60)) {
        let (mut tablet, id) = Tablet::with_draft();
        let mut under_way: Vec<Effect> = Vec::new();
        for (number, act) in acts.into_iter().enumerate() {
            let effects = match act {
                0 | 1 => tablet.type_into(["name", "note"][usize::from(act)], &format!("kata {number}")),
                2 => tablet.send(Event::FlushDue),
                3 => tablet.send(Event::PageHidden),
                _ => match appended(&std::mem::take(&mut under_way)) {
                    None => continue,
                    Some(_) if act == 4 => tablet.send(Event::Appended(id, Err(StorageProblem::Failed("x".to_owned())))),
                    Some((document, operations)) => {
                        let kept = tablet.append(document, operations);
                        tablet.send(Event::Appended(id, kept))
                    }
                },
            };
            if appended(&effects).is_some() {
                prop_assert!(under_way.is_empty(), "two writes at once");
                under_way = effects;
            }
        }
        tablet.run(under_way);
        tablet.act(Event::RetryAsked);
        prop_assert!(tablet.model.is_saved());
        for link_id in ["name", "note"] {
            prop_assert_eq!(tablet.kept(id, link_id), tablet.shown(link_id));
        }
        let kept = tablet.storage.operations[&id].iter().map(|operation| operation.sequence);
        prop_assert!(kept.eq(0..tablet.storage.operations[&id].len() as u64));
    }
}

#[test]
fn an_entry_for_which_there_is_no_room_is_told() {
    let (mut tablet, _) = Tablet::with_draft();
    let response = &mut tablet.model.fillings[0].response;
    let body = response.find(&Place { link_id: "body".to_owned(), within: Vec::new() }).expect("a group");
    let entry = |entry: u32| Operation::Add { at: Place { link_id: "drug".to_owned(), within: vec![entry] } };
    response.replay(&mut (0..50_000).map(entry).collect());
    tablet.act(Event::InstanceAdded(Some(body), "drug".to_owned()));
    assert_eq!(tablet.model.notice, Some(Notice::NoRoom));
    assert!(tablet.model.fillings[0].is_saved(), "nothing was written");
}
