//! What would change with another version of a form: everything is named, and nothing changes that is not.

use super::replay::{Act, acts, items, ruled_items, session_of, state};
use super::sheet::{Sheet, also, export, extended, form, group, item, list, load, place, ruled, when, with};
use asesmen::form::{
    Answer, Basis, Comparison, Content, Difference, Edit, Note, Part, Problem, Questionnaire, Response, compare,
};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::sync::Arc;

fn compared(old: &Response, items: &Value) -> Comparison {
    compare(old, old.anew(Arc::new(load(&form(items)).expect("loads"))), None)
}

/// Each difference in short: its kind, where, and what about it.
fn told(old: &Response, comparison: &Comparison) -> Vec<String> {
    let new = &comparison.response;
    let differences = comparison.differences.iter();
    let told = differences.map(|difference| match difference {
        Difference::Leaves(left) => format!("leaves {} {:?}", old.place(left.node), left.why),
        Difference::Stays { old: node, new: at, notes } => {
            assert_eq!(old.place(*node).link_id, new.place(*at).link_id);
            format!("stays {} {}", old.place(*node), notes.iter().map(note).collect::<Vec<_>>().join(", "))
        }
        Difference::Heading { old: ix, new: found } => {
            let words = |response: &Response, ix| response.questionnaire().item(ix).text.in_language("id").to_owned();
            format!("heading {} {}", words(old, *ix), words(new, *found))
        }
        Difference::Reckoned { old: node, new: at } => {
            let number = |response: &Response, ix| match response.node(ix).content.answers.first() {
                Some(Answer::Integer(number)) => number.to_string(),
                other => format!("{other:?}"),
            };
            format!("reckoned {} {} {}", old.place(*node), number(old, *node), number(new, *at))
        }
        Difference::Returns(at) => format!("returns {}", new.place(*at)),
        Difference::Added(ix) => format!("added {}", new.questionnaire().item(*ix).link_id),
        Difference::Removed(ix) => format!("removed {}", old.questionnaire().item(*ix).link_id),
    });
    told.collect()
}

fn note(note: &Note) -> String {
    match note {
        Note::Reworded(part, old, new) => {
            let part = match part {
                Part::Question => "question",
                Part::Option => "option",
                Part::End => "end",
            };
            format!("{part}: {} → {}", old.in_language("id"), new.in_language("id"))
        }
        Note::MoreOptions(options) => {
            let words: Vec<_> = options.iter().map(|option| option.in_language("id")).collect();
            format!("also {}", words.join(" "))
        }
        Note::Basis(was, is) => format!("basis {} → {}", was.code(), is.code()),
        Note::NotAsked => "not asked".to_owned(),
        Note::Asked => "asked".to_owned(),
        Note::Problem(problem) => format!("{problem:?}"),
    }
}

fn worded(element: Value, words: &str) -> Value {
    with(element, json!({"text": words}))
}

#[test]
fn questions_that_only_one_form_asks_are_named_and_what_was_answered_there() {
    let hide = "http://hl7.org/fhir/StructureDefinition/questionnaire-hidden";
    let mut sheet =
        Sheet::new(&json!([item("a", "string"), item("b", "string"), item("c", "string"), item("d", "display")]));
    sheet.typed("a", "satu");
    sheet.typed("c", "tiga");
    let hidden = extended(item("f", "string"), hide, "valueBoolean", json!(true));
    let new = json!([item("c", "string"), group("g", json!([item("e", "integer"), hidden]))]);
    let comparison = compared(&sheet.response, &new);
    assert_eq!(told(&sheet.response, &comparison), ["leaves a Gone", "added e", "removed b"]);
    assert_eq!(comparison.unchanged, 1);
}

#[test]
fn other_words_are_told_where_something_is_answered() {
    let scale = |low: &str| {
        let control = "http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl";
        let end = |code: &str| {
            let end = with(item(&format!("s.{code}"), "display"), json!({"text": low}));
            extended(end, control, "valueCodeableConcept", json!({"coding": [{"code": code}]}))
        };
        with(item("s", "integer"), json!({"item": [end("lower")]}))
    };
    let options = |words: &str, more: &[&str]| {
        let option =
            |code: &str, words: &str| json!({"valueCoding": {"system": "urn:test", "code": code, "display": words}});
        let more = more.iter().map(|code| option(code, code));
        let options: Vec<Value> = [option("a", words), option("b", "b")].into_iter().chain(more).collect();
        with(item("o", "choice"), json!({"answerOption": options}))
    };
    let old = json!([
        worded(group("g", json!([item("q", "string"), item("blank", "string")])), "Dua minggu ini"),
        worded(group("h", json!([item("r", "string")])), "Lama"),
        scale("tidak"),
        options("jarang", &[]),
        worded(item("note", "display"), "Lama")
    ]);
    let mut sheet = Sheet::new(&old);
    sheet.typed("q", "satu");
    sheet.typed("s", "3");
    sheet.edit("o", &[], Edit::Option { position: 0, chosen: true });
    let new = json!([
        worded(
            group("g", json!([worded(item("q", "string"), "Apa?"), worded(item("blank", "string"), "?")])),
            "Sebulan ini"
        ),
        worded(group("h", json!([item("r", "string")])), "Baru"),
        scale("tidak pernah"),
        options("kadang", &["c"]),
        worded(item("note", "display"), "Baru")
    ]);
    let comparison = compared(&sheet.response, &new);
    let expected = [
        "stays q question: q → Apa?",
        "stays s end: tidak → tidak pernah",
        "stays o option: jarang → kadang, also c",
        "heading Dua minggu ini Sebulan ini",
        "heading Lama Baru",
    ];
    assert_eq!(told(&sheet.response, &comparison), expected, "the heading over nothing answered is not among them");
    assert_eq!(comparison.unchanged, 0);
}

#[test]
fn what_has_to_be_looked_at_again_is_told() {
    let basis = "https://asesmen.id/fhir/StructureDefinition/answer-basis";
    let old = json!([
        item("gate", "boolean"),
        item("q", "integer"),
        when(item("r", "string"), "gate", "=", "answerBoolean", json!(true)),
        item("s", "string"),
        extended(item("t", "string"), basis, "valueCode", json!("administrative"))
    ]);
    let mut sheet = Sheet::new(&old);
    sheet.answer("gate", &[], &[Answer::Boolean(false)]);
    sheet.typed("q", "12");
    sheet.typed("r", "tersembunyi");
    sheet.typed("s", "tampak");
    sheet.typed("t", "catatan");
    let most = "http://hl7.org/fhir/StructureDefinition/maxValue";
    let new = json!([
        item("gate", "boolean"),
        extended(item("q", "integer"), most, "valueInteger", json!(10)),
        item("r", "string"),
        when(item("s", "string"), "gate", "=", "answerBoolean", json!(true)),
        item("t", "string")
    ]);
    let comparison = compared(&sheet.response, &new);
    let expected = [
        format!("stays q {:?}", Problem::AboveMax(Answer::Integer(10))),
        "stays r asked".to_owned(),
        "stays s not asked".to_owned(),
        format!("stays t basis {} → {}", Basis::Administrative.code(), Basis::SelfReport.code()),
    ];
    assert_eq!(told(&sheet.response, &comparison), expected);
    assert_eq!(comparison.unchanged, 1);
}

#[test]
fn lists_tell_which_entry_and_which_are_too_many() {
    let most = "http://hl7.org/fhir/StructureDefinition/questionnaire-maxOccurs";
    let mut sheet = Sheet::new(&json!([list("drug", json!([item("name", "string"), item("mg", "integer")]))]));
    sheet.add("drug", &[7]);
    sheet.edit("name", &[0], Edit::Typed("Satu".to_owned()));
    sheet.edit("name", &[7], Edit::Typed("Dua".to_owned()));
    sheet.edit("mg", &[7], Edit::Typed("5".to_owned()));
    let new = json!([extended(
        list("drug", json!([item("name", "string"), item("mg", "boolean")])),
        most,
        "valueInteger",
        json!(1)
    )]);
    let comparison = compared(&sheet.response, &new);
    let expected = [format!("stays drug[0] {:?}", Problem::TooMany(1)), "leaves mg[7] Type".to_owned()];
    assert_eq!(told(&sheet.response, &comparison), expected);
    assert_eq!(comparison.unchanged, 2);
}

#[test]
fn reckoned_values_that_come_out_differently_are_told() {
    let top = super::sheet::at_top("a");
    let sum = |link_id: &str, text: &str| ruled(item(link_id, "integer"), "calculatedExpression", text);
    let hide = "http://hl7.org/fhir/StructureDefinition/questionnaire-hidden";
    let hidden = |text: &str| also(sum("h", text), json!({"url": hide, "valueBoolean": true}));
    let mut sheet =
        Sheet::new(&json!([item("a", "integer"), sum("b", &format!("{top} + 1")), sum("c", &top), hidden(&top)]));
    sheet.typed("a", "5");
    let new =
        json!([item("a", "integer"), sum("b", &format!("{top} * 2")), sum("c", &top), hidden("1"), sum("d", "1")]);
    let comparison = compared(&sheet.response, &new);
    assert_eq!(told(&sheet.response, &comparison), ["reckoned b 6 10", "added d"]);
    assert_eq!(comparison.unchanged, 1, "what is reckoned is no answer that stays");
}

/// A question that left its list meanwhile keeps the entry it stood in, also when others are begun before it comes back and
/// that entry is taken away.
#[test]
fn what_left_a_list_comes_back_to_its_own_entry() {
    let mut old = Sheet::new(&json!([list("dose", json!([item("amount", "string"), item("times", "string")]))]));
    old.add("dose", &[1]);
    old.answer("times", &[1], &[Answer::String("lima".to_owned())]);
    let there =
        compared(&old.response, &json!([list("dose", json!([item("amount", "string")])), item("times", "string")]));
    let mut sheet = Sheet { response: there.response.clone() };
    assert_eq!(sheet.answers("times", &[]), [Answer::String("lima".to_owned())]);
    sheet.answer("amount", &[0], &[Answer::String("tujuh".to_owned())]);
    sheet.remove("dose", &[1]);
    let back = Sheet { response: compare(&sheet.response, old.response.clone(), Some(&there.response)).response };
    let stands: Vec<_> =
        back.response.walk(back.response.roots()).into_iter().map(|at| back.response.place(at)).collect();
    assert!(stands.contains(&place("times", &[1])), "{stands:?}");
    assert_eq!(back.answers("times", &[1]), [Answer::String("lima".to_owned())]);
    assert_eq!(back.answers("amount", &[0]), [Answer::String("tujuh".to_owned())]);
}

#[test]
fn going_back_tells_what_comes_back() {
    let mut old = Sheet::new(&json!([item("a", "string"), item("b", "integer"), item("c", "string")]));
    old.typed("a", "satu");
    old.typed("b", "2");
    let new = json!([item("b", "string"), item("c", "string"), item("d", "string")]);
    let there = compared(&old.response, &new).response;
    let mut sheet = Sheet { response: there.clone() };
    sheet.typed("c", "tiga");
    sheet.typed("d", "empat");
    let back = compare(&sheet.response, old.response.clone(), Some(&there));
    assert_eq!(told(&sheet.response, &back), ["leaves d Gone", "returns a", "returns b"]);
    assert_eq!(back.unchanged, 1);
    // And there again: what was answered there comes back in turn.
    let again = compare(&back.response, sheet.response.clone(), Some(&back.response));
    assert_eq!(told(&back.response, &again), ["leaves a Gone", "returns d"]);
    assert_eq!(state(&again.response), state(&sheet.response));
}

/// One change of a form: what is done, and to which of its items.
#[derive(Clone, Debug)]
enum Mutation {
    Remove(usize),
    Kind(usize, &'static str),
    Repeats(usize),
    FewerOptions(usize),
    Reword(usize),
    ToTop(usize),
    Mark(usize, &'static str),
}

fn mutations() -> impl Strategy<Value = Vec<Mutation>> {
    let kinds =
        vec!["string", "text", "integer", "decimal", "boolean", "date", "choice", "open-choice", "group", "display"];
    let at = any::<usize>;
    let one = prop_oneof![
        at().prop_map(Mutation::Remove),
        (at(), proptest::sample::select(kinds)).prop_map(|(at, kind)| Mutation::Kind(at, kind)),
        at().prop_map(Mutation::Repeats),
        at().prop_map(Mutation::FewerOptions),
        at().prop_map(Mutation::Reword),
        at().prop_map(Mutation::ToTop),
        (at(), proptest::sample::select(vec!["readOnly", "required"])).prop_map(|(at, mark)| Mutation::Mark(at, mark)),
    ];
    proptest::collection::vec(one, 0..8)
}

/// The paths of all items.
fn paths(items: &Value, above: &str, found: &mut Vec<String>) {
    for (position, item) in items.as_array().into_iter().flatten().enumerate() {
        let path = format!("{above}/{position}");
        found.push(path.clone());
        paths(&item["item"], &format!("{path}/item"), found);
    }
}

fn mutated(mut items: Value, mutations: &[Mutation]) -> Value {
    for mutation in mutations {
        let mut all = Vec::new();
        paths(&items, "", &mut all);
        let (Mutation::Remove(at)
        | Mutation::Kind(at, _)
        | Mutation::Repeats(at)
        | Mutation::FewerOptions(at)
        | Mutation::Reword(at)
        | Mutation::ToTop(at)
        | Mutation::Mark(at, _)) = mutation;
        let Some(path) = all.get(at % all.len().max(1)) else { continue };
        let (above, position) = path.rsplit_once('/').expect("a path");
        let position: usize = position.parse().expect("a position");
        match mutation {
            Mutation::Remove(_) | Mutation::ToTop(_) => {
                let list = if above.is_empty() { &mut items } else { items.pointer_mut(above).expect("a list") };
                let taken = list.as_array_mut().expect("a list").remove(position);
                if matches!(mutation, Mutation::ToTop(_)) {
                    items.as_array_mut().expect("a list").push(taken);
                }
            }
            _ => change(items.pointer_mut(path).expect("an item"), mutation),
        }
    }
    loadable(&mut items);
    items
}

fn change(item: &mut Value, mutation: &Mutation) {
    match mutation {
        Mutation::Kind(_, kind) => {
            item["type"] = json!(kind);
            let members = item.as_object_mut().expect("an object");
            members.remove("initial");
            if !kind.contains("choice") {
                members.remove("answerOption");
            }
        }
        Mutation::Repeats(_) => item["repeats"] = json!(!item["repeats"].as_bool().unwrap_or(false)),
        Mutation::FewerOptions(_) => {
            if let Some(options) = item["answerOption"].as_array_mut() {
                options.pop();
            }
        }
        Mutation::Reword(_) => item["text"] = json!("kata lain"),
        Mutation::Mark(_, mark) => item[*mark] = json!(true),
        _ => {}
    }
}

/// Takes away what the engine would refuse a form for.
fn loadable(items: &mut Value) {
    let mut all = Vec::new();
    paths(items, "", &mut all);
    let known: Vec<String> = all
        .iter()
        .map(|path| items.pointer(path).expect("an item")["linkId"].as_str().expect("text").to_owned())
        .collect();
    for path in &all {
        let item = items.pointer_mut(path).expect("an item").as_object_mut().expect("an object");
        if let Some(conditions) = item.get_mut("enableWhen").and_then(Value::as_array_mut) {
            conditions.retain(|condition| known.iter().any(|own| *own == condition["question"]));
            if conditions.is_empty() {
                item.remove("enableWhen");
            }
        }
        let several = item.get("initial").and_then(Value::as_array).is_some_and(|values| values.len() > 1);
        if several && item.get("repeats") != Some(&json!(true)) {
            item.remove("initial");
        }
    }
}

fn says_same(one: &Answer, other: &Answer) -> bool {
    match (one, other) {
        (Answer::Coding(one), Answer::Coding(other)) => one.same(other),
        (Answer::Uri(words), Answer::String(other)) => words == other,
        (Answer::Integer(number), Answer::Decimal(other)) => other.to_string() == number.to_string(),
        (Answer::Decimal(number), Answer::Integer(other)) => other.to_string() == number.to_string(),
        // What a form of whole numbers kept as typed is a number in a form of decimals, and typed words again on the way back.
        (Answer::Decimal(number), Answer::String(typed)) => typed.replace(',', ".") == number.to_string(),
        _ => one == other,
    }
}

/// Every answer of a hand stands at its question in the other version, or is named among what leaves.
fn nothing_falls_away(old: &Response, comparison: &Comparison) -> Result<(), TestCaseError> {
    let new = &comparison.response;
    for node in old.walk(old.roots()) {
        let content = &old.node(node).content;
        // What the form reckons in both is told where it comes out differently, not kept.
        let found = new.questionnaire().find(&old.item(node).link_id);
        let again = old.is_reckoned(node) && found.is_some_and(|ix| new.questionnaire().item(ix).is_calculated());
        if content.is_empty() || old.item(node).hidden || again {
            continue;
        }
        let left = |difference: &&Difference| matches!(difference, Difference::Leaves(left) if left.node == node);
        let named: Vec<_> = comparison.differences.iter().filter(left).collect();
        let reckoned = |difference: &Difference| matches!(difference, Difference::Reckoned { old, .. } if *old == node);
        let link_id = &old.item(node).link_id;
        let there = new.walk(new.roots()).into_iter().filter(|at| new.item(*at).link_id == *link_id);
        let there: Vec<_> = there.map(|at| new.node(at).content.clone()).collect();
        for answer in content.answers.iter().filter(|answer| !answer.is_blank()) {
            let typed = |content: &Content| content.typed.as_ref().map(|typed| Answer::String(typed.clone()));
            let stands = there
                .iter()
                .any(|content| content.answers.iter().chain(&typed(content)).any(|other| says_same(answer, other)));
            // Entries of a list whose answers stand together in the other version are named at the first.
            let leaves = comparison.differences.iter().any(|difference| match difference {
                Difference::Leaves(left) => {
                    old.entries(node).contains(&left.node) && left.content.answers.contains(answer)
                }
                _ => false,
            });
            let comes_out_differently = comparison.differences.iter().any(reckoned);
            prop_assert!(stands || leaves || comes_out_differently, "{} loses {answer:?}", old.place(node));
        }
        if let Some(reason) = content.absent {
            let stands = there.iter().any(|content| content.absent == Some(reason));
            prop_assert!(stands || !named.is_empty(), "{} loses why it is missing", old.place(node));
        }
        if let Some(typed) = &content.typed {
            let stands =
                there.iter().any(|content| content.typed.as_ref() == Some(typed) || !content.answers.is_empty());
            prop_assert!(stands || !named.is_empty(), "{} loses what was typed", old.place(node));
        }
    }
    Ok(())
}

/// What an operation log makes of a new response to the same form.
fn replayed(response: &Response) -> Response {
    let mut again = response.anew(Arc::clone(response.questionnaire()));
    for operation in response.operations() {
        again.apply(&operation).expect("it leads here");
    }
    again
}

fn stays_itself(form: Arc<Questionnaire>, acts: &[Act]) -> Result<(), TestCaseError> {
    let (response, _) = session_of(Arc::clone(&form), acts);
    let comparison = compare(&response, response.anew(form), None);
    prop_assert_eq!(&comparison.differences, &[]);
    prop_assert_eq!(state(&comparison.response), state(&response));
    prop_assert_eq!(export(&comparison.response, "id"), export(&response, "id"));
    Ok(())
}

fn goes_and_comes(mut form: Value, acts: &[Act], mutations: &[Mutation], later: &[Act]) -> Result<(), TestCaseError> {
    let (response, _) = session_of(Arc::new(load(&form).expect("loads")), acts);
    form["item"] = mutated(form["item"].take(), mutations);
    let Ok(new) = load(&form) else { return Ok(()) };
    let there = compare(&response, response.anew(Arc::new(new)), None);
    nothing_falls_away(&response, &there)?;
    prop_assert_eq!(state(&replayed(&there.response)), state(&there.response));
    let back = compare(&there.response, response.clone(), Some(&there.response));
    prop_assert_eq!(state(&back.response), state(&response), "untouched, it comes back as it was");
    let filled = super::replay::gone_on(there.response.clone(), later);
    let back = compare(&filled, response.clone(), Some(&there.response));
    nothing_falls_away(&filled, &back)?;
    prop_assert_eq!(state(&replayed(&back.response)), state(&back.response));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Carried to the very same form a response is the very same, and nothing is said to change.
    #[test]
    fn the_same_form_changes_nothing(acts in acts()) {
        stays_itself(Arc::new(load(&form(&items())).expect("loads")), &acts)?;
        stays_itself(Arc::new(load(&ruled_items()).expect("loads")), &acts)?;
    }

    /// Whatever becomes of a form, each answer stays or is named, and going back brings all of them back.
    #[test]
    fn no_answer_falls_away(acts in acts(), mutations in mutations(), later in acts()) {
        goes_and_comes(form(&items()), &acts, &mutations, &later)?;
    }

    #[test]
    fn no_answer_falls_away_where_expressions_reckon(acts in acts(), mutations in mutations(), later in acts()) {
        goes_and_comes(ruled_items(), &acts, &mutations, &later)?;
    }
}

#[test]
fn mutations_reach_forms_that_load() {
    let mutations = [Mutation::Remove(3), Mutation::Kind(5, "boolean"), Mutation::Repeats(4), Mutation::ToTop(6)];
    assert!(load(&form(&mutated(items(), &mutations))).is_ok());
}
