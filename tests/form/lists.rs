//! Questions that are answered more than once, and questions below answers.

use super::replay::{acts, session_of, state};
use super::sheet::{Sheet, choice, context, form, group, item, list, load, place, ruled, text, variable, when, with};
use asesmen::form::{Answer, Content, DataAbsentReason, Edit, Operation, OperationRefusal, Place, Problem, issues};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::sync::Arc;

const CORE: &str = "http://hl7.org/fhir/StructureDefinition/";

fn repeated(element: Value) -> Value {
    with(element, json!({"repeats": true}))
}

fn occurs(element: Value, least: u32, most: u32) -> Value {
    let bound = |name: &str, number| json!({"url": format!("{CORE}questionnaire-{name}"), "valueInteger": number});
    with(element, json!({"extension": [bound("minOccurs", least), bound("maxOccurs", most)]}))
}

/// Telephone numbers, three of them.
fn phones() -> Sheet {
    let mut sheet =
        Sheet::new(&json!([item("before", "string"), repeated(item("phone", "string")), item("after", "string")]));
    for (entry, number) in [(0, "081"), (9, "082"), (4, "083")] {
        sheet.add("phone", &[entry]);
        sheet.answer("phone", &[entry], &[text(number)]);
    }
    sheet
}

/// The answers as a reader of the export finds them: one list to each item of this linkId.
fn exported(sheet: &Sheet, link_id: &str) -> Vec<Vec<String>> {
    let items = sheet.items().into_iter().filter(|item| item["linkId"] == link_id);
    let words = |answer: &Value| answer["valueString"].as_str().unwrap_or_default().to_owned();
    items.map(|item| item["answer"].as_array().into_iter().flatten().map(words).collect()).collect()
}

fn found(sheet: &Sheet) -> Vec<(String, Problem)> {
    let wrong = issues(&sheet.response).into_iter();
    wrong.map(|issue| (sheet.response.place(issue.node.expect("a place")).to_string(), issue.problem)).collect()
}

#[test]
fn answers_given_one_by_one_stand_in_one_item() {
    let sheet = phones();
    assert_eq!(exported(&sheet, "phone"), [["081", "082", "083"]], "in the order in which they were added");
    let order: Vec<Value> = sheet.items().iter().map(|item| item["linkId"].clone()).collect();
    assert_eq!(order, ["before", "phone", "after"]);
}

#[test]
fn an_empty_line_is_no_answer() {
    let mut sheet = phones();
    sheet.add("phone", &[20]);
    assert_eq!(exported(&sheet, "phone"), [["081", "082", "083"]]);
    assert_eq!(found(&sheet), []);
    sheet.answer("phone", &[0], &[]);
    assert_eq!(exported(&sheet, "phone"), [["082", "083"]], "also where it is the first");
}

#[test]
fn an_answer_is_taken_away_and_brought_back() {
    for entry in [0, 9, 4] {
        let mut sheet = phones();
        let before = sheet.items();
        let others: Vec<_> =
            [0, 9, 4].into_iter().filter(|other| *other != entry).map(|other| sheet.node("phone", &[other])).collect();
        let changed = sheet.remove("phone", &[entry]);
        assert_eq!(changed.lists, [None]);
        assert!(!changed.nodes.iter().any(|node| others.contains(node)), "{changed:?}");
        assert_eq!(exported(&sheet, "phone")[0].len(), 2);
        assert_eq!(sheet.replayed(context()).export(), sheet.export(), "without entry {entry}");
        sheet.add("phone", &[entry]);
        assert_eq!(sheet.items(), before);
        assert_eq!(sheet.replayed(context()).export(), sheet.export());
    }
}

#[test]
fn a_list_without_any_entry_is_kept_so() {
    let mut sheet = phones();
    [0, 9, 4].iter().for_each(|entry| drop(sheet.remove("phone", &[*entry])));
    let copy = sheet.replayed(context());
    assert!(copy.response.nodes_of(copy.response.questionnaire().find("phone").expect("an item")).next().is_none());
    assert_eq!(copy.export(), sheet.export());
    assert!(exported(&sheet, "phone").is_empty());
}

#[test]
fn each_initial_value_is_an_entry() {
    let initial = json!({"initial": [{"valueString": "081"}, {"valueString": "082"}]});
    let mut sheet = Sheet::new(&json!([repeated(with(item("phone", "string"), initial))]));
    assert_eq!((sheet.answers("phone", &[0]), sheet.answers("phone", &[1])), (&[text("081")][..], &[text("082")][..]));
    assert!(sheet.response.operations().is_empty());
    sheet.add("phone", &[2]);
    assert_eq!(sheet.answers("phone", &[2]), [], "one that is added begins empty");
    sheet.remove("phone", &[0]);
    assert_eq!(exported(&sheet, "phone"), [["082"]]);
    assert_eq!(sheet.replayed(context()).export(), sheet.export());
}

#[test]
fn each_entry_holds_one_answer() {
    let mut sheet = phones();
    let at = place("phone", &[0]);
    let content = Content { answers: vec![text("1"), text("2")], ..Content::default() };
    assert_eq!(sheet.response.apply(&Operation::Set { at: at.clone(), content }), Err(OperationRefusal::WrongKind(at)));
    let nowhere = place("phone", &[77]);
    assert_eq!(sheet.response.apply(&Operation::Remove { at: nowhere }).expect("harmless").lists, []);
}

#[test]
fn check_boxes_hold_their_answers_together() {
    let mut sheet = Sheet::new(&json!([repeated(choice("q", "choice", &["a", "b"]))]));
    assert!(!sheet.response.item(sheet.node("q", &[])).is_list);
    sheet.edit("q", &[], Edit::Option { position: 0, chosen: true });
    sheet.edit("q", &[], Edit::Option { position: 1, chosen: true });
    assert_eq!(sheet.answers("q", &[]).len(), 2);
    let nested = with(repeated(choice("q", "choice", &["a", "b"])), json!({"item": [item("why", "string")]}));
    let sheet = Sheet::new(&json!([nested]));
    assert!(sheet.response.item(sheet.node("q", &[0])).is_list, "what is asked below belongs to one answer");
}

#[test]
fn there_are_as_many_as_asked_for() {
    let mut sheet = Sheet::new(&json!([occurs(repeated(item("phone", "string")), 2, 3)]));
    assert_eq!(found(&sheet), [], "what nobody began is not asked for");
    for (number, problem) in [(0, Some(Problem::TooFew(2))), (1, None), (2, None), (3, Some(Problem::TooMany(3)))] {
        sheet.add("phone", &[number]);
        sheet.answer("phone", &[number], &[text("081")]);
        let expected: Vec<_> = problem.into_iter().map(|problem| ("phone[0]".to_owned(), problem)).collect();
        assert_eq!(found(&sheet), expected, "{number}");
    }
    sheet.remove("phone", &[0]);
    assert_eq!(found(&sheet), []);
}

#[test]
fn entries_of_a_group_and_chosen_options_are_counted_too() {
    let visit = occurs(list("visit", json!([item("day", "string")])), 2, 2);
    let picks = occurs(repeated(choice("picks", "choice", &["a", "b", "c"])), 1, 1);
    let mut sheet = Sheet::new(&json!([visit, picks]));
    assert_eq!(found(&sheet), []);
    sheet.answer("day", &[0], &[text("Senin")]);
    assert_eq!(found(&sheet), [("visit[0]".to_owned(), Problem::TooFew(2))]);
    for entry in [1, 2] {
        sheet.add("visit", &[entry]);
    }
    assert_eq!(found(&sheet), [("visit[0]".to_owned(), Problem::TooFew(2))], "empty entries do not count");
    sheet.answer("day", &[1], &[text("Selasa")]);
    assert_eq!(found(&sheet), []);
    sheet.answer("day", &[2], &[text("Rabu")]);
    sheet.answer("picks", &[], &[super::sheet::coded("a"), super::sheet::coded("b")]);
    assert_eq!(
        found(&sheet),
        [("visit[0]".to_owned(), Problem::TooMany(2)), ("picks".to_owned(), Problem::TooMany(1))]
    );
}

#[test]
fn a_required_list_asks_for_its_fewest() {
    let phone = with(occurs(repeated(item("phone", "string")), 2, 9), json!({"required": true}));
    let mut sheet = Sheet::new(&json!([phone]));
    assert_eq!(found(&sheet), [("phone[0]".to_owned(), Problem::Required)]);
    sheet.answer("phone", &[0], &[text("081")]);
    assert_eq!(found(&sheet), [("phone[0]".to_owned(), Problem::TooFew(2))]);
    sheet.answer("phone", &[0], &[]);
    sheet.edit("phone", &[0], Edit::Missing(Some(DataAbsentReason::AskedDeclined)));
    assert!(!found(&sheet).contains(&("phone[0]".to_owned(), Problem::Required)), "a reason is enough");
}

/// A question with two below it, the last of which looks at the first.
fn pain() -> Value {
    let strong = when(item("doctor", "string"), "pain", ">", "answerInteger", json!(5));
    with(item("pain", "integer"), json!({"item": [item("where", "string"), strong]}))
}

#[test]
fn what_stands_below_a_question_is_asked_once_it_is_answered() {
    let mut sheet = Sheet::new(&json!([pain()]));
    assert!(sheet.asked("pain", &[]) && !sheet.asked("where", &[]));
    let changed = sheet.answer("pain", &[], &[Answer::Integer(3)]);
    assert_eq!((sheet.asked("where", &[]), sheet.asked("doctor", &[])), (true, false));
    assert!(changed.nodes.contains(&sheet.node("where", &[])), "{changed:?}");
    sheet.answer("pain", &[], &[Answer::Integer(8)]);
    assert!(sheet.asked("doctor", &[]), "its own conditions hold as well");
    sheet.answer("where", &[], &[text("punggung")]);
    sheet.edit("pain", &[], Edit::Missing(Some(DataAbsentReason::AskedDeclined)));
    assert!(!sheet.asked("where", &[]) && !sheet.asked("doctor", &[]));
    sheet.edit("pain", &[], Edit::Typed("banyak".to_owned()));
    assert!(!sheet.asked("where", &[]), "nor by what cannot be read");
    sheet.edit("pain", &[], Edit::Typed("7".to_owned()));
    assert_eq!(sheet.answers("where", &[]), [text("punggung")], "the draft keeps what was said");
}

#[test]
fn it_closes_through_all_that_stands_below() {
    let third = with(item("third", "string"), json!({"item": [group("g", json!([item("fourth", "string")]))]}));
    let second = with(item("second", "string"), json!({"item": [third]}));
    let outside = when(item("outside", "string"), "fourth", "exists", "answerBoolean", json!(true));
    let mut sheet = Sheet::new(&json!([with(item("first", "string"), json!({"item": [second]})), outside]));
    for link_id in ["fourth", "third", "second", "first"] {
        assert!(!sheet.asked("outside", &[]));
        sheet.answer(link_id, &[], &[text("x")]);
    }
    assert!(sheet.asked("fourth", &[]) && sheet.asked("outside", &[]));
    let changed = sheet.answer("first", &[], &[text(" ")]);
    assert!(!sheet.asked("fourth", &[]) && !sheet.asked("outside", &[]), "blanks are no answer");
    for link_id in ["second", "fourth", "outside"] {
        assert!(changed.nodes.contains(&sheet.node(link_id, &[])), "{link_id} has to be drawn anew");
    }
}

#[test]
fn a_text_below_a_question_is_shown_from_the_start() {
    let explained = with(item("q", "string"), json!({"item": [item("note", "display"), item("why", "string")]}));
    let sheet = Sheet::new(&json!([explained]));
    assert_eq!((sheet.asked("note", &[]), sheet.asked("why", &[])), (true, false));
}

#[test]
fn what_stands_below_is_written_inside_the_answer() {
    let mut sheet = Sheet::new(&json!([pain()]));
    sheet.answer("pain", &[], &[Answer::Integer(3)]);
    sheet.answer("where", &[], &[text("punggung")]);
    let pain = &sheet.items()[0];
    assert_eq!(pain.get("item"), None);
    assert_eq!(pain["answer"][0]["valueInteger"], 3);
    assert_eq!(pain["answer"][0]["item"][0]["answer"], json!([{"valueString": "punggung"}]));
    assert_eq!(pain["answer"][0]["item"].as_array().map(Vec::len), Some(1));
    sheet.answer("pain", &[], &[]);
    assert!(!json!(sheet.items()).to_string().contains("punggung"));
}

fn visits() -> Sheet {
    let required = with(item("why", "string"), json!({"required": true}));
    let visit = with(repeated(item("visit", "string")), json!({"item": [required, repeated(item("drug", "string"))]}));
    let mut sheet = Sheet::new(&json!([visit]));
    for (entry, day) in [(0, "Senin"), (5, "Selasa")] {
        sheet.add("visit", &[entry]);
        sheet.answer("visit", &[entry], &[text(day)]);
        sheet.answer("why", &[entry], &[text(&format!("sebab {day}"))]);
        sheet.add("drug", &[entry, 3]);
        sheet.answer("drug", &[entry, 0], &[text(&format!("{day} satu"))]);
        sheet.answer("drug", &[entry, 3], &[text(&format!("{day} dua"))]);
    }
    sheet
}

#[test]
fn every_answer_of_a_list_has_its_own_questions_below() {
    let sheet = visits();
    let items = sheet.items();
    assert_eq!(items.len(), 1);
    let below = |answer: usize| &items[0]["answer"][answer]["item"];
    assert_eq!(below(0)[0]["answer"][0]["valueString"], "sebab Senin");
    assert_eq!(below(1)[0]["answer"][0]["valueString"], "sebab Selasa");
    assert_eq!(below(1)[1]["answer"], json!([{"valueString": "Selasa satu"}, {"valueString": "Selasa dua"}]));
    assert_eq!(sheet.replayed(context()).export(), sheet.export());
}

#[test]
fn taking_one_answer_away_takes_what_stands_below_it() {
    let mut sheet = visits();
    let before = sheet.items();
    sheet.remove("visit", &[0]);
    let left = json!(sheet.items()).to_string();
    assert!(!left.contains("Senin") && left.contains("Selasa dua"));
    sheet.add("visit", &[0]);
    assert_eq!(sheet.items(), before);
    sheet.answer("why", &[5], &[]);
    assert_eq!(found(&sheet), [("why[5]".to_owned(), Problem::Required)]);
    sheet.answer("visit", &[5], &[]);
    assert_eq!(found(&sheet), [], "and nothing is asked for below an empty line");
    assert_eq!(sheet.replayed(context()).export(), sheet.export());
}

/// Lists in lists whose entries reckon and ask by what stands in them, and nothing that looks across.
fn own_entries() -> Value {
    let own =
        |element, link_id: &str| variable(element, link_id, &format!("item.where(linkId = '{link_id}').answer.value"));
    let sum = ruled(item("sum", "integer"), "calculatedExpression", "%a + %b");
    let much = ruled(item("much", "string"), "enableWhenExpression", "%sum > 5");
    let inner = list("inner", json!([item("a", "integer"), item("b", "integer"), sum, much]));
    let inner = ["a", "b", "sum"].into_iter().fold(inner, own);
    let days = with(repeated(item("day", "date")), json!({"item": [item("note", "string")]}));
    let total = "item.where(linkId = 'inner').item.where(linkId = 'sum').answer.value.sum()";
    let total = ruled(item("total", "integer"), "calculatedExpression", &format!("%own.{total}"));
    let outer = list("outer", json!([item("name", "string"), inner, days, total]));
    form(&json!([variable(outer, "own", "%context")]))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    /// Whatever was done before, taking one entry away leaves all others as they were, and bringing it back all of it.
    #[test]
    fn deleting_one_entry_never_changes_another(acts in acts(), pick in any::<prop::sample::Index>()) {
        let (mut response, _) = session_of(Arc::new(load(&own_entries()).expect("loads")), &acts);
        let entries: Vec<Place> = response
            .walk(response.roots()).into_iter()
            .filter(|node| response.item(*node).is_list)
            .map(|node| response.place(node)).collect();
        prop_assume!(!entries.is_empty());
        let gone = pick.get(&entries).clone();
        let before = state(&response);
        response.apply(&Operation::Remove { at: gone.clone() }).expect("an entry");
        let depth = gone.within.len();
        let outer = &gone.within[..depth - 1];
        // What holds the entry may reckon with it; what stands beside it may not.
        let lists: Vec<_> = response.questionnaire().lists_around(response.questionnaire().find(&gone.link_id).expect("an item")).to_vec();
        let is_beside = |place: &Place| {
            let own = response.questionnaire().find(&place.link_id).expect("an item");
            let around = response.questionnaire().lists_around(own);
            !(around.starts_with(&lists) && place.within.starts_with(&gone.within)) && place.link_id != "total"
        };
        let beside = |state: Vec<(Place, Content, bool, bool)>| {
            state.into_iter().filter(|(place, ..)| is_beside(place)).collect::<Vec<_>>()
        };
        prop_assert_eq!(beside(state(&response)), beside(before.clone()), "{} gone from {:?}", gone, outer);
        response.apply(&Operation::Add { at: gone }).expect("an entry");
        prop_assert_eq!(state(&response), before);
    }
}
