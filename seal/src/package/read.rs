//! Reading what a package says, strictly: each part is what its name says, and nothing else stands in it.

use super::{
    Contained, Deliberate, Draft, FormText, LeftOut, LeftOutWhy, MOST_ENTRIES, MOST_PARTS, Package, PackagePurpose,
    Receiver, Terms, enclosed,
};
use crate::digest::digest;
use crate::json::{Object, Value, canonical};
use crate::{CaseId, InstrumentPin, SealId, Timestamp};

/// Why a package is refused whole.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PackageRefusal {
    /// A part is not there, or is not what it has to be.
    #[error("{0} is missing or of another kind")]
    Missing(&'static str),
    /// A part has a member that the format does not know.
    #[error("{place} has a member “{member}”, which the format does not know")]
    Unknown {
        /// Where.
        place: &'static str,
        /// Which.
        member: String,
    },
    /// There is more of something than is read.
    #[error("{place} has more than {most} entries")]
    TooMany {
        /// Of what.
        place: &'static str,
        /// So many are read.
        most: usize,
    },
    /// A document or a form is not the one that its digest names.
    #[error("{0} is not what its digest says")]
    OtherDigest(String),
    /// A document has another seal than the package says.
    #[error("document {0} has another seal inside")]
    OtherSeal(SealId),
    /// A document belongs to another case.
    #[error("document {0} belongs to another case")]
    OtherCase(String),
    /// An attachment that none of its documents names.
    #[error("attachment {0} is named by no document in it")]
    Stranger(String),
    /// Something stands in it twice.
    #[error("{0} stands in it twice")]
    Twice(String),
    /// The form that a document answers is not in the package.
    #[error("the form {0} is not in the package")]
    FormMissing(String),
    /// Drafts or terms of a handover in a package that is none.
    #[error("{0} stands in a package that is no handover")]
    NoHandover(&'static str),
}

impl Package {
    /// Reads the `package` member.
    ///
    /// # Errors
    /// Refuses what breaks the format, and a package that says of a document, a form or a draft what is not so.
    pub fn from_json(value: &Value) -> Result<Self, PackageRefusal> {
        let own = Part::of(value, "package")?.only(&[
            "purpose",
            "receiver",
            "case",
            "documents",
            "attachments",
            "forms",
            "drafts",
            "leftOut",
            "deliberate",
            "handover",
        ])?;
        let package = Self {
            purpose: PackagePurpose::from_code(own.text("purpose", "package.purpose")?)
                .ok_or(PackageRefusal::Missing("package.purpose"))?,
            receiver: receiver(own.need("receiver", "package.receiver")?)?,
            case: case(own.need("case", "package.case")?)?,
            documents: own.list("documents", "package.documents", MOST_PARTS, contained)?,
            attachments: own.object.get("attachments").map(enclosed::from_json).transpose()?.unwrap_or_default(),
            forms: own.list("forms", "package.forms", MOST_PARTS, form)?,
            drafts: own.list("drafts", "package.drafts", MOST_PARTS, draft)?,
            left_out: own.list("leftOut", "package.leftOut", MOST_PARTS, left_out)?,
            deliberate: own.list("deliberate", "package.deliberate", MOST_PARTS, deliberate)?,
            terms: own.object.get("handover").map(terms).transpose()?,
        };
        package.agrees()?;
        package.encloses_what_is_named()?;
        Ok(package)
    }

    /// Whether its parts fit together.
    fn agrees(&self) -> Result<(), PackageRefusal> {
        if self.purpose == PackagePurpose::Export {
            let strangers = [("package.drafts", !self.drafts.is_empty()), ("package.handover", self.terms.is_some())];
            if let Some((what, _)) = strangers.into_iter().find(|(_, there)| *there) {
                return Err(PackageRefusal::NoHandover(what));
            }
        }
        let case = self.case.get("id").and_then(Value::as_str).unwrap_or_default();
        let mut named: Vec<String> = Vec::new();
        let mut once = |name: String| {
            let twice = named.contains(&name);
            named.push(name.clone());
            if twice { Err(PackageRefusal::Twice(name)) } else { Ok(()) }
        };
        for document in &self.documents {
            once(document.seal_id.to_string())?;
            let of = document.file.at(&["document", "case", "id"]).and_then(Value::as_str);
            if of != Some(case) {
                return Err(PackageRefusal::OtherCase(document.seal_id.to_string()));
            }
            self.answers(&document.instrument)?;
        }
        for form in &self.forms {
            once(form.pin.digest.clone())?;
        }
        for draft in &self.drafts {
            once(draft.id().to_owned())?;
            if draft.head.get("case").and_then(Value::as_str) != Some(case) {
                return Err(PackageRefusal::OtherCase(draft.id().to_owned()));
            }
            for pin in pins(&draft.head).ok_or(PackageRefusal::Missing(DRAFT))? {
                self.answers(&pin)?;
            }
        }
        Ok(())
    }

    fn answers(&self, pin: &InstrumentPin) -> Result<(), PackageRefusal> {
        let there = self.form(&pin.digest).is_some();
        if there { Ok(()) } else { Err(PackageRefusal::FormMissing(pin.canonical.clone())) }
    }
}

/// The form that a draft answers, and those that it answered before.
fn pins(head: &Value) -> Option<Vec<InstrumentPin>> {
    match head.get("instruments") {
        None => Some(vec![InstrumentPin::from_json(head.get("instrument")?)?]),
        Some(list) => list.as_array()?.iter().map(InstrumentPin::from_json).collect(),
    }
}

const DOCUMENT: &str = "package.documents[]";
const FORM: &str = "package.forms[]";
const DRAFT: &str = "package.drafts[]";
const LEFT_OUT: &str = "package.leftOut[]";
const DELIBERATE: &str = "package.deliberate[]";

/// An object of the package, with the name by which a refusal calls it.
struct Part<'a> {
    object: &'a Object,
    place: &'static str,
}

impl<'a> Part<'a> {
    fn of(value: &'a Value, place: &'static str) -> Result<Self, PackageRefusal> {
        value.as_object().map(|object| Self { object, place }).ok_or(PackageRefusal::Missing(place))
    }

    fn only(self, members: &[&str]) -> Result<Self, PackageRefusal> {
        match self.object.iter().find(|(member, _)| !members.contains(member)) {
            Some((member, _)) => Err(PackageRefusal::Unknown { place: self.place, member: member.to_owned() }),
            None => Ok(self),
        }
    }

    fn need(&self, member: &str, name: &'static str) -> Result<&'a Value, PackageRefusal> {
        self.object.get(member).ok_or(PackageRefusal::Missing(name))
    }

    fn text(&self, member: &str, name: &'static str) -> Result<&'a str, PackageRefusal> {
        self.need(member, name)?.as_str().ok_or(PackageRefusal::Missing(name))
    }

    fn own(&self, member: &str) -> Result<String, PackageRefusal> {
        self.text(member, self.place).map(str::to_owned)
    }

    fn some(&self, member: &str) -> Result<Option<String>, PackageRefusal> {
        self.object.optional_text(member).ok_or(PackageRefusal::Missing(self.place))
    }

    fn seal(&self, member: &str) -> Result<Option<SealId>, PackageRefusal> {
        self.object.optional(member, SealId::from_json).ok_or(PackageRefusal::Missing(self.place))
    }

    fn list<T>(
        &self,
        member: &str,
        name: &'static str,
        most: usize,
        read: fn(&Value) -> Result<T, PackageRefusal>,
    ) -> Result<Vec<T>, PackageRefusal> {
        let list = self.need(member, name)?.as_array().ok_or(PackageRefusal::Missing(name))?;
        if list.len() > most {
            return Err(PackageRefusal::TooMany { place: name, most });
        }
        list.iter().map(read).collect()
    }
}

fn receiver(value: &Value) -> Result<Receiver, PackageRefusal> {
    let own = Part::of(value, "package.receiver")?.only(&["name", "organisation", "kid"])?;
    Ok(Receiver { name: own.own("name")?, organisation: own.own("organisation")?, kid: own.some("kid")? })
}

fn case(value: &Value) -> Result<Value, PackageRefusal> {
    let own = Part::of(value, "package.case")?;
    let own = own.only(&["id", "name", "registerNumber", "birth", "opened", "changed"])?;
    let missing = || PackageRefusal::Missing("package.case");
    CaseId::from_json(own.need("id", "package.case")?).ok_or_else(missing)?;
    own.own("name")?;
    own.some("registerNumber")?;
    for member in ["opened", "changed"] {
        Timestamp::from_json(own.need(member, "package.case")?).ok_or_else(missing)?;
    }
    Ok(value.clone())
}

fn contained(value: &Value) -> Result<Contained, PackageRefusal> {
    let own = Part::of(value, DOCUMENT)?.only(&["id", "begun", "sealId", "digest", "file"])?;
    let missing = || PackageRefusal::Missing(DOCUMENT);
    let file = own.need("file", DOCUMENT)?.clone();
    let seal_id = own.seal("sealId")?.ok_or_else(missing)?;
    if file.at(&["document", "sealId"]).and_then(SealId::from_json) != Some(seal_id) {
        return Err(PackageRefusal::OtherSeal(seal_id));
    }
    let stated = own.own("digest")?;
    if digest(&canonical(&file)) != stated {
        return Err(PackageRefusal::OtherDigest(seal_id.to_string()));
    }
    let instrument = file.at(&["document", "instrument"]).and_then(InstrumentPin::from_json).ok_or_else(missing)?;
    let begun = Timestamp::from_json(own.need("begun", DOCUMENT)?).ok_or_else(missing)?;
    Ok(Contained { id: own.own("id")?, begun, seal_id, digest: stated, instrument, file })
}

fn form(value: &Value) -> Result<FormText, PackageRefusal> {
    let own = Part::of(value, FORM)?.only(&["canonical", "digest", "text"])?;
    let pin = InstrumentPin { canonical: own.own("canonical")?, digest: own.own("digest")? };
    let text = own.own("text")?;
    if digest(text.as_bytes()) == pin.digest {
        Ok(FormText { pin, text })
    } else {
        Err(PackageRefusal::OtherDigest(pin.canonical))
    }
}

fn draft(value: &Value) -> Result<Draft, PackageRefusal> {
    let own = Part::of(value, DRAFT)?.only(&["head", "journal"])?;
    let head = own.need("head", DRAFT)?.clone();
    Part::of(&head, DRAFT)?.own("id")?;
    let journal = own.list("journal", "package.drafts[].journal", MOST_ENTRIES, |entry| Ok(entry.clone()))?;
    Ok(Draft { head, journal })
}

fn left_out(value: &Value) -> Result<LeftOut, PackageRefusal> {
    let own = Part::of(value, LEFT_OUT)?.only(&["id", "instrument", "sealId", "why", "mark"])?;
    let why = LeftOutWhy::from_code(own.text("why", LEFT_OUT)?).ok_or(PackageRefusal::Missing(LEFT_OUT))?;
    let (id, instrument) = (own.own("id")?, own.own("instrument")?);
    Ok(LeftOut { id, instrument, seal_id: own.seal("sealId")?, why, mark: own.some("mark")? })
}

fn deliberate(value: &Value) -> Result<Deliberate, PackageRefusal> {
    let own = Part::of(value, DELIBERATE)?.only(&["id", "mark", "reason"])?;
    Ok(Deliberate { id: own.own("id")?, mark: own.own("mark")?, reason: own.own("reason")? })
}

fn terms(value: &Value) -> Result<Terms, PackageRefusal> {
    let own = Part::of(value, "package.handover")?.only(&["consent", "introduced", "note"])?;
    Ok(Terms { consent: own.seal("consent")?, introduced: own.some("introduced")?, note: own.some("note")? })
}
