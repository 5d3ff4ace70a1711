//! Forms of any size, written by the benchmarks themselves, and what a hand does to them.

use asesmen::domain::Timestamp;
use asesmen::form::{Answer, Content, Context, Operation, Place, Questionnaire, Response};
use serde_json::{Value, json};
use std::sync::Arc;

/// What ties the questions of a form to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tie {
    /// Nothing.
    Plain,
    /// Each second question is asked by `enableWhen`.
    EnableWhen,
    /// Each second question is asked by an expression that walks to the first.
    EnableExpression,
    /// Each second question is reckoned by an expression that walks to the first from the top.
    Path,
    /// Each second question is reckoned from a variable of its group or entry, which looks at `%context`.
    Context,
    /// Each second question is reckoned by `descendants()`.
    Descendants,
    /// Each first question is asked by an expression, and each second one reckoned as by [`Tie::Path`].
    Everywhere,
    /// One question outside the list is the sum of all entries.
    Total,
}

fn sdc(name: &str, expression: &str) -> Value {
    let url = format!("http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-{name}");
    json!({"url": url, "valueExpression": {"language": "text/fhirpath", "expression": expression}})
}

/// Two questions, the second tied to the first; `way` leads from the top to where they stand.
fn pair(tie: Tie, first: &str, second: &str, way: &str) -> [Value; 2] {
    let mut question = json!({"linkId": first, "type": "integer", "text": "Berapa kali dalam sepekan?"});
    let mut tied = json!({"linkId": second, "type": "integer", "text": "Berapa kali dalam sebulan?"});
    let here = format!("%resource{way}.item.where(linkId = '{first}').answer.value");
    let anywhere = format!("%resource.descendants().where(linkId = '{first}').answer.value");
    let rule = match tie {
        Tie::Plain | Tie::Total => return [question, tied],
        Tie::EnableWhen => {
            tied["enableWhen"] = json!([{"question": first, "operator": ">", "answerInteger": 5}]);
            return [question, tied];
        }
        Tie::EnableExpression => sdc("enableWhenExpression", &format!("{here} > 5")),
        Tie::Path | Tie::Everywhere => sdc("calculatedExpression", &format!("{here} * 4")),
        Tie::Context => sdc("calculatedExpression", &format!("%`v{first}` * 4")),
        Tie::Descendants => sdc("calculatedExpression", &format!("{anywhere} * 4")),
    };
    if tie == Tie::Everywhere {
        let gate = "%resource.item.where(linkId = 'gate').answer.value";
        question["extension"] = json!([sdc("enableWhenExpression", &format!("{gate}.empty()"))]);
    }
    tied["extension"] = json!([rule]);
    [question, tied]
}

fn variable(first: &str) -> Value {
    let expression = format!("%context.item.where(linkId = '{first}').answer.value");
    json!({"url": "http://hl7.org/fhir/StructureDefinition/variable",
        "valueExpression": {"name": format!("v{first}"), "language": "text/fhirpath", "expression": expression}})
}

fn form(items: &[Value]) -> Vec<u8> {
    let form = json!({"resourceType": "Questionnaire", "url": "https://example.org/ukur", "version": "1",
        "title": "Ukur", "language": "id", "status": "active", "item": items});
    form.to_string().into_bytes()
}

/// A form of so many items: sections of 25, each a group with twelve pairs of questions.
pub fn sections(tie: Tie, items: usize) -> Vec<u8> {
    let section = |section: usize| {
        let mut inside = Vec::new();
        let mut variables = Vec::new();
        for number in 0..12 {
            let (first, second) = (format!("a{section}-{number}"), format!("b{section}-{number}"));
            variables.extend((tie == Tie::Context).then(|| variable(&first)));
            inside.extend(pair(tie, &first, &second, &format!(".item.where(linkId = 's{section}')")));
        }
        json!({"linkId": format!("s{section}"), "type": "group", "text": "Bagian", "item": inside, "extension": variables})
    };
    let mut all: Vec<Value> = (0..items / 25).map(section).collect();
    all.extend((tie == Tie::Everywhere).then(|| json!({"linkId": "gate", "type": "integer", "text": "Berapa orang?"})));
    form(&all)
}

/// A form with a list of entries of four questions, and behind it, where they are totalled, the total.
pub fn list(tie: Tie) -> Vec<u8> {
    let [first, second] = pair(tie, "a", "b", ".item.where(linkId = 'list')");
    let word = |link_id: &str| json!({"linkId": link_id, "type": "string", "text": "Nama"});
    let variables: Vec<Value> = (tie == Tie::Context).then(|| variable("a")).into_iter().collect();
    let entry = json!({"linkId": "list", "type": "group", "text": "Kunjungan", "repeats": true,
        "item": [first, second, word("c"), word("d")], "extension": variables});
    let mut total = json!({"linkId": "total", "type": "integer", "text": "Jumlah"});
    if tie == Tie::Total {
        let all = "%resource.item.where(linkId = 'list').item.where(linkId = 'a').answer.value.sum()";
        total["extension"] = json!([sdc("calculatedExpression", all)]);
    }
    form(&[entry, total])
}

/// A form as it is begun.
pub fn begun(bytes: &[u8]) -> Response {
    let form = Questionnaire::load(bytes).unwrap_or_else(|refusal| panic!("{refusal}"));
    Response::new(Arc::new(form), context())
}

/// When the forms are filled.
pub fn context() -> Context {
    Context::at(Timestamp::parse("2026-11-22T10:32:00.000+07:00").expect("a time"))
}

/// A list with so many entries, each with an answer.
pub fn filled(tie: Tie, entries: u32) -> Response {
    let mut response = begun(&list(tie));
    for entry in 0..entries {
        apply(&mut response, &add(entry));
        apply(&mut response, &answer("a", &[entry], 3));
    }
    response
}

/// An answer with a whole number.
pub fn answer(link_id: &str, within: &[u32], number: i32) -> Operation {
    let content = Content { answers: vec![Answer::Integer(number)], ..Content::default() };
    Operation::Set { at: Place { link_id: link_id.to_owned(), within: within.to_vec() }, content }
}

/// An answer with words.
pub fn words(link_id: &str, within: &[u32], words: &str) -> Operation {
    let content = Content { answers: vec![Answer::String(words.to_owned())], ..Content::default() };
    Operation::Set { at: Place { link_id: link_id.to_owned(), within: within.to_vec() }, content }
}

fn entry(number: u32) -> Place {
    Place { link_id: "list".to_owned(), within: vec![number] }
}

/// A new entry of the list.
pub fn add(number: u32) -> Operation {
    Operation::Add { at: entry(number) }
}

/// An entry of the list taken away.
pub fn remove(number: u32) -> Operation {
    Operation::Remove { at: entry(number) }
}

/// Applies an operation that fits.
pub fn apply(response: &mut Response, operation: &Operation) {
    if let Err(refusal) = response.apply(operation) {
        panic!("{refusal}");
    }
}
