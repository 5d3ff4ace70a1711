//! Small forms written in the tests, and a hand that fills them.

use asesmen::domain::Timestamp;
use asesmen::form::{
    About, Answer, Changed, Coding, Content, Context, Detail, Edit, LoadRefusal, NodeIx, Operation, Place,
    Questionnaire, Response, questionnaire_response,
};
use asesmen::json::Number;
use serde_json::{Value, json};
use std::sync::Arc;

/// An item of a kind, named by its linkId.
pub fn item(link_id: &str, kind: &str) -> Value {
    json!({"linkId": link_id, "type": kind, "text": link_id})
}

/// An element with more members.
pub fn with(mut element: Value, more: Value) -> Value {
    let more = more.as_object().expect("an object").clone();
    element.as_object_mut().expect("an object").extend(more);
    element
}

/// An item with one extension.
pub fn extended(element: Value, url: &str, field: &str, value: Value) -> Value {
    with(element, json!({"extension": [{"url": url, field: value}]}))
}

/// An element with one extension more.
pub fn also(mut element: Value, extension: Value) -> Value {
    let members = element.as_object_mut().expect("an object");
    let list = members.entry("extension").or_insert_with(|| json!([]));
    list.as_array_mut().expect("a list").push(extension);
    element
}

/// A FHIRPath expression.
pub fn fhirpath(text: &str) -> Value {
    json!({"language": "text/fhirpath", "expression": text})
}

/// An element with an expression of SDC, such as `calculatedExpression`.
pub fn ruled(element: Value, name: &str, text: &str) -> Value {
    let url = format!("http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-{name}");
    also(element, json!({"url": url, "valueExpression": fhirpath(text)}))
}

/// An element with a variable.
pub fn variable(element: Value, name: &str, text: &str) -> Value {
    let named = with(fhirpath(text), json!({"name": name}));
    also(element, json!({"url": "http://hl7.org/fhir/StructureDefinition/variable", "valueExpression": named}))
}

/// A form that asks to be launched with a resource.
pub fn launched(form: Value, name: &str) -> Value {
    let url = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-launchContext";
    let system = "http://hl7.org/fhir/uv/sdc/CodeSystem/launchContext";
    also(form, json!({"url": url, "extension": [{"url": "name", "valueCoding": {"system": system, "code": name}}]}))
}

/// The answers to a question at the top of the form.
pub fn at_top(link_id: &str) -> String {
    format!("%resource.item.where(linkId = '{link_id}').answer.value")
}

/// A group of items.
pub fn group(link_id: &str, items: Value) -> Value {
    with(item(link_id, "group"), json!({"item": items}))
}

/// A group that may be filled more than once.
pub fn list(link_id: &str, items: Value) -> Value {
    with(group(link_id, items), json!({"repeats": true}))
}

/// An item asked only when a question has this answer.
pub fn when(element: Value, question: &str, operator: &str, field: &str, value: Value) -> Value {
    with(element, json!({"enableWhen": [{"question": question, "operator": operator, field: value}]}))
}

/// A choice between coded options.
pub fn choice(link_id: &str, kind: &str, codes: &[&str]) -> Value {
    let options: Vec<Value> = codes
        .iter()
        .map(|code| json!({"valueCoding": {"system": "urn:test", "code": code, "display": code}}))
        .collect();
    with(item(link_id, kind), json!({"answerOption": options}))
}

/// A Questionnaire of these items.
pub fn form(items: &Value) -> Value {
    json!({"resourceType": "Questionnaire", "url": "https://example.org/form", "version": "1", "title": "Contoh",
        "language": "id", "status": "active", "item": items})
}

pub fn load(form: &Value) -> Result<Questionnaire, LoadRefusal> {
    Questionnaire::load(form.to_string().as_bytes())
}

pub fn place(link_id: &str, within: &[u32]) -> Place {
    Place { link_id: link_id.to_owned(), within: within.to_vec() }
}

pub fn now() -> Timestamp {
    Timestamp::parse("2026-11-22T10:32:00.000+07:00").expect("a time")
}

pub fn context() -> Context {
    Context::at(now())
}

pub fn text(text: &str) -> Answer {
    Answer::String(text.to_owned())
}

pub fn coded(code: &str) -> Answer {
    Answer::Coding(Coding {
        system: Some("urn:test".to_owned()),
        code: code.to_owned(),
        display: Some(code.to_owned()),
        version: None,
    })
}

pub fn decimal(digits: &str) -> Answer {
    Answer::Decimal(Number::parse(digits).expect("a number"))
}

/// A form being filled.
pub struct Sheet {
    pub response: Response,
}

impl Sheet {
    pub fn new(items: &Value) -> Self {
        Self::launched(&form(items), context())
    }

    /// A whole form in these surroundings.
    pub fn launched(form: &Value, context: Context) -> Self {
        let form = load(form).unwrap_or_else(|refusal| panic!("{refusal}: {form}"));
        Self { response: Response::new(Arc::new(form), context) }
    }

    /// The same form, filled by the short list of operations that this one gives.
    pub fn replayed(&self, context: Context) -> Self {
        let mut copy = Self { response: Response::new(Arc::clone(self.response.questionnaire()), context) };
        for operation in self.response.operations() {
            copy.apply(&operation);
        }
        copy
    }

    pub fn node(&self, link_id: &str, within: &[u32]) -> NodeIx {
        self.response.find(&place(link_id, within)).expect("the place exists")
    }

    pub fn content(&self, link_id: &str, within: &[u32]) -> &Content {
        &self.response.node(self.node(link_id, within)).content
    }

    pub fn apply(&mut self, operation: &Operation) -> Changed {
        self.response.apply(operation).expect("the operation fits the form")
    }

    pub fn answer(&mut self, link_id: &str, within: &[u32], answers: &[Answer]) -> Changed {
        let content = Content { answers: answers.to_vec(), ..Content::default() };
        self.apply(&Operation::Set { at: place(link_id, within), content })
    }

    pub fn add(&mut self, link_id: &str, within: &[u32]) -> Changed {
        self.apply(&Operation::Add { at: place(link_id, within) })
    }

    pub fn remove(&mut self, link_id: &str, within: &[u32]) -> Changed {
        self.apply(&Operation::Remove { at: place(link_id, within) })
    }

    pub fn answers(&self, link_id: &str, within: &[u32]) -> &[Answer] {
        &self.content(link_id, within).answers
    }

    /// What a hand does to a question, through the one place where typing becomes an answer.
    pub fn edit(&mut self, link_id: &str, within: &[u32], edit: Edit) -> &Content {
        let node = self.node(link_id, within);
        let content = edit.applied(self.response.item(node), &self.response.node(node).content, now());
        self.apply(&Operation::Set { at: place(link_id, within), content });
        self.content(link_id, within)
    }

    pub fn typed(&mut self, link_id: &str, words: &str) -> &Content {
        self.edit(link_id, &[], Edit::Typed(words.to_owned()))
    }

    pub fn asked(&self, link_id: &str, within: &[u32]) -> bool {
        self.response.is_enabled(self.node(link_id, within))
    }

    pub fn export(&self) -> Value {
        export(&self.response, "id")
    }

    /// The exported items of the top.
    pub fn items(&self) -> Vec<Value> {
        self.export().get("item").and_then(Value::as_array).cloned().unwrap_or_default()
    }
}

pub fn export(response: &Response, language: &str) -> Value {
    let about = About {
        subject: "case-7",
        subject_display: "Sekar L.",
        author_display: "Ratri Wulansari",
        authored: now(),
        language,
        detail: Detail::Record,
    };
    serde_json::from_str(&questionnaire_response(response, &about).to_string()).expect("JSON")
}
