//! Sending against a receiver that is not there: whatever it answers, and whenever the tablet dies, nothing is lost,
//! nothing counts without a receipt, and all of it is received once the receiver is well.

mod receiver;

use crate::seal::sealed::{at, body, key, sign};
use asesmen::app::outbox::{
    Confirmation, Endpoint, Enrolling, HoldReason, OutboxEvent, Receiver, Trouble, address, backoff, patience, unsent,
};
use asesmen::app::{Event, KeysEvent, Screen};
use asesmen::seal::{assemble, digest};
use proptest::prelude::*;
use receiver::{Fate, Rig};

const URL: &str = "https://portal.example/asesmen";

/// A sealed file under a seal of its own.
fn sealed(number: u8) -> (asesmen::domain::SealId, Vec<u8>) {
    let worker = key(3);
    let mut body = body(&[("social-worker", &worker)]);
    body.seal_id = asesmen::domain::SealId::new(at("2026-11-22T10:32:05.123+07:00"), [number; 10]);
    let document = body.to_json();
    (body.seal_id, assemble(&document, &[sign(&document, &worker)]))
}

#[test]
fn what_is_sealed_is_received_once_and_its_receipt_kept() {
    let mut rig = Rig::new(7);
    rig.mend();
    assert_eq!(rig.taken(), 7);
    assert_eq!(rig.receipts.len(), 7);
    assert_eq!(unsent(&rig.model), None);
    assert_eq!(rig.puts, 7, "each travelled once");
}

#[test]
fn nothing_is_sent_before_a_receiver_was_confirmed() {
    let mut rig = Rig::blank(2);
    assert_eq!(unsent(&rig.model).map(|open| (open.count, open.asks)), Some((2, false)));
    rig.act(OutboxEvent::AddressGiven(URL.to_owned()));
    let receiver = Receiver { name: "Portal".to_owned(), organisation: "Dinas".to_owned(), jwk: rig.key.jwk.clone() };
    assert_eq!(rig.model.outbox.enrolling, Some(Enrolling::Compare(URL.to_owned(), receiver.clone())));
    rig.settle();
    assert_eq!(rig.puts, 0);
    rig.act(OutboxEvent::ReceiverConfirmed);
    rig.mend();
    assert_eq!(rig.taken(), 2);
    let line = rig.model.outbox.line(URL).expect("the endpoint");
    assert_eq!((line.endpoint.how, &line.endpoint.receiver), (Confirmation::Fingerprint, &receiver));
}

#[test]
fn a_host_may_confirm_the_key_and_no_other() {
    let mut rig = Rig::blank(1);
    let kid = rig.key.jwk.kid();
    rig.act(OutboxEvent::HostNamed(Some(format!("{URL}/")), Some(key(9).jwk.kid())));
    assert!(matches!(rig.model.outbox.enrolling, Some(Enrolling::Failed(..))), "{:?}", rig.model.outbox.enrolling);
    assert_eq!(rig.taken(), 0);
    rig.act(OutboxEvent::HostNamed(Some(format!("{URL}/")), Some(kid)));
    rig.mend();
    assert_eq!(rig.model.outbox.line(URL).map(|line| line.endpoint.how), Some(Confirmation::Host));
    assert_eq!(rig.taken(), 1);
}

#[test]
fn a_token_is_told_to_its_own_endpoint_alone() {
    let mut rig = Rig::new(1);
    rig.fates = vec![Fate::SignIn];
    rig.settle();
    let line = rig.model.outbox.line(URL).expect("the endpoint");
    assert!(line.signed_out);
    assert_eq!(rig.puts, 1, "nothing is tried before somebody says who sends");
    rig.wait(3_600_000);
    assert_eq!(rig.puts, 1);
    rig.act(OutboxEvent::HostNamed(Some("https://other.example".to_owned()), None));
    rig.act(OutboxEvent::HostToken(Some("rahasia".to_owned())));
    assert!(rig.model.outbox.line(URL).expect("the endpoint").token.is_none(), "another endpoint's token");
    rig.act(OutboxEvent::TokenGiven(URL.to_owned(), " kode ".to_owned()));
    rig.mend();
    assert_eq!(rig.taken(), 1);
    assert_eq!(rig.tokens.last().map(Option::as_deref), Some(Some("kode")));
    assert!(!format!("{:?}", rig.model.outbox).contains("kode"), "no log tells a token");
}

#[test]
fn a_refused_document_waits_for_a_person_and_the_others_go_on() {
    let refusals = [(400, "not well-formed"), (413, ""), (415, "not well-formed"), (422, "It does not hold.")];
    for (status, words) in refusals {
        let mut rig = Rig::new(3);
        rig.fates = vec![Fate::Refused(status)];
        rig.settle();
        let line = rig.model.outbox.line(URL).expect("the endpoint");
        let [hold] = &line.held[..] else { panic!("{:?}", line.held) };
        assert_eq!(hold.reason, HoldReason::Refused(status, words.to_owned()));
        assert_eq!(rig.taken(), 2);
        let seal = hold.seal;
        rig.crash();
        rig.settle();
        assert_eq!(rig.taken(), 2, "it still waits after a new start");
        rig.act(OutboxEvent::AgainAsked(URL.to_owned(), seal));
        rig.mend();
        assert_eq!((rig.taken(), rig.holds.len()), (3, 0));
    }
}

#[test]
fn a_document_whose_attachments_are_not_there_yet_is_sent_again_with_them_and_never_set_aside() {
    let mut rig = Rig::new(2);
    rig.fates = vec![Fate::Fails(424), Fate::Fine, Fate::Fails(424)];
    rig.settle();
    let line = rig.model.outbox.line(URL).expect("the endpoint");
    assert!(line.held.is_empty(), "{:?}", line.held);
    rig.wait(3_600_000);
    assert_eq!((rig.taken(), rig.holds.len()), (2, 0));
    assert_eq!(rig.asked, rig.puts, "it is never asked for a receipt that cannot be there");
}

#[test]
fn other_bytes_under_the_same_seal_are_shown_and_left_alone() {
    let mut rig = Rig::new(2);
    let seal = *rig.files.keys().next().expect("a file");
    // The same document, sealed with another signature.
    let mut other = rig.files[&seal].clone();
    other.push(b'\n');
    rig.take_in(seal, other.clone());
    rig.settle();
    let mine = digest(&rig.files[&seal]);
    let hold = rig.model.outbox.line(URL).expect("the endpoint").held[0].clone();
    assert_eq!(hold.reason, HoldReason::Conflict(mine, Some(digest(&other))));
    rig.act(OutboxEvent::LeaveChosen(URL.to_owned(), seal));
    rig.crash();
    rig.settle();
    let line = rig.model.outbox.line(URL).expect("the endpoint");
    assert!(line.held[0].left, "the decision is kept");
    assert_eq!(unsent(&rig.model).map(|open| (open.count, open.asks)), Some((1, false)), "it never counts as sent");
    assert_eq!(rig.server[&seal], other, "and nothing was overwritten");
}

#[test]
fn a_cut_connection_is_asked_about_before_anything_travels_again() {
    let mut rig = Rig::new(1);
    rig.fates = vec![Fate::AnswerLost];
    rig.settle();
    assert_eq!((rig.taken(), rig.puts), (1, 1), "its receipt was asked for instead");
    let mut rig = Rig::new(1);
    rig.fates = vec![Fate::Lost];
    rig.settle();
    assert_eq!((rig.taken(), rig.puts), (1, 2));
}

#[test]
fn a_receipt_counts_only_from_the_confirmed_key_for_these_bytes() {
    for fate in [Fate::OtherKey, Fate::OtherDocument, Fate::OtherBytes, Fate::Garbage, Fate::Altered] {
        let mut rig = Rig::new(1);
        rig.fates = vec![fate];
        rig.settle_now();
        assert!(rig.receipts.is_empty(), "{fate:?}");
        let line = rig.model.outbox.line(URL).expect("the endpoint");
        let (trouble, _) = line.rest_of(line.pending[0].seal).expect("it rests");
        assert!(matches!(trouble, Trouble::Receipt(_)), "{fate:?}: {trouble:?}");
        rig.mend();
        assert_eq!(rig.receipts.len(), 1, "{fate:?}");
    }
}

#[test]
fn what_a_server_asks_for_is_kept_to() {
    let mut rig = Rig::new(6);
    rig.fates = vec![Fate::Busy(120)];
    rig.settle_now();
    let asked = rig.asked;
    rig.act(OutboxEvent::Woken);
    rig.wait(100_000);
    assert_eq!(rig.asked, asked, "not even a hand hurries a server that asked for quiet");
    rig.wait(30_000);
    rig.mend();
    assert_eq!(rig.taken(), 6);
}

#[test]
fn a_network_that_is_gone_is_tried_out_by_one_document_at_a_time_without_end() {
    let mut rig = Rig::new(40);
    rig.always = Some(Fate::Lost);
    rig.settle_for(3 * 24 * 3_600_000);
    assert!(rig.asked > 200 && rig.asked < 3_000, "{} requests in three days", rig.asked);
    rig.always = None;
    rig.mend();
    assert_eq!(rig.taken(), 40);
}

#[test]
fn pausing_outlives_the_window() {
    let mut rig = Rig::new(3);
    rig.act(OutboxEvent::PauseChosen(URL.to_owned(), true));
    rig.crash();
    let before = rig.taken();
    rig.wait(3_600_000);
    assert_eq!(rig.taken(), before);
    rig.act(OutboxEvent::PauseChosen(URL.to_owned(), false));
    rig.mend();
    assert_eq!(rig.taken(), 3);
}

#[test]
fn storage_that_fails_once_holds_sending_up_for_a_while_only() {
    // The first read, and the one with which the floor is taken.
    for (good, unreadable) in [(0, 1), (0, 5), (1, 1), (1, 5)] {
        let mut rig = Rig::new(2);
        if good == 0 {
            rig.unreadable = unreadable;
            rig.crash();
        }
        rig.unreadable = unreadable - (1 - good);
        rig.settle();
        assert_eq!((rig.taken(), rig.receipts.len()), (2, 2), "{good} {unreadable}");
        assert_eq!(rig.model.outbox.problem, None);
    }
    let mut rig = Rig::new(2);
    rig.unreadable = 2;
    rig.crash();
    rig.act(OutboxEvent::Woken);
    rig.act(OutboxEvent::Woken);
    assert_eq!(rig.taken(), 2, "who comes back does not wait");
}

#[test]
fn storage_that_always_fails_is_not_read_without_end() {
    let mut rig = Rig::new(2);
    rig.unreadable = 1_000_000;
    rig.wait(3_600_000);
    let reads = 1_000_000 - rig.unreadable;
    assert!((100..=125).contains(&reads), "{reads} reads in an hour");
}

#[test]
fn a_damaged_record_holds_nothing_up() {
    let mut rig = Rig::new(3);
    rig.damaged = true;
    rig.crash();
    rig.settle_now();
    assert_eq!(rig.taken(), 3);
    assert!(rig.model.outbox.problem.is_some(), "and it is told of");
}

#[test]
fn a_decision_that_cannot_be_taken_back_holds_nothing_else_up() {
    let mut rig = Rig::new(2);
    rig.fates = vec![Fate::Refused(400), Fate::Lost];
    rig.settle_now();
    let line = rig.model.outbox.line(URL).expect("the endpoint");
    assert_eq!((line.held.len(), line.pending.len()), (1, 1));
    let seal = line.held[0].seal;
    rig.holds_stay = true;
    rig.act(OutboxEvent::AgainAsked(URL.to_owned(), seal));
    assert!(rig.model.outbox.problem.is_some());
    rig.wait(20_000);
    assert_eq!(rig.taken(), 1);
    assert_eq!(rig.model.outbox.line(URL).expect("the endpoint").held.len(), 1, "it still waits for a person");
}

#[test]
fn where_no_receipt_can_be_asked_for_the_identical_bytes_bring_it() {
    let routes =
        [Fate::Lost, Fate::Fails(302), Fate::Fails(403), Fate::Fails(500), Fate::SignIn, Fate::Garbage, Fate::OtherKey];
    for route in routes {
        for first in [Fate::Lost, Fate::AnswerLost, Fate::Fails(502)] {
            let mut rig = Rig::new(2);
            rig.receipts_always = Some(route);
            rig.fates = vec![first; 2];
            rig.settle_for(3_600_000);
            rig.mend();
            assert_eq!((rig.taken(), rig.receipts.len()), (2, 2), "{route:?} after {first:?}");
        }
    }
}

#[test]
fn a_token_of_the_host_goes_with_its_endpoint() {
    const OTHER: &str = "https://other.example";
    let mut rig = Rig::new(1);
    let kid = rig.key.jwk.kid();
    let token = |rig: &Rig, url| rig.model.outbox.line(url).expect("an endpoint").token.clone();
    rig.act(OutboxEvent::HostNamed(Some(URL.to_owned()), Some(kid)));
    rig.act(OutboxEvent::HostToken(Some("rahasia".to_owned())));
    assert!(token(&rig, URL).is_some());
    rig.act(OutboxEvent::HostNamed(Some(OTHER.to_owned()), Some(kid)));
    assert!(token(&rig, OTHER).is_none(), "one endpoint's token for another");
    assert!(token(&rig, URL).is_none(), "the host speaks for it no longer");
    rig.act(OutboxEvent::HostToken(Some("lain".to_owned())));
    assert!(token(&rig, OTHER).is_some() && token(&rig, URL).is_none());
    rig.act(OutboxEvent::HostToken(None));
    assert!(token(&rig, OTHER).is_none(), "it was taken back");
}

#[test]
fn a_late_refusal_of_an_old_token_leaves_the_new_one() {
    let mut rig = Rig::new(3);
    rig.fates = vec![Fate::SignIn; 3];
    while rig.asked == 0 {
        rig.steps(1);
    }
    assert!(rig.model.outbox.line(URL).expect("the endpoint").signed_out);
    rig.act(OutboxEvent::TokenGiven(URL.to_owned(), "kode".to_owned()));
    rig.settle();
    assert!(!rig.model.outbox.line(URL).expect("the endpoint").signed_out);
    assert_eq!(rig.taken(), 3);
}

#[test]
fn a_clock_that_is_set_right_silences_nothing() {
    let mut rig = Rig::new(2);
    rig.fates = vec![Fate::Busy(60), Fate::Lost];
    rig.settle_now();
    assert_eq!(rig.taken(), 0);
    rig.set_clock_back(30 * 24 * 3_600_000);
    rig.wait(3_600_000);
    assert_eq!(rig.taken(), 2);
}

#[test]
fn what_awaits_a_signature_is_not_sent_whichever_window_sealed_it() {
    let (worker, supervisor) = (key(3), key(4));
    let mut body = body(&[("social-worker", &worker), ("supervisor", &supervisor)]);
    body.seal_id = sealed(0).0;
    let document = body.to_json();
    let mut rig = Rig::new(2);
    rig.files.insert(body.seal_id, assemble(&document, &[sign(&document, &worker)]));
    rig.wait(3_600_000);
    assert_eq!((rig.puts, rig.taken()), (1, 1), "the other one alone");
    let line = rig.model.outbox.line(URL).expect("the endpoint");
    assert_eq!(line.rest_of(body.seal_id).map(|(trouble, _)| trouble), Some(&Trouble::Awaited));
    assert_eq!(line.pending.len(), 1, "it still counts as not sent");
    rig.files.insert(body.seal_id, assemble(&document, &[sign(&document, &worker), sign(&document, &supervisor)]));
    rig.wait(3_600_000);
    assert_eq!((rig.taken(), rig.receipts.len()), (2, 2));
}

#[test]
fn storage_that_was_read_just_before_a_receipt_was_kept_brings_nothing_back() {
    let mut rig = Rig::new(2);
    let stale = rig.read();
    rig.settle();
    rig.send(Event::Outbox(OutboxEvent::Read(stale)));
    assert_eq!(rig.model.outbox.line(URL).expect("the endpoint").sent(), 2);
    rig.settle();
    assert_eq!((rig.puts, rig.receipts.len()), (2, 2), "nothing travels again");
}

#[test]
fn a_receipt_that_storage_told_of_first_counts_once() {
    let mut rig = Rig::new(2);
    while rig.receipts_under_way() == 0 {
        rig.steps(1);
    }
    let mut early = rig.read().expect("it is read");
    early.receipts = rig.files.keys().map(|seal| (*seal, URL.to_owned())).collect();
    rig.send(Event::Outbox(OutboxEvent::Read(Ok(early))));
    rig.settle();
    assert_eq!(rig.model.outbox.line(URL).expect("the endpoint").sent(), 2);
}

#[test]
fn what_was_sent_and_is_told_again_counts_once() {
    let mut rig = Rig::new(2);
    rig.settle();
    let head = rig.model.documents.iter().next().cloned().expect("a document");
    rig.send(Event::Keys(KeysEvent::Joined(0, Box::new(head), Ok(()))));
    rig.check();
    rig.settle();
    assert_eq!(rig.puts, 2);
}

#[test]
fn a_request_is_waited_for_longer_each_time_and_never_without_end() {
    let minutes = |millis: u32| f64::from(millis) / 60_000.0;
    assert_eq!(minutes(patience(0, 0)), 1.0);
    assert!(minutes(patience(100_000, 0)) < 1.2, "a short document that stalls frees its place soon");
    assert!(minutes(patience(100_000, 9)) > 2.5, "and gets the time of a slow network if need be");
    for bytes in [0, 1 << 20, 32 << 20, usize::MAX] {
        for tries in 0..40 {
            let (now, next) = (patience(bytes, tries), patience(bytes, tries + 1));
            assert!(now <= next && minutes(next) <= 11.0, "{bytes} {tries}: {now} {next}");
        }
    }
}

#[test]
fn what_came_to_nothing_is_waited_for_longer() {
    let mut rig = Rig::new(1);
    rig.always = Some(Fate::Lost);
    rig.settle_for(3_600_000);
    assert_eq!(rig.tries[..3], [0, 1, 2]);
}

#[test]
fn documents_travel_encrypted_or_not_at_all() {
    for (given, kept) in [
        (" https://portal.example/asesmen/ ", "https://portal.example/asesmen"),
        ("https://portal.example:8443", "https://portal.example:8443"),
        ("http://127.0.0.1:8080/", "http://127.0.0.1:8080"),
        ("http://[::1]:8080", "http://[::1]:8080"),
    ] {
        assert_eq!(address(given).as_deref(), Ok(kept));
    }
    for refused in [
        "",
        "portal.example",
        "http://portal.example",
        "http://127.0.0.1.example",
        "https://",
        "https:///x",
        "ftp://a",
        "https://a?b",
        "https://a#b",
        "https://u:p@a",
        "https://a b",
        "http://127.0.0.1@evil.example",
        "javascript://a",
    ] {
        assert!(address(refused).is_err(), "{refused}");
    }
}

#[test]
fn endpoints_and_holds_come_back_as_they_were_kept() {
    let rig = Rig::new(1);
    let endpoint: &Endpoint = &rig.model.outbox.line(URL).expect("the endpoint").endpoint;
    assert_eq!(Endpoint::from_json(&endpoint.to_json()).as_ref(), Some(endpoint));
}

#[test]
fn the_outbox_is_reached_by_its_address() {
    assert_eq!(Screen::from_location(&Screen::Outbox.location()), Screen::Outbox);
    let mut rig = Rig::blank(0);
    rig.send(Event::ScreenRequested(Screen::Outbox));
    assert_eq!(rig.model.screen, Screen::Outbox);
}

proptest! {
    #[test]
    fn pauses_grow_to_a_bound_and_no_further(failures in 0_u32..200, random: u64) {
        let pause = backoff(failures, random);
        let bound = if failures < 20 { (2_000_i64 << failures).min(900_000) } else { 900_000 };
        prop_assert!((0..=bound).contains(&pause));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens_all_is_received_once_the_receiver_is_well(
        documents in 1_u8..9,
        fates in prop::collection::vec(receiver::fate(), 0..60),
        order in prop::collection::vec(any::<u8>(), 0..200),
        acts in prop::collection::vec((0_u8..40, receiver::act()), 0..12),
    ) {
        let mut rig = Rig::new(documents);
        rig.fates = fates;
        rig.order = order;
        for (steps, act) in acts {
            rig.steps(usize::from(steps));
            rig.check();
            rig.interfere(act);
            rig.check();
        }
        rig.steps(400);
        rig.check();
        rig.mend();
        rig.check();
        prop_assert_eq!(rig.taken(), usize::from(documents), "none is lost");
        prop_assert_eq!(rig.receipts.len(), usize::from(documents));
        prop_assert_eq!(unsent(&rig.model), None);
    }
}
