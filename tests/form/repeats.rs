//! Lists of entries: adding, removing and bringing back one entry never touches another.

use super::sheet::{Sheet, item, list, place, text, with};
use asesmen::form::{Operation, OperationRefusal};
use serde_json::{Value, json};

fn drugs() -> Sheet {
    let inner = list("dose", json!([item("amount", "string")]));
    let mut sheet = Sheet::new(&json!([
        item("before", "string"),
        list("drug", json!([item("name", "string"), inner])),
        item("after", "string")
    ]));
    for (instance, name) in [(0, "satu"), (30, "dua"), (20, "tiga")] {
        sheet.add("drug", &[instance]);
        sheet.answer("name", &[instance], &[text(name)]);
        sheet.answer("amount", &[instance, 0], &[text(&format!("{name}-1"))]);
    }
    sheet
}

/// Names of the entries as a reader of the export finds them.
fn names(sheet: &Sheet) -> Vec<String> {
    let entries = sheet.items().into_iter().filter(|item| item["linkId"] == "drug");
    entries.map(|drug| drug["item"][0]["answer"][0]["valueString"].as_str().expect("a name").to_owned()).collect()
}

#[test]
fn a_list_begins_with_one_open_entry() {
    let sheet = Sheet::new(&json!([list("drug", json!([item("name", "string")]))]));
    let drug = sheet.response.node(sheet.response.roots()[0]).item;
    assert_eq!(sheet.response.children_of(None, drug).len(), 1);
    assert_eq!(sheet.items(), [] as [Value; 0], "nobody began it, so it is no gap in the record");
}

#[test]
fn entries_stand_in_the_order_in_which_they_were_added() {
    assert_eq!(names(&drugs()), ["satu", "dua", "tiga"], "whatever their numbers");
}

#[test]
fn removing_one_entry_leaves_the_others_alone() {
    let mut sheet = drugs();
    let (before, others) = (sheet.items(), [sheet.node("name", &[0]), sheet.node("name", &[20])]);
    let changed = sheet.remove("drug", &[30]);
    assert_eq!(names(&sheet), ["satu", "tiga"]);
    assert_eq!(changed.lists, [None]);
    assert!(!changed.nodes.iter().any(|node| others.contains(node)), "{changed:?}");
    assert_eq!(others, [sheet.node("name", &[0]), sheet.node("name", &[20])], "places keep their nodes");
    let left: Vec<Value> = before.into_iter().filter(|item| !item.to_string().contains("dua")).collect();
    assert_eq!(sheet.items(), left);
}

#[test]
fn a_removal_taken_back_restores_the_record_as_it_was() {
    for instance in [0, 30, 20] {
        let mut sheet = drugs();
        let before = sheet.items();
        sheet.remove("drug", &[instance]);
        assert_eq!(names(&sheet).len(), 2);
        let changed = sheet.add("drug", &[instance]);
        assert_eq!(sheet.items(), before, "entry {instance} is back in its place with its answers");
        assert_eq!(changed.lists, [None]);
    }
}

#[test]
fn entries_of_an_inner_list_belong_to_their_outer_entry() {
    let mut sheet = drugs();
    sheet.add("dose", &[30, 4]);
    sheet.answer("amount", &[30, 4], &[text("dua-2")]);
    sheet.remove("dose", &[30, 0]);
    let amounts: Vec<String> = sheet.items().iter().map(ToString::to_string).collect();
    assert!(amounts[1].contains("satu-1") && amounts[3].contains("tiga-1"), "{amounts:?}");
    assert!(amounts[2].contains("dua-2") && !amounts[2].contains("dua-1"), "{amounts:?}");
    sheet.remove("drug", &[30]);
    sheet.add("drug", &[30]);
    assert!(sheet.items()[2].to_string().contains("dua-2"), "brought back with what was in it");
}

#[test]
fn doing_a_thing_twice_changes_nothing() {
    let mut sheet = drugs();
    let before = sheet.items();
    assert_eq!(sheet.add("drug", &[30]).lists, []);
    assert_eq!(sheet.items(), before);
    sheet.remove("drug", &[30]);
    let removed = sheet.items();
    assert_eq!(sheet.remove("drug", &[30]).lists, []);
    assert_eq!(sheet.remove("drug", &[999]).lists, [], "nor does removing what never was");
    assert_eq!(sheet.items(), removed);
}

#[test]
fn every_entry_begins_with_the_initial_values() {
    let name = with(item("name", "string"), json!({"initial": [{"valueString": "tablet"}]}));
    let mut sheet = Sheet::new(&json!([list("drug", json!([name]))]));
    sheet.add("drug", &[5]);
    sheet.answer("name", &[0], &[text("salep")]);
    assert_eq!(sheet.content("name", &[5]).answers, [text("tablet")]);
}

#[test]
fn only_lists_have_entries() {
    let mut sheet = drugs();
    for wrong in [Operation::Add { at: place("name", &[0]) }, Operation::Remove { at: place("before", &[]) }] {
        assert_eq!(sheet.response.apply(&wrong), Err(OperationRefusal::WrongKind(wrong.place().clone())));
    }
}
