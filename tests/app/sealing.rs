//! Sealing: saved, signed, kept, in this order; whatever fails can be tried again and loses nothing.

use super::tablet::{Tablet, appended, to_sign, to_store};
use asesmen::app::{Effect, Event, KeyProblem, Screen, SealingStep, StorageProblem};
use asesmen::domain::DocumentId;
use asesmen::form::Edit;
use asesmen::seal::{Trust, Verdict};
use serde_json::Value;

/// A draft that may be sealed, its last answer not written yet.
pub fn ready() -> (Tablet, DocumentId) {
    let (mut tablet, id) = Tablet::with_draft();
    let contact = tablet.node("contact", &[]);
    tablet.act(Event::Edited(contact, Edit::Typed("2026-11-20T08:30".to_owned())));
    tablet.type_into("note", "lelah");
    tablet.act(Event::FlushDue);
    tablet.act(Event::ScreenRequested(Screen::Review(id)));
    tablet.type_into("name", "Sekar");
    (tablet, id)
}

/// The sealed document as anybody reads it.
pub fn sealed(tablet: &Tablet) -> Value {
    assert_eq!(tablet.storage.seals.len(), 1);
    let bytes = tablet.storage.seals.values().next().expect("a seal");
    let report = crate::seal::sealed::check(bytes, &Trust::only([tablet.key.jwk.kid()])).expect("readable");
    assert_eq!(report.verdict, Verdict::Valid, "{:?}", report.findings);
    serde_json::from_slice(bytes).expect("JSON")
}

fn step(tablet: &Tablet) -> Option<&SealingStep> {
    tablet.model.sealing.as_ref().map(|sealing| &sealing.step)
}

#[test]
fn it_saves_then_signs_then_keeps_then_shows() {
    let (mut tablet, id) = ready();
    let save = tablet.send(Event::SealAsked);
    assert!(to_sign(&save).is_none() && matches!(step(&tablet), Some(SealingStep::AwaitingSave)));
    let (document, operations) = appended(&save).expect("the last answer is written first");
    let kept = tablet.append(document, operations);
    let sign = tablet.send(Event::Appended(id, kept));
    let bytes = to_sign(&sign).expect("then it is signed");
    assert!(matches!(step(&tablet), Some(SealingStep::Signing { .. })));
    let store = tablet.send(Event::Signed(Ok(tablet.key.sign(&bytes))));
    assert!(to_store(&store).is_some() && matches!(step(&tablet), Some(SealingStep::Storing { .. })));
    assert_eq!(tablet.model.screen, Screen::Review(id), "not sealed before storage has it");
    assert!(tablet.filling().document.is_draft());
    tablet.run(store);
    assert_eq!((tablet.model.screen, step(&tablet).is_none()), (Screen::Sealed(id), true));
    let head = &tablet.storage.heads[&id];
    assert_eq!(tablet.model.documents.get(id), Some(head));
    assert!(tablet.storage.seals.contains_key(&head.seal.expect("closed").id));
}

#[test]
fn the_sealed_document_says_who_what_and_when() {
    let (mut tablet, id) = ready();
    tablet.act(Event::SealAsked);
    let file = sealed(&tablet);
    let document = &file["document"];
    let head = &tablet.storage.heads[&id];
    assert_eq!(document["sealId"], head.seal.expect("closed").id.to_string());
    assert_eq!(document["case"]["id"], head.case.to_string());
    assert_eq!(document["instrument"]["digest"], head.instrument.digest);
    assert_eq!((document["revision"].as_u64(), document.get("replaces")), (Some(1), None));
    assert_eq!(document["author"]["name"], "Ratri Wulansari");
    assert_eq!(document["requiredSigners"][0]["role"], "social-worker");
    assert_eq!(document["times"]["contact"], "2026-11-20T08:30:00.000+07:00");
    assert!(document["times"]["written"].as_str() <= document["times"]["sealed"].as_str());
    assert!(document["response"].to_string().contains("Sekar"));
    assert_eq!(document["response"]["questionnaire"], head.instrument.canonical);
}

#[test]
fn a_document_with_something_to_mend_is_not_sealed() {
    let (mut tablet, _) = ready();
    tablet.type_into("name", "");
    tablet.act(Event::SealAsked);
    assert!(tablet.model.sealing.is_none() && tablet.storage.seals.is_empty());
}

#[test]
fn without_worker_or_key_these_are_asked_for_first() {
    for without_key in [false, true] {
        let (mut tablet, id) = ready();
        if without_key {
            tablet.model.key = Err(KeyProblem::Missing);
        } else {
            tablet.model.worker = None;
        }
        tablet.act(Event::SealAsked);
        assert_eq!((tablet.model.screen, tablet.model.sealing.is_none()), (Screen::Worker, true));
        tablet.act(Event::WorkerTyped(asesmen::app::WorkerField::Name, "Ratri Wulansari".to_owned()));
        tablet.act(Event::WorkerTyped(asesmen::app::WorkerField::Organisation, "Rumah Singgah Contoh".to_owned()));
        tablet.act(Event::WorkerSubmitted);
        assert_eq!(tablet.model.screen, Screen::Review(id), "and then back to where it was asked");
        tablet.act(Event::SealAsked);
        assert_eq!(tablet.storage.seals.len(), 1);
    }
}

#[test]
fn asking_twice_seals_once() {
    let (mut tablet, _) = ready();
    let effects = tablet.send(Event::SealAsked);
    assert!(tablet.send(Event::SealAsked).is_empty());
    tablet.run(effects);
    tablet.act(Event::SealAsked);
    assert_eq!(tablet.storage.seals.len(), 1);
}

#[test]
fn each_step_may_fail_and_sealing_be_asked_again() {
    for failing in 0..4 {
        let (mut tablet, id) = ready();
        let save = tablet.send(Event::SealAsked);
        let full = StorageProblem::Full;
        match failing {
            0 => drop(tablet.send(Event::Appended(id, Err(full)))),
            1 => {
                tablet.send(Event::Appended(id, Err(StorageProblem::Conflict)));
                tablet.send(Event::OthersRead(id, Err(full)));
            }
            _ => {
                let (document, operations) = appended(&save).expect("a write");
                let kept = tablet.append(document, operations);
                let sign = tablet.send(Event::Appended(id, kept));
                let bytes = to_sign(&sign).expect("to sign");
                if failing == 2 {
                    tablet.send(Event::Signed(Err(KeyProblem::NotKept)));
                } else {
                    tablet.send(Event::Signed(Ok(tablet.key.sign(&bytes))));
                    tablet.send(Event::SealStored(Err(full)));
                }
            }
        }
        match step(&tablet) {
            Some(SealingStep::KeyFailed(KeyProblem::NotKept)) => assert_eq!(failing, 2),
            Some(SealingStep::NotStored(StorageProblem::Full)) => assert_ne!(failing, 2),
            other => assert!(other.is_none(), "{failing}: {other:?}"),
        }
        assert!(step(&tablet).is_some(), "{failing}: the worker is told");
        assert_eq!((tablet.model.screen, tablet.storage.seals.len()), (Screen::Review(id), 0));
        assert!(tablet.filling().document.is_draft());
        assert_eq!(tablet.shown("name").as_deref(), Some("Sekar"));
        tablet.type_into("note", "tetap bisa diisi");
        tablet.act(Event::RetryAsked);
        tablet.act(Event::SealAsked);
        let file = sealed(&tablet).to_string();
        assert!(file.contains("Sekar") && file.contains("tetap bisa diisi"), "{failing}");
    }
}

#[test]
fn a_draft_whose_case_is_gone_says_so_instead_of_waiting_for_ever() {
    let (mut tablet, _) = ready();
    let case = tablet.filling().document.case;
    tablet.model.cases.remove(case);
    tablet.act(Event::SealAsked);
    let told = SealingStep::NotStored(StorageProblem::Missing(case.to_string()));
    assert_eq!(format!("{:?}", step(&tablet)), format!("{:?}", Some(&told)));
}

#[test]
fn the_exported_file_is_the_kept_one_and_its_name_names_nobody() {
    let (mut tablet, id) = ready();
    assert!(tablet.send(Event::ExportAsked).is_empty(), "a draft is not exported");
    tablet.act(Event::SealAsked);
    tablet.act(Event::ExportAsked);
    let (name, bytes) = &tablet.downloads[0];
    assert_eq!(Some(bytes), tablet.storage.seals.values().next());
    let seal = tablet.storage.heads[&id].seal.expect("closed");
    let (date, seal) = (seal.at.date(), seal.id.to_string());
    let end = &seal[seal.len() - 6..];
    assert_eq!(*name, format!("SAL-uji-{date}-r1-{end}.asesmen.json"));
    for part in ["Sekar", "Ayu", "Lestari"] {
        assert!(!name.contains(part));
    }
}

#[test]
fn a_sealed_document_is_handed_over_as_fhir_only_while_it_holds() {
    let (mut tablet, _) = ready();
    assert!(tablet.send(Event::FhirAsked).is_empty(), "a draft is not exported");
    tablet.act(Event::SealAsked);
    tablet.act(Event::FhirAsked);
    let (name, bytes) = &tablet.downloads[0];
    assert!(name.ends_with(".fhir.json") && !name.contains("Sekar"), "{name}");
    let bundle: Value = serde_json::from_slice(bytes).expect("JSON");
    let kinds: Vec<&str> = (bundle["entry"].as_array().expect("entries").iter())
        .filter_map(|entry| entry["resource"]["resourceType"].as_str())
        .collect();
    let expected = ["Patient", "Organization", "Practitioner", "Questionnaire", "QuestionnaireResponse", "Provenance"];
    assert_eq!(kinds, expected);
    let filling = tablet.model.fillings.first_mut().expect("open");
    if let Some(asesmen::app::SealCheck::Done(report)) = &mut filling.check {
        report.verdict = Verdict::Invalid;
    }
    assert!(tablet.send(Event::FhirAsked).is_empty(), "what does not hold travels as the file it is");
}

#[test]
fn a_sealed_document_takes_no_edits_and_is_checked_as_anybody_would() {
    let (mut tablet, id) = ready();
    tablet.act(Event::SealAsked);
    assert!(tablet.type_into("name", "lain").is_empty());
    assert_eq!(tablet.shown("name").as_deref(), Some("Sekar"));
    let done = |tablet: &Tablet| matches!(&tablet.filling().check, Some(asesmen::app::SealCheck::Done(report)) if report.verdict == Verdict::Valid);
    assert!(done(&tablet));
    tablet.act(Event::ScreenRequested(Screen::Home));
    tablet.act(Event::ScreenRequested(Screen::Section(id, 1)));
    assert_eq!(tablet.model.screen, Screen::Sealed(id), "a link to the draft leads to the sealed document");
    assert!(done(&tablet));
}

#[test]
fn a_kept_file_that_was_damaged_is_seen() {
    let (mut tablet, id) = ready();
    tablet.act(Event::SealAsked);
    tablet.act(Event::ScreenRequested(Screen::Home));
    let file = tablet.storage.seals.values_mut().next().expect("a seal");
    file.truncate(file.len() / 2);
    tablet.act(Event::ScreenRequested(Screen::Sealed(id)));
    assert!(matches!(tablet.filling().check, Some(asesmen::app::SealCheck::Unreadable(_))));
}

#[test]
fn a_correction_is_a_new_draft_with_the_same_answers_that_names_what_it_replaces() {
    let (mut tablet, id) = ready();
    tablet.act(Event::SealAsked);
    let seal = tablet.storage.heads[&id].seal.expect("closed").id;
    let old = tablet.storage.seals[&seal].clone();
    tablet.act(Event::CorrectionAsked);
    let new = tablet.filling().document.clone();
    assert_ne!(new.id, id);
    assert_eq!((new.revision, new.replaces, new.seal), (2, Some(seal), None));
    assert_eq!(
        (new.instrument, tablet.model.screen),
        (tablet.storage.heads[&id].instrument.clone(), Screen::Section(new.id, 0))
    );
    assert_eq!((tablet.shown("name").as_deref(), tablet.shown("note").as_deref()), (Some("Sekar"), Some("lelah")));
    tablet.act(Event::ScreenRequested(Screen::Sealed(id)));
    tablet.act(Event::CorrectionAsked);
    assert_eq!((tablet.storage.heads.len(), tablet.model.screen), (2, Screen::Section(new.id, 0)), "begun once");
    tablet.type_into("name", "Sekar Ayu");
    tablet.act(Event::SealAsked);
    tablet.act(Event::ExportAsked);
    let file: Value = serde_json::from_slice(&tablet.downloads[0].1).expect("JSON");
    assert_eq!(
        (&file["document"]["revision"], &file["document"]["replaces"]),
        (&Value::from(2), &Value::from(seal.to_string()))
    );
    assert!(tablet.downloads[0].0.contains("-r2-"));
    assert_eq!(tablet.storage.seals[&seal], old, "the sealed document stays as it was");
}

#[test]
fn late_outcomes_without_a_sealing_change_nothing() {
    let (mut tablet, id) = ready();
    for event in [Event::Signed(Ok(vec![0; 64])), Event::SealStored(Ok(()))] {
        assert!(tablet.send(event).is_empty());
    }
    assert!(tablet.filling().document.is_draft() && tablet.model.screen == Screen::Review(id));
    let guards = tablet.asked.iter().filter(|effect| matches!(effect, Effect::Sign { .. })).count();
    assert_eq!(guards, 0);
}
