//! What a hand does to a question: typing, partial dates, missing answers and what an answer rests on.

use super::sheet::{Sheet, choice, coded, extended, item, text, with};
use asesmen::domain::{Calendar, PartialDate, Qualifier};
use asesmen::form::{
    Answer, Attachment, Basis, Content, DataAbsentReason, DateParts, Edit, EntryRefusal, Problem, age_of, problems,
    signature, typed_parts, unit_of,
};
use asesmen::json::Number;
use serde_json::{Value, json};

const PARTIAL_DATE: &str = "https://asesmen.id/fhir/StructureDefinition/partial-date";

fn born() -> Sheet {
    Sheet::new(&json!([extended(item("born", "date"), PARTIAL_DATE, "valueBoolean", json!(true))]))
}

fn parts(day: &str, month: &str, year: &str) -> DateParts {
    DateParts { day: day.to_owned(), month: month.to_owned(), year: year.to_owned(), ..DateParts::default() }
}

#[test]
fn typed_text_becomes_the_value_of_its_type() {
    let kg = json!({"system": "urn:unit", "code": "kg", "display": "kg"});
    let unit = "http://hl7.org/fhir/StructureDefinition/questionnaire-unit";
    let weight = extended(item("q", "quantity"), unit, "valueCoding", kg);
    let cases: [(Value, &str, Value); 8] = [
        (item("q", "string"), " Sekar ", json!({"valueString": " Sekar "})),
        (item("q", "integer"), "12", json!({"valueInteger": 12})),
        (item("q", "decimal"), "52,50", json!({"valueDecimal": 52.5})),
        (item("q", "date"), "2026-11", json!({"valueDate": "2026-11"})),
        (item("q", "dateTime"), "2026-11-22T09:05", json!({"valueDateTime": "2026-11-22T09:05:00.000+07:00"})),
        (item("q", "time"), "09:05", json!({"valueTime": "09:05:00"})),
        (item("q", "url"), " urn:x ", json!({"valueUri": "urn:x"})),
        (weight, "52,5", json!({"valueQuantity": {"value": 52.5, "unit": "kg", "system": "urn:unit", "code": "kg"}})),
    ];
    for (question, words, answer) in cases {
        let mut sheet = Sheet::new(&json!([question]));
        sheet.typed("q", words);
        assert_eq!(sheet.items()[0]["answer"], json!([answer]), "{words}");
    }
}

#[test]
fn decimals_keep_the_digits_that_were_typed() {
    let mut sheet = Sheet::new(&json!([item("q", "decimal")]));
    let answers = &sheet.typed("q", "52,50").answers;
    assert_eq!(answers, &[Answer::Decimal(Number::parse("52.50").expect("a number"))]);
}

/// Three digits behind the point are doubtful only where a hand typed them.
#[test]
fn a_slider_says_a_number_without_doubt() {
    let unit =
        json!({"url": "http://hl7.org/fhir/StructureDefinition/questionnaire-unit", "valueCoding": {"code": "kg"}});
    let cases = [
        (item("q", "decimal"), "1.125", json!([{"valueDecimal": 1.125}])),
        (item("q", "decimal"), "1000", json!([{"valueDecimal": 1000}])),
        (item("q", "integer"), "7", json!([{"valueInteger": 7}])),
        (
            with(item("q", "quantity"), json!({"extension": [unit]})),
            "1.125",
            json!([{"valueQuantity": {"value": 1.125, "unit": "kg"}}]),
        ),
    ];
    for (question, number, answer) in cases {
        let mut sheet = Sheet::new(&json!([question]));
        sheet.edit("q", &[], Edit::Slid(number.to_owned()));
        assert_eq!(sheet.items()[0]["answer"], answer, "{number}");
    }
    let mut sheet = Sheet::new(&json!([item("q", "integer")]));
    let content = sheet.edit("q", &[], Edit::Slid("1.5".to_owned())).clone();
    assert_eq!((content.answers.len(), content.typed.as_deref()), (0, Some("1.5")), "kept, and said to be wrong");
}

#[test]
fn text_that_cannot_be_read_is_kept_as_typed() {
    let cases = [
        ("integer", "dua"),
        ("decimal", "1.000"),
        ("date", "kemarin"),
        ("dateTime", "2026-11-31T09:00"),
        ("time", "25:00"),
        ("time", "9"),
    ];
    for (kind, words) in cases {
        let mut sheet = Sheet::new(&json!([item("q", kind)]));
        let content = sheet.typed("q", words).clone();
        assert_eq!((content.typed.as_deref(), content.answers), (Some(words), vec![]), "{kind}");
        assert_eq!(*sheet.typed("q", " "), Content::default(), "emptied");
    }
}

#[test]
fn a_date_is_taken_as_far_as_it_is_known() {
    let cases = [
        (parts("", "", "1987"), Some(Calendar::Year(1987))),
        (parts("", "2", "1988"), Some(Calendar::Month(1988, 2))),
        (parts("29", "2", "1988"), Calendar::parse_fhir("1988-02-29")),
    ];
    for (typed, calendar) in cases {
        let mut sheet = born();
        let content = sheet.edit("born", &[], Edit::Date(typed.clone()));
        assert_eq!(content.answers, [Answer::Date(PartialDate { calendar, ..PartialDate::default() })]);
        assert_eq!(DateParts::of(content), typed);
    }
}

#[test]
fn a_date_may_be_about_before_or_after_or_told_by_an_event() {
    for qualifier in Qualifier::ALL {
        let flood = DateParts { qualifier, event: " setelah banjir ".to_owned(), ..DateParts::default() };
        let mut sheet = born();
        let content = sheet.edit("born", &[], Edit::Date(flood));
        let date = PartialDate { qualifier, event: Some("setelah banjir".to_owned()), ..PartialDate::default() };
        assert_eq!(content.answers, [Answer::Date(date)]);
    }
}

/// Whatever is typed into the fields of a date stands in the same fields afterwards.
#[test]
fn parts_that_make_no_date_stay_where_they_were_typed() {
    let odd = [
        parts("31", "2", "2020"),
        parts("29", "2", "1900"),
        parts("5", "", "1990"),
        parts("", "5", ""),
        parts("x", "", ""),
        parts("31/12/2020", "", ""),
        parts("", "Mei/Juni", "2020"),
        DateParts { qualifier: Qualifier::About, event: "banjir / gempa".to_owned(), ..parts("", "13", "2020") },
    ];
    for typed in odd {
        let mut sheet = born();
        let content = sheet.edit("born", &[], Edit::Date(typed.clone()));
        assert!(content.answers.is_empty() && content.typed.is_some(), "{typed:?}");
        assert_eq!(DateParts::of(content), typed);
    }
}

#[test]
fn an_age_becomes_a_year_and_stays_an_age() {
    let mut sheet = born();
    let content = sheet.edit("born", &[], Edit::Age(" 30 ".to_owned()));
    assert_eq!(age_of(content).as_deref(), Some("30"));
    let (calendar, qualifier) = (Some(Calendar::Year(1996)), Qualifier::About);
    let date = PartialDate { calendar, qualifier, event: None, told_age: Some(30) };
    assert_eq!(content.answers, [Answer::Date(date)]);
    for odd in ["131", "tiga", "-1"] {
        let content = sheet.edit("born", &[], Edit::Age(odd.to_owned()));
        assert_eq!((age_of(content).as_deref(), content.answers.len()), (Some(odd), 0));
    }
    assert_eq!(*sheet.edit("born", &[], Edit::Age(" ".to_owned())), Content::default());
}

#[test]
fn a_reason_takes_the_place_of_an_answer_and_an_answer_that_of_a_reason() {
    let mut sheet = Sheet::new(&json!([item("q", "string")]));
    for reason in DataAbsentReason::ALL {
        sheet.typed("q", "sesuatu");
        let content = sheet.edit("q", &[], Edit::Missing(Some(reason)));
        assert_eq!((content.answers.len(), content.absent), (0, Some(reason)));
        let noted = sheet.edit("q", &[], Edit::MissingNote("lelah".to_owned()));
        assert_eq!((noted.absent, noted.absent_note.as_deref()), (Some(reason), Some("lelah")));
        assert_eq!(sheet.edit("q", &[], Edit::MissingNote(" ".to_owned())).absent_note, None);
    }
    let answered = sheet.typed("q", "jadi ingat").clone();
    assert_eq!((answered.absent, answered.absent_note), (None, None));
    sheet.edit("q", &[], Edit::Missing(Some(DataAbsentReason::AskedUnknown)));
    assert_eq!(*sheet.edit("q", &[], Edit::Missing(None)), Content::default());
}

#[test]
fn the_basis_outlives_every_other_edit() {
    let mut sheet = Sheet::new(&json!([item("q", "string")]));
    sheet.edit("q", &[], Edit::Basis(Basis::Informant));
    let edits = [Edit::Typed("a".to_owned()), Edit::Missing(Some(DataAbsentReason::AskedUnknown)), Edit::Cleared];
    for edit in edits {
        assert_eq!(sheet.edit("q", &[], edit.clone()).basis, Some(Basis::Informant), "{edit:?}");
    }
    let back = sheet.edit("q", &[], Edit::Basis(Basis::SelfReport));
    assert_eq!(back.basis, None, "the basis that the form expects is not said twice");
}

#[test]
fn bases_and_reasons_have_codes_that_read_back() {
    for basis in Basis::CHOICES.into_iter().chain([Basis::Administrative]) {
        assert_eq!(Basis::from_code(basis.code()), Some(basis));
    }
    for reason in DataAbsentReason::ALL {
        assert_eq!(DataAbsentReason::from_code(reason.code()), Some(reason));
    }
    assert_eq!((Basis::from_code("guess"), DataAbsentReason::from_code("lost")), (None, None));
}

#[test]
fn reasons_fit_what_the_answer_rests_on() {
    assert!(Basis::Administrative.absent_reasons().is_empty(), "the worker's own acts cannot be declined");
    for basis in Basis::CHOICES {
        let seen = matches!(basis, Basis::Observed | Basis::Measured);
        assert_eq!(basis.absent_reasons().contains(&DataAbsentReason::NotPerformed), seen, "{basis:?}");
    }
}

#[test]
fn a_basis_is_inherited_from_above_unless_the_item_says_otherwise() {
    let url = "https://asesmen.id/fhir/StructureDefinition/answer-basis";
    let own = extended(item("own", "string"), url, "valueCode", json!("document"));
    let group = extended(item("g", "group"), url, "valueCode", json!("measured"));
    let sheet = Sheet::new(&json!([with(group, json!({"item": [item("q", "string"), own]})), item("plain", "string")]));
    let bases = ["q", "own", "plain"].map(|link_id| sheet.response.basis(sheet.node(link_id, &[])));
    assert_eq!(bases, [Basis::Measured, Basis::Document, Basis::SelfReport]);
}

#[test]
fn a_file_and_a_decision_replace_what_was_there() {
    let file = Attachment {
        content_type: "image/png".to_owned(),
        title: "hasil.png".to_owned(),
        size: 3,
        data: "QUJD".to_owned(),
    };
    let mut sheet = Sheet::new(&json!([item("f", "attachment"), item("b", "boolean"), item("s", "string")]));
    assert_eq!(sheet.edit("f", &[], Edit::File(file.clone())).answers, [Answer::Attachment(file)]);
    sheet.edit("b", &[], Edit::Decided(true));
    assert_eq!(sheet.edit("b", &[], Edit::Decided(false)).answers, [Answer::Boolean(false)]);
    assert_eq!(sheet.typed("s", "a").answers, [text("a")]);
    assert_eq!(sheet.edit("s", &[], Edit::Cleared).answers, []);
}

/// A quantity in one of two units.
fn rice() -> Value {
    let unit = |code: &str| {
        json!({"url": "http://hl7.org/fhir/StructureDefinition/questionnaire-unitOption",
        "valueCoding": {"system": "urn:unit", "code": code, "display": code}})
    };
    with(item("rice", "quantity"), json!({"extension": [unit("kg"), unit("karung")]}))
}

#[test]
fn the_chosen_unit_is_kept_with_the_number() {
    let mut sheet = Sheet::new(&json!([rice()]));
    let content = sheet.edit("rice", &[], Edit::Measured("2,5".to_owned(), 1)).clone();
    let node = sheet.node("rice", &[]);
    assert_eq!(unit_of(sheet.response.item(node), &content), 1);
    let expected = json!({"value": 2.5, "unit": "karung", "system": "urn:unit", "code": "karung"});
    assert_eq!(sheet.items()[0]["answer"], json!([{"valueQuantity": expected}]));
}

#[test]
fn the_chosen_unit_stays_while_the_number_cannot_be_read() {
    let mut sheet = Sheet::new(&json!([rice()]));
    let content = sheet.edit("rice", &[], Edit::Measured(" 1.250 ".to_owned(), 1)).clone();
    let node = sheet.node("rice", &[]);
    assert_eq!(content.answers, []);
    assert_eq!(typed_parts(&content.typed.clone().expect("kept as typed")).next(), Some("1.250"));
    assert_eq!(unit_of(sheet.response.item(node), &content), 1);
    assert_eq!(problems(&sheet.response, node), [Problem::Number(EntryRefusal::Ambiguous)]);
    assert!(sheet.edit("rice", &[], Edit::Measured("  ".to_owned(), 1)).is_empty());
}

#[test]
fn each_answer_of_a_list_is_one_option() {
    let control = "http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl";
    let control = json!({"url": control, "valueCodeableConcept": {"coding": [{"code": "autocomplete"}]}});
    let more = json!({"repeats": true, "extension": [control]});
    let mut sheet = Sheet::new(&json!([with(choice("town", "choice", &["a", "b"]), more)]));
    sheet.edit("town", &[0], Edit::Option { position: 0, chosen: true });
    sheet.edit("town", &[0], Edit::Option { position: 1, chosen: true });
    assert_eq!(sheet.content("town", &[0]).answers, [coded("b")]);
}

#[test]
fn strokes_are_read_from_their_picture_and_from_no_other() {
    let strokes = ["M1 2L1 2 3 4".to_owned(), "M9 9L9 9".to_owned()];
    let picture = signature::drawn(&strokes);
    assert_eq!(signature::strokes(&picture).as_deref(), Some(&strokes[..]));
    let foreign = [
        signature::drawn(&[]),
        signature::written("Wulan <script>&</script>\u{7}"),
        picture.replace("</svg>", "<script>alert(1)</script></svg>"),
        picture.replace("M9 9", "M9 9\" onload=\"alert(1)"),
        String::new(),
    ];
    for picture in foreign {
        assert_eq!(signature::strokes(&picture), None, "{picture}");
    }
    let name = signature::written("Wulan <b>&");
    assert!(name.contains(">Wulan &lt;b&gt;&amp;</text>"), "{name}");
}
