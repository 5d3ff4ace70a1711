//! Carrying answers to another version of a form: each kind of question, lists, reckoned values. Nothing is bent.

use super::sheet::{
    Sheet, choice, coded, decimal, extended, form, group, item, list, load, now, place, ruled, text, when, with,
};
use asesmen::domain::PartialDate;
use asesmen::form::{
    Answer, Attachment, Basis, Carried, Coding, Content, DataAbsentReason, DateParts, Edit, Place, Quantity,
    Questionnaire, Response, Unfit, carry,
};
use asesmen::json::Number;
use serde_json::{Value, json};
use std::sync::Arc;

const HIDDEN: &str = "http://hl7.org/fhir/StructureDefinition/questionnaire-hidden";
const UNIT: &str = "http://hl7.org/fhir/StructureDefinition/questionnaire-unit";
const BASIS: &str = "https://asesmen.id/fhir/StructureDefinition/answer-basis";
const PARTIAL: &str = "https://asesmen.id/fhir/StructureDefinition/partial-date";

/// Everything carried over to a form of these items.
fn carried(old: &Sheet, items: &Value) -> Carried {
    let new: Arc<Questionnaire> = Arc::new(load(&form(items)).expect("loads"));
    let carried = carry(&old.response, old.response.anew(Arc::clone(&new)), None);
    let mut again = old.response.anew(new);
    for operation in &carried.operations {
        again.apply(operation).expect("each operation fits");
    }
    assert_eq!(super::replay::state(&again), super::replay::state(&carried.response), "the operations say it all");
    carried
}

fn content<'a>(response: &'a Response, link_id: &str, within: &[u32]) -> &'a Content {
    &response.node(response.find(&place(link_id, within)).expect("the place exists")).content
}

fn answers<'a>(carried: &'a Carried, link_id: &str, within: &[u32]) -> &'a [Answer] {
    &content(&carried.response, link_id, within).answers
}

/// What is left: where it stood, what, and why.
fn left(old: &Sheet, carried: &Carried) -> Vec<(Place, Content, Unfit)> {
    let left = carried.left.iter();
    left.map(|left| (old.response.place(left.node), left.content.clone(), left.why)).collect()
}

fn only(answers: &[Answer]) -> Content {
    Content { answers: answers.to_vec(), ..Content::default() }
}

/// A question answered in one form, and what becomes of it where the question is another.
fn one(old: Value, answers: &[Answer], new: Value) -> (Content, Vec<(Content, Unfit)>) {
    let mut sheet = Sheet::new(&json!([old]));
    sheet.answer("q", &[], answers);
    let carried = carried(&sheet, &json!([new]));
    let left = left(&sheet, &carried).into_iter().map(|(_, content, why)| (content, why)).collect();
    (content(&carried.response, "q", &[]).clone(), left)
}

fn repeated(element: Value) -> Value {
    with(element, json!({"repeats": true}))
}

fn unit(element: Value, code: &str) -> Value {
    extended(
        element,
        UNIT,
        "valueCoding",
        json!({"system": "http://unitsofmeasure.org", "code": code, "display": code}),
    )
}

fn quantity(value: &str, code: &str) -> Answer {
    let unit = Coding {
        system: Some("http://unitsofmeasure.org".to_owned()),
        code: code.to_owned(),
        display: Some(code.to_owned()),
        version: None,
    };
    Answer::Quantity(Quantity { value: Number::parse(value).expect("a number"), unit })
}

fn samples() -> Vec<(&'static str, Answer)> {
    let file = Attachment {
        content_type: "image/png".to_owned(),
        title: "foto.png".to_owned(),
        size: 3,
        data: "AAAA".to_owned(),
    };
    vec![
        ("boolean", Answer::Boolean(true)),
        ("decimal", decimal("52.50")),
        ("integer", Answer::Integer(7)),
        ("date", Answer::Date(PartialDate::from_age("30", now()).expect("an age"))),
        ("dateTime", Answer::DateTime("2026-11-22T10:32:00+07:00".to_owned())),
        ("time", Answer::Time("10:32:00".to_owned())),
        ("string", text("satu")),
        ("text", text("satu\ndua")),
        ("url", Answer::Uri("https://example.org".to_owned())),
        ("choice", coded("a")),
        ("open-choice", text("kata sendiri")),
        ("attachment", Answer::Attachment(file)),
        ("quantity", quantity("52.50", "kg")),
        ("reference", Answer::Reference(asesmen::json::parse(b"{\"reference\":\"Patient/1\"}").expect("JSON"))),
    ]
}

fn of_kind(kind: &str) -> Value {
    if kind.ends_with("choice") { choice("q", kind, &["a", "b"]) } else { item("q", kind) }
}

/// Each kind to each other: what is the same value stays, everything else is left as it is.
#[test]
fn every_kind_stays_itself_and_becomes_no_other() {
    let same = [
        ("integer", "decimal", decimal("7")),
        ("string", "text", text("satu")),
        ("text", "string", text("satu\ndua")),
        ("url", "string", Answer::Uri("https://example.org".to_owned())),
        ("url", "text", Answer::Uri("https://example.org".to_owned())),
        ("string", "open-choice", text("satu")),
        ("text", "open-choice", text("satu\ndua")),
        ("choice", "open-choice", coded("a")),
        ("open-choice", "string", text("kata sendiri")),
        ("open-choice", "text", text("kata sendiri")),
    ];
    for (from, answer) in samples() {
        // What a worker cannot type is read from elsewhere; references are read-only, so they are set as operations are.
        for (to, _) in samples() {
            let (stays, leaves) = one(of_kind(from), std::slice::from_ref(&answer), of_kind(to));
            let reread =
                same.iter().find(|(one, other, _)| (*one, *other) == (from, to)).map(|(.., read)| match read {
                    Answer::Uri(words) => text(words),
                    other => other.clone(),
                });
            let expected = if from == to { Some(answer.clone()) } else { reread };
            match expected {
                Some(expected) => {
                    assert_eq!(stays, only(&[expected]), "{from} to {to}");
                    assert_eq!(leaves, [], "{from} to {to}");
                }
                None => {
                    assert_eq!(stays, Content::default(), "{from} to {to}");
                    let why = if to.ends_with("choice") && answer_fits_a_choice(&answer) {
                        Unfit::Option
                    } else {
                        Unfit::Type
                    };
                    assert_eq!(leaves, [(only(std::slice::from_ref(&answer)), why)], "{from} to {to}");
                }
            }
        }
    }
}

/// Options can be of several types (FHIR R4, constraint que-5).
fn answer_fits_a_choice(answer: &Answer) -> bool {
    matches!(
        answer,
        Answer::Coding(_)
            | Answer::String(_)
            | Answer::Integer(_)
            | Answer::Date(_)
            | Answer::Time(_)
            | Answer::Reference(_)
    )
}

#[test]
fn a_decimal_becomes_an_integer_only_where_it_is_written_as_one() {
    for (digits, expected) in [("7", Some(7)), ("-7", Some(-7)), ("7.0", None), ("7e1", None), ("3000000000", None)] {
        let (stays, leaves) = one(item("q", "decimal"), &[decimal(digits)], item("q", "integer"));
        assert_eq!(
            stays,
            expected.map_or_else(Content::default, |number| only(&[Answer::Integer(number)])),
            "{digits}"
        );
        assert_eq!(leaves.is_empty(), expected.is_some(), "{digits}");
    }
    let (stays, _) = one(item("q", "integer"), &[Answer::Integer(-7)], item("q", "decimal"));
    assert_eq!(stays, only(&[decimal("-7")]));
}

#[test]
fn a_question_that_is_gone_or_no_question_any_more_names_its_answer() {
    let (_, leaves) = one(item("q", "string"), &[text("satu")], item("q", "display"));
    assert_eq!(leaves, [(only(&[text("satu")]), Unfit::Type)]);
    let mut sheet = Sheet::new(&json!([item("q", "string"), item("r", "string")]));
    sheet.edit("q", &[], Edit::Missing(Some(DataAbsentReason::AskedDeclined)));
    let gone = carried(&sheet, &json!([item("r", "string")]));
    let expected = Content { absent: Some(DataAbsentReason::AskedDeclined), ..Content::default() };
    assert_eq!(left(&sheet, &gone), [(place("q", &[]), expected, Unfit::Gone)], "a reason is an answer too");
    let other = carried(&sheet, &json!([group("q", json!([item("r", "string")]))]));
    assert_eq!(other.left.len(), 1, "also where a group has its name now");
}

#[test]
fn options_are_the_same_by_system_and_code() {
    let renamed = json!([{"valueCoding": {"system": "urn:test", "code": "a", "display": "Alfa"}}]);
    let other = json!([{"valueCoding": {"system": "urn:other", "code": "a", "display": "a"}}]);
    let old = choice("q", "choice", &["a", "b"]);
    let (stays, leaves) = one(old.clone(), &[coded("a")], with(item("q", "choice"), json!({"answerOption": renamed})));
    let Some(Answer::Coding(coding)) = stays.answers.first() else { panic!("{stays:?}") };
    assert_eq!((coding.code.as_str(), coding.display.as_deref()), ("a", Some("Alfa")), "written as the form writes it");
    assert_eq!(leaves, []);
    for new in [with(item("q", "choice"), json!({"answerOption": other})), choice("q", "choice", &["b"])] {
        let (stays, leaves) = one(old.clone(), &[coded("a")], new);
        assert_eq!((stays, leaves), (Content::default(), vec![(only(&[coded("a")]), Unfit::Option)]));
    }
    let words = choice("q", "open-choice", &["b"]);
    let (stays, leaves) = one(old, &[coded("a")], words.clone());
    assert_eq!(stays, Content::default(), "a code does not become words");
    assert_eq!(leaves.len(), 1);
    let (stays, leaves) = one(words, &[text("sendiri")], choice("q", "choice", &["b"]));
    assert_eq!((stays, leaves), (Content::default(), vec![(only(&[text("sendiri")]), Unfit::Option)]));
}

#[test]
fn of_several_options_those_that_are_left_stay() {
    let boxes = |codes: &[&str]| repeated(choice("q", "choice", codes));
    let (stays, leaves) = one(boxes(&["a", "b", "c"]), &[coded("a"), coded("b")], boxes(&["b", "d"]));
    assert_eq!(stays, only(&[coded("b")]));
    assert_eq!(leaves, [(only(&[coded("a")]), Unfit::Option)]);
    let (stays, leaves) = one(boxes(&["a", "b"]), &[coded("a"), coded("b")], choice("q", "choice", &["a", "b"]));
    assert_eq!(stays, Content::default(), "which of two is meant is not for a machine to say");
    assert_eq!(leaves, [(only(&[coded("a"), coded("b")]), Unfit::Several)]);
    let (stays, leaves) = one(boxes(&["a", "b"]), &[coded("b")], choice("q", "choice", &["a", "b"]));
    assert_eq!((stays, leaves), (only(&[coded("b")]), vec![]));
}

#[test]
fn a_number_does_not_change_its_unit() {
    for kind in ["integer", "decimal"] {
        let number = if kind == "integer" { Answer::Integer(48) } else { decimal("48") };
        let (old, number) = (unit(item("q", kind), "kg"), [number]);
        let (stays, leaves) = one(old.clone(), &number, unit(item("q", kind), "g"));
        assert_eq!((stays, leaves), (Content::default(), vec![(only(&number), Unfit::Unit)]));
        assert_eq!(one(old.clone(), &number, unit(item("q", kind), "kg")), (only(&number), vec![]));
        assert_eq!(
            one(item("q", kind), &number, old),
            (only(&number), vec![]),
            "one that was not said may be said now"
        );
    }
    let kilograms = [quantity("48", "kg")];
    let old = unit(item("q", "quantity"), "kg");
    let (stays, leaves) = one(old.clone(), &kilograms, unit(item("q", "quantity"), "g"));
    assert_eq!((stays, leaves), (Content::default(), vec![(only(&kilograms), Unfit::Unit)]));
    let offered = |codes: &[&str]| {
        let option = "http://hl7.org/fhir/StructureDefinition/questionnaire-unitOption";
        let unit = |code: &&str| {
            json!({"url": option,
                "valueCoding": {"system": "http://unitsofmeasure.org", "code": code, "display": code}})
        };
        with(item("q", "quantity"), json!({"extension": codes.iter().map(unit).collect::<Vec<_>>()}))
    };
    assert_eq!(one(old.clone(), &kilograms, offered(&["g", "kg"])), (only(&kilograms), vec![]));
    let (stays, leaves) = one(old, &kilograms, offered(&["g", "mg"]));
    assert_eq!((stays, leaves.len()), (Content::default(), 1));
}

#[test]
fn reasons_notes_and_typed_text_go_along() {
    let mut sheet = Sheet::new(&json!([item("q", "integer"), item("r", "integer"), item("s", "integer")]));
    sheet.edit("q", &[], Edit::Missing(Some(DataAbsentReason::NotAsked)));
    sheet.edit("q", &[], Edit::MissingNote("lelah".to_owned()));
    sheet.typed("r", "52,5");
    sheet.typed("s", "dua");
    let questions = |kind: &str| json!([item("q", kind), item("r", kind), item("s", kind)]);
    for kind in ["integer", "decimal", "string", "boolean", "date"] {
        let carried = carried(&sheet, &questions(kind));
        let reason = content(&carried.response, "q", &[]);
        assert_eq!((reason.absent, reason.absent_note.as_deref()), (Some(DataAbsentReason::NotAsked), Some("lelah")));
        let (half, two) = (content(&carried.response, "r", &[]).clone(), content(&carried.response, "s", &[]).clone());
        let typed = |words: &str| Content { typed: Some(words.to_owned()), ..Content::default() };
        let expected = match kind {
            "integer" => (typed("52,5"), typed("dua")),
            "decimal" => (only(&[decimal("52.5")]), typed("dua")),
            "string" => (only(&[text("52,5")]), only(&[text("dua")])),
            _ => (Content::default(), Content::default()),
        };
        assert_eq!((half, two), expected, "{kind}");
        let left = left(&sheet, &carried);
        match kind {
            "boolean" | "date" => {
                assert_eq!(left[0], (place("r", &[]), typed("52,5"), Unfit::Type));
                assert_eq!(left.len(), 2);
            }
            _ => assert_eq!(left, []),
        }
    }
}

#[test]
fn parts_of_a_date_and_of_a_quantity_are_kept_only_where_they_mean_the_same() {
    let partial = extended(item("q", "date"), PARTIAL, "valueBoolean", json!(true));
    let mut sheet = Sheet::new(&json!([partial.clone()]));
    let parts =
        DateParts { day: "31".to_owned(), month: "2".to_owned(), year: "20".to_owned(), ..DateParts::default() };
    let typed = sheet.edit("q", &[], Edit::Date(parts)).clone();
    assert!(typed.typed.is_some());
    assert_eq!(content(&carried(&sheet, &json!([partial])).response, "q", &[]), &typed);
    for kind in ["date", "string", "integer"] {
        let other = carried(&sheet, &json!([item("q", kind)]));
        assert_eq!(left(&sheet, &other), [(place("q", &[]), typed.clone(), Unfit::Type)], "{kind}");
    }
    let option = "http://hl7.org/fhir/StructureDefinition/questionnaire-unitOption";
    let offered = |codes: &[&str]| {
        let unit = |code: &&str| json!({"url": option, "valueCoding": {"code": code}});
        json!([with(item("q", "quantity"), json!({"extension": codes.iter().map(unit).collect::<Vec<_>>()}))])
    };
    let mut sheet = Sheet::new(&offered(&["kg", "g"]));
    let typed = sheet.edit("q", &[], Edit::Measured("dua".to_owned(), 1)).clone();
    assert_eq!(content(&carried(&sheet, &offered(&["kg", "g"])).response, "q", &[]), &typed);
    let other = carried(&sheet, &offered(&["kg", "mg"]));
    assert_eq!(left(&sheet, &other), [(place("q", &[]), typed, Unfit::Type)], "another unit stands at its place now");
}

#[test]
fn what_an_answer_rests_on_is_said_where_the_form_expects_another() {
    let based = |link_id: &str, code: &str| extended(item(link_id, "string"), BASIS, "valueCode", json!(code));
    let basis = |carried: &Carried, link_id: &str| {
        let response = &carried.response;
        response.basis(response.find(&place(link_id, &[])).expect("there"))
    };
    let mut sheet =
        Sheet::new(&json!([based("told", "self-report"), based("seen", "self-report"), based("blank", "self-report")]));
    sheet.typed("told", "satu");
    sheet.typed("seen", "dua");
    sheet.edit("seen", &[], Edit::Basis(Basis::Observed));
    let new = json!([based("told", "observed"), based("seen", "observed"), based("blank", "observed")]);
    let moved = carried(&sheet, &new);
    assert_eq!(basis(&moved, "told"), Basis::SelfReport);
    assert_eq!((basis(&moved, "seen"), basis(&moved, "blank")), (Basis::Observed, Basis::Observed));
    assert_eq!(content(&moved.response, "seen", &[]).basis, None, "what the form expects need not be said");
    let acts = json!([based("told", "administrative"), based("seen", "administrative"), item("blank", "string")]);
    let moved = carried(&sheet, &acts);
    assert_eq!(basis(&moved, "seen"), Basis::Administrative, "the worker's own acts rest on nothing else");
    let mut sheet = Sheet::new(&json!([based("told", "self-report")]));
    sheet.edit("told", &[], Edit::Missing(Some(DataAbsentReason::AskedDeclined)));
    let moved = carried(&sheet, &json!([based("told", "administrative")]));
    assert_eq!(moved.left[0].why, Unfit::Reason, "and cannot be declined");
}

#[test]
fn a_question_is_the_same_wherever_it_stands() {
    let mut sheet = Sheet::new(&json!([
        group("a", json!([item("q", "string"), list("l", json!([item("r", "string")]))])),
        item("s", "string")
    ]));
    sheet.typed("q", "satu");
    sheet.add("l", &[9]);
    sheet.edit("r", &[9], Edit::Typed("dua".to_owned()));
    sheet.typed("s", "tiga");
    let elsewhere = json!([
        item("s", "string"),
        group(
            "b",
            json!([
                group("c", json!([list("l", json!([item("r", "string")]))])),
                with(item("s2", "boolean"), json!({"item": [item("q", "string")]}))
            ])
        )
    ]);
    let moved = carried(&sheet, &elsewhere);
    assert_eq!(moved.left, []);
    assert_eq!(answers(&moved, "q", &[]), [text("satu")], "also below a question nobody answered");
    assert_eq!(answers(&moved, "r", &[9]), [text("dua")]);
    assert_eq!(answers(&moved, "s", &[]), [text("tiga")]);
}

/// Two drugs with two doses each, entries of many numbers, some removed.
fn drugs() -> Sheet {
    let mut sheet = Sheet::new(&json!([list(
        "drug",
        json!([item("name", "string"), list("dose", json!([item("mg", "integer")]))])
    )]));
    sheet.add("drug", &[9]);
    sheet.remove("drug", &[0]);
    sheet.add("drug", &[4]);
    sheet.edit("name", &[9], Edit::Typed("Satu".to_owned()));
    sheet.edit("name", &[4], Edit::Typed("Dua".to_owned()));
    for (within, mg) in [([9, 0], "10"), ([9, 7], "20"), ([4, 3], "30")] {
        sheet.add("dose", &within);
        sheet.edit("mg", &within, Edit::Typed(mg.to_owned()));
    }
    sheet.remove("dose", &[4, 0]);
    sheet
}

#[test]
fn lists_in_lists_keep_their_entries_and_order() {
    let sheet = drugs();
    let items = json!([
        item("before", "string"),
        list(
            "drug",
            json!([list("dose", json!([item("unit", "string"), item("mg", "integer")])), item("name", "string")])
        )
    ]);
    let moved = carried(&sheet, &items);
    assert_eq!(moved.left, []);
    let entries = |response: &Response, link_id: &str| {
        let nodes = response.walk(response.roots()).into_iter().filter(|node| response.item(*node).link_id == link_id);
        nodes.map(|node| response.place(node)).collect::<Vec<_>>()
    };
    for link_id in ["drug", "dose", "mg", "name"] {
        assert_eq!(entries(&moved.response, link_id), entries(&sheet.response, link_id));
    }
    assert_eq!(answers(&moved, "mg", &[9, 7]), [Answer::Integer(20)]);
}

#[test]
fn a_list_that_is_one_no_longer_keeps_a_lone_entry_and_chooses_between_none() {
    let single = json!([list("drug", json!([item("name", "string"), group("dose", json!([item("mg", "integer")]))]))]);
    let sheet = drugs();
    let moved = carried(&sheet, &single);
    assert_eq!(answers(&moved, "mg", &[4]), [Answer::Integer(30)], "the only dose");
    assert_eq!(answers(&moved, "mg", &[9]), [], "one of two");
    let expected = [([9, 0], 10), ([9, 7], 20)]
        .map(|(within, mg)| (place("mg", &within), only(&[Answer::Integer(mg)]), Unfit::Several));
    assert_eq!(left(&sheet, &moved), expected);
    let flat = json!([group("drug", json!([item("name", "string"), list("dose", json!([item("mg", "integer")]))]))]);
    let moved = carried(&sheet, &flat);
    assert_eq!(moved.left.len(), 5, "everything in both drugs");
    assert!(moved.left.iter().all(|left| left.why == Unfit::Several));
}

#[test]
fn a_group_that_becomes_a_list_is_its_first_entry() {
    let mut sheet = Sheet::new(&json!([group("drug", json!([item("name", "string")]))]));
    sheet.typed("name", "Satu");
    let moved = carried(&sheet, &json!([list("drug", json!([item("name", "string")]))]));
    assert_eq!((answers(&moved, "name", &[0]), moved.left.len()), (&[text("Satu")][..], 0));
}

#[test]
fn answers_one_by_one_and_check_boxes_become_each_other() {
    let boxes = repeated(choice("q", "choice", &["a", "b", "c"]));
    let one_by_one = extended(
        repeated(choice("q", "choice", &["a", "b"])),
        "http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl",
        "valueCodeableConcept",
        json!({"coding": [{"code": "autocomplete"}]}),
    );
    let mut sheet = Sheet::new(&json!([boxes]));
    sheet.answer("q", &[], &[coded("a"), coded("b"), coded("c")]);
    let moved = carried(&sheet, &json!([one_by_one]));
    assert_eq!((answers(&moved, "q", &[0]), answers(&moved, "q", &[1])), (&[coded("a")][..], &[coded("b")][..]));
    assert_eq!(left(&sheet, &moved), [(place("q", &[]), only(&[coded("c")]), Unfit::Option)]);
    let mut sheet = Sheet::new(&json!([one_by_one]));
    sheet.answer("q", &[0], &[coded("b")]);
    for (entry, code) in [(5, "a"), (2, "b")] {
        sheet.add("q", &[entry]);
        sheet.answer("q", &[entry], &[coded(code)]);
    }
    let moved = carried(&sheet, &json!([boxes]));
    assert_eq!(answers(&moved, "q", &[]), [coded("b"), coded("a"), coded("b")]);
    let moved = carried(&sheet, &json!([choice("q", "choice", &["a", "b"])]));
    assert_eq!((moved.left.len(), moved.left[0].why), (3, Unfit::Several));
}

#[test]
fn a_list_begins_with_nothing_that_nobody_answered() {
    let initial = |values: &[&str]| {
        let values: Vec<Value> = values.iter().map(|value| json!({"valueString": value})).collect();
        json!([
            repeated(with(item("q", "string"), json!({"initial": values}))),
            repeated(with(item("new", "string"), json!({"initial": values})))
        ])
    };
    let mut sheet = Sheet::new(&json!([repeated(item("q", "string"))]));
    sheet.answer("q", &[0], &[text("081")]);
    let moved = carried(&sheet, &initial(&["1", "2"]));
    assert_eq!(answers(&moved, "q", &[0]), [text("081")]);
    let count = |link_id: &str| {
        let response = &moved.response;
        response.walk(response.roots()).iter().filter(|node| response.item(**node).link_id == link_id).count()
    };
    assert_eq!((count("q"), count("new")), (1, 2), "a new question begins as in a new draft");
}

#[test]
fn what_the_form_says_by_itself_follows_the_form() {
    let hidden = |value: &str| {
        let element = with(item("q", "string"), json!({"initial": [{"valueString": value}]}));
        json!([extended(element, HIDDEN, "valueBoolean", json!(true))])
    };
    let sheet = Sheet::new(&hidden("1"));
    assert_eq!(answers(&carried(&sheet, &hidden("2")), "q", &[]), [text("2")]);
    assert_eq!(carried(&sheet, &json!([item("else", "string")])).left, [], "nobody ever saw it");
    let shown = |value: &str| json!([with(item("q", "string"), json!({"initial": [{"valueString": value}]}))]);
    let moved = carried(&Sheet::new(&shown("1")), &shown("2"));
    assert_eq!(answers(&moved, "q", &[]), [text("1")], "what the worker saw stays");
}

#[test]
fn what_is_asked_for_from_the_case_is_filled_in_for_new_questions_only() {
    let begun = |link_id: &str| ruled(item(link_id, "string"), "initialExpression", "'awal'");
    let sheet = Sheet::new(&json!([item("old", "string")]));
    let moved = carried(&sheet, &json!([begun("old"), begun("new")]));
    assert_eq!((answers(&moved, "old", &[]), answers(&moved, "new", &[])), (&[][..], &[text("awal")][..]));
}

fn sum(link_id: &str, expression: &str) -> Value {
    ruled(item(link_id, "integer"), "calculatedExpression", expression)
}

#[test]
fn reckoned_values_are_reckoned_anew_and_corrections_stay() {
    let top = super::sheet::at_top("a");
    let mut sheet =
        Sheet::new(&json!([item("a", "integer"), sum("b", &format!("{top} + 1")), sum("c", &format!("{top} + 2"))]));
    sheet.typed("a", "5");
    sheet.edit("c", &[], Edit::Typed("7".to_owned()));
    let new = json!([item("a", "integer"), sum("b", &format!("{top} + 10")), sum("c", &format!("{top} + 2"))]);
    let moved = carried(&sheet, &new);
    assert_eq!(
        (answers(&moved, "b", &[]), answers(&moved, "c", &[])),
        (&[Answer::Integer(15)][..], &[Answer::Integer(7)][..])
    );
    let reckoned = |moved: &Carried, link_id: &str| {
        moved.response.is_reckoned(moved.response.find(&place(link_id, &[])).expect("there"))
    };
    assert!(reckoned(&moved, "b") && !reckoned(&moved, "c"), "a correction is one even where it equals the result");
    let fixed = with(sum("c", &format!("{top} + 20")), json!({"readOnly": true}));
    let moved = carried(&sheet, &json!([item("a", "integer"), fixed]));
    assert_eq!(answers(&moved, "c", &[]), [Answer::Integer(25)]);
    let expected = [
        (place("b", &[]), only(&[Answer::Integer(6)]), Unfit::Gone),
        (place("c", &[]), only(&[Answer::Integer(7)]), Unfit::Reckoned),
    ];
    assert_eq!(left(&sheet, &moved), expected);
    let by_hand = carried(&sheet, &json!([item("a", "integer"), item("b", "integer"), item("c", "integer")]));
    assert_eq!(answers(&by_hand, "b", &[]), [], "no hand has answered that");
    assert_eq!(answers(&by_hand, "c", &[]), [Answer::Integer(7)]);
    assert_eq!(left(&sheet, &by_hand), [(place("b", &[]), only(&[Answer::Integer(6)]), Unfit::Reckoned)]);
}

#[test]
fn an_answer_to_what_is_now_reckoned_is_a_correction_where_it_differs() {
    let top = super::sheet::at_top("a");
    for (words, corrects) in [("6", false), ("9", true)] {
        let mut sheet = Sheet::new(&json!([item("b", "integer"), item("a", "integer")]));
        sheet.typed("a", "5");
        sheet.typed("b", words);
        let moved = carried(&sheet, &json!([sum("b", &format!("{top} + 1")), item("a", "integer")]));
        let at = moved.response.find(&place("b", &[])).expect("there");
        assert_eq!(moved.response.is_reckoned(at), !corrects);
        assert_eq!((answers(&moved, "b", &[]).len(), moved.left.len()), (1, 0));
    }
}

/// A draft goes to another version, is filled there, and goes back.
fn back(old: &Sheet, new: &Value, fill: impl FnOnce(&mut Sheet)) -> Carried {
    let there = carried(old, new).response;
    let mut sheet = Sheet { response: there.clone() };
    fill(&mut sheet);
    carry(&sheet.response, old.response.clone(), Some(&there))
}

#[test]
fn going_back_brings_back_every_answer_and_takes_along_what_was_answered_since() {
    let boxes = |codes: &[&str]| repeated(choice("c", "choice", codes));
    let old_items = json!([
        item("gone", "string"),
        item("a", "string"),
        item("b", "integer"),
        boxes(&["x", "y", "z"]),
        list("l", json!([item("m", "string")]))
    ]);
    let mut old = Sheet::new(&old_items);
    old.typed("gone", "pergi");
    old.typed("a", "satu");
    old.typed("b", "2");
    old.answer("c", &[], &[coded("x"), coded("y")]);
    old.add("l", &[5]);
    old.edit("m", &[0], Edit::Typed("pertama".to_owned()));
    old.edit("m", &[5], Edit::Typed("kedua".to_owned()));
    let new = json!([
        item("a", "string"),
        item("b", "string"),
        boxes(&["x", "z"]),
        item("added", "string"),
        list("l", json!([item("m", "string")]))
    ]);
    let unchanged = back(&old, &new, |_| {});
    assert_eq!(super::replay::state(&unchanged.response), super::replay::state(&old.response));
    let returned = back(&old, &new, |sheet| {
        sheet.typed("a", "baru");
        sheet.typed("b", "dua");
        sheet.typed("added", "hanya di sana");
        sheet.answer("c", &[], &[coded("x"), coded("z")]);
        sheet.remove("l", &[0]);
        sheet.add("l", &[8]);
        sheet.edit("m", &[8], Edit::Typed("ketiga".to_owned()));
    });
    assert_eq!(answers(&returned, "gone", &[]), [text("pergi")]);
    assert_eq!(answers(&returned, "a", &[]), [text("baru")], "the newer answer");
    assert_eq!(answers(&returned, "b", &[]), [Answer::Integer(2)], "words are no number, so the number stands");
    assert_eq!(answers(&returned, "c", &[]), [coded("x"), coded("z"), coded("y")]);
    assert_eq!(
        (answers(&returned, "m", &[5]), answers(&returned, "m", &[8])),
        (&[text("kedua")][..], &[text("ketiga")][..])
    );
    let entries = returned.response.walk(returned.response.roots());
    assert_eq!(entries.iter().filter(|node| returned.response.item(**node).link_id == "l").count(), 2);
    let left: Vec<_> = returned.left.iter().map(|left| (left.content.clone(), left.why)).collect();
    assert_eq!(left, [(only(&[text("dua")]), Unfit::Type), (only(&[text("hanya di sana")]), Unfit::Gone)]);
}

#[test]
fn what_is_not_asked_any_more_stays_in_the_draft() {
    let mut sheet = Sheet::new(&json!([item("gate", "boolean"), item("q", "string")]));
    sheet.answer("gate", &[], &[Answer::Boolean(false)]);
    sheet.typed("q", "satu");
    let moved = carried(
        &sheet,
        &json!([item("gate", "boolean"), when(item("q", "string"), "gate", "=", "answerBoolean", json!(true))]),
    );
    let at = moved.response.find(&place("q", &[])).expect("there");
    assert!(!moved.response.is_enabled(at));
    assert_eq!(answers(&moved, "q", &[]), [text("satu")]);
}
