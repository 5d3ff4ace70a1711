//! A form is loaded whole or refused, and the refusal names the item.

use super::sheet::{choice, extended, form, group, item, list, load, ruled, variable, when, with};
use asesmen::form::{LoadRefusal, Questionnaire};
use proptest::prelude::*;
use serde_json::{Value, json};

fn refusal(items: &Value) -> LoadRefusal {
    load(&form(items)).expect_err("refused")
}

fn unsupported(link_id: &str, feature: &str) -> LoadRefusal {
    LoadRefusal::Unsupported { link_id: link_id.to_owned(), feature: feature.to_owned() }
}

fn unreadable(part: &'static str) -> LoadRefusal {
    LoadRefusal::Unreadable { link_id: "q".to_owned(), part }
}

#[test]
fn what_is_no_questionnaire_is_refused() {
    assert!(matches!(Questionnaire::load(b"{\"a\":"), Err(LoadRefusal::NotJson(_))));
    for other in [json!({"resourceType": "Patient"}), json!([1]), json!({})] {
        assert!(matches!(load(&other), Err(LoadRefusal::NotAQuestionnaire(_))), "{other}");
    }
    assert_eq!(
        load(&json!({"resourceType": "Bundle"})).err(),
        Some(LoadRefusal::NotAQuestionnaire("Bundle".to_owned()))
    );
}

#[test]
fn a_form_is_named_by_what_it_has() {
    let canonical = |form: &Value| load(form).expect("loads").canonical();
    let mut form = form(&json!([]));
    assert_eq!(canonical(&form), "https://example.org/form|1");
    form.as_object_mut().expect("an object").remove("version");
    assert_eq!(canonical(&form), "https://example.org/form");
    form.as_object_mut().expect("an object").remove("url");
    assert_eq!(canonical(&form), "", "only its digest tells which form it is");
    form["url"] = json!(7);
    let refused = LoadRefusal::Unreadable { link_id: String::new(), part: "url" };
    assert_eq!(load(&form).err(), Some(refused));
}

#[test]
fn an_incomplete_item_is_refused_by_name() {
    let incomplete = |link_id: &str, field| LoadRefusal::Incomplete { link_id: link_id.to_owned(), field };
    assert_eq!(refusal(&json!([item("a", "string"), {"type": "string"}])), incomplete("a", "linkId"));
    assert_eq!(refusal(&json!([{"linkId": "", "type": "string"}])), incomplete("", "linkId"));
    assert_eq!(refusal(&json!([{"linkId": "q"}])), incomplete("q", "type"));
}

#[test]
fn a_link_id_used_twice_is_refused_wherever_it_stands() {
    let twice = LoadRefusal::DuplicateLinkId("q".to_owned());
    assert_eq!(refusal(&json!([item("q", "string"), item("q", "string")])), twice);
    assert_eq!(refusal(&json!([group("g", json!([item("q", "string")])), item("q", "string")])), twice);
    assert_eq!(refusal(&json!([list("q", json!([item("q", "string")]))])), twice);
}

#[test]
fn types_that_do_not_run_are_refused() {
    for kind in ["question", "Group", "coding", ""] {
        let refused = LoadRefusal::UnsupportedType { link_id: "q".to_owned(), kind: kind.to_owned() };
        assert_eq!(refusal(&json!([item("q", kind)])), refused);
    }
}

/// Features that change what a form means; each is named with its item.
#[test]
fn features_that_do_not_run_are_refused() {
    let sdc = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-";
    let core = "http://hl7.org/fhir/StructureDefinition/";
    let excluded = ["candidateExpression", "contextExpression", "answerExpression", "answerOptionsToggleExpression"];
    let excluded = excluded.into_iter().chain(["subQuestionnaire", "questionnaireAdaptive"]);
    for url in excluded.map(|name| format!("{sdc}{name}")).chain([format!("{core}cqf-expression")]) {
        let carrier = extended(item("q", "string"), &url, "valueString", json!("1"));
        assert_eq!(refusal(&json!([group("g", json!([carrier]))])), unsupported("q", &url));
        let whole = extended(form(&json!([])), &url, "valueString", json!("1"));
        assert_eq!(load(&whole).err(), Some(unsupported("", &url)));
    }
    let modified = with(item("q", "string"), json!({"modifierExtension": [{"url": "urn:twist"}]}));
    assert_eq!(refusal(&json!([modified])), unsupported("q", "urn:twist"));
    let nameless = with(item("q", "string"), json!({"modifierExtension": [{}]}));
    assert_eq!(refusal(&json!([nameless])), unsupported("q", "modifierExtension"));
    for (member, version) in [("option", "STU3"), ("options", "STU3"), ("group", "DSTU2"), ("answerConstraint", "R5")] {
        let feature = format!("{member} of FHIR {version}");
        assert_eq!(refusal(&json!([with(item("q", "choice"), json!({member: []}))])), unsupported("q", &feature));
        assert_eq!(load(&with(form(&json!([])), json!({member: {}}))).err(), Some(unsupported("", &feature)));
    }
    for reference in ["#colours", "http://example.org/ValueSet/colours"] {
        let value_set = with(item("q", "choice"), json!({"answerValueSet": reference}));
        assert_eq!(refusal(&json!([value_set])), unsupported("q", &format!("answerValueSet {reference}")));
    }
}

/// A form author hears of everything at once, not of one thing after another.
#[test]
fn all_that_does_not_run_is_named_at_once() {
    let sdc = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-";
    let core = "http://hl7.org/fhir/StructureDefinition/";
    let items = json!([
        extended(item("a", "string"), &format!("{sdc}answerExpression"), "valueString", json!("1")),
        group(
            "g",
            json!([
                ruled(item("b", "integer"), "calculatedExpression", "2.exp()"),
                ruled(item("c", "integer"), "calculatedExpression", "%ghost + 1"),
                with(item("d", "choice"), json!({"answerValueSet": "urn:far"})),
            ])
        ),
        extended(item("e", "string"), &format!("{core}regex"), "valueString", json!("(?=x)")),
        with(item("f", "string"), json!({"modifierExtension": [{"url": "urn:twist"}]})),
        item("sound", "string"),
    ]);
    let whole = form(&items).to_string();
    let (form, exclusions) = Questionnaire::load_in_part(whole.as_bytes()).expect("sound but for what does not run");
    assert_eq!(form.items().len(), 8);
    let mut named: Vec<(&str, String)> =
        exclusions.iter().map(|exclusion| (exclusion.link_id().expect("an item"), exclusion.to_string())).collect();
    named.sort();
    let words = ["answerExpression", "“exp”", "%ghost", "answerValueSet urn:far", "looks around", "urn:twist"];
    assert_eq!(named.len(), words.len(), "{named:?}");
    for ((link_id, text), (expected, word)) in named.iter().zip(["a", "b", "c", "d", "e", "f"].iter().zip(words)) {
        assert!(link_id == expected && text.contains(word), "{link_id}: {text} lacks {word}");
    }
    assert_eq!(Questionnaire::load(whole.as_bytes()).err(), exclusions.into_iter().next(), "and it is not for filling");
}

#[test]
fn expressions_that_do_not_run_are_refused_with_the_reason() {
    let cases = [
        ("1 +", "ends too early"),
        ("2.exp()", "“exp”"),
        ("%resource.item.as(Range)", "“Range”"),
        ("Patient.name", "“Patient”"),
        ("'x'.matches(%patient.name)", "text literal"),
        ("%unknown", "%unknown"),
    ];
    for name in ["calculatedExpression", "enableWhenExpression", "initialExpression"] {
        for (text, words) in cases {
            let refused = refusal(&json!([ruled(item("q", "string"), name, text)]));
            let LoadRefusal::Unsupported { link_id, feature } = &refused else { panic!("{text}: {refused}") };
            assert!(link_id == "q" && feature.contains(words), "{text}: {feature}");
        }
    }
    for (language, words) in [("text/cql", "text/cql"), ("application/x-fhir-query", "x-fhir-query")] {
        let url = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-initialExpression";
        let value = json!({"language": language, "expression": "Patient?_id=1"});
        let refused = refusal(&json!([extended(item("q", "string"), url, "valueExpression", value)]));
        assert!(refused.is_exclusion() && refused.to_string().contains(words), "{refused}");
    }
}

/// One thing that does not run is named once, and not again at all that builds on it.
#[test]
fn what_builds_on_something_that_does_not_run_is_not_called_undefined() {
    let sdc = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-";
    let context = json!({"name": "visits", "language": "application/x-fhir-query", "expression": "Encounter?_id=1"});
    let below = group("g", json!([ruled(item("b", "string"), "initialExpression", "%visits.reason")]));
    let items = json!([
        ruled(item("a", "integer"), "calculatedExpression", "%base + 1"),
        extended(below, &format!("{sdc}itemPopulationContext"), "valueExpression", context),
    ]);
    let whole = variable(form(&items), "base", "2.exp()");
    let (_, exclusions) = Questionnaire::load_in_part(whole.to_string().as_bytes()).expect("sound");
    let mut named: Vec<_> = exclusions.iter().map(|exclusion| exclusion.link_id().unwrap_or_default()).collect();
    named.sort_unstable();
    assert_eq!(named, ["", "g"], "{exclusions:?}");
}

/// What is for software before, beside or behind the filling asks for nothing that would be missed here.
#[test]
fn what_fhir_allows_to_ignore_is_ignored() {
    let sdc = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-";
    let core = "http://hl7.org/fhir/StructureDefinition/";
    let names = [
        (sdc, "preferredTerminologyServer"),
        (sdc, "targetStructureMap"),
        (sdc, "observationExtract"),
        (sdc, "isSubject"),
        (sdc, "openLabel"),
        (sdc, "unitOpen"),
        (core, "questionnaire-signatureRequired"),
        (core, "questionnaire-supportLink"),
        (core, "rendering-style"),
        ("urn:", "anything"),
    ];
    for (base, name) in names {
        let url = format!("{base}{name}");
        let carrier = extended(item("q", "quantity"), &url, "valueCode", json!("x"));
        assert!(load(&extended(form(&json!([carrier])), &url, "valueCode", json!("x"))).is_ok(), "{name}");
    }
}

/// What is looked up for a form before it is filled comes from elsewhere; here it holds nothing.
#[test]
fn source_queries_are_names_without_a_value() {
    let url = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-sourceQueries";
    let items = json!([ruled(item("a", "string"), "initialExpression", "%found.entry.resource.name.text")]);
    let known = extended(form(&items), url, "valueReference", json!({"reference": "#found"}));
    assert!(load(&known).is_ok());
    let other = extended(form(&items), url, "valueReference", json!({"reference": "#other"}));
    assert!(load(&other).is_err_and(|refusal| refusal.to_string().contains("%found")));
}

#[test]
fn a_whole_number_begins_a_decimal_question() {
    let question = with(item("q", "decimal"), json!({"initial": [{"valueInteger": 7}]}));
    let form = load(&form(&json!([question]))).expect("loads");
    assert_eq!(form.item(form.find("q").expect("it")).initial, [super::sheet::decimal("7")]);
}

#[test]
fn an_option_that_cannot_be_read_is_refused() {
    for option in
        [json!({"valueReference": {}}), json!({"valueCoding": {"system": "x"}}), json!({"valueInteger": 1.5}), json!(1)]
    {
        let choice = with(item("q", "choice"), json!({"answerOption": [option]}));
        assert_eq!(refusal(&json!([choice])), unreadable("answerOption"));
    }
}

/// Half a rule is worse than none: what cannot be read is never taken as if it were not there.
#[test]
fn a_condition_that_cannot_be_read_is_refused() {
    let conditions = [
        json!([{"question": "a", "operator": "~", "answerBoolean": true}]),
        json!([{"question": "a", "operator": "="}]),
        json!([{"question": "a", "operator": "=", "answerReference": 1}]),
        json!([{"question": "a", "operator": "exists", "answerString": "true"}]),
        json!([true]),
        json!({"question": "a", "operator": "=", "answerBoolean": true}),
    ];
    for condition in conditions {
        let q = with(item("q", "string"), json!({"enableWhen": condition}));
        assert_eq!(refusal(&json!([item("a", "boolean"), q])), unreadable("enableWhen"), "{condition}");
    }
    let yes = json!({"question": "a", "operator": "=", "answerBoolean": true});
    for (conditions, field) in [
        (json!([{"operator": "=", "answerBoolean": true}]), "enableWhen.question"),
        (json!([{"question": "a", "answerBoolean": true}]), "enableWhen.operator"),
        (json!([yes, yes]), "enableBehavior"),
    ] {
        let q = with(item("q", "string"), json!({"enableWhen": conditions}));
        let lacks = LoadRefusal::Incomplete { link_id: "q".to_owned(), field };
        assert_eq!(refusal(&json!([item("a", "boolean"), q])), lacks);
    }
    let q = with(item("q", "string"), json!({"enableWhen": [yes], "enableBehavior": "some"}));
    assert_eq!(refusal(&json!([item("a", "boolean"), q])), unreadable("enableWhen"));
}

#[test]
fn parts_of_an_item_that_cannot_be_read_are_refused() {
    let own = "https://asesmen.id/fhir/StructureDefinition/";
    let core = "http://hl7.org/fhir/StructureDefinition/";
    let cases = [
        (with(item("q", "string"), json!({"initial": [{"valueReference": {}}]})), "initial"),
        (with(item("q", "string"), json!({"initial": [{"valueInteger": 1}]})), "initial"),
        (with(item("q", "string"), json!({"initial": [{"valueString": "a"}, {"valueString": "b"}]})), "initial"),
        (with(item("q", "string"), json!({"required": "yes"})), "required"),
        (with(item("q", "group"), json!({"item": {}})), "item"),
        (with(item("q", "string"), json!({"maxLength": "ten"})), "maxLength"),
        (extended(item("q", "string"), &format!("{own}answer-basis"), "valueCode", json!("guessed")), "answer-basis"),
        (extended(item("q", "string"), &format!("{own}sensitivity"), "valueCode", json!("Q")), "sensitivity"),
        (extended(item("q", "date"), &format!("{core}minValue"), "valueDate", json!("2020-13")), "minValue"),
        (
            extended(item("q", "decimal"), &format!("{core}maxDecimalPlaces"), "valueInteger", json!(-1)),
            "maxDecimalPlaces",
        ),
    ];
    for (element, part) in cases {
        assert_eq!(refusal(&json!([element])), unreadable(part));
    }
}

#[test]
fn a_condition_on_nothing_is_refused() {
    let q = when(item("q", "string"), "ghost", "=", "answerBoolean", json!(true));
    let refused = LoadRefusal::UnknownQuestion { link_id: "q".to_owned(), question: "ghost".to_owned() };
    assert_eq!(refusal(&json!([q])), refused);
}

#[test]
fn circles_are_refused_and_named() {
    let yes = |element, question| when(element, question, "=", "answerBoolean", json!(true));
    let names = |items: &Value| match refusal(items) {
        LoadRefusal::Cycle(names) => names,
        other => vec![other.to_string()],
    };
    assert_eq!(names(&json!([yes(item("a", "boolean"), "a")])), ["a", "a"]);
    let three = json!([yes(item("a", "boolean"), "c"), yes(item("b", "boolean"), "a"), yes(item("c", "boolean"), "b")]);
    assert_eq!(names(&three), ["a", "b", "c", "a"]);
    let within = yes(group("g", json!([item("x", "boolean")])), "x");
    assert_eq!(names(&json!([within])), ["g", "x", "g"], "a group that hides the question it looks at");
}

#[test]
fn looking_ahead_and_a_diamond_are_no_circles() {
    let yes = |element, question| when(element, question, "=", "answerBoolean", json!(true));
    let items = json!([
        yes(item("d", "string"), "b"),
        yes(item("e", "string"), "c"),
        yes(item("b", "boolean"), "a"),
        yes(item("c", "boolean"), "a"),
        item("a", "boolean"),
        choice("o", "open-choice", &[])
    ]);
    assert_eq!(load(&form(&items)).expect("loads").items().len(), 6);
}

#[test]
fn a_chain_of_ten_thousand_conditions_loads() {
    let link =
        |n: u32| when(item(&format!("q{n}"), "boolean"), &format!("q{}", n + 1), "=", "answerBoolean", json!(true));
    let items: Vec<Value> = (0..10_000).map(link).chain([item("q10000", "boolean")]).collect();
    assert!(load(&form(&json!(items))).is_ok());
}

proptest! {
    /// No bytes make the loader panic, and a damaged form is never a form in part.
    #[test]
    fn damaged_forms_are_loaded_or_refused(position in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let items = json!([item("a", "boolean"), when(list("l", json!([choice("c", "choice", &["x"])])), "a", "=",
            "answerBoolean", json!(true))]);
        let mut bytes = form(&items).to_string().into_bytes();
        let position = position.index(bytes.len());
        bytes[position] = byte;
        let _ = Questionnaire::load(&bytes);
    }
}
