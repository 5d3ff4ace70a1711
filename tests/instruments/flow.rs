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
