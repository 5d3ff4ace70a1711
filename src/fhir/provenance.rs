//! Who sealed a response, when, and with which signatures.

use super::bundle::{concept, identifier, named, reference, urn};
use super::person::resource;
use crate::json::{Object, Value, array, canonical, object, parse};
use base64ct::{Base64, Base64UrlUnpadded, Encoding};

const ROLE: &str = "https://asesmen.id/fhir/CodeSystem/role";
const PARTICIPANT: &str = "http://terminology.hl7.org/CodeSystem/provenance-participant-type";
/// Kinds of signatures (ASTM E1762-95), as FHIR names them.
const SIGNATURE: &str = "urn:iso-astm:E1762-95:2013";

/// The Provenance of a sealed file; `None` where a part is missing.
pub fn provenance(file: &Value, seal: &str) -> Option<Value> {
    let document = file.get("document")?;
    let text = |path: &[&str]| document.at(path).and_then(Value::as_str);
    let (author, sealed) = (text(&["author", "kid"])?, text(&["times", "sealed"])?);
    let organisation = named("organisation", text(&["author", "organisation"])?);
    let signers = document.get("requiredSigners")?.as_array()?;
    let agents: Option<Vec<Value>> = signers.iter().map(|signer| agent(signer, author, &organisation)).collect();
    let mut provenance = resource("Provenance", &named("provenance", seal));
    provenance.set("target", array([reference(seal)]));
    provenance.set_some("occurredDateTime", text(&["times", "written"]));
    provenance.set("recorded", sealed);
    provenance.set("agent", agents?);
    if let Some(old) = text(&["replaces"]) {
        let what = object([("identifier", identifier("urn:ietf:rfc:3986", &urn(old)))]);
        provenance.set("entity", array([object([("role", "revision".into()), ("what", what)])]));
    }
    provenance.set("signature", signatures(file, document, author, sealed)?);
    Some(provenance.into())
}

/// Somebody who signed: the author speaks for the organisation; of the others only the role is said.
fn agent(signer: &Value, author: &str, organisation: &str) -> Option<Value> {
    let (kid, role) = (signer.get("kid")?.as_str()?, signer.get("role")?.as_str()?);
    let is_author = kid == author;
    let mut agent = Object::default();
    agent.set("type", concept(PARTICIPANT, if is_author { "author" } else { "verifier" }));
    agent.set("role", array([concept(ROLE, role)]));
    agent.set("who", reference(&named("key", kid)));
    agent.set_some("onBehalfOf", is_author.then(|| reference(organisation)));
    Some(agent.into())
}

/// Each signature as a compact JWS with its payload.
fn signatures(file: &Value, document: &Value, author: &str, sealed: &str) -> Option<Vec<Value>> {
    let payload = Base64UrlUnpadded::encode_string(&canonical(document));
    let one = |entry: &Value| {
        let (protected, value) = (entry.get("protected")?.as_str()?, entry.get("signature")?.as_str()?);
        let header = parse(&Base64UrlUnpadded::decode_vec(protected).ok()?).ok()?;
        let kid = header.get("kid")?.as_str()?;
        // Author's signature, and verification signature.
        let code = if kid == author { "1.2.840.10065.1.12.1.1" } else { "1.2.840.10065.1.12.1.5" };
        let jws = format!("{protected}.{payload}.{value}");
        let mut signature = Object::default();
        signature.set("type", array([object([("system", SIGNATURE.into()), ("code", code.into())])]));
        signature.set("when", sealed);
        signature.set("who", reference(&named("key", kid)));
        signature.set("sigFormat", "application/jose");
        signature.set("data", Base64::encode_string(jws.as_bytes()));
        Some(signature.into())
    };
    file.get("signatures")?.as_array()?.iter().map(one).collect()
}
