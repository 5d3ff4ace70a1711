//! A form on a host's page: the host gives and takes, and nobody else keeps anything.

use crate::form::sheet::{item, launched, ruled, with};
use asesmen::app::view::{pages, position_of, told_open};
use asesmen::app::{
    Changes, Effect, Event, HostAct, HostRefusal, Layout, Locale, Model, Notice, Purpose, Screen, update,
};
use asesmen::domain::{Stamp, Timestamp};
use asesmen::form::{Edit, LoadRefusal, NodeIx, Place, Problem, ReadRefusal, as_given};
use serde_json::{Value, json};

struct Host {
    model: Model,
    changes: Changes,
    number: u8,
}

impl Host {
    fn new() -> Self {
        Self { model: Model::hosted(), changes: Changes::default(), number: 0 }
    }

    fn with(form: &Value) -> Self {
        let mut host = Self::new();
        host.give(HostAct::FormGiven(Some(form.to_string().into_bytes())));
        assert_eq!(host.model.host_refusal(), None);
        host
    }

    fn send(&mut self, event: Event) -> Vec<Effect> {
        self.number += 1;
        let now = Timestamp::from_millis(1_795_000_000_000, 420).expect("a time");
        let (effects, changes) = update(&mut self.model, event, &Stamp { now, entropy: [self.number; 32] });
        self.changes = changes;
        effects
    }

    fn give(&mut self, act: HostAct) {
        let effects = self.send(Event::Hosted(act));
        assert!(effects.is_empty(), "the host knows what it did by itself: {effects:?}");
    }

    fn give_response(&mut self, response: &Value) {
        self.give(HostAct::ResponseGiven(response.to_string().into_bytes()));
    }

    fn response(&self) -> Value {
        let filling = self.model.filling().expect("a form");
        serde_json::from_str(&as_given(&filling.response, "id").to_string()).expect("JSON")
    }

    fn node(&self, link_id: &str) -> NodeIx {
        let place = Place { link_id: link_id.to_owned(), within: Vec::new() };
        self.model.filling().expect("a form").response.find(&place).expect("the place")
    }

    fn type_into(&mut self, link_id: &str, text: &str) -> Vec<Effect> {
        let node = self.node(link_id);
        self.send(Event::Edited(node, Edit::Typed(text.to_owned())))
    }
}

/// Three sections; the second is asked once the first says so.
fn form() -> Value {
    let asked = json!([{"question": "ill", "operator": "=", "answerBoolean": true}]);
    let group = |link_id: &str, items: Value| with(item(link_id, "group"), json!({"item": items}));
    let name = ruled(with(item("name", "string"), json!({"required": true})), "initialExpression", "%patient.id");
    let form = json!({"resourceType": "Questionnaire", "url": "https://portal.example/q", "version": "2", "item": [
        group("a", json!([name, item("ill", "boolean")])),
        with(group("b", json!([item("since", "string")])), json!({"enableWhen": asked})),
        group("c", json!([with(item("note", "text"), json!({"required": true})),
            with(group("kin", json!([item("kin.name", "string")])), json!({"repeats": true}))])),
    ]});
    launched(form, "patient")
}

fn answered(link_id: &str, within: &str, text: &str) -> Value {
    json!({"resourceType": "QuestionnaireResponse", "status": "in-progress", "identifier": {"value": "7"},
        "questionnaire": "https://portal.example/q|2",
        "item": [{"linkId": within, "item": [{"linkId": link_id, "answer": [{"valueString": text}]}]}]})
}

#[test]
fn nothing_is_kept_and_only_the_host_is_told() {
    let mut host = Host::with(&form());
    let told = host.type_into("name", "Wulan");
    assert!(matches!(told[..], [Effect::TellHost]), "{told:?}");
    let id = host.model.filling().expect("a form").document.id;
    let kin = Event::InstanceAdded(Some(host.node("c")), "kin".to_owned());
    for event in [
        Event::FieldLeft(host.node("name")),
        Event::ScreenRequested(Screen::Section(id, 1)),
        Event::PageHidden,
        Event::FlushDue,
        Event::LocaleGiven(Locale::En),
        Event::Hosted(HostAct::LaidOut(Layout::Whole)),
        Event::Hosted(HostAct::Checked),
    ] {
        let effects = host.send(event.clone());
        assert!(effects.is_empty(), "{event:?}: {effects:?}");
    }
    assert!(matches!(host.send(kin)[..], [Effect::TellHost]), "an entry is a change");
    assert!(host.type_into("name", "Wulan").is_empty(), "what stands there already is none");
    assert!(host.model.is_saved() && host.model.documents.iter().next().is_none());
}

#[test]
fn the_screen_stays_the_hosts() {
    let mut host = Host::with(&form());
    let (screen, id) = (host.model.screen, host.model.filling().expect("a form").document.id);
    host.send(Event::HandedOver(id, Purpose::Reading));
    assert_eq!((host.model.screen, &host.model.handed), (screen, &None));
    host.give(HostAct::LaidOut(Layout::Whole));
    let layout = host.model.hosted.as_ref().map(|hosted| hosted.layout);
    assert_eq!((host.model.screen, layout), (screen, Some(Layout::Whole)));
}

#[test]
fn a_refused_form_is_told_with_every_reason_and_changes_nothing() {
    let mut host = Host::with(&form());
    host.type_into("name", "Wulan");
    let before = host.response();
    let unsupported = |link_id: &str| ruled(item(link_id, "string"), "calculatedExpression", "memberOf('x')");
    let other = json!({"resourceType": "Questionnaire", "item": [unsupported("one"), unsupported("two")]});
    host.give(HostAct::FormGiven(Some(other.to_string().into_bytes())));
    let Some(HostRefusal::Form(reasons)) = host.model.host_refusal() else { panic!("it is not refused") };
    let named: Vec<_> = reasons.iter().filter_map(LoadRefusal::link_id).collect();
    assert_eq!(named, ["one", "two"]);
    assert_eq!(host.response(), before);
    host.give(HostAct::FormGiven(Some(b"{".to_vec())));
    assert!(matches!(host.model.host_refusal(), Some(HostRefusal::Form(reasons)) if reasons.len() == 1));
    host.give(HostAct::FormGiven(Some(form().to_string().into_bytes())));
    assert_eq!(host.model.host_refusal(), None, "what is taken puts the message away");
    assert_eq!(host.response()["item"], Value::Null, "and begins anew");
    host.give(HostAct::FormGiven(None));
    assert!(host.model.filling().is_none());
}

#[test]
fn a_response_is_gone_on_with_whole_or_refused() {
    let mut host = Host::with(&form());
    host.give_response(&answered("name", "a", "Wulan"));
    assert_eq!(host.response(), answered("name", "a", "Wulan"), "nothing of it is lost");
    let before = host.response();
    host.give_response(&answered("nickname", "a", "Wul"));
    let Some(HostRefusal::Misfits(misfits)) = host.model.host_refusal() else { panic!("it is not refused") };
    assert_eq!(misfits[0].place, "QuestionnaireResponse.item[0]");
    host.give_response(&with(answered("name", "a", "Wulan"), json!({"questionnaire": "https://other.example/q"})));
    let refused = host.model.host_refusal();
    assert!(matches!(refused, Some(HostRefusal::Response(ReadRefusal::OtherForm { .. }))), "{refused:?}");
    assert_eq!(host.response(), before);
}

#[test]
fn the_context_fills_in_what_the_form_asks_of_it() {
    let mut host = Host::new();
    host.give(HostAct::ContextGiven(br#"{"patient": {"resourceType": "Patient", "id": "w7"}}"#.to_vec()));
    host.give(HostAct::FormGiven(Some(form().to_string().into_bytes())));
    let name = json!({"linkId": "name", "text": "name", "answer": [{"valueString": "w7"}]});
    assert_eq!(host.response()["item"][0]["item"][0], name);
    host.type_into("name", "Wulan");
    host.give(HostAct::ContextGiven(b"[]".to_vec()));
    assert_eq!(host.model.host_refusal(), Some(&HostRefusal::Context));
    host.give(HostAct::Cleared);
    assert_eq!(host.response()["item"][0]["item"][0], name, "the context of before still holds");
}

#[test]
fn what_is_wrong_is_said_until_it_is_put_away() {
    let mut host = Host::with(&form());
    host.give(HostAct::Checked);
    let found = |host: &Host| {
        let found = host.model.hosted.as_ref().expect("hosted").found.clone();
        found.into_iter().map(|issue| (issue.node.expect("a node"), issue.problem)).collect::<Vec<_>>()
    };
    let (name, note) = (host.node("name"), host.node("note"));
    assert_eq!(found(&host), [(name, Problem::Required), (note, Problem::Required)]);
    let [first, third] = ["a", "c"].map(|group| host.node(group));
    assert_eq!(host.changes.nodes, [first, name, third, note], "nothing else is drawn anew");
    let at_rest = |host: &Host| [first, third].map(|group| host.model.filling().expect("a form").is_at_rest(group));
    assert_eq!(at_rest(&host), [true, true], "what is wrong with a group is said as well");
    let is_touched = |host: &Host| [name, note].map(|node| host.model.filling().expect("a form").is_touched(node));
    assert_eq!(is_touched(&host), [true, true]);
    host.give(HostAct::IssuesPutAway);
    assert!(found(&host).is_empty());
    assert_eq!(is_touched(&host), [false, false]);
    assert_eq!(at_rest(&host), [false, false]);
    let ill = host.node("ill");
    host.send(Event::FieldLeft(ill));
    host.give(HostAct::Checked);
    host.give(HostAct::IssuesPutAway);
    assert_eq!(at_rest(&host), [true, false], "a field in the first was left by hand");
    host.give(HostAct::Checked);
    assert!(!found(&host).is_empty());
    host.give(HostAct::Cleared);
    assert!(found(&host).is_empty(), "what was wrong with other answers is not wrong with these");
}

#[test]
fn open_questions_are_asked_about_and_recorded_as_the_host_is_told() {
    let mut host = Host::with(&form());
    let id = host.model.filling().expect("a form").document.id;
    let (here, next) = (Screen::Section(id, 0), Screen::Section(id, 1));
    host.send(Event::OnwardRequested(next));
    assert_eq!((host.model.screen, host.model.asking), (here, true));
    let open = [host.node("name"), host.node("ill")];
    assert_eq!(told_open(&host.model), open);
    let effects = host.send(Event::OpenRecorded(next));
    assert!(matches!(effects[..], [Effect::TellHost, Effect::TellHost]), "{effects:?}");
    assert_eq!((host.model.screen, &host.model.notice), (next, &Some(Notice::OpenRecorded(2))));
    assert_ne!(host.response()["item"], Value::Null, "the reasons are in the response");
    let effects = host.send(Event::ActUndone);
    assert!(matches!(effects[..], [Effect::TellHost, Effect::TellHost]), "{effects:?}");
    assert_eq!(host.response()["item"], Value::Null);
    host.give(HostAct::Cleared);
    assert!(host.model.asked.is_empty() && host.model.reached.is_empty(), "a form begun anew asks anew");
}

#[test]
fn a_form_in_one_order_is_gone_through_in_it() {
    let mode = json!([{"url": "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-entryMode",
        "valueCode": "sequential"}]);
    let section =
        |link_id: &str| with(item(link_id, "group"), json!({"item": [item(&format!("{link_id}.q"), "string")]}));
    let form = json!({"resourceType": "Questionnaire", "extension": mode, "item": [section("a"), section("b")]});
    let mut host = Host::with(&form);
    let id = host.model.filling().expect("a form").document.id;
    let page = |position| Screen::Section(id, position);
    host.send(Event::ScreenRequested(page(1)));
    assert_eq!(host.model.screen, page(0), "not ahead");
    host.send(Event::OnwardRequested(page(1)));
    host.send(Event::OnwardRequested(page(1)));
    assert_eq!(host.model.screen, page(1));
    host.send(Event::ScreenRequested(page(0)));
    assert_eq!(host.model.screen, page(1), "and not back");
}

#[test]
fn pages_are_those_that_are_asked() {
    let mut host = Host::with(&form());
    let titles = |host: &Host| {
        let pages = pages(&host.model.filling().expect("a form").response);
        pages.iter().map(|page| page.title.as_ref().expect("a title").in_language("id").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(titles(&host), ["a", "c"]);
    let ill = host.node("ill");
    host.send(Event::Edited(ill, Edit::Decided(true)));
    assert_eq!(titles(&host), ["a", "b", "c"]);
    let response = &host.model.filling().expect("a form").response;
    let kin = Place { link_id: "kin.name".to_owned(), within: vec![0] };
    let kin = response.find(&kin).expect("the place");
    assert_eq!(position_of(response, &pages(response), kin), Some(2));
}
