//! The shapes of what is written as one text, and of what is written otherwise than it is kept.

use crate::document::Signer;
use crate::format::Credential;
use crate::key::{Jwk, Kid};
use crate::trust::KnownKey;
use crate::{CaseId, SealId, Timestamp};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Value, json};
use std::borrow::Cow;

/// 32 bytes in base64url without padding: the last letter carries four bits.
const BYTES_32: &str = "^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$";

/// Says how a type is named and what it looks like.
macro_rules! shape {
    ($type:ty, $name:literal, $generator:ident => $schema:expr) => {
        impl JsonSchema for $type {
            fn schema_name() -> Cow<'static, str> {
                $name.into()
            }

            fn json_schema($generator: &mut SchemaGenerator) -> Schema {
                $schema
            }
        }
    };
}

shape!(Kid, "Kid", _generator => json_schema!({
    "description": "RFC 7638 thumbprint of a key, SHA-256, base64url.", "type": "string", "pattern": BYTES_32
}));

shape!(Jwk, "Jwk", _generator => {
    let coordinate = json!({"type": "string", "pattern": BYTES_32});
    json_schema!({
        "description": "Public P-256 key (RFC 7518, 6.2): these members and no others.",
        "type": "object",
        "required": ["kty", "crv", "x", "y"],
        "additionalProperties": false,
        "properties": {"kty": {"const": "EC"}, "crv": {"const": "P-256"}, "x": coordinate, "y": coordinate}
    })
});

shape!(Timestamp, "Timestamp", _generator => json_schema!({
    "description": "RFC 3339 with an offset.",
    "type": "string",
    "format": "date-time",
    "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})$"
}));

shape!(SealId, "SealId", _generator => identifier("Names one sealed state."));
shape!(CaseId, "CaseId", _generator => identifier("Names a case on every tablet and portal."));

fn identifier(description: &str) -> Schema {
    json_schema!({
        "description": format!("{description} UUID version 7 (RFC 9562), hyphenated, lower case."),
        "type": "string",
        "format": "uuid",
        "pattern": "^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"
    })
}

shape!(Signer, "Signer", generator => json_schema!({
    "description": "Somebody whose signature the document needs: in which role, with which key.",
    "type": "object",
    "required": ["role", "kid", "jwk"],
    "properties": {
        "role": {"type": "string"},
        "kid": generator.subschema_for::<Kid>(),
        "jwk": generator.subschema_for::<Jwk>()
    }
}));

shape!(Credential, "Credential", generator => {
    let mut schema = KnownKey::json_schema(generator);
    schema.insert("description".to_owned(), json!("An issuer's word on who holds a key."));
    schema.insert("required".to_owned(), json!(["kid", "name", "validFrom"]));
    if let Some(Value::Object(members)) = schema.get_mut("properties") {
        members.insert("licenceNumber".to_owned(), json!({"type": "string"}));
        // What a credential says is taken back by a register, not by the credential.
        members.insert("revoked".to_owned(), json!(false));
    }
    schema
});

/// An entry of `signatures`, which no type holds: the seal keeps header and signature apart.
pub struct Signature;

shape!(Signature, "Signature", generator => json_schema!({
    "type": "object",
    "required": ["protected", "signature"],
    "additionalProperties": false,
    "properties": {
        "protected": {
            "description": "Protected header: a JSON object with exactly alg (ES256) and kid, base64url.",
            "type": "string",
            "contentEncoding": "base64url",
            "contentMediaType": "application/json",
            "contentSchema": {
                "type": "object",
                "required": ["alg", "kid"],
                "additionalProperties": false,
                "properties": {"alg": {"const": "ES256"}, "kid": generator.subschema_for::<Kid>()}
            },
            "pattern": "^[A-Za-z0-9_-]+$"
        },
        "signature": {
            "description": "ES256: r and s, 32 bytes each, base64url.",
            "type": "string",
            "pattern": "^[A-Za-z0-9_-]{85}[AQgw]$"
        }
    }
}));

/// The attachments enclosed in a package, by their digests.
pub struct Attachments;

shape!(Attachments, "Attachments", _generator => json_schema!({
    "description": "Attachments that stand beside the documents, by their digests.",
    "type": "object",
    "minProperties": 1,
    "maxProperties": 1000,
    "propertyNames": {"pattern": "^sha-256:[0-9a-f]{64}$"},
    "additionalProperties": {
        "type": "object",
        "required": ["data"],
        "additionalProperties": false,
        "properties": {"data": {"type": "string", "contentEncoding": "base64"}}
    }
}));

/// The mark of an answer that not everybody may read.
pub struct Mark;

shape!(Mark, "Mark", _generator => json_schema!({"enum": ["P", "S", "X"]}));

/// Members of a record that is kept as it came: anything but `null`.
fn any() -> Value {
    json!({"not": {"type": "null"}})
}

/// The record of a case, as a tablet stores it.
pub struct CaseRecord;

shape!(CaseRecord, "CaseRecord", generator => json_schema!({
    "description": "The record of the case.",
    "type": "object",
    "required": ["id", "name", "opened", "changed"],
    "properties": {
        "id": generator.subschema_for::<CaseId>(),
        "name": {"type": "string"},
        "registerNumber": {"type": "string"},
        "birth": {"type": "object", "additionalProperties": any()},
        "opened": generator.subschema_for::<Timestamp>(),
        "changed": generator.subschema_for::<Timestamp>()
    },
    "additionalProperties": any()
}));

/// The head of a draft, as a tablet stores it.
pub struct Head;

shape!(Head, "Head", generator => json_schema!({
    "description": "The record of a draft, only in a handover.",
    "type": "object",
    "required": ["id", "case"],
    "properties": {
        "id": {"type": "string"},
        "case": generator.subschema_for::<CaseId>(),
        "instrument": {"type": "object", "additionalProperties": any()}
    },
    "additionalProperties": any()
}));

/// An entry of a draft's journal.
pub struct Entry;

shape!(Entry, "Entry", _generator => json_schema!({
    "description": "An entry of the journal.", "type": "object", "additionalProperties": any()
}));

/// A sealed document in a package; its own schema tells its shape, which the schema of packages holds under this name.
pub struct SealedDocument;

shape!(SealedDocument, "SealedDocument", _generator => json_schema!({"$ref": "#/$defs/sealedDocument"}));
