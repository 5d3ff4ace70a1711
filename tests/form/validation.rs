//! What is wrong with a response: each problem at its question, in the order of the form.

use super::sheet::{Sheet, choice, extended, item, list, place, text, when, with};
use asesmen::domain::PartialDateRefusal;
use asesmen::form::{
    Answer, Attachment, Coding, Content, DataAbsentReason, Edit, EntryRefusal, Operation, Problem, Quantity, Severity,
    Text, issues,
};
use asesmen::json::Number;
use serde_json::{Value, json};

const CORE: &str = "http://hl7.org/fhir/StructureDefinition/";

fn bounded(kind: &str, bounds: &[(&str, &str, Value)]) -> Value {
    let bounds: Vec<Value> =
        bounds.iter().map(|(name, field, value)| json!({"url": format!("{CORE}{name}"), *field: value})).collect();
    with(item("q", kind), json!({"extension": bounds}))
}

fn number(text: &str) -> Number {
    Number::parse(text).expect("a number")
}

fn whole_of(text: &str) -> Answer {
    Answer::Integer(text.parse().expect("a whole number"))
}

fn exact_of(text: &str) -> Answer {
    Answer::Decimal(number(text))
}

fn problems(sheet: &Sheet) -> Vec<Problem> {
    issues(&sheet.response).into_iter().map(|issue| issue.problem).collect()
}

fn problems_of(question: &Value, words: &str) -> Vec<Problem> {
    let mut sheet = Sheet::new(&json!([question]));
    sheet.typed("q", words);
    problems(&sheet)
}

#[test]
fn numbers_keep_their_bounds() {
    let (min, max) = (("minValue", "valueInteger", json!(20)), ("maxValue", "valueDecimal", json!(42.5)));
    let question = bounded("decimal", &[min, max, ("maxDecimalPlaces", "valueInteger", json!(1))]);
    let cases = [
        ("20", vec![]),
        ("42,5", vec![]),
        ("42,50", vec![]),
        ("19,9", vec![Problem::BelowMin(whole_of("20"))]),
        ("42,6", vec![Problem::AboveMax(exact_of("42.5"))]),
        ("36,55", vec![Problem::DecimalPlaces(1)]),
        ("-0,55", vec![Problem::BelowMin(whole_of("20")), Problem::DecimalPlaces(1)]),
    ];
    for (words, found) in cases {
        assert_eq!(problems_of(&question, words), found, "{words}");
    }
    let whole = bounded("integer", &[("minValue", "valueInteger", json!(0))]);
    assert_eq!(problems_of(&whole, "-1"), [Problem::BelowMin(whole_of("0"))]);
    assert_eq!(problems_of(&whole, "0"), []);
    let weight = bounded("quantity", &[("maxValue", "valueInteger", json!(300))]);
    assert_eq!(problems_of(&weight, "300,1"), [Problem::AboveMax(whole_of("300"))]);
}

#[test]
fn typed_text_is_named_for_what_it_lacks() {
    let partial = extended(
        item("q", "date"),
        "https://asesmen.id/fhir/StructureDefinition/partial-date",
        "valueBoolean",
        json!(true),
    );
    let cases = [
        (item("q", "integer"), "1,5", Problem::Number(EntryRefusal::NotWhole)),
        (item("q", "integer"), "99999999999", Problem::Number(EntryRefusal::TooLong)),
        (item("q", "decimal"), "1.000", Problem::Number(EntryRefusal::Ambiguous)),
        (item("q", "decimal"), "dua", Problem::Number(EntryRefusal::NotANumber)),
        (item("q", "quantity"), "12kg", Problem::Number(EntryRefusal::NotANumber)),
        (item("q", "dateTime"), "besok", Problem::Time),
        (item("q", "time"), "24:00", Problem::Time),
        (item("q", "date"), "22-11-2026", Problem::Time),
    ];
    for (question, words, problem) in cases {
        assert_eq!(problems_of(&question, words), [problem], "{words}");
    }
    let dates = [
        (["31", "2", "2020"], PartialDateRefusal::Day),
        (["1", "13", "2020"], PartialDateRefusal::Month),
        (["", "", "1700"], PartialDateRefusal::Year),
        (["1", "", "2020"], PartialDateRefusal::Gap),
        (["x", "1", "2020"], PartialDateRefusal::NotANumber),
        (["31/12", "1", "2020"], PartialDateRefusal::NotANumber),
    ];
    for ([day, month, year], refusal) in dates {
        let parts = asesmen::form::DateParts {
            day: day.to_owned(),
            month: month.to_owned(),
            year: year.to_owned(),
            ..Default::default()
        };
        let mut sheet = Sheet::new(&json!([partial]));
        sheet.edit("q", &[], Edit::Date(parts));
        assert_eq!(problems(&sheet), [Problem::Date(refusal)], "{day} {month} {year}");
    }
    let mut sheet = Sheet::new(&json!([partial]));
    sheet.edit("q", &[], Edit::Age("131".to_owned()));
    assert_eq!(problems(&sheet), [Problem::Date(PartialDateRefusal::Age)]);
}

#[test]
fn texts_are_counted_in_characters() {
    let question = with(item("q", "string"), json!({"maxLength": 3}));
    assert_eq!(problems_of(&question, "é🌿a"), []);
    assert_eq!(problems_of(&question, "é🌿ab"), [Problem::TooLong(3)]);
}

#[test]
fn a_text_has_the_form_asked_for_as_a_whole() {
    let example = json!({"url": format!("{CORE}entryFormat"), "valueString": "1234567890123456"});
    let nik = bounded("string", &[("regex", "valueString", json!("[0-9]{16}"))]);
    let with_example = super::sheet::also(nik.clone(), example);
    for (words, fits) in [("3402010203040005", true), ("34020102030400051", false), ("x3402010203040005", false)] {
        let problem = |example: Option<&str>| vec![Problem::Pattern(example.map(Text::plain))];
        let expected = |example| if fits { vec![] } else { problem(example) };
        assert_eq!(problems_of(&nik, words), expected(None), "{words}");
        assert_eq!(problems_of(&with_example, words), expected(Some("1234567890123456")), "{words}");
    }
    assert_eq!(problems_of(&nik, ""), [], "what is not answered has no form");
}

#[test]
fn a_line_break_in_one_line_is_worth_a_second_look() {
    for (kind, found) in [("string", vec![Problem::LineBreak]), ("text", vec![])] {
        let mut sheet = Sheet::new(&json!([item("q", kind)]));
        sheet.answer("q", &[], &[text("satu\ndua")]);
        assert_eq!(problems(&sheet), found, "{kind}");
    }
    assert_eq!(Problem::LineBreak.severity(), Severity::Warning);
}

#[test]
fn a_reference_leads_to_an_allowed_type_as_far_as_it_says() {
    let resource = |code: &str| json!({"url": format!("{CORE}questionnaire-referenceResource"), "valueCode": code});
    let bound = with(item("q", "reference"), json!({"extension": [resource("Patient"), resource("RelatedPerson")]}));
    for (reference, fits) in [
        (json!({"reference": "Patient/17"}), true),
        (json!({"reference": "https://example.org/fhir/RelatedPerson/17"}), true),
        (json!({"reference": "Organization/17"}), false),
        (json!({"type": "Organization", "identifier": {"value": "17"}}), false),
        (json!({"reference": "#inside"}), true),
        (json!({"display": "Sekar Ayu"}), true),
    ] {
        let value = asesmen::json::parse(reference.to_string().as_bytes()).expect("JSON");
        let mut sheet = Sheet::new(&json!([bound.clone()]));
        sheet.answer("q", &[], &[Answer::Reference(value.clone())]);
        assert_eq!(problems(&sheet), if fits { vec![] } else { vec![Problem::Resource] }, "{reference}");
        let mut free = Sheet::new(&json!([item("q", "reference")]));
        free.answer("q", &[], &[Answer::Reference(value)]);
        assert_eq!(problems(&free), [], "{reference}");
    }
}

#[test]
fn a_unit_is_one_of_those_offered() {
    let option = |unit: Value| json!({"url": format!("{CORE}questionnaire-unitOption"), "valueCoding": unit});
    let ucum = |code: &str| json!({"system": "http://unitsofmeasure.org", "code": code});
    let question = with(item("q", "quantity"), json!({"extension": [option(ucum("kg")), option(ucum("g"))]}));
    let unit = |system: Option<&str>, code: &str| Coding {
        system: system.map(str::to_owned),
        code: code.to_owned(),
        display: Some(code.to_owned()),
        version: None,
    };
    let si = Some("http://unitsofmeasure.org");
    for (unit, fits) in [(unit(si, "g"), true), (unit(si, "lb"), false), (unit(None, "g"), false)] {
        let mut sheet = Sheet::new(&json!([question]));
        let value = number("5");
        sheet.answer("q", &[], &[Answer::Quantity(Quantity { value, unit: unit.clone() })]);
        assert_eq!(problems(&sheet), if fits { vec![] } else { vec![Problem::Unit] }, "{unit:?}");
    }
    let mut sheet = Sheet::new(&json!([question]));
    sheet.typed("q", "5");
    assert_eq!(sheet.items()[0]["answer"][0]["valueQuantity"]["code"], "kg", "the first is offered first");
}

#[test]
fn a_quantity_is_compared_across_units_of_one_kind_alone() {
    let kg = |value: i32| json!({"value": value, "unit": "kg", "system": "http://unitsofmeasure.org", "code": "kg"});
    let question = bounded("quantity", &[("minValue", "valueQuantity", kg(5)), ("maxValue", "valueQuantity", kg(9))]);
    let mut sheet = Sheet::new(&json!([question]));
    let mut weigh = |value: &str, code: &str| {
        let unit = Coding {
            system: Some("http://unitsofmeasure.org".to_owned()),
            code: code.to_owned(),
            display: Some(code.to_owned()),
            version: None,
        };
        sheet.answer("q", &[], &[Answer::Quantity(Quantity { value: number(value), unit })]);
        problems(&sheet)
    };
    assert_eq!(weigh("7", "kg"), []);
    assert!(matches!(weigh("4.9", "kg")[..], [Problem::BelowMin(_)]));
    assert!(matches!(weigh("9.1", "kg")[..], [Problem::AboveMax(_)]));
    assert_eq!(weigh("7000", "g"), [], "grams are weighed as kilograms");
    assert!(matches!(weigh("4999.9", "g")[..], [Problem::BelowMin(_)]));
    assert!(matches!(weigh("0.0091", "t")[..], [Problem::AboveMax(_)]));
    for code in ["m", "[lb_av]"] {
        assert_eq!(weigh("7", code), [Problem::Unit], "{code} is no kilogram");
    }
}

#[test]
fn an_option_that_excludes_all_others_stands_alone() {
    let mut question = with(choice("q", "choice", &["a", "b", "none"]), json!({"repeats": true}));
    let exclusive = format!("{CORE}questionnaire-optionExclusive");
    question["answerOption"][2]["extension"] = json!([{"url": exclusive, "valueBoolean": true}]);
    let mut sheet = Sheet::new(&json!([question]));
    for (codes, fits) in [(vec!["none"], true), (vec!["a", "b"], true), (vec!["a", "none"], false)] {
        let answers: Vec<Answer> = codes.iter().map(|code| super::sheet::coded(code)).collect();
        sheet.answer("q", &[], &answers);
        assert_eq!(problems(&sheet), if fits { vec![] } else { vec![Problem::Exclusive] }, "{codes:?}");
    }
}

/// Dates and times are compared as far as both say; what is not told breaks no bound.
#[test]
fn dates_and_times_are_compared_as_far_as_they_say() {
    let cases = [
        ("date", "valueDate", "2026-03-10", "2026-03-09", Some(true)),
        ("date", "valueDate", "2026-03-10", "2026-03-10", None),
        ("date", "valueDate", "2026-03-10", "2026-03", None),
        ("date", "valueDate", "2026-03-10", "2026-02", Some(true)),
        ("date", "valueDate", "2026", "2025-12-31", Some(true)),
        ("date", "valueDate", "2026", "2026-12-31", None),
        ("date", "valueDate", "2026-03-10", "2027", Some(false)),
        ("dateTime", "valueDateTime", "2026-03-10T08:00:00+07:00", "2026-03-10T00:59:59Z", Some(true)),
        ("dateTime", "valueDateTime", "2026-03-10T08:00:00+07:00", "2026-03-10T01:00:00Z", None),
        ("dateTime", "valueDateTime", "2026-03-10T08:00:00+07:00", "2026-03", None),
        ("dateTime", "valueDateTime", "2026", "2025-06-01T10:00:00+07:00", Some(true)),
        ("dateTime", "valueDateTime", "2026", "2026-06-01T10:00:00+07:00", None),
        ("time", "valueTime", "12:00:00", "11:59:59", Some(true)),
        ("time", "valueTime", "12:00:00", "12:00:01", Some(false)),
    ];
    for (kind, field, bound, given, below) in cases {
        let element = asesmen::json::parse(json!({field: given}).to_string().as_bytes()).expect("JSON");
        let answer = Answer::from_fhir(element.as_object().expect("an object"), "value").expect("an answer");
        let wrong = |name: &str| {
            let mut sheet = Sheet::new(&json!([bounded(kind, &[(name, field, json!(bound))])]));
            sheet.answer("q", &[], std::slice::from_ref(&answer));
            problems(&sheet)
        };
        let (low, high) = (wrong("minValue"), wrong("maxValue"));
        assert_eq!(low.is_empty(), below != Some(true), "{given} from {bound}: {low:?}");
        // The date of `below == Some(false)` lies above the bound.
        assert_eq!(high.is_empty(), below != Some(false), "{given} to {bound}: {high:?}");
    }
}

#[test]
fn own_words_that_are_an_option_are_worth_a_second_look() {
    let mut sheet = Sheet::new(&json!([choice("q", "open-choice", &["a"])]));
    sheet.answer("q", &[], &[text("a")]);
    assert_eq!(problems(&sheet), [Problem::SoundsLikeOption]);
    assert_eq!(Problem::SoundsLikeOption.severity(), Severity::Warning);
}

#[test]
fn required_is_satisfied_by_an_answer_or_a_reason() {
    let mut sheet = Sheet::new(&json!([with(item("q", "string"), json!({"required": true}))]));
    assert_eq!(problems(&sheet), [Problem::Required]);
    sheet.typed("q", "ada");
    assert_eq!(problems(&sheet), []);
    sheet.answer("q", &[], &[text("  ")]);
    assert_eq!(problems(&sheet), [Problem::Required], "blanks are no answer");
    sheet.edit("q", &[], Edit::Missing(Some(DataAbsentReason::AskedDeclined)));
    assert_eq!(problems(&sheet), []);
}

#[test]
fn a_choice_takes_its_options_and_an_open_one_words_too() {
    let stray = [Answer::Coding(Coding { code: "zz".to_owned(), ..Default::default() })];
    for (kind, words, blank) in [
        ("choice", vec![Problem::NotAnOption], vec![Problem::NotAnOption]),
        ("open-choice", vec![], vec![Problem::OtherEmpty]),
    ] {
        let mut sheet = Sheet::new(&json!([choice("q", kind, &["a"])]));
        sheet.answer("q", &[], &stray);
        assert_eq!(problems(&sheet), [Problem::NotAnOption], "{kind}");
        sheet.answer("q", &[], &[text("lain")]);
        assert_eq!(problems(&sheet), words, "{kind}");
        sheet.answer("q", &[], &[text(" ")]);
        assert_eq!(problems(&sheet), blank, "{kind}");
    }
}

#[test]
fn files_keep_their_size_and_kind() {
    let question =
        bounded("attachment", &[("maxSize", "valueDecimal", json!(10)), ("mimeType", "valueCode", json!("image/png"))]);
    let mut sheet = Sheet::new(&json!([question]));
    let file = |content_type: &str, size, data: &str| {
        Edit::File(Attachment {
            content_type: content_type.to_owned(),
            title: "f".to_owned(),
            size,
            data: data.to_owned(),
        })
    };
    sheet.edit("q", &[], file("image/png", 10, "AAAAAAAAAAAAAA=="));
    assert_eq!(problems(&sheet), []);
    sheet.edit("q", &[], file("image/png", 10, "AAAA"));
    assert_eq!(problems(&sheet), [Problem::FileSize]);
    sheet.edit("q", &[], file("text/html", 11, "AAAAAAAAAAAAAAA="));
    assert_eq!(problems(&sheet), [Problem::FileTooLarge(10), Problem::FileKind("text/html".to_owned())]);
}

#[test]
fn whole_families_of_media_types_may_be_allowed() {
    for (allowed, kind, taken) in [
        ("image/*", "image/png", true),
        ("image/*", "video/mp4", false),
        ("*/*", "video/mp4", true),
        ("image/png", "image/png", true),
        ("image/png", "image/jpeg", false),
    ] {
        let sheet = Sheet::new(&json!([bounded("attachment", &[("mimeType", "valueCode", json!(allowed))])]));
        let bounds = &sheet.response.item(sheet.response.roots()[0]).bounds;
        assert_eq!(bounds.takes_kind(kind), taken, "{allowed} {kind}");
    }
}

#[test]
fn questions_that_are_not_asked_have_no_problems() {
    let required = with(item("x", "integer"), json!({"required": true}));
    let mut sheet = Sheet::new(&json!([
        item("a", "boolean"),
        when(list("l", json!([required])), "a", "=", "answerBoolean", json!(true))
    ]));
    sheet.apply(&Operation::Set {
        at: place("x", &[0]),
        content: Content { typed: Some("dua".to_owned()), ..Content::default() },
    });
    assert_eq!(problems(&sheet), []);
    sheet.answer("a", &[], &[Answer::Boolean(true)]);
    assert_eq!(problems(&sheet), [Problem::Number(EntryRefusal::NotANumber)]);
    sheet.remove("l", &[0]);
    assert_eq!(problems(&sheet), [], "removed entries neither");
}

#[test]
fn problems_stand_in_the_order_of_the_form() {
    let required = |link_id: &str| with(item(link_id, "string"), json!({"required": true}));
    let mut sheet =
        Sheet::new(&json!([required("z"), list("l", json!([required("m"), item("n", "string")])), required("a")]));
    sheet.add("l", &[4]);
    [0, 4].iter().for_each(|entry| drop(sheet.answer("n", &[*entry], &[text("begun")])));
    let places: Vec<String> = issues(&sheet.response)
        .iter()
        .map(|issue| sheet.response.place(issue.node.expect("a question")).to_string())
        .collect();
    assert_eq!(places, ["z", "m[0]", "m[4]", "a"]);
}

/// Nobody could mend these: no screen shows them.
#[test]
fn what_no_screen_shows_blocks_nothing() {
    let required = |link_id: &str| with(item(link_id, "string"), json!({"required": true}));
    let hidden = "http://hl7.org/fhir/StructureDefinition/questionnaire-hidden";
    let hide = |element| extended(element, hidden, "valueBoolean", json!(true));
    let group = super::sheet::group("g", json!([required("below")]));
    let entry = list("l", json!([required("m"), item("n", "string")]));
    let mut sheet = Sheet::new(&json!([hide(required("h")), hide(group), entry]));
    assert_eq!(problems(&sheet), []);
    sheet.answer("n", &[0], &[text("begun")]);
    assert_eq!(problems(&sheet), [Problem::Required], "an entry once begun has to be finished");
}
