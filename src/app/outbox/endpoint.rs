//! Where sealed documents are sent, and whose receipts are believed.
//!
//! Invariant: an endpoint is known only with the key of its receiver, which the worker or the host page has confirmed. No
//! receipt by another key counts, so that nobody who merely sits on the network can say that something was received.

use crate::domain::Timestamp;
use crate::json::{Object, Value, parse};
use crate::seal::{Jwk, Kid};

/// Who receives, as the receiver says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receiver {
    /// Its name.
    pub name: String,
    /// Its organisation.
    pub organisation: String,
    /// The key by which it signs receipts.
    pub jwk: Jwk,
}

impl Receiver {
    /// The name of its key.
    #[must_use]
    pub fn kid(&self) -> Kid {
        self.jwk.kid()
    }

    /// Reads what `GET {endpoint}/receiver` gives; none where a member is missing or `kid` does not name `jwk`.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        Self::from_json(&parse(bytes).ok()?)
    }

    fn from_json(value: &Value) -> Option<Self> {
        let object = value.as_object()?;
        let jwk = Jwk::read(object.get("jwk")?).ok()?;
        (Kid::parse(object.text("kid")?)? == jwk.kid()).then_some(())?;
        Some(Self { name: object.text("name")?.to_owned(), organisation: object.text("organisation")?.to_owned(), jwk })
    }
}

/// How a receiver's key was confirmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confirmation {
    /// The worker compared the fingerprint.
    Fingerprint,
    /// The host page named the key.
    Host,
}

/// A place to send to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// Its address, without a slash at the end.
    pub url: String,
    /// Who receives there.
    pub receiver: Receiver,
    /// How the key was confirmed.
    pub how: Confirmation,
    /// When.
    pub confirmed: Timestamp,
    /// Whether the worker has stopped sending there for now.
    pub paused: bool,
}

impl Endpoint {
    /// The record: `url`, `name`, `organisation`, `kid`, `jwk`, `how`, `confirmed`, `paused`.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let mut object = Object::default();
        object.set("url", self.url.as_str());
        object.set("name", self.receiver.name.as_str());
        object.set("organisation", self.receiver.organisation.as_str());
        object.set("kid", self.receiver.kid().to_string());
        object.set("jwk", self.receiver.jwk.to_json());
        let how = if self.how == Confirmation::Host { "host" } else { "fingerprint" };
        object.set("how", how);
        object.set("confirmed", self.confirmed);
        object.set("paused", self.paused);
        object.into()
    }

    /// Reads the record.
    #[must_use]
    pub fn from_json(value: &Value) -> Option<Self> {
        let object = value.as_object()?;
        Some(Self {
            url: object.text("url")?.to_owned(),
            receiver: Receiver::from_json(value)?,
            how: match object.text("how")? {
                "host" => Confirmation::Host,
                "fingerprint" => Confirmation::Fingerprint,
                _ => return None,
            },
            confirmed: Timestamp::from_json(object.get("confirmed")?)?,
            paused: matches!(object.get("paused")?, Value::Bool(true)),
        })
    }
}

/// Why an address cannot be sent to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressRefusal {
    /// No address of the web, or one with a question, a fragment or a password in it.
    #[error("no address of the web")]
    NotAnAddress,
    /// Documents travel only encrypted, or not at all beyond this machine.
    #[error("not https")]
    NotHttps,
}

/// The address as it is kept: trimmed, without slashes at its end.
///
/// # Errors
/// Refuses what is not `https`, but for this machine itself, and what has more than host and path.
pub fn address(text: &str) -> Result<String, AddressRefusal> {
    let text = text.trim().trim_end_matches('/');
    let (scheme, rest) = text.split_once("://").ok_or(AddressRefusal::NotAnAddress)?;
    let authority = rest.split('/').next().unwrap_or_default();
    let refused = |letter: char| letter.is_whitespace() || letter.is_control() || "?#@\\\"<>".contains(letter);
    if authority.is_empty() || rest.contains(refused) {
        return Err(AddressRefusal::NotAnAddress);
    }
    let host = if authority.starts_with('[') { authority.split(']').next() } else { authority.split(':').next() };
    match scheme {
        "https" => Ok(text.to_owned()),
        "http" if matches!(host, Some("127.0.0.1" | "localhost" | "[::1")) => Ok(text.to_owned()),
        "http" => Err(AddressRefusal::NotHttps),
        _ => Err(AddressRefusal::NotAnAddress),
    }
}

/// What an endpoint asks for before it takes anything. Kept in memory alone, and told to nobody but its endpoint.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// A token as given; none where it is empty or could not stand in a header.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let text = text.trim();
        (!text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic())).then(|| Self(text.to_owned()))
    }

    /// The text, for the header.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

/// A token is in no log.
impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(…)")
    }
}
