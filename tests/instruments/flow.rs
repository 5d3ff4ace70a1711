//! What one instrument hands on to the next, with the real forms.

use super::house::files;
use crate::form::sheet::context;
use asesmen::form::{Answer, Context, Operation, Place, Questionnaire, Response, as_given};
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
