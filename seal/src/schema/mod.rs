//! JSON Schemas (2020-12) of the formats, generated from the types that read and write them.
//!
//! What a type writes as one text, such as a key or a time, says itself what that text looks like. The answers are FHIR, for
//! which there is no type here, so their shape is data (`response.json`).

pub mod parts;

use crate::document::{Author, Signer, Times};
use crate::format::{Credential, Format, Receipt};
use crate::instrument::InstrumentPin;
use crate::package::Package;
use crate::trust::KnownKey;
use crate::{CaseId, SealId, Timestamp};
use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

/// What can be asked for by name: each sealed format, and the register that is not sealed.
pub const NAMES: [&str; 6] =
    ["sealed-document-1", "receipt-1", "credential-1", "key-register-1", "package-1", "keys-1"];

/// A schema by its name, as text. `roles` are the codes of those who may write a document.
#[must_use]
pub fn schema(name: &str, roles: &[&str]) -> Option<String> {
    let format = Format::ALL.into_iter().find(|format| self::name(*format) == name);
    let mut generator = SchemaSettings::draft2020_12().into_generator();
    let mut schema = match format {
        Some(format) => sealed(format, roles, &mut generator),
        None if name == "keys-1" => titled("Register of keys, not sealed", keys(&mut generator)),
        None => return None,
    };
    if format == Some(Format::Package) {
        let inner = sealed(Format::Document, roles, &mut generator);
        generator.definitions_mut().insert("sealedDocument".to_owned(), inner);
    }
    if matches!(format, Some(Format::Document | Format::Package)) {
        let shapes: Value = serde_json::from_str(include_str!("response.json")).ok()?;
        generator.definitions_mut().extend(shapes.as_object().cloned().unwrap_or_default());
    }
    set(&mut schema, "$id", json!(format!("https://asesmen.id/schemas/{name}.schema.json")));
    set(&mut schema, "$schema", json!("https://json-schema.org/draft/2020-12/schema"));
    set(&mut schema, "$defs", Value::Object(generator.take_definitions(true)));
    without_null(&mut schema);
    serde_json::to_string_pretty(&schema).ok()
}

/// The name of a format's schema.
const fn name(format: Format) -> &'static str {
    match format {
        Format::Document => NAMES[0],
        Format::Package => NAMES[4],
        Format::Receipt => NAMES[1],
        Format::Credential => NAMES[2],
        Format::Register => NAMES[3],
    }
}

fn set(schema: &mut Value, member: &str, value: Value) {
    if let Some(object) = schema.as_object_mut() {
        object.insert(member.to_owned(), value);
    }
}

fn titled(title: &str, mut schema: Value) -> Value {
    set(&mut schema, "title", json!(title));
    schema
}

/// The envelope with the document of a format in it.
fn sealed(format: Format, roles: &[&str], generator: &mut SchemaGenerator) -> Value {
    let head = [
        ("type", json!({"const": format.url()})),
        ("sealId", part::<SealId>(generator)),
        ("author", author(format, roles, generator)),
        ("times", times(format, generator)),
        (
            "requiredSigners",
            json!({"type": "array", "minItems": 1, "maxItems": crate::verify::MOST_SIGNERS,
            "uniqueItems": true, "items": part::<Signer>(generator)}),
        ),
    ];
    let members = head.into_iter().chain(own(format, generator));
    let mut document = object(members, &["replaces"]);
    set(
        &mut document,
        "description",
        json!("Everything that is signed: the payload is the RFC 8785 form of this object."),
    );
    titled(
        title(format),
        json!({
            "description": "For signatures and keys see docs/sealed-document.md.",
            "type": "object",
            "required": ["document", "signatures"],
            "additionalProperties": false,
            "properties": {
                "document": document,
                "signatures": {
                    "description": "Exactly one signature of each required signer.",
                    "type": "array", "minItems": 1, "maxItems": crate::verify::MOST_SIGNERS,
                    "items": part::<parts::Signature>(generator),
                },
            },
        }),
    )
}

const fn title(format: Format) -> &'static str {
    match format {
        Format::Document => "Sealed document, version 1",
        Format::Package => "Package, version 1",
        Format::Receipt => "Receipt, version 1",
        Format::Credential => "Credential of a key, version 1",
        Format::Register => "Register of keys, version 1",
    }
}

/// The members that are a format's own.
fn own(format: Format, generator: &mut SchemaGenerator) -> Vec<(&'static str, Value)> {
    match format {
        Format::Document => {
            let case = object(
                [("id", part::<CaseId>(generator)), ("registerNumber", reference("words"))],
                &["registerNumber"],
            );
            vec![
                ("case", case),
                ("instrument", part::<InstrumentPin>(generator)),
                ("revision", json!({"type": "integer", "minimum": 1, "maximum": u32::MAX})),
                ("replaces", part::<SealId>(generator)),
                ("response", reference("response")),
            ]
        }
        Format::Package => vec![("package", part::<Package>(generator))],
        Format::Receipt => vec![("receipt", part::<Receipt>(generator))],
        Format::Credential => vec![("credential", part::<Credential>(generator))],
        Format::Register => vec![("register", keys(generator))],
    }
}

/// A list of keys, as it is sealed and as an administrator may write it.
fn keys(generator: &mut SchemaGenerator) -> Value {
    object([("keys", json!({"type": "array", "items": part::<KnownKey>(generator)}))], &[])
}

/// The author, in a role that may write this format.
fn author(format: Format, roles: &[&str], generator: &mut SchemaGenerator) -> Value {
    let role = match format {
        Format::Document | Format::Package => json!({ "enum": roles }),
        Format::Receipt => json!({"const": "receiver"}),
        Format::Credential | Format::Register => json!({"const": "issuer"}),
    };
    json!({"allOf": [part::<Author>(generator), {"properties": {"role": role}}]})
}

/// The times: of a document also when it was written.
fn times(format: Format, generator: &mut SchemaGenerator) -> Value {
    match format {
        Format::Document => part::<Times>(generator),
        _ => object([("sealed", part::<Timestamp>(generator))], &[]),
    }
}

fn part<T: schemars::JsonSchema>(generator: &mut SchemaGenerator) -> Value {
    generator.subschema_for::<T>().to_value()
}

fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/$defs/{name}")})
}

/// An object whose members are all required but the optional ones.
fn object(members: impl IntoIterator<Item = (&'static str, Value)>, optional: &[&str]) -> Value {
    let properties: Map<String, Value> = members.into_iter().map(|(name, schema)| (name.to_owned(), schema)).collect();
    let required: Vec<&String> = properties.keys().filter(|name| !optional.contains(&name.as_str())).collect();
    json!({"type": "object", "required": required, "properties": properties})
}

/// Members that may be absent are left out, never `null`.
fn without_null(schema: &mut Value) {
    let is_null = |schema: &Value| schema.get("type").is_some_and(|kind| kind == "null") || schema == "null";
    match schema {
        Value::Object(members) => {
            if let Some(Value::Array(kinds)) = members.get_mut("type") {
                kinds.retain(|kind| !is_null(kind));
                if let [kind] = &kinds[..] {
                    let kind = kind.clone();
                    members.insert("type".to_owned(), kind);
                }
            }
            if let Some(Value::Array(ways)) = members.get_mut("anyOf") {
                ways.retain(|way| !is_null(way));
                if let [Value::Object(way)] = &ways[..] {
                    let way = way.clone();
                    members.remove("anyOf");
                    members.extend(way);
                }
            }
            members.values_mut().for_each(without_null);
        }
        Value::Array(list) => list.iter_mut().for_each(without_null),
        _ => {}
    }
}
