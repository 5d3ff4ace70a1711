//! Expressions at work: what is reckoned, asked and filled in by them, and what a hand may change about it.

use super::sheet::{
    Sheet, also, at_top, choice, coded, context, decimal, fhirpath, form, group, item, launched, list, load, now,
    place, ruled, text, variable, when, with,
};
use asesmen::form::{
    Answer, Context, DataAbsentReason, Edit, LoadRefusal, Operation, Questionnaire, Response, may_be_unusual,
    may_have_rules,
};
use asesmen::json::parse;
use serde_json::{Value, json};
use std::sync::Arc;

const SCORE: &str = "http://hl7.org/fhir/StructureDefinition/ordinalValue";

fn whole(number: i32) -> [Answer; 1] {
    [Answer::Integer(number)]
}

fn calculated(link_id: &str, kind: &str, text: &str) -> Value {
    ruled(item(link_id, kind), "calculatedExpression", text)
}

/// A question of a scale from "never" to "nearly every day".
fn scale(link_id: &str) -> Value {
    let mut scale = choice(link_id, "choice", &["never", "days", "half", "daily"]);
    for position in 0..4 {
        scale["answerOption"][position]["extension"] = json!([{"url": SCORE, "valueDecimal": position}]);
    }
    scale
}

fn questions(total: &str) -> Value {
    let mut items: Vec<Value> = (1..=9).map(|number| scale(&format!("phq.{number}"))).collect();
    items.push(calculated("total", "integer", total));
    items.push(calculated(
        "severity",
        "string",
        &format!(
            "iif({0} >= 20, 'berat', iif({0} >= 10, 'sedang', iif({0} >= 5, 'ringan', 'minimal')))",
            at_top("total")
        ),
    ));
    json!(items)
}

#[test]
fn a_score_adds_up_what_the_options_count() {
    for total in [
        "%resource.item.answer.value.ordinal().sum()",
        "%resource.item.where(linkId.startsWith('phq')).answer.value.weight().sum()",
        "%resource.item.answer.weight().sum()",
    ] {
        let mut sheet = Sheet::new(&questions(total));
        assert_eq!(sheet.answers("total", &[]), [], "nothing was asked, so there is no score: {total}");
        for number in 1..=9 {
            sheet.answer(&format!("phq.{number}"), &[], &[coded("days")]);
        }
        assert_eq!(sheet.answers("total", &[]), whole(9), "{total}");
        assert_eq!(sheet.answers("severity", &[]), [text("ringan")], "and what rests on the score follows: {total}");
        sheet.answer("phq.9", &[], &[coded("daily")]);
        assert_eq!(
            (sheet.answers("total", &[]), sheet.answers("severity", &[])),
            (&whole(11)[..], &[text("sedang")][..])
        );
        sheet.answer("phq.9", &[], &[]);
        assert_eq!(sheet.answers("total", &[]), whole(8), "{total}");
    }
}

#[test]
fn an_index_of_mass_is_exact_and_waits_for_both_its_numbers() {
    let bmi = format!("({} / ({} / 100).power(2)).round(1)", at_top("weight"), at_top("height"));
    let items = json!([item("weight", "decimal"), item("height", "decimal"), calculated("bmi", "decimal", &bmi)]);
    let mut sheet = Sheet::new(&items);
    sheet.typed("weight", "52,5");
    assert_eq!(sheet.answers("bmi", &[]), []);
    let changed = sheet.answer("height", &[], &[decimal("158")]);
    assert_eq!(sheet.answers("bmi", &[]), [decimal("21.0")]);
    assert!(changed.nodes.contains(&sheet.node("bmi", &[])), "the screen has to hear of it");
    sheet.typed("height", "0");
    assert_eq!(sheet.answers("bmi", &[]), [], "nothing is divided by zero");
    sheet.typed("height", "seratus");
    assert_eq!(sheet.answers("bmi", &[]), [], "what cannot be read is no number");
}

/// A value takes the type of its question, or is none.
#[test]
fn a_value_becomes_an_answer_of_the_type_that_is_asked_for() {
    let kg = asesmen::form::Coding { code: "kg".to_owned(), display: Some("kg".to_owned()), ..Default::default() };
    let mass = |value: &str, unit: asesmen::form::Coding| {
        let Answer::Decimal(value) = decimal(value) else { panic!("a decimal") };
        vec![Answer::Quantity(asesmen::form::Quantity { value, unit })]
    };
    let unit = "http://hl7.org/fhir/StructureDefinition/questionnaire-unit";
    let in_kg = also(item("q", "quantity"), json!({"url": unit, "valueCoding": {"code": "kg", "display": "kg"}}));
    let date = |text: &str| {
        let calendar = asesmen::domain::Calendar::parse_fhir(text);
        vec![Answer::Date(asesmen::domain::PartialDate { calendar, ..Default::default() })]
    };
    let cases = [
        (item("q", "boolean"), "1 = 1", vec![Answer::Boolean(true)]),
        (item("q", "boolean"), "'ya'", vec![]),
        (item("q", "integer"), "6 / 2", whole(3).to_vec()),
        (item("q", "integer"), "7 / 2", vec![]),
        (item("q", "decimal"), "7 / 2", vec![decimal("3.5")]),
        (item("q", "string"), "'Sekar' & ' ' & 'Ayu'", vec![text("Sekar Ayu")]),
        (item("q", "string"), "''", vec![]),
        (item("q", "text"), "12", vec![text("12")]),
        (item("q", "date"), "today()", date("2026-11-22")),
        (item("q", "date"), "now()", date("2026-11-22")),
        (item("q", "date"), "today() + 1 month", date("2026-12-22")),
        (item("q", "time"), "@T09:30:00", vec![Answer::Time("09:30:00".to_owned())]),
        (item("q", "url"), "'urn:x'", vec![Answer::Uri("urn:x".to_owned())]),
        (in_kg, "52.5", mass("52.5", kg)),
        (choice("q", "choice", &["a", "b"]), "'b'", vec![coded("b")]),
        (choice("q", "choice", &["a", "b"]), "'z'", vec![]),
        (choice("q", "open-choice", &["a", "b"]), "'z'", vec![text("z")]),
        (item("q", "integer"), "1 | 2", vec![]),
        (with(choice("q", "choice", &["a", "b"]), json!({"repeats": true})), "'a' | 'b'", vec![coded("a"), coded("b")]),
    ];
    for (question, expression, expected) in cases {
        let sheet = Sheet::new(&json!([ruled(question.clone(), "calculatedExpression", expression)]));
        assert_eq!(sheet.answers("q", &[]), expected, "{expression} for {question}");
    }
}

/// Each link adds one to the one before it, and they stand in the form in the reverse order.
#[test]
fn a_chain_of_calculations_runs_once_and_in_order() {
    let link = |n: u32| calculated(&format!("c{n}"), "integer", &format!("{} + 1", at_top(&format!("c{}", n - 1))));
    let items: Vec<Value> = (1..=50).rev().map(link).chain([item("c0", "integer")]).collect();
    let mut sheet = Sheet::new(&json!(items));
    let changed = sheet.answer("c0", &[], &whole(100));
    assert_eq!(sheet.answers("c50", &[]), whole(150));
    let mut nodes = changed.nodes.clone();
    nodes.dedup();
    assert_eq!((changed.nodes.len(), nodes.len()), (51, 51), "each changed once: {changed:?}");
}

#[test]
fn a_diamond_is_reckoned_once_with_both_its_sides() {
    let items = json!([
        calculated("bottom", "string", &format!("{} & '-' & {}", at_top("left"), at_top("right"))),
        calculated("left", "string", &format!("'l' & {}", at_top("top"))),
        calculated("right", "string", &format!("'r' & {}", at_top("top"))),
        item("top", "string")
    ]);
    let mut sheet = Sheet::new(&items);
    let changed = sheet.answer("top", &[], &[text("1")]);
    assert_eq!(sheet.answers("bottom", &[]), [text("l1-r1")]);
    let bottom = sheet.node("bottom", &[]);
    assert_eq!(changed.nodes.iter().filter(|node| **node == bottom).count(), 1, "never with one side old: {changed:?}");
}

fn doubled() -> Sheet {
    let double = format!("{} * 2", at_top("a"));
    let after = format!("{} + 1", at_top("b"));
    let mut sheet = Sheet::new(&json!([
        item("a", "integer"),
        calculated("b", "integer", &double),
        with(calculated("c", "integer", &after), json!({"readOnly": true}))
    ]));
    sheet.answer("a", &[], &whole(5));
    sheet
}

#[test]
fn a_reckoned_value_may_be_corrected_by_hand_and_taken_back() {
    let mut sheet = doubled();
    let b = sheet.node("b", &[]);
    assert!(sheet.response.is_reckoned(b));
    sheet.typed("b", "99");
    assert!(!sheet.response.is_reckoned(b));
    assert_eq!(sheet.answers("c", &[]), whole(100), "others reckon with the correction");
    sheet.answer("a", &[], &whole(6));
    assert_eq!(sheet.answers("b", &[]), whole(99), "what was given by hand stays");
    for back in [Edit::Cleared, Edit::Typed(" ".to_owned())] {
        sheet.typed("b", "99");
        sheet.edit("b", &[], back);
        assert!(sheet.response.is_reckoned(b));
        assert_eq!((sheet.answers("b", &[]), sheet.answers("c", &[])), (&whole(12)[..], &whole(13)[..]));
    }
    sheet.edit("b", &[], Edit::Missing(Some(DataAbsentReason::NotApplicable)));
    assert_eq!((sheet.answers("b", &[]), sheet.answers("c", &[])), (&[][..], &[][..]), "a reason is given by hand too");
    sheet.edit("b", &[], Edit::Missing(None));
    assert_eq!(sheet.answers("c", &[]), whole(13));
}

/// What stood in place of a value that cannot be reckoned leaves nothing behind.
#[test]
fn taking_back_a_correction_leaves_nothing_of_it() {
    let mut sheet = doubled();
    sheet.answer("a", &[], &[]);
    for edit in [Edit::Typed("dua".to_owned()), Edit::Missing(Some(DataAbsentReason::AskedUnknown))] {
        sheet.edit("b", &[], edit);
        assert!(!sheet.content("b", &[]).is_empty());
        let content = sheet.edit("b", &[], Edit::Cleared).clone();
        assert_eq!(content, asesmen::form::Content::default());
        assert_eq!(sheet.content("b", &[]), sheet.replayed(context()).content("b", &[]));
    }
}

#[test]
fn a_correction_that_says_the_same_is_still_a_correction() {
    let mut sheet = doubled();
    let b = sheet.node("b", &[]);
    let changed = sheet.answer("b", &[], &whole(10));
    assert!(!sheet.response.is_reckoned(b));
    assert!(changed.nodes.contains(&b), "the screen shows by whom it was given");
    sheet.answer("a", &[], &whole(6));
    assert_eq!(sheet.answers("b", &[]), whole(10));
    assert_eq!(sheet.replayed(context()).answers("b", &[]), whole(10));
}

#[test]
fn what_is_read_only_keeps_no_correction() {
    let mut sheet = doubled();
    sheet.answer("c", &[], &whole(7));
    assert_eq!(sheet.answers("c", &[]), whole(11));
    assert!(sheet.response.is_reckoned(sheet.node("c", &[])));
    assert_eq!(sheet.response.operations().len(), 1, "only the answer that was given is kept");
}

#[test]
fn what_is_reckoned_is_not_kept_but_reckoned_again() {
    let mut sheet = doubled();
    let given = [Operation::Set {
        at: place("a", &[]),
        content: asesmen::form::Content { answers: whole(5).to_vec(), ..Default::default() },
    }];
    assert_eq!(sheet.response.operations(), given);
    assert_eq!(sheet.replayed(context()).export(), sheet.export());
    sheet.typed("b", "99");
    assert_eq!(sheet.response.operations().len(), 2, "a correction is");
    let copy = sheet.replayed(context());
    assert_eq!(copy.export(), sheet.export());
    assert!(!copy.response.is_reckoned(copy.node("b", &[])));
}

/// An initial value is where a reckoned one could hide: both stand before a hand touches anything.
#[test]
fn a_correction_that_equals_the_initial_value_is_kept() {
    let b =
        with(calculated("b", "integer", &format!("{} * 2", at_top("a"))), json!({"initial": [{"valueInteger": 3}]}));
    let mut sheet = Sheet::new(&json!([item("a", "integer"), b]));
    assert_eq!(sheet.answers("b", &[]), [], "the form reckons from the start");
    sheet.answer("a", &[], &whole(5));
    sheet.answer("b", &[], &whole(3));
    assert_eq!(sheet.replayed(context()).answers("b", &[]), whole(3));
}

/// A total over a whole form passes over itself, so that it does not grow each time it is reckoned.
#[test]
fn a_total_over_everything_leaves_itself_out() {
    let total = "%resource.item.answer.value.ofType(integer).sum()";
    let mut sheet =
        Sheet::new(&json!([item("a", "integer"), calculated("total", "integer", total), item("b", "integer")]));
    for number in [1, 2, 3] {
        sheet.answer("a", &[], &whole(number));
        sheet.answer("b", &[], &whole(10));
        assert_eq!(sheet.answers("total", &[]), whole(number + 10));
    }
    assert_eq!(sheet.replayed(context()).export(), sheet.export());
}

#[test]
fn calculations_in_entries_look_at_their_own_entry() {
    let line = list(
        "line",
        json!([item("price", "integer"), item("count", "integer"), calculated("sum", "integer", "%price * %count")]),
    );
    let sum = "%resource.item.where(linkId = 'line').item.where(linkId = 'sum').answer.value.sum()";
    let mut line = variable(line, "price", "item.where(linkId = 'price').answer.value");
    line = variable(line, "count", "item.where(linkId = 'count').answer.value");
    let mut sheet = Sheet::new(&json!([calculated("all", "integer", sum), line]));
    sheet.add("line", &[7]);
    for (entry, price, count) in [(0, 2, 3), (7, 10, 4)] {
        sheet.answer("price", &[entry], &whole(price));
        sheet.answer("count", &[entry], &whole(count));
    }
    assert_eq!((sheet.answers("sum", &[0]), sheet.answers("sum", &[7])), (&whole(6)[..], &whole(40)[..]));
    assert_eq!(sheet.answers("all", &[]), whole(46));
    sheet.remove("line", &[0]);
    assert_eq!(sheet.answers("all", &[]), whole(40));
    sheet.add("line", &[0]);
    assert_eq!((sheet.answers("sum", &[0]), sheet.answers("all", &[])), (&whole(6)[..], &whole(46)[..]));
}

#[test]
fn what_is_not_asked_counts_for_nothing() {
    let b = when(item("b", "integer"), "gate", "=", "answerBoolean", json!(true));
    let sum = "%resource.item.where(linkId = 'a' or linkId = 'b').answer.value.sum()";
    let mut sheet =
        Sheet::new(&json!([item("gate", "boolean"), item("a", "integer"), b, calculated("sum", "integer", sum)]));
    sheet.answer("a", &[], &whole(1));
    sheet.answer("b", &[], &whole(10));
    assert_eq!(sheet.answers("sum", &[]), whole(1));
    sheet.answer("gate", &[], &[Answer::Boolean(true)]);
    assert_eq!(sheet.answers("sum", &[]), whole(11));
}

/// An entry in which something was only typed, or missing for a reason, is begun all the same.
#[test]
fn an_entry_begun_without_an_answer_counts_as_one() {
    let entry = list("visit", json!([item("days", "integer"), item("where", "string")]));
    let count = "%resource.item.where(linkId = 'visit').count()";
    let mut sheet = Sheet::new(&json!([entry, calculated("visits", "integer", count)]));
    let none = whole(0);
    assert_eq!(sheet.answers("visits", &[]), none);
    for (begun, back) in [
        (Edit::Typed("dua".to_owned()), Edit::Cleared),
        (Edit::Missing(Some(DataAbsentReason::AskedDeclined)), Edit::Missing(None)),
    ] {
        sheet.edit("days", &[0], begun);
        assert_eq!(sheet.answers("visits", &[]), whole(1));
        sheet.edit("days", &[0], back);
        assert_eq!(sheet.answers("visits", &[]), none);
    }
}

#[test]
fn an_expression_says_whether_an_item_is_asked() {
    let adult = format!("{} >= 18", at_top("age"));
    let mut sheet = Sheet::new(&json!([
        item("age", "integer"),
        ruled(group("work", json!([item("job", "string")])), "enableWhenExpression", &adult)
    ]));
    assert!(!sheet.asked("job", &[]), "an empty result is no yes");
    for (age, asked) in [(17, false), (18, true), (3, false)] {
        let changed = sheet.answer("age", &[], &whole(age));
        assert_eq!(sheet.asked("job", &[]), asked, "{age}");
        assert_eq!(changed.nodes.contains(&sheet.node("work", &[])), age != 17, "{age}: {changed:?}");
    }
}

#[test]
fn an_expression_stands_in_place_of_conditions() {
    let both = when(ruled(item("q", "string"), "enableWhenExpression", "true"), "a", "=", "answerBoolean", json!(true));
    let sheet = Sheet::new(&json!([item("a", "boolean"), both]));
    assert!(sheet.asked("q", &[]));
}

/// What cannot be told hides nothing: neither a resource that did not come, nor an error.
#[test]
fn what_cannot_be_evaluated_is_asked() {
    let asked = |expression: &str, resources: &[(&str, Value)]| {
        let form = launched(form(&json!([ruled(item("q", "string"), "enableWhenExpression", expression)])), "patient");
        let mut context = context();
        for (name, resource) in resources {
            let resource = parse(resource.to_string().as_bytes()).expect("JSON");
            context.resources.push(((*name).to_owned(), resource));
        }
        Sheet::launched(&form, context).asked("q", &[])
    };
    let female = "%patient.gender = 'female'";
    assert!(asked(female, &[]), "nobody said who it is about");
    assert!(asked(female, &[("patient", json!({"gender": "female"}))]));
    assert!(!asked(female, &[("patient", json!({"gender": "male"}))]));
    assert!(!asked(female, &[("patient", json!({}))]), "one without a gender is not female");
    assert!(asked("(1 | 2) > 1", &[]));
}

#[test]
fn variables_are_seen_where_they_stand_and_below() {
    let root = |items: Value| variable(form(&items), "base", &at_top("a"));
    let inner = variable(group("g", json!([calculated("y", "integer", "%base + %more")])), "more", "10");
    let form = root(json!([item("a", "integer"), calculated("x", "integer", "%base + 1"), inner]));
    let mut sheet = Sheet::launched(&form, context());
    sheet.answer("a", &[], &whole(5));
    assert_eq!((sheet.answers("x", &[]), sheet.answers("y", &[])), (&whole(6)[..], &whole(15)[..]));
    let outside = root(json!([item("a", "integer"), inner_used_outside()]));
    let refused = load(&outside).err().map(|refusal| refusal.to_string()).expect("refused");
    assert!(refused.contains("“x”") && refused.contains("%more"), "{refused}");
}

fn inner_used_outside() -> Value {
    group("top", json!([calculated("x", "integer", "%more"), variable(group("g", json!([])), "more", "10")]))
}

#[test]
fn an_inner_variable_hides_an_outer_one_and_may_be_made_from_it() {
    let deepest = variable(group("h", json!([calculated("z", "integer", "%n")])), "n", "%n * 10");
    let inner = variable(group("g", json!([calculated("y", "integer", "%n"), deepest])), "n", "%n + 1");
    let whole_form =
        variable(form(&json!([item("a", "integer"), calculated("x", "integer", "%n"), inner])), "n", &at_top("a"));
    let mut sheet = Sheet::launched(&whole_form, context());
    for n in [1, 5] {
        sheet.answer("a", &[], &whole(n));
        assert_eq!(sheet.answers("x", &[]), whole(n));
        assert_eq!(sheet.answers("y", &[]), whole(n + 1));
        assert_eq!(sheet.answers("z", &[]), whole((n + 1) * 10));
    }
}

#[test]
fn a_named_expression_is_a_variable_too() {
    let named = with(fhirpath(&format!("{} * 2", at_top("a"))), json!({"name": "double"}));
    let url = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression";
    let group = group("g", json!([calculated("c", "integer", "%double + 1")]));
    let outer = also(group, json!({"url": url, "valueExpression": named}));
    let mut sheet = Sheet::new(&json!([item("a", "integer"), outer]));
    sheet.answer("a", &[], &whole(5));
    assert_eq!(sheet.answers("c", &[]), whole(11));
}

/// A form with names that lead in circles or very deep is refused; what only checks answers by it must not hang either.
#[test]
fn names_that_lead_nowhere_or_too_deep_are_refused_and_harmless() {
    let asking = |name: &str| form(&json!([calculated("q", "integer", &format!("%{name}"))]));
    let circle = variable(variable(asking("a"), "a", "%b"), "b", "%a");
    let own = variable(asking("a"), "a", "%a + 1");
    let link = |form, n: u32| variable(form, &format!("v{n}"), &format!("%v{} + 1", n + 1));
    let end = |form| variable(form, "v600", "0");
    let forward = end((0..600).fold(asking("v0"), link));
    let backward = (0..600).rev().fold(end(asking("v0")), link);
    let nested = |form, n: u32| {
        let (open, close) = ("iif(true, ".repeat(30), ")".repeat(30));
        variable(form, &format!("v{n}"), &format!("{open}%v{}{close}", n + 1))
    };
    let nests = end((0..600).fold(asking("v0"), nested));
    for (form, words) in [
        (circle, "depends on itself"),
        (own, "nothing defines"),
        (asking("ghost"), "%ghost"),
        (forward, "too many"),
        (backward, "too many"),
        (nests, "too many"),
    ] {
        let refusal = load(&form).expect_err("refused");
        assert!(refusal.is_exclusion() && refusal.to_string().contains(words), "{refusal}");
        let (in_part, _) = Questionnaire::load_in_part(form.to_string().as_bytes()).expect("can still check answers");
        let response = Response::new(Arc::new(in_part), context());
        assert!(response.find(&place("q", &[])).is_some_and(|q| response.node(q).content.answers.is_empty()));
    }
    let few = variable((0..40).rev().fold(asking("v0"), link), "v40", "0");
    assert_eq!(Sheet::launched(&few, context()).answers("q", &[]), whole(40));
}

#[test]
fn calculations_in_a_circle_are_refused_and_named() {
    let items = json!([calculated("a", "integer", &at_top("b")), calculated("b", "integer", &at_top("a"))]);
    assert_eq!(load(&form(&items)).err(), Some(LoadRefusal::Cycle(["a", "b", "a"].map(str::to_owned).to_vec())));
    let through = variable(
        form(&json!([calculated("a", "integer", "%n"), calculated("b", "integer", &at_top("a"))])),
        "n",
        &at_top("b"),
    );
    assert!(matches!(load(&through).err(), Some(LoadRefusal::Cycle(_))), "also through a variable");
    let asked = ruled(item("a", "integer"), "enableWhenExpression", &format!("{} > 1", at_top("b")));
    let gated = json!([asked, calculated("b", "integer", &at_top("a"))]);
    assert!(matches!(load(&form(&gated)).err(), Some(LoadRefusal::Cycle(_))), "also through what is asked");
}

fn surroundings() -> Context {
    let mut context = Context::at(now());
    for (name, resource) in [
        (
            "patient",
            json!({"resourceType": "Patient", "birthDate": "2001-02-28", "name": [{"text": "Sekar Ayu"}],
            "identifier": [{"value": "A-17"}]}),
        ),
        ("user", json!({"resourceType": "Practitioner", "name": [{"text": "Ratri Wulansari"}]})),
    ] {
        context.resources.push((name.to_owned(), parse(resource.to_string().as_bytes()).expect("JSON")));
    }
    context
}

fn initial(link_id: &str, kind: &str, text: &str) -> Value {
    ruled(item(link_id, kind), "initialExpression", text)
}

fn populated() -> Value {
    let items = json!([
        initial("name", "string", "%patient.name.text"),
        initial("born", "date", "%patient.birthDate"),
        initial("worker", "string", "%user.name.first().text"),
        initial("today", "date", "today()"),
        with(initial("words", "string", "'satu' | 'dua' | 'tiga'"), json!({"repeats": true})),
        with(initial("one", "string", "'satu' | 'dua'"), json!({})),
        with(
            ruled(choice("picks", "choice", &["a", "b", "c"]), "initialExpression", "'a' | 'c'"),
            json!({"repeats": true})
        ),
        list("visit", json!([initial("by", "string", "%user.name.text"), item("note", "string")])),
        with(initial("fixed", "string", "'lain'"), json!({"initial": [{"valueString": "tetap"}]})),
        initial("wrong", "integer", "%patient.name.text")
    ]);
    launched(launched(form(&items), "patient"), "user")
}

/// All values that are reckoned are answers, in their order, where the question repeats.
#[test]
fn a_question_that_repeats_takes_all_that_is_reckoned() {
    let names = "%resource.item.where(linkId = 'drug').item.where(linkId = 'name').answer.value";
    let mut sheet = Sheet::new(&json!([
        list("drug", json!([item("name", "string")])),
        with(calculated("names", "string", names), json!({"repeats": true})),
        calculated("first", "string", names),
    ]));
    assert_eq!(sheet.answers("names", &[]), []);
    sheet.answer("name", &[0], &[text("satu")]);
    assert_eq!(sheet.answers("first", &[]), [text("satu")]);
    sheet.add("drug", &[4]);
    sheet.answer("name", &[4], &[text("dua")]);
    assert_eq!(sheet.answers("names", &[]), [text("satu"), text("dua")]);
    assert_eq!(sheet.answers("first", &[]), [], "several for a question that takes one are none");
    assert_eq!(sheet.items()[2]["answer"], json!([{"valueString": "satu"}, {"valueString": "dua"}]), "in one item");
    sheet.remove("drug", &[0]);
    assert_eq!(sheet.answers("names", &[]), [text("dua")]);
    let replayed = sheet.replayed(context());
    assert_eq!(replayed.answers("names", &[]), [text("dua")]);
    sheet.answer("names", &[], &[text("tiga"), text("empat")]);
    sheet.answer("name", &[4], &[text("lima")]);
    assert_eq!(sheet.answers("names", &[]), [text("tiga"), text("empat")], "a correction stays");
    sheet.edit("names", &[], Edit::Cleared);
    assert_eq!(sheet.answers("names", &[]), [text("lima")]);
}

#[test]
fn what_is_known_at_the_start_is_filled_in_as_operations() {
    let mut sheet = Sheet::launched(&populated(), surroundings());
    let operations = sheet.response.populate();
    assert_eq!(sheet.answers("name", &[]), [text("Sekar Ayu")]);
    assert_eq!(sheet.items()[1]["answer"], json!([{"valueDate": "2001-02-28"}]));
    assert_eq!(sheet.answers("worker", &[]), [text("Ratri Wulansari")]);
    assert_eq!(sheet.items()[3]["answer"], json!([{"valueDate": "2026-11-22"}]));
    let words: Vec<&[Answer]> = (0..3).map(|entry| sheet.answers("words", &[entry])).collect();
    assert_eq!(words, [[text("satu")], [text("dua")], [text("tiga")]], "an entry for each");
    assert_eq!(sheet.answers("one", &[]), [], "several for a question that takes one are none");
    assert_eq!(sheet.answers("picks", &[]), [coded("a"), coded("c")]);
    assert_eq!(sheet.answers("by", &[0]), [text("Ratri Wulansari")]);
    assert_eq!(sheet.answers("fixed", &[]), [text("tetap")], "what the form gives goes first");
    assert_eq!(sheet.answers("wrong", &[]), []);
    // The record holds what was known then: it is made again without the surroundings.
    let mut again = Sheet::launched(&populated(), context());
    operations.iter().for_each(|operation| drop(again.apply(operation)));
    assert_eq!(again.export(), sheet.export());
    assert_eq!(sheet.replayed(context()).export(), sheet.export());
    assert_eq!(sheet.response.populate(), [], "twice is once");
}

#[test]
fn what_is_not_known_is_left_to_be_asked() {
    let mut sheet = Sheet::launched(&populated(), context());
    sheet.response.populate();
    assert_eq!((sheet.answers("name", &[]), sheet.answers("worker", &[])), (&[][..], &[][..]));
    assert_eq!(sheet.items()[3]["answer"], json!([{"valueDate": "2026-11-22"}]), "the rest is filled in all the same");
}

#[test]
fn what_somebody_answered_is_not_filled_in_over() {
    let mut sheet = Sheet::launched(&populated(), surroundings());
    sheet.typed("name", "Dewi");
    sheet.edit("worker", &[], Edit::Missing(Some(DataAbsentReason::NotAsked)));
    sheet.response.populate();
    assert_eq!(sheet.answers("name", &[]), [text("Dewi")]);
    assert_eq!(sheet.answers("worker", &[]), []);
}

/// Expressions may look at the form itself.
#[test]
fn the_form_itself_can_be_asked() {
    let sheet = Sheet::new(&json!([calculated("title", "string", "%questionnaire.title")]));
    assert_eq!(sheet.answers("title", &[]), [text("Contoh")]);
}

#[test]
fn a_form_with_rules_is_told_from_its_bytes() {
    let pattern = json!({"url": "http://hl7.org/fhir/StructureDefinition/regex", "valueString": "[0-9]+"});
    let constraint = json!({"url": "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-targetConstraint",
        "extension": [{"url": "key", "valueId": "k"}, {"url": "expression", "valueString": "true"}]});
    for ruled in [
        calculated("a", "integer", "1"),
        ruled(item("a", "integer"), "enableWhenExpression", "true"),
        ruled(item("a", "integer"), "initialExpression", "1"),
        variable(item("a", "integer"), "v", "1"),
        also(item("a", "string"), pattern),
        also(item("a", "string"), constraint),
    ] {
        let text = form(&json!([ruled])).to_string();
        assert!(may_have_rules(text.as_bytes()), "{text}");
        // However the file is written.
        for (letter, escape) in [("x", "\\u0078"), ("/", "\\/"), ("g", "\\u0067")] {
            assert!(may_have_rules(text.replace(letter, escape).as_bytes()), "{letter} in {text}");
        }
    }
    let plain = form(&json!([choice("a", "choice", &["yes", "no"]), item("b", "text")]));
    assert!(!may_have_rules(plain.to_string().as_bytes()) && !may_be_unusual(plain.to_string().as_bytes()));
    let built_in = std::fs::read("instruments/fisik.json").expect("a form");
    assert!(!may_be_unusual(&built_in), "it loads no more than it needs");
    for unusual in [
        json!({"linkId": "a", "type": "choice", "answerValueSet": "http://hl7.org/fhir/ValueSet/yesnodontknow"}),
        json!({"linkId": "a", "type": "string", "text": "a", "_text": {"extension": [{
            "url": "http://hl7.org/fhir/StructureDefinition/rendering-markdown", "valueMarkdown": "*a*"}]}}),
    ] {
        assert!(may_be_unusual(form(&json!([unusual])).to_string().as_bytes()));
    }
}
