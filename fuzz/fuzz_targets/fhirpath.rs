//! Any text as an expression: parsed or refused; what is parsed runs within its budget over responses, and what it was not
//! found to read makes no difference to its value.

#![no_main]

#[allow(dead_code, reason = "shared with the other targets")]
mod hand;

use asesmen::form::fhirpath::{Budget, Datum, Env, EvaluationRefusal, Expression, evaluate, reads};
use asesmen::form::{Answer, Content, ItemIx, NodeIx, Operation, Place, Questionnaire, Response};
use asesmen::json::Value;
use hand::{answer, context};
use libfuzzer_sys::fuzz_target;
use std::sync::{Arc, LazyLock};

/// A filled response, and others that differ from it in the answers to one item.
struct Filled {
    response: Response,
    others: Vec<(ItemIx, Response)>,
}

thread_local! {
    static FILLED: LazyLock<Filled> = const { LazyLock::new(filled) };
}

fn filled() -> Filled {
    let form = Questionnaire::load(include_bytes!("../forms/rich.json")).expect("the rich form loads");
    let mut response = Response::new(Arc::new(form), context());
    for (link_id, within) in [("drug", vec![1]), ("drug", vec![2]), ("dose", vec![0, 1]), ("dose", vec![1, 1])] {
        let at = Place { link_id: link_id.to_owned(), within };
        response.apply(&Operation::Add { at }).expect("a list of the form");
    }
    for turn in [5, 4] {
        for node in response.walk(response.roots()) {
            set(&mut response, node, turn);
        }
    }
    let nodes = response.walk(response.roots());
    let plain = |node: &NodeIx| response.item(*node).kind.is_question() && !response.item(*node).is_calculated();
    let other = |node: NodeIx| {
        let mut other = response.clone();
        set(&mut other, node, 11);
        // Only where nothing else changed thereby does it say which item an expression looks at.
        let differ = |at: &NodeIx| {
            let (one, two) = (response.node(*at), other.node(*at));
            one.content != two.content || response.is_enabled(*at) != other.is_enabled(*at)
        };
        let changed: Vec<ItemIx> = nodes.iter().filter(|at| differ(at)).map(|at| response.node(*at).item).collect();
        (changed == [response.node(node).item]).then(|| (changed[0], other))
    };
    let others = nodes.iter().copied().filter(plain).filter_map(other).collect();
    Filled { response, others }
}

fn set(response: &mut Response, node: NodeIx, turn: usize) {
    let (item, at) = (response.item(node), response.place(node));
    if let Some(answer) = answer(item, turn).filter(|answer| !matches!(answer, Answer::Reference(_))) {
        let content = Content { answers: vec![answer], ..Content::default() };
        let _ = response.apply(&Operation::Set { at, content });
    }
}

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let Ok(expression) = Expression::parse(text) else { return };
    FILLED.with(|filled| {
        let response = &filled.response;
        for link_id in [None, Some("drug"), Some("amount")] {
            let item = link_id.map(|link_id| response.questionnaire().find(link_id).expect("an item of the form"));
            let node = item.and_then(|item| response.nodes_of(item).next());
            let value = value(response, node, &expression);
            let reads = reads(&expression, response.questionnaire(), item, &|_| None);
            if reads.is_incomplete() {
                continue;
            }
            for (changed, other) in &filled.others {
                let is_read = reads.items().any(|(item, _)| item == *changed);
                let ended = Err(EvaluationRefusal::TooMuchWork);
                // Where the budget ends may depend on anything.
                if !is_read && value != ended {
                    let other = self::value(other, node, &expression);
                    assert!(other == value || other == ended, "{text} reads {changed:?}: {value:?}, {other:?}");
                }
            }
        }
    });
});

/// What an expression gives, within a small budget.
fn value(response: &Response, node: Option<NodeIx>, expression: &Expression) -> Result<String, EvaluationRefusal> {
    let patient = Value::Null;
    let variable = |name: &str| Ok((name == "patient").then(|| vec![Datum::Json(&patient)]));
    let budget = Budget::new(20_000);
    let env = Env { response, context: node, now: context().now, variable: &variable, budget: &budget };
    evaluate(expression, &env).map(|found| format!("{found:?}"))
}
