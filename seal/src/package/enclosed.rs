//! Attachments enclosed in a package: those that stand beside its documents, so that they travel together.
//!
//! Invariant: an enclosed attachment is named by a document of the package and is what that names, by digest and size. One
//! that is named and not enclosed is no lie; whoever opens the package is told.

use super::read::PackageRefusal;
use super::{Contained, MOST_PARTS, Package};
use crate::attachments::{Apart, apart_in};
use crate::json::{Object, Value, canonical, object};
use base64ct::{Base64, Encoding};

/// An attachment with its digest, `sha-256:` and hexadecimal.
pub type Enclosed = (String, Vec<u8>);

const PLACE: &str = "package.attachments";

impl Contained {
    /// The attachments that stand beside the document. What names them in a wrong way names none; its own examination
    /// refuses it.
    #[must_use]
    pub fn attachments(&self) -> Vec<Apart> {
        apart_in(&canonical(&self.file))
    }
}

impl Package {
    /// The bytes of an enclosed attachment.
    #[must_use]
    pub fn attachment(&self, digest: &str) -> Option<&[u8]> {
        self.attachments.iter().find(|(own, _)| own == digest).map(|(_, bytes)| bytes.as_slice())
    }

    /// The attachments that its documents name and that it does not hold.
    #[must_use]
    pub fn attachments_missing(&self) -> Vec<Apart> {
        let named = self.documents.iter().flat_map(Contained::attachments);
        named.filter(|apart| self.attachment(&apart.digest).is_none()).collect()
    }

    /// Whether each enclosed attachment is one that a document names.
    pub(super) fn encloses_what_is_named(&self) -> Result<(), PackageRefusal> {
        if self.attachments.is_empty() {
            return Ok(());
        }
        let named: Vec<Apart> = self.documents.iter().flat_map(Contained::attachments).collect();
        for (digest, bytes) in &self.attachments {
            let mut alike = named.iter().filter(|apart| apart.digest == *digest).peekable();
            if alike.peek().is_none() {
                return Err(PackageRefusal::Stranger(digest.clone()));
            }
            if !alike.all(|apart| apart.is(bytes)) {
                return Err(PackageRefusal::OtherDigest(digest.clone()));
            }
        }
        Ok(())
    }
}

/// The member `attachments`; none where nothing is enclosed.
pub(super) fn to_json(attachments: &[Enclosed]) -> Option<Value> {
    let mut enclosed = Object::default();
    for (digest, bytes) in attachments {
        enclosed.set(digest, object([("data", Base64::encode_string(bytes).into())]));
    }
    (!enclosed.is_empty()).then(|| enclosed.into())
}

/// Reads it.
pub(super) fn from_json(value: &Value) -> Result<Vec<Enclosed>, PackageRefusal> {
    let missing = || PackageRefusal::Missing(PLACE);
    let object = value.as_object().ok_or_else(missing)?;
    if object.len() > MOST_PARTS {
        return Err(PackageRefusal::TooMany { place: PLACE, most: MOST_PARTS });
    }
    let read = |(digest, file): (&str, &Value)| {
        let file = file.as_object().ok_or_else(missing)?;
        if let Some((member, _)) = file.iter().find(|(member, _)| *member != "data") {
            return Err(PackageRefusal::Unknown { place: PLACE, member: member.to_owned() });
        }
        let bytes = file.text("data").and_then(|data| Base64::decode_vec(data).ok()).ok_or_else(missing)?;
        Ok((digest.to_owned(), bytes))
    };
    object.iter().map(read).collect()
}
