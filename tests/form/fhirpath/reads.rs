//! What an expression may depend on is found without running it, and never too little.

use super::run;
use crate::form::replay::{acts, session};
use crate::form::sheet::{Sheet, choice, group, item, list, with};
use asesmen::form::fhirpath::{Budget, Expression, Reads, reads};
use asesmen::form::{ItemIx, Place, Questionnaire, Response};
use proptest::prelude::*;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

fn form() -> Sheet {
    let url = "http://hl7.org/fhir/StructureDefinition/ordinalValue";
    let mut scored = choice("score", "choice", &["a"]);
    scored["answerOption"][0]["extension"] = json!([{"url": url, "valueDecimal": 2}]);
    let dose = list("dose", json!([item("mg", "decimal"), item("when", "time")]));
    Sheet::new(&json!([
        item("a", "integer"),
        group("g", json!([item("b", "integer"), with(scored, json!({})), item("c", "string")])),
        list("drug", json!([item("name", "string"), dose])),
        choice("plain", "choice", &["a"]),
    ]))
}

fn names(form: &Questionnaire, reads: &Reads) -> String {
    reads.items().map(|(item, _)| form.item(item).link_id.as_str()).collect::<Vec<_>>().join(" ")
}

fn read<'v>(sheet: &Sheet, context: Option<&str>, text: &str, known: &dyn Fn(&str) -> Option<&'v Reads>) -> Reads {
    let form = sheet.response.questionnaire();
    let context = context.map(|link_id| form.find(link_id).expect("an item"));
    reads(&Expression::parse(text).expect("parses"), form, context, known)
}

#[test]
fn only_what_is_asked_for_is_read() {
    let sheet = form();
    let all = "a g b score c drug name dose mg when plain";
    let table = [
        ("1 + 1", ""),
        ("today() > @2026-01-01", ""),
        ("%patient.name.given.first()", ""),
        ("%resource.item.where(linkId = 'g').item.where(linkId = 'b').answer.value", "b"),
        ("%resource.item.where(linkId = 'g').item.where(linkId = 'b' or linkId = 'c').answer.value.count()", "b c"),
        ("%resource.item.where(linkId = 'g').item.answer.value.empty()", "b score c"),
        ("%resource.descendants().where(linkId = 'b').answer.value > 5", "b"),
        ("%resource.repeat(item).where(linkId = 'b').answer.value > 5", "b"),
        ("%resource.item.answer.value", "a plain"),
        ("%resource.item.where(linkId = 'b').answer.value", ""),
        ("%resource.descendants().where(linkId = 'nowhere').exists()", ""),
        ("%resource.descendants().answer.value.ordinal().sum()", "score"),
        ("%resource.descendants().answer.weight()", "score"),
        ("%resource.item.where(linkId = 'g').exists()", "g b score c"),
        ("%resource.descendants().where(linkId = 'mg').answer.value.sum()", "mg"),
        ("%resource.descendants().where(linkId = 'mg').count()", "drug name dose mg when"),
        ("%resource.item.where(linkId = 'drug').count()", "drug name dose mg when"),
        ("%resource.item.where(linkId = 'drug').select(item.where(linkId = 'name').answer.value)", "name"),
        ("%resource.item.where(linkId = 'drug').select(1)", "drug name dose mg when"),
        ("%resource.item.where(linkId = 'drug')[0].item.where(linkId = 'name').answer", "drug name dose mg when"),
        (
            "%resource.item.where(linkId = 'drug').where(item.answer.value = 'x').item.where(linkId = 'dose').item.answer",
            "name mg when",
        ),
        ("%resource.descendants().count()", all),
        ("%resource.children()", all),
        (
            "iif(%resource.item.where(linkId = 'a').answer.value > 1, 2, %resource.item.where(linkId = 'plain').answer)",
            "a plain",
        ),
        (
            "%resource.item.where(linkId = 'a').answer.aggregate($total + %resource.item.where(linkId = 'plain').answer.count(), 0)",
            "a plain",
        ),
        ("%resource.item.where(linkId = 'a' and $index = 0).answer.value", all),
    ];
    for (text, expected) in table {
        let found = read(&sheet, None, text, &|_| None);
        assert_eq!(names(sheet.response.questionnaire(), &found), expected, "{text}");
        assert_eq!(found.stranger(), None, "{text}");
    }
}

#[test]
fn an_expression_reads_from_its_item() {
    let sheet = form();
    let form = sheet.response.questionnaire();
    let at = |link_id, text| names(form, &read(&sheet, Some(link_id), text, &|_| None));
    assert_eq!(at("g", "%context.item.where(linkId = 'b').answer.value"), "b");
    assert_eq!(at("g", "item.where(linkId = 'b').answer.value"), "b");
    assert_eq!(at("g", "$this.item.answer.value"), "b score c");
    assert_eq!(at("b", "answer.value > 5"), "b");
    assert_eq!(at("b", "today()"), "");
    assert_eq!(at("drug", "item.where(linkId = 'name').answer.value"), "name");
    assert_eq!(at("b", "iif(%resource.item.where(linkId = 'a').answer.value = 1, 1, 2)"), "a");
}

#[test]
fn a_variable_is_read_where_it_is_used() {
    let sheet = form();
    let form = sheet.response.questionnaire();
    let all = read(&sheet, None, "%resource.item", &|_| None);
    let sum = read(&sheet, None, "%resource.descendants().where(linkId = 'b').answer.value + 1", &|_| None);
    let known = |name: &str| match name {
        "all" => Some(&all),
        "sum" => Some(&sum),
        _ => None,
    };
    assert_eq!(names(form, &read(&sheet, None, "%all.where(linkId = 'a').answer.value", &known)), "a");
    assert_eq!(names(form, &read(&sheet, None, "%sum > 5", &known)), "b");
}

#[test]
fn a_misspelt_name_is_noticed() {
    let sheet = form();
    for (text, stranger) in [
        ("item.where(linkId = 'a').anwser.value", Some("anwser")),
        ("item.where(linkid = 'a').answer.value", Some("linkid")),
        ("%patient.anything", None),
        ("item.answer.value.code", None),
    ] {
        assert_eq!(read(&sheet, None, text, &|_| None).stranger(), stranger, "{text}");
    }
}

/// The places at which two responses differ, each with its item.
fn differences(one: &Response, two: &Response) -> Vec<(ItemIx, Place)> {
    let shown = |response: &Response| {
        let nodes = response.walk(response.roots()).into_iter();
        // What is typed or given as a reason begins an entry too, so it counts as what the item has to show.
        let shown = |node| (response.is_enabled(node), response.node(node).content.clone());
        nodes.map(|node| ((response.node(node).item, response.place(node)), shown(node))).collect::<BTreeMap<_, _>>()
    };
    let (one, two) = (shown(one), shown(two));
    let places = one.keys().chain(two.keys()).filter(|place| one.get(place) != two.get(place));
    places.cloned().collect::<BTreeSet<_>>().into_iter().collect()
}

/// Whether an expression at a place reads one of these places.
fn is_read(found: &Reads, at: &[u32], changed: &[(ItemIx, Place)]) -> bool {
    found.items().any(|(item, shared)| {
        let own = &at[..usize::from(shared)];
        changed.iter().any(|(other, place)| *other == item && place.within.starts_with(own))
    })
}

fn expressions() -> impl Strategy<Value = String> {
    let link_id = || {
        prop::sample::select(vec![
            "gate", "g", "weight", "hidden", "drug", "name", "ill", "dose", "taken", "why", "amount", "since", "picks",
            "refer", "none",
        ])
    };
    let step = prop_oneof![
        3 => link_id().prop_map(|link_id| format!(".item.where(linkId = '{link_id}')")),
        3 => link_id().prop_map(|link_id| format!(".descendants().where(linkId = '{link_id}')")),
        2 => link_id().prop_map(|link_id| format!(".repeat(item).where(linkId = '{link_id}')")),
        1 => (link_id(), link_id()).prop_map(|(one, two)| format!(".item.where(linkId = '{one}' or linkId = '{two}')")),
        1 => link_id().prop_map(|link_id| format!(".where(item.where(linkId = '{link_id}').answer.exists())")),
        1 => link_id().prop_map(|link_id| format!(".select(item.where(linkId = '{link_id}').answer.value)")),
        1 => link_id().prop_map(|link_id| format!(".select(%resource.descendants().where(linkId = '{link_id}'))")),
        1 => link_id().prop_map(|link_id| format!(".exists(linkId = '{link_id}')")),
        1 => link_id().prop_map(|link_id| format!(".where($index = 1 or linkId = '{link_id}')")),
        3 => Just(".answer.value".to_owned()),
        2 => Just(".item".to_owned()),
        8 => prop::sample::select(vec![
            ".answer", ".count()", ".exists()", ".first()", ".last()", ".tail()", "[1]", ".empty()", ".linkId", ".children()",
            ".descendants()", ".distinct()", ".value.ordinal()", ".select(1)", ".repeat(item)", ".value.code", ".isDistinct()",
            ".aggregate($total.combine($this.item))", ".aggregate($total & 'x', '')", ".all(answer.exists())", ".not()", ".skip(1)",
            ".ofType(string)", ".repeat(item | answer.value)", ".iif(exists(), $this, 1)", ".select($index)",
        ]).prop_map(str::to_owned),
    ];
    let beginning = prop::sample::select(vec!["%resource", "%resource", "%context"]);
    let path =
        (beginning, proptest::collection::vec(step, 1..6)).prop_map(|(at, steps)| [at, &steps.concat()].concat());
    let path = path.boxed();
    prop_oneof![
        4 => path.clone(),
        1 => (path.clone(), path.clone()).prop_map(|(one, two)| format!("{one} = {two}")),
        1 => (path.clone(), path.clone()).prop_map(|(one, two)| format!("({one} | {two}).count()")),
        1 => (path.clone(), path.clone(), path).prop_map(|(one, two, three)| format!("iif({one}.exists(), {two}, {three})")),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Two sessions that agree on everything an expression reads give it the same value, wherever it stands.
    #[test]
    fn what_is_not_read_does_not_matter(
        texts in proptest::collection::vec(expressions(), 40),
        acts in acts(),
        cut in any::<prop::sample::Index>(),
    ) {
        let (before, _) = session(&acts[..cut.index(acts.len() + 1)]);
        let (after, _) = session(&acts);
        let form = before.questionnaire();
        let changed = differences(&before, &after);
        let contexts = ["g", "drug", "name", "dose", "amount", "refer"].map(|link_id| form.find(link_id));
        let nodes = contexts.into_iter().flatten().flat_map(|item| before.nodes_of(item));
        let places = nodes.map(|node| before.place(node)).filter(|place| is_there(&after, place)).map(Some);
        let places: Vec<Option<Place>> = places.chain([None]).collect();
        for (turn, text) in texts.iter().enumerate() {
            let place = places[turn % places.len()].as_ref();
            let context = place.and_then(|place| form.find(&place.link_id));
            let found = reads(&Expression::parse(text).expect("parses"), form, context, &|_| None);
            if !is_read(&found, place.map_or(&[], |place| &place.within), &changed) {
                let value = |response: &Response| {
                    run(response, place.and_then(|place| response.find(place)), text, Budget::USUAL)
                };
                prop_assert_eq!(value(&before), value(&after), "{} at {:?} reads {}", text, place, names(form, &found));
            }
        }
    }
}

/// Whether a place is in a response, in no entry that was removed.
fn is_there(response: &Response, place: &Place) -> bool {
    let node = response.find(place);
    node.is_some_and(|node| response.walk(response.roots()).contains(&node))
}
