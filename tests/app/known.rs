//! What two windows know of one key: it merges to the same, whoever writes first, and a withdrawal is never lost.

use super::cosigning::{card_of, meet, supervisors};
use super::tablet::Tablet;
use crate::seal::sealed::key;
use asesmen::app::{Event, How, KeysEvent, KnownKey, Screen};
use asesmen::domain::Timestamp;
use asesmen::seal::{KnownKey as Entry, Revocation};
use proptest::option;
use proptest::prelude::*;

fn day(number: i64) -> Timestamp {
    Timestamp::from_millis(1_795_000_000_000 + number * 86_400_000, 420).expect("a time")
}

fn known(name: &str, how: How, confirmed: i64) -> KnownKey {
    let key = key(21).jwk;
    let entry = Entry { jwk: Some(key.clone()), name: Some(name.to_owned()), ..Entry::of(key.kid()) };
    KnownKey::new(entry, how, day(confirmed))
}

fn withdrawn(mut known: KnownKey, on: i64) -> KnownKey {
    known.withdraw(day(on), None);
    known
}

fn until(mut known: KnownKey, heard: i64, until: i64) -> KnownKey {
    (known.key.valid_until, known.said) = (Some(day(until)), Some(day(heard)));
    known
}

#[test]
fn each_part_says_who_knows_it_best() {
    let old = known("Sri", How::Fingerprint, 1);
    let both = |one: &KnownKey, other: &KnownKey| {
        let merged = one.clone().merged(other.clone());
        assert_eq!(merged, other.clone().merged(one.clone()));
        merged
    };
    let gone = withdrawn(old.clone(), 5);
    assert_eq!(both(&gone, &old), gone, "a window that has not heard of it takes nothing back");
    let again = known("Sri Lestari", How::Fingerprint, 9);
    let merged = both(&gone, &again);
    assert_eq!((merged.name(), merged.confirmed), ("Sri Lestari", day(9)), "a newer confirmation counts,");
    assert_eq!(merged.key.revoked, gone.key.revoked, "and what was withdrawn stays withdrawn");
    assert_eq!(both(&gone, &withdrawn(old.clone(), 3)), withdrawn(old.clone(), 3), "from the earlier day on");
    let longer = until(old.clone(), 8, 90);
    let merged = both(&until(gone.clone(), 2, 30), &longer);
    assert_eq!(
        (merged.key.valid_until, merged.key.revoked),
        (Some(day(90)), gone.key.revoked),
        "the later word on limits"
    );
    let listed = known("S. Lestari", How::Register, 20);
    assert_eq!(both(&old, &listed).name(), "Sri", "what a person compared keeps its name");
    let (one, other) = (until(old.clone(), 8, 30), until(old, 8, 90));
    assert_eq!(both(&one, &other), one, "of two words at once the narrower");
}

fn any_known() -> impl Strategy<Value = KnownKey> {
    let how = prop::sample::select(vec![How::Fingerprint, How::Register, How::Host, How::Own, How::Credential]);
    let times = (0..4_i64, option::of(0..4_i64));
    let limits = (option::of(0..4_i64), option::of(0..4_i64));
    let gone = option::of((0..4_i64, option::of("[ab]")));
    (how, times, "[ab]", option::of("[ab]"), limits, gone).prop_map(|(how, times, name, role, limits, gone)| {
        let mut known = known(&name, how, times.0);
        known.said = times.1.map(day);
        known.key.role = role;
        (known.key.valid_from, known.key.valid_until) = (limits.0.map(day), limits.1.map(day));
        known.key.revoked = gone.map(|(at, reason)| Revocation { at: day(at), reason });
        // Who set limits said so.
        if known.said.is_none() {
            (known.key.valid_from, known.key.valid_until) = (None, None);
        }
        known
    })
}

proptest! {
    #[test]
    fn merging_knows_no_order_and_no_repetition(one in any_known(), two in any_known(), three in any_known()) {
        let merge = |one: &KnownKey, two: &KnownKey| one.clone().merged(two.clone());
        prop_assert_eq!(merge(&one, &one), one.clone());
        prop_assert_eq!(merge(&one, &two), merge(&two, &one));
        prop_assert_eq!(merge(&merge(&one, &two), &two), merge(&one, &two));
        prop_assert_eq!(merge(&merge(&one, &two), &three), merge(&one, &merge(&two, &three)));
        let first = [&one, &two].into_iter().filter_map(|known| known.key.revoked.as_ref()).map(|gone| gone.at).min();
        let merged = merge(&one, &two);
        prop_assert_eq!(merged.key.revoked.as_ref().map(|gone| gone.at), first, "the earlier withdrawal stays");
        prop_assert_eq!(KnownKey::from_json(&merged.to_json()), Some(merged));
    }
}

/// Two windows of one tablet that know a key.
fn windows() -> (Tablet, Tablet, Tablet) {
    let (mut first, supervisor) = (Tablet::new(), supervisors());
    meet(&mut first, &supervisor);
    (first.clone(), first, supervisor)
}

#[test]
fn a_withdrawal_survives_what_another_window_writes() {
    let (mut first, mut second, supervisor) = windows();
    let kid = supervisor.key.jwk.kid();
    first.act(Event::Keys(KeysEvent::Withdrawn(kid)));
    second.storage = first.storage.clone();
    second.act(Event::Keys(KeysEvent::CodeGiven(card_of(&supervisor).code())));
    assert!(second.model.known.get(kid).expect("known").key.revoked.is_none(), "it has not heard of it");
    second.act(Event::Keys(KeysEvent::GivenConfirmed));
    assert_eq!(second.storage.known[&kid].key.revoked, first.storage.known[&kid].key.revoked);
    assert_eq!(second.model.known.get(kid), second.storage.known.get(&kid), "and it knows now");
}

#[test]
fn a_window_hears_of_it_when_it_is_shown_again_or_turns_to_a_screen_about_keys() {
    for event in [Event::PageShown, Event::ScreenRequested(Screen::Verify), Event::ScreenRequested(Screen::Unpack)] {
        let (mut first, mut second, supervisor) = windows();
        let kid = supervisor.key.jwk.kid();
        first.act(Event::Keys(KeysEvent::Withdrawn(kid)));
        second.storage = first.storage.clone();
        second.act(event);
        assert!(!second.model.known.get(kid).expect("known").can_sign(second.now()));
    }
    let (_, mut elsewhere, _) = windows();
    elsewhere.act(Event::ScreenRequested(Screen::Home));
    assert!(elsewhere.send(Event::PageShown).is_empty(), "nothing is read where nothing is judged");
}

#[test]
fn a_card_confirmed_in_another_window_takes_no_limit_away() {
    let (mut first, mut second, supervisor) = (Tablet::new(), Tablet::new(), supervisors());
    let kid = supervisor.key.jwk.kid();
    second.act(Event::ScreenRequested(Screen::Keys));
    let limited = until(known("Sri Lestari", How::Register, 1), 1, 400);
    second.storage.learn(limited.clone());
    second.act(Event::Keys(KeysEvent::CodeGiven(card_of(&supervisor).code())));
    second.act(Event::Keys(KeysEvent::GivenConfirmed));
    let now = second.storage.known[&kid].clone();
    assert_eq!((now.how, now.key.valid_until), (How::Fingerprint, limited.key.valid_until));
    meet(&mut first, &supervisor);
    assert_eq!(first.storage.known[&kid].said, None, "nobody said anything of limits");
}

#[test]
fn a_record_from_before_is_read_as_heard_when_it_was_confirmed() {
    let old = until(known("Sri", How::Fingerprint, 1), 1, 9);
    let mut record = crate::seal::sealed::loose(&old.to_json());
    record.as_object_mut().expect("an object").remove("said");
    assert_eq!(KnownKey::from_json(&crate::seal::sealed::tree(&record)), Some(old));
}
