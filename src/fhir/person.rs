//! Patient, Practitioner and Organization, with no more about them than the sealed document says.

use super::bundle::{identifier, named};
use crate::json::{Object, Value, array, object};

/// The client: by the case, and by the name or initials and the number that were written.
pub fn patient(document: &Value, case: &str) -> Value {
    let mut identifiers = vec![identifier("https://asesmen.id/fhir/case", case)];
    let number = document.at(&["case", "registerNumber"]).and_then(Value::as_str);
    identifiers.extend(number.map(|number| identifier("https://asesmen.id/fhir/register-number", number)));
    let name = document.at(&["response", "subject", "display"]).and_then(Value::as_str);
    let mut patient = resource("Patient", case);
    patient.set("identifier", identifiers);
    patient.set_some("name", name.map(|name| array([object([("text", name.into())])])));
    patient.into()
}

/// Who signed: by the key, and for the author by what was entered on the tablet.
pub fn practitioner(kid: &str, author: Option<&Value>) -> Value {
    let text = |member: &str| author?.get(member)?.as_str();
    let mut identifiers = vec![identifier("https://asesmen.id/fhir/key", kid)];
    let licence = text("licenceNumber");
    identifiers.extend(licence.map(|number| identifier("https://asesmen.id/fhir/licence-number", number)));
    let mut practitioner = resource("Practitioner", &named("key", kid));
    practitioner.set("identifier", identifiers);
    practitioner.set_some("name", text("name").map(|name| array([object([("text", name.into())])])));
    practitioner.into()
}

/// The institution or agency of the author.
pub fn organisation(name: &str) -> Value {
    let mut organisation = resource("Organization", &named("organisation", name));
    organisation.set("name", name);
    organisation.into()
}

/// A resource with nothing in it but its name.
pub fn resource(kind: &str, id: &str) -> Object {
    let mut resource = Object::default();
    resource.set("resourceType", kind);
    resource.set("id", id);
    resource
}
