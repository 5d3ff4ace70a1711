//! Which items stand on a page together.

use super::sheet::{extended, form, group, item, list, load, with};
use serde_json::{Value, json};

const CONTROL: &str = "http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl";

fn shown_as(element: Value, code: &str) -> Value {
    let system = "http://hl7.org/fhir/questionnaire-item-control";
    extended(element, CONTROL, "valueCodeableConcept", json!({"coding": [{"system": system, "code": code}]}))
}

/// A group with a question of its own.
fn part(link_id: &str) -> Value {
    group(link_id, json!([item(&format!("{link_id}.q"), "string")]))
}

/// The pages as `heading: items`; loose items have no heading.
fn pages(items: &Value) -> Vec<String> {
    let form = load(&form(items)).expect("loads");
    let name = |ix| form.item(ix).link_id.as_str();
    form.sections()
        .iter()
        .map(|section| {
            let items: Vec<&str> = section.items.iter().map(|ix| name(*ix)).collect();
            format!("{}: {}", section.group.map_or("", name), items.join(" "))
        })
        .collect()
}

#[test]
fn each_group_at_the_top_is_a_page() {
    assert_eq!(pages(&json!([part("a"), part("b")])), ["a: a.q", "b: b.q"]);
    let deep = group("a", json!([part("x"), item("y", "string"), part("z")]));
    assert_eq!(pages(&json!([deep, part("b")])), ["a: x y z", "b: b.q"], "groups in groups stay on their page");
    assert_eq!(pages(&json!([])), [] as [&str; 0]);
}

#[test]
fn loose_questions_between_groups_share_a_page() {
    let items = json!([item("one", "string"), item("two", "string"), part("a"), item("three", "string")]);
    assert_eq!(pages(&items), [": one two", "a: a.q", ": three"]);
    assert_eq!(pages(&json!([item("one", "string")])), [": one"]);
}

#[test]
fn one_group_around_everything_is_no_page_of_its_own() {
    assert_eq!(pages(&json!([group("all", json!([part("a"), part("b")]))])), ["a: a.q", "b: b.q"]);
    let loose = group("all", json!([item("one", "string"), part("a"), item("two", "string"), part("b")]));
    assert_eq!(pages(&json!([loose])), ["all: one", "a: a.q", "all: two", "b: b.q"]);
    let single = group("all", json!([part("a"), item("one", "string")]));
    assert_eq!(pages(&json!([single])), ["all: a one"], "one group inside is no reason to open it");
    let page = shown_as(group("all", json!([part("a"), part("b")])), "page");
    assert_eq!(pages(&json!([page])), ["all: a b"], "a group that asks to be a page is one");
}

#[test]
fn pages_inside_a_group_are_pages() {
    let outer = group(
        "g",
        json!([item("intro", "display"), shown_as(part("p1"), "page"), part("x"), shown_as(part("p2"), "page")]),
    );
    assert_eq!(pages(&json!([outer, part("b")])), ["g: intro", "p1: p1.q", "g: x", "p2: p2.q", "b: b.q"]);
}

#[test]
fn each_group_in_a_tab_container_is_a_page() {
    let tabs = shown_as(group("tabs", json!([part("t1"), item("loose", "string"), part("t2")])), "tab-container");
    assert_eq!(pages(&json!([tabs.clone(), part("b")])), ["t1: t1.q", "tabs: loose", "t2: t2.q", "b: b.q"]);
    assert_eq!(
        pages(&json!([group("all", json!([tabs, part("b")]))])),
        ["t1: t1.q", "tabs: loose", "t2: t2.q", "b: b.q"]
    );
}

#[test]
fn a_list_at_the_top_is_a_page_with_all_its_entries() {
    let visits = list("visit", json!([item("day", "date")]));
    assert_eq!(pages(&json!([visits.clone(), part("b")])), ["visit: visit", "b: b.q"]);
    let with_pages = list("visit", json!([shown_as(part("p1"), "page"), shown_as(part("p2"), "page")]));
    assert_eq!(pages(&json!([with_pages])), ["visit: visit"], "entries are not torn apart over pages");
    assert_eq!(
        pages(&json!([item("one", "string"), with(item("phone", "string"), json!({"repeats": true})), part("b")])),
        [": one phone", "b: b.q"]
    );
}

#[test]
fn what_is_hidden_is_on_no_page() {
    let hide = |element| {
        extended(element, "http://hl7.org/fhir/StructureDefinition/questionnaire-hidden", "valueBoolean", json!(true))
    };
    assert_eq!(
        pages(&json!([hide(part("h")), item("one", "string"), hide(item("two", "string")), item("three", "string")])),
        [": one three"]
    );
    let around = group("all", json!([hide(item("own", "string")), part("a"), part("b")]));
    assert_eq!(
        pages(&json!([hide(item("own2", "string")), around])),
        ["a: a.q", "b: b.q"],
        "what is hidden does not count beside it"
    );
}

/// Every question that is not hidden is on exactly one page.
#[test]
fn no_question_is_lost_between_pages() {
    let tabs = shown_as(group("tabs", json!([part("t1"), item("l1", "string"), part("t2")])), "tab-container");
    let paged = group(
        "g",
        json!([item("l2", "string"), shown_as(part("p1"), "page"), part("x"), list("v", json!([item("d", "date")]))]),
    );
    let items = json!([item("l0", "string"), tabs, paged, list("w", json!([part("y")])), item("l9", "string")]);
    let form = load(&form(&items)).expect("loads");
    let below = |ix| {
        let mut open = vec![ix];
        let mut found = Vec::new();
        while let Some(ix) = open.pop() {
            let item = form.item(ix);
            open.extend(&item.children);
            found.extend(item.kind.is_question().then(|| item.link_id.clone()));
        }
        found
    };
    let mut on_pages: Vec<String> =
        form.sections().iter().flat_map(|section| section.items.clone()).flat_map(below).collect();
    on_pages.sort();
    let mut all: Vec<String> =
        form.items().filter(|item| item.kind.is_question()).map(|item| item.link_id.clone()).collect();
    all.sort();
    assert_eq!(on_pages, all);
}
