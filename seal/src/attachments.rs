//! Attachments that stand beside a document instead of in it, named by their digest.
//!
//! A file of more than [`MOST_INSIDE`] bytes leaves the document when it is sealed. Its `valueAttachment` then holds no
//! `data`, but a `url` of RFC 6920, `ni:///sha-256;` and the SHA-256 in base64url. What is signed so still says exactly
//! which bytes belong to it, while document and bytes can travel, and come again, each by itself.
//!
//! Invariant: a document either holds the bytes of an attachment or names them, never both; what is put back into it is
//! what it names, by digest and size, or it stays named.

use crate::digest::sha256;
use crate::json::{Object, Value, array, parse};
use base64ct::{Base64, Base64UrlUnpadded, Encoding};
use std::fmt::Write;

/// The largest attachment, in bytes, that stays in the document.
pub const MOST_INSIDE: usize = 1_000_000;
/// The most attachments of one document that stand beside it; a document with more is made to exhaust whoever checks it.
pub const MOST_APART: usize = 1000;

/// What every name by digest begins with.
const NAME: &str = "ni:///sha-256;";
/// The member of an answer that holds an attachment.
const VALUE: &str = "valueAttachment";

/// An attachment that stands beside a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Apart {
    /// `sha-256:` and the hash of its bytes, in lower-case hexadecimal.
    pub digest: String,
    /// How many bytes.
    pub size: u64,
    /// Its media type.
    pub content_type: String,
    /// The file's name as sealed; for people only, as it may name somebody.
    pub title: String,
}

/// Why a document is not read for what it says of an attachment.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AttachmentRefusal {
    /// Its `url` is no name by SHA-256.
    #[error("the url “{0}” of an attachment is no name by SHA-256")]
    Url(String),
    /// It has no `size`, or one that is no whole number.
    #[error("the attachment {0} has no size")]
    Size(String),
    /// It both holds bytes and names some.
    #[error("the attachment {0} is inside and beside the document at once")]
    Both(String),
    /// The same bytes are said to be of two sizes.
    #[error("the attachment {0} is said to have two sizes")]
    TwoSizes(String),
    /// There are more than are read.
    #[error("more than {MOST_APART} attachments stand beside it")]
    TooMany,
}

/// A response with fewer bytes in it, and the bytes that left it by their digests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Detached {
    /// The response.
    pub response: Value,
    /// Each attachment that it names now, once.
    pub files: Vec<(String, Vec<u8>)>,
}

/// Takes what is large out of a response. What is small stays as it is, and so does what is no base64.
#[must_use]
pub fn detach(response: &Value) -> Detached {
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    let response = rewritten(response, &mut |file| {
        let data = file.text("data").filter(|data| data.len() / 4 * 3 > MOST_INSIDE)?;
        let bytes = Base64::decode_vec(data).ok().filter(|bytes| bytes.len() > MOST_INSIDE)?;
        let hash = sha256(&bytes);
        let mut named = without(file, "data");
        named.set("size", bytes.len() as u64);
        named.set("url", format!("{NAME}{}", Base64UrlUnpadded::encode_string(&hash)));
        let digest = hex(&hash);
        if !files.iter().any(|(other, _)| *other == digest) {
            files.push((digest, bytes));
        }
        Some(named)
    });
    Detached { response, files }
}

/// Puts attachments back into a response, so that it holds them as it did before they left it. Where the bytes are not to be
/// had, or are others than it names, the attachment stays named.
#[must_use]
pub fn attach(response: &Value, mut bytes: impl FnMut(&str) -> Option<Vec<u8>>) -> Value {
    rewritten(response, &mut |file| {
        let apart = read(file).ok().flatten()?;
        let bytes = bytes(&apart.digest).filter(|bytes| apart.is(bytes))?;
        let mut whole = without(file, "url");
        whole.set("data", Base64::encode_string(&bytes));
        Some(whole)
    })
}

/// The attachments beside a document that its response names, each once, in the order of the response.
///
/// # Errors
/// Refuses a response that names one in another way than this, or contradicts itself.
pub fn apart(response: &Value) -> Result<Vec<Apart>, AttachmentRefusal> {
    let mut found: Vec<Apart> = Vec::new();
    gather(response, &mut found)?;
    Ok(found)
}

/// The attachments beside a sealed file, as [`apart`]; none where it names none or in a wrong way, which its examination
/// refuses. Most files name none, and are not read as a whole for that.
#[must_use]
pub fn apart_in(file: &[u8]) -> Vec<Apart> {
    let names = file.windows(NAME.len()).any(|piece| piece == NAME.as_bytes());
    let read = || apart(parse(file).ok()?.at(&["document", "response"])?).ok();
    names.then(read).flatten().unwrap_or_default()
}

impl Apart {
    /// Whether these are the bytes it names.
    #[must_use]
    pub fn is(&self, bytes: &[u8]) -> bool {
        self.size == bytes.len() as u64 && self.digest == hex(&sha256(bytes))
    }

    /// The name under which it is exported beside its document: sixteen digits of the hash, which keep files of one title
    /// apart, and its title, in which nothing is left that a file system could take for more than a name.
    #[must_use]
    pub fn file_name(&self) -> String {
        let plain = |letter: char| if letter.is_alphanumeric() || ".-_ ".contains(letter) { letter } else { '_' };
        let letters: Vec<char> = self.title.chars().collect();
        // The end says of which kind it is.
        let title: String = letters[letters.len().saturating_sub(80)..].iter().copied().map(plain).collect();
        format!("{}-{}", self.short_hex(), title.trim())
    }

    /// The hash alone, 64 hexadecimal digits.
    #[must_use]
    pub fn hex(&self) -> &str {
        self.digest.rsplit(':').next().unwrap_or_default()
    }

    /// For machines, without the file's name: `digest`, `size`, `contentType`.
    #[must_use]
    pub fn to_json(&self) -> Object {
        let mut object = Object::default();
        object.set("digest", self.digest.as_str());
        object.set("size", self.size);
        object.set("contentType", self.content_type.as_str());
        object
    }
}

fn gather(element: &Value, found: &mut Vec<Apart>) -> Result<(), AttachmentRefusal> {
    if let Some(file) = element.get(VALUE).and_then(Value::as_object)
        && let Some(apart) = read(file)?
    {
        match found.iter().find(|other| other.digest == apart.digest) {
            Some(other) if other.size != apart.size => return Err(AttachmentRefusal::TwoSizes(apart.digest)),
            Some(_) => {}
            None if found.len() == MOST_APART => return Err(AttachmentRefusal::TooMany),
            None => found.push(apart),
        }
    }
    for member in ["answer", "item"] {
        for inner in element.get(member).and_then(Value::as_array).unwrap_or_default() {
            gather(inner, found)?;
        }
    }
    Ok(())
}

/// What an attachment names, if it names anything.
fn read(file: &Object) -> Result<Option<Apart>, AttachmentRefusal> {
    let Some(url) = file.get("url") else { return Ok(None) };
    let url = url.as_str().unwrap_or_default();
    let refused = || AttachmentRefusal::Url(url.chars().take(100).collect());
    let hash = Base64UrlUnpadded::decode_vec(url.strip_prefix(NAME).ok_or_else(refused)?).map_err(|_| refused())?;
    if hash.len() != 32 {
        return Err(refused());
    }
    let digest = hex(&hash);
    if file.get("data").is_some() {
        return Err(AttachmentRefusal::Both(digest));
    }
    let Some(size) = file.get("size").and_then(Value::as_u64) else { return Err(AttachmentRefusal::Size(digest)) };
    let text = |member| file.text(member).unwrap_or_default().to_owned();
    Ok(Some(Apart { digest, size, content_type: text("contentType"), title: text("title") }))
}

/// A response in which some attachments are others. What is none and has none below it is only copied.
fn rewritten(element: &Value, change: &mut dyn FnMut(&Object) -> Option<Object>) -> Value {
    let Some(members) = element.as_object() else { return element.clone() };
    let mut copy = Object::default();
    for (name, value) in members.iter() {
        let value = match (name, value) {
            (VALUE, Value::Object(file)) => change(file).map_or_else(|| value.clone(), Value::from),
            ("answer" | "item", Value::Array(inner)) => array(inner.iter().map(|inner| rewritten(inner, change))),
            _ => value.clone(),
        };
        copy.set(name, value);
    }
    copy.into()
}

fn without(file: &Object, left_out: &str) -> Object {
    let mut copy = Object::default();
    file.iter().filter(|(name, _)| *name != left_out).for_each(|(name, value)| copy.set(name, value.clone()));
    copy
}

fn hex(hash: &[u8]) -> String {
    let mut text = String::from("sha-256:");
    for byte in hash {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}
