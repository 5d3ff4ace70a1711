//! Any editing session, replayed from what storage keeps, ends in the same record; and what changed is named.

use super::sheet::{
    Sheet, also, choice, context, export, extended, form, group, item, list, load, now, place, ruled, variable, when,
    with,
};
use asesmen::form::{
    Answer, Basis, Content, DataAbsentReason, DateParts, Edit, Item, Kind, NodeIx, Operation, Place, Problem,
    Questionnaire, Response, issues, problems,
};
use asesmen::json::parse;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::sync::Arc;

/// A form with everything that can interact: lists in lists, conditions inside, across and into lists,
/// initial values, required and hidden questions.
pub fn items() -> Value {
    let yes = |element, question| when(element, question, "=", "answerBoolean", json!(true));
    let required = |link_id: &str| with(item(link_id, "decimal"), json!({"required": true}));
    let hide = "http://hl7.org/fhir/StructureDefinition/questionnaire-hidden";
    let hidden = extended(required("hidden"), hide, "valueBoolean", json!(true));
    let partial = "https://asesmen.id/fhir/StructureDefinition/partial-date";
    let mut picks = with(choice("picks", "open-choice", &["a", "b", "c"]), json!({"repeats": true}));
    picks["answerOption"][1]["initialSelected"] = json!(true);
    let dose = list(
        "dose",
        json!([
            item("taken", "boolean"),
            yes(required("why"), "taken"),
            when(item("amount", "integer"), "picks", "=", "answerCoding", json!({"code": "a"}))
        ]),
    );
    let drug = list(
        "drug",
        json!([
            required("name"),
            item("ill", "boolean"),
            yes(dose, "ill"),
            extended(item("since", "date"), partial, "valueBoolean", json!(true))
        ]),
    );
    json!([
        item("gate", "boolean"),
        yes(group("g", json!([required("weight"), hidden, drug, picks])), "gate"),
        yes(item("refer", "string"), "ill"),
        when(item("none", "string"), "taken", "exists", "answerBoolean", json!(false))
    ])
}

fn questionnaire() -> Arc<Questionnaire> {
    Arc::new(load(&form(&items())).expect("loads"))
}

fn target(text: &str) -> Value {
    let text = json!({"language": "text/fhirpath", "expression": text});
    json!({"url": "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-targetConstraint",
        "extension": [{"url": "human", "valueString": "terlalu banyak"}, {"url": "expression", "valueExpression": text}]})
}

/// A form in which expressions meet everything else: lists of groups and of answers, questions below answers, totals
/// over entries and over themselves, corrections by hand, conditions on what is reckoned.
pub fn ruled_items() -> Value {
    let reckoned = |link_id: &str, text: &str| ruled(item(link_id, "integer"), "calculatedExpression", text);
    let all = |link_id: &str| format!("%resource.descendants().where(linkId = '{link_id}').answer.value");
    let repeated = |element| with(element, json!({"repeats": true}));
    let dose = list(
        "dose",
        json!([
            item("amount", "integer"),
            item("times", "integer"),
            also(reckoned("daily", "%amount * %times"), target("answer.value < 30 or %times > 5")),
            ruled(item("why", "string"), "enableWhenExpression", "%daily > 10")
        ]),
    );
    let dose = [("amount", "amount"), ("times", "times"), ("daily", "daily")]
        .into_iter()
        .fold(dose, |dose, (name, own)| variable(dose, name, &format!("item.where(linkId = '{own}').answer.value")));
    let drug = list(
        "drug",
        json!([
            repeated(item("name", "string")),
            with(
                repeated(item("taken", "date")),
                json!({"item": [item("ill", "boolean"), when(item("how", "string"), "ill", "=", "answerBoolean", json!(true))]})
            ),
            dose,
            with(reckoned("doses", &format!("{}.count()", all("daily"))), json!({"readOnly": true})),
            reckoned("own", "%own + %context.count()"),
            ruled(item("many", "string"), "enableWhenExpression", "%own > 12"),
        ]),
    );
    // What looks into its own entry alone, also through the entries of a list in it.
    let drug = variable(drug, "own", "item.where(linkId = 'dose').item.where(linkId = 'daily').answer.value.sum()");
    let drug = also(drug, target("%own < 20 or item.where(linkId = 'name').answer.exists()"));
    let below =
        with(item("pain", "integer"), json!({"item": [item("where", "string"), reckoned("twice", "%pain * 2")]}));
    let mut picks = repeated(choice("picks", "choice", &["a", "b", "c"]));
    picks["answerOption"][1]["initialSelected"] = json!(true);
    let too_many = ruled(group("g", json!([drug, picks])), "enableWhenExpression", "%pain < 5 or %pain.empty()");
    let constraint = target("%total < 40");
    let items = json!([
        also(reckoned("grand", &format!("{} + {}.count()", all("total"), all("name"))), constraint),
        reckoned("total", &format!("{}.sum()", all("daily"))),
        below,
        too_many,
        repeated(with(item("phone", "string"), json!({"initial": [{"valueString": "081"}, {"valueString": "082"}]}))),
        reckoned("everything", "%resource.descendants().answer.value.ofType(integer).sum()"),
        ruled(item("refer", "string"), "enableWhenExpression", "%total > 20"),
        reckoned("entries", "%resource.descendants().where(linkId = 'drug' or linkId = 'dose').count()"),
    ]);
    let whole = variable(form(&items), "pain", "item.where(linkId = 'pain').answer.value");
    variable(whole, "total", "item.where(linkId = 'total').answer.value")
}

/// One act: what is done, and which of the places where it can be done.
#[derive(Clone, Debug)]
pub enum Act {
    Edit(usize, Edit),
    Add(usize, u32),
    Remove(usize),
    BringBack(usize),
}

fn edits() -> impl Strategy<Value = Edit> {
    let words = prop_oneof![Just("5"), Just("3"), Just("7"), Just("52,5"), Just("dua"), Just(""), Just("2026-01")];
    let part = || prop_oneof![Just(""), Just("2"), Just("31"), Just("2020"), Just("a/b")].prop_map(str::to_owned);
    let date = (part(), part(), part()).prop_map(|(day, month, year)| {
        Edit::Date(DateParts { day, month, year, event: "banjir".to_owned(), ..DateParts::default() })
    });
    prop_oneof![
        words.prop_map(|words| Edit::Typed(words.to_owned())),
        any::<bool>().prop_map(Edit::Decided),
        (0..4_usize, any::<bool>()).prop_map(|(position, chosen)| Edit::Option { position, chosen }),
        Just(Edit::Other(Some("lain".to_owned()))),
        date,
        Just(Edit::Age("30".to_owned())),
        Just(Edit::Missing(Some(DataAbsentReason::AskedDeclined))),
        Just(Edit::MissingNote("lelah".to_owned())),
        Just(Edit::Basis(Basis::Informant)),
        Just(Edit::Cleared),
    ]
}

pub fn acts() -> impl Strategy<Value = Vec<Act>> {
    proptest::collection::vec(act(), 0..40)
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        6 => (any::<usize>(), edits()).prop_map(|(at, edit)| Act::Edit(at, edit)),
        2 => (any::<usize>(), 1..u32::MAX).prop_map(|(at, instance)| Act::Add(at, instance)),
        1 => any::<usize>().prop_map(Act::Remove),
        1 => any::<usize>().prop_map(Act::BringBack),
    ]
}

fn nodes(response: &Response, wanted: impl Fn(NodeIx) -> bool) -> Vec<NodeIx> {
    response.walk(response.roots()).into_iter().filter(|node| wanted(*node)).collect()
}

/// Whether the screen offers this edit for this item.
fn fits(edit: &Edit, item: &Item) -> bool {
    match edit {
        Edit::Decided(_) => item.kind == Kind::Boolean,
        Edit::Option { .. } | Edit::Other(_) => item.kind.is_choice(),
        Edit::Date(_) | Edit::Age(_) => item.partial_date && item.kind == Kind::Date,
        Edit::Typed(_) => item.kind.is_question() && item.kind != Kind::Boolean && !item.kind.is_choice(),
        _ => item.kind.is_question(),
    }
}

/// The operation an act makes now, if there is anything to act on.
fn operation(response: &Response, removed: &[Place], act: &Act) -> Option<Operation> {
    let pick = |nodes: Vec<NodeIx>, at: usize| (!nodes.is_empty()).then(|| nodes[at % nodes.len()]);
    let entries = || nodes(response, |node| response.item(node).is_list);
    Some(match act {
        Act::Edit(at, edit) => {
            let node = pick(nodes(response, |node| fits(edit, response.item(node))), *at)?;
            let content = edit.clone().applied(response.item(node), &response.node(node).content, now());
            Operation::Set { at: response.place(node), content }
        }
        Act::Add(at, instance) => {
            let mut at = response.place(pick(entries(), *at)?);
            *at.within.last_mut()? = *instance;
            Operation::Add { at }
        }
        Act::Remove(at) => Operation::Remove { at: response.place(pick(entries(), *at)?) },
        Act::BringBack(at) if removed.is_empty() => return operation(response, removed, &Act::Remove(*at)),
        Act::BringBack(at) => Operation::Add { at: removed[at % removed.len()].clone() },
    })
}

/// Runs a session and gives back what storage would have kept.
pub fn session(acts: &[Act]) -> (Response, Vec<Operation>) {
    session_of(questionnaire(), acts)
}

pub fn session_of(form: Arc<Questionnaire>, acts: &[Act]) -> (Response, Vec<Operation>) {
    gone_on_with(Response::new(form, context()), acts)
}

/// A response after more acts.
pub fn gone_on(response: Response, acts: &[Act]) -> Response {
    gone_on_with(response, acts).0
}

fn gone_on_with(mut response: Response, acts: &[Act]) -> (Response, Vec<Operation>) {
    let (mut log, mut removed) = (Vec::new(), Vec::new());
    for act in acts {
        let Some(operation) = operation(&response, &removed, act) else { continue };
        response.apply(&operation).expect("the operation was made for this response");
        if let Operation::Remove { at } = &operation {
            removed.push(at.clone());
        }
        log.push(operation);
    }
    (response, log)
}

fn replayed(log: &[Operation]) -> Response {
    replayed_over(questionnaire(), log)
}

fn replayed_over(form: Arc<Questionnaire>, log: &[Operation]) -> Response {
    let mut response = Response::new(form, context());
    for operation in log {
        response.apply(operation).expect("it was applied before");
    }
    response
}

/// Which places are asked: what the screen shows.
fn asked(response: &Response) -> Vec<(Place, bool)> {
    nodes(response, |_| true).into_iter().map(|node| (response.place(node), response.is_enabled(node))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// The log alone makes the same record, and so does the short copy from which a correction begins.
    #[test]
    fn a_session_is_its_operations(acts in acts()) {
        let (response, log) = session(&acts);
        let again = replayed(&log);
        prop_assert_eq!(export(&again, "id"), export(&response, "id"));
        prop_assert_eq!(asked(&again), asked(&response));
        let copy = replayed(&response.operations());
        prop_assert_eq!(export(&copy, "id"), export(&response, "id"));
        prop_assert_eq!(asked(&copy), asked(&response));
        prop_assert_eq!(issues(&copy).len(), issues(&response).len());
        prop_assert_eq!(copy.operations(), response.operations());
    }

    /// Operations survive their record in storage, and a log read back makes the same record.
    #[test]
    fn operations_survive_storage(acts in acts()) {
        let (response, log) = session(&acts);
        let stored: Vec<String> = log.iter().map(|operation| operation.to_json().to_string()).collect();
        let read = stored.iter().map(|text| Operation::from_json(&parse(text.as_bytes()).expect("JSON")));
        let read: Vec<Operation> = read.map(|operation| operation.expect("readable")).collect();
        prop_assert_eq!(&read, &log);
        prop_assert_eq!(export(&replayed(&read), "id"), export(&response, "id"));
    }

    /// What an operation names as changed is all that changed.
    #[test]
    fn nothing_changes_unnamed(acts in acts(), last in act()) {
        let (mut response, _) = session(&acts);
        changes_are_named(&mut response, &last)?;
    }

}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    /// The same where expressions reckon and ask: whatever was done, the state is that of the operations alone.
    #[test]
    fn a_session_with_expressions_is_its_operations(acts in acts()) {
        let form = Arc::new(load(&ruled_items()).expect("loads"));
        let (response, log) = session_of(Arc::clone(&form), &acts);
        let short = response.operations();
        for log in [&log, &short] {
            let again = replayed_over(Arc::clone(&form), log);
            prop_assert_eq!(state(&again), state(&response));
            prop_assert_eq!(export(&again, "id"), export(&response, "id"));
            prop_assert_eq!(issues(&again).len(), issues(&response).len());
            prop_assert_eq!(again.operations(), short.clone());
        }
    }

    #[test]
    fn nothing_changes_unnamed_by_expressions(acts in acts(), last in act()) {
        let (mut response, _) = session_of(Arc::new(load(&ruled_items()).expect("loads")), &acts);
        changes_are_named(&mut response, &last)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// After each operation everything is as if all were looked at anew: nobody sleeps who should have woken.
    #[test]
    fn nobody_sleeps_who_should_wake(acts in acts()) {
        let form = Arc::new(load(&ruled_items()).expect("loads"));
        let (mut response, mut log) = (Response::new(Arc::clone(&form), context()), Vec::new());
        for operation in session_of(Arc::clone(&form), &acts).1 {
            response.apply(&operation).expect("it was applied before");
            log.push(operation);
            let mut fresh = Response::new(Arc::clone(&form), context());
            fresh.replay(&mut log.clone());
            prop_assert_eq!(state(&response), state(&fresh));
            prop_assert_eq!(wrong(&response), wrong(&fresh));
        }
    }
}

/// Everything that a screen shows: each place with its content, who gave it, and whether it is asked.
pub fn state(response: &Response) -> Vec<(Place, Content, bool, bool)> {
    let shown = |node| {
        (
            response.place(node),
            response.node(node).content.clone(),
            response.is_reckoned(node),
            response.is_enabled(node),
        )
    };
    nodes(response, |_| true).into_iter().map(shown).collect()
}

/// What is wrong, by place.
fn wrong(response: &Response) -> Vec<(Option<Place>, Problem)> {
    let at = |node: Option<NodeIx>| node.map(|node| response.place(node));
    issues(response).into_iter().map(|issue| (at(issue.node), issue.problem)).collect()
}

fn constraints_broken(response: &Response, node: NodeIx) -> usize {
    problems(response, node).iter().filter(|problem| matches!(problem, Problem::Constraint(..))).count()
}

/// Does one more thing and compares everything that was there before.
fn changes_are_named(response: &mut Response, last: &Act) -> Result<(), TestCaseError> {
    let before = response.clone();
    let Some(operation) = operation(response, &[], last) else { return Ok(()) };
    let changed = response.apply(&operation).expect("fits");
    for node in nodes(&before, |_| true) {
        let (old, new) = (before.node(node), response.node(node));
        let above = || std::iter::successors(new.parent, |node| response.node(*node).parent);
        let named = changed.nodes.contains(&node);
        let same = old.content == new.content && before.is_reckoned(node) == response.is_reckoned(node);
        prop_assert!(same || named, "{} has other content, unnamed", response.place(node));
        let list = changed.lists.contains(&Some(node));
        prop_assert!(old.children == new.children || list, "{} has other children, unnamed", response.place(node));
        // Who is drawn inside another is drawn anew with it; and what left the list is not drawn at all.
        let drawn = named || above().any(|above| changed.nodes.contains(&above)) || !still_there(response, node);
        let asked = before.is_enabled(node) == response.is_enabled(node);
        prop_assert!(asked || drawn, "{} is asked or not, unnamed", response.place(node));
        let broken = constraints_broken(&before, node) == constraints_broken(response, node);
        prop_assert!(broken || drawn, "{} keeps its constraints or not, unnamed", response.place(node));
    }
    Ok(())
}

fn still_there(response: &Response, node: NodeIx) -> bool {
    nodes(response, |other| other == node).len() == 1
}

#[test]
fn the_session_reaches_every_kind_of_place() {
    let mut sheet = Sheet::new(&items());
    sheet.answer("gate", &[], &[Answer::Boolean(true)]);
    sheet.answer("ill", &[0], &[Answer::Boolean(true)]);
    sheet.answer("taken", &[0, 0], &[Answer::Boolean(true)]);
    sheet.apply(&Operation::Add { at: place("dose", &[0, 9]) });
    sheet.edit("why", &[0, 0], Edit::Typed("5".to_owned()));
    assert!(["why", "amount"].map(|link_id| sheet.asked(link_id, &[0, 0])) == [true, false]);
    assert!(sheet.asked("refer", &[]) && !sheet.asked("none", &[]));
}
