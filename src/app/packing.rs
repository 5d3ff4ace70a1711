//! A package being made: which documents of a case go into it, for whom, and what stays out and why.
//!
//! A document is signed as a whole, so what is sensitive in it stays out only with all of it. What holds an answer marked
//! X, or what cannot be looked into, stays out unless the worker says otherwise, and why; both are named in the package.

use super::filling::Filling;
use super::journal::OpenedDocument;
use super::launch;
use super::model::Model;
use super::problem::{KeyProblem, StorageProblem};
use super::record::{Record, current};
use crate::domain::{CaseId, Document, DocumentId, SealId, Timestamp};
use crate::form::{Response, Sensitivity};
use crate::json::{Value, parse};
use crate::seal::{
    Contained, Deliberate, Draft, Enclosed, EncryptionKey, EncryptionKeyRefusal, FormText, LeftOut, LeftOutWhy,
    Package, PackagePurpose, Receiver, SigningInput, Terms, digest,
};

/// The strongest mark among what a document says, weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// Nothing marked.
    Plain,
    /// Personal.
    Personal,
    /// Specific personal data.
    Specific,
    /// Needs most privacy.
    Private,
    /// It could not be looked into, so it counts as the strongest.
    Unknown,
}

impl Mark {
    fn of(response: &Response) -> Self {
        let given = |node: &crate::form::NodeIx| {
            let answers = &response.node(*node).content.answers;
            response.is_enabled(*node) && answers.iter().any(|answer| !answer.is_blank())
        };
        let nodes = response.walk(response.roots()).into_iter().filter(given);
        match nodes.filter_map(|node| response.item(node).sensitivity).max() {
            None => Self::Plain,
            Some(Sensitivity::P) => Self::Personal,
            Some(Sensitivity::S) => Self::Specific,
            Some(Sensitivity::X) => Self::Private,
        }
    }

    /// The code in a package.
    #[must_use]
    pub const fn code(self) -> Option<&'static str> {
        match self {
            Self::Plain => None,
            Self::Personal => Some("P"),
            Self::Specific => Some("S"),
            Self::Private => Some("X"),
            Self::Unknown => Some("unknown"),
        }
    }
}

/// A document of the case, as it was read.
#[derive(Clone, Debug)]
pub struct Piece {
    /// Its head.
    pub head: Document,
    /// Its strongest mark.
    pub mark: Mark,
    /// Whether the worker chose it or not, once they did.
    pub by_hand: Option<bool>,
    opened: Option<OpenedDocument>,
}

/// What a worker types on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PackingField {
    /// The receiver's name.
    Name,
    /// The receiver's organisation.
    Organisation,
    /// Why marked documents are in the package.
    Reason,
    /// When old worker, new worker and client met.
    Introduced,
    /// What the new worker has to know.
    Note,
}

/// Why a package is not made yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PackingRefusal {
    /// Nobody is named as its receiver.
    ReceiverMissing,
    /// Marked documents are chosen and nobody said why.
    ReasonMissing,
    /// Nothing is chosen.
    Empty,
    /// The day on which they met is no day.
    NotADay,
    /// Not everything that was typed is on the tablet yet.
    Unsaved,
    /// It would be larger, or hold more, than what is read again.
    TooLarge,
}

/// How far a package is.
#[derive(Clone, Debug)]
pub enum PackingStep {
    /// The documents of the case are being read.
    Reading,
    /// They could not be read.
    NotRead(StorageProblem),
    /// The worker chooses.
    Choosing,
    /// The worker sees what the receiver will see.
    Preview(Box<Package>),
    /// It is being signed.
    Signing(Box<Package>, Box<(Value, SigningInput)>),
    /// It is being encrypted.
    Encrypting(Box<Package>, Made),
    /// That it was handed over is being kept.
    Noting(Box<Package>, Made),
    /// The key failed; nothing left the tablet.
    KeyFailed(Box<Package>, KeyProblem),
    /// It could not be encrypted to the key of its receiver; nothing left the tablet.
    NotEncrypted(Box<Package>, KeyProblem),
    /// The handover could not be noted; nothing left the tablet.
    NotNoted(Box<Package>, StorageProblem),
    /// It was given to the worker as a file.
    Done(Made),
}

/// A package that is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// Its seal.
    pub seal_id: SealId,
    /// The digest of the sealed file, before it was encrypted.
    pub digest: String,
    /// The name of the file.
    pub name: String,
    /// The file.
    pub bytes: Vec<u8>,
}

/// A package being made.
#[derive(Clone, Debug)]
pub struct Packing {
    /// Of which case.
    pub case: CaseId,
    /// The documents of the case, oldest first.
    pub pieces: Vec<Piece>,
    /// Forms that drafts answered before, by their digests.
    earlier_forms: Vec<(String, Vec<u8>)>,
    /// What it is for.
    pub purpose: PackagePurpose,
    /// For whom.
    pub receiver: [String; 2],
    /// Whether documents with answers marked S stay out as well.
    pub without_specific: bool,
    /// Why marked documents are in it.
    pub reason: String,
    /// The consent that a handover rests on.
    pub consent: Option<SealId>,
    /// When they met, as typed.
    pub introduced: String,
    /// What else the new worker has to know.
    pub note: String,
    /// The key that it is encrypted to.
    pub key: Option<EncryptionKey>,
    /// Why the last key that was given is not taken.
    pub key_refusal: Option<EncryptionKeyRefusal>,
    /// Why it is not made yet.
    pub refusal: Option<PackingRefusal>,
    /// How far it is.
    pub step: PackingStep,
}

impl Packing {
    pub(super) fn new(case: CaseId) -> Self {
        Self {
            case,
            pieces: Vec::new(),
            earlier_forms: Vec::new(),
            purpose: PackagePurpose::Export,
            receiver: Default::default(),
            without_specific: false,
            reason: String::new(),
            consent: None,
            introduced: String::new(),
            note: String::new(),
            key: None,
            key_refusal: None,
            refusal: None,
            step: PackingStep::Reading,
        }
    }

    /// Takes over what was read of the case.
    pub(super) fn read(
        &mut self,
        model: &Model,
        opened: Vec<OpenedDocument>,
        forms: Vec<(String, Vec<u8>)>,
        now: Timestamp,
    ) {
        let heads: Vec<Document> = documents_of(model, self.case);
        let sealed: Vec<Document> = heads.iter().filter(|head| !head.is_draft()).cloned().collect();
        let record = Record::read(model, &sealed, opened.clone(), now);
        self.pieces = heads.into_iter().map(|head| piece(model, head, &opened, &record, now)).collect();
        self.earlier_forms = forms;
        let is_consent = |head: &&Document| head.instrument.url().ends_with("/persetujuan");
        let consents = current(model, self.case).into_iter().rfind(is_consent);
        self.consent = consents.and_then(|head| head.seal).map(|seal| seal.id);
        self.step = PackingStep::Choosing;
    }

    /// Whether a document goes into the package unless the worker says otherwise.
    #[must_use]
    pub fn is_free(&self, piece: &Piece) -> bool {
        let least = if self.without_specific { Mark::Specific } else { Mark::Private };
        piece.mark < least
    }

    /// Whether a document may go into the package at all.
    #[must_use]
    pub fn may_go(&self, piece: &Piece) -> bool {
        piece.opened.is_some() && (!piece.head.is_draft() || self.purpose == PackagePurpose::Handover)
    }

    /// Whether a document goes into the package.
    #[must_use]
    pub fn is_chosen(&self, piece: &Piece) -> bool {
        self.may_go(piece) && piece.by_hand.unwrap_or_else(|| self.is_free(piece))
    }

    /// Whether a marked document is chosen, so that the worker has to say why.
    #[must_use]
    pub fn needs_reason(&self) -> bool {
        self.pieces.iter().any(|piece| self.is_chosen(piece) && !self.is_free(piece))
    }

    /// The package as it is chosen now.
    ///
    /// # Errors
    /// Refuses what the worker has to mend first.
    pub(super) fn package(&self, model: &Model) -> Result<Package, PackingRefusal> {
        if self.receiver.iter().any(|part| part.trim().is_empty()) {
            return Err(PackingRefusal::ReceiverMissing);
        }
        if self.needs_reason() && self.reason.trim().is_empty() {
            return Err(PackingRefusal::ReasonMissing);
        }
        if !self.pieces.iter().any(|piece| self.is_chosen(piece)) {
            return Err(PackingRefusal::Empty);
        }
        let (mut documents, mut drafts, mut forms) = (Vec::new(), Vec::new(), Vec::new());
        let mut attachments: Vec<Enclosed> = Vec::new();
        for (piece, opened) in self.chosen() {
            let form = FormText::of(&piece.head.instrument.canonical, &opened.questionnaire);
            note_form(&mut forms, form.ok_or(PackingRefusal::Empty)?);
            if piece.head.is_draft() {
                drafts.push(draft(&piece.head, opened));
                for (pin, form) in self.earlier(&piece.head) {
                    forms.extend(FormText::of(pin, form).filter(|form| !has_form(&forms, form)));
                }
            } else if let Some(contained) = contained(&piece.head, opened) {
                documents.push(contained);
                for own in &opened.attachments {
                    if !attachments.iter().any(|(digest, _)| *digest == own.0) {
                        attachments.push(own.clone());
                    }
                }
            }
        }
        let terms = (self.purpose == PackagePurpose::Handover).then(|| self.terms()).transpose()?;
        let case = model.cases.get(self.case).ok_or(PackingRefusal::Empty)?;
        Ok(Package {
            purpose: self.purpose,
            receiver: self.receiver(),
            case: case.to_json(),
            documents,
            attachments,
            forms,
            drafts,
            left_out: self
                .pieces
                .iter()
                .filter(|piece| !self.is_chosen(piece))
                .map(|piece| self.left_out(piece))
                .collect(),
            deliberate: self.deliberate(),
            terms,
        })
    }

    fn chosen(&self) -> impl Iterator<Item = (&Piece, &OpenedDocument)> {
        let chosen = self.pieces.iter().filter(|piece| self.is_chosen(piece));
        chosen.filter_map(|piece| Some((piece, piece.opened.as_ref()?)))
    }

    fn earlier<'a>(&'a self, head: &'a Document) -> impl Iterator<Item = (&'a str, &'a [u8])> {
        let form = |digest: &str| self.earlier_forms.iter().find(|(own, _)| own == digest);
        head.earlier.iter().filter_map(move |pin| Some((pin.canonical.as_str(), form(&pin.digest)?.1.as_slice())))
    }

    fn receiver(&self) -> Receiver {
        let [name, organisation] = self.receiver.each_ref().map(|part| part.trim().to_owned());
        Receiver { name, organisation, kid: self.key.as_ref().map(|key| key.kid.clone()) }
    }

    fn terms(&self) -> Result<Terms, PackingRefusal> {
        let said = |text: &str| Some(text.trim()).filter(|text| !text.is_empty()).map(str::to_owned);
        let introduced = said(&self.introduced);
        let is_day = |text: &String| Timestamp::parse(&format!("{text}T00:00:00Z")).is_ok();
        if introduced.as_ref().is_some_and(|text| !is_day(text)) {
            return Err(PackingRefusal::NotADay);
        }
        Ok(Terms { consent: self.consent, introduced, note: said(&self.note) })
    }

    fn left_out(&self, piece: &Piece) -> LeftOut {
        let why = match () {
            () if piece.opened.is_none() => LeftOutWhy::Unreadable,
            () if !self.may_go(piece) => LeftOutWhy::Draft,
            () if self.is_free(piece) => LeftOutWhy::NotChosen,
            () => LeftOutWhy::Sensitive,
        };
        LeftOut {
            id: piece.head.id.to_string(),
            instrument: piece.head.instrument.canonical.clone(),
            seal_id: piece.head.seal.map(|seal| seal.id),
            why,
            mark: piece.mark.code().map(str::to_owned),
        }
    }

    fn deliberate(&self) -> Vec<Deliberate> {
        let marked = self.chosen().filter(|(piece, _)| !self.is_free(piece));
        let said = |(piece, _): (&Piece, _)| Deliberate {
            id: piece.head.id.to_string(),
            mark: piece.mark.code().unwrap_or_default().to_owned(),
            reason: self.reason.trim().to_owned(),
        };
        marked.map(said).collect()
    }

    /// How long the journal of each draft in it is.
    pub(super) fn draft_lengths(&self) -> Vec<(DocumentId, u64)> {
        let drafts = self.chosen().filter(|(piece, _)| piece.head.is_draft());
        drafts.map(|(piece, opened)| (piece.head.id, opened.journal.len() as u64)).collect()
    }
}

/// The documents of a case, oldest first.
pub(super) fn documents_of(model: &Model, case: CaseId) -> Vec<Document> {
    model.documents.iter().filter(|document| document.case == case).cloned().collect()
}

fn piece(model: &Model, head: Document, opened: &[OpenedDocument], record: &Record, now: Timestamp) -> Piece {
    let own = opened.iter().find(|opened| opened.id == head.id).cloned();
    // An entry that cannot be read would be lost on the way unseen.
    let own = own.filter(|own| !head.is_draft() || own.journal.iter().all(Result::is_ok));
    let mark = if head.is_draft() {
        let context = launch::context(model, head.case, now);
        let filling = own.clone().and_then(|own| Filling::open(head.clone(), own, context).ok());
        filling.map_or(Mark::Unknown, |filling| Mark::of(&filling.response))
    } else {
        record.get(head.id).map_or(Mark::Unknown, |recorded| Mark::of(&recorded.response))
    };
    Piece { head, mark, by_hand: None, opened: own }
}

fn contained(head: &Document, opened: &OpenedDocument) -> Option<Contained> {
    let bytes = opened.sealed.as_deref()?;
    Some(Contained {
        id: head.id.to_string(),
        begun: head.begun,
        seal_id: head.seal?.id,
        digest: digest(bytes),
        instrument: head.instrument.clone(),
        file: parse(bytes).ok()?,
    })
}

fn draft(head: &Document, opened: &OpenedDocument) -> Draft {
    let entries = opened.journal.iter().filter_map(|record| record.as_ref().ok());
    Draft { head: head.to_json(), journal: entries.map(super::journal::JournalEntry::to_json).collect() }
}

fn has_form(forms: &[FormText], form: &FormText) -> bool {
    forms.iter().any(|own| own.pin.digest == form.pin.digest)
}

fn note_form(forms: &mut Vec<FormText>, form: FormText) {
    if !has_form(forms, &form) {
        forms.push(form);
    }
}
