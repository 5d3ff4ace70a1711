//! A public key on its way to somebody else: who says it is theirs, as a file or as a code that fits into a QR code.
//!
//! Invariant: a card proves nothing. Anybody can write any name beside any key, so a card makes a key known only after a
//! person compared the fingerprint with the holder.

use crate::domain::Worker;
use crate::json::{Object, Value, array, parse};
use crate::seal::{Jwk, Kid, KnownKey};

/// The type and version of the file.
pub const KEY_TYPE: &str = "https://asesmen.id/formats/public-key/1";
/// What the code begins with; a JSON list follows: `x`, `y`, role, name, organisation and, where there is one, the number
/// of the licence.
pub const KEY_CODE: &str = "ASESMEN:1:KEY:";

/// The longest name, role or organisation that is read, in bytes; a card is for people to read.
const LONGEST: usize = 200;

/// A public key and whose it is said to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyCard {
    /// The key.
    pub jwk: Jwk,
    /// Name.
    pub name: String,
    /// Role, as a code.
    pub role: String,
    /// Organisation.
    pub organisation: String,
    /// Number of the professional licence.
    pub licence_number: Option<String>,
}

/// Why a card cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CardRefusal {
    /// It is no card at all.
    #[error("this is no public key")]
    NoCard,
    /// The key in it is none, or not the one that it names.
    #[error("the key is damaged or another one than it says")]
    Key,
    /// Who it belongs to is not said, or at length.
    #[error("it does not say whose key it is")]
    Holder,
}

impl KeyCard {
    /// The card of a worker.
    #[must_use]
    pub fn of(worker: &Worker, jwk: &Jwk) -> Self {
        Self {
            jwk: jwk.clone(),
            name: worker.name.clone(),
            role: worker.role.code().to_owned(),
            organisation: worker.organisation.clone(),
            licence_number: worker.licence_number.clone(),
        }
    }

    /// The key's name.
    #[must_use]
    pub fn kid(&self) -> Kid {
        self.jwk.kid()
    }

    /// The entry of a register that says the same.
    #[must_use]
    pub fn known(&self) -> KnownKey {
        KnownKey {
            jwk: Some(self.jwk.clone()),
            name: Some(self.name.clone()),
            role: Some(self.role.clone()),
            organisation: Some(self.organisation.clone()),
            ..KnownKey::of(self.kid())
        }
    }

    /// The card in an entry of a register that holds a key; `None` where it does not say whose it is.
    #[must_use]
    pub fn of_known(known: &KnownKey) -> Option<Self> {
        let words = [&known.role, &known.name, &known.organisation].map(Option::as_deref);
        Self::held(known.jwk.clone()?, words, None).ok()
    }

    /// The file: `type`, `kid`, `jwk`, `name`, `role`, `organisation`, `licenceNumber`.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let mut object = Object::default();
        object.set("type", KEY_TYPE);
        object.set("kid", self.kid().to_string());
        object.set("jwk", self.jwk.to_json());
        object.set("name", self.name.as_str());
        object.set("role", self.role.as_str());
        object.set("organisation", self.organisation.as_str());
        object.set_some("licenceNumber", self.licence_number.as_deref());
        object.into()
    }

    /// The code.
    #[must_use]
    pub fn code(&self) -> String {
        let jwk = self.jwk.to_json();
        let coordinate = |member| jwk.get(member).cloned().unwrap_or(Value::Null);
        let words = [&self.role, &self.name, &self.organisation].into_iter().chain(&self.licence_number);
        let list = array([coordinate("x"), coordinate("y")].into_iter().chain(words.map(|word| word.as_str().into())));
        format!("{KEY_CODE}{list}")
    }

    /// Reads a file or a code, with white space around it.
    ///
    /// # Errors
    /// Refuses what is no card, what is no key, and a card that does not say whose it is.
    pub fn read(bytes: &[u8]) -> Result<Self, CardRefusal> {
        let bytes = bytes.trim_ascii();
        match bytes.strip_prefix(KEY_CODE.as_bytes()) {
            Some(list) => Self::read_code(&parse(list).map_err(|_| CardRefusal::NoCard)?),
            None => Self::read_file(&parse(bytes).map_err(|_| CardRefusal::NoCard)?),
        }
    }

    fn read_file(file: &Value) -> Result<Self, CardRefusal> {
        let file = file.as_object().filter(|file| file.text("type") == Some(KEY_TYPE)).ok_or(CardRefusal::NoCard)?;
        let jwk = file.get("jwk").and_then(|jwk| Jwk::read(jwk).ok()).ok_or(CardRefusal::Key)?;
        if file.text("kid").and_then(Kid::parse) != Some(jwk.kid()) {
            return Err(CardRefusal::Key);
        }
        let licence = file.optional_text("licenceNumber").ok_or(CardRefusal::Holder)?;
        Self::held(jwk, ["role", "name", "organisation"].map(|member| file.text(member)), licence)
    }

    fn read_code(list: &Value) -> Result<Self, CardRefusal> {
        let list = list.as_array().filter(|list| (5..=6).contains(&list.len())).ok_or(CardRefusal::NoCard)?;
        let text = |at: usize| list.get(at).and_then(Value::as_str);
        let mut jwk = Object::default();
        jwk.set("kty", "EC");
        jwk.set("crv", "P-256");
        jwk.set_some("x", text(0));
        jwk.set_some("y", text(1));
        let jwk = Jwk::read(&jwk.into()).map_err(|_| CardRefusal::Key)?;
        Self::held(jwk, [text(2), text(3), text(4)], text(5).map(str::to_owned))
    }

    fn held(jwk: Jwk, words: [Option<&str>; 3], licence_number: Option<String>) -> Result<Self, CardRefusal> {
        let word = |at: usize| {
            let word = words.get(at).copied().flatten().map(str::trim).unwrap_or_default();
            let readable = !word.is_empty() && word.len() <= LONGEST && !word.chars().any(char::is_control);
            readable.then(|| word.to_owned()).ok_or(CardRefusal::Holder)
        };
        let licence_number = licence_number.filter(|number| number.len() <= LONGEST);
        Ok(Self { jwk, role: word(0)?, name: word(1)?, organisation: word(2)?, licence_number })
    }
}
