//! Forms, responses and operations that ask for more than a tablet can give are refused, or get no value; nothing hangs,
//! nothing overflows the stack, and nothing is hidden thereby.

use super::sheet::{
    Sheet, also, at_top, context, fhirpath, form, group, item, list, load, place, ruled, variable, with,
};
use asesmen::form::{
    Answer, Limit, LoadRefusal, Operation, OperationRefusal, Questionnaire, ReadRefusal, Reading, Response, as_given,
    issues,
};
use asesmen::json::{JsonRefusal, Reason};
use serde_json::{Value, json};
use std::sync::Arc;

fn questions(count: usize) -> Vec<Value> {
    (0..count).map(|number| item(&format!("q{number}"), "string")).collect()
}

fn too_large(items: &Value) -> Option<Limit> {
    match load(&form(items)) {
        Err(LoadRefusal::TooLarge { limit, .. }) => Some(limit),
        other => other.map(|_| None).unwrap_or_else(|refusal| panic!("{refusal}")),
    }
}

#[test]
fn a_form_has_no_more_places_than_a_response_has_room_for() {
    let refusal = load(&form(&json!(questions(100_001)))).expect_err("refused");
    assert_eq!(refusal.link_id(), Some("q100000"));
    assert!(refusal.to_string().starts_with("a new response would have more than 100000 places"), "{refusal}");
    assert_eq!(too_large(&json!(questions(100_000))), None);
}

/// Ten initial values in each of six lists within one another are a million entries.
#[test]
fn initial_values_in_lists_in_lists_multiply() {
    let nested = |depth: usize| {
        let list = |inner: Value, number: usize| {
            let initial: Vec<Value> = (0..10).map(|value| json!({"valueInteger": value})).collect();
            let list = with(item(&format!("l{number}"), "integer"), json!({"repeats": true, "initial": initial}));
            with(list, json!({"item": [inner]}))
        };
        json!([(0..depth).fold(item("x", "string"), list)])
    };
    assert_eq!(too_large(&nested(4)), None);
    assert_eq!(too_large(&nested(5)), Some(Limit::Places));
    assert_eq!(too_large(&nested(50)), Some(Limit::Places));
}

fn large_list() -> Value {
    json!([list("l", json!(questions(999)))])
}

#[test]
fn an_entry_for_which_there_is_no_room_is_refused() {
    let mut sheet = Sheet::new(&large_list());
    for entry in 1..100 {
        sheet.add("l", &[entry]);
    }
    let at = place("l", &[100]);
    let add = Operation::Add { at: at.clone() };
    assert_eq!(sheet.response.apply(&add), Err(OperationRefusal::Full(at)));
    assert_eq!(sheet.response.children_of(None, sheet.response.node(sheet.node("l", &[1])).item).len(), 100);
    // What is there can be taken away and brought back.
    sheet.remove("l", &[7]);
    sheet.add("l", &[7]);
    sheet.answer("q3", &[7], &[super::sheet::text("masih")]);
    let mut log = vec![add.clone(), Operation::Add { at: place("l", &[0]) }, add];
    sheet.response.replay(&mut log);
    assert_eq!(log, [Operation::Add { at: place("l", &[0]) }], "what does not fit is taken out");
}

#[test]
fn a_response_with_more_entries_than_there_is_room_for_is_refused() {
    let form = Arc::new(load(&form(&large_list())).expect("loads"));
    let read = |entries: usize| {
        let entries = vec![json!({"linkId": "l"}); entries];
        let response = json!({"resourceType": "QuestionnaireResponse", "status": "completed", "item": entries});
        Reading::read(Arc::clone(&form), context(), response.to_string().as_bytes())
    };
    assert!(read(100).is_ok());
    let refusal = read(101).expect_err("refused");
    assert_eq!(refusal, ReadRefusal::TooLarge);
    assert_eq!(refusal.to_string(), "the response needs more than 100000 places");
}

#[test]
fn a_value_set_is_kept_once_however_many_items_name_it() {
    let codes: Vec<Value> = (0..2_000).map(|code| json!({"code": format!("c{code}")})).collect();
    let set = json!({"resourceType": "ValueSet", "id": "v",
        "compose": {"include": [{"system": "urn:test", "concept": codes}]}});
    let choice = |number: usize| with(item(&format!("q{number}"), "choice"), json!({"answerValueSet": "#v"}));
    let form = form(&json!((0..2_000).map(choice).collect::<Vec<_>>()));
    let form = load(&with(form, json!({"contained": [set]}))).expect("loads");
    let mut items = form.items();
    let first = items.next().expect("an item");
    assert_eq!(first.options.len(), 2_000);
    assert!(items.all(|item| Arc::ptr_eq(&item.options, &first.options)));
}

/// An expression that takes some 300,000 steps and then gives 1.
fn slow() -> String {
    let digits = "(0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9)";
    let hundred = format!("{digits}.select({digits})");
    format!("iif({hundred}.select({digits}.select({digits}.select($this).count()).count()).count() > 0, 1, 0)")
}

#[test]
fn all_evaluations_of_a_change_share_what_they_may_do() {
    let slow = slow();
    let mut items: Vec<Value> = (0..200)
        .map(|number| {
            let question = ruled(item(&format!("r{number}"), "integer"), "calculatedExpression", &slow);
            ruled(question, "enableWhenExpression", &format!("{slow} > 1"))
        })
        .collect();
    items.push(item("plain", "string"));
    let sheet = Sheet::new(&json!(items));
    let nodes = sheet.response.roots();
    let reckoned = nodes.iter().filter(|node| !sheet.response.node(**node).content.answers.is_empty()).count();
    let asked = nodes.iter().filter(|node| sheet.response.is_enabled(**node)).count();
    assert!((1..50).contains(&reckoned), "{reckoned} were reckoned");
    // Who was looked at is not asked, as the form says; all others are, since nobody knows better.
    assert!((150..200).contains(&asked), "{asked} are asked");
    // A change that wakes few has all it may do for them.
    let gate = format!("iif({} > 0, {slow}, 0)", at_top("gate"));
    let items = json!([item("gate", "integer"), ruled(item("r", "integer"), "calculatedExpression", &gate)]);
    let mut sheet = Sheet::new(&items);
    for turn in 0..40 {
        sheet.answer("gate", &[], &[Answer::Integer(turn % 2)]);
        assert_eq!(sheet.answers("r", &[]), [Answer::Integer(turn % 2)]);
    }
}

#[test]
fn rules_that_look_at_too_much_are_refused() {
    let constraint = |number: usize| {
        let expression = format!("%resource.descendants().count() > {number}");
        let parts = json!([{"url": "key", "valueId": "k"}, {"url": "human", "valueString": "x"},
            {"url": "expression", "valueExpression": fhirpath(&expression)}]);
        let url = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-targetConstraint";
        also(item(&format!("c{number}"), "string"), json!({"url": url, "extension": parts}))
    };
    assert_eq!(too_large(&json!((0..500).map(constraint).collect::<Vec<_>>())), None);
    assert_eq!(too_large(&json!((0..1_200).map(constraint).collect::<Vec<_>>())), Some(Limit::Dependences));
    // Finding out what is read takes no longer than it may, also where that grows with each level.
    let nested = (0..20).fold("item".to_owned(), |inner, _| format!("repeat({inner} | answer)"));
    let refused = json!([item("a", "string"), ruled(item("b", "string"), "enableWhenExpression", &nested)]);
    assert_eq!(too_large(&refused), Some(Limit::Dependences));
}

#[test]
fn variables_that_all_use_each_other_are_refused() {
    let names: Vec<String> = (0..150).map(|number| format!("%v{number}")).collect();
    let all = names.join(" | ");
    let whole = (0..150).fold(form(&json!(questions(3))), |form, number| variable(form, &format!("v{number}"), &all));
    let refusal = load(&whole).expect_err("refused");
    assert!(matches!(refusal, LoadRefusal::TooLarge { limit: Limit::Dependences, .. }), "{refusal}");
    let undefined = |name: &str| (0..900).map(|number| format!("%{name}{number}")).collect::<Vec<_>>().join(" | ");
    let whole = variable(form(&json!(questions(3))), "v", &undefined("u"));
    let whole = variable(whole, "w", &undefined("x"));
    let (_, exclusions) = Questionnaire::load_in_part(whole.to_string().as_bytes()).expect("sound otherwise");
    assert_eq!(exclusions.len(), 1_000, "nobody reads more");
}

/// Items as deep as JSON may be, with a condition and a list on each level.
fn deep(levels: usize) -> Value {
    (0..levels).fold(item("bottom", "string"), |inner, level| {
        let inner =
            with(inner, json!({"enableWhen": [{"question": "gate", "operator": "exists", "answerBoolean": true}]}));
        list(&format!("l{level}"), json!([inner]))
    })
}

/// A thread has here what a browser gives to the whole app.
#[test]
fn the_deepest_form_fits_the_stack_of_a_browser() {
    let all = || {
        let form = form(&json!([item("gate", "string"), deep(61)]));
        let form = Arc::new(load(&form).expect("loads"));
        let mut sheet = Sheet { response: Response::new(Arc::clone(&form), context()) };
        sheet.answer("gate", &[], &[super::sheet::text("ya")]);
        sheet.answer("bottom", &[0; 61], &[super::sheet::text("dalam")]);
        sheet.add("l0", &[[0; 60].as_slice(), &[1]].concat());
        assert!(sheet.asked("bottom", &[0; 61]) && issues(&sheet.response).is_empty());
        let written = as_given(&sheet.response, "id").to_string();
        let read = Reading::read(form, context(), written.as_bytes()).expect("reads");
        assert_eq!((as_given(&read.response, "id").to_string(), read.findings().len()), (written, 0));
        sheet.export();
    };
    let thread = std::thread::Builder::new().stack_size(1 << 20).spawn(all).expect("a thread");
    thread.join().expect("no overflow");
}

#[test]
fn deeper_forms_and_responses_are_no_json() {
    let deeper = form(&json!([deep(70)])).to_string();
    let refused =
        |reason: &LoadRefusal| matches!(reason, LoadRefusal::NotJson(JsonRefusal { reason: Reason::Depth, .. }));
    assert!(Questionnaire::load(deeper.as_bytes()).is_err_and(|refusal| refused(&refusal)));
    assert!(Questionnaire::load("[".repeat(1_000_000).as_bytes()).is_err_and(|refusal| refused(&refusal)));
    let form = Arc::new(load(&form(&json!([item("gate", "string"), group("g", json!([]))]))).expect("loads"));
    let open = r#"{"item":["#.repeat(500_000);
    assert!(matches!(Reading::read(form, context(), open.as_bytes()), Err(ReadRefusal::NotJson(_))));
}
