//! What a client is shown: a clause a card, and what a revision changes.

use crate::form::sheet::{Sheet, choice, extended, group, item, list, text, when, with};
use asesmen::app::view::{cards, differences};
use asesmen::form::Response;
use serde_json::{Value, json};

const OUR: &str = "https://asesmen.id/fhir/StructureDefinition";

fn for_client(element: Value) -> Value {
    extended(element, &format!("{OUR}/audience"), "valueCode", "client".into())
}

fn display(link_id: &str, words: &str) -> Value {
    with(item(link_id, "display"), json!({"text": words}))
}

/// The cards, each by the linkId of its group, its place in a list, and the linkIds on it.
fn dealt(response: &Response) -> Vec<String> {
    let name = |card: &asesmen::app::view::Card| {
        let lines: Vec<&str> = card.lines.iter().map(|line| response.item(*line).link_id.as_str()).collect();
        let entry = card.entry.map(|(number, count)| format!(" {number}/{count}")).unwrap_or_default();
        format!("{}{entry}: {}", response.questionnaire().item(card.group).link_id, lines.join(" "))
    };
    cards(response).iter().map(name).collect()
}

#[test]
fn each_clause_is_a_card_and_short_sentences_share_one() {
    let sheet = Sheet::new(&json!([group(
        "page",
        json!([
            item("unmarked", "string"),
            for_client(group(
                "long",
                json!([
                    display("a", "satu dua tiga empat lima enam tujuh delapan"),
                    display("b", "satu dua tiga empat lima enam tujuh"),
                    display("c", "satu")
                ])
            )),
            for_client(group("short", json!([display("d", "satu dua")])))
        ])
    )]));
    assert_eq!(dealt(&sheet.response), ["long: a b", "long: c", "short: d"], "fifteen words fit on a card");
}

#[test]
fn what_nobody_answered_or_is_not_asked_makes_no_card() {
    let mut sheet = Sheet::new(&json!([
        choice("kind", "choice", &["x", "y"]),
        for_client(group("problem", json!([item("words", "text")]))),
        for_client(when(
            group("only", json!([display("d", "satu")])),
            "kind",
            "=",
            "answerCoding",
            json!({"system": "urn:test", "code": "x"})
        )),
    ]));
    assert_eq!(dealt(&sheet.response), Vec::<String>::new());
    sheet.answer("words", &[], &[text("Tidak ada kamar")]);
    sheet.answer("kind", &[], &[crate::form::sheet::coded("x")]);
    assert_eq!(dealt(&sheet.response), ["problem: words", "only: d"]);
}

fn tasks() -> Value {
    json!([for_client(group(
        "card",
        json!([display("intro", "Tugas"), list("task", json!([item("what", "string"), item("help", "string")]))])
    ))])
}

#[test]
fn each_entry_of_a_list_is_a_clause_of_its_own() {
    let mut sheet = Sheet::new(&tasks());
    assert_eq!(dealt(&sheet.response), ["card: intro"]);
    sheet.answer("what", &[0], &[text("Datang")]);
    assert_eq!(dealt(&sheet.response), ["card: intro", "card 1/1: what"]);
    sheet.add("task", &[7]);
    sheet.answer("what", &[7], &[text("Menabung")]);
    sheet.answer("help", &[7], &[text("Buku tabungan")]);
    assert_eq!(dealt(&sheet.response), ["card: intro", "card 1/2: what", "card 2/2: what help"]);
}

/// What changed between two fillings: `linkId`, what it said, what it says.
fn changed(old: &Sheet, new: &Sheet) -> Vec<String> {
    let said = |response: &Response, node| match response.node(node).content.answers.first() {
        Some(asesmen::form::Answer::String(text)) => text.clone(),
        other => format!("{other:?}"),
    };
    let row = |difference: &asesmen::app::view::Difference| {
        let (old, new) = (&old.response, &new.response);
        let item = difference.new.map(|node| new.item(node)).or_else(|| difference.old.map(|node| old.item(node)));
        let before = difference.old.map(|node| said(old, node)).unwrap_or_default();
        let after = difference.new.map(|node| said(new, node)).unwrap_or_default();
        let card = difference.card.map_or("-", |card| new.questionnaire().item(card).link_id.as_str());
        format!("{card} {}: {before} > {after}", item.expect("on one side").link_id)
    };
    differences(&old.response, &new.response).iter().map(row).collect()
}

#[test]
fn a_revision_is_compared_clause_by_clause() {
    let mut old = Sheet::new(&json!([item("note", "string"), tasks()[0].clone()]));
    old.answer("what", &[0], &[text("Datang")]);
    old.add("task", &[7]);
    old.answer("what", &[7], &[text("Menabung")]);
    old.answer("help", &[7], &[text("Buku")]);
    let mut new = old.replayed(crate::form::sheet::context());
    assert_eq!(changed(&old, &new), Vec::<String>::new());
    new.answer("note", &[], &[text("baru")]);
    new.answer("help", &[0], &[text("Ongkos")]);
    new.add("task", &[3]);
    new.answer("what", &[3], &[text("Belajar")]);
    new.remove("task", &[7]);
    assert_eq!(
        changed(&old, &new),
        [
            "- note:  > baru",
            "card help:  > Ongkos",
            "card what:  > Belajar",
            "card what: Menabung > ",
            "card help: Buku > "
        ],
        "in the order of the form, an entry at a time, what was removed behind"
    );
}
