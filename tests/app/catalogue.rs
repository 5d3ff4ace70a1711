//! The list of built-in instruments, and who works on the tablet.

use super::tablet::{Tablet, URL, catalogue};
use asesmen::app::{Catalogue, Event, KeyProblem, Locale, Screen, StorageProblem, WorkerField};
use asesmen::domain::{Role, WorkerRefusal};
use serde_json::{Value, json};

fn read(list: &Value) -> Option<Catalogue> {
    Catalogue::read(list.to_string().as_bytes())
}

#[test]
fn a_complete_list_is_read_in_its_order() {
    let list = catalogue();
    let entry = list.find(URL).expect("listed");
    assert_eq!((entry.canonical(), entry.file.as_str()), (format!("{URL}|1.0.0"), "uji.json"));
    assert_eq!((entry.title.in_locale(Locale::Id), entry.title.in_locale(Locale::En)), ("Uji", "Trial"));
    assert_eq!(list.find("https://example.org/else"), None);
    assert_eq!(read(&json!({"instruments": []})), Some(Catalogue::default()));
}

#[test]
fn an_incomplete_list_is_no_list() {
    let texts = json!({"id": "Uji", "en": "Trial"});
    let whole = json!({"file": "uji.json", "url": URL, "version": "1", "title": texts, "purpose": texts});
    assert!(read(&json!({"instruments": [whole]})).is_some());
    for member in ["file", "url", "version", "title", "purpose"] {
        let mut entry = whole.clone();
        entry.as_object_mut().expect("an object").remove(member);
        assert_eq!(read(&json!({"instruments": [whole, entry]})), None, "{member}");
        entry[member] = json!(1);
        assert_eq!(read(&json!({"instruments": [entry]})), None, "{member}");
    }
    let mut entry = whole;
    entry["title"] = json!({"id": "Uji"});
    assert_eq!(read(&json!({"instruments": [entry]})), None, "both languages");
    assert_eq!(read(&json!({})), None);
    assert_eq!(Catalogue::read(b"<html>"), None);
}

#[test]
fn a_worker_is_kept_with_a_key_and_led_back() {
    let mut tablet = Tablet::new();
    tablet.model.worker = None;
    tablet.act(Event::ScreenRequested(Screen::Worker));
    tablet.act(Event::WorkerSubmitted);
    assert_eq!(tablet.model.worker_form.refusal, Some(WorkerRefusal::NameMissing));
    tablet.act(Event::WorkerTyped(WorkerField::Name, "Ratri".to_owned()));
    tablet.act(Event::WorkerSubmitted);
    assert_eq!(tablet.model.worker_form.refusal, Some(WorkerRefusal::OrganisationMissing));
    tablet.act(Event::WorkerTyped(WorkerField::Organisation, "Rumah Contoh".to_owned()));
    tablet.act(Event::WorkerTyped(WorkerField::LicenceNumber, " 7 ".to_owned()));
    tablet.act(Event::WorkerRoleChosen(Role::Supervisor));
    let effects = tablet.send(Event::WorkerSubmitted);
    assert!(tablet.send(Event::WorkerSubmitted).is_empty(), "it is being kept already");
    tablet.run(effects);
    let worker = tablet.model.worker.clone().expect("kept");
    assert_eq!((worker.role, worker.licence_number.as_deref()), (Role::Supervisor, Some("7")));
    assert!(tablet.model.key.is_ok());
}

#[test]
fn a_worker_who_could_not_be_kept_or_has_no_key_sees_why() {
    let mut tablet = Tablet::new();
    tablet.act(Event::ScreenRequested(Screen::Worker));
    let worker = super::tablet::worker();
    tablet.send(Event::WorkerSubmitted);
    tablet.act(Event::WorkerSaved(Err(StorageProblem::Full), Err(KeyProblem::Missing)));
    assert_eq!(tablet.model.worker_form.problem, Some(StorageProblem::Full));
    assert_eq!(
        (tablet.model.worker_form.saving, tablet.model.worker_form.name.as_str()),
        (false, worker.name.as_str())
    );
    tablet.model.after_worker = Some(Screen::Home);
    tablet.act(Event::WorkerSaved(Ok(worker), Err(KeyProblem::InsecureOrigin)));
    assert_eq!((tablet.model.screen, &tablet.model.key), (Screen::Worker, &Err(KeyProblem::InsecureOrigin)));
    assert_eq!(tablet.model.after_worker, Some(Screen::Home), "and is led on once there is a key");
}
