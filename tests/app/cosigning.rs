//! Several signatures on one document: asked for when it is sealed, made on other tablets, and added here again.

use super::sealing::ready;
use super::tablet::Tablet;
use crate::seal::sealed::{check, key, tree};
use asesmen::app::{
    CosigningStep, Event, FileOutcome, FileUse, How, JoinProblem, KeyCard, KeysEvent, KnownKey, Screen, SealCheck,
    candidates, file_use, unmet,
};
use asesmen::domain::{Awaited, DocumentId, Role, Worker};
use asesmen::seal::{JoinRefusal, Trust, Verdict};
use serde_json::Value;

/// The tablet of a supervisor, who was never here.
pub fn supervisors() -> Tablet {
    other("Sri Lestari", Role::Supervisor, 21)
}

pub fn other(name: &str, role: Role, seed: u8) -> Tablet {
    let mut tablet = Tablet::closed(Screen::Home);
    tablet.key = key(seed);
    tablet.model.worker = Some(Worker::new(name, role, "Balai Contoh", "").expect("a worker"));
    tablet.act(Event::Connected);
    tablet
}

pub fn card_of(tablet: &Tablet) -> KeyCard {
    KeyCard::of(tablet.model.worker.as_ref().expect("a worker"), &tablet.key.jwk)
}

/// Lets a tablet know the key of another, as after a telephone call.
pub fn meet(tablet: &mut Tablet, other: &Tablet) {
    tablet.act(Event::ScreenRequested(Screen::Keys));
    tablet.act(Event::Keys(KeysEvent::CodeGiven(card_of(other).code())));
    tablet.act(Event::Keys(KeysEvent::GivenConfirmed));
    assert!(tablet.model.known.contains(other.key.jwk.kid()));
}

/// A document sealed here that a supervisor has to sign as well.
pub fn waiting() -> (Tablet, DocumentId, Tablet) {
    let supervisor = supervisors();
    let (mut tablet, id) = ready();
    meet(&mut tablet, &supervisor);
    tablet.act(Event::ScreenRequested(Screen::Review(id)));
    tablet.act(Event::Keys(KeysEvent::SignerChosen(id, supervisor.key.jwk.kid(), true)));
    tablet.act(Event::SealAsked);
    assert_eq!(tablet.model.screen, Screen::Sealed(id));
    (tablet, id, supervisor)
}

fn exported(tablet: &mut Tablet) -> Vec<u8> {
    tablet.act(Event::ExportAsked);
    tablet.downloads.last().expect("a file").1.clone()
}

/// Gives a file to a tablet's page that checks files; its number.
pub fn give(tablet: &mut Tablet, bytes: &[u8]) -> u32 {
    tablet.act(Event::ScreenRequested(Screen::Verify));
    tablet.act(Event::FilesGiven(vec![("SAL-uji (1).asesmen.json".to_owned(), Ok(bytes.to_vec()))]));
    tablet.model.files.last().expect("a file").number
}

/// The use that a tablet has for the file that was given last.
fn used(tablet: &Tablet) -> Option<FileUse> {
    file_use(&tablet.model, tablet.model.files.last().expect("a file"))
}

pub fn signed_by(tablet: &mut Tablet, file: &[u8]) -> Vec<u8> {
    let number = give(tablet, file);
    tablet.act(Event::Keys(KeysEvent::SignFileAsked(number)));
    assert_eq!(tablet.model.screen, Screen::Cosign);
    tablet.act(Event::Keys(KeysEvent::FileSignAsked));
    tablet.downloads.last().expect("the signed file").1.clone()
}

#[test]
fn the_worker_chooses_who_else_signs_and_the_file_waits_for_them() {
    let (tablet, id, supervisor) = waiting();
    let head = &tablet.storage.heads[&id];
    let awaited: Vec<_> = head.awaits.iter().map(|one| (one.name.as_str(), one.role.as_str(), one.kid)).collect();
    assert_eq!(awaited, [("Sri Lestari", "supervisor", supervisor.key.jwk.kid())]);
    assert_eq!(tablet.model.documents.get(id), Some(head));
    let file: Value = serde_json::from_slice(&tablet.storage.seals[&head.seal.expect("closed").id]).expect("JSON");
    let roles: Vec<_> = file["document"]["requiredSigners"].as_array().expect("signers").iter().collect();
    assert_eq!((roles.len(), &roles[0]["role"], &roles[1]["role"]), (2, &"social-worker".into(), &"supervisor".into()));
    assert_eq!(file["signatures"].as_array().map(Vec::len), Some(1));
    let Some(SealCheck::Done(report)) = &tablet.filling().check else { panic!("checked") };
    assert_eq!(report.awaited(), [("supervisor", supervisor.key.jwk.kid())]);
    let again = asesmen::domain::Document::from_json(&head.to_json());
    assert_eq!(again.as_ref(), Some(head), "the head says so in storage");
}

#[test]
fn a_file_goes_to_the_supervisor_and_comes_back_whole() {
    let (mut tablet, id, mut supervisor) = waiting();
    let first = exported(&mut tablet);
    give(&mut supervisor, &first);
    assert_eq!(used(&supervisor), Some(FileUse::Sign("supervisor".to_owned())));
    let whole = signed_by(&mut supervisor, &first);
    assert_eq!(supervisor.downloads.last().expect("a file").0, "SAL-uji.asesmen.json", "under the name it came with");
    assert!(
        supervisor.storage.seals.is_empty() && supervisor.storage.heads.is_empty(),
        "nothing of the case stays there"
    );
    let report = check(&whole, &Trust::only([tablet.key.jwk.kid(), supervisor.key.jwk.kid()])).expect("readable");
    assert_eq!((report.verdict, report.signatures.len()), (Verdict::Valid, 2));
    let seal = tablet.storage.heads[&id].seal.expect("closed").id;
    let kept = tablet.storage.seals[&seal].clone();
    let number = give(&mut tablet, &whole);
    assert_eq!(used(&tablet), Some(FileUse::Join(id)));
    tablet.act(Event::Keys(KeysEvent::JoinAsked(number)));
    assert_eq!(tablet.model.screen, Screen::Sealed(id));
    assert_eq!(tablet.storage.seals[&seal], kept, "what was sealed is never overwritten");
    assert!(
        tablet.storage.heads[&id].awaits.is_empty() && tablet.model.documents.get(id).expect("it").awaits.is_empty()
    );
    let Some(SealCheck::Done(report)) = &tablet.filling().check else { panic!("checked") };
    assert_eq!((report.verdict, &report.findings[..]), (Verdict::Valid, &[][..]), "both are known here");
    assert_eq!(exported(&mut tablet), whole, "and the file is the same on both tablets");
    give(&mut tablet, &whole);
    assert_eq!(used(&tablet), None, "it brings nothing new any more");
}

/// As a window sees a document that another window has sealed, or to which it has added a signature.
#[test]
fn what_another_window_sealed_or_signed_is_known_once_its_file_is_read() {
    let (mut tablet, id, mut supervisor) = waiting();
    let awaited = tablet.storage.heads[&id].awaits.clone();
    let first = exported(&mut tablet);
    let reopen = |tablet: &mut Tablet, awaits: Vec<Awaited>| {
        let mut stale = tablet.model.documents.get(id).expect("it").clone();
        stale.awaits = awaits;
        tablet.model.documents.put(stale);
        tablet.act(Event::ScreenRequested(Screen::Home));
        tablet.model.fillings.clear();
        tablet.act(Event::ScreenRequested(Screen::Sealed(id)));
        assert_eq!(tablet.model.documents.get(id).expect("it").awaits, tablet.filling().document.awaits);
        tablet.filling().document.awaits.clone()
    };
    assert_eq!(reopen(&mut tablet, Vec::new()), awaited, "sealed there, and not signed by all");
    let whole = signed_by(&mut supervisor, &first);
    let number = give(&mut tablet, &whole);
    tablet.act(Event::Keys(KeysEvent::JoinAsked(number)));
    assert_eq!(reopen(&mut tablet, awaited), [], "signed there");
}

#[test]
fn two_others_may_sign_apart_and_in_any_order() {
    for turned in [false, true] {
        let head = || other("Darma Putra", Role::HeadOfInstitution, 22);
        let (mut tablet, id) = ready();
        let mut others = [supervisors(), head()];
        for one in &others {
            meet(&mut tablet, one);
            tablet.act(Event::ScreenRequested(Screen::Review(id)));
            tablet.act(Event::Keys(KeysEvent::SignerChosen(id, one.key.jwk.kid(), true)));
        }
        tablet.act(Event::SealAsked);
        let first = exported(&mut tablet);
        let mut signed: Vec<Vec<u8>> = others.iter_mut().map(|one| signed_by(one, &first)).collect();
        if turned {
            signed.reverse();
        }
        for (file, left) in signed.iter().zip([1, 0]) {
            let number = give(&mut tablet, file);
            tablet.act(Event::Keys(KeysEvent::JoinAsked(number)));
            assert_eq!(tablet.storage.heads[&id].awaits.len(), left);
        }
        let whole: Value = serde_json::from_slice(&exported(&mut tablet)).expect("JSON");
        assert_eq!(whole["signatures"].as_array().map(Vec::len), Some(3));
        let report = check(&exported(&mut tablet), &Trust::not_checked()).expect("readable");
        let roles: Vec<&str> = report.signatures.iter().map(|signature| signature.role.as_str()).collect();
        assert_eq!(report.verdict, Verdict::Valid);
        assert_eq!(roles[0], "social-worker", "in the order in which they are asked for: {roles:?}");
    }
}

#[test]
fn a_file_that_says_something_else_is_refused_with_the_reason_and_nothing_changes() {
    let (mut tablet, id, mut supervisor) = waiting();
    let whole = signed_by(&mut supervisor, &exported(&mut tablet));
    let text = String::from_utf8(whole.clone()).expect("text");
    let changed = text.replacen("Sekar", "Sekat", 1).into_bytes();
    give(&mut tablet, &changed);
    assert_eq!(used(&tablet), None, "a forged file is good for nothing");
    // The same seal over another document, by the same two keys.
    let mut document: Value = serde_json::from_slice::<Value>(&whole).expect("JSON")["document"].take();
    document["response"]["item"] = Value::Array(Vec::new());
    let document = tree(&document);
    let keys = [&tablet.key, &supervisor.key];
    let forged = asesmen::seal::assemble(&document, &keys.map(|key| crate::seal::sealed::sign(&document, key)));
    let before = (tablet.storage.heads.clone(), tablet.storage.added.len());
    let number = give(&mut tablet, &forged);
    tablet.act(Event::Keys(KeysEvent::JoinAsked(number)));
    let seal = before.0[&id].seal.expect("closed").id;
    let why = JoinProblem::Refused(JoinRefusal::OtherDocument(seal));
    assert_eq!(tablet.model.enrolment.joining, Some((number, Some(why))));
    assert_eq!((tablet.storage.heads.clone(), tablet.storage.added.len()), before);
    let number = give(&mut tablet, &whole);
    tablet.act(Event::Keys(KeysEvent::JoinAsked(number)));
    assert!(tablet.storage.heads[&id].awaits.is_empty(), "the right file is still taken");
}

#[test]
fn only_who_is_asked_can_sign_a_file_and_only_once() {
    let (mut tablet, _, mut supervisor) = waiting();
    let first = exported(&mut tablet);
    let mut stranger = other("Bima Sakti", Role::Supervisor, 23);
    let number = give(&mut stranger, &first);
    assert_eq!(used(&stranger), None);
    stranger.act(Event::Keys(KeysEvent::SignFileAsked(number)));
    assert!(stranger.model.enrolment.cosigning.is_none() && stranger.downloads.is_empty());
    let whole = signed_by(&mut supervisor, &first);
    supervisor.act(Event::Keys(KeysEvent::FileSignAsked));
    assert_eq!(supervisor.downloads.len(), 1, "signed once");
    supervisor.act(Event::Keys(KeysEvent::SignedFileAsked));
    assert_eq!(supervisor.downloads.len(), 2, "but given as often as it is asked for");
    give(&mut supervisor, &whole);
    assert_eq!(used(&supervisor), None, "what is signed asks for no more");
    supervisor.act(Event::ScreenRequested(Screen::Home));
    assert!(supervisor.model.enrolment.cosigning.is_none(), "nothing of the client stays on the screen");
}

#[test]
fn a_key_that_fails_leaves_the_file_unsigned_and_to_be_tried_again() {
    let (mut tablet, _, mut supervisor) = waiting();
    let number = give(&mut supervisor, &exported(&mut tablet));
    supervisor.act(Event::Keys(KeysEvent::SignFileAsked(number)));
    supervisor.send(Event::Keys(KeysEvent::FileSignAsked));
    let failed = Err(asesmen::app::KeyProblem::NotKept);
    supervisor.act(Event::Keys(KeysEvent::Signed(asesmen::app::SignedFor::File, failed)));
    let step = |tablet: &Tablet| tablet.model.enrolment.cosigning.as_ref().map(|one| one.step.clone());
    assert!(matches!(step(&supervisor), Some(CosigningStep::KeyFailed(_))) && supervisor.downloads.is_empty());
    supervisor.act(Event::Keys(KeysEvent::FileSignAsked));
    assert!(matches!(step(&supervisor), Some(CosigningStep::Signed(_))));
}

#[test]
fn a_passphrase_brings_back_a_file_whose_signing_waited_for_the_key() {
    let (mut tablet, _, mut supervisor) = waiting();
    let number = give(&mut supervisor, &exported(&mut tablet));
    supervisor.act(Event::Keys(KeysEvent::SignFileAsked(number)));
    supervisor.send(Event::Keys(KeysEvent::FileSignAsked));
    let locked = Err(asesmen::app::KeyProblem::Locked);
    supervisor.act(Event::Keys(KeysEvent::Signed(asesmen::app::SignedFor::File, locked)));
    supervisor.act(Event::Keys(KeysEvent::PassphraseGiven("empat kata yang panjang".to_owned())));
    let step = |tablet: &Tablet| tablet.model.enrolment.cosigning.as_ref().map(|one| one.step.clone());
    assert!(matches!(step(&supervisor), Some(CosigningStep::Reading)), "no field for a passphrase any more");
    supervisor.act(Event::Keys(KeysEvent::FileSignAsked));
    assert!(matches!(step(&supervisor), Some(CosigningStep::Signed(_))));
}

#[test]
fn a_form_that_asks_for_a_role_proposes_whoever_alone_has_it() {
    let mut tablet = Tablet::new();
    let mut form: Value = serde_json::from_slice(&super::tablet::instrument()).expect("JSON");
    form["extension"] = serde_json::json!([{
        "url": "https://asesmen.id/fhir/StructureDefinition/countersigner", "valueCode": "supervisor"}]);
    tablet.built_in.1 = form.to_string().into_bytes();
    tablet.open_case("Sekar Ayu Lestari");
    let case = *tablet.storage.cases.keys().next().expect("a case");
    tablet.act(Event::InstrumentChosen(case, super::tablet::URL.to_owned()));
    let id = *tablet.storage.heads.keys().next().expect("a draft");
    tablet.act(Event::ScreenRequested(Screen::Review(id)));
    let now = tablet.now();
    assert_eq!(unmet(&tablet.model, tablet.filling(), now), ["supervisor"]);
    let (one, two) = (supervisors(), other("Bima Sakti", Role::Supervisor, 23));
    meet(&mut tablet, &other("Darma Putra", Role::HeadOfInstitution, 22));
    meet(&mut tablet, &one);
    tablet.act(Event::ScreenRequested(Screen::Review(id)));
    let chosen = |tablet: &Tablet| -> Vec<(String, bool, bool)> {
        let all = candidates(&tablet.model, tablet.filling(), tablet.now()).into_iter();
        all.map(|one| (one.name, one.asked, one.chosen)).collect()
    };
    let expected = [("Sri Lestari", true, true), ("Darma Putra", false, false)];
    assert_eq!(chosen(&tablet), expected.map(|(name, asked, chosen)| (name.to_owned(), asked, chosen)));
    assert!(unmet(&tablet.model, tablet.filling(), now).is_empty());
    meet(&mut tablet, &two);
    tablet.act(Event::ScreenRequested(Screen::Review(id)));
    assert!(chosen(&tablet).iter().all(|(.., chosen)| !chosen), "between two the worker chooses");
    tablet.act(Event::Keys(KeysEvent::SignerChosen(id, two.key.jwk.kid(), true)));
    tablet.act(Event::Keys(KeysEvent::SignerChosen(id, one.key.jwk.kid(), true)));
    tablet.act(Event::Keys(KeysEvent::SignerChosen(id, one.key.jwk.kid(), false)));
    let names: Vec<String> =
        chosen(&tablet).into_iter().filter(|(.., chosen)| *chosen).map(|(name, ..)| name).collect();
    assert_eq!(names, ["Bima Sakti"]);
}

#[test]
fn nobody_is_asked_whose_key_does_not_count() {
    let (mut tablet, id) = ready();
    let supervisor = supervisors();
    meet(&mut tablet, &supervisor);
    tablet.act(Event::ScreenRequested(Screen::Review(id)));
    tablet.act(Event::Keys(KeysEvent::SignerChosen(id, supervisor.key.jwk.kid(), true)));
    tablet.act(Event::Keys(KeysEvent::Withdrawn(supervisor.key.jwk.kid())));
    assert!(candidates(&tablet.model, tablet.filling(), tablet.now()).is_empty());
    tablet.act(Event::SealAsked);
    assert!(tablet.storage.heads[&id].awaits.is_empty(), "and sealing asks for nobody either");
}

#[test]
fn a_correction_of_a_document_that_waits_names_it_as_any_other() {
    let (mut tablet, id, mut supervisor) = waiting();
    let seal = tablet.storage.heads[&id].seal.expect("closed").id;
    let first = exported(&mut tablet);
    tablet.act(Event::CorrectionAsked);
    let new = tablet.filling().document.clone();
    assert_eq!((new.revision, new.replaces, new.awaits.len()), (2, Some(seal), 0));
    tablet.act(Event::ScreenRequested(Screen::Review(new.id)));
    tablet.act(Event::Keys(KeysEvent::SignerChosen(new.id, supervisor.key.jwk.kid(), true)));
    tablet.act(Event::SealAsked);
    let second = exported(&mut tablet);
    let signed = signed_by(&mut supervisor, &second);
    let number = give(&mut tablet, &signed);
    tablet.act(Event::Keys(KeysEvent::JoinAsked(number)));
    let file: Value = serde_json::from_slice(&exported(&mut tablet)).expect("JSON");
    assert_eq!(file["document"]["replaces"], seal.to_string());
    assert_eq!((tablet.storage.heads[&id].awaits.len(), tablet.storage.heads[&new.id].awaits.len()), (1, 0));
    let late = signed_by(&mut supervisor, &first);
    let number = give(&mut tablet, &late);
    tablet.act(Event::Keys(KeysEvent::JoinAsked(number)));
    assert!(tablet.storage.heads[&id].awaits.is_empty(), "what it replaces may still be completed");
}

#[test]
fn a_known_key_has_a_name_and_an_unknown_one_is_said_to_be_unknown() {
    let (mut tablet, _, mut supervisor) = waiting();
    let whole = signed_by(&mut supervisor, &exported(&mut tablet));
    give(&mut supervisor, &whole);
    let FileOutcome::Done(report) = &supervisor.model.files.last().expect("a file").outcome else { panic!("checked") };
    let codes: Vec<&str> = report.findings.iter().map(asesmen::seal::Finding::code).collect();
    assert_eq!(codes, ["untrusted-key"], "the worker's key is not known there");
    meet(&mut supervisor, &tablet);
    give(&mut supervisor, &whole);
    let FileOutcome::Done(report) = &supervisor.model.files.last().expect("a file").outcome else { panic!("checked") };
    assert_eq!((report.verdict, report.findings.len()), (Verdict::Valid, 0));
    let known = supervisor.model.known.get(tablet.key.jwk.kid()).map(KnownKey::name);
    assert_eq!(known, Some("Ratri Wulansari"));
    assert_eq!(supervisor.model.known.get(tablet.key.jwk.kid()).map(|known| known.how), Some(How::Fingerprint));
}

#[test]
fn a_key_that_was_taken_away_signs_no_document_to_its_end() {
    let (mut tablet, id, mut supervisor) = waiting();
    let first = exported(&mut tablet);
    let whole = signed_by(&mut supervisor, &first);
    tablet.act(Event::ScreenRequested(Screen::Keys));
    tablet.act(Event::Keys(KeysEvent::Withdrawn(supervisor.key.jwk.kid())));
    let number = give(&mut tablet, &whole);
    tablet.act(Event::Keys(KeysEvent::JoinAsked(number)));
    let Some((_, Some(JoinProblem::Refused(JoinRefusal::Broken(finding))))) = &tablet.model.enrolment.joining else {
        panic!("{:?}", tablet.model.enrolment.joining)
    };
    assert_eq!(finding.code(), "revoked-key");
    assert_eq!(tablet.storage.heads[&id].awaits.len(), 1, "it waits still");
}
