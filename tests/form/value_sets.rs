//! Options that stand in a value set of the form, and value sets that only a terminology server could tell.

use super::sheet::{Sheet, at_top, context, form, item, load, ruled, with};
use asesmen::form::{Answer, AnswerOption, LoadRefusal, Questionnaire};
use serde_json::{Value, json};

const SCORE: &str = "http://hl7.org/fhir/StructureDefinition/ordinalValue";

/// A form with one choice from a value set, and these resources in it.
fn holding(reference: &str, contained: &Value) -> Value {
    let question = with(item("q", "choice"), json!({"answerValueSet": reference}));
    with(form(&json!([question])), json!({"contained": contained}))
}

fn colours(more: Value) -> Value {
    with(json!({"resourceType": "ValueSet", "id": "colours", "url": "https://example.org/colours"}), more)
}

fn concept(code: &str, display: &str) -> Value {
    json!({"code": code, "display": display})
}

fn composed(include: &Value) -> Value {
    colours(json!({"compose": {"include": include}}))
}

fn listed() -> Value {
    composed(&json!([{"system": "urn:test", "concept": [concept("red", "merah"), concept("blue", "biru")]}]))
}

/// The options as `system|code display`.
fn options(form: &Value) -> Vec<String> {
    let form = load(form).expect("loads");
    let shown = |option: &AnswerOption| match &option.answer {
        Answer::Coding(coding) => {
            format!("{}|{} {}", coding.system.as_deref().unwrap_or("-"), coding.code, option.text.in_language("id"))
        }
        other => format!("{other:?}"),
    };
    form.item(form.find("q").expect("the question")).options.iter().map(shown).collect()
}

#[test]
fn a_value_set_is_found_by_its_id_and_by_its_url() {
    for reference in ["#colours", "https://example.org/colours", "https://example.org/colours|2"] {
        let form = holding(reference, &json!([{"resourceType": "Patient", "id": "colours"}, listed()]));
        assert_eq!(options(&form), ["urn:test|red merah", "urn:test|blue biru"], "{reference}");
    }
}

/// FHIR itself lists a few sets in full that forms name without containing them.
#[test]
fn value_sets_of_fhir_itself_need_not_be_contained() {
    let (core, hl7) = ("http://hl7.org/fhir/ValueSet/", "http://terminology.hl7.org/");
    let nothing = json!([]);
    let genders = options(&holding(&format!("{core}administrative-gender|4.0.1"), &nothing));
    let gender = "http://hl7.org/fhir/administrative-gender";
    assert_eq!(genders.len(), 4);
    assert_eq!(genders[1], format!("{gender}|female Perempuan"));
    let answers = options(&holding(&format!("{core}yesnodontknow"), &nothing));
    let yes = format!("{hl7}CodeSystem/v2-0136|Y Ya");
    let unknown = format!("{hl7}CodeSystem/data-absent-reason|asked-unknown Tidak tahu");
    assert_eq!((answers.len(), &answers[0], &answers[2]), (3, &yes, &unknown));
    assert_eq!(options(&holding(&format!("{hl7}ValueSet/v2-0136"), &nothing)), answers[..2]);
    assert_eq!(options(&holding(&format!("{core}marital-status"), &nothing)).len(), 11);
    let own = with(listed(), json!({"url": format!("{core}administrative-gender")}));
    let form = holding(&format!("{core}administrative-gender"), &json!([own]));
    assert_eq!(options(&form), ["urn:test|red merah", "urn:test|blue biru"], "what the form brings goes before");
}

/// Their words are FHIR's, so no author owes translations for them.
#[test]
fn words_of_fhir_ask_for_no_translation() {
    let form = load(&holding("http://hl7.org/fhir/ValueSet/administrative-gender", &json!([]))).expect("loads");
    assert_eq!(form.untranslated(), []);
    let english = form.item(form.find("q").expect("it")).options[0].text.in_language("en").to_owned();
    assert_eq!(english, "Male");
}

#[test]
fn units_to_choose_between_may_stand_in_a_value_set() {
    let url = "http://hl7.org/fhir/StructureDefinition/questionnaire-unitValueSet";
    let measured = |field: &str, reference: Value| {
        let question = super::sheet::extended(item("q", "quantity"), url, field, reference);
        with(form(&json!([question])), json!({"contained": [listed()]}))
    };
    for field in ["valueCanonical", "valueUri"] {
        let form = load(&measured(field, json!("#colours"))).expect("loads");
        let units = &form.item(form.find("q").expect("it")).units;
        let codes: Vec<&str> = units.iter().map(|unit| unit.code.as_str()).collect();
        assert_eq!(codes, ["red", "blue"]);
    }
    let far = load(&measured("valueCanonical", json!("urn:far"))).expect_err("refused");
    assert_eq!(far, LoadRefusal::Unsupported { link_id: "q".to_owned(), feature: "unitValueSet urn:far".to_owned() });
    let none = load(&measured("valueInteger", json!(1))).expect_err("refused");
    assert_eq!(none, LoadRefusal::Unreadable { link_id: "q".to_owned(), part: "questionnaire-unitValueSet" });
}

#[test]
fn an_expansion_goes_before_what_it_was_made_from() {
    let expansion = json!({"expansion": {"contains": [{"system": "urn:x", "code": "a", "display": "satu"}, {"system": "urn:y", "code": "a"}]}});
    let form = holding("#colours", &json!([with(listed(), expansion)]));
    assert_eq!(options(&form), ["urn:x|a satu", "urn:y|a a"], "without words the code is shown");
}

#[test]
fn several_systems_follow_one_another() {
    let include = json!([{"system": "urn:one", "concept": [concept("a", "satu")]}, {"system": "urn:two", "concept": [concept("b", "dua")]}]);
    assert_eq!(options(&holding("#colours", &json!([composed(&include)]))), ["urn:one|a satu", "urn:two|b dua"]);
}

#[test]
fn a_whole_code_system_may_stand_in_the_form() {
    let nested = json!([
        with(concept("warm", "hangat"), json!({"concept": [concept("red", "merah")]})),
        concept("blue", "biru")
    ]);
    let codes = json!({"resourceType": "CodeSystem", "url": "urn:test", "concept": nested});
    let form = holding("#colours", &json!([composed(&json!([{"system": "urn:test"}])), codes]));
    assert_eq!(options(&form), ["urn:test|warm hangat", "urn:test|red merah", "urn:test|blue biru"]);
}

#[test]
fn what_is_abstract_only_heads_others() {
    let inner = json!([{"code": "red", "display": "merah"}, {"code": "old", "inactive": true}]);
    let contains = json!([{"system": "urn:test", "code": "warm", "abstract": true, "contains": inner}, {"system": "urn:test", "code": "blue"}]);
    let form = holding("#colours", &json!([colours(json!({"expansion": {"contains": contains}}))]));
    assert_eq!(
        options(&form),
        ["urn:test|red merah", "urn:test|blue blue"],
        "and a system holds for what stands below"
    );
}

#[test]
fn designations_are_translations() {
    let red = with(
        concept("red", "merah"),
        json!({"designation": [{"language": "en", "value": "red"}, {"value": "no language"}]}),
    );
    let url = "http://hl7.org/fhir/StructureDefinition/translation";
    let english = json!([{"url": "lang", "valueCode": "en"}, {"url": "content", "valueString": "blue"}]);
    let blue = with(concept("blue", "biru"), json!({"_display": {"extension": [{"url": url, "extension": english}]}}));
    let form = holding("#colours", &json!([composed(&json!([{"system": "urn:test", "concept": [red, blue]}]))]));
    let form = load(&form).expect("loads");
    let options = &form.item(form.find("q").expect("the question")).options;
    let words = |language: &str| options.iter().map(|option| option.text.in_language(language)).collect::<Vec<_>>();
    assert_eq!((words("id"), words("en")), (vec!["merah", "biru"], vec!["red", "blue"]));
}

#[test]
fn concepts_may_count_in_a_score() {
    let red = with(concept("red", "merah"), json!({"extension": [{"url": SCORE, "valueDecimal": 2.5}]}));
    let mut form = holding("#colours", &json!([composed(&json!([{"system": "urn:test", "concept": [red]}]))]));
    let score = format!("{}.ordinal()", at_top("q"));
    let score = ruled(item("score", "decimal"), "calculatedExpression", &score);
    form["item"].as_array_mut().expect("items").push(score);
    let mut sheet = Sheet::launched(&form, context());
    let chosen = sheet.response.item(sheet.node("q", &[])).options[0].answer.clone();
    sheet.answer("q", &[], &[chosen]);
    assert_eq!(sheet.answers("score", &[]), [super::sheet::decimal("2.5")]);
}

#[test]
fn an_answer_is_one_of_its_options() {
    let mut sheet = Sheet::launched(&holding("#colours", &json!([listed()])), context());
    sheet.answer("q", &[], &[super::sheet::coded("red")]);
    assert!(asesmen::form::issues(&sheet.response).is_empty());
    sheet.answer("q", &[], &[super::sheet::coded("green")]);
    assert_eq!(asesmen::form::issues(&sheet.response)[0].problem, asesmen::form::Problem::NotAnOption);
}

/// Half a list of options would be worse than none.
#[test]
fn what_only_a_server_could_tell_is_named() {
    let include = |part: Value| json!([composed(&json!([part]))]);
    let red = || json!([concept("red", "merah")]);
    let mut deep = json!({"code": "end"});
    for n in 0..20 {
        deep = json!({"code": format!("c{n}"), "contains": [deep]});
    }
    let cases = [
        json!([]),
        json!([colours(json!({}))]),
        json!([colours(json!({"expansion": {"total": 0}}))]),
        json!([colours(json!({"compose": {"include": []}}))]),
        include(json!({"system": "urn:test"})),
        include(json!({"concept": red()})),
        include(json!({"system": "urn:test", "filter": [{"property": "parent", "op": "=", "value": "x"}]})),
        include(json!({"valueSet": ["urn:other"]})),
        json!([colours(json!({"compose": {"include": [{"system": "urn:test", "concept": red()}], "exclude": []}}))]),
        include(json!({"system": "urn:test", "concept": [{"display": "tanpa kode"}]})),
        json!([colours(json!({"expansion": {"contains": [deep]}}))]),
    ];
    for contained in cases {
        let form = holding("#colours", &contained);
        let expected =
            LoadRefusal::Unsupported { link_id: "q".to_owned(), feature: "answerValueSet #colours".to_owned() };
        assert_eq!(load(&form).err(), Some(expected.clone()), "{contained}");
        let (_, exclusions) = Questionnaire::load_in_part(form.to_string().as_bytes()).expect("the rest loads");
        assert_eq!(exclusions, [expected]);
    }
    let far = load(&holding("http://hl7.org/fhir/ValueSet/languages", &json!([listed()])));
    assert!(far.is_err_and(|refusal| refusal.to_string().contains("ValueSet/languages")));
}
