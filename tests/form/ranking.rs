//! Orders of the entries of a list.

use super::sheet::{Sheet, also, item, list, text, when};
use asesmen::form::{Answer, Control, NodeIx, Operation};
use proptest::prelude::*;
use serde_json::{Value, json};

fn rank(link_id: &str) -> Value {
    let coding = json!({"system": "https://asesmen.id/fhir/CodeSystem/item-control", "code": "rank"});
    let url = "http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl";
    also(item(link_id, "integer"), json!({"url": url, "valueCodeableConcept": {"coding": [coding]}}))
}

/// Problems that the client and the worker each put in order.
fn problems() -> Sheet {
    Sheet::new(&json!([list("problem", json!([item("what", "string"), rank("client"), rank("worker")]))]))
}

/// The entries of these numbers, each with its name.
fn named(names: &[&str]) -> Sheet {
    let mut sheet = problems();
    for (number, name) in (0..).zip(names) {
        sheet.add("problem", &[number]);
        sheet.answer("what", &[number], &[text(name)]);
    }
    sheet
}

fn order_by(sheet: &Sheet, link_id: &str) -> Vec<NodeIx> {
    let question = sheet.response.questionnaire().find(link_id).expect("a question");
    sheet.response.ranking(None, question).order
}

/// The names in the order that a question gives, each with its number if it has one.
fn shown(sheet: &Sheet, link_id: &str) -> Vec<String> {
    let response = &sheet.response;
    let words = |node: &NodeIx| {
        let entry = response.node(*node).parent.expect("an entry");
        let name = response.node(response.node(entry).children[0]).content.answers.first().cloned();
        let number = match response.node(*node).content.answers.first() {
            Some(Answer::Integer(number)) => number.to_string(),
            _ => "-".to_owned(),
        };
        match name {
            Some(Answer::String(name)) => format!("{name}{number}"),
            _ => number,
        }
    };
    order_by(sheet, link_id).iter().map(words).collect()
}

fn carry_out(sheet: &mut Sheet, operations: &[Operation]) {
    for operation in operations {
        sheet.apply(operation);
    }
}

/// Gives the entry at a place of the order another place.
fn shift(sheet: &mut Sheet, link_id: &str, from: usize, to: usize) {
    let operations = sheet.response.moved(order_by(sheet, link_id)[from], to);
    carry_out(sheet, &operations);
}

fn remove(sheet: &mut Sheet, number: u32) {
    sheet.remove("problem", &[number]);
    let list = sheet.response.questionnaire().find("problem").expect("a list");
    let operations = sheet.response.mended_rankings(None, list, None);
    carry_out(sheet, &operations);
}

fn bring_back(sheet: &mut Sheet, number: u32) {
    sheet.add("problem", &[number]);
    let list = sheet.response.questionnaire().find("problem").expect("a list");
    let back = sheet.node("problem", &[number]);
    let operations = sheet.response.mended_rankings(None, list, Some(back));
    carry_out(sheet, &operations);
}

#[test]
fn entries_stand_as_they_were_written_until_somebody_puts_them_in_order() {
    let sheet = named(&["a", "b", "c"]);
    assert_eq!(shown(&sheet, "client"), ["a-", "b-", "c-"]);
    assert_eq!(order_by(&problems(), "client"), [], "an entry that nobody began has no place");
}

#[test]
fn moving_an_entry_numbers_all_and_leaves_the_other_order_alone() {
    let mut sheet = named(&["a", "b", "c"]);
    shift(&mut sheet, "client", 2, 0);
    assert_eq!(shown(&sheet, "client"), ["c1", "a2", "b3"]);
    assert_eq!(shown(&sheet, "worker"), ["a-", "b-", "c-"]);
    shift(&mut sheet, "worker", 2, 2);
    assert_eq!(shown(&sheet, "worker"), ["a1", "b2", "c3"], "an order may be right as it stands");
    let first = &sheet.items()[0]["item"];
    assert_eq!(first[1]["answer"], json!([{"valueInteger": 2}]), "exported as a plain number");
}

#[test]
fn a_move_touches_only_those_it_passes() {
    let mut sheet = named(&["a", "b", "c", "d"]);
    shift(&mut sheet, "client", 0, 0);
    let moves = sheet.response.moved(order_by(&sheet, "client")[2], 1);
    let places: Vec<u32> = moves.iter().map(|operation| operation.place().within[0]).collect();
    assert_eq!(places, [2, 1]);
    let still = sheet.response.moved(order_by(&sheet, "client")[2], 2);
    assert_eq!(still, [], "nothing moves, nothing is written");
    assert_eq!(sheet.response.moved(order_by(&sheet, "client")[3], 99), [], "no place is behind the last");
}

#[test]
fn a_new_entry_waits_behind_the_order_until_it_is_moved_itself() {
    let mut sheet = named(&["a", "b"]);
    shift(&mut sheet, "client", 1, 0);
    sheet.add("problem", &[7]);
    sheet.answer("what", &[7], &[text("z")]);
    sheet.add("problem", &[8]);
    sheet.answer("what", &[8], &[text("y")]);
    assert_eq!(shown(&sheet, "client"), ["b1", "a2", "z-", "y-"]);
    shift(&mut sheet, "client", 0, 1);
    assert_eq!(shown(&sheet, "client"), ["a1", "b2", "z-", "y-"], "who was not asked about is not put last unasked");
    shift(&mut sheet, "client", 3, 0);
    assert_eq!(shown(&sheet, "client"), ["y1", "a2", "b3", "z-"]);
}

#[test]
fn removing_closes_the_gap_and_undoing_gives_the_place_back() {
    for gone in 0..3 {
        let mut sheet = named(&["a", "b", "c"]);
        shift(&mut sheet, "client", 2, 0);
        let before = shown(&sheet, "client");
        remove(&mut sheet, gone);
        let left: Vec<String> = shown(&sheet, "client");
        assert!(left.iter().zip(1..).all(|(entry, place)| entry.ends_with(&place.to_string())), "{left:?}");
        bring_back(&mut sheet, gone);
        assert_eq!(shown(&sheet, "client"), before);
    }
}

#[test]
fn ties_and_gaps_from_elsewhere_are_mended_by_the_next_move() {
    let mut sheet = named(&["a", "b", "c", "d"]);
    for (number, place) in [(0, 9), (1, 2), (2, 2), (3, -4)] {
        sheet.answer("client", &[number], &[Answer::Integer(place)]);
    }
    assert_eq!(shown(&sheet, "client"), ["d-4", "b2", "c2", "a9"]);
    let question = sheet.response.questionnaire().find("client").expect("a question");
    assert!(!sheet.response.ranking(None, question).is_settled);
    shift(&mut sheet, "client", 2, 1);
    assert_eq!(shown(&sheet, "client"), ["d1", "c2", "b3", "a4"]);
    assert!(sheet.response.ranking(None, question).is_settled);
}

#[test]
fn an_entry_that_is_not_asked_for_its_place_has_none() {
    let asked = when(rank("client"), "open", "=", "answerBoolean", json!(true));
    let items = json!([list("problem", json!([item("what", "string"), item("open", "boolean"), asked]))]);
    let mut sheet = Sheet::new(&items);
    for (number, open) in [(0, true), (1, false), (2, true)] {
        sheet.add("problem", &[number]);
        sheet.answer("what", &[number], &[text(&number.to_string())]);
        sheet.answer("open", &[number], &[Answer::Boolean(open)]);
    }
    assert_eq!(shown(&sheet, "client"), ["0-", "2-"]);
}

#[test]
fn only_whole_numbers_in_the_entries_of_a_list_are_an_order() {
    let items = json!([
        rank("alone"),
        list("problem", json!([rank("order"), super::sheet::with(rank("words"), json!({"type": "string"}))])),
    ]);
    let sheet = Sheet::new(&items);
    let form = sheet.response.questionnaire();
    let control = |link_id: &str| form.item(form.find(link_id).expect("an item")).control;
    assert_eq!((control("alone"), control("order"), control("words")), (None, Some(Control::Rank), None));
    assert_eq!(form.rankings(form.find("problem").expect("a list")), [form.find("order").expect("an item")]);
}

proptest! {
    #[test]
    fn any_order_that_was_given_is_settled(moves in prop::collection::vec((0usize..5, 0usize..7), 1..12), ranks in prop::collection::vec(prop::option::of(-3i32..9), 5)) {
        let mut sheet = named(&["a", "b", "c", "d", "e"]);
        for (number, rank) in (0..).zip(&ranks) {
            sheet.answer("client", &[number], &rank.map(Answer::Integer).into_iter().collect::<Vec<_>>());
        }
        for (from, to) in moves {
            let moved = order_by(&sheet, "client")[from];
            shift(&mut sheet, "client", from, to);
            let question = sheet.response.questionnaire().find("client").expect("a question");
            let ranking = sheet.response.ranking(None, question);
            prop_assert_eq!(ranking.order[to.min(4)], moved, "it stands where it was put");
            prop_assert_eq!(ranking.order.len(), 5);
            let numbers: Vec<i32> = ranking.order[..ranking.ranked].iter().map(|node| {
                match sheet.response.node(*node).content.answers[..] { [Answer::Integer(number)] => number, _ => 0 }
            }).collect();
            prop_assert_eq!(numbers, (1..).take(ranking.ranked).collect::<Vec<i32>>(), "no gaps, no ties");
        }
    }
}
