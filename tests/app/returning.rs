//! Signatures that come back in a package: they join the document that is here as those in a file do, and nothing else of
//! it changes.

use super::cosigning::{give, meet, other, waiting};
use super::packing::{does, exported, given, plan, take_in};
use super::tablet::Tablet;
use crate::seal::sealed::check;
use asesmen::app::{
    Event, Fate, JoinProblem, KeysEvent, PackageEvent, SIGNED_HERE, Screen, StorageProblem, UnpackingStep,
};
use asesmen::domain::{DocumentId, Role};
use asesmen::seal::{Trust, Verdict};

/// A document that waits on one tablet, and the other tablet with it as it came in a package and was signed there.
fn signed_there() -> (Tablet, DocumentId, Tablet) {
    let (mut tablet, id, mut supervisor) = waiting();
    let package = packed(&mut tablet);
    take_in(&mut supervisor, &package);
    sign(&mut supervisor, id);
    (tablet, id, supervisor)
}

/// Signs a document that lies on a tablet, from its own page.
fn sign(tablet: &mut Tablet, id: DocumentId) {
    tablet.act(Event::ScreenRequested(Screen::Sealed(id)));
    tablet.act(Event::Keys(KeysEvent::SignKeptAsked));
    assert_eq!(tablet.model.screen, Screen::Cosign, "it is read in full first");
    tablet.act(Event::Keys(KeysEvent::FileSignAsked));
    assert_eq!(tablet.model.screen, Screen::Sealed(id), "and is back where it was");
}

/// The case in a package, with everything.
fn packed(tablet: &mut Tablet) -> Vec<u8> {
    let case = *tablet.storage.cases.keys().next().expect("a case");
    exported(tablet, case)
}

fn file(tablet: &Tablet, id: DocumentId) -> Vec<u8> {
    tablet.sealed_file(tablet.storage.heads[&id].seal.expect("closed").id)
}

#[test]
fn a_signature_comes_back_in_a_package_and_joins_the_document() {
    let (mut tablet, id, mut supervisor) = signed_there();
    let back = packed(&mut supervisor);
    let (seals, alone) = (tablet.storage.seals.clone(), file(&tablet, id));
    let plan = plan(&mut tablet, &back);
    let Fate::Signed(by) = &plan.documents[0].fate else { panic!("{:?}", plan.documents[0].fate) };
    assert_eq!(by.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["Sri Lestari"], "the preview says whose");
    assert!(plan.brings_something() && file(&tablet, id) == alone, "nothing is written before the worker says so");
    does(&mut tablet, PackageEvent::TakingInAsked);
    let step = &tablet.model.packages.unpacking.as_ref().expect("a package").step;
    assert!(matches!(step, UnpackingStep::Kept(_)), "{step:?}");
    assert_eq!(tablet.storage.seals, seals, "what was sealed is never overwritten");
    assert_eq!(file(&tablet, id), file(&supervisor, id), "the same file on both tablets");
    let trust = Trust::only([tablet.key.jwk.kid(), supervisor.key.jwk.kid()]);
    assert_eq!(check(&file(&tablet, id), &trust).expect("readable").verdict, Verdict::Valid);
    let head = &tablet.storage.heads[&id];
    assert!(head.awaits.is_empty() && tablet.model.documents.get(id) == Some(head), "nobody is awaited any more");
    let again = take_in(&mut tablet, &back);
    assert!(matches!(again.documents[0].fate, Fate::Here) && !again.brings_something(), "and once is enough");
}

#[test]
fn what_lies_here_and_is_signed_from_a_file_is_signed_here_too() {
    let (mut tablet, id, mut supervisor) = waiting();
    take_in(&mut supervisor, &packed(&mut tablet));
    let number = give(&mut supervisor, &file(&tablet, id));
    supervisor.act(Event::Keys(KeysEvent::SignFileAsked(number)));
    supervisor.act(Event::Keys(KeysEvent::FileSignAsked));
    assert_eq!(check(&file(&supervisor, id), &Trust::not_checked()).expect("readable").verdict, Verdict::Valid);
    assert!(supervisor.storage.heads[&id].awaits.is_empty());
}

#[test]
fn a_signature_that_cannot_be_added_here_is_not_lost() {
    let (mut tablet, id, mut supervisor) = waiting();
    take_in(&mut supervisor, &packed(&mut tablet));
    supervisor.act(Event::ScreenRequested(Screen::Sealed(id)));
    supervisor.act(Event::Keys(KeysEvent::SignKeptAsked));
    // Another window of the same tablet was first.
    let seal = supervisor.storage.heads[&id].seal.expect("closed").id;
    let own = (supervisor.key.jwk.kid(), asesmen::json::Value::Null);
    supervisor.storage.added.entry(seal).or_default().push(own);
    supervisor.act(Event::Keys(KeysEvent::FileSignAsked));
    let problem = supervisor.model.enrolment.joining.clone();
    assert_eq!(problem, Some((SIGNED_HERE, Some(JoinProblem::NotKept(StorageProblem::Conflict)))));
    assert_eq!(supervisor.storage.heads[&id].awaits.len(), 1, "nothing is said that was not kept");
    supervisor.act(Event::Keys(KeysEvent::SignedFileAsked));
    let saved = &supervisor.downloads.last().expect("the signed file").1;
    assert_eq!(check(saved, &Trust::not_checked()).expect("readable").verdict, Verdict::Valid);
}

#[test]
fn only_who_is_asked_can_sign_what_lies_here() {
    let (mut tablet, id, _) = waiting();
    tablet.act(Event::ScreenRequested(Screen::Sealed(id)));
    tablet.act(Event::Keys(KeysEvent::SignKeptAsked));
    assert_eq!(tablet.model.screen, Screen::Sealed(id), "its author has signed");
}

#[test]
fn a_package_with_fewer_signatures_changes_nothing() {
    let (mut tablet, id, mut supervisor) = signed_there();
    let fewer = packed(&mut tablet);
    let before = (file(&supervisor, id), supervisor.storage.heads.clone());
    let plan = plan(&mut supervisor, &fewer);
    assert!(matches!(plan.documents[0].fate, Fate::Here) && !plan.brings_something());
    does(&mut supervisor, PackageEvent::TakingInAsked);
    assert_eq!((file(&supervisor, id), supervisor.storage.heads.clone()), before);
}

#[test]
fn two_others_sign_apart_and_their_packages_come_in_any_order() {
    for turned in [false, true] {
        let (mut tablet, id) = super::sealing::ready();
        let mut others = [super::cosigning::supervisors(), other("Darma Putra", Role::HeadOfInstitution, 22)];
        for one in &others {
            meet(&mut tablet, one);
            tablet.act(Event::ScreenRequested(Screen::Review(id)));
            tablet.act(Event::Keys(KeysEvent::SignerChosen(id, one.key.jwk.kid(), true)));
        }
        tablet.act(Event::SealAsked);
        let package = packed(&mut tablet);
        let mut back: Vec<Vec<u8>> = Vec::new();
        for one in &mut others {
            take_in(one, &package);
            sign(one, id);
            back.push(packed(one));
        }
        if turned {
            back.reverse();
        }
        for (package, left) in back.iter().zip([1, 0]) {
            take_in(&mut tablet, package);
            assert_eq!(tablet.storage.heads[&id].awaits.len(), left);
        }
        assert_eq!(check(&file(&tablet, id), &Trust::not_checked()).expect("readable").verdict, Verdict::Valid);
    }
}

#[test]
fn a_key_that_was_withdrawn_brings_no_signature() {
    let (mut tablet, id, mut supervisor) = signed_there();
    let back = packed(&mut supervisor);
    let alone = file(&tablet, id);
    // Withdrawn while what would come in is on the screen.
    let shown = plan(&mut tablet, &back);
    assert!(matches!(shown.documents[0].fate, Fate::Signed(_)));
    tablet.act(Event::Keys(KeysEvent::Withdrawn(supervisor.key.jwk.kid())));
    let step = tablet.model.packages.unpacking.clone().expect("a package").step;
    let UnpackingStep::Ready(plan) = step else { panic!("{step:?}") };
    let Fate::NotSigned(finding) = &plan.documents[0].fate else { panic!("{:?}", plan.documents[0].fate) };
    assert_eq!(finding.code(), "revoked-key");
    does(&mut tablet, PackageEvent::TakingInAsked);
    assert!(file(&tablet, id) == alone && tablet.storage.heads[&id].awaits.len() == 1, "it waits still");
}

#[test]
fn nothing_joins_before_the_known_keys_are_read() {
    let (mut tablet, id, mut supervisor) = signed_there();
    let back = packed(&mut supervisor);
    tablet.act(Event::Keys(KeysEvent::Withdrawn(supervisor.key.jwk.kid())));
    let mut fresh = Tablet::closed(Screen::Home);
    fresh.storage = tablet.storage.clone();
    fresh.model.worker = tablet.model.worker.clone();
    fresh.wait(3_600_000);
    fresh.act(Event::Connected);
    let waiting = fresh.send(Event::ScreenRequested(Screen::Unpack));
    let effects = fresh.send(Event::Package(PackageEvent::FileGiven("paket.json".to_owned(), Ok(back.clone()))));
    fresh.run(effects);
    let step = fresh.model.packages.unpacking.clone().expect("a package").step;
    let UnpackingStep::Ready(plan) = step else { panic!("{step:?}") };
    assert!(matches!(plan.documents[0].fate, Fate::Here), "{:?}", plan.documents[0].fate);
    fresh.run(waiting);
    let step = fresh.model.packages.unpacking.clone().expect("a package").step;
    let UnpackingStep::Ready(plan) = step else { panic!("{step:?}") };
    assert!(matches!(plan.documents[0].fate, Fate::NotSigned(_)), "{:?}", plan.documents[0].fate);
    assert_eq!(fresh.storage.heads[&id].awaits.len(), 1);
}

#[test]
fn a_package_that_says_something_else_under_the_same_seal_brings_nothing() {
    let (mut tablet, id, mut supervisor) = signed_there();
    let seal = supervisor.storage.heads[&id].seal.expect("closed").id;
    let mut forged: serde_json::Value = serde_json::from_slice(&file(&supervisor, id)).expect("JSON");
    forged["document"]["response"]["item"] = serde_json::json!([]);
    let document = crate::seal::sealed::tree(&forged["document"]);
    let keys = [&tablet.key, &supervisor.key];
    let forged = asesmen::seal::assemble(&document, &keys.map(|key| crate::seal::sealed::sign(&document, key)));
    supervisor.storage.seals.insert(seal, forged);
    supervisor.storage.added.clear();
    let back = packed(&mut supervisor);
    let alone = file(&tablet, id);
    match given(&mut tablet, &back) {
        UnpackingStep::Ready(plan) => assert!(matches!(plan.documents[0].fate, Fate::OtherBytes), "{plan:?}"),
        other => panic!("{other:?}"),
    }
    assert_eq!(file(&tablet, id), alone);
}
