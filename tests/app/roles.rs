//! What a worker's role does: it fills in who wrote, and says what is offered first. It locks nothing.

use super::story::Story;
use asesmen::app::view::tasks;
use asesmen::app::{CatalogueEntry, Event, Model};
use asesmen::domain::{Role, Worker};
use asesmen::form::Answer;
use serde_json::json;

fn as_role(role: Role) -> Story {
    let mut story = Story::of("Sekar");
    let worker = Worker::new("Bagas Pratama", role, "Balai Harapan", "STR-7").expect("complete");
    let key = story.tablet.key.jwk.clone();
    story.tablet.act(Event::WorkerSaved(Ok(worker), Ok(key)));
    story
}

fn names(model: &Model, story: &Story) -> Vec<String> {
    let name = |url: &str| url.rsplit('/').next().unwrap_or_default().to_owned();
    tasks(model, story.case).iter().map(|task| name(&task.url)).collect()
}

#[test]
fn what_a_role_usually_fills_in_comes_first_and_nothing_is_kept_back() {
    let psychologist = as_role(Role::Psychologist);
    let own = names(&psychologist.tablet.model, &psychologist);
    assert_eq!(&own[..3], ["psikologis", "phq-9", "gad-7"]);
    let office = as_role(Role::AdministrativeOfficer);
    let own_of_office = names(&office.tablet.model, &office);
    assert_eq!(own_of_office[0], "registrasi");
    let (mut one, mut two) = (own, own_of_office);
    one.sort_unstable();
    two.sort_unstable();
    assert_eq!(one, two, "everybody sees everything");
}

#[test]
fn nobody_s_tablet_keeps_the_order_of_the_list() {
    let mut story = Story::of("Sekar");
    story.tablet.model.worker = None;
    assert_eq!(names(&story.tablet.model, &story)[..3], ["seleksi", "registrasi", "penerimaan"]);
    let model = &story.tablet.model;
    assert!(tasks(model, story.case).iter().all(|task| task.is_own(model)), "who is unknown is offered everything");
}

#[test]
fn who_wrote_is_filled_in_by_role() {
    let coded = |role: Role, link_id: &str| {
        let mut story = as_role(role);
        story.begin("psikologis", &[]);
        let response = &story.tablet.filling().response;
        let item = response.questionnaire().find(link_id).expect("an item");
        let node = response.nodes_of(item).next().expect("a node");
        match response.node(node).content.answers.first() {
            Some(Answer::Coding(coding)) => coding.code.clone(),
            Some(Answer::String(text)) => text.clone(),
            _ => String::new(),
        }
    };
    assert_eq!(coded(Role::Psychologist, "assessor"), "psikolog");
    assert_eq!(coded(Role::Psychologist, "assessor.name"), "Bagas Pratama");
    assert_eq!(coded(Role::SocialWorker, "assessor"), "peksos");
    assert_eq!(coded(Role::Supervisor, "assessor"), "", "what is not known is not guessed");
}

#[test]
fn forms_may_ask_for_the_worker_s_organisation_and_licence() {
    let mut story = as_role(Role::SocialWorker);
    story.begin("kesepakatan", &[]);
    let response = &story.tablet.filling().response;
    for (link_id, words) in [("parties.institution", "Balai Harapan"), ("sign_worker.licence", "STR-7")] {
        let item = response.questionnaire().find(link_id).expect("an item");
        let node = response.nodes_of(item).next().expect("a node");
        assert_eq!(response.node(node).content.answers, [Answer::String(words.to_owned())], "{link_id}");
    }
}

#[test]
fn a_list_that_names_an_unknown_role_is_refused() {
    let texts = json!({"id": "Uji", "en": "Trial"});
    let entry = |roles: serde_json::Value| {
        let entry = json!({"file": "a", "url": "u", "version": "1", "title": texts, "purpose": texts, "for": roles});
        let value = asesmen::json::parse(entry.to_string().as_bytes()).expect("JSON");
        CatalogueEntry::from_json(&value)
    };
    assert!(entry(json!(["social-worker"])).is_some_and(|entry| entry.is_for(Role::SocialWorker)));
    assert!(entry(json!(["social-worker"])).is_some_and(|entry| !entry.is_for(Role::Trainer)));
    assert!(entry(json!([])).is_some_and(|entry| entry.is_for(Role::Trainer)));
    assert!(entry(json!(["boss"])).is_none() && entry(json!("social-worker")).is_none());
}
