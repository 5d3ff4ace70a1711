//! The Bundle: each resource once, named by a URN that follows from what it stands for.

use super::person::{organisation, patient, practitioner};
use super::provenance::provenance;
use crate::json::{Object, Value, array, object};
use crate::seal::{digest, sha256};
use std::collections::HashSet;

/// A form that was answered: its bytes by their digest, so that it goes only beside responses that answer exactly it.
pub struct Form {
    /// `sha-256:` and the hash of its bytes.
    pub digest: String,
    /// The Questionnaire.
    pub questionnaire: Value,
}

impl Form {
    /// A form of these bytes; `None` where they are no Questionnaire.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let questionnaire = crate::json::parse(bytes).ok()?;
        let is_form = questionnaire.get("resourceType").and_then(Value::as_str) == Some("Questionnaire");
        is_form.then(|| Self { digest: digest(bytes), questionnaire })
    }
}

/// The Bundle of some sealed documents, each the whole file. The caller has checked the seals; a file that is no sealed
/// document is left out.
#[must_use]
pub fn bundle(files: &[Value], forms: &[Form]) -> Value {
    let mut entries = Entries::default();
    for file in files {
        if let Some(resources) = resources(file, forms) {
            resources.into_iter().for_each(|(uuid, resource)| entries.add(&uuid, resource));
        }
    }
    object([("resourceType", "Bundle".into()), ("type", "collection".into()), ("entry", entries.list.into())])
}

#[derive(Default)]
struct Entries {
    named: HashSet<String>,
    list: Vec<Value>,
}

impl Entries {
    /// Adds a resource unless it is there already.
    fn add(&mut self, uuid: &str, resource: Value) {
        if self.named.insert(uuid.to_owned()) {
            self.list.push(object([("fullUrl", urn(uuid).into()), ("resource", resource)]));
        }
    }
}

/// All resources of one file, each with the identifier under which it stands in the Bundle.
fn resources(file: &Value, forms: &[Form]) -> Option<Vec<(String, Value)>> {
    let document = file.get("document")?;
    let text = |path: &[&str]| document.at(path).and_then(Value::as_str);
    let (seal, case, name) = (text(&["sealId"])?, text(&["case", "id"])?, text(&["author", "organisation"])?);
    let author = text(&["author", "kid"])?;
    let mut found = vec![(case.to_owned(), patient(document, case)), (named("organisation", name), organisation(name))];
    for signer in document.get("requiredSigners")?.as_array()? {
        let kid = signer.get("kid")?.as_str()?;
        let own = document.get("author").filter(|_| kid == author);
        found.push((named("key", kid), practitioner(kid, own)));
    }
    let pinned = text(&["instrument", "digest"])?;
    if let Some(form) = forms.iter().find(|form| form.digest == pinned) {
        let id = named("form", pinned);
        found.push((id.clone(), with_id(&form.questionnaire, &id)));
    }
    found.push((seal.to_owned(), response(document, seal, case, author)?));
    found.push((named("provenance", seal), provenance(file, seal)?));
    Some(found)
}

/// The response as sealed, with the references that a Bundle asks for. The seal is over the document, not over these.
fn response(document: &Value, seal: &str, case: &str, author: &str) -> Option<Value> {
    let sealed = document.get("response")?.as_object()?;
    let mut response = Object::default();
    response.set("resourceType", "QuestionnaireResponse");
    response.set("id", seal);
    for (name, value) in sealed.iter() {
        response.set(name, value.clone());
    }
    response.set("identifier", identifier("urn:ietf:rfc:3986", &urn(seal)));
    for (member, uuid) in [("subject", case.to_owned()), ("author", named("key", author))] {
        let mut reference = sealed.get(member).and_then(Value::as_object).cloned().unwrap_or_default();
        reference.set("reference", urn(&uuid));
        response.set(member, reference);
    }
    Some(response.into())
}

/// A resource under an `id` of the Bundle.
pub fn with_id(resource: &Value, id: &str) -> Value {
    let mut named = resource.as_object().cloned().unwrap_or_default();
    named.set("id", id);
    named.into()
}

/// A UUID (RFC 9562, version 8) that follows from what it names.
pub fn named(kind: &str, name: &str) -> String {
    let hash = sha256(format!("asesmen:{kind}:{name}").as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid().hyphenated().to_string()
}

/// The name of an entry of the Bundle.
pub fn urn(uuid: &str) -> String {
    format!("urn:uuid:{uuid}")
}

/// An identifier.
pub fn identifier(system: &str, value: &str) -> Value {
    object([("system", system.into()), ("value", value.into())])
}

/// A reference to a resource of the Bundle.
pub fn reference(uuid: &str) -> Value {
    object([("reference", urn(uuid).into())])
}

/// A concept of one code.
pub fn concept(system: &str, code: &str) -> Value {
    object([("coding", array([object([("system", system.into()), ("code", code.into())])]))])
}
