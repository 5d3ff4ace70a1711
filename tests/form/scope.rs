//! Which answers a condition sees: those of its own entry, and only those that are asked themselves.

use super::sheet::{Sheet, group, item, list, text, when};
use asesmen::form::Answer;
use serde_json::{Value, json};

const YES: [Answer; 1] = [Answer::Boolean(true)];
const NO: [Answer; 1] = [Answer::Boolean(false)];

fn yes(element: Value, question: &str) -> Value {
    when(element, question, "=", "answerBoolean", json!(true))
}

#[test]
fn a_condition_in_an_entry_looks_at_its_own_entry() {
    let entry = list("visit", json!([item("ill", "boolean"), yes(item("what", "string"), "ill")]));
    let mut sheet = Sheet::new(&json!([entry]));
    sheet.add("visit", &[7]);
    sheet.answer("ill", &[7], &YES);
    assert!(sheet.asked("what", &[7]));
    assert!(!sheet.asked("what", &[0]), "the other entry was not answered");
    sheet.answer("ill", &[0], &YES);
    sheet.answer("ill", &[7], &NO);
    assert_eq!((sheet.asked("what", &[0]), sheet.asked("what", &[7])), (true, false));
}

#[test]
fn an_entry_added_later_begins_with_its_own_conditions() {
    let entry = list("visit", json!([item("ill", "boolean"), yes(item("what", "string"), "ill")]));
    let mut sheet = Sheet::new(&json!([entry]));
    sheet.answer("ill", &[0], &YES);
    sheet.add("visit", &[7]);
    assert!(!sheet.asked("what", &[7]));
}

#[test]
fn nested_entries_share_what_stands_around_both() {
    let inner = list(
        "dose",
        json!([item("taken", "boolean"), yes(item("why", "string"), "taken"), yes(item("paper", "string"), "shown")]),
    );
    let mut sheet = Sheet::new(&json!([list("drug", json!([item("shown", "boolean"), inner]))]));
    sheet.add("drug", &[5]);
    sheet.add("dose", &[5, 9]);
    sheet.answer("taken", &[5, 9], &YES);
    sheet.answer("shown", &[5], &YES);
    assert_eq!([[0, 0], [5, 0], [5, 9]].map(|at| sheet.asked("why", &at)), [false, false, true]);
    assert_eq!([[0, 0], [5, 0], [5, 9]].map(|at| sheet.asked("paper", &at)), [false, true, true]);
}

#[test]
fn a_condition_outside_a_list_sees_every_entry() {
    let mut sheet =
        Sheet::new(&json!([list("visit", json!([item("ill", "boolean")])), yes(item("refer", "string"), "ill")]));
    sheet.add("visit", &[7]);
    sheet.answer("ill", &[7], &YES);
    assert!(sheet.asked("refer", &[]));
    sheet.remove("visit", &[7]);
    assert!(!sheet.asked("refer", &[]), "a removed entry counts for nothing");
    sheet.add("visit", &[7]);
    assert!(sheet.asked("refer", &[]), "and counts again when it is brought back");
}

#[test]
fn a_condition_in_an_entry_sees_answers_outside() {
    let mut sheet =
        Sheet::new(&json!([item("any", "boolean"), list("visit", json!([yes(item("what", "string"), "any")]))]));
    sheet.add("visit", &[7]);
    sheet.answer("any", &[], &YES);
    assert!(sheet.asked("what", &[0]) && sheet.asked("what", &[7]));
}

#[test]
fn what_is_not_asked_closes_everything_that_looks_at_it() {
    let items = json!([
        item("a", "boolean"),
        yes(group("g", json!([item("b", "boolean")])), "a"),
        yes(item("c", "boolean"), "b"),
        yes(item("d", "string"), "c")
    ]);
    let mut sheet = Sheet::new(&items);
    for question in ["a", "b", "c"] {
        sheet.answer(question, &[], &YES);
    }
    sheet.answer("d", &[], &[text("kept")]);
    assert!(sheet.asked("d", &[]));
    let changed = sheet.answer("a", &[], &NO);
    assert_eq!(["b", "c", "d"].map(|question| sheet.asked(question, &[])), [false; 3]);
    for link_id in ["g", "c", "d"] {
        assert!(changed.nodes.contains(&sheet.node(link_id, &[])), "{link_id} has to be drawn anew");
    }
    assert_eq!(sheet.content("d", &[]).answers, [text("kept")], "the draft keeps what was answered");
    sheet.answer("a", &[], &YES);
    assert!(sheet.asked("d", &[]), "and asks again with the old answers");
}

/// Conditions may stand before the question they look at; what is found must not depend on that.
#[test]
fn the_order_of_items_does_not_matter() {
    let forward = json!([item("a", "boolean"), yes(item("b", "boolean"), "a"), yes(item("c", "string"), "b")]);
    let mut backward = forward.clone();
    backward.as_array_mut().expect("items").reverse();
    for items in [forward, backward] {
        let mut sheet = Sheet::new(&items);
        assert!(!sheet.asked("c", &[]));
        sheet.answer("b", &[], &YES);
        assert!(!sheet.asked("c", &[]), "an answer to a question that is not asked counts for nothing");
        sheet.answer("a", &[], &YES);
        assert!(sheet.asked("c", &[]));
    }
}

/// Initial values open what depends on them before anything is touched.
#[test]
fn initial_values_count_from_the_start() {
    let a = super::sheet::with(item("a", "boolean"), json!({"initial": [{"valueBoolean": true}]}));
    let none = when(item("b", "string"), "a", "exists", "answerBoolean", json!(false));
    let sheet = Sheet::new(&json!([yes(item("c", "string"), "a"), a, none]));
    assert_eq!((sheet.asked("c", &[]), sheet.asked("b", &[])), (true, false));
}
