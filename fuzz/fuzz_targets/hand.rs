//! A hand that fills forms it has never seen, the same way each time for the same bytes.

use asesmen::domain::{Calendar, PartialDate, Timestamp};
use asesmen::form::{
    Answer, Coding, Content, Context, DataAbsentReason, Item, Kind, NodeIx, Operation, Quantity, Response,
};
use asesmen::json::Number;

/// When everything happens.
pub fn context() -> Context {
    Context::at(Timestamp::parse("2026-11-22T10:32:00.000+07:00").expect("a time"))
}

/// An answer that a question takes.
pub fn answer(item: &Item, turn: usize) -> Option<Answer> {
    let small = i32::try_from(turn % 7).unwrap_or_default();
    if let Some(option) = item.options.get(turn % item.options.len().max(1)) {
        return Some(option.answer.clone());
    }
    let unit = || item.unit.clone().unwrap_or_default();
    Some(match item.kind {
        Kind::Boolean => Answer::Boolean(turn % 2 == 0),
        Kind::Integer => Answer::Integer(small),
        Kind::Decimal => Answer::Decimal(Number::parse("1.50")?),
        Kind::Quantity => Answer::Quantity(Quantity { value: Number::parse("2")?, unit: unit() }),
        Kind::Date => {
            Answer::Date(PartialDate { calendar: Calendar::parse_fhir("2026-02"), ..PartialDate::default() })
        }
        Kind::DateTime => Answer::DateTime("2026-11-22T10:00:00+07:00".to_owned()),
        Kind::Time => Answer::Time("10:00:00".to_owned()),
        Kind::String | Kind::Text => Answer::String(["a", "dua kata", "1", ""][turn % 4].to_owned()),
        Kind::Url => Answer::Uri("urn:a".to_owned()),
        Kind::Choice | Kind::OpenChoice => Answer::Coding(Coding { code: "a".to_owned(), ..Coding::default() }),
        _ => return None,
    })
}

/// Some operations on a response, chosen by bytes.
pub fn operations(response: &Response, bytes: &[u8]) -> Vec<Operation> {
    let nodes = response.walk(response.roots());
    if nodes.is_empty() {
        return Vec::new();
    }
    let spread = bytes.iter().fold(7_usize, |sum, byte| sum.wrapping_mul(31).wrapping_add(usize::from(*byte)));
    let step = |turn: usize| spread.wrapping_mul(turn * 2 + 1) >> 7;
    (0..24).flat_map(|turn| operate(response, nodes[step(turn) % nodes.len()], step(turn + 100))).collect()
}

fn operate(response: &Response, node: NodeIx, turn: usize) -> Vec<Operation> {
    let (item, at) = (response.item(node), response.place(node));
    let mut operations = Vec::new();
    if item.is_list && turn % 3 == 0 {
        let mut other = at.clone();
        if let Some(last) = other.within.last_mut() {
            *last = u32::try_from(turn % 5).unwrap_or_default();
        }
        operations.push(Operation::Add { at: other.clone() });
        operations.extend((turn % 2 == 0).then_some(Operation::Remove { at: other }));
    }
    if item.kind.is_question() {
        let content = match turn % 8 {
            0 => Content { absent: Some(DataAbsentReason::AskedDeclined), ..Content::default() },
            1 => Content { typed: Some("dua".to_owned()), ..Content::default() },
            2 => Content::default(),
            _ => Content { answers: answer(item, turn).into_iter().collect(), ..Content::default() },
        };
        operations.push(Operation::Set { at, content });
    }
    operations
}
