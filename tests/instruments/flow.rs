//! What one instrument hands on to the next, with the real forms.

use super::house::files;
use crate::form::sheet::context;
use asesmen::domain::{Calendar, PartialDate};
use asesmen::form::{Answer, Coding, Context, Operation, Place, Questionnaire, Response, as_given};
use std::sync::Arc;

fn open(name: &str, context: Context) -> Response {
    let (_, bytes) = files().into_iter().find(|(file, _)| *file == format!("{name}.json")).expect("an instrument");
    Response::new(Arc::new(Questionnaire::load(&bytes).expect("loads")), context)
}

fn set(response: &mut Response, link_id: &str, within: u32, answer: Answer) {
    let at = Place { link_id: link_id.to_owned(), within: vec![within] };
    let content = asesmen::form::Content { answers: vec![answer], ..Default::default() };
    response.apply(&Operation::Set { at, content }).expect("it fits");
}

/// More problems than anybody counts on one hand, ranked by the client from the last to the first.
const PROBLEMS: u32 = 14;

fn ranked() -> Response {
    let mut ranking = open("prioritas", context());
    for number in 0..PROBLEMS {
        let at = Place { link_id: "problems".to_owned(), within: vec![number] };
        ranking.apply(&Operation::Add { at }).expect("an entry");
        set(&mut ranking, "problems.problem", number, Answer::String(format!("masalah {number:02}")));
        set(&mut ranking, "problems.as_need", number, Answer::String(format!("kebutuhan {number:02}")));
        let place = i32::try_from(PROBLEMS - number).expect("a small number");
        set(&mut ranking, "problems.rank_client", number, Answer::Integer(place));
    }
    ranking
}

/// The first answer of each entry that is proposed for a list.
fn proposed(name: &str, list: &str) -> Vec<String> {
    let mut response = open(name, context());
    response.consult([("prioritas".to_owned(), as_given(&ranked(), "id"))]);
    let item = response.questionnaire().find(list).expect("a list");
    let first = response.nodes_of(item).next().expect("its first entry");
    let proposal = response.proposal(first, 1).expect("a proposal");
    let words = |answer: &Answer| match answer {
        Answer::String(text) => text.clone(),
        other => format!("{other:?}"),
    };
    proposal.entries.iter().map(|entry| words(&entry.answers[0].1[0])).collect()
}

#[test]
fn the_plan_takes_the_needs_in_the_order_of_the_client() {
    let wanted: Vec<String> = (0..PROBLEMS).rev().map(|number| format!("kebutuhan {number:02}")).collect();
    assert_eq!(proposed("rencana", "services"), wanted);
    assert_eq!(proposed("rencana", "strategies"), wanted);
}

#[test]
fn the_problem_solving_report_takes_the_problems_in_the_order_of_the_client() {
    let wanted: Vec<String> = (0..PROBLEMS).rev().map(|number| format!("masalah {number:02}")).collect();
    assert_eq!(proposed("pemecahan-masalah", "rows"), wanted);
}

/// What a meeting says of where it was and who came.
fn met(day: &str) -> Response {
    let mut meeting = open("penerimaan", context());
    let mut say = |link_id: &str, within: Vec<u32>, answer: Answer| {
        let at = Place { link_id: link_id.to_owned(), within };
        let content = asesmen::form::Content { answers: vec![answer], ..Default::default() };
        meeting.apply(&Operation::Set { at, content }).expect("it fits");
    };
    say("contact_at", vec![], Answer::DateTime(format!("{day}T08:00:00+07:00")));
    say("place", vec![], Answer::String("Balai Harapan".to_owned()));
    say("others_present", vec![], Answer::Boolean(true));
    say("present.name", vec![0], Answer::String("Ibu Ratna".to_owned()));
    meeting
}

/// What the first page of a form is proposed from the last meeting of the case.
fn proposed_after(form: &str, meeting: &Response) -> Vec<(String, Vec<Answer>)> {
    let mut response = open(form, context());
    response.consult([("pertemuan".to_owned(), as_given(meeting, "id"))]);
    let at = Place { link_id: "others_present".to_owned(), within: vec![] };
    let found = |response: &Response, link_id: &str| {
        let item = response.questionnaire().find(link_id).expect("an item");
        response.nodes_of(item).next().and_then(|node| response.proposal(node, 1))
    };
    let mut said: Vec<_> = ["place", "others_present"].iter().filter_map(|link| found(&response, link)).collect();
    let content = asesmen::form::Content { answers: vec![Answer::Boolean(true)], ..Default::default() };
    response.apply(&Operation::Set { at, content }).expect("it fits");
    said.extend(found(&response, "present"));
    let answers = said.into_iter().flat_map(|proposal| proposal.entries).flat_map(|entry| entry.answers);
    answers.map(|(item, answers)| (response.questionnaire().item(item).link_id.clone(), answers)).collect()
}

#[test]
fn place_and_others_present_are_proposed_from_the_last_meeting() {
    let today = context().now.date().to_string();
    for form in ["fisik", "sosial", "prioritas", "asesmen-ulang", "rujukan"] {
        let names: Vec<String> = proposed_after(form, &met(&today)).into_iter().map(|(link, _)| link).collect();
        assert_eq!(names, ["place", "others_present", "present.name"], "{form}");
        let before = proposed_after(form, &met("2020-01-01"));
        let place = ("place".to_owned(), vec![Answer::String("Balai Harapan".to_owned())]);
        assert_eq!(before, [place], "{form}: who came another day does not come today");
    }
}

#[test]
fn a_plan_begins_with_the_client_and_the_worker_as_its_authors() {
    let read = |value: serde_json::Value| asesmen::json::parse(value.to_string().as_bytes()).expect("JSON");
    let mut context = context();
    let patient = serde_json::json!({"resourceType": "Patient", "name": [{"text": "Sekar Ayu"}]});
    let user = serde_json::json!({"resourceType": "Practitioner", "name": [{"text": "Bagas Pratama"}],
        "qualification": [{"code": {"coding": [{"code": "social-worker"}]}}]});
    context.resources.extend([("patient".to_owned(), read(patient)), ("user".to_owned(), read(user))]);
    let mut plan = open("rencana", context);
    plan.populate();
    let answers = |link_id: &str| -> Vec<String> {
        let item = plan.questionnaire().find(link_id).expect("an item");
        let answers = plan.nodes_of(item).flat_map(|node| plan.node(node).content.answers.clone());
        let words = answers.map(|answer| match answer {
            Answer::Coding(coding) => coding.code,
            Answer::String(text) => text,
            other => format!("{other:?}"),
        });
        words.collect()
    };
    assert_eq!(answers("participants.name"), ["Sekar Ayu", "Bagas Pratama"]);
    assert_eq!(answers("participants.role"), ["klien", "peksos"]);
}

/// A family of the client: who they are, and what is told of them.
fn family() -> Response {
    let mut genogram = open("genogram", context());
    for (list, count) in [("person", 5), ("child", 3)] {
        for entry in 1..count {
            let at = Place { link_id: list.to_owned(), within: vec![entry] };
            genogram.apply(&Operation::Add { at }).expect("an entry");
        }
    }
    let mut say = |link_id: &str, entry: u32, answer: Answer| set(&mut genogram, link_id, entry, answer);
    let text = |text: &str| Answer::String(text.to_owned());
    let coded = |code: &str| {
        let system = Some("https://asesmen.id/fhir/CodeSystem/genogram".to_owned());
        Answer::Coding(Coding { system, code: code.to_owned(), ..Coding::default() })
    };
    let people =
        [("a", "Ibu R", true), ("b", "kakak", false), ("c", "ayah", false), ("d", "D", true), ("e", "E", false)];
    for (entry, (id, name, lives_with)) in (0..).zip(people) {
        say("person.id", entry, text(id));
        say("person.name", entry, text(name));
        say("person.lives_with_client", entry, Answer::Boolean(lives_with));
    }
    say("person.where", 1, text("Klaten"));
    say("person.contact", 1, coded("sometimes"));
    say("person.alive", 2, coded("dead"));
    let born = |year: i32| Answer::Date(PartialDate { calendar: Some(Calendar::Year(year)), ..PartialDate::default() });
    say("person.birth", 3, born(2020));
    say("person.birth", 4, born(1980));
    for (entry, child, kind) in [(0, "d", "birth"), (1, "e", "birth"), (2, "b", "miscarriage")] {
        say("child.child", entry, text(child));
        say("child.parent", entry, text("klien"));
        say("child.kind", entry, coded(kind));
    }
    say("feeling.a", 0, text("a"));
    say("feeling.b", 0, text("klien"));
    say("feeling.quality", 0, coded("hostile"));
    genogram
}

/// What is proposed for the entries of a list when a document of the case is known, each as linkIds and words.
fn entries(form: &str, list: &str, opened_by: &str, source: (&str, &Response)) -> Vec<Vec<(String, String)>> {
    let mut response = open(form, context());
    if !opened_by.is_empty() {
        let at = Place { link_id: opened_by.to_owned(), within: vec![] };
        let content = asesmen::form::Content { answers: vec![Answer::Boolean(true)], ..Default::default() };
        response.apply(&Operation::Set { at, content }).expect("it fits");
    }
    response.consult([(source.0.to_owned(), as_given(source.1, "id"))]);
    let item = response.questionnaire().find(list).expect("a list");
    let first = response.nodes_of(item).next().expect("its first entry");
    let words = |answer: &Answer| match answer {
        Answer::String(text) => text.clone(),
        Answer::Coding(coding) => coding.code.clone(),
        Answer::Boolean(value) => value.to_string(),
        Answer::Date(date) => date.calendar.map_or_else(String::new, |calendar| calendar.to_string()),
        other => format!("{other:?}"),
    };
    let said = |(item, answers): &(_, Vec<Answer>)| {
        (response.questionnaire().item(*item).link_id.clone(), answers.iter().map(words).collect())
    };
    let proposal = response.proposal(first, 1).map_or_else(Vec::new, |proposal| proposal.entries);
    proposal.iter().map(|entry| entry.answers.iter().map(said).collect()).collect()
}

/// Entries as they are written down in a test.
fn told(entries: &[&[(&str, &str)]]) -> Vec<Vec<(String, String)>> {
    let own = |&(link_id, words): &(&str, &str)| (link_id.to_owned(), words.to_owned());
    entries.iter().map(|entry| entry.iter().map(own).collect()).collect()
}

#[test]
fn the_social_assessment_takes_the_family_from_the_genogram() {
    let family = family();
    let from = |list: &str| entries("sosial", list, &format!("has_{list}"), ("genogram", &family));
    let household = told(&[&[("household.who", "Ibu R"), ("household.quality", "tegang")], &[("household.who", "D")]]);
    assert_eq!(from("household"), household);
    let relative: &[_] =
        &[("family_now.who", "kakak"), ("family_now.where", "Klaten"), ("family_now.contact", "kadang")];
    // The second was lost before birth, the third is dead: neither is told of as living family.
    let mut living = family.clone();
    assert_eq!(from("family_now"), told(&[&[("family_now.who", "E")]]));
    assert_eq!(from("dependants"), told(&[&[("dependants.who", "D"), ("dependants.born", "2020")]]));
    let at = Place { link_id: "child".to_owned(), within: vec![2] };
    living.apply(&Operation::Remove { at }).expect("an entry");
    let family_now = entries("sosial", "family_now", "has_family_now", ("genogram", &living));
    assert_eq!(family_now, told(&[relative, &[("family_now.who", "E")]]));
}

#[test]
fn the_genogram_takes_people_from_the_social_assessment_once() {
    let mut social = open("sosial", context());
    for question in ["has_household", "has_family_now", "has_dependants"] {
        let at = Place { link_id: question.to_owned(), within: vec![] };
        let content = asesmen::form::Content { answers: vec![Answer::Boolean(true)], ..Default::default() };
        social.apply(&Operation::Set { at, content }).expect("it fits");
    }
    let mut say = |link_id: &str, text: &str| set(&mut social, link_id, 0, Answer::String(text.to_owned()));
    say("household.who", "D");
    say("family_now.who", "kakak");
    say("family_now.where", "Klaten");
    say("dependants.who", "D");
    let wanted: [&[_]; 2] = [
        &[("person.name", "D"), ("person.lives_with_client", "true")],
        &[("person.name", "kakak"), ("person.where", "Klaten")],
    ];
    assert_eq!(entries("genogram", "person", "", ("sosial", &social)), told(&wanted));
}

#[test]
fn an_ecomap_takes_whom_it_shows_and_not_how_things_stand_from_the_one_before() {
    let mut before = open("ekomap", context());
    let code = |code: &str| Answer::Coding(Coding { code: code.to_owned(), ..Coding::default() });
    set(&mut before, "system.name", 0, Answer::String("Puskesmas".to_owned()));
    set(&mut before, "system.kind", 0, code("health"));
    set(&mut before, "system.strength", 0, code("strong"));
    let wanted: &[_] = &[("system.name", "Puskesmas"), ("system.kind", "health")];
    assert_eq!(entries("ekomap", "system", "", ("ekomap", &before)), told(&[wanted]));
}
