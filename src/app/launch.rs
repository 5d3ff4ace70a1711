//! What a form is launched with (SDC, `launchContext`): the client and the worker as FHIR resources, made from the case
//! and from what the worker entered. Nothing is stored here.

use super::model::Model;
use crate::domain::{CaseId, Timestamp};
use crate::form::Context;
use crate::json::{Object, Value, array, object};

/// What expressions may ask about the surroundings of a case's documents.
pub fn context(model: &Model, case: CaseId, now: Timestamp) -> Context {
    let mut context = Context::at(now);
    if let Some(case) = model.cases.get(case) {
        let mut patient = person("Patient", &case.name);
        let birth = case.birth.as_ref().and_then(|birth| birth.calendar);
        patient.set_some("birthDate", birth.map(|birth| birth.to_string()));
        let number = |number: &String| array([object([("value", number.as_str().into())])]);
        patient.set_some("identifier", case.register_number.as_ref().map(number));
        context.resources.push(("patient".to_owned(), patient.into()));
    }
    if let Some(worker) = &model.worker {
        let mut user = person("Practitioner", &worker.name);
        let coding = object([("system", ROLES.into()), ("code", worker.role.code().into())]);
        user.set("qualification", array([object([("code", object([("coding", array([coding]))]))])]));
        let licence = |number: &String| array([object([("value", number.as_str().into())])]);
        user.set_some("identifier", worker.licence_number.as_ref().map(licence));
        user.set("organization", object([("display", worker.organisation.as_str().into())]));
        context.resources.push(("user".to_owned(), user.into()));
    }
    context
}

/// Code system of the roles in the service (domain inventory 1.1).
const ROLES: &str = "https://asesmen.id/fhir/CodeSystem/role";

fn person(kind: &str, name: &str) -> Object {
    let mut person = Object::default();
    person.set("resourceType", kind);
    person.set("name", Value::Array(vec![object([("text", name.into())])]));
    person
}
