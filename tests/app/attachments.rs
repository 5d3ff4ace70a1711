//! Large attachments: they leave the document when it is sealed, and everywhere it is shown they are back in their places.

use super::tablet::{Tablet, URL, instrument};
use crate::seal::attachments::paper;
use crate::seal::sealed::{body, key, sign, tree};
use asesmen::app::binding::shown_digest;
use asesmen::app::{
    Event, FileUse, PackageEvent, PackingField, Recorded, Screen, SealCheck, UnpackingStep, file_use, recorded,
};
use asesmen::domain::{CaseId, DocumentId, Role, Worker};
use asesmen::form::{Answer, Attachment, Edit, Place};
use asesmen::json::parse;
use asesmen::seal::{Apart, Finding, Verdict, apart_in, assemble, content_digest, detach, digest, items_with};
use base64ct::{Base64, Encoding};
use serde_json::{Value, json};

/// The form with a question for a paper.
fn with_paper(mut tablet: Tablet) -> Tablet {
    let mut form: Value = serde_json::from_slice(&instrument()).expect("JSON");
    let audience = json!([{"url": "https://asesmen.id/fhir/StructureDefinition/audience", "valueCode": "client"}]);
    let question = json!({"linkId": "paper", "type": "attachment", "text": "Surat", "extension": audience});
    form["item"][0]["item"].as_array_mut().expect("a list").push(question);
    tablet.built_in.1 = form.to_string().into_bytes();
    tablet
}

/// A case with a sealed document that was answered with a paper of this size.
fn sealed(size: usize) -> (Tablet, CaseId, DocumentId) {
    let mut tablet = with_paper(Tablet::new());
    tablet.open_case("Sekar Ayu Lestari");
    let case = *tablet.storage.cases.keys().next().expect("a case");
    tablet.act(Event::InstrumentChosen(case, URL.to_owned()));
    let id = *tablet.storage.heads.keys().next().expect("a draft");
    let contact = tablet.node("contact", &[]);
    tablet.act(Event::Edited(contact, Edit::Typed("2026-11-20T08:30".to_owned())));
    tablet.type_into("name", "Sekar");
    tablet.type_into("note", "lelah");
    tablet.act(Event::FlushDue);
    let place = Place { link_id: "paper".to_owned(), within: Vec::new() };
    tablet.act(Event::FileAttached(id, place, file(size)));
    tablet.act(Event::ScreenRequested(Screen::Review(id)));
    tablet.act(Event::SealAsked);
    assert_eq!(tablet.model.screen, Screen::Sealed(id));
    (tablet, case, id)
}

fn file(size: usize) -> Attachment {
    let bytes = paper(size);
    Attachment {
        content_type: "application/pdf".to_owned(),
        title: "surat.pdf".to_owned(),
        size: size as u64,
        data: Base64::encode_string(&bytes),
    }
}

fn kept(tablet: &Tablet) -> Vec<u8> {
    tablet.storage.seals.values().next().expect("a seal").clone()
}

fn named(tablet: &Tablet) -> Vec<Apart> {
    apart_in(&kept(tablet))
}

fn shown(recorded: &Recorded) -> Attachment {
    let place = Place { link_id: "paper".to_owned(), within: Vec::new() };
    let node = recorded.response.find(&place).expect("the question");
    match recorded.response.node(node).content.answers.first() {
        Some(Answer::Attachment(file)) => file.clone(),
        other => panic!("{other:?}"),
    }
}

fn on_screen(tablet: &Tablet) -> Attachment {
    shown(&recorded(&tablet.model, tablet.filling(), tablet.now()).expect("a document"))
}

#[test]
fn what_is_large_is_kept_beside_the_document_and_shown_in_it() {
    let (mut tablet, _, id) = sealed(3_000_000);
    let named = named(&tablet);
    assert_eq!((named.len(), kept(&tablet).len() < 20_000), (1, true), "the document is small");
    assert!(named[0].is(&paper(3_000_000)));
    let seal = tablet.storage.heads[&id].seal.expect("sealed").id;
    assert_eq!(tablet.storage.beside[&seal], [(digest(&paper(3_000_000)), paper(3_000_000))]);
    assert_eq!(on_screen(&tablet), file(3_000_000));
    tablet.act(Event::ScreenRequested(Screen::Home));
    tablet.model.fillings.clear();
    tablet.act(Event::ScreenRequested(Screen::Sealed(id)));
    assert_eq!(on_screen(&tablet), file(3_000_000), "and when it is opened again");
    tablet.act(Event::ExportAsked);
    let names: Vec<&str> = tablet.downloads.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!((names.len(), names[1]), (2, named[0].file_name().as_str()), "{names:?}");
    assert!(names[1].ends_with("-surat.pdf") && tablet.downloads[1].1 == paper(3_000_000));
    assert_eq!(tablet.downloads[0].1, kept(&tablet), "the sealed bytes are those that were kept");
}

#[test]
fn what_is_small_stays_inside() {
    let (tablet, _, id) = sealed(1_000_000);
    assert!(named(&tablet).is_empty());
    let seal = tablet.storage.heads[&id].seal.expect("sealed").id;
    assert!(tablet.storage.beside[&seal].is_empty());
    let file = parse(&kept(&tablet)).expect("JSON").to_string();
    assert!(file.contains(&Base64::encode_string(&paper(1_000_000))) && !file.contains("ni:///"));
}

#[test]
fn a_mark_stands_for_what_the_sealed_document_says() {
    for size in [3_000_000, 1_000_000] {
        let (mut tablet, _, id) = sealed(size);
        let response = parse(&kept(&tablet)).expect("JSON");
        let response = response.at(&["document", "response"]).expect("answers");
        let reckoned = content_digest(&tablet.filling().document.instrument.digest, &items_with(response, &["paper"]));
        assert_eq!(shown_digest(tablet.filling()), reckoned, "as whoever has the file reckons it");
        tablet.act(Event::CorrectionAsked);
        assert_eq!(shown_digest(tablet.filling()), reckoned, "and before it is sealed: {id}");
    }
}

#[test]
fn a_correction_begins_with_all_that_was_sealed() {
    let (mut tablet, _, _) = sealed(2_000_000);
    tablet.act(Event::CorrectionAsked);
    let node = tablet.node("paper", &[]);
    let answers = &tablet.filling().response.node(node).content.answers;
    assert_eq!(answers[..], [Answer::Attachment(file(2_000_000))]);
}

#[test]
fn one_that_is_gone_is_still_named() {
    let (mut tablet, _, id) = sealed(2_000_000);
    tablet.storage.beside.clear();
    tablet.act(Event::ScreenRequested(Screen::Home));
    tablet.model.fillings.clear();
    tablet.act(Event::ScreenRequested(Screen::Sealed(id)));
    let shown = on_screen(&tablet);
    assert_eq!((shown.title.as_str(), shown.size, shown.data.as_str()), ("surat.pdf", 2_000_000, ""));
    let Some(SealCheck::Done(report)) = &tablet.filling().check else { panic!("checked") };
    let codes: Vec<&str> = report.findings.iter().map(Finding::code).filter(|code| code.starts_with("att")).collect();
    assert_eq!((codes, report.verdict), (vec!["attachment-missing"], Verdict::Valid), "it is said, and the seal holds");
    let before = tablet.downloads.len();
    tablet.act(Event::ExportAsked);
    assert_eq!(tablet.downloads.len(), before + 1, "what is here is given");
}

#[test]
fn a_package_brings_them_along() {
    let (mut tablet, case, _) = sealed(2_500_000);
    let does = |tablet: &mut Tablet, event| tablet.act(Event::Package(event));
    tablet.act(Event::ScreenRequested(Screen::Pack(case)));
    does(&mut tablet, PackageEvent::Typed(PackingField::Name, "Bima Prasetya".to_owned()));
    does(&mut tablet, PackageEvent::Typed(PackingField::Organisation, "Balai Contoh".to_owned()));
    does(&mut tablet, PackageEvent::PreviewAsked);
    does(&mut tablet, PackageEvent::SealAsked);
    let (_, package) = tablet.downloads.last().expect("a package").clone();

    let mut there = with_paper(Tablet::new());
    there.wait(7_000_003);
    there.model.worker = Worker::new("Bima Prasetya", Role::CaseManager, "Balai Contoh", "").ok();
    there.act(Event::ScreenRequested(Screen::Unpack));
    does(&mut there, PackageEvent::FileGiven("paket.json".to_owned(), Ok(package)));
    does(&mut there, PackageEvent::TakingInAsked);
    let step = &there.model.packages.unpacking.as_ref().expect("a package").step;
    assert!(matches!(step, UnpackingStep::Kept(_)), "{step:?}");
    assert_eq!(kept(&there), kept(&tablet), "byte for byte");
    let id = *there.storage.heads.keys().next().expect("a document");
    there.act(Event::ScreenRequested(Screen::Sealed(id)));
    assert_eq!(on_screen(&there), file(2_500_000));
    there.act(Event::CorrectionAsked);
    let node = there.node("paper", &[]);
    let answers = &there.filling().response.node(node).content.answers;
    assert_eq!(answers[..], [Answer::Attachment(file(2_500_000))], "and a correction there begins with it");
}

#[test]
fn what_somebody_else_sealed_is_signed_only_with_all_that_stands_beside_it() {
    let mut tablet = Tablet::new();
    let other = key(5);
    let mut body = body(&[("social-worker", &other), ("supervisor", &tablet.key)]);
    let (size, data) = (2_000_000, Base64::encode_string(&paper(2_000_000)));
    body.response = detach(&tree(&json!({"resourceType": "QuestionnaireResponse", "item": [{"linkId": "paper",
        "answer": [{"valueAttachment": {"title": "surat.pdf", "size": size, "data": data}}]}]})))
    .response;
    let document = body.to_json();
    let given = assemble(&document, &[sign(&document, &other)]);
    tablet.act(Event::ScreenRequested(Screen::Verify));
    tablet.act(Event::FilesGiven(vec![("a.asesmen.json".to_owned(), Ok(given))]));
    let used = |tablet: &Tablet| file_use(&tablet.model, &tablet.model.files[0]);
    assert_eq!(used(&tablet), None, "nobody signs what they cannot read");
    tablet.act(Event::FilesGiven(vec![("surat.pdf".to_owned(), Ok(paper(2_000_000)))]));
    assert_eq!(used(&tablet), Some(FileUse::Sign("supervisor".to_owned())));
}
